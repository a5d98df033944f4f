"""The page that is opened days before the pleno."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.naskah.kesiapan import Keadaan
from pdpb.models import Periode
from pdpb.prapleno import periksa_pleno

SIAPA = ("pdpb.siapkan_ba", "pdpb.umumkan_rekap", "pdpb.setujui_buka_kembali")
LABEL = {Keadaan.GAGAL: "Belum siap", Keadaan.AWAS: "Perlu dibaca", Keadaan.BAIK: "Siap"}
JENIS = {Keadaan.GAGAL: "bahaya", Keadaan.AWAS: "awas", Keadaan.BAIK: "baik"}
_URUTAN = list(Keadaan)


@hak(*SIAPA)
@require_GET
def prapleno(request: HttpRequest, kode: str) -> HttpResponse:
    """Every thing the minutes will need: ready, to be read, or not ready, with what to do and where."""
    periode = get_object_or_404(Periode, pk=kode)
    hasil = periksa_pleno(periode)
    hitung = Counter(satu.keadaan for kelompok in hasil for satu in kelompok.butir)
    return render(
        request,
        "pdpb/periode/prapleno.html",
        {
            "periode": periode,
            "gagal": hitung[Keadaan.GAGAL],
            "awas": hitung[Keadaan.AWAS],
            "baik": hitung[Keadaan.BAIK],
            "kelompok": [(k.judul, _baris(k.butir, request.user)) for k in hasil],
            "remah": [
                ("Periode", reverse("pdpb:periode_daftar")),
                (periode.nama, reverse("pdpb:periode_detail", args=[kode])),
            ],
        },
    )


def _baris(butir, user) -> list[dict]:
    """Rows for the page, what is not ready first; a link only for those who may open it."""
    return [
        {
            "judul": satu.judul,
            "kalimat": satu.kalimat,
            "label": LABEL[satu.keadaan],
            "jenis": JENIS[satu.keadaan],
            "tindakan": satu.tindakan if not satu.hak or user.has_perm(satu.hak) else "",
            "tautan": satu.tautan,
        }
        for satu in sorted(butir, key=lambda b: _URUTAN.index(b.keadaan))
    ]


urlpatterns = [path("periode/<slug:kode>/periksa-pleno/", prapleno, name="prapleno")]
