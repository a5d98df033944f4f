"""Addresses of the information desk, for officers and, under ``informasi/``, for everybody."""

from ppid.views import informasi, informasi_publik, kinerja, laporan, meja, pengecualian, permohonan, publik, unit

app_name = "ppid"
urlpatterns = [
    *permohonan.urlpatterns,
    *unit.urlpatterns,
    *informasi.urlpatterns,
    *pengecualian.urlpatterns,
    *publik.urlpatterns,
    *informasi_publik.urlpatterns,
    *meja.urlpatterns,
    *laporan.urlpatterns,
    *kinerja.urlpatterns,
]
