"""Letters in and out."""

from pathlib import Path

from django.apps import AppConfig

DATA = Path(__file__).parent / "data"


class SuratConfig(AppConfig):
    """Registers acts and due dates when Django starts."""

    name = "kpupalu.surat"
    label = "surat"
    verbose_name = "Surat"

    def ready(self) -> None:
        """Make the acts known to the roles, and open dates to the calendar."""
        from kpupalu.surat import cari, hak, target  # noqa: F401 - registers what is found and what is due

        hak.daftarkan()

    def isi_awal(self) -> int:
        """Add partners, codes and kinds of letters that are not there yet. Contacts of partners are the office's."""
        from kpupalu.aturan.benih import tambah_yang_belum_ada
        from kpupalu.naskah.models import JenisNaskah
        from kpupalu.surat.models import Instansi, Klasifikasi

        jumlah = tambah_yang_belum_ada(Instansi, DATA / "instansi.csv", "nama")
        if jumlah:
            provinsi = Instansi.objects.filter(nama="KPU Provinsi Sulawesi Tengah").first()
            Instansi.objects.filter(nama="KPU Republik Indonesia", melalui=None).update(melalui=provinsi)
        jumlah += tambah_yang_belum_ada(Klasifikasi, DATA / "klasifikasi.csv", "kode")
        return jumlah + tambah_yang_belum_ada(JenisNaskah, DATA / "jenis_naskah.csv", "kode", "berlaku_mulai")
