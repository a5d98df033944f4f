"""Addresses of the voter data."""

from pdpb.views import cetak, ganda, impor, lintas, pemilih, periode, perubahan, rekap, temuan

app_name = "pdpb"
urlpatterns = [
    *periode.urlpatterns,
    *rekap.urlpatterns,
    *cetak.urlpatterns,
    *pemilih.urlpatterns,
    *perubahan.urlpatterns,
    *temuan.urlpatterns,
    *ganda.urlpatterns,
    *lintas.urlpatterns,
    *impor.urlpatterns_impor,
]
