"""Addresses of the information desk, for officers and, under ``informasi/``, for everybody."""

from ppid.views import permohonan, publik, unit

app_name = "ppid"
urlpatterns = [*permohonan.urlpatterns, *unit.urlpatterns, *publik.urlpatterns]
