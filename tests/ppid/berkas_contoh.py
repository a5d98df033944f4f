"""Files with invented people in them, made on the spot: what an officer may upload by mistake."""

from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from PIL import Image
from weasyprint import HTML

NIK, HP, SUREL = "7271012505909001", "0812-3456-7890", "warga.contoh@contoh.example"


@cache
def pdf(isi: str, *, pembuat: str = "Pegawai Contoh") -> bytes:
    """A PDF with text, and with an author in its properties."""
    kepala = f'<meta name="author" content="{pembuat}">' if pembuat else ""
    return HTML(string=f"<html><head>{kepala}<style>body{{font:12pt serif}}</style></head><body>{isi}</body></html>"
                ).write_pdf()  # fmt: skip


def pdf_biasa() -> bytes:
    """Two pages, a NIK in groups on the first, a phone number and an address on the second."""
    return pdf(f"<p>Daftar penerima</p><p>NIK 7271 0125 0590 9001 atas nama Warga</p>"
               f'<p style="break-before:page">Hubungi {HP} atau {SUREL}</p>')  # fmt: skip


def pdf_tertutup() -> bytes:
    """Words under a black box and white words: what a careless redaction leaves."""
    return pdf('<div style="position:relative;height:12mm">Nama Warga Rahasia Sekali<div style="position:absolute;'
               'left:0;top:0;width:120mm;height:10mm;background:#000"></div></div>'
               '<p style="color:#fff">catatan putih yang tertinggal</p><p>Teks yang terlihat</p>')  # fmt: skip


def xlsx() -> bytes:
    """A sheet with a NIK and a phone number, a hidden column, row and sheet, a comment, white text, an author."""
    buku = Workbook()
    buku.properties.creator = "Pegawai Contoh"
    s = buku.active
    s.title = "Data"
    for baris in (["Nama", "NIK", "Kontak", "Rahasia", "Nilai"], ["Warga A", NIK, 81234567890, "di kolom D", 5],
                  ["Warga B", "7271012505909002", HP, "juga", "=1+1"], ["Baris gelap", "x", "y", "z", 1]):  # fmt: skip
        s.append(baris)
    s.column_dimensions["D"].hidden = True
    s.row_dimensions[4].hidden = True
    s["A2"].comment = Comment("catatan pegawai", "Pegawai Contoh")
    s["A6"], s["A6"].font = "tulisan putih", Font(color="FFFFFFFF")
    lain = buku.create_sheet("Gelap")
    lain["A1"], lain.sheet_state = "lembar gelap", "hidden"
    return _simpan(buku)


def _simpan(buku: Workbook) -> bytes:
    hasil = BytesIO()
    buku.save(hasil)
    return hasil.getvalue()


def xlsx_bersih() -> bytes:
    """A sheet with nothing to find."""
    buku = Workbook()
    buku.active.append(["Kelurahan", 12])
    return _simpan(buku)


def foto() -> bytes:
    """A JPEG with camera, author and place."""
    gambar = Image.new("RGB", (800, 600), (180, 200, 220))
    exif = gambar.getexif()
    exif[0x010F], exif[0x013B] = "Kamera", "Pegawai Contoh"
    exif.get_ifd(0x8825).update({1: "S", 2: (0.0, 54.0, 0.0), 3: "E", 4: (119.0, 52.0, 0.0)})
    hasil = BytesIO()
    gambar.save(hasil, "JPEG", exif=exif)
    return hasil.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(tubuh: str, **bagian: str) -> bytes:
    """A small document; *bagian* are further parts by their name, ``__`` for a slash."""
    hasil = BytesIO()
    with ZipFile(hasil, "w", ZIP_DEFLATED) as arsip:
        arsip.writestr("[Content_Types].xml", "<Types/>")
        arsip.writestr("word/document.xml", f"<w:document {_W}><w:body>{tubuh}</w:body></w:document>")
        core = '<cp:p xmlns:cp="c" xmlns:dc="d"><dc:creator>Pegawai Contoh</dc:creator></cp:p>'
        arsip.writestr("docProps/core.xml", core)
        for nama, isi in bagian.items():
            arsip.writestr(nama.replace("__", "/") + ".xml", isi)
    return hasil.getvalue()


def alinea(*potong: str) -> str:
    """One paragraph in several runs."""
    return "<w:p>" + "".join(f"<w:r><w:t>{p}</w:t></w:r>" for p in potong) + "</w:p>"


def bom_xlsx() -> bytes:
    """A workbook of which one part unpacks to far more than it says."""
    hasil = BytesIO()
    with ZipFile(hasil, "w", ZIP_DEFLATED) as arsip:
        arsip.writestr("[Content_Types].xml", "<Types/>")
        arsip.writestr("xl/workbook.xml", "<workbook/>")
        arsip.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    return hasil.getvalue()


def bom_pdf() -> bytes:
    """A page of 200 by 200 metres."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 566929 566929]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
