"""Fill the reference tables of a new installation. Run after each migrate; it only adds what is missing."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction


class Command(BaseCommand):
    help = "Mengisi tabel acuan (wilayah, aturan, kategori). Aman diulang. Contoh: manage.py isi_awal"

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        """Call ``isi_awal`` of each installed app that has one, in the order of INSTALLED_APPS."""
        for config in apps.get_app_configs():
            if isi := getattr(config, "isi_awal", None):
                jumlah = isi()
                self.stderr.write(f"{config.verbose_name}: {jumlah} baris acuan ditambahkan.")
