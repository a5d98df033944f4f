"""The measures of the roll beside a recap: counts per kelurahan, with what each measure means."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from kpupalu.accounts.akses import hak
from pdpb.models import Periode
from pdpb.mutu import hitung_mutu, mutu_beku, susun
from pdpb.rekap import snapshot_berlaku
from pdpb.views.cetak import versi_diminta


@hak("pdpb.lihat_rekap")
def halaman(request: HttpRequest, kode: str) -> HttpResponse:
    """Coverage, currency and accuracy: of the frozen version asked for or in force, else of the list as it stands."""
    periode = get_object_or_404(Periode, pk=kode)
    beku = versi_diminta(request, periode)
    if beku is None and periode.status != Periode.Status.TERBUKA:
        beku = snapshot_berlaku(periode)
    mutu = mutu_beku(beku) if beku else susun(hitung_mutu(periode))
    return render(request, "pdpb/rekap/mutu.html", {"periode": periode, "beku": beku, "mutu": mutu})


urlpatterns = [path("rekap/<slug:kode>/mutu/", halaman, name="rekap_mutu")]
