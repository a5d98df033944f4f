"""Address of the calendar."""

from django.urls import path

from kpupalu.kalender import views

app_name = "kalender"
urlpatterns = [path("", views.bulan, name="bulan")]
