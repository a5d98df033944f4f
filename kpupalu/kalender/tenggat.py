"""A date that a dated rule sets: read from ``aturan``, counted on the holidays table, with its explanation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from kpupalu.aturan.models import Aturan, berlaku
from kpupalu.kalender.hitung import (
    SATU_HARI,
    Hitungan,
    hari_kerja,
    selisih_hari_kerja,
    tambah_hari_kalender,
    tambah_hari_kerja,
)
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
        teks = f"{lama(self.aturan)} sejak {self.mulai:%d-%m-%Y}"
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


def lama(aturan: Aturan) -> str:
    """``30 hari kalender``: how long a term of *aturan* is, in words."""
    return f"{int(aturan.nilai)} {satuan(aturan)}"


def tenggat(kode_aturan: str, mulai: date, *, libur: Mapping[date, str] | None = None) -> Tenggat:
    """The term that the row of *kode_aturan* in force on *mulai* sets for an event of that day.

    *libur* overrides the holidays table where it has dates. Raises ImproperlyConfigured when no row is in force.
    """
    return tenggat_banyak(kode_aturan, [mulai], libur=libur)[mulai]


def tenggat_banyak(
    kode_aturan: str, mulai: Iterable[date], *, libur: Mapping[date, str] | None = None
) -> dict[date, Tenggat]:
    """``tenggat`` of every day in *mulai*, with the same few queries however many days there are."""
    hari = sorted(set(mulai))
    if not hari:
        return {}
    baris = list(Aturan.objects.filter(kode=kode_aturan, mulai__lte=hari[-1]).order_by("-mulai"))
    # With no row in force ``berlaku`` says so: a missing legal number is never guessed.
    aturan = {h: _pada(baris, h) or berlaku(kode_aturan, pada=h) for h in hari}
    if all(satuan(a) == KALENDER for a in aturan.values()):
        return {h: Tenggat(a, h, tambah_hari_kalender(h, int(a.nilai))) for h, a in aturan.items()}
    sampai = hari[-1] + timedelta(days=max(int(a.nilai) for a in aturan.values()) * _LAPANG + 31)
    hari_libur = libur_antara(hari[0], sampai, libur)
    kosong = tahun_tanpa_libur(*range(hari[0].year, sampai.year + 1))
    return {h: _hitung(a, h, hari_libur, kosong) for h, a in aturan.items()}


def _pada(baris: Iterable[Aturan], pada: date) -> Aturan | None:
    """The first of *baris* (the one that began last stands first) in force on *pada*."""
    return next((a for a in baris if a.mulai <= pada and (a.akhir is None or a.akhir >= pada)), None)


def _hitung(aturan: Aturan, mulai: date, libur: Mapping[date, str], kosong: list[int]) -> Tenggat:
    if satuan(aturan) == KALENDER:
        return Tenggat(aturan, mulai, tambah_hari_kalender(mulai, int(aturan.nilai)))
    hitungan = tambah_hari_kerja(mulai, int(aturan.nilai), libur)
    tahun = tuple(t for t in kosong if mulai.year <= t <= hitungan.tanggal.year)
    return Tenggat(aturan, mulai, hitungan, tahun)


def lewat(kode_aturan: str, pada: date, *, bidang: str) -> Q:
    """Rows whose term by *kode_aturan* ended before *pada*; *bidang* is the lookup of the day it began.

    The same rows as asking ``tenggat`` of each, so that a list and its count need no day of every row.
    """
    hasil = Q(pk__in=[])
    for dari, sampai in _mulai_lewat(kode_aturan, pada):
        hasil |= Q(**{f"{bidang}__range": (dari, sampai)})
    return hasil


def jatuh_tempo(kode_aturan: str, dari: date, sampai: date, *, bidang: str) -> Q:
    """Rows whose term by *kode_aturan* ends from *dari* to *sampai* (both inclusive)."""
    return lewat(kode_aturan, sampai + SATU_HARI, bidang=bidang) & ~lewat(kode_aturan, dari, bidang=bidang)


def _mulai_lewat(kode_aturan: str, pada: date) -> list[tuple[date, date]]:
    """Stretches of first days whose term is over before *pada*, each under one row of the rule."""
    baris = list(Aturan.objects.filter(kode=kode_aturan, mulai__lt=pada).order_by("-mulai"))
    batas = {a.mulai for a in baris} | {a.akhir + SATU_HARI for a in baris if a.akhir} | {pada}
    awal = sorted(b for b in batas if b <= pada)
    hasil = []
    for dari, berikut in pairwise(awal):
        aturan = _pada(baris, dari)
        sampai = min(berikut - SATU_HARI, _mulai_terakhir(aturan, pada)) if aturan else dari - SATU_HARI
        if dari <= sampai:
            hasil.append((dari, sampai))
    return hasil


def _mulai_terakhir(aturan: Aturan, pada: date) -> date:
    """The last day whose term by *aturan* is over before *pada*."""
    n = int(aturan.nilai)
    if satuan(aturan) == KALENDER:
        return pada - timedelta(days=n + 1)
    libur, hari = libur_antara(pada - timedelta(days=n * _LAPANG + 31), pada), pada
    while n:
        hari -= SATU_HARI
        n -= hari_kerja(hari, libur)
    return hari - SATU_HARI


def hari_kerja_lewat(tanggal: date, hari_ini: date) -> int:
    """Working days that have gone by since *tanggal*; zero while it has not passed."""
    if hari_ini <= tanggal:
        return 0
    return selisih_hari_kerja(tanggal, hari_ini, libur_antara(tanggal, hari_ini))
