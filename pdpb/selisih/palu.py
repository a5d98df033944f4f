"""What is officially known of Kota Palu: its areas, and the figures published for the whole city over the years."""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kpupalu.wilayah.apps import DATA as DATA_WILAYAH

KODE_PALU = "72.71"
_DERET = Path(__file__).parents[1] / "data" / "deret_pemilih.csv"


class Terbit(NamedTuple):
    """One figure published for the whole city, and what it was the figure of."""

    tanggal: date
    sebut: str
    pemilih: int


@cache
def resmi(kode_wilayah: str, tingkat: str) -> dict[str, str]:
    """Code → name of every kecamatan or kelurahan of Palu; empty for any other area or level."""
    if kode_wilayah != KODE_PALU:
        return {}
    with (DATA_WILAYAH / "wilayah.csv").open(encoding="utf-8", newline="") as berkas:
        return {b["kode_kemendagri"]: b["nama"] for b in csv.DictReader(berkas) if b["tingkat"] == tingkat}


@cache
def deret(kode_wilayah: str) -> tuple[Terbit, ...]:
    """The published figures of Palu, oldest first; empty for any other area."""
    if kode_wilayah != KODE_PALU:
        return ()
    with _DERET.open(encoding="utf-8", newline="") as berkas:
        return tuple(
            Terbit(date.fromisoformat(b["tanggal"]), b["sebut"], int(b["pemilih"]))
            for b in csv.DictReader(berkas, delimiter=";")
        )
