"""Master data of the voter data; what a workflow decides is read-only here and never deleted."""

from django.contrib import admin
from import_export.admin import ExportMixin

from kpupalu.audit.admin import AuditedAdmin
from pdpb.models import (
    BukaKembali,
    Bukti,
    ImporBatch,
    Kategori,
    KelompokUsia,
    KodeKamus,
    PendudukDewasa,
    Pengumuman,
    Periode,
    Perubahan,
    Snapshot,
)


class HanyaBaca(admin.ModelAdmin):
    """Shown, never added, changed or deleted here: the work screens do that, with their rules and history."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Kategori)
class KategoriAdmin(ExportMixin, AuditedAdmin):
    list_display = ["slug", "nama", "jenis", "berlaku", "dasar_hukum"]
    list_filter = ["jenis", "berlaku"]


@admin.register(KodeKamus)
class KodeKamusAdmin(ExportMixin, AuditedAdmin):
    list_display = ["kamus", "kode", "kategori", "catatan"]
    list_filter = ["kamus"]


@admin.register(KelompokUsia)
class KelompokUsiaAdmin(AuditedAdmin):
    list_display = ["nama", "lahir_dari", "lahir_sampai", "sumber"]


@admin.register(PendudukDewasa)
class PendudukDewasaAdmin(ExportMixin, AuditedAdmin):
    list_display = ["kelurahan", "tanggal", "jumlah", "sumber"]
    list_filter = ["tanggal"]


@admin.register(Periode)
class PeriodeAdmin(HanyaBaca):
    list_display = ["kode", "nama", "status", "tanggal_pleno"]


@admin.register(Pengumuman)
class PengumumanAdmin(HanyaBaca):
    list_display = ["periode", "kanal", "kecamatan", "kelurahan", "dipasang_pada", "diturunkan_pada"]


@admin.register(Perubahan)
class PerubahanAdmin(HanyaBaca):
    list_display = ["pk", "periode", "jenis", "kategori", "status", "pengusul"]
    list_filter = ["periode", "jenis", "status"]
    show_full_result_count = False
    fields = ["periode", "jenis", "kategori", "status", "pengusul", "verifikator", "penyetuju", "catatan"]


@admin.register(Snapshot)
class SnapshotAdmin(HanyaBaca):
    list_display = ["periode", "versi", "jumlah_baris", "dibekukan_oleh", "dibekukan_pada", "digantikan"]
    exclude = ["rincian"]


@admin.register(ImporBatch)
class ImporBatchAdmin(HanyaBaca):
    list_display = ["pk", "jenis", "periode", "pengirim", "status", "dibuat_oleh", "dibuat_pada"]


@admin.register(BukaKembali)
class BukaKembaliAdmin(HanyaBaca):
    list_display = ["periode", "nomor_surat", "diminta_oleh", "disetujui_oleh"]


@admin.register(Bukti)
class BuktiAdmin(HanyaBaca):
    list_display = ["jenis_dokumen", "nomor", "penerbit", "tanggal", "dicatat_oleh"]
