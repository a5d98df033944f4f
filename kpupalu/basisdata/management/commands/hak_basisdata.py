"""``manage.py hak_basisdata``: the rights of the application's database role."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kpupalu.basisdata.hak import beri_hak
from kpupalu.lib import Refused


class Command(BaseCommand):
    help = (
        "Memberi peran basis data aplikasi haknya: semua tabel, kecuali mengubah dan menghapus riwayat. Dijalankan "
        "oleh pemilik basis data sesudah setiap migrasi. Contoh: manage.py hak_basisdata --peran kantor_aplikasi"
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--peran", default=settings.PERAN_APLIKASI, help="nama peran; bawaan PERAN_APLIKASI")

    def handle(self, *args, **options) -> None:
        """The role exists with the password of ``SANDI_APLIKASI`` (if set) and holds exactly its rights."""
        peran = options["peran"]
        if not peran:
            raise CommandError("Peran belum disebut. Isi PERAN_APLIKASI atau beri --peran.", returncode=2)
        try:
            terlindung = beri_hak(peran, sandi=settings.SANDI_APLIKASI)
        except Refused as galat:
            raise CommandError(str(galat)) from galat
        self.stdout.write(f"{peran}: hak diberikan. Riwayat yang hanya dapat ditambah:")
        for tabel, (ubah, hapus) in terlindung.items():
            larangan = " dan ".join(["diubah"] * ubah + ["dihapus"] * hapus)
            self.stdout.write(f"  {tabel}: tidak dapat {larangan}")
