"""Addresses of the information desk, for officers and, under ``informasi/``, for everybody."""

from ppid.views import (
    informasi,
    informasi_publik,
    isi_sosialisasi,
    pengecualian,
    permohonan,
    publik,
    sosialisasi,
    unit,
)

app_name = "ppid"
urlpatterns = [
    *permohonan.urlpatterns,
    *unit.urlpatterns,
    *informasi.urlpatterns,
    *pengecualian.urlpatterns,
    *publik.urlpatterns,
    *informasi_publik.urlpatterns,
    *sosialisasi.urlpatterns,
    *isi_sosialisasi.urlpatterns,
]
