"""Places in the admin; a TPS that voters stand in is not deleted."""

from django.contrib import admin
from import_export.admin import ImportExportMixin

from kpupalu.audit.admin import AuditedAdmin
from kpupalu.wilayah.models import TPS, AliasKelurahan, Kecamatan, Kelurahan


@admin.register(Kecamatan)
class KecamatanAdmin(AuditedAdmin):
    list_display = ["kode", "nama", "awalan_nik"]


@admin.register(Kelurahan)
class KelurahanAdmin(AuditedAdmin):
    list_display = ["kode", "nama", "kecamatan", "id_sidalih"]
    list_filter = ["kecamatan"]


@admin.register(AliasKelurahan)
class AliasKelurahanAdmin(AuditedAdmin):
    list_display = ["nama", "kelurahan"]


@admin.register(TPS)
class TPSAdmin(ImportExportMixin, AuditedAdmin):
    list_display = ["kelurahan", "nomor", "jenis", "nama_lokasi"]
    list_filter = ["jenis", "kelurahan__kecamatan"]
