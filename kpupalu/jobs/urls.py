from django.urls import path

from kpupalu.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.daftar, name="daftar"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/kemajuan/", views.kemajuan, name="kemajuan"),
    path("<int:pk>/hentikan/", views.hentikan, name="hentikan"),
]
