"""Legal numbers as dated rows."""

from pathlib import Path

from django.apps import AppConfig

DATA = Path(__file__).parent / "data"


class AturanConfig(AppConfig):
    name = "kpupalu.aturan"
    verbose_name = "Aturan bertanggal"

    def ready(self) -> None:
        """The admin keeps these rows; the auditor reads them."""
        from kpupalu.accounts.peran import daftarkan_hak

        for model in ("aturan",):
            daftarkan_hak({f"aturan.{aksi}_{model}": {"admin"} for aksi in ("add", "change")})
            daftarkan_hak({f"aturan.view_{model}": {"admin", "auditor"}})

    def isi_awal(self) -> int:
        """Add the kernel's own dated numbers that are not there yet."""
        from kpupalu.aturan.benih import muat_aturan

        return muat_aturan(DATA / "aturan.csv")
