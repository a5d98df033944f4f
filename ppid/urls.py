"""Addresses of the information desk, for officers and, under ``informasi/``, for everybody."""

from ppid.views import berkas, informasi, informasi_publik, pemusnahan, pengecualian, permohonan, publik, serah, unit

app_name = "ppid"
urlpatterns = [
    *permohonan.urlpatterns,
    *berkas.urlpatterns,
    *serah.urlpatterns,
    *pemusnahan.urlpatterns,
    *unit.urlpatterns,
    *informasi.urlpatterns,
    *pengecualian.urlpatterns,
    *publik.urlpatterns,
    *informasi_publik.urlpatterns,
]
