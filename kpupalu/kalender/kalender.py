"""The table of days off, read once, with what is not yet settled about its years."""

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


def baca_kalender(dari: date, sampai: date) -> Kalender:
    """The calendar of every year from that of *dari* to that of *sampai*, in one query."""
    libur: dict[date, str] = {}
    ada, perkiraan = set(), set()
    baris = HariLibur.objects.filter(berlaku=True, tanggal__year__range=(dari.year, sampai.year))
    for b in baris.order_by("tanggal", "-nama"):
        libur[b.tanggal] = f"{b.get_jenis_display()}: {b.nama}"
        if b.jenis == HariLibur.Jenis.NASIONAL:
            ada.add(b.tanggal.year)
        if b.kepastian == HariLibur.Kepastian.PERKIRAAN:
            perkiraan.add(b.tanggal.year)
    semua = set(range(dari.year, sampai.year + 1))
    return Kalender(libur, frozenset(semua - ada), frozenset(perkiraan))
