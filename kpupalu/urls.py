"""Addresses of the office. Each app keeps its own; error pages need no database."""

from django.contrib import admin
from django.urls import include, path

from kpupalu.ui import views

urlpatterns = [
    path("", views.beranda, name="beranda"),
    path("sesi/", views.sesi, name="sesi"),
    path("panduan/", views.panduan, name="panduan"),
    path("panduan/<slug:slug>/", views.panduan_halaman, name="panduan_halaman"),
    path("panduan/gambar/<str:nama>", views.panduan_gambar, name="panduan_gambar"),
    path("kesehatan/", views.kesehatan, name="kesehatan"),
    path("", include("kpupalu.accounts.urls")),
    path("riwayat/", include("kpupalu.audit.urls")),
    path("pekerjaan/", include("kpupalu.jobs.urls")),
    path("kalender/", include("kpupalu.kalender.urls")),
    path("pemberitahuan/", include("kpupalu.pemberitahuan.urls")),
    path("cari/", include("kpupalu.cari.urls")),
    path("naskah/", include("kpupalu.naskah.urls")),
    path("surat/", include("kpupalu.surat.urls")),
    path("rapat/", include("kpupalu.rapat.urls")),
    path("verifikasi/", include("kpupalu.naskah.urls_publik")),
    path("data-pemilih/", include("pdpb.urls")),
    path("ppid/", include("ppid.urls")),
    path("kendali/", admin.site.urls),
]

handler400 = views.galat_400
# No right and not there look the same (product conventions §14).
handler403 = views.galat_404
handler404 = views.galat_404
handler500 = views.galat_500
