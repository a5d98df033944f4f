"""Addresses of the voter data."""

from pdpb.views import (
    cetak,
    impor,
    mesin_waktu,
    mutu,
    pemilih,
    periode,
    perubahan,
    prapleno,
    rekap,
    selisih,
    temuan,
    uji_petik,
)

app_name = "pdpb"
urlpatterns = [
    *periode.urlpatterns,
    *prapleno.urlpatterns,
    *rekap.urlpatterns,
    *mutu.urlpatterns,
    *selisih.urlpatterns,
    *cetak.urlpatterns,
    *pemilih.urlpatterns,
    *mesin_waktu.urlpatterns,
    *perubahan.urlpatterns,
    *temuan.urlpatterns,
    *uji_petik.urlpatterns,
    *impor.urlpatterns_impor,
]
