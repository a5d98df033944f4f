from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from kpupalu.accounts.peran import HAK, PERAN, siapkan_peran
from kpupalu.accounts.tabel import AKHIR, AWAL, tabel_hak


class Command(BaseCommand):
    help = "Menyamakan grup dan hak di basis data dengan daftar peran. Contoh: manage.py siapkan_peran"

    def add_arguments(self, parser) -> None:
        parser.add_argument("--tabel", type=Path, help="tulis tabel peran × tindakan ke berkas ini saja")

    def handle(self, *args, **options) -> None:
        """Write the groups, or with --tabel only the table between its two marks."""
        if berkas := options["tabel"]:
            awal, _, sisa = berkas.read_text("utf-8").partition(AWAL)
            akhir = sisa.partition(AKHIR)[2]
            berkas.write_text(f"{awal}{AWAL}\n{tabel_hak()}\n{AKHIR}{akhir}", "utf-8")
            return
        with transaction.atomic():
            siapkan_peran()
        self.stderr.write(f"{len(PERAN)} peran dan {len(HAK)} hak sudah sesuai.")
