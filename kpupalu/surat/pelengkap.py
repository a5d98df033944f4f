"""What a work area adds to a letter about its own object: the table behind it, and whether it may still go out."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kpupalu.surat.models import SuratKeluar


@dataclass(frozen=True, slots=True)
class Tabel:
    """A table behind the letter: its heading, the heads of its columns, rows of plain text, a closing sentence."""

    judul: str
    kepala: Sequence[str]
    baris: Sequence[Sequence[str]]
    catatan: str = ""


Pelengkap = Callable[[SuratKeluar], Tabel | None]
_pelengkap: dict[str, Pelengkap] = {}


def daftarkan_pelengkap(label: str) -> Callable[[Pelengkap], Pelengkap]:
    """Decorator: the function answers for letters about objects of *label* (``app.model``).

    It gives the table of a letter, or None, and raises Refused when the letter no longer fits its object. Such
    letters hold personal data: opening one is logged.
    """

    def daftar(fungsi: Pelengkap) -> Pelengkap:
        _pelengkap[label] = fungsi
        return fungsi

    return daftar


def tabel(surat: SuratKeluar) -> dict[str, Any] | None:
    """The table behind *surat* as plain JSON, None without one. Refuses what the work area refuses."""
    fungsi = _pelengkap.get(surat.subjek_label)
    hasil = fungsi(surat) if fungsi else None
    return {**asdict(hasil), "baris": [list(map(str, b)) for b in hasil.baris]} if hasil else None


def perlu_dicatat_baca(surat: SuratKeluar) -> bool:
    """Whether opening *surat* is logged: it holds personal data of the work area that wrote it."""
    return surat.subjek_label in _pelengkap
