"""The guide for staff: the files of ``docs/panduan`` as pages, with the pictures of ``docs/panduan/gambar``.

A file begins with ``# Judul``. A picture stands as ``![apa yang tampak](gambar/nama.png)`` in a paragraph of its own,
so that it shows in the repository and on the site.
"""

import re
import struct
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import markdown
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(settings.BASE_DIR) / "docs" / "panduan"
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_GAMBAR = re.compile(r"[a-z0-9][a-z0-9-]*\.png")
_TAG_GAMBAR = re.compile(r'<p><img alt="([^"]*)" src="gambar/([^"/]+)" /></p>')


@dataclass(frozen=True, slots=True)
class HalamanPanduan:
    """One page: its address, its title, the first sentence, and the text as HTML."""

    slug: str
    judul: str
    pembuka: str
    isi: SafeString


@dataclass(frozen=True, slots=True)
class Gambar:
    """One picture: its bytes, its size in pixels, and a digest that changes with the bytes."""

    isi: bytes
    lebar: int
    tinggi: int
    sidik: str


def gambar(nama: str) -> Gambar | None:
    """The picture *nama* of the guide, or None when there is none; no other file can be named."""
    berkas = FOLDER / "gambar" / nama
    if not _GAMBAR.fullmatch(nama) or not berkas.is_file():
        return None
    keadaan = berkas.stat()
    return _baca_gambar(berkas, keadaan.st_mtime_ns, keadaan.st_size)


@lru_cache(maxsize=256)
def _baca_gambar(berkas: Path, _diubah: int, _besar: int) -> Gambar | None:
    isi = berkas.read_bytes()
    # A PNG begins with eight fixed bytes and its header, in which width and height come first.
    if isi[:8] != b"\x89PNG\r\n\x1a\n" or isi[12:16] != b"IHDR" or len(isi) < 24:
        return None
    lebar, tinggi = struct.unpack(">II", isi[16:24])
    return Gambar(isi, lebar, tinggi, sha256(isi).hexdigest()[:16])


def _tampilkan(cocok: re.Match[str]) -> str:
    """The picture with its size, so that nothing moves when it comes, as a link to itself in full size."""
    alt, nama = cocok.groups()
    satu = gambar(nama)
    if satu is None:
        return f"<p><em>{alt}</em></p>"
    alamat = f"{reverse('panduan_gambar', args=[nama])}?v={satu.sidik}"
    foto = f'<img alt="{alt}" src="{alamat}" width="{satu.lebar}" height="{satu.tinggi}" loading="lazy">'
    return f'<p class="gambar"><a href="{alamat}">{foto}</a></p>'


def baca(slug: str) -> HalamanPanduan | None:
    """The page *slug*, or None when there is none. The files are our own, so their HTML is trusted."""
    berkas = FOLDER / f"{slug}.md"
    if not _SLUG.fullmatch(slug) or not berkas.is_file():
        return None
    teks = berkas.read_text(encoding="utf-8").strip()
    kepala, _, isi = teks.partition("\n")
    isi = isi.strip()
    pembuka = isi.partition("\n\n")[0]
    html = markdown.markdown(isi, extensions=["tables", "sane_lists", "toc", "fenced_code"])
    # Links between the files work in the repository (``impor.md``) and on the site (``/panduan/impor/``).
    html = re.sub(r'href="([a-z0-9-]+)\.md(#[^"]*)?"', r'href="/panduan/\1/\2"', html)
    html = _TAG_GAMBAR.sub(_tampilkan, html)
    return HalamanPanduan(
        slug=slug,
        judul=kepala.lstrip("# ").strip(),
        pembuka="" if pembuka.startswith(("#", "|", "-", "!", "1")) else re.sub(r"[*_`]|\[|\]\([^)]*\)", "", pembuka),
        isi=mark_safe(html),  # noqa: S308 - written by us, shipped with the code
    )


# The order in which somebody new needs them; pages not named here follow by file name.
_URUTAN = (
    "mulai",
    "impor",
    "pemilih",
    "perubahan",
    "ganda",
    "tanggapan",
    "temuan",
    "kematian",
    "coktas",
    "periode-dan-rekap",
    "selisih",
    "ukuran-mutu",
    "rapat",
    "paket",
    "surat",
    "tanda-tangan",
    "verifikasi-dokumen",
    "bukti-terdaftar",
    "cetak",
    "sidalih",
    "bawaslu",
    "mesin-waktu",
)


def _urut(slug: str) -> tuple[int, str]:
    return (_URUTAN.index(slug) if slug in _URUTAN else len(_URUTAN), slug)


def daftar_halaman() -> list[HalamanPanduan]:
    """Every page, first things first; ``README.md`` is not one of them."""
    slugs = [b.stem for b in FOLDER.glob("*.md") if _SLUG.fullmatch(b.stem)] if FOLDER.is_dir() else []
    slugs.sort(key=_urut)
    return [halaman for slug in slugs if (halaman := baca(slug))]
