import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from kpupalu.audit.pemeriksaan import periksa
from kpupalu.audit.segel import segel_semua, tulis_titik_periksa


class Command(BaseCommand):
    help = (
        "Memeriksa rantai riwayat dan menyebut entri pertama yang rusak. "
        "Contoh: manage.py periksa_audit --titik-periksa"
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--segel", action="store_true", help="segel dahulu entri yang belum disegel")
        parser.add_argument(
            "--titik-periksa", action="store_true", help="bila utuh, tulis titik periksa di luar basis data"
        )

    def handle(self, *args, **options) -> None:
        """JSON ``{diperiksa, belum_disegel, temuan}`` on stdout; exit 0 unbroken, 1 broken, 2 unreadable."""
        if options["segel"]:
            segel_semua()
        try:
            hasil = periksa()
        except ValueError as galat:
            raise CommandError(str(galat), returncode=2) from galat
        self.stdout.write(json.dumps(asdict(hasil), ensure_ascii=False))
        if hasil.temuan:
            self.stderr.write(hasil.temuan[0].kalimat)
            sys.exit(1)
        if options["titik_periksa"]:
            self.stderr.write(tulis_titik_periksa())
