"""The registry of checks. A module registers its own from ``ready`` with ``daftarkan_pemeriksaan``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models

from ppid.models import Anomali

T = Anomali.Tingkat
TINGKAT = (T.TINGGI, T.SEDANG, T.RENDAH)


@dataclass(frozen=True, slots=True)
class Ketemu:
    """One thing found: about which object, its name and page without personal data, and what is wrong in a sentence.

    *rinci* tells several findings of one check about one object apart and stays the same as long as the cause does.
    """

    objek: models.Model
    label: str
    kalimat: str
    tautan: str = ""
    rinci: str = ""


Pencari = Callable[[date], Iterable[Ketemu]]


@dataclass(frozen=True, slots=True)
class Pemeriksaan:
    """One check: its code, name, level, why it matters, whether a person may judge its findings, who is told."""

    kode: str
    nama: str
    tingkat: str
    penjelasan: str
    cari: Pencari
    boleh_dinilai: bool
    hak_urus: str

    @property
    def urutan(self) -> int:
        """High before medium before low."""
        return TINGKAT.index(T(self.tingkat))


_pemeriksaan: dict[str, Pemeriksaan] = {}


def daftarkan_pemeriksaan(
    kode: str, nama: str, tingkat: str, penjelasan: str, *, boleh_dinilai: bool = False,
    hak_urus: str = "ppid.olah_permohonan",
) -> Callable[[Pencari], Pencari]:  # fmt: skip
    """Decorator of ``cari(hari_ini) -> Iterable[Ketemu]``: everything that is wrong on that day.

    With *boleh_dinilai* a person may say with a reason that a finding is no fault. Holders of *hak_urus* are told.
    Registering a code again replaces it: a module that knows more may take over a check. Raises ValueError for an
    unknown level.
    """

    def pasang(cari: Pencari) -> Pencari:
        _pemeriksaan[kode] = Pemeriksaan(kode, nama, T(tingkat), penjelasan, cari, boleh_dinilai, hak_urus)
        return cari

    return pasang


def semua_pemeriksaan() -> list[Pemeriksaan]:
    """Every check, the gravest level first, then by name."""
    return sorted(_pemeriksaan.values(), key=lambda p: (p.urutan, p.nama))


def pemeriksaan(kode: str) -> Pemeriksaan | None:
    """The check of *kode*; None when the module that had it is gone."""
    return _pemeriksaan.get(kode)
