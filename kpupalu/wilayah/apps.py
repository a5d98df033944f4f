"""Places: kecamatan, kelurahan with their spellings, TPS."""

from pathlib import Path

from django.apps import AppConfig

DATA = Path(__file__).parent / "data"


class WilayahConfig(AppConfig):
    name = "kpupalu.wilayah"
    verbose_name = "Wilayah"

    def isi_awal(self) -> int:
        """Add the kecamatan, kelurahan and known spellings that are not there yet (ODbL data, see data/NOTICE)."""
        from kpupalu.wilayah.benih import muat_wilayah

        return muat_wilayah(DATA / "wilayah.csv", DATA / "ejaan.csv")
