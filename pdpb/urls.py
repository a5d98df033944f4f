"""Addresses of the voter data."""

from pdpb.views import impor, pemilih, periode, perubahan, rekap

app_name = "pdpb"
urlpatterns = [
    *periode.urlpatterns,
    *rekap.urlpatterns,
    *pemilih.urlpatterns,
    *perubahan.urlpatterns,
    *impor.urlpatterns_impor,
]
