"""Delete expired exports and old prints now, as the clock does every night."""

from django.core.management.base import BaseCommand

from pdpb.actions.pembersihan import bersihkan


class Command(BaseCommand):
    help = (
        "Menghapus ekspor yang lewat dan cetakan lama; naskah terdaftar tidak disentuh. "
        "Contoh: manage.py bersihkan_berkas --uji-coba"
    )

    def add_arguments(self, parser) -> None:
        """``--uji-coba`` only counts."""
        parser.add_argument("--uji-coba", action="store_true", help="Hanya menghitung; tidak ada yang dihapus.")

    def handle(self, *args, uji_coba: bool, **options) -> None:
        """Print one line: what went, or would go."""
        hasil = bersihkan(uji_coba=uji_coba)
        self.stdout.write(f"{'Uji coba: ' if uji_coba else ''}{hasil}.")
