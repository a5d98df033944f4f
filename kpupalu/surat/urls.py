"""Addresses of letters, mounted at ``/surat/``."""

from kpupalu.surat import views_keluar, views_masuk

app_name = "surat"
urlpatterns = [*views_masuk.urlpatterns, *views_keluar.urlpatterns]
