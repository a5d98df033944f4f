"""Places: kecamatan, kelurahan with their spellings, TPS."""

from pathlib import Path

from django.apps import AppConfig

DATA = Path(__file__).parent / "data"


class WilayahConfig(AppConfig):
    name = "kpupalu.wilayah"
    verbose_name = "Wilayah"

    def ready(self) -> None:
        """The admin keeps these rows; the auditor reads them."""
        from kpupalu.accounts.peran import daftarkan_hak

        for model in ("kecamatan", "kelurahan", "aliaskelurahan", "tps"):
            daftarkan_hak({f"wilayah.{aksi}_{model}": {"admin"} for aksi in ("add", "change")})
            daftarkan_hak({f"wilayah.view_{model}": {"admin", "auditor"}})

    def isi_awal(self) -> int:
        """Add the kecamatan, kelurahan and known spellings that are not there yet (ODbL data, see data/NOTICE)."""
        from kpupalu.wilayah.benih import muat_wilayah

        return muat_wilayah(DATA / "wilayah.csv", DATA / "ejaan.csv")
