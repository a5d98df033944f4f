"""Addresses of the voter data."""

from pdpb.views import cetak, impor, pemilih, periode, perubahan, rekap, tanggapan, tanggapan_publik, temuan

app_name = "pdpb"
urlpatterns = [
    *periode.urlpatterns,
    *rekap.urlpatterns,
    *cetak.urlpatterns,
    *pemilih.urlpatterns,
    *perubahan.urlpatterns,
    *temuan.urlpatterns,
    *impor.urlpatterns_impor,
    *tanggapan_publik.urlpatterns,
    *tanggapan.urlpatterns,
]
