"""Counting days, pure: no clock, no database. Each result says of every day whether it counted and why not.

A working day is Monday to Friday and no holiday (Perpres 21/2023 Pasal 3 and 6). Day 0 is the day of the event; it
never counts unless the rule says so. A term ends at the end of its last day.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kpupalu.lib.kata import hari
from kpupalu.lib.waktu import WITA

SATU_HARI = timedelta(days=1)
SATU_DETIK = timedelta(seconds=1)
# How many days of an event's day a term of working days may need for each of its days, and room on top: holidays of
# a whole month fit in.
_LAPANG, _RUANG = 3, 31
KEJADIAN = "Hari kejadian tidak dihitung"
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


HARI_KERJA, HARI_KALENDER, JAM = "hari_kerja", "hari_kalender", "jam"
EKSKLUSIF, INKLUSIF, HARI_SAMA, MUNDUR = "eksklusif", "inklusif", "hari_sama", "mundur"


@dataclass(frozen=True, slots=True)
class Syarat:
    """How a rule counts: how many of which unit, which day is the first, in whose time zone the day ends.

    *jumlah* of the unit ``jam`` means so many times 24 hours from the moment of the event. ``eksklusif``: the first
    day that counts after the event is day 1. ``inklusif``: the day of the event is day 1 if it counts at all.
    ``hari_sama``: the day of the event is the last day. ``mundur``: counted back from the event.
    """

    jumlah: int
    satuan: str = HARI_KERJA
    hari_pertama: str = EKSKLUSIF
    zona: str = WITA.key

    def lebih(self, tambahan: int) -> "Syarat":
        """The same rule with *tambahan* more: an extension goes on from the last day, it does not begin anew."""
        return Syarat(self.jumlah + tambahan, self.satuan, self.hari_pertama, self.zona)

    def rentang(self, mulai: date) -> tuple[date, date]:
        """The first and the last day whose holidays a count from *mulai* may ask for."""
        lebar = timedelta(days=self.jumlah * _LAPANG + _RUANG)
        return (mulai - lebar, mulai) if self.hari_pertama == MUNDUR else (mulai, mulai + lebar)


def tanggal_kejadian(mulai: date | datetime, syarat: Syarat) -> date:
    """The calendar day of *mulai* in the time zone of the rule; a naive instant is no instant (ValueError)."""
    if not isinstance(mulai, datetime):
        return mulai
    if mulai.tzinfo is None:
        raise ValueError("saat kejadian tanpa zona waktu")
    return mulai.astimezone(ZoneInfo(syarat.zona)).date()


def hitung(
    syarat: Syarat, mulai: date | datetime, libur: Mapping[date, str], *, jeda: Mapping[date, str] | None = None
) -> Hitungan:
    """The last day of the term that *syarat* gives an event at *mulai*, with every day of the way.

    Days in *jeda* (the term was suspended) never count, whatever the unit. A term of hours ends on the day of its
    last moment (``saat_berakhir``); hours do not stop for holidays, only for *jeda*.
    """
    tanggal = tanggal_kejadian(mulai, syarat)
    tahan = jeda or {}

    def sebab(hari_itu: date) -> str:
        kerja = sebab_libur(hari_itu, libur) if syarat.satuan == HARI_KERJA else ""
        return tahan.get(hari_itu) or kerja

    if syarat.hari_pertama == HARI_SAMA:
        return Hitungan(tanggal, (Hari(tanggal, True),))
    if syarat.hari_pertama == INKLUSIF and syarat.jumlah and not sebab(tanggal):
        jalan = _tambah(tanggal, syarat.jumlah - 1, sebab)
        return Hitungan(jalan.tanggal, (Hari(tanggal, True), *jalan.penjelasan[1:]))
    return _tambah(tanggal, syarat.jumlah, sebab, arah=-1 if syarat.hari_pertama == MUNDUR else 1)


def saat_berakhir(syarat: Syarat, mulai: date | datetime, hitungan: Hitungan) -> datetime:
    """The last moment of the term, aware: the end of its last day in the zone of the rule, 23.59.59.

    A term of hours ends at the minute at which it began; from a date alone the end of the day is taken.
    """
    zona = ZoneInfo(syarat.zona)
    if syarat.satuan == JAM and isinstance(mulai, datetime):
        return datetime.combine(hitungan.tanggal, mulai.astimezone(zona).time(), zona)
    return datetime.combine(hitungan.tanggal + SATU_HARI, time.min, zona) - SATU_DETIK


def hari_jeda(jeda: Iterable[tuple[date, date, str]]) -> dict[date, str]:
    """The days of suspensions ``(dari, sampai, sebab)``: after the day *dari* up to and including *sampai*."""
    return {dari + timedelta(days=i): sebab for dari, sampai, sebab in jeda for i in range(1, (sampai - dari).days + 1)}


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


def kurangi_hari_kerja(mulai: date, n: int, libur: Mapping[date, str]) -> Hitungan:
    """The *n*-th working day before *mulai*, which itself never counts; the way back of ``tambah_hari_kerja``."""
    return _tambah(mulai, n, lambda tanggal: sebab_libur(tanggal, libur), arah=-1)


def _tambah(mulai: date, n: int, sebab_tidak: Callable[[date], str], *, arah: int = 1) -> Hitungan:
    """Walk from *mulai*, day 0, until *n* days have counted; *arah* -1 walks back."""
    if n < 0:
        raise ValueError("jumlah hari tidak boleh negatif")
    jalan, tanggal, sisa = [Hari(mulai, False, KEJADIAN)], mulai, n
    while sisa:
        tanggal += arah * SATU_HARI
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
