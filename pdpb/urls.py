"""Addresses of the voter data."""

from pdpb.views import cetak, impor, pemilih, periode, perubahan, rekap, selisih, temuan

app_name = "pdpb"
urlpatterns = [
    *periode.urlpatterns,
    *rekap.urlpatterns,
    *selisih.urlpatterns,
    *cetak.urlpatterns,
    *pemilih.urlpatterns,
    *perubahan.urlpatterns,
    *temuan.urlpatterns,
    *impor.urlpatterns_impor,
]
