"""The registry of what can be found, and one search over all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kpupalu.lib.samaran import samarkan_teks

PER_KELOMPOK = 5
TERBANYAK = 50
TERPENDEK, TERPANJANG = 2, 80


@dataclass(frozen=True, slots=True)
class Temuan:
    """One row found. *tepat*: its number is exactly what was asked for."""

    judul: str
    tautan: str
    keterangan: str = ""
    tepat: bool = False


Pencari = Callable[[Any, str, int], list[Temuan]]


@dataclass(frozen=True, slots=True)
class Sumber:
    """One group of results. ``cari(user, kata, batas)`` returns at most *batas* rows that *user* may see, those whose
    number is exactly *kata* first; ``boleh(user)`` says whether the group exists for them at all."""

    slug: str
    label: str
    cari: Pencari
    boleh: Callable[[Any], bool]
    urutan: int = 100


@dataclass(frozen=True, slots=True)
class Kelompok:
    """What one source found; *lebih*: there is more than is shown."""

    sumber: Sumber
    temuan: list[Temuan]
    lebih: bool

    @property
    def tepat(self) -> bool:
        return any(t.tepat for t in self.temuan)


_sumber: dict[str, Sumber] = {}


def daftarkan_sumber(slug: str, label: str, cari: Pencari, *, boleh: Callable[[Any], bool], urutan=100) -> None:
    """Make a group of things findable. Registering the same *slug* again replaces it."""
    _sumber[slug] = Sumber(slug, label, cari, boleh, urutan)


def sumber_untuk(user) -> list[Sumber]:
    """The groups *user* may search, in their order."""
    return sorted((s for s in _sumber.values() if s.boleh(user)), key=lambda s: (s.urutan, s.label))


def rapikan(kata: str) -> str:
    """*kata* without blanks around or doubled, and not longer than a search needs."""
    return " ".join(kata.replace("\x00", "").split())[:TERPANJANG]


def memuat_nik(kata: str) -> bool:
    """Whether *kata* holds something like a NIK or NKK, which is never searched for here."""
    return samarkan_teks(kata) != kata


def cari(user, kata: str, slug: str = "") -> list[Kelompok]:
    """Groups that found something for *kata*, those with an exact number first; only *slug* if given, then longer.

    Nothing for words shorter than two characters and for a NIK.
    """
    kata = rapikan(kata)
    if len(kata) < TERPENDEK or memuat_nik(kata):
        return []
    batas = TERBANYAK if slug else PER_KELOMPOK
    hasil = []
    for sumber in sumber_untuk(user):
        if slug and sumber.slug != slug:
            continue
        temuan = sumber.cari(user, kata, batas + 1)
        if temuan:
            hasil.append(Kelompok(sumber, temuan[:batas], len(temuan) > batas))
    return sorted(hasil, key=lambda k: not k.tepat)
