"""The release gate by itself: what it finds, what it leaves behind, and that what is black is gone."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader, PdfWriter

from kpupalu.lib import Refused
from ppid.rilis import gambar, kotak_pasir, pdf, pekerja, tabel, word
from ppid.rilis.pola import cari, cari_sel
from ppid.rilis.temuan import Tolak
from tests.ppid import berkas_contoh as contoh


def jenis(hasil: dict) -> set[str]:
    return {t["jenis"] for t in hasil["temuan"]}


@pytest.mark.parametrize(
    ("teks", "ditemukan"),
    [
        ("NIK 7271012505909001", ["nik"]),
        ("7271 0125 0590 9001", ["nik"]),
        ("7271.0125.0590.9001", ["nik"]),
        ("727101-250590-9001", ["nik"]),
        ("HP 0812-3456-7890", ["telepon"]),
        ("+62 812 3456 7890", ["telepon"]),
        ("(0451) 421234", ["telepon"]),
        ("surel: a.b+c@contoh.co.id", ["surel"]),
        ("Rp1.250.000.000, tahun 2024 sampai 2027", []),
        ("123456789012345678", []),
        ("Keputusan 731/2025, pukul 09.00", []),
    ],
)
def test_what_is_taken_for_personal_data(teks, ditemukan):
    assert [c.jenis for c in cari(teks)] == ditemukan


def test_cells_hold_numbers_without_their_zero_and_nothing_is_shown_in_full():
    assert [c.jenis for c in cari_sel(81234567890)] == ["telepon"]
    assert [c.samar for c in cari_sel(float(contoh.NIK))] == ["7271••••••••••••"]
    assert [c.samar for c in cari(contoh.SUREL)] == ["w•••@contoh.example"]


def test_pdf_findings_have_page_and_place_and_no_value():
    hasil = pdf.periksa(contoh.pdf_biasa())
    tempat = {(t["jenis"], t["tempat"]) for t in hasil["temuan"]}
    assert {("nik", "halaman 1"), ("telepon", "halaman 2"), ("surel", "halaman 2"), ("metadata", "dokumen")} <= tempat
    assert "teks_tersembunyi" not in jenis(hasil)
    assert contoh.NIK not in str(hasil)
    assert "9001" not in str(hasil)


def test_words_under_a_box_and_in_white_are_found_and_only_pictures_are_rid_of_them():
    isi = contoh.pdf_tertutup()
    assert "Rahasia" in PdfReader(BytesIO(isi)).pages[0].extract_text()
    assert "teks_tersembunyi" in jenis(pdf.periksa(isi))
    bersih, laporan = pdf.rilis(isi, [], sebagai_gambar=True)
    assert laporan["cara"] == "gambar"
    assert "".join(h.extract_text() for h in PdfReader(BytesIO(bersih)).pages).strip() == ""
    assert b"Rahasia" not in bersih


def test_what_is_blacked_out_is_gone_for_another_reader_and_black_on_the_page():
    isi = contoh.pdf_biasa()
    kotak = pdf.cari_teks(isi, "7271012505909001", None)
    coretan = [{"id": n, "huruf": "h", **k} for n, k in enumerate(kotak, start=1)]
    hasil, laporan = pdf.rilis(isi, coretan, sebagai_gambar=True)
    baca = PdfReader(BytesIO(hasil))
    assert (len(baca.pages), laporan["kotak"]) == (2, 1)
    assert "".join(h.extract_text() for h in baca.pages).strip() == ""
    assert not baca.metadata
    assert jenis(pdf.periksa(hasil)) == {"tak_terbaca"}
    potret = baca.pages[0].images[0].image.convert("L")
    k, per_mm = coretan[0], potret.width / 210
    potong = potret.crop(
        tuple(int(s * per_mm) for s in (k["x"] + 0.5, k["y"] + 0.5, k["x"] + 3, k["y"] + k["h"] - 0.5))
    )
    assert potong.getextrema()[1] < 90
    # Beside the box the page is as it was.
    assert potret.crop((0, 0, potret.width, int(k["y"] * per_mm) - 4)).getextrema()[0] < 120


def test_a_box_outside_of_the_page_and_a_page_that_is_not_there_are_refused():
    isi = contoh.pdf("<p>Isi</p>")
    for salah in ({"hal": 1, "x": 500, "y": 10, "w": 5, "h": 5}, {"hal": 9, "x": 1, "y": 1, "w": 5, "h": 5}):
        with pytest.raises(Tolak, match="halaman"):
            pdf.rilis(isi, [{"id": 1, "huruf": "h", **salah}], sebagai_gambar=True)


def test_pages_without_boxes_keep_their_text_and_lose_everything_beside_it():
    tulis = PdfWriter(clone_from=BytesIO(contoh.pdf("<p>Isi <a href='https://contoh.example'>tautan</a></p>")))
    tulis.add_attachment("rahasia.txt", b"isi lampiran")
    asal = BytesIO()
    tulis.write(asal)
    assert {"lampiran", "metadata"} <= jenis(pdf.periksa(asal.getvalue()))
    hasil, laporan = pdf.rilis(asal.getvalue(), [], sebagai_gambar=False)
    baca = PdfReader(BytesIO(hasil))
    assert laporan["cara"] == "salinan"
    assert "Isi" in baca.pages[0].extract_text()
    assert not {"/Names", "/AF", "/OpenAction", "/Metadata"} & set(baca.trailer["/Root"])
    assert b"isi lampiran" not in hasil
    assert "/Annots" not in baca.pages[0]


def test_notes_of_a_camera_inside_a_pdf_are_cut_out():
    jpeg = contoh.foto()
    bersih = gambar.tanpa_keterangan(jpeg)
    assert b"Pegawai Contoh" in jpeg
    assert b"Pegawai Contoh" not in bersih
    assert Image.open(BytesIO(bersih)).tobytes() == Image.open(BytesIO(jpeg)).tobytes()


def test_a_workbook_tells_what_it_hides():
    hasil = tabel.periksa(contoh.xlsx())
    assert jenis(hasil) == {
        "nik", "telepon", "kolom_tersembunyi", "baris_tersembunyi", "lembar_tersembunyi", "komentar", "metadata",
        "teks_tersembunyi",
    }  # fmt: skip
    assert [t["sel"] for t in hasil["temuan"] if t["jenis"] == "nik"] == ["B2", "B3"]
    assert hasil["lembar"] == ["Data"]


def test_a_released_workbook_holds_visible_values_where_they_were_and_nothing_else():
    coretan = [{"id": 1, "huruf": "h", "lembar": "Data", "rentang": "B2:C3"}]
    hasil, laporan = tabel.rilis(contoh.xlsx(), coretan)
    with zipfile.ZipFile(BytesIO(hasil)) as arsip:
        semua = b"".join(arsip.read(n) for n in arsip.namelist()).decode()
    for rahasia in (contoh.NIK, "9002", contoh.HP, "di kolom D", "Baris gelap", "catatan pegawai", "tulisan putih",
                    "lembar gelap", "Pegawai Contoh"):  # fmt: skip
        assert rahasia not in semua
    s = load_workbook(BytesIO(hasil))["Data"]
    assert (s["A3"].value, s["B2"].value, s["E2"].value) == ("Warga B", "[dihitamkan: Pasal 17 huruf h]", 5)
    assert laporan["sel_dihapus"] >= 6
    assert tabel.periksa(hasil)["temuan"] == []


@pytest.mark.parametrize("salah", ["", "C:", "1C", "C2:40", "A1:B", "halo", "C2;D4"])
def test_a_block_that_is_none_is_refused(salah):
    with pytest.raises(Tolak, match="Rentang tidak dikenal"):
        tabel.rentang(salah)


def test_a_text_table_loses_its_column():
    isi = f"nama;nik\r\nWarga;{contoh.NIK}\r\n".encode()
    assert jenis(tabel.periksa_csv(isi)) == {"nik"}
    hasil, _ = tabel.rilis_csv(isi, [{"id": 1, "huruf": "h", "lembar": "CSV", "rentang": "B2:B9"}])
    assert hasil.decode().splitlines() == ["nama;nik", "Warga;[dihitamkan: Pasal 17 huruf h]"]


def test_a_photo_loses_place_and_camera_and_gets_its_box():
    hasil, _ = pekerja.kerjakan({"nama": "periksa", "tipe": "jpg"}, contoh.foto())
    assert jenis(hasil) == {"gps", "exif", "tak_terbaca"}
    coretan = [{"id": 1, "hal": 1, "x": 20, "y": 20, "w": 60, "h": 40, "huruf": "h"}]
    _, isi = pekerja.kerjakan({"nama": "rilis", "tipe": "jpg", "coretan": coretan}, contoh.foto())
    foto = Image.open(BytesIO(isi))
    assert (len(foto.getexif()), foto.size) == (0, (800, 600))
    assert max(foto.getpixel((100, 100))) < 40
    assert min(foto.getpixel((700, 500))) > 150
    assert b"Pegawai Contoh" not in isi


def test_a_document_is_read_across_its_runs_and_given_out_only_with_nothing_hidden():
    terbelah = contoh.docx(contoh.alinea("NIK 727101", "2505909001"))
    assert jenis(word.periksa(terbelah)) == {"nik", "metadata"}
    isi, _ = word.rilis(terbelah, [])
    assert jenis(word.periksa(isi)) == {"nik"}
    assert b"Pegawai Contoh" not in isi
    hapus = contoh.docx("<w:p><w:del><w:r><w:delText>lama</w:delText></w:r></w:del></w:p>")
    gelap = contoh.docx("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>gelap</w:t></w:r></w:p>")
    for salah in (hapus, gelap):
        with pytest.raises(Tolak, match="masih memuat"):
            word.rilis(salah, [])
    with pytest.raises(Tolak, match="tidak dapat dihitamkan"):
        word.rilis(terbelah, [{"id": 1}])


def test_entities_in_a_document_are_refused():
    jahat = contoh.docx("", word__header1='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(Tolak, match="rusak"):
        word.periksa(jahat)


# --- Hostile files, through the process of their own --------------------------------------------------------------
def terkunci() -> bytes:
    tulis = PdfWriter(clone_from=BytesIO(contoh.pdf("<p>Isi</p>")))
    tulis.encrypt("kunci", algorithm="RC4-128")
    hasil = BytesIO()
    tulis.write(hasil)
    return hasil.getvalue()


@pytest.mark.parametrize(
    ("nama", "buat", "kalimat"),
    [
        ("a.pdf", lambda: b"", "kosong"),
        ("a.exe", lambda: b"MZ" + b"\0" * 400, "bukan PDF"),
        ("a.docx", lambda: contoh.pdf("<p>Isi</p>"), "tidak sesuai isinya"),
        ("a.pdf", contoh.xlsx_bersih, "bukan PDF"),
        ("a.csv", contoh.xlsx_bersih, "tidak sesuai dengan isinya"),
        ("a.xlsx", contoh.bom_xlsx, "membengkak"),
        ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "format Excel lama"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_before_anything_reads_it(nama, buat, kalimat):
    with pytest.raises(Refused, match=kalimat):
        kotak_pasir.tentukan_tipe(nama, buat())


@pytest.mark.parametrize(
    ("tipe", "buat", "kalimat"),
    [
        ("pdf", terkunci, "terkunci kata sandi"),
        ("pdf", contoh.bom_pdf, "terlalu besar|tidak dapat diperiksa|rusak"),
        ("pdf", lambda: b"%PDF-1.7\nsampah", "rusak"),
        ("docx", contoh.xlsx_bersih, "bukan dokumen DOCX"),
        ("jpg", lambda: contoh.foto()[:500], "rusak"),
    ],
)
def test_a_hostile_file_ends_in_one_sentence(tipe, buat, kalimat):
    with pytest.raises(Refused, match=kalimat):
        kotak_pasir.suruh("periksa", tipe, buat())


def test_a_reader_that_breaks_is_one_sentence_too():
    with pytest.raises(Refused, match="rusak atau terlalu rumit"):
        kotak_pasir.suruh("tidak-ada", "pdf", contoh.pdf("<p>Isi</p>"))
