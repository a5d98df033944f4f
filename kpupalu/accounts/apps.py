from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "kpupalu.accounts"
    label = "accounts"
    verbose_name = "Pengguna dan peran"

    def ready(self) -> None:
        from kpupalu.accounts import hak, peran

        hak.daftarkan()
        register(peran.periksa_hak, Tags.security)
        # Groups and permissions belong to the schema: whoever migrates has them, also in a test database.
        post_migrate.connect(peran.setelah_migrate, dispatch_uid="accounts.siapkan_peran")
