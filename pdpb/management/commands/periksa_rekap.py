"""Examine recaps in the schema of the published ones: what does not add up, where, and why."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kpupalu.lib import Refused
from pdpb.selisih import MAKS_BERKAS, Dokumen, baca, gagal, periksa


class Command(BaseCommand):
    help = (
        "Memeriksa rekap: identitas mana yang tidak terpenuhi, di mana, berapa selisihnya, dan sebab yang mungkin. "
        "Contoh: manage.py periksa_rekap rekap-2026-tw4.json. Beberapa berkas dari satu wilayah juga dicocokkan "
        "antarperiode. Keluaran JSON; kode keluar 0 semua terpenuhi (catatan kewajaran boleh ada), 1 ada yang tidak "
        "terpenuhi, 2 berkas tidak dapat dibaca."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """One file or several; no database is asked."""
        parser.add_argument("berkas", nargs="+", type=Path, metavar="BERKAS.json")

    def handle(self, *args, berkas: list[Path], **options) -> None:
        """JSON array on stdout in the order given; on unusable input exit 2 and one sentence, nothing written."""
        isi = [_baca(satu) for satu in berkas]
        semua = iter(periksa([dok for milik in isi for dok in milik]))
        hasil = [[temuan for _ in milik for temuan in next(semua)] for milik in isi]
        keluaran = [
            {"berkas": satu.name, "temuan": [p.sebagai_json() for p in temuan]}
            for satu, temuan in zip(berkas, hasil, strict=True)
        ]
        self.stdout.write(json.dumps(keluaran, ensure_ascii=False, indent=1))
        if any(gagal(temuan) for temuan in hasil):
            raise SystemExit(1)


def _baca(berkas: Path) -> list[Dokumen]:
    try:
        with berkas.open("rb") as sumber:
            isi = sumber.read(MAKS_BERKAS + 1)
    except OSError as galat:
        raise CommandError(f"Berkas {berkas.name} tidak dapat dibaca.", returncode=2) from galat
    try:
        return baca(isi, f"Berkas {berkas.name}")
    except Refused as galat:
        raise CommandError(str(galat), returncode=2) from galat
