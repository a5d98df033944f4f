"""Days off and terms in the admin: typed one by one or imported as CSV; open terms follow every change."""

from django.contrib import admin, messages
from import_export import resources
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV

from kpupalu.audit.admin import AuditedAdmin
from kpupalu.audit.catatan import catat
from kpupalu.kalender.actions import hitung_ulang
from kpupalu.kalender.libur import kalimat_pindah
from kpupalu.kalender.models import AturanTenggat, HariLibur


class HariLiburResource(resources.ModelResource):
    """One row per day and name; the same pair again changes that row. Every stored row is one entry of history."""

    class Meta:
        model = HariLibur
        import_id_fields = ["tanggal", "nama"]
        fields = ["tanggal", "nama", "jenis", "dasar_hukum", "ditetapkan", "sumber", "kepastian", "berlaku"]
        clean_model_instances = True
        skip_unchanged = True

    def after_save_instance(self, instance, row, **kwargs) -> None:
        """Write who imported the row; nothing for a trial run."""
        if not self._is_dry_run(kwargs):
            catat("impor", instance, oleh=kwargs["user"], asal="impor", kalimat="Mengimpor hari libur")

    def after_import(self, dataset, result, **kwargs) -> None:
        """Open terms follow the rows that were stored."""
        if not self._is_dry_run(kwargs) and not result.has_errors():
            hitung_ulang(oleh=kwargs["user"], alasan="Impor hari libur")


@admin.register(HariLibur)
class HariLiburAdmin(ImportExportMixin, AuditedAdmin):
    resource_classes = [HariLiburResource]
    # Text only: a workbook would have to be judged before any parser may open it.
    formats = [CSV]
    list_display = ["tanggal", "nama", "jenis", "berlaku", "kepastian", "dasar_hukum", "ditetapkan"]
    list_filter = ["jenis", "berlaku", "kepastian"]
    date_hierarchy = "tanggal"
    search_fields = ["nama"]

    def save_model(self, request, obj, form, change) -> None:
        """Store the day off, then count every open term again."""
        super().save_model(request, obj, form, change)
        kata = "berubah" if change else "baru"
        if not obj.berlaku:
            kata = "dicabut"
        alasan = f"Hari libur {kata}: {obj.nama}, {obj.tanggal:%d-%m-%Y} ({obj.dasar_hukum})"
        messages.info(request, kalimat_pindah(hitung_ulang(oleh=request.user, alasan=alasan)))


@admin.register(AturanTenggat)
class AturanTenggatAdmin(AuditedAdmin):
    list_display = ["kode", "nama", "forum", "jumlah", "satuan", "hari_pertama", "mulai", "akhir", "kepastian"]
    list_filter = ["kepastian", "forum", "rezim"]
    search_fields = ["kode", "nama", "perkara", "dasar_hukum"]

    def save_model(self, request, obj, form, change) -> None:
        """Store the term; those that run by this row are counted again."""
        super().save_model(request, obj, form, change)
        if change:
            alasan = f"Aturan tenggat {obj.kode} berubah ({obj.dasar_hukum})"
            messages.info(request, kalimat_pindah(hitung_ulang(oleh=request.user, alasan=alasan)))
