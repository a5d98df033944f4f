"""Addresses of the public verification pages, mounted at ``/verifikasi/``."""

from django.urls import path

from kpupalu.naskah import views_publik as views

urlpatterns = [
    path("", views.verifikasi, name="verifikasi"),
    path("akar.pem", views.akar, name="verifikasi_akar"),
    path("cara/", views.cara, name="verifikasi_cara"),
    path("<str:kode>/", views.verifikasi_kode, name="verifikasi_kode"),
    path("<str:kode>/berkas/", views.unduh, name="verifikasi_berkas"),
]
