"""Working days and holidays."""

from pathlib import Path

from django.apps import AppConfig

DATA = Path(__file__).parent / "data"


class KalenderConfig(AppConfig):
    name = "kpupalu.kalender"
    verbose_name = "Kalender"

    def ready(self) -> None:
        """The admin keeps the holidays; the auditor reads them."""
        from kpupalu.accounts.peran import daftarkan_hak

        daftarkan_hak({f"kalender.{aksi}_harilibur": {"admin"} for aksi in ("add", "change")})
        daftarkan_hak({"kalender.view_harilibur": {"admin", "auditor"}})

    def isi_awal(self) -> int:
        """Add the holidays that are not there yet."""
        from kpupalu.aturan.benih import tambah_yang_belum_ada
        from kpupalu.kalender.models import HariLibur

        return tambah_yang_belum_ada(HariLibur, DATA / "libur.csv", "tanggal", "nama")
