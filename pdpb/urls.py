"""Addresses of the voter data."""

from pdpb.views import (
    cetak,
    ganda,
    impor,
    lintas,
    mesin_waktu,
    mutu,
    pemilih,
    periode,
    perubahan,
    prapleno,
    rapat,
    rekap,
    selisih,
    tanggapan,
    tanggapan_publik,
    temuan,
    uji_petik,
)

app_name = "pdpb"
urlpatterns = [
    *periode.urlpatterns,
    *prapleno.urlpatterns,
    *rapat.urlpatterns,
    *rekap.urlpatterns,
    *mutu.urlpatterns,
    *selisih.urlpatterns,
    *cetak.urlpatterns,
    *pemilih.urlpatterns,
    *mesin_waktu.urlpatterns,
    *perubahan.urlpatterns,
    *temuan.urlpatterns,
    *ganda.urlpatterns,
    *lintas.urlpatterns,
    *uji_petik.urlpatterns,
    *impor.urlpatterns_impor,
    *tanggapan_publik.urlpatterns,
    *tanggapan.urlpatterns,
]
