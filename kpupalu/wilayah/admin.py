"""Places in the admin; a TPS that voters stand in is not deleted."""

from django.contrib import admin
from import_export.admin import ImportExportMixin

from kpupalu.audit.admin import AuditedAdmin
from kpupalu.wilayah.models import TPS, AliasKelurahan, Kecamatan, Kelurahan


class KodeTetapAdmin(AuditedAdmin):
    """The code of a place is its key: typed once, never edited, because another code is another place."""

    def get_readonly_fields(self, request, obj=None):
        return ("kode",) if obj else ()


@admin.register(Kecamatan)
class KecamatanAdmin(KodeTetapAdmin):
    list_display = ["kode", "nama", "awalan_nik"]


@admin.register(Kelurahan)
class KelurahanAdmin(KodeTetapAdmin):
    list_display = ["kode", "nama", "kecamatan", "id_sidalih", "mulai", "akhir"]
    list_filter = ["kecamatan"]


@admin.register(AliasKelurahan)
class AliasKelurahanAdmin(AuditedAdmin):
    list_display = ["nama", "kelurahan"]


@admin.register(TPS)
class TPSAdmin(ImportExportMixin, AuditedAdmin):
    list_display = ["kelurahan", "nomor", "jenis", "nama_lokasi"]
    list_filter = ["jenis", "kelurahan__kecamatan"]
