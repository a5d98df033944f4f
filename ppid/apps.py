"""The information desk: requests, answers, objections, public lists."""

from pathlib import Path

from django.apps import AppConfig

DATA = Path(__file__).parent / "data"


class PpidConfig(AppConfig):
    name = "ppid"
    verbose_name = "Layanan informasi publik"

    def ready(self) -> None:
        """Tell the kernel who may do what, what stands in the menu, and whom a moved term concerns."""
        from kpupalu.kalender.actions import daftarkan_pendengar
        from ppid import beranda, cari, hak, target  # noqa: F401 - target announces its dates
        from ppid.actions import sosialisasi  # noqa: F401 - registers what a meeting about an event may not do
        from ppid.tenggat_keberatan import catat_batas_berubah
        from ppid.tenggat_permohonan import catat_tenggat_berubah

        hak.daftarkan()
        beranda.daftarkan_menu()
        cari.daftarkan()
        daftarkan_pendengar("ppid.permohonan", catat_tenggat_berubah)
        daftarkan_pendengar("ppid.keberatan", catat_batas_berubah)

    def isi_awal(self) -> int:
        """Add the terms, limits and kinds of documents that are not there yet."""
        from kpupalu.aturan.benih import muat_aturan, tambah_yang_belum_ada
        from kpupalu.kalender.models import AturanTenggat
        from kpupalu.naskah.models import JenisNaskah

        jumlah = muat_aturan(DATA / "aturan.csv")
        jumlah += tambah_yang_belum_ada(JenisNaskah, DATA / "jenis_naskah.csv", "kode", "berlaku_mulai")
        return jumlah + tambah_yang_belum_ada(AturanTenggat, DATA / "tenggat.csv", "kode", "mulai")
