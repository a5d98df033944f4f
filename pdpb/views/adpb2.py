"""The recap in the shape of Bawaslu's A-DPB2, on screen and as a table: figures only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from kpupalu.accounts.akses import hak
from pdpb.adpb2 import CATATAN, KOLOM, adpb2
from pdpb.cetakan import sumber_data
from pdpb.models import Periode
from pdpb.rekap import Rekap, rekap, rekap_beku
from pdpb.resources import adpb2_xlsx
from pdpb.views.cetak import versi_diminta
from pdpb.views.unduhan import XLSX, unduhan

LIHAT = "pdpb.lihat_rekap"


def _data(request: HttpRequest, periode: Periode) -> Rekap:
    snapshot = versi_diminta(request, periode)
    return rekap_beku(snapshot) if snapshot else rekap(periode)


@hak(LIHAT)
def halaman(request: HttpRequest, kode: str) -> HttpResponse:
    """The table, and whether it closes."""
    periode = get_object_or_404(Periode, pk=kode)
    data = _data(request, periode)
    baris = adpb2(data)
    return render(
        request, "pdpb/rekap/adpb2.html",
        {"periode": periode, "wilayah": [b.nama for b in baris],
         # On its side: nine areas fit a screen, 22 columns do not.
         "baris": list(zip(KOLOM[1:], zip(*(b.angka for b in baris), strict=True), strict=True)), "catatan": CATATAN,
         "salah": [b.nama for b in baris if b.selisih], "sumber": sumber_data(data),
         "remah": [(periode.nama, reverse("pdpb:periode_detail", args=[kode])),
                   ("Rekapitulasi", reverse("pdpb:rekap", args=[kode]))]},
    )  # fmt: skip


@hak(LIHAT)
def xlsx(request: HttpRequest, kode: str) -> HttpResponse:
    """The same table as a file."""
    periode = get_object_or_404(Periode, pk=kode)
    return unduhan(adpb2_xlsx(_data(request, periode)), XLSX, f"a-dpb2-{periode.pk}.xlsx", pribadi=False)


urlpatterns = [
    path("rekap/<slug:kode>/a-dpb2/", halaman, name="adpb2"),
    path("rekap/<slug:kode>/a-dpb2/xlsx/", xlsx, name="adpb2_xlsx"),
]
