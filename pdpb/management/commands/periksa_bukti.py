"""Check files of proof: does what they show come from the roll whose root is signed."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from python_calamine import CalamineError, CalamineWorkbook

from kpupalu.imports.batas import MB
from kpupalu.lib import Refused
from pdpb.bukti import HasilBaris, HasilSalinan, baca, tampil_salinan
from pdpb.pohon import nilai

MAKS_BERKAS = 512 * MB
_KEPALA_LEMBAR = 4


class Command(BaseCommand):
    help = (
        "Memeriksa berkas bukti terdaftar dan berkas bukti salinan. Contoh: manage.py periksa_bukti bukti.json. Dengan "
        "--akar SIDIK (dari berita acara) basis data tidak dibaca. Dengan --lembar Talise.xlsx baris salinan juga "
        "dicocokkan dengan lembar kerjanya. Keluaran JSON; kode keluar 0 semua cocok, 1 ada yang tidak cocok, 2 berkas "
        "tidak dapat dibaca."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        """Files; the root to hold them against; a spreadsheet to hold the rows of a single copy against."""
        parser.add_argument("berkas", nargs="+", type=Path, metavar="BERKAS.json")
        parser.add_argument("--akar", metavar="SIDIK", help="akar dari berita acara, 64 angka heksadesimal")
        parser.add_argument("--lembar", type=Path, metavar="SALINAN.xlsx", help="lembar kerja dari salinan itu")

    def handle(self, *args, berkas: list[Path], akar: str | None, lembar: Path | None, **options) -> None:
        """JSON array on stdout in the order given; on unusable input exit 2 and one sentence, nothing written."""
        if lembar and len(berkas) > 1:
            raise CommandError("Periksa satu berkas bukti untuk satu lembar kerja.", returncode=2)
        semua = [(satu.name, _baca(satu)) for satu in berkas]
        keluaran = [_jawaban(nama, hasil, (akar or "").strip().lower()) for nama, hasil in semua]
        if lembar:
            keluaran[0] |= _cocokkan_lembar(semua[0][1], lembar)
        self.stdout.write(json.dumps(keluaran, ensure_ascii=False, indent=1))
        if any(satu["hasil"] != "sah" or satu.get("lembar_berbeda") for satu in keluaran):
            raise SystemExit(1)


def _baca(berkas: Path) -> HasilBaris | HasilSalinan:
    try:
        if berkas.stat().st_size > MAKS_BERKAS:
            raise CommandError(f"Berkas {berkas.name} lebih besar dari 512 MB.", returncode=2)
        return baca(berkas.read_bytes())
    except OSError as galat:
        raise CommandError(f"Berkas {berkas.name} tidak dapat dibaca.", returncode=2) from galat
    except Refused as galat:
        raise CommandError(f"{berkas.name}: {galat}", returncode=2) from galat


def _jawaban(nama: str, hasil: HasilBaris | HasilSalinan, akar: str) -> dict[str, Any]:
    k = hasil.kepala
    isi: dict[str, Any] = {
        "berkas": nama,
        "hasil": _hasil(hasil, akar) if akar else nilai(hasil).kode,
        "periode": k.periode,
        "versi": k.versi,
        "akar": k.akar,
    }
    if isinstance(hasil, HasilBaris):
        return isi | {"terbuka": hasil.terbuka}
    salah = [nomor for nomor, cocok in enumerate(hasil.cocok, start=1) if not cocok]
    return isi | {"baris": len(hasil.cocok), "cocok": len(hasil.cocok) - len(salah), "tidak_cocok": salah}


def _hasil(hasil: HasilBaris | HasilSalinan, akar: str) -> str:
    if hasil.kepala.akar != akar:
        return "tidak_dikenal"
    if hasil.sah and (isinstance(hasil, HasilBaris) or hasil.cocok):
        return "sah"
    return "sebagian" if isinstance(hasil, HasilSalinan) and any(hasil.cocok) else "tidak_cocok"


def _cocokkan_lembar(hasil: HasilBaris | HasilSalinan, lembar: Path) -> dict[str, Any]:
    if not isinstance(hasil, HasilSalinan):
        raise CommandError("Lembar kerja hanya dicocokkan dengan berkas bukti salinan.", returncode=2)
    try:
        isi = CalamineWorkbook.from_path(lembar).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (OSError, CalamineError) as galat:
        raise CommandError(f"Lembar kerja {lembar.name} tidak dapat dibaca.", returncode=2) from galat
    baris = [[_sel(sel) for sel in satu[:7]] for satu in isi[_KEPALA_LEMBAR:]]
    bukti = [tampil_salinan(satu) for satu in hasil.baris]
    banyak = max(len(baris), len(bukti))
    beda = [n + 1 for n in range(banyak) if baris[n : n + 1] != bukti[n : n + 1]]
    return {"lembar": lembar.name, "lembar_berbeda": beda}


def _sel(nilai_: Any) -> str:
    if isinstance(nilai_, float) and nilai_.is_integer():
        return str(int(nilai_))
    teks = str(nilai_)
    # The apostrophe that keeps a spreadsheet from taking a text for a formula.
    return teks[1:] if teks[:1] == "'" and teks[1:2] in "=+-@\t\r" and len(teks) > 1 else teks
