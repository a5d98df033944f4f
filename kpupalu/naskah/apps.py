"""Official documents of the office."""

from pathlib import Path

from django.apps import AppConfig

DATA = Path(__file__).parent / "data"


class NaskahConfig(AppConfig):
    """Registers the print runner and the acts of this app when Django starts."""

    name = "kpupalu.naskah"
    label = "naskah"
    verbose_name = "Naskah dinas"

    def ready(self) -> None:
        """Make ``naskah.cetak`` known to the workers and the acts known to the roles."""
        from kpupalu.naskah import cari, hak, runners  # noqa: F401 - registers what is found and what runs

        hak.daftarkan()

    def isi_awal(self) -> int:
        """Add the one kind of document the kernel itself numbers: the note that somebody did not sign."""
        from kpupalu.aturan.benih import tambah_yang_belum_ada
        from kpupalu.naskah.models import JenisNaskah

        return tambah_yang_belum_ada(JenisNaskah, DATA / "jenis_naskah.csv", "kode", "berlaku_mulai")
