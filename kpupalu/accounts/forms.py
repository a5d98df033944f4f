"""allauth's forms in the words of this office, with labels instead of placeholders."""

from allauth.account import forms as account
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm, BaseUserCreationForm

from kpupalu.accounts import pemulihan
from kpupalu.accounts.models import User

PETUNJUK_SANDI = (
    "Sedikitnya 12 karakter, bukan hanya angka, bukan kata yang umum, dan tidak mirip nama Anda. "
    "Beberapa kata acak lebih mudah diingat."
)


class KantorForm(forms.Form):
    """Takes away placeholders and puts ``LABEL`` and ``PETUNJUK`` in the place of the package's words."""

    LABEL: dict[str, str] = {}
    PETUNJUK: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nama, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.LABEL.get(nama, field.label)
            field.help_text = self.PETUNJUK.get(nama, "")
            field.error_messages["required"] = f"Isi {str(field.label).lower()}."


class MasukForm(KantorForm, account.LoginForm):
    LABEL = {"login": "Nama pengguna", "password": "Kata sandi"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class KonfirmasiSandiForm(KantorForm, account.ReauthenticateForm):
    LABEL = {"password": "Kata sandi"}


class GantiSandiForm(KantorForm, account.ChangePasswordForm):
    LABEL = {
        "oldpassword": "Kata sandi sekarang",
        "password1": "Kata sandi baru",
        "password2": "Ulangi kata sandi baru",
    }
    PETUNJUK = {"password1": PETUNJUK_SANDI}

    def clean_password1(self) -> str:
        baru = self.cleaned_data["password1"]
        if baru and self.user.check_password(baru):
            raise forms.ValidationError("Kata sandi baru harus berbeda dari yang sekarang.")
        return baru


class KodeMixin(KantorForm, mfa.BaseAuthenticateForm):
    """The six digits of the app, or a recovery code instead, which is then used up."""

    LABEL = {"code": "Kode verifikasi"}
    PETUNJUK = {"code": "Enam angka dari aplikasi autentikator, atau satu kode pemulihan."}
    authenticator: Authenticator | None = None

    def clean_code(self) -> str:
        kode = self.cleaned_data["code"]
        if not pemulihan.mirip_kode(kode):
            return super().clean_code()
        bersihkan = check_rate_limit(self.user)
        if not pemulihan.pakai(self.user, kode):
            raise get_adapter().validation_error("incorrect_code")
        bersihkan()
        return kode

    def save(self) -> None:
        if self.authenticator:
            super().save()  # type: ignore[misc]
        else:
            record_authentication(context.request, self.user, method="mfa", type="kode_pemulihan")


class KodeMasukForm(KodeMixin, mfa.AuthenticateForm):
    pass


class KodeKonfirmasiForm(KodeMixin, mfa.ReauthenticateForm):
    pass


class PasangTOTPForm(KantorForm, totp.ActivateTOTPForm):
    LABEL = {"code": "Kode dari aplikasi"}
    PETUNJUK = {"code": "Enam angka yang sekarang tampil di aplikasi autentikator."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PenggunaBaruForm(BaseUserCreationForm):
    """A new account: the admin types a password that must be changed at the first login."""

    class Meta:
        model = User
        fields = ("username", "nama_lengkap")

    def save(self, commit=True):
        self.instance.harus_ganti_sandi = True
        return super().save(commit)


class SandiSementaraForm(AdminPasswordChangeForm):
    """A password lent by an admin: it ends the person's sessions and must be changed before anything else."""

    def save(self, commit=True):
        self.user.harus_ganti_sandi = True
        return super().save(commit)
