"""Pictures: camera data found and left behind, boxes painted into the pixels, a grid to measure by."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont, ImageOps

from ppid.rilis.temuan import Daftar, Tolak

LEBAR_MM = 200.0
"""A photo is measured as if it were printed this wide."""
MAKS_PIKSEL = 50_000_000
Image.MAX_IMAGE_PIXELS = MAKS_PIKSEL
_INFO_BIASA = {
    "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "gamma", "srgb", "transparency", "progressive",
    "progression", "chromaticity", "interlace", "icc_profile", "adobe", "adobe_transform",
}  # fmt: skip


def buka(isi: bytes) -> Image.Image:
    """The picture of *isi*, upright; Tolak for a broken one and for one that unpacks into too many pixels."""
    try:
        gambar = Image.open(BytesIO(isi), formats=("JPEG", "PNG"))
        if gambar.width * gambar.height > MAKS_PIKSEL:
            raise Tolak("Gambar ini terlalu besar. Kecilkan ukurannya, lalu unggah lagi.")
        gambar.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as galat:
        raise Tolak("Gambar ini rusak atau terlalu besar. Simpan ulang gambarnya, lalu unggah lagi.") from galat
    return gambar


def ukuran(gambar: Image.Image) -> tuple[float, float]:
    """Width and height in mm as the officer measures them."""
    return LEBAR_MM, LEBAR_MM * gambar.height / gambar.width


def periksa(isi: bytes) -> dict[str, Any]:
    """Findings of a photo: camera data, place, notes in the file; what it shows only a person can say."""
    gambar, daftar = buka(isi), Daftar()
    exif = gambar.getexif()
    if exif.get_ifd(0x8825):
        daftar.tambah("gps", "berkas")
    if len(exif):
        daftar.tambah("exif", "berkas")
    lain = sorted(k for k in map(str, gambar.info) if k.lower() not in _INFO_BIASA | {"exif"})
    if lain:
        daftar.tambah("metadata", "berkas", ", ".join(lain))
    daftar.tambah("tak_terbaca", "gambar")
    tegak = ImageOps.exif_transpose(gambar)
    lebar, tinggi = ukuran(tegak)
    return {"temuan": daftar.isi, "halaman": [[round(lebar, 1), round(tinggi, 1)]]}


def cat(gambar: Image.Image, coretan: list[dict], per_mm: float) -> list[tuple[int, int, int, int]]:
    """Paint each box black with its letter into *gambar*; returns the boxes in pixels, cut at the edge."""
    pena = ImageDraw.Draw(gambar)
    kotak = []
    for c in coretan:
        x0, y0 = max(int(c["x"] * per_mm), 0), max(int(c["y"] * per_mm), 0)
        x1 = min(round((c["x"] + c["w"]) * per_mm) + 1, gambar.width)
        y1 = min(round((c["y"] + c["h"]) * per_mm) + 1, gambar.height)
        if x1 <= x0 or y1 <= y0:
            raise Tolak("Salah satu kotak berada di luar halaman. Hapus kotak itu, lalu coba lagi.")
        pena.rectangle((x0, y0, x1 - 1, y1 - 1), fill="black")
        _huruf(pena, (x0, y0, x1, y1), c["huruf"])
        kotak.append((x0, y0, x1, y1))
    return kotak


def _huruf(pena: ImageDraw.ImageDraw, kotak: tuple[int, int, int, int], huruf: str) -> None:
    """``17 h`` in white in the middle of the box, or only the letter, as large as a fifth of its area allows."""
    x0, y0, x1, y1 = kotak
    for kata in (f"17 {huruf}", huruf):
        font = ImageFont.load_default(size=max(min((y1 - y0) * 0.7, 28), 6))
        a, b, c, d = pena.textbbox((0, 0), kata, font=font)
        if c - a <= (x1 - x0) * 0.9:
            pena.text((x0 + (x1 - x0 - c + a) / 2 - a, y0 + (y1 - y0 - d + b) / 2 - b), kata, fill="white", font=font)
            return


def buktikan_hitam(gambar: Image.Image, kotak: list[tuple[int, int, int, int]]) -> None:
    """Tolak unless every box of *gambar*, read again from the finished file, is black but for its letter."""
    abu = gambar.convert("L")
    for x0, y0, x1, y1 in kotak:
        potong = abu.crop((x0 + 1, y0 + 1, max(x1 - 1, x0 + 2), max(y1 - 1, y0 + 2)))
        hitung = potong.histogram()
        if sum(hitung[:64]) < 0.5 * sum(hitung) or sum(hitung[64:192]) > 0.3 * sum(hitung):
            raise Tolak("Pembuktian gagal: ada kotak yang tidak menutup isinya. Versi rilis tidak disimpan.")


def rilis(isi: bytes, tipe: str, coretan: list[dict]) -> tuple[bytes, dict[str, Any]]:
    """A new picture of the same kind with the boxes in its pixels and nothing beside them, read again to prove it."""
    asal = ImageOps.exif_transpose(buka(isi))
    gambar = asal.convert("RGB")
    bersih = Image.frombytes("RGB", gambar.size, gambar.tobytes())
    kotak = cat(bersih, coretan, bersih.width / LEBAR_MM)
    hasil = BytesIO()
    bersih.save(hasil, "PNG") if tipe == "png" else bersih.save(hasil, "JPEG", quality=90)
    lagi = buka(hasil.getvalue())
    buktikan_hitam(lagi, kotak)
    if sisa := [t for t in periksa(hasil.getvalue())["temuan"] if t["jenis"] != "tak_terbaca"]:
        raise Tolak(f"Pembuktian gagal: gambar rilis masih memuat {sisa[0]['jenis']}.")
    return hasil.getvalue(), {"cara": "gambar", "kotak": len(kotak), "halaman": 1}


def lihat(isi: bytes, coretan: list[dict]) -> bytes:
    """The picture to look at, with grid and marked boxes, as PNG."""
    gambar = ImageOps.exif_transpose(buka(isi)).convert("RGB")
    gambar.thumbnail((900, 1400))
    return kisi(gambar, coretan, gambar.width / LEBAR_MM)


def kisi(gambar: Image.Image, coretan: list[dict], per_mm: float) -> bytes:
    """PNG of *gambar* with a line every 10 mm, its figure at the edge, and the marked boxes in red."""
    pena = ImageDraw.Draw(gambar, "RGBA")
    font = ImageFont.load_default(size=11)
    for sumbu, panjang in ((0, gambar.width), (1, gambar.height)):
        for mm in range(10, int(panjang / per_mm) + 1, 10):
            p = round(mm * per_mm)
            tebal = (0, 90, 200, 110 if mm % 50 == 0 else 45)
            pena.line((p, 0, p, gambar.height) if sumbu == 0 else (0, p, gambar.width, p), fill=tebal)
            letak = (p + 1, 1) if sumbu == 0 else (1, p + 1)
            pena.rectangle(pena.textbbox(letak, str(mm), font=font), fill=(255, 255, 255, 210))
            pena.text(letak, str(mm), fill=(0, 60, 160, 255), font=font)
    for c in coretan:
        kotak = [c["x"] * per_mm, c["y"] * per_mm, (c["x"] + c["w"]) * per_mm, (c["y"] + c["h"]) * per_mm]
        pena.rectangle(kotak, fill=(190, 0, 0, 90), outline=(190, 0, 0, 255), width=2)
        pena.text((kotak[0] + 2, kotak[1] + 1), f"{c['id']}", fill=(120, 0, 0, 255), font=font)
    hasil = BytesIO()
    gambar.save(hasil, "PNG")
    return hasil.getvalue()


def tanpa_keterangan(jpeg: bytes) -> bytes:
    """*jpeg* without its notes (EXIF, XMP, comments); the picture itself stays bit for bit."""
    hasil, letak = bytearray(jpeg[:2]), 2
    while letak + 4 <= len(jpeg) and jpeg[letak] == 0xFF and jpeg[letak + 1] != 0xDA:
        panjang = 2 + int.from_bytes(jpeg[letak + 2 : letak + 4], "big")
        tanda = jpeg[letak + 1]
        if not (0xE1 <= tanda <= 0xED or tanda in (0xEF, 0xFE)):
            hasil += jpeg[letak : letak + panjang]
        letak += panjang
    return bytes(hasil) + jpeg[letak:]
