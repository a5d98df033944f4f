"""Meetings can only be looked at here."""

from django.contrib import admin

from kpupalu.naskah.admin import HanyaBaca
from kpupalu.rapat.models import Rapat


@admin.register(Rapat)
class RapatAdmin(HanyaBaca, admin.ModelAdmin):
    list_display = ["judul", "jenis", "tanggal", "tempat", "status"]
    list_filter = ["jenis", "status"]
