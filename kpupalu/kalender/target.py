"""What is due soon: each app announces its own dates, the calendar page shows them together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Target:
    """One date something is due, for one reader. ``hukum`` False: a target of the office, no legal term."""

    tanggal: date
    judul: str
    tautan: str
    sumber: str
    hukum: bool = False


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
