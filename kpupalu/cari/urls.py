"""Address of the search page."""

from django.urls import path

from kpupalu.cari import views

app_name = "cari"
urlpatterns = [path("", views.halaman, name="halaman")]
