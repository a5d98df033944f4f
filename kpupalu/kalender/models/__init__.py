"""Tables of the calendar: days off, terms as dated rows, and the terms that are running."""

from kpupalu.kalender.models.aturan import AturanTenggat, aturan_berlaku
from kpupalu.kalender.models.berjalan import TenggatBerjalan
from kpupalu.kalender.models.libur import HariLibur, libur_antara, tahun_perkiraan, tahun_tanpa_libur
from kpupalu.kalender.models.umpan import UmpanKalender

__all__ = [
    "AturanTenggat",
    "HariLibur",
    "TenggatBerjalan",
    "UmpanKalender",
    "aturan_berlaku",
    "libur_antara",
    "tahun_perkiraan",
    "tahun_tanpa_libur",
]
