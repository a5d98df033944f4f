"""Addresses of the voter data."""

from pdpb.views import bukti, cetak, impor, pemilih, pengumuman, periode, perubahan, prapleno, rekap, selisih, temuan

app_name = "pdpb"
urlpatterns = [
    *periode.urlpatterns,
    *prapleno.urlpatterns,
    *rekap.urlpatterns,
    *pengumuman.urlpatterns,
    *selisih.urlpatterns,
    *cetak.urlpatterns,
    *pemilih.urlpatterns,
    *perubahan.urlpatterns,
    *temuan.urlpatterns,
    *bukti.urlpatterns,
    *impor.urlpatterns_impor,
]
