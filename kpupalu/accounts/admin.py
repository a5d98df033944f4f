"""Admin classes of accounts. They are registered by ``kpupalu.audit.admin``, which knows how to write history."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group

from kpupalu.accounts.forms import PenggunaBaruForm, SandiSementaraForm

# The admin's own login page knows no second factor; this sends it through the office's.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Rights of a role are code (accounts.peran); a form for them would promise what the next migrate takes back.
if admin.site.is_registered(Group):
    admin.site.unregister(Group)


class PenggunaAdmin(UserAdmin):
    """Accounts: roles are given here, rights are not. Nobody is deleted, only made inactive."""

    add_form = PenggunaBaruForm
    change_password_form = SandiSementaraForm
    list_display = ("username", "nama_lengkap", "is_active", "is_staff", "harus_ganti_sandi", "last_login")
    list_filter = ("is_active", "is_staff", "groups")
    search_fields = ("username", "nama_lengkap")
    ordering = ("nama_lengkap",)
    filter_horizontal = ("groups",)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "nama_lengkap", "email")}),
        ("Peran", {"fields": ("is_active", "is_staff", "harus_ganti_sandi", "groups")}),
        ("Waktu", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "nama_lengkap", "password1", "password2")}),)


class PelaksanaHarianAdmin(admin.ModelAdmin):
    """Letters that let somebody act for somebody."""

    list_display = ("pengganti", "pejabat", "mulai", "sampai", "nomor_surat")
    date_hierarchy = "mulai"
    autocomplete_fields = ("pejabat", "pengganti")


class AuthenticatorAdmin(admin.ModelAdmin):
    """The second factors people have set up. Taking one away is how a lost phone is dealt with; its owner then
    sets up a new one before any other page opens. The secret itself is not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    fields = readonly_fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
