"""Received files: what a reader says about them, whatever wrote them."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st

from kpupalu.imports import baca
from kpupalu.imports.berkas import pernah_diterima, segel, tempat
from kpupalu.imports.intip import intip
from kpupalu.imports.kolom import ingat, ingatan, kenali, kunci_judul
from kpupalu.lib import Refused
from tests import make

KEPALA = ["NIK", "NAMA", "ALAMAT"]


def kenal(judul):
    return len(set(judul) & set(KEPALA))


def teks(tmp_path, isi: bytes | str, nama="a.csv", **lain) -> baca.Tabel:
    path = tmp_path / nama
    path.write_bytes(isi if isinstance(isi, bytes) else isi.encode())
    return baca.buka(path, nama, kenal=kenal, **lain)


def xlsx(tmp_path, baris, nama="a.xlsx", **lain) -> baca.Tabel:
    buku = openpyxl.Workbook()
    for n, sel in enumerate(baris, 1):
        for m, isi in enumerate(sel, 1):
            buku.active.cell(n, m, isi)
    buku.save(tmp_path / nama)
    return baca.buka(tmp_path / nama, nama, kenal=kenal, **lain)


@pytest.mark.parametrize("pemisah", list("#;,\t|"))
@pytest.mark.parametrize("sandi", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_delimiter_and_encoding_are_found_and_told(tmp_path, pemisah, sandi):
    isi = "\n".join(pemisah.join(b) for b in (KEPALA, ["1", "MA'RUF É", "JL. A"], ["2", "SITI", "JL. B"])) + "\n"
    tabel = teks(tmp_path, isi.encode(sandi))
    assert (tabel.pemisah, tabel.sandi, tabel.kepala) == (pemisah, sandi, KEPALA)
    assert [b.sel for b in tabel.baris()] == [["1", "MA'RUF É", "JL. A"], ["2", "SITI", "JL. B"]]
    assert tabel.polos is (sandi in {"utf-8", "utf-8-sig"})


def test_rows_keep_the_number_an_editor_shows(tmp_path):
    """A title and an empty line above the header, an empty line inside, and a quoted cell over three lines."""
    tabel = teks(tmp_path, 'DAFTAR WARGA\n\nNIK,NAMA,ALAMAT\n1,A,B\n\n2,"B\nLANJUT\nLAGI",C\n3,C,D\n')
    assert tabel.baris_kepala == 3
    assert [b.nomor for b in tabel.baris()] == [4, 6, 9]
    assert not tabel.polos


def test_a_row_with_a_cell_too_many_or_too_few_is_marked(tmp_path):
    tabel = teks(tmp_path, "NIK;NAMA;ALAMAT\n1;A;B;C\n2;A\n3;A;B;\n4;A;B\n")
    assert [(b.nomor, b.geser) for b in tabel.baris()] == [(2, True), (3, True), (4, False), (5, False)]


def test_a_spreadsheet_keeps_its_row_numbers_and_tells_numbers_from_text(tmp_path):
    tabel = xlsx(
        tmp_path,
        [["DAFTAR"], [], ["", "NIK", "NAMA", "ALAMAT"], ["", 7271012505900120, "A", dt.date(1990, 5, 25)], [],
         ["", "7271012505900121", "B", 1.5]],
    )  # fmt: skip
    assert (tabel.format, tabel.baris_kepala, tabel.lembar) == ("xlsx", 3, "Sheet")
    satu, dua = tabel.baris()
    nik = tabel.kepala.index("NIK")
    assert (satu.nomor, satu.sel[nik], satu.angka >> nik & 1) == (4, "7271012505900120", 1)
    assert (dua.nomor, dua.sel[nik], dua.angka >> nik & 1) == (6, "7271012505900121", 0)
    assert (satu.sel[nik + 2], dua.sel[nik + 2], dua.angka >> (nik + 2) & 1) == ("1990-05-25", "1.5", 1)


def test_two_data_sheets_are_refused_and_a_note_sheet_is_named(tmp_path):
    buku = openpyxl.Workbook()
    buku.active.append(KEPALA)
    buku.create_sheet("Catatan").append(["dibuat oleh operator"])
    buku.save(tmp_path / "a.xlsx")
    assert baca.buka(tmp_path / "a.xlsx", "a.xlsx", kenal=kenal).lembar_lain == ["Catatan"]
    buku["Catatan"].append(KEPALA)
    buku.save(tmp_path / "a.xlsx")
    with pytest.raises(Refused, match="lebih dari satu lembar data"):
        baca.buka(tmp_path / "a.xlsx", "a.xlsx", kenal=kenal)


def test_two_columns_with_one_heading_are_refused(tmp_path):
    with pytest.raises(Refused, match="dua kolom berjudul “Nama”"):
        teks(tmp_path, "NIK;NAMA;Nama;ALAMAT\n1;A;B;C\n")


def test_a_chosen_delimiter_wins(tmp_path):
    isi = "NIK;NAMA#ALAMAT\n1;A#B\n"
    assert teks(tmp_path, isi, pemisah="#").pemisah == "#"
    assert teks(tmp_path, isi, pemisah=";").pemisah == ";"


SEL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n", exclude_categories=["Cs", "Cc"]), max_size=12)


@settings(max_examples=60)
@given(baris=st.lists(st.lists(SEL, min_size=3, max_size=3), max_size=8), pemisah=st.sampled_from("#;,\t|"))
def test_the_plain_way_reads_what_the_parser_reads(tmp_path_factory, baris, pemisah):
    """Where the database may read the bytes itself, splitting lines and cells naively gives the parser's rows."""
    import csv

    naskah = io.StringIO()
    csv.writer(naskah, delimiter=pemisah, lineterminator="\n").writerows([KEPALA, *baris])
    tabel = teks(tmp_path_factory.mktemp("t"), naskah.getvalue())
    harap = [b for b in baris if any(b)]
    assert [b.sel for b in tabel.baris()] == harap
    if tabel.polos:
        mentah = b"".join(tabel.potongan()).decode().split("\n")[:-1]
        assert [m.split(pemisah) for m in mentah] == baris


@settings(max_examples=150)
@given(isi=st.binary(max_size=600))
def test_any_bytes_are_read_or_refused_in_one_sentence(tmp_path_factory, isi):
    for nama in ("a.csv", "a.xlsx"):
        kalimat = ""
        try:
            tabel = teks(tmp_path_factory.mktemp("t"), isi, nama)
            assert all(len(b.sel) == len(tabel.kepala) for b in tabel.baris())
        except Refused as galat:
            kalimat = str(galat)
        assert kalimat == "" or kalimat.endswith(".")


# --- Sealed files ------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_same_bytes_are_stored_once_and_recognised():
    satu = segel(ContentFile(b"isi", name="a.csv"), oleh=make.sari())
    dua = segel(ContentFile(b"isi", name="..\\..\\lain/b.csv"), oleh=make.sari())
    assert satu.sha256 == dua.sha256
    assert tempat(satu) == tempat(dua)
    assert tempat(dua).read_bytes() == b"isi"
    assert dua.nama == "b.csv"
    assert (list(pernah_diterima(satu)), list(pernah_diterima(dua))) == ([], [satu])


@pytest.mark.django_db
def test_a_full_disk_leaves_nothing_behind(monkeypatch, settings):
    from pathlib import Path

    from kpupalu.imports.models import BerkasMasuk

    def penuh(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kpupalu.imports.berkas.os.fsync", penuh)
    with pytest.raises(Refused, match="penyimpanan penuh"):
        segel(ContentFile(b"isi-lain", name="a.csv"), oleh=make.sari())
    assert not BerkasMasuk.objects.exists()
    assert not list((Path(settings.MEDIA_ROOT) / "masuk").glob(".terima-*"))


@pytest.mark.django_db
def test_a_file_above_the_limit_is_refused_while_it_arrives(monkeypatch):
    monkeypatch.setattr("kpupalu.imports.berkas.MAKS_BERKAS_TEKS", 10)
    with pytest.raises(Refused, match="lebih besar dari"):
        segel(ContentFile(b"x" * 11, name="a.csv"), oleh=make.sari())


# --- Columns -----------------------------------------------------------------------------------------------------
def test_headings_are_compared_by_letters_and_digits_only():
    assert kunci_judul(" Tgl. Lahir ") == kunci_judul("TGL_LAHIR") == "TGLLAHIR"
    sinonim = {"NIK": "nik", "NAMALENGKAP": "nama"}
    assert kenali(["No", "N I K", "Nama Lengkap", "nik"], sinonim) == {"nik": "N I K", "nama": "Nama Lengkap"}


@pytest.mark.django_db
def test_a_mapping_is_remembered_for_this_sender_and_this_header():
    ingat("Disdukcapil", "dpt", KEPALA, {"nik": "NIK"})
    ingat("Disdukcapil", "dpt", KEPALA, {"nama": "NAMA"})
    assert ingatan("Disdukcapil", "dpt", ["nik", "Nama", "alamat"]) is None, "headings are used as they stand"
    assert ingatan("Disdukcapil", "dpt", KEPALA) == {"nama": "NAMA"}
    assert ingatan("Lain", "dpt", KEPALA) is None
    assert ingatan("Disdukcapil", "loksus", KEPALA) is None


# --- The first rows of a workbook --------------------------------------------------------------------------------
def test_the_first_rows_are_read_as_the_whole_sheet_is(tmp_path):
    buku = openpyxl.Workbook()
    isi = buku.active
    isi.title = "Daftar"
    isi["C4"], isi["D4"], isi["F4"] = "NIK", "NAMA", "RT"
    isi["C5"], isi["D5"], isi["F5"] = "7271011708909101", "AMIR", 1
    isi["A900"] = "catatan di bawah"
    buku.create_sheet("Rahasia").sheet_state = "hidden"
    buku["Rahasia"]["A1"] = "NIK"
    buku.save(tmp_path / "a.xlsx")
    tabel = baca.buka(tmp_path / "a.xlsx", "a.xlsx", kenal=kenal)
    assert (tabel.baris_kepala, tabel.kepala, tabel.lembar) == (4, ["", "", "NIK", "NAMA", "", "RT"], "Daftar")
    assert [(b.nomor, b.sel) for b in tabel.baris()] == [
        (5, ["", "", "7271011708909101", "AMIR", "", "1"]),
        (900, ["catatan di bawah", "", "", "", "", ""]),
    ]


def test_columns_left_of_the_table_stay_empty(tmp_path):
    buku = openpyxl.Workbook()
    buku.active["C1"], buku.active["D1"], buku.active["C2"] = "NIK", "NAMA", "7271011708909101"
    buku.save(tmp_path / "a.xlsx")
    tabel = baca.buka(tmp_path / "a.xlsx", "a.xlsx", kenal=kenal)
    assert tabel.kepala == ["", "", "NIK", "NAMA"]
    assert [b.sel for b in tabel.baris()] == [["", "", "7271011708909101", ""]]


def test_formatted_and_inline_words_are_one_text(tmp_path):
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    lembar = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
        '<c t="inlineStr"><is><r><t>N</t></r><r><t>IK</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
        '<c t="str"><v>NAMA</v></c></row></sheetData></worksheet>'
    )
    with zipfile.ZipFile(path) as dari:
        bagian = {n: dari.read(n) for n in dari.namelist()} | {"xl/worksheets/sheet1.xml": lembar.encode()}
    with zipfile.ZipFile(path, "w") as ke:
        for nama, isi in bagian.items():
            ke.writestr(nama, isi)
    assert intip(path, 5)[0].awal == [(1, ["NIK", "NAMA"])]


@pytest.mark.parametrize(
    ("bagian", "isi"),
    [
        ("xl/workbook.xml", b"<workbook"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        ("xl/worksheets/sheet1.xml", b'<sheet><row r="x"><c t="s"><v>1</v></c></row></sheet>'),
        ("xl/worksheets/sheet1.xml", b'<sheet><row><c r="1A" t="s"><v>1</v></c></row></sheet>'),
        ("xl/worksheets/sheet1.xml", b'<sheet><row><c t="s"><v>99</v></c></row></sheet>'),
    ],
)
def test_a_workbook_that_contradicts_itself_is_refused(tmp_path, bagian, isi):
    path = tmp_path / "a.xlsx"
    buku = openpyxl.Workbook()
    buku.active["A1"] = "NIK"
    buku.save(path)
    with zipfile.ZipFile(path) as dari:
        semua = {n: dari.read(n) for n in dari.namelist()} | {bagian: isi}
    with zipfile.ZipFile(path, "w") as ke:
        for nama, data in semua.items():
            ke.writestr(nama, data)
    with pytest.raises(Refused, match="rusak atau terpotong"):
        baca.buka(path, "a.xlsx", kenal=kenal)
