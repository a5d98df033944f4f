from django.core.management.base import BaseCommand
from django.db import transaction

from kpupalu.accounts.peran import HAK, PERAN, siapkan_peran


class Command(BaseCommand):
    help = "Menyamakan grup dan hak di basis data dengan daftar peran. Contoh: manage.py siapkan_peran"

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        siapkan_peran()
        self.stderr.write(f"{len(PERAN)} peran dan {len(HAK)} hak sudah sesuai.")
