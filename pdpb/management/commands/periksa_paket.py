"""Check packages of closed quarters: is everything there that the manifest names, unchanged, and nothing else?"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from kpupalu.naskah.periksa import HasilKata, Kepercayaan, kepercayaan_kantor, periksa, potongan
from pdpb.paket.manifes import Entri
from pdpb.paket.pemeriksaan import BukanPaket, HasilPaket, periksa_paket

_BAIK = {HasilKata.SAH, HasilKata.SAH_BASAH, HasilKata.SAH_LAMA}


class Command(BaseCommand):
    help = (
        "Memeriksa paket triwulan: setiap berkas terhadap manifesnya, dan bila daftar kantor terjangkau juga sidik "
        "manifes dan tanda tangan naskahnya. Contoh: manage.py periksa_paket paket-2026-tw3-01.zip. Dengan --sidik "
        "(dari halaman pengumuman) manifes dicocokkan tanpa basis data. Keluaran JSON; kode keluar 0 tidak ada temuan, "
        "1 ada temuan, 2 berkas tidak dapat dibaca."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """Files; the digest they must have; whether to leave the office's register alone."""
        parser.add_argument("berkas", nargs="+", type=Path, metavar="BERKAS.zip")
        parser.add_argument("--sidik", metavar="SIDIK", help="sidik manifes yang diumumkan, 64 angka heksadesimal")
        parser.add_argument("--tanpa-daftar", action="store_true", help="jangan tanya daftar kantor")

    def handle(self, *args, berkas: list[Path], sidik: str | None, tanpa_daftar: bool, **options) -> None:
        """JSON array on stdout in the order given; on unusable input exit 2 and one sentence, nothing written."""
        sidik = (sidik or "").strip().lower()
        if sidik and (len(sidik) != 64 or set(sidik) - set("0123456789abcdef")):
            raise CommandError("Isi --sidik dengan 64 angka heksadesimal dari halaman pengumuman.", returncode=2)
        daftar = Daftar(ditanya=not tanpa_daftar)
        try:
            keluaran = [_periksa(satu, sidik, daftar) for satu in berkas]
        except BukanPaket as galat:
            raise CommandError(str(galat), returncode=2) from galat
        self.stdout.write(json.dumps(keluaran, ensure_ascii=False, indent=1))
        if any(satu["temuan"] for satu in keluaran):
            raise SystemExit(1)


class Daftar:
    """The office's register while it answers; once it does not, nobody waits for it again."""

    def __init__(self, *, ditanya: bool) -> None:
        self.ada = ditanya and self._terjangkau()
        self.kepercayaan: Kepercayaan | None = kepercayaan_kantor() if self.ada else None

    @staticmethod
    def _terjangkau() -> bool:
        connection.settings_dict.setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
        try:
            connection.ensure_connection()
        except DatabaseError:
            return False
        return True

    def terdaftar(self, sidik: str) -> str | None:
        """Number of the package whose manifest has the digest *sidik*, "" if none; None when it cannot be asked."""
        from pdpb.models import PaketPeriode

        if not self.ada:
            return None
        try:
            paket = PaketPeriode.objects.filter(sidik_manifes=sidik).order_by("-urut").first()
        except DatabaseError:
            self.ada = False
            return None
        return paket.nomor if paket else ""

    def nilai(self, entri: Entri, pdf: bytes) -> str:
        """What is wrong with the signed document *pdf* by the register, "" when it is good or cannot be asked."""
        from kpupalu.naskah.catatan import terdaftar_untuk

        if not self.ada or self.kepercayaan is None:
            return ""
        try:
            terdaftar = terdaftar_untuk(potongan(pdf))
        except DatabaseError:
            self.ada = False
            return ""
        hasil = periksa(pdf, terdaftar=terdaftar, kepercayaan=self.kepercayaan)
        return "" if hasil.hasil in _BAIK else f"{hasil.hasil.value}: {hasil.kalimat}"


def _periksa(berkas: Path, sidik: str, daftar: Daftar) -> dict[str, Any]:
    hasil = periksa_paket(berkas, nilai=daftar.nilai if daftar.ada else None)
    terdaftar = daftar.terdaftar(hasil.sidik_manifes) if hasil.sidik_manifes else None
    if hasil.sidik_manifes and sidik and hasil.sidik_manifes != sidik:
        hasil.catat("sidik_lain", "", "Sidik manifes tidak sama dengan sidik yang diberikan.")
    elif terdaftar == "":
        hasil.catat("tidak_terdaftar", "", "Sidik manifes ini tidak tercatat di kantor.")
    cocok = bool(hasil.sidik_manifes) and (sidik == hasil.sidik_manifes or bool(terdaftar))
    return {
        "berkas": berkas.name,
        "hasil": "tidak_sah" if hasil.temuan else "sah" if cocok else "utuh",
        "sidik_manifes": hasil.sidik_manifes or None,
        "terdaftar": terdaftar or None,
        "daftar_ditanya": terdaftar is not None,
        **_kepala(hasil),
        "jumlah_berkas": hasil.jumlah,
        "temuan": [satu._asdict() for satu in hasil.temuan],
    }


def _kepala(hasil: HasilPaket) -> dict[str, Any]:
    periode, kurang = hasil.kepala.get("periode"), hasil.kepala.get("tidak_ada")
    return {
        "periode": periode.get("kode") if isinstance(periode, dict) else None,
        "tidak_ada": [k["uraian"] for k in kurang if isinstance(k, dict) and isinstance(k.get("uraian"), str)]
        if isinstance(kurang, list)
        else [],
    }
