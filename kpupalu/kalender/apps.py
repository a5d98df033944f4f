"""Working days and holidays."""

from pathlib import Path

from django.apps import AppConfig

DATA = Path(__file__).parent / "data"


class KalenderConfig(AppConfig):
    name = "kpupalu.kalender"
    verbose_name = "Kalender"

    def ready(self) -> None:
        """The admin keeps holidays and terms; the auditor reads them."""
        from kpupalu.accounts.peran import daftarkan_hak
        from kpupalu.kalender import periksa, sumber  # noqa: F401 - registers the system check and what is due

        for model in ("harilibur", "aturantenggat"):
            daftarkan_hak({f"kalender.{aksi}_{model}": {"admin"} for aksi in ("add", "change")})
            daftarkan_hak({f"kalender.view_{model}": {"admin", "auditor"}})

    def isi_awal(self) -> int:
        """Add the terms and holidays that are not there yet; open terms follow the holidays that are new."""
        from kpupalu.aturan.benih import tambah_yang_belum_ada
        from kpupalu.kalender.actions import hitung_ulang
        from kpupalu.kalender.models import AturanTenggat, HariLibur

        aturan = tambah_yang_belum_ada(AturanTenggat, DATA / "tenggat.csv", "kode", "mulai")
        libur = tambah_yang_belum_ada(HariLibur, DATA / "libur.csv", "tanggal", "nama")
        if libur:
            hitung_ulang(oleh=None, alasan="Hari libur bawaan aplikasi bertambah")
        return aturan + libur
