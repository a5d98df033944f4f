"""Addresses of the voter data."""

from pdpb.views import (
    cetak,
    ganda,
    impor,
    lintas,
    pemilih,
    periode,
    perubahan,
    prapleno,
    rapat,
    rekap,
    selisih,
    tanggapan,
    tanggapan_publik,
    temuan,
)

app_name = "pdpb"
urlpatterns = [
    *periode.urlpatterns,
    *prapleno.urlpatterns,
    *rapat.urlpatterns,
    *rekap.urlpatterns,
    *selisih.urlpatterns,
    *cetak.urlpatterns,
    *pemilih.urlpatterns,
    *perubahan.urlpatterns,
    *temuan.urlpatterns,
    *ganda.urlpatterns,
    *lintas.urlpatterns,
    *impor.urlpatterns_impor,
    *tanggapan_publik.urlpatterns,
    *tanggapan.urlpatterns,
]
