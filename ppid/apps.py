"""Pejabat Pengelola Informasi dan Dokumentasi."""

from pathlib import Path

from django.apps import AppConfig

DATA = Path(__file__).parent / "data"


class PpidConfig(AppConfig):
    name = "ppid"
    verbose_name = "PPID"

    def isi_awal(self) -> int:
        """Add the terms of information requests that are not there yet; the others are the kernel's."""
        from kpupalu.aturan.benih import tambah_yang_belum_ada
        from kpupalu.kalender.models import AturanTenggat

        return tambah_yang_belum_ada(AturanTenggat, DATA / "tenggat.csv", "kode", "mulai")
