"""The days the demo office speaks of. No clock is read: a demo made next year is the same demo."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Masa:
    """The quarter, the day ages are counted on, and the day of the base list."""

    mulai: date = date(2026, 10, 1)
    akhir: date = date(2026, 12, 31)
    cut_off: date = date(2026, 12, 7)
    acuan_dpt: date = date(2024, 11, 27)

    @property
    def kode(self) -> str:
        """``2026-TW4``."""
        return f"{self.mulai.year}-TW{(self.mulai.month + 2) // 3}"

    def hari(self, ke: int) -> date:
        """Return a day of the quarter, *ke* counted from its first; never later than day 40."""
        return self.mulai + timedelta(days=ke % 41)


SELESAI = Masa(mulai=date(2026, 7, 1), akhir=date(2026, 9, 30), cut_off=date(2026, 10, 2))
"""The quarter whose main job the demo does."""

BERJALAN = Masa()
"""The quarter it leaves open for whoever tries the system."""
