"""How far two birth dates, NIK, places and addresses agree. Pure Python."""

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import OSA, Levenshtein


class Tanggal(Enum):
    """How two birth dates relate."""

    SAMA = "Tanggal lahir sama"
    TERTUKAR = "Tanggal lahir tertukar tanggal dan bulan"
    ANGKA = "Tanggal lahir beda satu angka"
    TAHUN = "Tahun lahir meleset satu atau sepuluh tahun"
    DARI_NIK = "Tanggal lahir yang satu kosong, NIK-nya menyebut tanggal lahir yang lain"
    KOSONG = "Tanggal lahir salah satu kosong"
    BEDA = "Tanggal lahir berbeda"


MELESET = (Tanggal.TERTUKAR, Tanggal.ANGKA, Tanggal.TAHUN)
"""The ways in which a hand writes one date and means the other."""


def banding_tanggal(a: date | None, b: date | None) -> Tanggal:
    """How *a* and *b* relate; a slip is one digit, two neighbouring digits, day for month, or 1 or 10 years."""
    if a is None or b is None:
        return Tanggal.KOSONG
    if a == b:
        return Tanggal.SAMA
    if a.year == b.year and a.day == b.month and a.month == b.day:
        return Tanggal.TERTUKAR
    if (a.day, a.month) == (b.day, b.month) and abs(a.year - b.year) in (1, 10):
        return Tanggal.TAHUN
    if OSA.distance(f"{a:%d%m%Y}", f"{b:%d%m%Y}", score_cutoff=1) == 1:
        return Tanggal.ANGKA
    return Tanggal.BEDA


def varian_tanggal(tanggal: date) -> list[date]:
    """Every date that ``banding_tanggal`` relates to *tanggal*, itself included."""
    teks = f"{tanggal:%d%m%Y}"
    calon = {teks[:n] + d + teks[n + 1 :] for n in range(8) for d in "0123456789"}
    calon |= {teks[:n] + teks[n + 1] + teks[n] + teks[n + 2 :] for n in range(7)}
    calon |= {teks[2:4] + teks[:2] + teks[4:]}
    calon |= {f"{teks[:4]}{tanggal.year + geser:04d}" for geser in (-10, -1, 1, 10)}
    hasil = []
    for c in calon:
        try:
            satu = date(int(c[4:]), int(c[2:4]), int(c[:2]))
        except ValueError:
            continue
        if banding_tanggal(tanggal, satu) is not Tanggal.BEDA:
            hasil.append(satu)
    return sorted(hasil)


# --- NIK and NKK --------------------------------------------------------------------------------------------------
def nomor_utuh(nomor: str) -> bool:
    """Whether *nomor* says anything: at least fourteen digits that are not all one."""
    return len(nomor) >= 14 and nomor.isdigit() and len(set(nomor)) > 2


def tanggal_nik(nik: str) -> tuple[int, int, int] | None:
    """Day, month and two-digit year inside *nik*, the 40 of women taken off; None when it cannot be read."""
    if len(nik) != 16 or not nik.isdigit():
        return None
    hari, bulan, tahun = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    hari -= 40 if hari > 40 else 0
    return (hari, bulan, tahun) if 1 <= hari <= 31 and 1 <= bulan <= 12 else None


def nik_menyebut(nik: str, tanggal: date | None) -> bool:
    """Whether *nik* carries *tanggal*."""
    return tanggal is not None and tanggal_nik(nik) == (tanggal.day, tanggal.month, tanggal.year % 100)


def seri_berurutan(a: str, b: str) -> bool:
    """Whether two NIK were issued at one place, for one day, close after each other, as those of twins are.

    A twin sister's day carries the 40 that her brother's does not.
    """
    if len(a) != 16 or len(b) != 16 or a[:6] != b[:6] or tanggal_nik(a) != tanggal_nik(b) or tanggal_nik(a) is None:
        return False
    return a != b and abs(int(a[12:]) - int(b[12:])) <= 4


PANGKAT_WILAYAH = 1000
"""A region so many times rarer than the one a slip away from it is an error that repeats, not a kecamatan."""


def seri_sama(a: str, b: str) -> bool:
    """Whether two different NIK end in one serial, and were issued in one region or for one day."""
    utuh = len(a) == len(b) == 16 and a.isdigit() and b.isdigit() and a != b
    return utuh and a[12:] == b[12:] and (a[:6] == b[:6] or a[6:12] == b[6:12])


def nik_meleset(a: str, b: str, wilayah: Mapping[str, int], dikenal: int) -> str:
    """The sentence for two NIK one slip apart, else empty.

    Differing serials alone are no slip, nor are two regions that at least *dikenal* rows of *wilayah* bear: the first
    born of a day in two kecamatan have one serial.
    """
    if not (a.isdigit() and b.isdigit()) or a == b or min(len(a), len(b)) < 12:
        return ""
    if len(a) != len(b):
        pendek, panjang = sorted((a, b), key=len)
        if panjang.startswith(pendek):
            return "NIK yang satu terpotong"
        return "NIK kurang satu angka" if Levenshtein.distance(a, b, score_cutoff=1) == 1 else ""
    if a[:6] + a[8:] == b[:6] + b[8:] and abs(int(a[6:8]) - int(b[6:8])) == 40:
        return "NIK sama kecuali tambahan 40 pada tanggal"
    if a[:12] == b[:12]:
        return "NIK tertukar dua angka" if sorted(a[12:]) == sorted(b[12:]) and OSA.distance(a, b) == 1 else ""
    if a[:6] != b[:6]:
        jarang, sering = sorted((wilayah.get(a[:6], 0), wilayah.get(b[:6], 0)))
        if jarang >= max(dikenal, sering // PANGKAT_WILAYAH):
            return ""
    if OSA.distance(a, b, score_cutoff=1) == 1:
        return "NIK beda satu angka" if Levenshtein.distance(a, b) == 1 else "NIK tertukar dua angka"
    return ""


def varian_nik(nik: str) -> list[str]:
    """*nik* and every number that ``nik_meleset`` may call a slip of it; none when it says nothing."""
    if not nomor_utuh(nik):
        return []
    digit = "0123456789"
    hasil = {nik} | {nik[:n] + d + nik[n + 1 :] for n in range(len(nik)) for d in digit}
    hasil |= {nik[:n] + nik[n + 1] + nik[n] + nik[n + 2 :] for n in range(len(nik) - 1)}
    hasil |= {nik[:n] + nik[n + 1 :] for n in range(len(nik))} | {nik[:n] for n in range(12, len(nik))}
    if len(nik) < 16:
        hasil |= {nik[:n] + d + nik[n:] for n in range(len(nik) + 1) for d in digit}
    return sorted(hasil)


# --- Places and addresses -----------------------------------------------------------------------------------------
_ALAMAT = "JL JLN JALAN LR LRG LORONG GG GANG NO NOMOR NOMER BLOK KOMP KOMPLEKS PERUM BTN DUSUN DSN"
_KATA_ALAMAT = frozenset(_ALAMAT.split())
_BUKAN = re.compile(r"[^A-Z0-9]+")


@lru_cache(maxsize=50_000)
def lipat_alamat(alamat: str) -> tuple[str, str]:
    """The words of an address without ``Jl.``, ``No.`` and the like, and its numbers."""
    potongan = re.sub(r"(?<=\d)(?=[A-Z])|(?<=[A-Z])(?=\d)", " ", alamat.upper())
    kata = [k for k in _BUKAN.split(potongan) if k and k not in _KATA_ALAMAT]
    return "".join(k for k in kata if k.isalpha()), " ".join(k.lstrip("0") for k in kata if k[0].isdigit())


def alamat_sama(a: str, b: str) -> bool:
    """Whether two addresses name one house: the same numbers, and words that differ by a slip at most."""
    (kata_a, angka_a), (kata_b, angka_b) = lipat_alamat(a), lipat_alamat(b)
    if angka_a != angka_b or not (kata_a or angka_a):
        return False
    if kata_a == kata_b:
        return True
    return min(len(kata_a), len(kata_b)) >= 5 and OSA.distance(kata_a, kata_b, score_cutoff=2) <= 2


def beralamat_rumah(alamat: str) -> bool:
    """Whether the address names a house and not only a street."""
    return bool(lipat_alamat(alamat)[1])


def rt_sama(a: str, b: str) -> bool:
    """Whether ``1`` and ``001`` are meant; an empty one says nothing and agrees."""
    a, b = a.strip().lstrip("0"), b.strip().lstrip("0")
    return not a or not b or a == b


@lru_cache(maxsize=20_000)
def lipat_tempat(tempat: str) -> str:
    """A birth place without ``Kota``, ``Kab.`` and marks."""
    kata = [k for k in _BUKAN.split(tempat.upper()) if k and k not in ("KOTA", "KAB", "KABUPATEN")]
    return "".join(kata)


def tempat_mirip(a: str, b: str) -> bool:
    """Whether two folded birth places differ by a slip only."""
    return min(len(a), len(b)) >= 4 and OSA.distance(a, b, score_cutoff=1) <= 1
