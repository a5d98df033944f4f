"""Master data of the information desk; what is decided by workflow has pages of its own."""

from django.contrib import admin

from kpupalu.audit.admin import AuditedAdmin
from ppid.models import MasaTahapan, Pejabat, Tarif


@admin.register(MasaTahapan)
class MasaTahapanAdmin(AuditedAdmin):
    list_display = ["nama", "mulai", "akhir", "dasar_hukum"]
    search_fields = ["nama"]


@admin.register(Pejabat)
class PejabatAdmin(AuditedAdmin):
    list_display = ["peran", "pegawai", "mulai", "akhir", "dasar_hukum"]
    list_filter = ["peran"]


@admin.register(Tarif)
class TarifAdmin(AuditedAdmin):
    list_display = ["komponen", "rupiah", "mulai", "akhir", "dasar_hukum"]
    list_filter = ["komponen"]
