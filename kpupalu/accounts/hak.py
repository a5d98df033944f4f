"""Who may administer accounts."""

from kpupalu.accounts.peran import daftarkan_hak

_ADMIN = {"admin"}


def daftarkan() -> None:
    daftarkan_hak(
        {
            "accounts.add_user": _ADMIN,
            "accounts.change_user": _ADMIN,
            "accounts.view_user": _ADMIN | {"auditor"},
            "accounts.add_pelaksanaharian": _ADMIN,
            "accounts.change_pelaksanaharian": _ADMIN,
            "accounts.view_pelaksanaharian": _ADMIN | {"auditor"},
            "mfa.view_authenticator": _ADMIN,
            "mfa.delete_authenticator": _ADMIN,
        }
    )
