"""Addresses of the voter data."""

from pdpb.views import (
    cetak,
    coktas,
    coktas_lapangan,
    ganda,
    impor,
    kematian,
    lintas,
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
    *kematian.urlpatterns,
    *coktas_lapangan.urlpatterns,
    *coktas.urlpatterns,
    *impor.urlpatterns_impor,
]
