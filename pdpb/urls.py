"""Addresses of the voter data."""

from pdpb.views import bukti, cetak, impor, pemilih, periode, perubahan, prapleno, rekap, selisih, temuan

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
    *bukti.urlpatterns,
    *impor.urlpatterns_impor,
]
