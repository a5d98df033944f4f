"""Addresses of the document pages for staff."""

from django.urls import path

from kpupalu.naskah import views, views_agenda, views_sertifikat

app_name = "naskah"
urlpatterns = [
    path("", views.daftar, name="daftar"),
    path("agenda/", views_agenda.daftar, name="agenda"),
    path("agenda/ketik/", views_agenda.ketik, name="ketik_nomor"),
    path("agenda/<int:pk>/", views_agenda.rinci, name="agenda_buku"),
    path("<int:pk>/siapkan/ketik-nomor/", views_agenda.ketik_untuk, name="siapkan_ketik"),
    path("sertifikat/", views_sertifikat.sertifikat_saya, name="sertifikat"),
    path("sertifikat/<int:pk>/cabut/", views_sertifikat.cabut, name="cabut"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/berkas/", views.berkas, name="berkas"),
    path("<int:pk>/berkas/<int:urut>/", views.berkas, name="berkas_revisi"),
    path("<int:pk>/konsep/", views.konsep, name="konsep"),
    path("<int:pk>/siapkan/", views.siapkan, name="siapkan"),
    path("<int:pk>/tandatangani/", views.tandatangani, name="tandatangani"),
    path("<int:pk>/tidak-menandatangani/", views.menolak, name="menolak"),
    path("<int:pk>/halangan/", views.halangan, name="halangan"),
    path("<int:pk>/tarik/", views.tarik, name="tarik"),
    path("<int:pk>/ulangi/", views.ulangi, name="ulangi"),
    path("<int:pk>/umumkan/", views.umumkan, name="umumkan"),
    path("<int:pk>/tanda-tangan-basah/", views.pakai_basah, name="basah"),
    path("<int:pk>/pindaian/", views.pindaian, name="pindaian"),
    path("<int:pk>/pindaian/<int:scan>/", views.berkas_scan, name="berkas_scan"),
    path("<int:pk>/pindaian/<int:scan>/bandingkan/", views.banding, name="banding"),
]
