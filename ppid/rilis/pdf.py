"""PDF: what hides in it, and a released version that holds nothing below its boxes.

What a reader cannot see is found by looking: a character whose place shows one even colour on the rendered page is
not visible, whatever hides it. A page with boxes is released as a picture, and so is every other page of that file,
because pages of one file share their resources.
"""

import re
from collections.abc import Iterator
from ctypes import c_double, c_int
from io import BytesIO
from typing import Any

import pypdfium2
import pypdfium2.raw as fpdf
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from ppid.rilis import gambar
from ppid.rilis.pola import cari
from ppid.rilis.temuan import Daftar, Tolak

MAKS_HALAMAN, MAKS_SISI_MM = 100, 1300
"""Pages of one file and the longest side of a sheet (A0). Limits of storage, no legal numbers."""
_DPI, _DPI_PERIKSA = 150, 96
_MM = 25.4
_ANOTASI_BIASA = ("/Link",)
_KUNCI_HALAMAN = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Contents", "/Resources", "/Parent", "/UserUnit"}
_BUANG = ("/Metadata", "/PieceInfo", "/Thumb", "/AA", "/OC", "/StructParents", "/StructParent", "/LastModified")


def buka(isi: bytes) -> pypdfium2.PdfDocument:
    """The opened document; Tolak when it is locked, broken, or larger than the limits."""
    try:
        dokumen = pypdfium2.PdfDocument(isi)
        banyak = len(dokumen)
    except pypdfium2.PdfiumError as galat:
        if "assword" in str(galat):
            raise Tolak("PDF ini terkunci kata sandi. Buka kuncinya pada aplikasi asal, lalu unggah lagi.") from galat
        raise Tolak("PDF ini rusak dan tidak dapat diperiksa. Cetak ulang menjadi PDF, lalu unggah lagi.") from galat
    if not 1 <= banyak <= MAKS_HALAMAN:
        raise Tolak(f"PDF ini memuat {banyak} halaman. Bagi menjadi berkas berisi paling banyak {MAKS_HALAMAN}.")
    if dokumen.get_formtype():
        dokumen.init_forms()
    return dokumen


def _ukuran(halaman) -> tuple[float, float]:
    lebar, tinggi = (sisi / 72 * _MM for sisi in halaman.get_size())
    if max(lebar, tinggi) > MAKS_SISI_MM:
        raise Tolak("Salah satu halaman terlalu besar untuk diperiksa. Cetak ulang ke ukuran kertas biasa.")
    return lebar, tinggi


def _potret(halaman, dpi: int) -> Image.Image:
    _ukuran(halaman)
    return halaman.render(scale=dpi / 72, fill_color=(255, 255, 255, 255)).to_pil().convert("RGB")


def _huruf(halaman, ukuran: tuple[int, int]) -> Iterator[tuple[int, str, tuple[int, int, int, int]]]:
    """Number, character and its box in the pixels of a rendering of *ukuran*, of every character with a place."""
    teks = halaman.get_textpage()
    x, y = c_int(), c_int()
    for nomor in range(teks.count_chars()):
        kode = fpdf.FPDFText_GetUnicode(teks.raw, nomor)
        huruf = chr(kode) if 0 < kode < 0x110000 else " "
        sisi = [c_double() for _ in range(4)]
        kotak = (0, 0, 0, 0)
        if fpdf.FPDFText_GetCharBox(teks.raw, nomor, *sisi):
            kiri, kanan, bawah, atas = (s.value for s in sisi)
            titik = []
            for px, py in ((kiri, atas), (kanan, bawah)):
                fpdf.FPDF_PageToDevice(halaman.raw, 0, 0, *ukuran, 0, px, py, x, y)
                titik.append((x.value, y.value))
            (x0, y0), (x1, y1) = titik
            kotak = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        yield nomor, huruf, kotak


def periksa(isi: bytes) -> dict[str, Any]:
    """Findings of *isi* and the size of its pages in mm."""
    dokumen, daftar = buka(isi), Daftar()
    _periksa_luar(isi, daftar)
    halaman = []
    for nomor in range(len(dokumen)):
        satu = dokumen[nomor]
        halaman.append([round(s, 1) for s in _ukuran(satu)])
        _periksa_halaman(satu, nomor + 1, daftar)
        satu.close()
    return {"temuan": daftar.isi, "halaman": halaman}


def _periksa_luar(isi: bytes, daftar: Daftar) -> None:
    """What stands beside the pages: properties, notes, attachments, programs, layers."""
    try:
        baca = PdfReader(BytesIO(isi))
        if baca.is_encrypted:
            baca.decrypt("")
        akar: Any = baca.trailer["/Root"].get_object()
        sifat = _sifat(baca)
        if sifat or "/Metadata" in akar:
            daftar.tambah("metadata", "dokumen", ", ".join(sifat))
        if "/OCProperties" in akar:
            daftar.tambah("lapisan", "dokumen")
        for nama in ("/AF", "/OpenAction", "/AA", "/Collection", "/AcroForm"):
            if nama in akar:
                daftar.tambah("lampiran", "dokumen", nama.lstrip("/"))
        nama_nama = akar.get("/Names")
        if nama_nama and {"/EmbeddedFiles", "/JavaScript"} & set(nama_nama.get_object().keys()):
            daftar.tambah("lampiran", "dokumen", "berkas atau program")
        for nomor, satu in enumerate(baca.pages, start=1):
            for catatan in satu.get("/Annots") or []:
                jenis = str(catatan.get_object().get("/Subtype", ""))
                if jenis not in _ANOTASI_BIASA:
                    daftar.tambah("komentar", f"halaman {nomor}", jenis.lstrip("/"), hal=nomor)
    except Exception as galat:
        raise Tolak("Susunan PDF ini tidak dapat diperiksa. Cetak ulang menjadi PDF, lalu unggah lagi.") from galat


def _sifat(baca: PdfReader) -> list[str]:
    """Names of the properties that say something; what our own writers put there says nothing."""
    isi = {str(k).lstrip("/"): str(v).strip() for k, v in (baca.metadata or {}).items()}
    if isi.get("Producer") in ("PDFium", "pypdf"):
        isi.pop("CreationDate", None)
    return sorted(k for k, v in isi.items() if v and v not in ("PDFium", "pypdf"))


def _periksa_halaman(halaman, nomor: int, daftar: Daftar) -> None:
    potret = _potret(halaman, _DPI_PERIKSA)
    per_mm = _DPI_PERIKSA / _MM
    semua = list(_huruf(halaman, potret.size))
    teks = "".join(h for _, h, _ in semua)
    for cocok in cari(teks):
        kotak = _gabung([k for _, h, k in semua[cocok.awal : cocok.akhir] if not h.isspace()])
        daftar.tambah(cocok.jenis, f"halaman {nomor}", cocok.samar, hal=nomor, kotak=[
            round(s / per_mm, 1) for s in (kotak[0], kotak[1], kotak[2] - kotak[0], kotak[3] - kotak[1])
        ])  # fmt: skip
    tersembunyi = sum(1 for _, h, k in semua if not h.isspace() and h.isprintable() and not _terlihat(potret, k))
    # Two or three may be marks so thin that the rendering swallowed them.
    if tersembunyi > 3:
        daftar.tambah("teks_tersembunyi", f"halaman {nomor}", f"{tersembunyi} huruf", hal=nomor)
    if (sum(h.isalnum() for _, h, _ in semua) < 20 and _bertinta(potret)) or _bergambar(halaman):
        daftar.tambah("tak_terbaca", f"halaman {nomor}", hal=nomor)


def _terlihat(potret: Image.Image, kotak: tuple[int, int, int, int]) -> bool:
    """Whether the place of a character and a hair around it show more than one colour."""
    x0, y0, x1, y1 = kotak
    x0, y0, x1, y1 = max(x0 - 1, 0), max(y0 - 1, 0), min(x1 + 2, potret.width), min(y1 + 2, potret.height)
    if x1 <= x0 or y1 <= y0:
        return False
    sisi = potret.crop((x0, y0, x1, y1)).getextrema()
    return max(tinggi - rendah for rendah, tinggi in sisi) > 24  # type: ignore[operator, misc]


def _bertinta(potret: Image.Image) -> bool:
    return ImageChops.difference(potret, Image.new("RGB", potret.size, "white")).getbbox() is not None


def _bergambar(halaman) -> bool:
    """Whether a picture larger than a twentieth of the page stands on it."""
    lebar, tinggi = halaman.get_size()
    for benda in halaman.get_objects(filter=[fpdf.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        kiri, bawah, kanan, atas = benda.get_bounds()
        if abs((kanan - kiri) * (atas - bawah)) > lebar * tinggi / 20:
            return True
    return False


def _gabung(kotak: list[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
    return min(k[0] for k in kotak), min(k[1] for k in kotak), max(k[2] for k in kotak), max(k[3] for k in kotak)


def cari_teks(isi: bytes, kata: str, hanya: int | None) -> list[dict[str, Any]]:
    """Where *kata* stands, whatever its case and blanks: a box in mm, wider than the letters, for each line."""
    dokumen, hasil = buka(isi), []
    pola = re.compile(r"\s*".join(re.escape(h) for h in "".join(kata.split())), re.IGNORECASE)
    per_mm = 300 / _MM
    for nomor in range(len(dokumen)):
        if hanya and nomor + 1 != hanya:
            continue
        halaman = dokumen[nomor]
        lebar, tinggi = (round(s / 72 * 300) for s in halaman.get_size())
        semua = list(_huruf(halaman, (lebar, tinggi)))
        for temu in pola.finditer("".join(h for _, h, _ in semua)):
            for baris in _per_baris([k for _, h, k in semua[temu.start() : temu.end()] if not h.isspace()]):
                x0, y0, x1, y1 = (s / per_mm for s in _gabung(baris))
                hasil.append({"hal": nomor + 1, "x": round(max(x0 - 0.8, 0), 1), "y": round(max(y0 - 0.8, 0), 1),
                              "w": round(x1 - x0 + 1.6, 1), "h": round(y1 - y0 + 1.6, 1)})  # fmt: skip
    return hasil


def _per_baris(kotak: list[tuple[int, int, int, int]]) -> list[list[tuple[int, int, int, int]]]:
    """The boxes parted where the text goes on left of where it was: each part is one line."""
    hasil: list[list[tuple[int, int, int, int]]] = []
    for satu in kotak:
        if hasil and satu[0] >= hasil[-1][-1][0] and satu[1] < hasil[-1][-1][3]:
            hasil[-1].append(satu)
        else:
            hasil.append([satu])
    return hasil


def lihat(isi: bytes, nomor: int, coretan: list[dict]) -> bytes:
    """Page *nomor* as PNG with grid and marked boxes."""
    dokumen = buka(isi)
    if not 1 <= nomor <= len(dokumen):
        raise Tolak("Halaman itu tidak ada.")
    potret = _potret(dokumen[nomor - 1], _DPI_PERIKSA)
    return gambar.kisi(potret, [c for c in coretan if c["hal"] == nomor], _DPI_PERIKSA / _MM)


def rilis(isi: bytes, coretan: list[dict], *, sebagai_gambar: bool) -> tuple[bytes, dict[str, Any]]:
    """The version to give out: pictures when there are boxes or *sebagai_gambar*, else the pages without anything else.

    Both are read again; Tolak when anything of what was blacked out or hidden is still there.
    """
    if not coretan and not sebagai_gambar:
        return _salin_bersih(isi)
    return _jadikan_gambar(isi, coretan)


def _jadikan_gambar(isi: bytes, coretan: list[dict]) -> tuple[bytes, dict[str, Any]]:
    asal, baru = buka(isi), pypdfium2.PdfDocument.new()
    if luar := [c for c in coretan if not 1 <= c["hal"] <= len(asal)]:
        raise Tolak(f"Kotak {luar[0]['id']} menunjuk halaman yang tidak ada. Hapus kotak itu, lalu coba lagi.")
    per_mm, kotak, hilang = _DPI / _MM, {}, set()
    for nomor in range(len(asal)):
        halaman = asal[nomor]
        milik = [c for c in coretan if c["hal"] == nomor + 1]
        potret = _potret(halaman, _DPI)
        hilang |= _kata_dalam(halaman, potret.size, milik, per_mm)
        kotak[nomor] = gambar.cat(potret, milik, per_mm)
        berkas = BytesIO()
        if _tanpa_warna(potret):
            potret = potret.convert("L")
        potret.save(berkas, "JPEG", quality=82)
        _tempel(baru, halaman.get_size(), berkas)
        halaman.close()
    hasil = BytesIO()
    baru.save(hasil)
    bersih = _tanpa_sifat(hasil)
    _buktikan_gambar(bersih, kotak, hilang)
    return bersih, {"cara": "gambar", "kotak": len(coretan), "halaman": len(asal), "kata": len(hilang)}


def _tanpa_sifat(berkas: BytesIO) -> bytes:
    """The same pages without any property, not even the hour in which they were made."""
    tulis, hasil = PdfWriter(clone_from=berkas), BytesIO()
    tulis.metadata = None
    tulis.write(hasil)
    return hasil.getvalue()


def _tanpa_warna(potret: Image.Image) -> bool:
    """Whether the page is black on white: such a picture is a third smaller without its colours."""
    merah, hijau, biru = potret.split()
    beda = (ImageChops.difference(merah, hijau).getextrema(), ImageChops.difference(hijau, biru).getextrema())
    return all(tinggi < 12 for _, tinggi in beda)  # type: ignore[operator]


def _kata_dalam(halaman, ukuran: tuple[int, int], milik: list[dict], per_mm: float) -> set[str]:
    """The strings whose letters lie in one of the boxes: what must not be found in the finished file."""
    kata = set()
    for c in milik:
        x0, y0, x1, y1 = (s * per_mm for s in (c["x"], c["y"], c["x"] + c["w"], c["y"] + c["h"]))
        teks = "".join(
            h for _, h, k in _huruf(halaman, ukuran)
            if x0 <= (k[0] + k[2]) / 2 <= x1 and y0 <= (k[1] + k[3]) / 2 <= y1
        )  # fmt: skip
        kata |= {satu for satu in teks.split() if len(satu) > 1}
    return kata


def _tempel(baru: pypdfium2.PdfDocument, ukuran: tuple[float, float], berkas: BytesIO) -> None:
    """A new page of *ukuran* that is filled by the picture."""
    halaman = baru.new_page(*ukuran)
    benda = pypdfium2.PdfImage.new(baru)
    benda.load_jpeg(berkas, inline=True)
    benda.set_matrix(pypdfium2.PdfMatrix().scale(*ukuran))
    halaman.insert_obj(benda)
    halaman.gen_content()
    halaman.close()


def _buktikan_gambar(isi: bytes, kotak: dict[int, list], hilang: set[str]) -> None:
    """Read the finished file with both readers: no text at all, none of *hilang* in its bytes, every box black."""
    lagi = buka(isi)
    teks = "".join(satu.extract_text() for satu in PdfReader(BytesIO(isi)).pages)
    if teks.strip() or any(k.encode() in isi for k in hilang if len(k) > 7):
        raise Tolak("Pembuktian gagal: versi rilis masih memuat teks. Versi rilis tidak disimpan.")
    for nomor, milik in kotak.items():
        halaman = lagi[nomor]
        if halaman.get_textpage().count_chars():
            raise Tolak("Pembuktian gagal: versi rilis masih memuat teks. Versi rilis tidak disimpan.")
        if milik:
            gambar.buktikan_hitam(_potret(halaman, _DPI), milik)
        halaman.close()


def _salin_bersih(isi: bytes) -> tuple[bytes, dict[str, Any]]:
    """The same pages with text, without properties, notes, links, attachments, programs and camera data."""
    baca = PdfReader(BytesIO(isi))
    if baca.is_encrypted:
        baca.decrypt("")
    tulis = PdfWriter()
    for halaman in baca.pages:
        for kunci in [k for k in halaman if k not in _KUNCI_HALAMAN]:
            del halaman[kunci]
        tulis.add_page(halaman)
    tulis.metadata = None
    for benda in tulis._objects:
        if isinstance(benda, DictionaryObject):
            _buang(benda)
    hasil = BytesIO()
    tulis.write(hasil)
    bersih = hasil.getvalue()
    if sisa := [t for t in periksa(bersih)["temuan"] if t["jenis"] in ("komentar", "lampiran", "lapisan", "metadata")]:
        raise Tolak(f"Pembuktian gagal: versi rilis masih memuat {sisa[0]['jenis']}. Versi rilis tidak disimpan.")
    return bersih, {"cara": "salinan", "kotak": 0, "halaman": len(baca.pages)}


def _buang(benda: DictionaryObject) -> None:
    for kunci in _BUANG:
        if kunci in benda:
            del benda[NameObject(kunci)]
    if isinstance(benda, StreamObject) and benda.get("/Filter") == "/DCTDecode":
        benda._data = gambar.tanpa_keterangan(benda._data)
