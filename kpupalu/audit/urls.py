from django.urls import path

from kpupalu.audit import views

urlpatterns = [
    path("", views.jejak, name="audit_jejak"),
    path("akses/", views.log_akses, name="audit_log_akses"),
    path("batas/", views.batas_tercapai, name="audit_batas"),
]
