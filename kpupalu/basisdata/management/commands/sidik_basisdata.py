"""``manage.py sidik_basisdata``: what the database holds, and whether a restored one holds the same."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kpupalu.basisdata.sidik import bandingkan, sidik_tabel
from kpupalu.lib.waktu import WITA, sekarang


class Command(BaseCommand):
    help = (
        "Menulis jumlah baris dan sidik setiap tabel sebagai JSON, atau membandingkannya dengan berkas yang ditulis "
        "sebelumnya (kode keluar 1 bila berbeda). Contoh: manage.py sidik_basisdata > sidik.json"
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--bandingkan", type=Path, metavar="BERKAS", help="JSON dari perintah ini; - untuk stdin")

    def handle(self, *args, **options) -> None:
        """JSON on stdout: ``{waktu, tabel}``, and with ``--bandingkan`` also ``{semula, sama, beda}``."""
        semula = self._baca(options["bandingkan"]) if options["bandingkan"] else None
        isi: dict = {"waktu": sekarang().astimezone(WITA).isoformat(), "tabel": sidik_tabel()}
        if semula is not None:
            beda = bandingkan(semula["tabel"], isi["tabel"])
            isi |= {
                "semula": semula["waktu"],
                "sama": not beda,
                "beda": [{"tabel": b.tabel, "semula": b.baris_semula, "kini": b.baris_kini} for b in beda],
            }
        self.stdout.write(json.dumps(isi, ensure_ascii=False, indent=1))
        if semula is not None and not isi["sama"]:
            sys.exit(1)

    @staticmethod
    def _baca(berkas: Path) -> dict:
        try:
            isi = json.loads(sys.stdin.read() if str(berkas) == "-" else berkas.read_text(encoding="utf-8"))
            isi["waktu"], isi["tabel"].items()
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as galat:
            raise CommandError(f"{berkas.name} bukan berkas sidik. Buat dengan perintah ini.", returncode=2) from galat
        return isi
