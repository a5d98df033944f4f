"""Logins in history. Django and allauth tell of them only by signals, so this is the one place that listens."""

from allauth.account.signals import password_changed, user_logged_in, user_logged_out
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_login_failed

from kpupalu.accounts.models import User
from kpupalu.audit.catatan import catat


def dengarkan() -> None:
    """Begin to record logins, failed logins, logouts, password changes and changes of the second factor."""
    for signal, penerima in (
        (user_logged_in, _masuk),
        (user_logged_out, _keluar),
        (user_login_failed, _gagal),
        (password_changed, _ganti_sandi),
        (authenticator_added, _pasang),
        (authenticator_removed, _lepas),
    ):
        signal.connect(penerima, dispatch_uid=f"audit.{penerima.__name__}")


def _masuk(user, **kwargs) -> None:
    catat("masuk", user, oleh=user, kalimat="Masuk ke sistem")


def _keluar(user, **kwargs) -> None:
    if user is not None:
        catat("keluar", user, oleh=user, kalimat="Keluar dari sistem")


def _gagal(credentials, **kwargs) -> None:
    """Only for names that exist: what else was typed may be a password in the wrong box."""
    user = User.objects.filter(username=credentials.get("username") or "").first()
    catat("gagal_masuk", user, oleh=None, kalimat="Percobaan masuk gagal")


def _ganti_sandi(user, **kwargs) -> None:
    catat("ganti_sandi", user, oleh=user, kalimat="Mengganti kata sandi")


def _pasang(user, **kwargs) -> None:
    catat("pasang_dua_langkah", user, oleh=user, kalimat="Memasang verifikasi dua langkah")


def _lepas(user, **kwargs) -> None:
    catat("lepas_dua_langkah", user, oleh=user, kalimat="Melepas verifikasi dua langkah")
