"""Judge PDF files by their signatures and, where it can be reached, the office's register."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from kpupalu.naskah.periksa import (
    UKURAN_TERBESAR,
    Hasil,
    HasilKata,
    Kepercayaan,
    Terdaftar,
    kepercayaan_dari_berkas,
    kepercayaan_kantor,
    periksa,
    potongan,
)

_BAIK = {HasilKata.SAH, HasilKata.SAH_BASAH, HasilKata.SAH_LAMA}


class Command(BaseCommand):
    help = (
        "Memeriksa tanda tangan berkas PDF. Contoh: manage.py verifikasi berita-acara.pdf --akar akar.pem. "
        "Keluaran JSON; kode keluar 0 semua sah, 1 ada temuan, 2 berkas tidak dapat dibaca."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("berkas", nargs="+", type=Path, metavar="BERKAS.pdf")
        parser.add_argument(
            "--akar",
            action="append",
            type=Path,
            default=[],
            help="sertifikat akar yang dipercaya (PEM atau DER); tanpa ini dipakai akar milik kantor",
        )
        parser.add_argument(
            "--tanpa-daftar", action="store_true", help="jangan tanya daftar naskah; hanya tanda tangan"
        )

    def handle(self, *args, **options) -> None:
        """JSON array on stdout in the order given; exit 0 all sah, 1 findings, 2 unusable input."""
        isi = [(berkas.name, _baca(berkas)) for berkas in options["berkas"]]
        kepercayaan = _kepercayaan(options["akar"])
        keluaran, baik = [], True
        for nama, pdf in isi:
            terdaftar, ditanya = (None, False) if options["tanpa_daftar"] else _terdaftar(pdf)
            hasil = periksa(pdf, terdaftar=terdaftar, kepercayaan=kepercayaan, daftar_ditanya=ditanya)
            keluaran.append(_baris(nama, hasil))
            baik = baik and hasil.hasil in _BAIK
        self.stdout.write(json.dumps(keluaran, ensure_ascii=False, indent=2))
        if not baik:
            sys.exit(1)


def _baca(berkas: Path) -> bytes:
    try:
        with berkas.open("rb") as sumber:
            return sumber.read(UKURAN_TERBESAR + 1)
    except OSError as galat:
        raise CommandError(f"Berkas {berkas} tidak dapat dibaca.", returncode=2) from galat


def _kepercayaan(akar: list[Path]) -> Kepercayaan:
    """The named roots alone, or the office's own."""
    if not akar:
        return kepercayaan_kantor()
    try:
        return kepercayaan_dari_berkas(*akar)
    except (OSError, ValueError) as galat:
        raise CommandError("Berkas sertifikat akar tidak dapat dibaca.", returncode=2) from galat


def _terdaftar(pdf: bytes) -> tuple[Terdaftar | None, bool]:
    """What the register knows of *pdf*, and whether it could be asked at all."""
    from kpupalu.naskah.catatan import terdaftar_untuk

    connection.settings_dict.setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
    try:
        return terdaftar_untuk(potongan(pdf)), True
    except DatabaseError:
        return None, False


def _baris(nama: str, hasil: Hasil) -> dict:
    return {
        "berkas": nama,
        "hasil": hasil.hasil.value,
        "kalimat": hasil.kalimat,
        "penanda_tangan": [asdict(satu) for satu in hasil.penanda],
        "revisi": hasil.revisi,
        "sha256": hasil.sha256,
        "catatan": list(hasil.catatan),
    }
