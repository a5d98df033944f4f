"""Addresses of meetings, mounted at ``/rapat/``."""

from kpupalu.rapat import views, views_catatan

app_name = "rapat"
urlpatterns = [*views.urlpatterns, *views_catatan.urlpatterns]
