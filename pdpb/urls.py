"""Addresses of the voter data."""

from pdpb.views import impor, pemilih, periode, perubahan, rekap, temuan

app_name = "pdpb"
urlpatterns = [
    *periode.urlpatterns,
    *rekap.urlpatterns,
    *pemilih.urlpatterns,
    *perubahan.urlpatterns,
    *temuan.urlpatterns,
    *impor.urlpatterns_impor,
]
