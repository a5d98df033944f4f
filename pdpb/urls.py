"""Addresses of the voter data."""

from pdpb.views import (
    cetak,
    ganda,
    impor,
    lintas,
    padanan,
    pemilih,
    periode,
    perubahan,
    prapleno,
    rekap,
    selisih,
    temuan,
)

app_name = "pdpb"
urlpatterns = [
    *periode.urlpatterns,
    *prapleno.urlpatterns,
    *rekap.urlpatterns,
    *selisih.urlpatterns,
    *cetak.urlpatterns,
    *pemilih.urlpatterns,
    *perubahan.urlpatterns,
    *temuan.urlpatterns,
    *ganda.urlpatterns,
    *lintas.urlpatterns,
    *impor.urlpatterns_impor,
    *padanan.urlpatterns,
]
