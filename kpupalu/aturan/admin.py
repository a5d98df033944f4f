"""Dated legal numbers in the admin: a new value is a new row with its own dates."""

from django.contrib import admin

from kpupalu.aturan.models import Aturan
from kpupalu.audit.admin import AuditedAdmin


@admin.register(Aturan)
class AturanAdmin(AuditedAdmin):
    list_display = ["kode", "nama", "nilai", "satuan", "mulai", "akhir", "kepastian", "dasar_hukum"]
    list_filter = ["kepastian"]
    search_fields = ["kode", "nama"]
