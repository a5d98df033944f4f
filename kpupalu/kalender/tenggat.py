"""A date that a dated rule sets: read from ``aturan``, counted on the holidays table, with its explanation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ImproperlyConfigured

from kpupalu.aturan.models import Aturan, berlaku
from kpupalu.kalender.hitung import Hitungan, selisih_hari_kerja, tambah_hari_kalender, tambah_hari_kerja
from kpupalu.kalender.models import libur_antara, tahun_tanpa_libur

KERJA, KALENDER = "hari kerja", "hari kalender"
# A term of n working days fits into this many calendar days for each of them, holidays of a whole month included.
_LAPANG = 3


@dataclass(frozen=True, slots=True)
class Tenggat:
    """The last day, the rule it follows and the days that were counted."""

    aturan: Aturan
    mulai: date
    hitungan: Hitungan
    tahun_kosong: tuple[int, ...] = ()

    @property
    def tanggal(self) -> date:
        """The last day of the term, to its end."""
        return self.hitungan.tanggal

    @property
    def kalimat(self) -> str:
        """``3 hari kerja sejak 02-10-2026, dengan melewati 2 hari`` – for a page or a document."""
        lewat = len(self.hitungan.dilewati)
        teks = f"{int(self.aturan.nilai)} {satuan(self.aturan)} sejak {self.mulai:%d-%m-%Y}"
        if lewat:
            teks += f", melewati {lewat} hari yang bukan hari kerja"
        if self.tahun_kosong:
            teks += f"; hari libur tahun {', '.join(map(str, self.tahun_kosong))} belum diisi"
        return teks


def satuan(aturan: Aturan) -> str:
    """``hari kerja`` or ``hari kalender``; ImproperlyConfigured for a row counted in anything else."""
    kata = aturan.satuan.replace("_", " ").strip().lower()
    if kata not in (KERJA, KALENDER):
        raise ImproperlyConfigured(f"Aturan {aturan.kode} tidak dihitung dalam hari kerja atau hari kalender.")
    return kata


def tenggat(kode_aturan: str, mulai: date, *, libur: Mapping[date, str] | None = None) -> Tenggat:
    """The term that the row of *kode_aturan* in force on *mulai* sets for an event of that day.

    *libur* overrides the holidays table where it has dates. Raises ImproperlyConfigured when no row is in force.
    """
    aturan = berlaku(kode_aturan, pada=mulai)
    n = int(aturan.nilai)
    if satuan(aturan) == KALENDER:
        return Tenggat(aturan, mulai, tambah_hari_kalender(mulai, n))
    sampai = mulai + timedelta(days=n * _LAPANG + 31)
    hitungan = tambah_hari_kerja(mulai, n, libur_antara(mulai, sampai, libur))
    kosong = tahun_tanpa_libur(*range(mulai.year, hitungan.tanggal.year + 1))
    return Tenggat(aturan, mulai, hitungan, tuple(kosong))


def hari_kerja_lewat(tanggal: date, hari_ini: date) -> int:
    """Working days that have gone by since *tanggal*; zero while it has not passed."""
    if hari_ini <= tanggal:
        return 0
    return selisih_hari_kerja(tanggal, hari_ini, libur_antara(tanggal, hari_ini))
