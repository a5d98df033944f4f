"""Partners and codes are master data; letters and deliveries can only be looked at."""

from django.contrib import admin

from kpupalu.audit.admin import AuditedAdmin
from kpupalu.naskah.admin import HanyaBaca
from kpupalu.surat.models import Instansi, Klasifikasi, Pengiriman, SuratKeluar


@admin.register(Instansi)
class InstansiAdmin(AuditedAdmin):
    list_display = ["nama", "jenis", "undang_pleno", "undang_koordinasi", "undang_forum", "terima_salinan", "aktif"]
    list_filter = ["jenis", "aktif", "undang_pleno", "undang_forum", "terima_salinan"]
    search_fields = ["nama"]


@admin.register(Klasifikasi)
class KlasifikasiAdmin(AuditedAdmin):
    list_display = ["kode", "nama", "berlaku_mulai", "berlaku_akhir", "dasar"]
    search_fields = ["kode", "nama"]


@admin.register(SuratKeluar)
class SuratKeluarAdmin(HanyaBaca, admin.ModelAdmin):
    list_display = ["hal", "tanggal", "kode_jenis", "naskah"]
    list_filter = ["kode_jenis"]


@admin.register(Pengiriman)
class PengirimanAdmin(HanyaBaca, admin.ModelAdmin):
    list_display = ["nomor", "naskah", "instansi", "kanal", "dikirim_pada", "diterima_pada"]
    list_filter = ["kanal"]
