"""Walk the database and say what does not hold; exit 1 when something does not."""

import sys

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from kpupalu.naskah.models import Naskah
from pdpb.daftar import hitung_ulang_sel
from pdpb.digest import daun_rusak, hitung_digest
from pdpb.invarian import gagal, periksa
from pdpb.kunci import kunci_daftar
from pdpb.models import Periode, Snapshot
from pdpb.pohon import pohon_rusak
from pdpb.rekap import rekap, rekap_dari_baris

_LEPAS = {
    "perubahan disetujui tanpa akibat pada daftar": """
        SELECT count(*) FROM pdpb_perubahan WHERE status IN ('disetujui', 'ditetapkan')
        AND ((jenis <> 'tms' AND versi_baru_id IS NULL) OR (jenis <> 'baru' AND versi_lama_id IS NULL))""",
    "perubahan belum disetujui yang menyentuh daftar": """
        SELECT count(*) FROM pdpb_perubahan WHERE status NOT IN ('disetujui', 'ditetapkan')
        AND (versi_baru_id IS NOT NULL OR versi_lama_id IS NOT NULL)""",
    "pengusul sekaligus penyetuju": """
        SELECT count(*) FROM pdpb_perubahan WHERE pengusul_id IN (penyetuju_id, verifikator_id)""",
    "TPS di luar kelurahan barisnya": """
        SELECT count(*) FROM pdpb_pendaftaran v JOIN wilayah_tps t ON t.id = v.tps_id
        WHERE t.kelurahan_id <> v.kelurahan_id""",
}


class Command(BaseCommand):
    help = "Memeriksa semua yang harus selalu benar. Contoh: manage.py check_invariants"

    def add_arguments(self, parser) -> None:
        """``--perbaiki`` recounts the summary, which is derived; nothing else is ever repaired by machine."""
        parser.add_argument("--perbaiki", action="store_true", help="Hitung ulang ringkasan dari baris daftar.")

    def handle(self, *args, perbaiki: bool, **options) -> None:
        """Print one line per thing that does not hold."""
        if perbaiki:
            with transaction.atomic():
                kunci_daftar()
                self.stderr.write(f"Sel ringkasan yang dibetulkan: {hitung_ulang_sel()}")
        masalah = [*self._lepas(), *self._periode(), *self._snapshot(), *self._naskah()]
        for kalimat in masalah:
            self.stdout.write(kalimat)
        self.stderr.write(f"{len(masalah)} masalah ditemukan.")
        if masalah:
            sys.exit(1)

    def _lepas(self):
        with connection.cursor() as cursor:
            for nama, sql in _LEPAS.items():
                cursor.execute(sql)
                if n := cursor.fetchone()[0]:
                    yield f"{nama}: {n}"

    def _periode(self):
        for periode in Periode.objects.all():
            data = rekap_dari_baris(periode) if periode.status == Periode.Status.TERBUKA else rekap(periode)
            for p in gagal(periksa(data)):
                yield f"{periode.pk} {p.kode} {p.wilayah}: {p.aturan}, selisih {p.selisih}"

    def _snapshot(self):
        for snapshot in Snapshot.objects.all():
            if n := daun_rusak(snapshot):
                yield f"{snapshot}: {n} baris tidak lagi sama dengan daunnya"
            if hitung_digest(snapshot) != snapshot.digest:
                yield f"{snapshot}: sidik tidak cocok"
            if rusak := pohon_rusak(snapshot):
                yield f"{snapshot}: {rusak}"

    def _naskah(self):
        for naskah in Naskah.objects.exclude(siap_pada=None):
            if naskah.terbaru is None:
                yield f"Naskah {naskah.nomor} siap tetapi tidak berberkas"
