"""Personal data as it stands in running text, and how a list of findings may show it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Any sixteen digits, in groups or not: the gate asks a person rather than let one pass.
_NIK = re.compile(r"(?<!\d)(?:\d[ .\-\u00a0\u2009\u202f\u2010-\u2015]{0,2}){15}\d(?!\d)")
_SELULER = re.compile(r"(?<![\d.])(?:\+?62|0)[ .\-]?8\d{1,2}(?:[ .\-]?\d){6,9}(?!\d)")
_TETAP = re.compile(r"(?<![\d.])\(?0[2-9]\d{1,2}\)?[ \-]{1,2}\d{6,8}(?!\d)")
_SUREL = re.compile(r"(?i)[a-z0-9._%+\-]{1,64}@[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63})*\.[a-z]{2,24}")
# A sheet drops the leading zero of a number: a whole cell of these digits is a mobile phone.
_SEL_SELULER = re.compile(r"8[1-9]\d{7,10}")

PRIBADI = ("nik", "telepon", "surel")
"""Kinds of findings that a person may declare to be no secret."""


@dataclass(frozen=True, slots=True)
class Cocok:
    """One hit: its kind, where it begins and ends in the text, and the value with its digits hidden."""

    jenis: str
    awal: int
    akhir: int
    samar: str


def cari(teks: str) -> Iterator[Cocok]:
    """Every NIK or NKK, phone number and e-mail address of *teks*, in this order, none of them twice."""
    terpakai: list[tuple[int, int]] = []
    for jenis, pola in (("nik", _NIK), ("telepon", _SELULER), ("telepon", _TETAP), ("surel", _SUREL)):
        for temu in pola.finditer(teks):
            if any(a < temu.end() and temu.start() < b for a, b in terpakai):
                continue
            terpakai.append(temu.span())
            yield Cocok(jenis, *temu.span(), samarkan(jenis, temu[0]))


def cari_sel(nilai: object) -> list[Cocok]:
    """As ``cari`` for one cell: whole numbers without exponent, and phone numbers that lost their zero."""
    teks = teks_sel(nilai)
    hasil = list(cari(teks))
    if not hasil and _SEL_SELULER.fullmatch(teks.strip()):
        hasil = [Cocok("telepon", 0, len(teks), samarkan("telepon", teks.strip()))]
    return hasil


def teks_sel(nilai: object) -> str:
    """The value of a cell as a reader sees it; a whole number without exponent or decimals."""
    if nilai is None:
        return ""
    if isinstance(nilai, float) and nilai.is_integer() and abs(nilai) < 1e17:
        return str(int(nilai))
    return str(nilai)


def samarkan(jenis: str, nilai: str) -> str:
    """*nilai* with enough left to find it in the document and too little to use it."""
    if jenis == "surel":
        nama, _, domain = nilai.partition("@")
        return f"{nama[:1]}•••@{domain}"
    angka = "".join(h for h in nilai if h.isdigit())
    return angka[:4] + "•" * (len(angka) - 4)
