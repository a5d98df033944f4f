"""Addresses of the office. Each app keeps its own; error pages need no database."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from kpupalu.ui import views


def _jika_ada(awalan: str, modul: str) -> list:
    return [path(awalan, include(modul))] if find_spec(modul) else []


urlpatterns = [
    path("", views.beranda, name="beranda"),
    path("sesi/", views.sesi, name="sesi"),
    path("panduan/", views.panduan, name="panduan"),
    path("panduan/<slug:slug>/", views.panduan_halaman, name="panduan_halaman"),
    path("kesehatan/", views.kesehatan, name="kesehatan"),
    path("", include("kpupalu.accounts.urls")),
    path("riwayat/", include("kpupalu.audit.urls")),
    *_jika_ada("pekerjaan/", "kpupalu.jobs.urls"),
    *_jika_ada("naskah/", "kpupalu.naskah.urls"),
    *_jika_ada("verifikasi/", "kpupalu.naskah.urls_publik"),
    *_jika_ada("data-pemilih/", "pdpb.urls"),
    path("kendali/", admin.site.urls),
]

handler400 = views.galat_400
# No right and not there look the same (product conventions §14).
handler403 = views.galat_404
handler404 = views.galat_404
handler500 = views.galat_500
