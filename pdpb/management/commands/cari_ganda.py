"""``cari_ganda``: the pairs of rows that may be one voter, as CSV."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from kpupalu.audit.catatan import catat
from pdpb.ganda.bandingan import Pasangan
from pdpb.ganda.pencarian import cari_semua, cari_untuk
from pdpb.models import Pendaftaran, Periode

KEPALA = ["dpid_a", "dpid_b", "nik_a", "nik_b", "kelas", "tingkat", "skor", "alasan"]


class Command(BaseCommand):
    """Without ``--semua``: the pairs in which a row is new, its version opened by a change or list of the open period.

    Exit 0 nothing found, 1 pairs found, 2 nothing could be searched or written.
    """

    help = (
        "Mencari data ganda dan menulis pasangannya sebagai CSV. "
        "Contoh: manage.py cari_ganda --semua --keluar pasangan.csv"
    )

    def add_arguments(self, parser) -> None:
        """``--semua`` compares the whole roll instead of what changed."""
        parser.add_argument("--semua", action="store_true", help="seluruh daftar, bukan hanya yang berubah")
        parser.add_argument("--keluar", type=Path, required=True, help="berkas CSV yang ditulis")

    def handle(self, *args: Any, semua: bool, keluar: Path, **pilihan: Any) -> None:
        """Write the CSV best pair first; how many of each level goes to stderr."""
        if keluar.is_dir() or not keluar.absolute().parent.is_dir():
            raise CommandError(f"Berkas {keluar.name} tidak dapat ditulis: foldernya tidak ada.", returncode=2)
        pasangan = cari_semua(self._lapor) if semua else cari_untuk(self._berubah())
        try:
            with keluar.open("w", encoding="utf-8", newline="") as tujuan:
                tulis = csv.writer(tujuan, lineterminator="\n")
                tulis.writerow(KEPALA)
                tulis.writerows(_baris(pasangan))
        except OSError as galat:
            raise CommandError(f"Berkas {keluar.name} tidak dapat ditulis: {galat.strerror}.", returncode=2) from None
        # The file carries NIK: that it was written is part of the history, whoever called the command.
        catat(
            "pdpb.cari_ganda", None, oleh=None, jumlah=len(pasangan), kalimat="Daftar pasangan ganda ditulis ke berkas"
        )
        jumlah = {t: sum(p.tingkat == t for p in pasangan) for t in ("Pasti", "Kuat", "Mungkin")}
        self.stderr.write(", ".join(f"{t}: {n}" for t, n in jumlah.items()))
        if pasangan:
            raise SystemExit(1)

    def _berubah(self) -> list[int]:
        terbuka = Periode.objects.filter(status=Periode.Status.TERBUKA)
        if not terbuka:
            raise CommandError("Tidak ada periode terbuka. Cari di seluruh daftar dengan --semua.", returncode=2)
        versi = Pendaftaran.objects.aktif().filter(Q(dibuka__periode__in=terbuka) | Q(batch__periode__in=terbuka))
        return list(versi.values_list("pemilih_id", flat=True))

    def _lapor(self, selesai: int, total: int, langkah: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"{selesai * 100 // max(total, 1):3d} % {langkah}")


def _baris(pasangan: Iterable[Pasangan]) -> Iterator[list[object]]:
    ids = {i for p in pasangan for i in (p.a, p.b)}
    versi = Pendaftaran.objects.aktif().filter(pemilih__in=ids)
    siapa = {i: (dpid, nik) for i, dpid, nik in versi.values_list("pemilih_id", "pemilih__dpid", "identitas__nik")}
    for p in pasangan:
        (dpid_a, nik_a), (dpid_b, nik_b) = siapa[p.a], siapa[p.b]
        yield [dpid_a, dpid_b, nik_a, nik_b, p.kelas, p.tingkat, p.skor, "; ".join(p.alasan)]
