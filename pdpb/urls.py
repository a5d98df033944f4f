"""Addresses of the voter data."""

from pdpb.views import cetak, impor, pemilih, periode, perubahan, rapat, rekap, temuan

app_name = "pdpb"
urlpatterns = [
    *periode.urlpatterns,
    *rapat.urlpatterns,
    *rekap.urlpatterns,
    *cetak.urlpatterns,
    *pemilih.urlpatterns,
    *perubahan.urlpatterns,
    *temuan.urlpatterns,
    *impor.urlpatterns_impor,
]
