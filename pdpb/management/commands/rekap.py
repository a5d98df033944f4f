"""The recap of one period as JSON, in the schema of the published recaps."""

import json

from django.core.management.base import BaseCommand, CommandError

from pdpb.models import Periode, Snapshot
from pdpb.publik import rekap_json
from pdpb.rekap import rekap, rekap_beku


class Command(BaseCommand):
    help = "Rekapitulasi satu periode sebagai JSON. Contoh: manage.py rekap --periode 2026-TW4 --versi 1"

    def add_arguments(self, parser) -> None:
        """``--periode`` in any case; ``--versi`` for one frozen version."""
        parser.add_argument("--periode", required=True)
        parser.add_argument("--versi", type=int)

    def handle(self, *args, periode: str, versi: int | None, **options) -> None:
        """Print the document; exit 2 with one sentence when the period or version does not exist."""
        satu = Periode.objects.filter(pk=periode.lower()).first()
        if satu is None:
            ada = ", ".join(Periode.objects.values_list("pk", flat=True)) or "belum ada"
            raise CommandError(f"Periode {periode} tidak ada. Yang ada: {ada}.", returncode=2)
        if versi is None:
            data = rekap(satu)
        else:
            beku = Snapshot.objects.filter(periode=satu, versi=versi).first()
            if beku is None:
                raise CommandError(f"{satu.nama} tidak mempunyai versi {versi}.", returncode=2)
            data = rekap_beku(beku)
        self.stdout.write(json.dumps(rekap_json(data), ensure_ascii=False, indent=2))
