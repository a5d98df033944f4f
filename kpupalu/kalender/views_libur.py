"""The days off of one year: what is entered, what is still an estimate, and the two acts that settle it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kpupalu.accounts.akses import hak, masuk
from kpupalu.kalender.forms import PastiForm
from kpupalu.kalender.libur import ambil_usulan, nyatakan_pasti
from kpupalu.kalender.models import HariLibur, tahun_perkiraan, tahun_tanpa_libur
from kpupalu.lib import Refused

TAHUN_AWAL, TAHUN_AKHIR = 2010, 2100


def _tahun(tahun: int) -> int:
    if not TAHUN_AWAL <= tahun <= TAHUN_AKHIR:
        raise Http404
    return tahun


@masuk
@require_GET
def libur(request: HttpRequest, tahun: int) -> HttpResponse:
    """Every row of the year, also withdrawn ones."""
    isi = {
        "tahun": _tahun(tahun),
        "libur": HariLibur.objects.filter(tanggal__year=tahun),
        "kosong": bool(tahun_tanpa_libur(tahun)),
        "perkiraan": bool(tahun_perkiraan(tahun)),
        "dapat_mundur": tahun > TAHUN_AWAL,
        "dapat_maju": tahun < TAHUN_AKHIR,
    }
    return render(request, "kalender/libur.html", isi)


@hak("kalender.add_harilibur")
@require_POST
def usulan(request: HttpRequest, tahun: int) -> HttpResponse:
    """Take the proposal for the year; it stays an estimate until somebody declares it settled."""
    try:
        jumlah = ambil_usulan(_tahun(tahun), oleh=request.user)
    except Refused as galat:
        messages.error(request, str(galat))
    else:
        kata = f"{jumlah} hari libur ditambahkan sebagai perkiraan. Cocokkan dengan SKB 3 Menteri."
        messages.success(request, kata if jumlah else "Semua hari pada usulan sudah ada di tabel.")
    return redirect("kalender:libur", tahun=tahun)


@hak("kalender.change_harilibur")
@require_http_methods(["GET", "POST"])
def pasti(request: HttpRequest, tahun: int) -> HttpResponse:
    """Ask for the decree, then declare the year settled."""
    form = PastiForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            jumlah = nyatakan_pasti(
                _tahun(tahun), dasar=form.cleaned_data["dasar"], ditetapkan=form.cleaned_data["ditetapkan"],
                oleh=request.user,
            )  # fmt: skip
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{jumlah} hari libur tahun {tahun} dinyatakan sesuai SKB.")
            return redirect("kalender:libur", tahun=tahun)
    isi = {
        "judul": f"Nyatakan hari libur {_tahun(tahun)} sesuai SKB?",
        "form": form,
        "akibat": [
            "Semua hari libur tahun ini yang masih perkiraan atau asumsi memakai dasar hukum di bawah.",
            "Tenggat yang melewati tahun ini tidak lagi ditandai sementara.",
        ],
        "dapat_dibatalkan": "Baris yang keliru dapat diperbaiki atau dicabut satu per satu; tenggat dihitung ulang.",
        "tombol": "Nyatakan sesuai SKB",
        "batal": f"/kalender/libur/{tahun}/",
        "bagian": "Administrasi",
    }
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)
