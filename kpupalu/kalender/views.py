"""The calendar page: holidays of a month, what is due in it, and a count of working days with every day explained."""

import calendar
import re
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import masuk
from kpupalu.kalender.forms import HitungForm
from kpupalu.kalender.hitung import SATU_HARI, hari_kerja, tambah_hari_kerja
from kpupalu.kalender.models import HariLibur, libur_antara, tahun_tanpa_libur
from kpupalu.kalender.target import target_untuk
from kpupalu.lib.kata import BULAN
from kpupalu.lib.waktu import hari_ini

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
    isi = {
        "awal": awal,
        "nama_bulan": f"{BULAN[awal.month - 1]} {awal.year}",
        "sebelum": f"{awal - SATU_HARI:%Y-%m}",
        "sesudah": f"{akhir + SATU_HARI:%Y-%m}",
        "libur": HariLibur.objects.filter(berlaku=True, tanggal__range=(awal, akhir)),
        "jumlah_kerja": sum(hari_kerja(h, libur) for h in semua),
        "tahun_kosong": tahun_tanpa_libur(awal.year),
        "target": target_untuk(request.user, awal, akhir),
        "hari_ini": hari_ini(),
        "form": form,
        "hitungan": _hitung(form),
    }
    return render(request, "kalender/bulan.html", isi, status=422 if form.errors else 200)


def _hitung(form: HitungForm) -> dict[str, Any] | None:
    if not form.is_valid():
        return None
    mulai, jumlah = form.cleaned_data["mulai"], form.cleaned_data["jumlah"]
    # Half a year of working days lies within a year; the rest is room for holidays.
    sampai = mulai + timedelta(days=jumlah * 2 + 60)
    hasil = tambah_hari_kerja(mulai, jumlah, libur_antara(mulai, sampai))
    kosong = tahun_tanpa_libur(*range(mulai.year, hasil.tanggal.year + 1))
    return {"hasil": hasil, "jumlah": jumlah, "mulai": mulai, "tahun_kosong": kosong}
