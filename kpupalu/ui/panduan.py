"""The guide for staff: the files of ``docs/panduan`` as pages. A file begins with ``# Judul``."""

import re
from dataclasses import dataclass
from pathlib import Path

import markdown
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(settings.BASE_DIR) / "docs" / "panduan"
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class HalamanPanduan:
    """One page: its address, its title, the first sentence, and the text as HTML."""

    slug: str
    judul: str
    pembuka: str
    isi: SafeString


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
