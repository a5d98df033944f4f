"""How allauth behaves in this office: accounts are given, and every refused login reads the same."""

from allauth.account.adapter import DefaultAccountAdapter

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
