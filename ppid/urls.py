"""Addresses of the information desk, for officers and, under ``informasi/``, for everybody."""

from ppid.views import (
    berkas,
    informasi,
    informasi_publik,
    isi_sosialisasi,
    keberatan,
    keberatan_publik,
    kinerja,
    laporan,
    meja,
    pemusnahan,
    pengecualian,
    permohonan,
    publik,
    sengketa,
    serah,
    sosialisasi,
    unit,
)

app_name = "ppid"
urlpatterns = [
    *permohonan.urlpatterns,
    *berkas.urlpatterns,
    *serah.urlpatterns,
    *pemusnahan.urlpatterns,
    *unit.urlpatterns,
    *informasi.urlpatterns,
    *pengecualian.urlpatterns,
    *keberatan.urlpatterns,
    *sengketa.urlpatterns,
    *publik.urlpatterns,
    *keberatan_publik.urlpatterns,
    *informasi_publik.urlpatterns,
    *sosialisasi.urlpatterns,
    *isi_sosialisasi.urlpatterns,
    *meja.urlpatterns,
    *laporan.urlpatterns,
    *kinerja.urlpatterns,
]
