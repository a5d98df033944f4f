"""The calendar page: holidays of a month, what is due in it, and a count of working days with every day explained."""

import calendar
import re
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import masuk
from kpupalu.kalender.forms import HitungForm, SaringForm
from kpupalu.kalender.hitung import SATU_HARI, hari_kerja, tambah_hari_kerja
from kpupalu.kalender.models import HariLibur, libur_antara, tahun_perkiraan, tahun_tanpa_libur
from kpupalu.kalender.target import Target, target_untuk
from kpupalu.lib.kata import BULAN
from kpupalu.lib.waktu import hari_ini

# What is late for longer is a matter for its own area.
_LAMPAU = timedelta(days=365)
_BULAN = re.compile(r"\A(20\d{2})-(0[1-9]|1[0-2])\Z")


def _bulan(kata: str) -> date:
    """The first day of the month *kata* (``2026-12``); of this month for anything else."""
    cocok = _BULAN.match(kata)
    return date(int(cocok[1]), int(cocok[2]), 1) if cocok else hari_ini().replace(day=1)


@masuk
@require_GET
def bulan(request: HttpRequest) -> HttpResponse:
    """One month (``?bulan=2026-12``): holidays, working days, targets; below it the count of ``?mulai=&jumlah=``."""
    awal = _bulan(request.GET.get("bulan", ""))
    akhir = awal.replace(day=calendar.monthrange(awal.year, awal.month)[1])
    libur = libur_antara(awal, akhir)
    semua = [awal + timedelta(days=i) for i in range((akhir - awal).days + 1)]
    form = HitungForm(request.GET if "mulai" in request.GET else None)
    semua_target = target_untuk(request.user, awal, akhir)
    saring = SaringForm(request.GET, sumber=sorted({t.sumber for t in semua_target}))
    target = _saring(semua_target, saring)
    isi = {
        "saring": saring,
        "tersaring": len(target) < len(semua_target),
        "terlambat": _terlambat(request.user, awal),
        "awal": awal,
        "nama_bulan": f"{BULAN[awal.month - 1]} {awal.year}",
        "sebelum": f"{awal - SATU_HARI:%Y-%m}",
        "sesudah": f"{akhir + SATU_HARI:%Y-%m}",
        "libur": HariLibur.objects.filter(berlaku=True, tanggal__range=(awal, akhir)),
        "jumlah_kerja": sum(hari_kerja(h, libur) for h in semua),
        "tahun_kosong": tahun_tanpa_libur(awal.year),
        "hari_target": [(hari, list(isi)) for hari, isi in groupby(target, key=lambda t: t.tanggal)],
        "tahun_perkiraan": tahun_perkiraan(awal.year),
        "hari_ini": hari_ini(),
        "form": form,
        "hitungan": _hitung(form),
    }
    return render(request, "kalender/bulan.html", isi, status=422 if form.errors else 200)


def _saring(target: list[Target], form: SaringForm) -> list[Target]:
    """Those the filter leaves; a filter that names nothing of this month leaves all."""
    isi = form.cleaned_data if form.is_valid() else {}
    sumber, sifat = isi.get("sumber"), isi.get("sifat")
    return [
        t for t in target if sumber in (None, "", t.sumber) and sifat in (None, "", "hukum" if t.hukum else "kantor")
    ]


def _terlambat(user, awal: date) -> list[Target]:
    """What is late from months before the one shown, when that is the present one."""
    if awal != hari_ini().replace(day=1):
        return []
    return target_untuk(user, awal - _LAMPAU, awal - SATU_HARI)


def _hitung(form: HitungForm) -> dict[str, Any] | None:
    if not form.is_valid():
        return None
    mulai, jumlah = form.cleaned_data["mulai"], form.cleaned_data["jumlah"]
    # Half a year of working days lies within a year; the rest is room for holidays.
    sampai = mulai + timedelta(days=jumlah * 2 + 60)
    hasil = tambah_hari_kerja(mulai, jumlah, libur_antara(mulai, sampai))
    kosong = tahun_tanpa_libur(*range(mulai.year, hasil.tanggal.year + 1))
    return {"hasil": hasil, "jumlah": jumlah, "mulai": mulai, "tahun_kosong": kosong}
