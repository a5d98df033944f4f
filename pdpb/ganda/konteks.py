"""How common names, dates, places and numbers are on a roll, and who lives under one NKK. Pure Python."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log2

from pdpb.ganda.nama import NamaLipat, lipat

BESAR_ASRAMA = 20
"""From so many rows on, an NKK is no family but a house for many; its members have only the number in common."""

Anggota = tuple[int, str, date | None]
"""Id, name and birth date of one member of a family."""


def _tidak_ada(nkk: str) -> list[Anggota]:
    return []


@dataclass(slots=True)
class Konteks:
    """What a roll says about the elements of its rows.

    *jumlah* is the number of rows. The mappings give how many rows bear a value; one that is missing is unknown.
    *keluarga* gives everybody under an NKK. *lipat* folds a name; a whole roll has every name folded already.
    """

    jumlah: int
    nama: Mapping[str, int] = field(default_factory=dict)
    kata: Mapping[str, int] = field(default_factory=dict)
    tanggal: Mapping[date, int] = field(default_factory=dict)
    tempat: Mapping[str, int] = field(default_factory=dict)
    wilayah: Mapping[str, int] = field(default_factory=dict)
    seri: Mapping[str, int] = field(default_factory=dict)
    nkk: Mapping[str, int] = field(default_factory=dict)
    keluarga: Callable[[str], Sequence[Anggota]] = _tidak_ada
    lipat: Callable[[str], NamaLipat] = lipat

    @property
    def dikenal(self) -> int:
        """From so many rows on, a word is a name and no typing error. Errors repeat too, on a larger roll."""
        return 3 + self.jumlah // 100_000

    def bit(self, banyak: int) -> float:
        """How much it says, in bits, that two rows share a value which *banyak* rows bear."""
        return log2(max(self.jumlah, 2) / max(min(banyak, self.jumlah), 1))

    def asrama(self, nkk: str) -> bool:
        """Whether *nkk* stands for a dormitory or a home rather than a family."""
        return self.nkk.get(nkk, 0) >= BESAR_ASRAMA
