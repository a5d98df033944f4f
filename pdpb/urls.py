"""Addresses of the voter data."""

from pdpb.views import (
    cetak,
    impor,
    pemilih,
    periode,
    perubahan,
    prapleno,
    rekap,
    saran,
    saran_lembar,
    saran_nama,
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
    *saran.urlpatterns,
    *saran_nama.urlpatterns,
    *saran_lembar.urlpatterns,
    *impor.urlpatterns_impor,
]
