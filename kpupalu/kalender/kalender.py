"""The table of days off, read once, with what is not yet settled about its years."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from kpupalu.kalender.hitung import HARI_KERJA, Hitungan, Syarat
from kpupalu.kalender.models.libur import HariLibur


@dataclass(frozen=True, slots=True)
class Kalender:
    """Days off with their names, the years without any national holiday and those that are still estimated."""

    libur: dict[date, str] = field(default_factory=dict)
    kosong: frozenset[int] = frozenset()
    perkiraan: frozenset[int] = frozenset()

    def sementara(self, syarat: Syarat, hitungan: Hitungan) -> bool:
        """Whether the last day may move yet: only working days depend on holidays, and only on these years."""
        if syarat.satuan != HARI_KERJA:
            return False
        ujung = {hitungan.penjelasan[0].tanggal.year, hitungan.tanggal.year}
        tahun = set(range(min(ujung), max(ujung) + 1))
        return bool(tahun & (self.kosong | self.perkiraan))


def sebutan(baris: HariLibur) -> str:
    """How pages name a day off: ``Cuti bersama: Cuti Bersama Hari Raya Natal``."""
    return f"{baris.get_jenis_display()}: {baris.nama}"


def susun(baris: Iterable[HariLibur], tahun: Iterable[int], sebut: Callable[[HariLibur], str] = sebutan) -> Kalender:
    """The calendar of *tahun* from rows in force; two on one day are one day off, named after the first by name."""
    libur: dict[date, str] = {}
    ada, perkiraan = set(), set()
    for b in sorted(baris, key=lambda b: (b.tanggal, b.nama)):
        libur.setdefault(b.tanggal, sebut(b))
        if b.jenis == HariLibur.Jenis.NASIONAL:
            ada.add(b.tanggal.year)
        if b.kepastian == HariLibur.Kepastian.PERKIRAAN:
            perkiraan.add(b.tanggal.year)
    return Kalender(libur, frozenset(set(tahun) - ada), frozenset(perkiraan))


def baca_kalender(dari: date, sampai: date) -> Kalender:
    """The calendar of every year from that of *dari* to that of *sampai*, in one query."""
    baris = HariLibur.objects.filter(berlaku=True, tanggal__year__range=(dari.year, sampai.year))
    return susun(baris, range(dari.year, sampai.year + 1))
