"""Indonesian in words: figures, Roman numerals, dates. Minutes are generated from these, never typed."""

import re
from datetime import date

BULAN = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
BULAN_PENDEK = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
HARI = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
_SATUAN = (
    "",
    *["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"],
)
_KELOMPOK = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))


def _di_bawah_seribu(n: int) -> str:
    if n < 12:
        return _SATUAN[n]
    if n < 20:
        return f"{_SATUAN[n - 10]} belas"
    if n < 100:
        return f"{_SATUAN[n // 10]} puluh {_SATUAN[n % 10]}".rstrip()
    ratus = "seratus" if n < 200 else f"{_SATUAN[n // 100]} ratus"
    return f"{ratus} {_di_bawah_seribu(n % 100)}".rstrip()


def terbilang(n: int) -> str:
    """Spell a whole number below 10**15 by KBBI, lower case: ``seribu``, ``satu juta``, ``minus lima``.

    Raises ValueError at 10**15 and beyond, where the office has no word in use.
    """
    if n < 0:
        return f"minus {terbilang(-n)}"
    if n >= 10**15:
        raise ValueError("terbilang hanya sampai di bawah seribu triliun")
    if n == 0:
        return "nol"
    words = []
    for nilai, nama in _KELOMPOK:
        banyak, n = divmod(n, nilai)
        if banyak:
            words.append("seribu" if (banyak, nama) == (1, "ribu") else f"{_di_bawah_seribu(banyak)} {nama}")
    if n:
        words.append(_di_bawah_seribu(n))
    return " ".join(words)


_NILAI_KATA = {kata: n for n, kata in enumerate(_SATUAN) if kata} | {"nol": 0, "kosong": 0}
_KALI = {"triliun": 10**12, "trilyun": 10**12, "miliar": 10**9, "milyar": 10**9, "juta": 10**6, "ribu": 10**3}
_SUKU_KATA = re.compile(
    "|".join(sorted([*_NILAI_KATA, *_KALI, "belas", "puluh", "ratus", "seratus", "seribu"], key=len, reverse=True))
)


def baca_terbilang(teks: str) -> int | None:
    """The figure that *teks* spells, None when it spells none.

    Read as people type it: any case, joined or hyphenated words (``duaratus limapuluh``), ``satu ribu``,
    ``milyar``, and a unit at the end (``pemilih``, ``orang``, ``jiwa``).
    """
    polos = re.sub(r"[^a-z]", "", re.sub(r"\b(pemilih|orang|jiwa)\b", "", teks.lower()))
    suku = _SUKU_KATA.findall(polos)
    if not suku or "".join(suku) != polos:
        return None
    total = kelompok = satuan = 0
    for kata in suku:
        if kata in _KALI:
            total, kelompok, satuan = total + max(kelompok + satuan, 1) * _KALI[kata], 0, 0
        elif kata == "seribu":
            total, kelompok, satuan = total + 1000, 0, 0
        elif kata in ("puluh", "ratus"):
            kelompok, satuan = kelompok + satuan * (10 if kata == "puluh" else 100), 0
        elif kata == "seratus":
            kelompok += 100
        else:
            satuan = satuan + 10 if kata == "belas" else _NILAI_KATA[kata]
    return total + kelompok + satuan


def romawi(n: int) -> str:
    """Roman numeral of 1…3999; raises ValueError outside."""
    if not 0 < n < 4000:
        raise ValueError("angka Romawi hanya untuk 1 sampai 3999")
    out = ""
    for nilai, huruf in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"],
        strict=True,
    ):
        out, n = out + huruf * (n // nilai), n % nilai
    return out


def tanggal_panjang(d: date) -> str:
    """``12 Desember 2025``: as a letter writes it, no leading zero."""
    return f"{d.day} {BULAN[d.month - 1]} {d.year}"


def tanggal_pendek(d: date) -> str:
    """``12 Des 2025``: as a table writes it."""
    return f"{d.day} {BULAN_PENDEK[d.month - 1]} {d.year}"


def hari(d: date) -> str:
    """The name of the weekday, ``Jumat``."""
    return HARI[d.weekday()]


def tanggal_kata(d: date) -> str:
    """``Jumat tanggal dua belas bulan Desember tahun dua ribu dua puluh lima``, as minutes open."""
    return f"{hari(d)} tanggal {terbilang(d.day)} bulan {BULAN[d.month - 1]} tahun {terbilang(d.year)}"
