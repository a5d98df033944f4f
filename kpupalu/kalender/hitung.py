"""Counting days, pure: no clock, no database. Each result says of every day whether it counted and why not.

Day 0 is the day of the event and never counts; a working day is Monday to Friday and no holiday (Perpres 21/2023
Pasal 3 and 6). A term ends at the end of its last day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kpupalu.lib.kata import hari

SATU_HARI = timedelta(days=1)
# Two years of holidays without end would mean a broken table, not a real calendar.
HARI_TERBANYAK = 3_660


@dataclass(frozen=True, slots=True)
class Hari:
    """One day of a count; ``sebab`` is empty when it counted."""

    tanggal: date
    dihitung: bool
    sebab: str = ""


@dataclass(frozen=True, slots=True)
class Hitungan:
    """Where a count ended and how it got there, day 0 first."""

    tanggal: date
    penjelasan: tuple[Hari, ...]

    @property
    def dilewati(self) -> list[Hari]:
        """The days after day 0 that did not count."""
        return [h for h in self.penjelasan[1:] if not h.dihitung]

    def sebagai_json(self) -> list[dict[str, Any]]:
        """The explanation as plain data: ``[{tanggal, dihitung, sebab}]``."""
        return [{"tanggal": h.tanggal.isoformat(), "dihitung": h.dihitung, "sebab": h.sebab} for h in self.penjelasan]


def sebab_libur(tanggal: date, libur: Mapping[date, str]) -> str:
    """Why *tanggal* is no working day (``Sabtu``, the name of the holiday), or an empty string if it is one."""
    if tanggal in libur:
        return libur[tanggal] or "Hari libur"
    return hari(tanggal) if tanggal.weekday() > 4 else ""


def hari_kerja(tanggal: date, libur: Mapping[date, str]) -> bool:
    """Whether *tanggal* is a working day."""
    return not sebab_libur(tanggal, libur)


def tambah_hari_kerja(mulai: date, n: int, libur: Mapping[date, str]) -> Hitungan:
    """The *n*-th working day after *mulai*, which itself never counts; with *n* = 0 it is *mulai*.

    Raises ValueError for a negative *n* and for a calendar that leaves no working days.
    """
    return _tambah(mulai, n, lambda tanggal: sebab_libur(tanggal, libur))


def tambah_hari_kalender(mulai: date, n: int) -> Hitungan:
    """The *n*-th day after *mulai*, every day counting."""
    return _tambah(mulai, n, lambda tanggal: "")


def _tambah(mulai: date, n: int, sebab_tidak) -> Hitungan:
    if n < 0:
        raise ValueError("jumlah hari tidak boleh negatif")
    jalan, tanggal, sisa = [Hari(mulai, False, "Hari kejadian tidak dihitung")], mulai, n
    while sisa:
        tanggal += SATU_HARI
        sebab = sebab_tidak(tanggal)
        jalan.append(Hari(tanggal, not sebab, sebab))
        sisa -= not sebab
        if len(jalan) > HARI_TERBANYAK:
            raise ValueError("kalender tidak menyisakan hari kerja")
    return Hitungan(tanggal, tuple(jalan))


def selisih_hari_kerja(dari: date, sampai: date, libur: Mapping[date, str]) -> int:
    """How many working days lie after *dari* up to and including *sampai*; negative when *sampai* is earlier.

    ``selisih_hari_kerja(d, tambah_hari_kerja(d, n, libur).tanggal, libur) == n``.
    """
    if sampai < dari:
        return -selisih_hari_kerja(sampai, dari, libur)
    banyak = (sampai - dari).days
    return sum(hari_kerja(dari + timedelta(days=i), libur) for i in range(1, banyak + 1))
