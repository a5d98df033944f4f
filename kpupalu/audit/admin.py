"""Admin writes go to the same history as everybody's; nothing is deleted there."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.db import models

from kpupalu.accounts.admin import AuthenticatorAdmin, PelaksanaHarianAdmin, PenggunaAdmin
from kpupalu.accounts.models import PelaksanaHarian, User
from kpupalu.audit.catatan import catat

RAHASIA = ("password", "sandi")


def _perubahan(form, *, baru: bool, awalan: str = "") -> dict[str, tuple[Any, Any]]:
    """``{field: (lama, baru)}`` of what the form changed; of a secret only that it did."""
    hasil = {}
    for nama in form.changed_data:
        if any(rahasia in nama.lower() for rahasia in RAHASIA) and nama != "harus_ganti_sandi":
            hasil[f"{awalan}{nama}"] = ("", "(diganti)")
            continue
        lama = None if baru else form.initial.get(nama)
        hasil[f"{awalan}{nama}"] = (_sebut(form, nama, lama), form.cleaned_data.get(nama))
    return hasil


def _sebut(form, nama: str, lama: Any) -> Any:
    """The words of an old foreign key, which a form remembers only as its number."""
    queryset = getattr(form.fields[nama], "queryset", None)
    if queryset is None or lama is None or isinstance(lama, models.Model | list):
        return lama
    return queryset.model._base_manager.filter(pk=lama).first() or lama


class AuditedAdmin(admin.ModelAdmin):
    """A ModelAdmin whose every write is one jejak with old → new, in the transaction of the write itself.

    Nothing is deleted: a row that is over is ended by its dates or its state. Django's own log stays as it is.
    """

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def construct_change_message(self, request, form, formsets, add=False):
        perubahan = _perubahan(form, baru=add)
        for formset in formsets or []:
            berubah = {id(obj) for obj, _ in getattr(formset, "changed_objects", [])}
            baru = {id(obj) for obj in getattr(formset, "new_objects", [])}
            for anak in formset.forms:
                if id(anak.instance) in berubah | baru:
                    awalan = f"{formset.model._meta.verbose_name} {anak.instance}: "
                    perubahan |= _perubahan(anak, baru=id(anak.instance) in baru, awalan=awalan)
        request.perubahan_admin = perubahan
        return super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request, obj, message):
        self._catat("tambah", request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self._catat("ubah", request, obj)
        return super().log_change(request, obj, message)

    def _catat(self, tindakan: str, request, obj) -> None:
        kata = {"tambah": "Menambah", "ubah": "Mengubah"}[tindakan]
        catat(
            tindakan,
            obj,
            oleh=request.user,
            perubahan=getattr(request, "perubahan_admin", None),
            asal="admin",
            kalimat=f"{kata} {obj._meta.verbose_name}",
        )


class AuditedAuthenticatorAdmin(AuthenticatorAdmin, AuditedAdmin):
    """The one thing that is taken away, with its jejak."""

    def has_delete_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("mfa.delete_authenticator")

    def get_actions(self, request) -> dict:
        """One at a time: a bulk delete would leave one line for many people."""
        return {}

    def delete_model(self, request, obj) -> None:
        catat(
            "lepas_dua_langkah",
            obj.user,
            oleh=request.user,
            asal="admin",
            kalimat="Melepas verifikasi dua langkah pengguna yang kehilangan telepon",
        )
        obj.user.kode_pemulihan.all().delete()
        super().delete_model(request, obj)


@admin.register(User)
class AuditedPenggunaAdmin(AuditedAdmin, PenggunaAdmin):
    pass


@admin.register(PelaksanaHarian)
class AuditedPelaksanaHarianAdmin(AuditedAdmin, PelaksanaHarianAdmin):
    pass


for model in (Authenticator, EmailAddress, UserSession):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
admin.site.register(Authenticator, AuditedAuthenticatorAdmin)
