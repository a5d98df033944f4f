"""How allauth behaves in this office: accounts are given, and every refused login reads the same."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from kpupalu.accounts.sandi import kunci

GAGAL_MASUK = "Nama pengguna atau kata sandi tidak cocok. Periksa keduanya lalu coba lagi."


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up, no e-mail flows; one sentence for a wrong name, a wrong password and a disabled account."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": GAGAL_MASUK,
        "invalid_login": GAGAL_MASUK,
        "account_inactive": GAGAL_MASUK,
        "too_many_login_attempts": (
            "Percobaan masuk terlalu banyak. Tunggu lima menit lalu coba lagi, atau hubungi admin."
        ),
        "enter_current_password": "Kata sandi sekarang tidak cocok. Ketik sekali lagi.",
        "incorrect_password": "Kata sandi tidak cocok. Ketik sekali lagi.",
        "incorrect_code": "Kode tidak cocok atau sudah dipakai. Ketik kode yang sekarang tampil.",
    }

    def is_open_for_signup(self, request) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """The secret of an authenticator app is stored encrypted with a key from ``SECRET_KEY``, not in the clear."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": "Verifikasi dua langkah wajib dan tidak dapat dilepas.",
    }

    def encrypt(self, text: str) -> str:
        return kunci("mfa").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return kunci("mfa").decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user) -> str:
        return user.username

    def can_delete_authenticator(self, authenticator) -> bool:
        return not settings.WAJIB_2FA
