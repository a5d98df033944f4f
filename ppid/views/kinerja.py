"""What anybody may read of the desk's work: medians by year, and the register of answered requests without names."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from kpupalu.accounts.akses import publik
from kpupalu.aturan.models import nilai_bulat
from kpupalu.kalender.hitung import selisih_hari_kerja
from kpupalu.kalender.kalender import baca_kalender
from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.daftar import ambil_halaman_dari
from kpupalu.ui.grafik import Grafik, batang, garis
from ppid.documents import hasil_permohonan
from ppid.laporan.kinerja import Tahun, satu_tahun, tahun_ada
from ppid.mirip import diumumkan
from ppid.models import Permohonan


@publik
@require_safe
def kinerja(request: HttpRequest) -> HttpResponse:
    """Requests, median working days and the share answered in time, by year; small figures are joined."""
    hari = hari_ini()
    tahun = [satu_tahun(t, hari) for t in tahun_ada(hari)]
    isi = {"tahun": tahun, "kini": tahun[0] if tahun else None, "grafik": _grafik(tahun),
           "terkecil": nilai_bulat("ppid_sel_terkecil", pada=hari)}  # fmt: skip
    return render(request, "ppid/publik/kinerja.html", isi)


def _grafik(tahun: list[Tahun]) -> list[Grafik]:
    """The trend of the years, and the ways and outcomes of the newest year that has enough of them."""
    hasil = []
    urut = list(reversed(tahun))
    if len(urut) > 1:
        nilai = {"Diterima": [t.diterima for t in urut], "Dijawab": [t.dijawab for t in urut]}
        hasil.append(garis("Permohonan per tahun", [str(t.tahun) for t in urut], nilai, satuan="permohonan"))
    for nama, judul in (("kanal", "Cara permohonan datang"), ("hasil", "Hasil permohonan")):
        satu = next((t for t in tahun if getattr(t, nama)), None)
        if satu:
            hasil.append(batang(f"{judul}, {satu.tahun}", getattr(satu, nama), satuan="permohonan", urutkan=False))
    return hasil


@dataclass(frozen=True, slots=True)
class BarisUmum:
    """One answered request for everybody: number, day, summary, outcome, working days. No name."""

    p: Permohonan
    hasil: str
    hari: int


@publik
@require_safe
def register_umum(request: HttpRequest) -> HttpResponse:
    """Answered requests in the words an officer wrote for everybody, the newest number first."""
    baris = diumumkan()
    halaman = ambil_halaman_dari(request, baris.prefetch_related("butir"), ("-diterima_pada", "-id"))
    isi = {"halaman": halaman, "jumlah": baris.count(), "daftar": _baris(list(halaman))}
    return render(request, "ppid/publik/register.html", isi)


def _baris(semua: list[Permohonan]) -> list[BarisUmum]:
    if not semua:
        return []
    awal = min(p.diterima for p in semua)
    akhir = max(p.dijawab_pada for p in semua if p.dijawab_pada)
    libur = baca_kalender(awal, akhir).libur
    return [
        BarisUmum(p, hasil_permohonan(p), selisih_hari_kerja(p.lengkap_pada or p.diterima, p.dijawab_pada, libur))
        for p in semua
        if p.dijawab_pada
    ]


urlpatterns = [
    path("kinerja/", kinerja, name="kinerja"),
    path("informasi/register/", register_umum, name="register_umum"),
]
