"""Addresses of notifications."""

from django.urls import path

from kpupalu.pemberitahuan import views

app_name = "pemberitahuan"
urlpatterns = [
    path("", views.daftar, name="daftar"),
    path("baca-semua/", views.baca_semua, name="baca_semua"),
    path("<int:pk>/", views.buka, name="buka"),
]
