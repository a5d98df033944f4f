"""Meetings."""

from pathlib import Path

from django.apps import AppConfig

DATA = Path(__file__).parent / "data"


class RapatConfig(AppConfig):
    """Registers acts, due dates and the completion of a notula when Django starts."""

    name = "kpupalu.rapat"
    label = "rapat"
    verbose_name = "Rapat"

    def ready(self) -> None:
        """Make the acts known to the roles, and open tasks to the calendar."""
        from kpupalu.rapat import cari, hak, notulen, target  # noqa: F401 - registers what is found, due and completed

        hak.daftarkan()

    def isi_awal(self) -> int:
        """Add the kind of document this app prints."""
        from kpupalu.aturan.benih import tambah_yang_belum_ada
        from kpupalu.naskah.models import JenisNaskah

        return tambah_yang_belum_ada(JenisNaskah, DATA / "jenis_naskah.csv", "kode", "berlaku_mulai")
