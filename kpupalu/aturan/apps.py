"""Legal numbers as dated rows."""

from pathlib import Path

from django.apps import AppConfig

DATA = Path(__file__).parent / "data"


class AturanConfig(AppConfig):
    name = "kpupalu.aturan"
    verbose_name = "Aturan bertanggal"

    def isi_awal(self) -> int:
        """Add the kernel's own dated numbers that are not there yet."""
        from kpupalu.aturan.benih import muat_aturan

        return muat_aturan(DATA / "aturan.csv")
