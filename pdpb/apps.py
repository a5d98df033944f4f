"""Pemutakhiran Data Pemilih Berkelanjutan: the roll, its changes, the quarter and its minutes."""

from pathlib import Path

from django.apps import AppConfig

DATA = Path(__file__).parent / "data"


class PdpbConfig(AppConfig):
    name = "pdpb"
    verbose_name = "Data pemilih"

    def ready(self) -> None:
        """Tell the kernel who may do what, which work runs in the background, and what stands in the menu."""
        import pdpb.actions.naskah
        import pdpb.pekerjaan
        import pdpb.pekerjaan_cetak
        import pdpb.pekerjaan_coktas
        import pdpb.pekerjaan_ganda
        import pdpb.pekerjaan_impor
        import pdpb.pekerjaan_paket
        import pdpb.pekerjaan_sidalih  # noqa: F401 - registers runners, and the line above the completion of minutes
        from pdpb import beranda, hak, target  # noqa: F401 - the last one tells the calendar what is due

        hak.daftarkan()
        beranda.daftarkan_menu()

    def isi_awal(self) -> int:
        """Add the categories, code sets, age groups and legal numbers that are not there yet."""
        from kpupalu.aturan.benih import muat_aturan, tambah_yang_belum_ada
        from kpupalu.naskah.models import JenisNaskah
        from pdpb.models import Kategori, KelompokUsia, KodeKamus

        jumlah = muat_aturan(DATA / "aturan.csv")
        jumlah += tambah_yang_belum_ada(Kategori, DATA / "kategori.csv", "slug")
        jumlah += tambah_yang_belum_ada(JenisNaskah, DATA / "jenis_naskah.csv", "kode", "berlaku_mulai")
        jumlah += tambah_yang_belum_ada(KelompokUsia, DATA / "kelompok_usia.csv", "nama")
        return jumlah + tambah_yang_belum_ada(KodeKamus, DATA / "kamus.csv", "kamus", "kode")
