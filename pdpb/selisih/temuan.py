"""One evaluated identity of a recap, whoever evaluated it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Periksa:
    """One evaluated identity. ``lulus`` is None for a remark on plausibility that blocks nothing.

    ``dihitung`` or ``diumumkan`` is None when that side holds no figure (words that spell none).
    """

    kode: str
    wilayah: str
    aturan: str
    dihitung: int | None
    diumumkan: int | None
    lulus: bool | None
    sebab: str | None = None

    @property
    def selisih(self) -> int | None:
        """Computed minus announced."""
        return None if self.dihitung is None or self.diumumkan is None else self.dihitung - self.diumumkan

    def sebagai_json(self) -> dict[str, Any]:
        """The finding with the keys of the command ``periksa_rekap``."""
        return {
            "kode": self.kode,
            "wilayah": self.wilayah,
            "aturan": self.aturan,
            "dihitung": self.dihitung,
            "diumumkan": self.diumumkan,
            "selisih": self.selisih,
            "lulus": self.lulus,
            "sebab": self.sebab,
        }


def gagal(hasil: list[Periksa]) -> list[Periksa]:
    """The identities that do not hold."""
    return [baris for baris in hasil if baris.lulus is False]


def catatan(hasil: list[Periksa]) -> list[Periksa]:
    """The remarks on what is possible but odd."""
    return [baris for baris in hasil if baris.lulus is None]
