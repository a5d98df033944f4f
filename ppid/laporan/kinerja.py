"""What the public sees of the desk's work, and what the running year will come to. Nothing here points at a person."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min

from kpupalu.aturan.models import nilai_bulat
from kpupalu.lib.angka import persen
from kpupalu.lib.waktu import WITA
from ppid.laporan.angka import Masa
from ppid.laporan.permohonan import HASIL, Baris, baca, tengah
from ppid.models import Permohonan

TAHUN_TERBANYAK = 6
"""Years that the public page compares. A limit of work."""
LAIN = "Lainnya, digabung"


@dataclass(frozen=True, slots=True)
class Tahun:
    """One year for the public. *cukup*: there were enough answers to speak of a median without pointing at anybody."""

    tahun: int
    diterima: int
    dijawab: int
    cukup: bool
    median: float | None
    tepat: str
    kanal: list[tuple[str, int]]
    hasil: list[tuple[str, int]]


def gabung(sel: list[tuple[str, int]], terkecil: int) -> list[tuple[str, int]]:
    """*sel* without empty ones; those below *terkecil* are one cell, which takes the smallest other one with it as
    long as it is itself too small to stand. An empty list when even everything together is too small."""
    ada = sorted((s for s in sel if s[1]), key=lambda s: -s[1])
    besar = [s for s in ada if s[1] >= terkecil]
    lain = sum(n for _, n in ada if n < terkecil)
    while lain and lain < terkecil and besar:
        lain += besar.pop()[1]
    if lain and lain < terkecil:
        return []
    return [*besar, (LAIN, lain)] if lain else besar


def satu_tahun(tahun: int, pada: date) -> Tahun:
    """The public figures of *tahun* as of *pada*."""
    terkecil = nilai_bulat("ppid_sel_terkecil", pada=pada)
    semua = baca(Masa(tahun, pada))
    dijawab = [b for b in semua if b.hari is not None]
    cukup = len(dijawab) >= terkecil
    tepat = sum(1 for b in dijawab if not b.lewat)
    return Tahun(
        tahun=tahun,
        diterima=len(semua),
        dijawab=len(dijawab),
        cukup=cukup,
        median=tengah([b.hari or 0 for b in dijawab]) if cukup else None,
        tepat=persen(tepat, len(dijawab)) if cukup else "",
        kanal=gabung(_hitung(semua, lambda b: b.p.get_kanal_display()), terkecil),
        hasil=gabung([s for s in _hitung(semua, lambda b: b.hasil) if s[0] in HASIL], terkecil),
    )


def _hitung(semua: list[Baris], kunci) -> list[tuple[str, int]]:
    hasil: dict[str, int] = {}
    for b in semua:
        hasil[kunci(b)] = hasil.get(kunci(b), 0) + 1
    return sorted(hasil.items())


def tahun_ada(pada: date) -> list[int]:
    """The years with requests up to that of *pada*, newest first, at most ``TAHUN_TERBANYAK``."""
    awal = Permohonan.objects.aggregate(n=Min("diterima_pada"))["n"]
    if awal is None:
        return []
    return list(range(pada.year, awal.astimezone(WITA).year - 1, -1))[:TAHUN_TERBANYAK]


def ramalan(tahun: int, pada: date) -> dict[str, Any] | None:
    """What the report of the running year will say if the rest of it goes like its first part; None for other years.

    *diterima* requests at the pace so far; the share answered in time lies between *terendah* (every open one becomes
    late) and *tertinggi* (every open one that is not late yet is answered in time).
    """
    if tahun != pada.year:
        return None
    semua = baca(Masa(tahun, pada))
    hari_tahun, lalu = 366 if isleap(tahun) else 365, (pada - date(tahun, 1, 1)).days + 1
    dijawab = [b for b in semua if b.hari is not None]
    terbuka = [b for b in semua if b.p.status in Permohonan.TERBUKA]
    tepat = sum(1 for b in dijawab if not b.lewat)
    sempat = sum(1 for b in terbuka if not b.lewat)
    dasar = len(dijawab) + len(terbuka)
    return {
        "sejauh_ini": len(semua),
        "diterima": round(len(semua) * hari_tahun / lalu),
        "terbuka": len(terbuka),
        "terendah": persen(tepat, dasar),
        "tertinggi": persen(tepat + sempat, dasar),
        "median": tengah([b.hari or 0 for b in dijawab]),
        "ada": dasar > 0,
    }
