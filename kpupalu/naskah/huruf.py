"""The fonts of printed documents, and what of a text they can show."""

import unicodedata
from functools import cache
from pathlib import Path

from kpupalu.naskah.cetak import CetakGagal

SANS, SERIF = "LiberationSans-Regular.ttf", "LiberationSerif-Regular.ttf"
BERKAS = (SANS, "LiberationSans-Bold.ttf", SERIF, "LiberationSerif-Bold.ttf")
KOTAK = "□"
"""Stands for a character that the fonts do not have, so that a reader sees that one is missing."""
_MM_PER_POIN = 25.4 / 72
_SPASI_NOL = "\u200b"


@cache
def berkas_huruf() -> tuple[Path, ...]:
    """The font files of all printed documents, Liberation Sans and Serif; CetakGagal when the server lacks one."""
    hasil = []
    for nama in BERKAS:
        jalur = next(iter(sorted(Path("/usr/share/fonts").rglob(nama))), None)
        if jalur is None:
            raise CetakGagal(f"Berkas huruf {nama} tidak terpasang pada peladen. Pasang paket fonts-liberation.")
        hasil.append(jalur)
    return tuple(hasil)


@cache
def _lebar() -> dict[str, float]:
    """Every character that all the fonts can show, and its width in Liberation Sans in parts of the font size."""
    from fontTools.ttLib import TTFont

    milik = [TTFont(jalur, lazy=True) for jalur in berkas_huruf()]
    bersama = set.intersection(*(set(huruf.getBestCmap()) for huruf in milik))
    peta, lebar, satuan = milik[0].getBestCmap(), milik[0]["hmtx"], milik[0]["head"].unitsPerEm
    return {
        chr(titik): lebar[peta[titik]][0] / satuan
        for titik in bersama
        if unicodedata.category(chr(titik)) not in ("Cc", "Cf", "Co")
    }


def tercetak(teks: str) -> str:
    """*teks* as it can be printed: what has no glyph becomes KOTAK, line ends and tabs a blank.

    Marks that turn the direction of writing or are not seen are left out, so that a name reads as its letters; only the
    zero width space stays, a place to break a line.
    """
    if teks.isascii() and teks.isprintable():
        return teks
    return "".join(map(_satu, unicodedata.normalize("NFC", teks)))


def _satu(huruf: str) -> str:
    jenis = unicodedata.category(huruf)
    if jenis in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    if jenis == "Cf":
        return huruf if huruf == _SPASI_NOL else ""
    return huruf if huruf in _lebar() else KOTAK


def muat(teks: str, lebar_mm: float, poin: float) -> str:
    """*teks* with places to break inside words that are wider than *lebar_mm* in Liberation Sans of *poin*.

    The break is a zero width space; words that fit, which is nearly all, stay as they are.
    """
    em = lebar_mm / (_MM_PER_POIN * poin)
    if len(teks) <= em:  # no character is wider than one em but a few that no name has
        return teks
    return " ".join(kata if len(kata) <= em else _patahkan(kata, em) for kata in teks.split(" "))


def _patahkan(kata: str, em: float) -> str:
    potong, sisa = [""], em
    for huruf in kata:
        lebar = _lebar().get(huruf, 1.0)
        if lebar > sisa and potong[-1]:
            potong.append("")
            sisa = em
        potong[-1] += huruf
        sisa -= lebar
    return _SPASI_NOL.join(potong)
