"""What a work area forbids on a meeting about its own object, asked before anything is changed."""

from collections.abc import Callable

from kpupalu.lib import ALLOWED, Refused, Verdict
from kpupalu.rapat.models import Rapat

JADWAL, KEHADIRAN, MASUKAN = "jadwal", "kehadiran", "masukan"

Penjaga = Callable[[Rapat, str], Verdict]
_penjaga: dict[str, Penjaga] = {}


def daftarkan_penjaga(subjek_label: str) -> Callable[[Penjaga], Penjaga]:
    """Register ``function(rapat, tindakan) -> Verdict`` for meetings about objects of *subjek_label*.

    *tindakan* is ``jadwal``, ``kehadiran`` or ``masukan``. It is asked while the row of the meeting is locked. One
    function per label; a second is a ValueError.
    """

    def daftarkan(fungsi: Penjaga) -> Penjaga:
        lama = _penjaga.setdefault(subjek_label, fungsi)
        if (lama.__module__, lama.__qualname__) != (fungsi.__module__, fungsi.__qualname__):
            raise ValueError(f"dua penjaga rapat untuk {subjek_label}")
        return fungsi

    return daftarkan


def boleh(rapat: Rapat, tindakan: str) -> Verdict:
    """What the work area says to *tindakan* on *rapat*; allowed where nobody watches."""
    fungsi = _penjaga.get(rapat.subjek_label)
    return fungsi(rapat, tindakan) if fungsi else ALLOWED


def pastikan(rapat: Rapat, tindakan: str) -> None:
    """Raise Refused when the work area forbids *tindakan*."""
    if not (verdict := boleh(rapat, tindakan)):
        raise Refused(verdict.reason)
