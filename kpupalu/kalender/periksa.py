"""System check: the calendar of this year, and in autumn of the next, is filled and settled."""

from django.core import checks
from django.db import DatabaseError

from kpupalu.kalender.libur import tahun_belum_siap
from kpupalu.lib.waktu import hari_ini


@checks.register(checks.Tags.database)
def hari_libur_terisi(app_configs=None, databases=None, **kwargs) -> list[checks.CheckMessage]:
    """kalender.W001 for each year that is not ready; asked only where the database may be (``check --database``)."""
    if not databases:
        return []
    try:
        tahun = tahun_belum_siap(hari_ini())
    except DatabaseError:
        # Before the first migrate there is no table, and migrate itself runs this check.
        return []
    return [
        checks.Warning(
            f"Hari libur tahun {t} {sebab}.",
            hint="Buka Kalender → Hari libur, ambil usulannya, lalu cocokkan dengan SKB 3 Menteri.",
            id="kalender.W001",
        )
        for t, sebab in sorted(tahun.items())
    ]
