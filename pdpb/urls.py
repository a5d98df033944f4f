"""Addresses of the voter data."""

from pdpb.views import (
    adpb2,
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
    sidalih,
    temuan,
)

app_name = "pdpb"
urlpatterns = [
    *periode.urlpatterns,
    *prapleno.urlpatterns,
    *rekap.urlpatterns,
    *selisih.urlpatterns,
    *adpb2.urlpatterns,
    *cetak.urlpatterns,
    *pemilih.urlpatterns,
    *perubahan.urlpatterns,
    *temuan.urlpatterns,
    *sidalih.urlpatterns,
    *saran.urlpatterns,
    *saran_nama.urlpatterns,
    *saran_lembar.urlpatterns,
    *impor.urlpatterns_impor,
]
