"""Subbagian, people and their dated posts in the admin."""

from django.contrib import admin

from kpupalu.audit.admin import AuditedAdmin
from kpupalu.organisasi.models import MasaJabatan, Pegawai, Subbagian


@admin.register(Subbagian)
class SubbagianAdmin(AuditedAdmin):
    list_display = ["kode", "nama"]


@admin.register(Pegawai)
class PegawaiAdmin(AuditedAdmin):
    list_display = ["nama", "nip", "subbagian", "user"]
    search_fields = ["nama"]


@admin.register(MasaJabatan)
class MasaJabatanAdmin(AuditedAdmin):
    list_display = ["pegawai", "jabatan", "divisi", "mulai", "akhir", "dasar"]
    list_filter = ["jabatan"]
