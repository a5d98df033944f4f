"""The whole system on one machine with an invented office, its main job done once."""

import multiprocessing
import secrets
import shutil
import sys
import time
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from kpupalu.demo.layanan import GagalMulai, Layanan
from kpupalu.demo.lingkungan import tempat
from kpupalu.lib.pungut import jarangkan_pemungut

_HURUF = "abcdefghjkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = "Menjalankan kantor contoh di satu mesin. Contoh: manage.py demo --sekali"

    def add_arguments(self, parser) -> None:
        """``--sekali`` ends after the main job; ``--ulang`` begins anew; ``--port`` for the web server."""
        parser.add_argument("--sekali", action="store_true", help="Kerjakan tugas utama lalu berhenti.")
        parser.add_argument("--ulang", action="store_true", help="Hapus data contoh dan mulai dari awal.")
        parser.add_argument(
            "--port", type=int, default=None, help="Porta web; bila kosong 8000 atau yang bebas berikutnya."
        )

    def handle(self, *args, sekali: bool, ulang: bool, port: int | None, **options) -> None:
        """Start, fill, do the main job if it is not done yet, tell, serve."""
        if not settings.MODE_CONTOH:
            raise CommandError("Perintah demo hanya untuk kantor contoh. Hapus variabel lingkungan kantor sungguhan.")
        self.mulai = time.monotonic()
        try:
            with Layanan("demo") as layanan:
                self._jalankan(layanan, sekali=sekali, ulang=ulang, port=port)
        except GagalMulai as galat:
            raise CommandError(str(galat)) from galat

    def _jalankan(self, layanan: Layanan, *, sekali: bool, ulang: bool, port: int | None) -> None:
        if ulang:
            layanan.kosongkan()
            shutil.rmtree(_kiriman(), ignore_errors=True)
        self.cerita("Menyalakan database dan antrean")
        layanan.database()
        layanan.antrean()
        # The files know no database, so another processor can write them while the tables are made.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as samping:
            kiriman = samping.submit(_buat_kiriman) if not (_kiriman() / _TERAKHIR).exists() else None
            self.cerita("Menyiapkan tabel")
            # Migrations make every model anew dozens of times; half of their time would go into looking for garbage.
            jarangkan_pemungut()
            call_command("migrate", verbosity=0)
            call_command("isi_awal", stderr=_Bisu())
            layanan.worker()
            alamat = "" if sekali else layanan.web(port)
            hasil = self._isi(kiriman)
        layanan.siap()
        self._ceritakan(hasil, alamat)
        if not sekali:
            self.stdout.write("Tekan Ctrl-C untuk berhenti.")
            layanan.tunggu()

    def _isi(self, kiriman: Future[None] | None):
        """The demo office stands and its main job is done; what was half done by an interrupted demo begins anew."""
        from kpupalu.demo import kantor, lapor, layanan_informasi, sosialisasi, tugas
        from pdpb.models import Periode

        if Periode.objects.filter(status=Periode.Status.DIUMUMKAN).exists():
            tugas.buka_berikutnya()
            return tugas.hasil_terakhir()
        if Periode.objects.exists():
            raise CommandError("Demo sebelumnya terhenti di tengah. Mulai lagi dengan `make demo-ulang`.")
        self.cerita(f"Akun contoh: {kantor.buat_kantor(sandi=_rahasia('sandi'))}")
        kantor.buat_kunci_tanda_tangan(sandi=_rahasia("frasa"))
        self.cerita("Membuat berkas pemilih rekaan, 274.293 orang")
        if kiriman is None:
            _buat_kiriman()
        else:
            kiriman.result()
        hasil = tugas.kerjakan(_kiriman(), sandi_tanda_tangan=_rahasia("frasa"), cerita=self.cerita)
        tugas.buka_berikutnya()
        lapor.isi_tanggapan()
        layanan_informasi.isi_permohonan(frasa=_rahasia("frasa"))
        sosialisasi.isi_contoh()
        return hasil

    def cerita(self, kalimat: str) -> None:
        """One line of progress with the seconds since the start."""
        self.stdout.write(f"[{time.monotonic() - self.mulai:5.1f} dtk] {kalimat}")
        sys.stdout.flush()

    def _ceritakan(self, hasil, alamat: str) -> None:
        from kpupalu.accounts.peran import PERAN
        from kpupalu.demo.pembangkit.orang_kantor import ORANG_KANTOR

        self.stdout.write("")
        self.stdout.write("CONTOH – BUKAN DOKUMEN RESMI. Semua orang dalam kantor ini rekaan.")
        self.stdout.write(f"Akun (kata sandi semua akun: {_rahasia('sandi')}):")
        for orang in ORANG_KANTOR:
            self.stdout.write(f"  {orang.username:<22} {PERAN[orang.peran].label:<44} {orang.nama_lengkap}")
        self.stdout.write(f"Frasa sandi tanda tangan anggota: {_rahasia('frasa')}")
        self.stdout.write("Kuki demo lebih lemah daripada di kantor sungguhan karena tanpa TLS.")
        self.stdout.write(
            f"Berkas yang diterima kantor, untuk dicoba pada triwulan yang terbuka: {tempat('demo').folder / 'kiriman'}"
        )
        self.stdout.write(f"Pemilih: {hasil.pemilih:,}".replace(",", "."))
        self.stdout.write(f"Berita acara {hasil.nomor}: {hasil.pdf}")
        self.stdout.write(f"Verifikasi: {hasil.url_verifikasi}")
        if alamat:
            self.stdout.write(f"Buka: {alamat}")


_TERAKHIR = "kebenaran.json"
"""What the generator writes last: a folder that has it is whole."""


def _kiriman() -> Path:
    """The folder of the files that the demo office received."""
    return tempat("demo").folder / "kiriman"


def _buat_kiriman() -> None:
    """The invented files lie in their folder, whole, and nothing else does."""
    from kpupalu.demo.pembangkit import buat
    from kpupalu.demo.pembangkit.masa import BERJALAN, SELESAI

    shutil.rmtree(_kiriman(), ignore_errors=True)
    buat(_kiriman(), masa=SELESAI, lanjutan=BERJALAN)


def _rahasia(nama: str) -> str:
    """A secret of this demo office, drawn once and kept in its folder for the owner alone."""
    berkas: Path = tempat("demo").folder / f"{nama}.txt"
    if not berkas.exists():
        kata = "-".join("".join(secrets.choice(_HURUF) for _ in range(4)) for _ in range(4))
        berkas.touch(mode=0o600)
        berkas.write_text(kata, encoding="ascii")
    return berkas.read_text(encoding="ascii")


class _Bisu:
    """A stream that keeps nothing."""

    def write(self, _teks: str) -> None:
        """Drop the text."""
