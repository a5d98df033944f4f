"""What is due: each app announces its own dates; calendar, feed and reminders show them together."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Target:
    """One date something is due, for one reader. ``hukum`` False: a target of the office, no legal term.

    *umum* is what may leave the application (calendar feed, e-mail): without personal data; when it is empty only the
    area is named. *pengingat*: the reader has to do it, so they are reminded of it. *rinci* is the page that explains
    the date, *sementara* says that it may move yet.
    """

    tanggal: date
    judul: str
    tautan: str
    sumber: str
    hukum: bool = False
    umum: str = ""
    rinci: str = ""
    sementara: bool = False
    pengingat: bool = False

    @property
    def untuk_umum(self) -> str:
        """The words that may leave the application."""
        return self.umum or f"{'Tenggat' if self.hukum else 'Target'} – {self.sumber}"

    @property
    def kunci(self) -> str:
        """A name of this target that stays the same while it does, also when its date moves."""
        return hashlib.sha256(f"{self.tautan}|{self.sumber}|{self.judul}|{self.rinci}".encode()).hexdigest()[:32]


Sumber = Callable[[object, date, date], list[Target]]
_sumber: list[Sumber] = []


def daftarkan_target(fungsi: Sumber) -> Sumber:
    """Register ``fungsi(user, dari, sampai) -> list[Target]``: open dates *user* may see; usable as a decorator."""
    if fungsi not in _sumber:
        _sumber.append(fungsi)
    return fungsi


def target_untuk(user, dari: date, sampai: date) -> list[Target]:
    """All open targets of *user* from *dari* to *sampai*, earliest first."""
    semua = [t for fungsi in _sumber for t in fungsi(user, dari, sampai) if dari <= t.tanggal <= sampai]
    return sorted(semua, key=lambda t: (t.tanggal, t.judul))
