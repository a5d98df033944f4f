"""Addresses of the calendar."""

from django.urls import path

from kpupalu.kalender import views, views_libur, views_tenggat, views_umpan

app_name = "kalender"
urlpatterns = [
    path("", views.bulan, name="bulan"),
    path("aturan/", views_tenggat.aturan, name="aturan"),
    path("tenggat/<int:pk>/", views_tenggat.tenggat, name="tenggat"),
    path("libur/<int:tahun>/", views_libur.libur, name="libur"),
    path("libur/<int:tahun>/usulan/", views_libur.usulan, name="libur_usulan"),
    path("libur/<int:tahun>/pasti/", views_libur.pasti, name="libur_pasti"),
    path("umpan/", views_umpan.umpan, name="umpan"),
    path("umpan/baru/", views_umpan.umpan_baru, name="umpan_baru"),
    path("umpan/cabut/", views_umpan.umpan_cabut, name="umpan_cabut"),
    path("umpan/<str:rahasia>.ics", views_umpan.umpan_ics, name="umpan_ics"),
]
