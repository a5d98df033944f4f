"""People in office: subbagian, pegawai, dated posts."""

from django.apps import AppConfig


class OrganisasiConfig(AppConfig):
    name = "kpupalu.organisasi"
    verbose_name = "Organisasi"

    def ready(self) -> None:
        """The admin keeps these rows; the auditor reads them."""
        from kpupalu.accounts.peran import daftarkan_hak

        for model in ("subbagian", "pegawai", "masajabatan"):
            daftarkan_hak({f"organisasi.{aksi}_{model}": {"admin"} for aksi in ("add", "change")})
            daftarkan_hak({f"organisasi.view_{model}": {"admin", "auditor"}})
