"""Hostile uploads: refused with one sentence, in bounded memory and time, nothing kept in the register."""

import io
import re
import resource
import struct
import subprocess
import sys
import zipfile
import zlib

import openpyxl
import pytest
from django.core.files.base import ContentFile

from kpupalu.imports import batas
from kpupalu.lib import Refused
from pdpb import impor
from pdpb.impor.laporan import aman
from pdpb.models import ImporBatch, Pendaftaran, TemuanImpor
from tests import make
from tests.pdpb.test_impor import KEPALA, baris, muat

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


def buku(*isi, **lain) -> bytes:
    """A sound workbook."""
    b = openpyxl.Workbook()
    for satu in isi or [KEPALA.split("#"), baris("1").split("#")]:
        b.active.append(satu)
    tujuan = io.BytesIO()
    b.save(tujuan)
    return tujuan.getvalue()


def ubah(asal: bytes, ganti=None, tambah=None, hapus=(), cara=zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with parts replaced, added or dropped."""
    tujuan = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(asal)) as lama, zipfile.ZipFile(tujuan, "w", cara) as baru:
        for isi in lama.infolist():
            if isi.filename not in hapus:
                baru.writestr(isi.filename, (ganti or {}).get(isi.filename, lama.read(isi)))
        for nama, isi in (tambah or {}).items():
            baru.writestr(nama, isi)
    return tujuan.getvalue()


LEMBAR = "xl/worksheets/sheet1.xml"


def bohong_ukuran(asal: bytes) -> bytes:
    """A directory that says the sheet is ten bytes long."""
    isi = bytearray(asal)
    letak = asal.rfind(LEMBAR.encode())
    pusat = asal.rfind(b"PK\x01\x02", 0, letak)
    isi[pusat + 24 : pusat + 28] = struct.pack("<I", 10)
    return bytes(isi)


def terenkripsi(asal: bytes) -> bytes:
    """Every part marked as encrypted."""
    isi = bytearray(asal)
    for tanda, jarak in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for letak in re.finditer(re.escape(tanda), asal):
            isi[letak.start() + jarak] |= 1
    return bytes(isi)


def lembar(isi: str) -> bytes:
    ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{ns}"><sheetData>{isi}</sheetData></worksheet>'.encode()


def sel(ref: str, isi: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{isi}</t></is></c>'


DUNIA_JAUH = lembar(
    f'<row r="1">{sel("A1", "NIK")}{sel("B1", "NAMA")}</row><row r="1048576">{sel("XFD1048576", "x")}</row>'
)
BARIS_JAUH = lembar(
    f'<row r="1">{sel("A1", "NIK")}{sel("B1", "NAMA")}</row><row r="1000000">{sel("A1000000", "x")}</row>'
)
BOM = b"<a>" + b"0" * (batas.MAKS_TERURAI + 1) + b"</a>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>'
TAWA = b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><worksheet>&b;</worksheet>"
SEHAT = buku()

JAHAT: dict[str, tuple[str, bytes, str]] = {
    "nol_bita": ("a.csv", b"", "kosong"),
    "xls_lama": ("a.xls", OLE, "format Excel lama"),
    "xls_berkedok_xlsx": ("a.xlsx", OLE, "format Excel lama"),
    "xlsx_berkata_sandi": ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "terkunci kata sandi"),
    "zip_terenkripsi": ("a.xlsx", terenkripsi(SEHAT), "terkunci kata sandi"),
    "bom_zip": ("a.xlsx", ubah(SEHAT, tambah={"xl/media/a.xml": BOM}), "membengkak"),
    "bom_rasio": ("a.xlsx", ubah(SEHAT, tambah={"xl/a.xml": b"0" * (20 * batas.MB)}), "membengkak"),
    "bom_banyak_isi": ("a.xlsx", ubah(SEHAT, tambah={f"xl/{n}.xml": b"" for n in range(250)}), "lebih dari 200 bagian"),
    "ukuran_bohong": ("a.xlsx", bohong_ukuran(SEHAT), "rusak"),
    "zip_terpotong": ("a.xlsx", SEHAT[: len(SEHAT) // 2], "rusak"),
    "zip_rusak_isi": ("a.xlsx", SEHAT[:200] + bytes(100) + SEHAT[300:], "rusak"),
    "telusur_naik": ("a.xlsx", ubah(SEHAT, tambah={"../../etc/cron.d/x": b"x"}), "nama bagian yang berbahaya"),
    "telusur_mutlak": ("a.xlsx", ubah(SEHAT, tambah={"/etc/passwd": b"x"}), "nama bagian yang berbahaya"),
    "xxe": ("a.xlsx", ubah(SEHAT, ganti={LEMBAR: XXE}), "DOCTYPE"),
    "tawa_semiliar": ("a.xlsx", ubah(SEHAT, ganti={LEMBAR: TAWA}), "DOCTYPE"),
    "xxe_utf16": ("a.xlsx", ubah(SEHAT, ganti={LEMBAR: XXE.decode().encode("utf-16")}), "sandi XML"),
    "makro": ("a.xlsx", ubah(SEHAT, tambah={"xl/vbaProject.bin": b"x"}), "makro"),
    "makro_jenis": (
        "a.xlsx",
        ubah(SEHAT, ganti={"[Content_Types].xml": b"<Types>vnd.ms-excel.sheet.macroEnabled.main+xml</Types>"}),
        "makro",
    ),
    "xlsb": ("a.xlsx", ubah(SEHAT, tambah={"xl/workbook.bin": b"x"}), "XLSB"),
    "tautan_luar": ("a.xlsx", ubah(SEHAT, tambah={"xl/externalLinks/e1.xml": b"<a/>"}), "tautan ke berkas lain"),
    "objek_tertanam": ("a.xlsx", ubah(SEHAT, tambah={"xl/embeddings/oleObject1.xml": b"x"}), "objek tertanam"),
    "poliglot_depan": ("a.xlsx", b"%PDF-1.7\n" + SEHAT, "bukan CSV atau XLSX"),
    "poliglot_depan_pk": ("a.xlsx", b"PK\x03\x04sampah" + SEHAT, "menyembunyikan isi lain|rusak"),
    "poliglot_belakang": ("a.xlsx", SEHAT + b"<script>alert(1)</script>", "menyembunyikan isi lain"),
    "zip_biasa": ("a.xlsx", ubah(SEHAT, hapus=["xl/workbook.xml"]), "bukan buku kerja XLSX"),
    "csv_berkedok_xlsx": ("a.xlsx", (KEPALA + "\n").encode(), "bukan CSV atau XLSX"),
    "xlsx_berkedok_csv": ("a.csv", SEHAT, "tidak sesuai dengan isinya"),
    "pdf_berkedok_csv": ("a.csv", b"%PDF-1.7 x", "PDF"),
    "program": ("a.csv", b"MZ\x90\x00" + bytes(50), "program"),
    "html": ("a.csv", b"<html><table><tr><td>NIK</td></tr></table></html>", "halaman web"),
    "nul": ("a.csv", KEPALA.encode() + b"\n1\x002#3\n", "NUL"),
    "eicar_csv": ("a.csv", KEPALA.encode() + b"\n" + EICAR + b"\n", "program berbahaya"),
    "eicar_xlsx": ("a.xlsx", ubah(SEHAT, tambah={"docProps/x.xml": EICAR}, cara=0), "program berbahaya"),
    "kutip_tak_tertutup": ("a.csv", KEPALA.encode() + b'\n1#2#"3#4\n' + b"x#y\n" * 2000, "[Tt]anda kutip"),
    "sel_raksasa": ("a.csv", f"{KEPALA}\n1#2#{'x' * 5000}\n".encode(), "lebih panjang dari 2000"),
    "kolom_kembar": ("a.csv", f"{KEPALA}#nama\n".encode(), "dua kolom berjudul"),
    "kolom_seratus_lebih": ("a.csv", ";".join(["NIK", "NAMA", *map(str, range(120))]).encode(), "100 kolom"),
    "bukan_tabel": ("a.csv", b"halo\nini surat\n", "judul kolom"),
    "dunia_jauh": ("a.xlsx", ubah(SEHAT, ganti={LEMBAR: DUNIA_JAUH}), "baris atau kolom"),
    "baris_jauh": ("a.xlsx", ubah(SEHAT, ganti={LEMBAR: BARIS_JAUH}), "baris atau kolom"),
    "tanpa_akhiran": ("daftar", KEPALA.encode(), "bukan CSV atau XLSX"),
}  # fmt: skip

SAAT_DIBACA = {"kutip_tak_tertutup", "sel_raksasa"}
"""Only reading the rows can tell; the check is refused, and the file stays sealed as evidence."""


def unggah_dan_periksa(file, *, sampai_periksa):
    batch = impor.unggah([file], jenis="dpt", periode=make.periode(), oleh=make.sari())
    if sampai_periksa:
        impor.periksa(batch)


@pytest.mark.django_db
@pytest.mark.parametrize("nama", JAHAT)
def test_a_hostile_file_is_refused_with_a_sentence(nama):
    judul, isi, kalimat = JAHAT[nama]
    with pytest.raises(Refused, match=kalimat) as galat:
        unggah_dan_periksa(ContentFile(isi, name=judul), sampai_periksa=nama in SAAT_DIBACA)
    teks = str(galat.value)
    assert teks.endswith(".")
    assert teks.count(".") <= 5
    assert "Traceback" not in teks
    assert ImporBatch.objects.exists() is (nama in SAAT_DIBACA)
    assert not TemuanImpor.objects.exists()


@pytest.mark.django_db
def test_one_bad_file_refuses_the_whole_upload():
    baik = ContentFile(f"{KEPALA}\n{baris('1')}\n".encode(), name="baik.csv")
    with pytest.raises(Refused, match="kosong"):
        impor.unggah([baik, ContentFile(b"", name="x.csv")], jenis="dpt", periode=make.periode(), oleh=make.sari())
    assert not ImporBatch.objects.exists()


_UKUR = """
import resource, sys
from pathlib import Path
from kpupalu.imports import baca
from kpupalu.lib import Refused
awal = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    sum(1 for _ in baca.buka(Path(sys.argv[1]), Path(sys.argv[1]).name, kenal=lambda judul: 1).baris())
except Refused as galat:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - awal, resource.getrusage(resource.RUSAGE_SELF).ru_utime)
"""


@pytest.mark.parametrize("nama", ["bom_zip", "bom_rasio", "dunia_jauh", "baris_jauh", "ukuran_bohong", "sel_raksasa"])
def test_refusing_costs_little_memory_and_time(tmp_path, nama):
    """Measured in a process of its own: less than 100 MB beyond what it held before, less than 5 s of work."""
    judul, isi, _ = JAHAT[nama]
    path = tmp_path / judul
    path.write_bytes(isi)
    hasil = subprocess.run([sys.executable, "-c", _UKUR, path], capture_output=True, text=True, check=True)
    kilobita, detik = hasil.stdout.split()
    assert int(kilobita) < 100 * 1024
    assert float(detik) < 5


def test_a_directory_that_lies_is_found_before_anything_large_is_unpacked(tmp_path):
    """250 MB announced as ten bytes: the walk stops at the first piece too many."""
    besar = zlib.compressobj(9, zlib.DEFLATED, -15)
    padat = besar.compress(b"0" * (60 * batas.MB)) + besar.flush()
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as arsip:
        arsip.writestr("[Content_Types].xml", "<Types/>")
        arsip.writestr("xl/workbook.xml", "<a/>")
        arsip.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * batas.MB))
    isi = path.read_bytes()
    path.write_bytes(bohong_ukuran(isi))
    assert len(padat) < len(isi)
    awal = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused, match="rusak"):
        batas.periksa_zip(path, "a.xlsx")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - awal < 60 * 1024


@pytest.mark.django_db
def test_a_formula_is_text_here_and_harmless_when_it_goes_back():
    """Cells that a spreadsheet would run are loaded as written and leave with an apostrophe."""
    batch = muat(baris("1", NAMA="=HYPERLINK(1)"), baris("2", KELURAHAN="=1+1", NAMA="@SUM(A1)"))
    assert Pendaftaran.objects.aktif().get().nama == "=HYPERLINK(1)"
    keluar = "".join(impor.berkas_ditolak(batch, 1))
    assert "'=1+1" in keluar
    assert "'@SUM(A1)" in keluar
    assert aman("A") == "A"
    assert all(aman(awal + "1") == f"'{awal}1" for awal in "=+-@\t\r")


@pytest.mark.django_db
def test_no_message_and_no_report_tells_a_nik():
    nik = "7271011708909177"
    batch = muat(baris("1", NIK=nik, KELAMIN="P"), baris("2", NIK=nik + "9"), baris("3", NIK=nik, NKK=nik[:-1]))
    laporan = "".join(impor.laporan_csv(batch))
    assert laporan.count("\n") > 4
    assert not re.search(r"[0-9]{9}", laporan)
