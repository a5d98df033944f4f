"""Admin: kinds of documents are master data; whatever was numbered, printed or signed can only be looked at."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from kpupalu.audit.admin import AuditedAdmin
from kpupalu.naskah.models import BukuAgenda, EntriAgenda, JenisNaskah, Naskah, Penandatangan, SertifikatPenanda
from kpupalu.naskah.penomoran import periksa_pola


class HanyaBaca:
    """A list to look at: nothing is added, changed or deleted here."""

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class JenisNaskahForm(ModelForm):
    """Refuses a pattern or a template that could not be printed later."""

    class Meta:
        model = JenisNaskah
        fields = "__all__"  # noqa: DJ007 - every column of this master table is edited here

    def clean_pola(self) -> str:
        """The pattern, once it is known to give distinct numbers."""
        periksa_pola(self.cleaned_data["pola"])
        return self.cleaned_data["pola"]

    def clean_template(self) -> str:
        """The template in a folder called ``naskah``, once it can be loaded."""
        nama = self.cleaned_data["template"]
        if nama and "naskah" not in nama.split("/")[:-1]:
            raise ValidationError("Template cetak harus berada di folder bernama naskah.")
        try:
            if nama:
                get_template(nama)
        except TemplateDoesNotExist as salah:
            raise ValidationError("Template itu tidak ada. Periksa namanya.") from salah
        return nama


@admin.register(JenisNaskah)
class JenisNaskahAdmin(AuditedAdmin):
    """A kind that was used keeps its row: add a new row with a later date instead."""

    form = JenisNaskahForm
    list_display = ["kode", "nama", "klasifikasi", "pola", "berlaku_mulai", "berlaku_akhir"]
    list_filter = ["kode"]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """Of a row with documents only its end can still be set."""
        if obj is None or not obj.naskah.exists():
            return []
        return [f.name for f in JenisNaskah._meta.fields if f.name not in {"id", "berlaku_akhir"}]


@admin.register(BukuAgenda)
class BukuAgendaAdmin(HanyaBaca, admin.ModelAdmin):
    list_display = ["kode", "tahun", "nomor_terakhir"]
    list_filter = ["tahun"]


@admin.register(EntriAgenda)
class EntriAgendaAdmin(HanyaBaca, admin.ModelAdmin):
    list_display = ["nomor", "tanggal", "perihal", "diketik", "batal", "oleh"]
    list_filter = ["buku", "diketik", "batal"]
    search_fields = ["nomor", "perihal"]


class PenandatanganInline(HanyaBaca, admin.TabularInline):
    model = Penandatangan
    fields = ["urut", "nama", "jabatan", "hadir", "status", "ditandatangani_pada"]


@admin.register(Naskah)
class NaskahAdmin(HanyaBaca, admin.ModelAdmin):
    list_display = ["nomor", "judul", "versi", "tanggal", "status"]
    list_filter = ["status", "kode_jenis"]
    search_fields = ["nomor", "judul"]
    # What a document says is read on its own page, by those who may.
    exclude = ["isi"]
    inlines = [PenandatanganInline]


@admin.register(SertifikatPenanda)
class SertifikatPenandaAdmin(HanyaBaca, admin.ModelAdmin):
    """Without the key itself."""

    list_display = ["nama", "berlaku_mulai", "berlaku_akhir", "dicabut_pada"]
    exclude = ["pkcs12"]
