"""Holidays in the admin: typed one by one or imported as CSV, each row with its history."""

from django.contrib import admin
from import_export import resources
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV

from kpupalu.audit.admin import AuditedAdmin
from kpupalu.audit.catatan import catat
from kpupalu.kalender.models import HariLibur


class HariLiburResource(resources.ModelResource):
    """One row per day and name; the same pair again changes that row. Every stored row is one entry of history."""

    class Meta:
        model = HariLibur
        import_id_fields = ["tanggal", "nama"]
        fields = ["tanggal", "nama", "jenis", "dasar_hukum", "kepastian", "berlaku"]
        clean_model_instances = True
        skip_unchanged = True

    def after_save_instance(self, instance, row, **kwargs) -> None:
        """Write who imported the row; nothing for a trial run."""
        if not self._is_dry_run(kwargs):
            catat("impor", instance, oleh=kwargs["user"], asal="impor", kalimat="Mengimpor hari libur")


@admin.register(HariLibur)
class HariLiburAdmin(ImportExportMixin, AuditedAdmin):
    resource_classes = [HariLiburResource]
    # Text only: a workbook would have to be judged before any parser may open it.
    formats = [CSV]
    list_display = ["tanggal", "nama", "jenis", "berlaku", "kepastian", "dasar_hukum"]
    list_filter = ["jenis", "berlaku", "kepastian"]
    date_hierarchy = "tanggal"
    search_fields = ["nama"]
