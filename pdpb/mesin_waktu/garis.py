"""The number of voters of an area over time, with the frozen versions as marks on the line."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Sum

from kpupalu.lib.waktu import WITA
from pdpb.mesin_waktu.area import BELUM_DITEMPATKAN, Area
from pdpb.models import Snapshot, SnapshotSel

# A version that ends on the day it began was never in the list at the end of a day.
_GERAK = """
SELECT hari, sum(n) FROM (
    SELECT v.mulai AS hari, 1 AS n FROM pdpb_pendaftaran v WHERE v.akhir IS NULL AND {syarat}
    UNION ALL
    SELECT d.hari, d.n FROM pdpb_pendaftaran v CROSS JOIN LATERAL (VALUES (v.mulai, 1), (v.akhir, -1)) AS d(hari, n)
    WHERE v.akhir > v.mulai AND v.akhir IS NOT NULL AND {syarat}
) g GROUP BY 1 HAVING sum(n) <> 0 ORDER BY 1
"""

Garis = list[tuple[date, int]]


@dataclass(frozen=True, slots=True)
class Tanda:
    """One frozen version: its figure for the area, and that of the records as they stand now, on the same day."""

    snapshot: Snapshot
    hari: date
    beku: int
    kini: int

    @property
    def beda(self) -> int:
        """What the records of today say more (or less) than was frozen: acts of the same day, or undone since."""
        return self.kini - self.beku


def garis_waktu(area: Area) -> Garis:
    """Every day on which the number of voters of *area* moved, with the number at its end, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_GERAK.format(syarat=area.syarat), area.nilai or None)
        gerak = cursor.fetchall()
    jumlah, hasil = 0, []
    for hari, n in gerak:
        jumlah += int(n)
        hasil.append((hari, jumlah))
    return hasil


def jumlah_pada(garis: Garis, hari: date) -> int:
    """The number at the end of *hari* on a line of ``garis_waktu``."""
    letak = bisect_right(garis, hari, key=lambda titik: titik[0])
    return garis[letak - 1][1] if letak else 0


def tanda_snapshot(area: Area, garis: Garis) -> list[Tanda]:
    """Every frozen version, also those replaced, in the order they were frozen, beside the line."""
    sel = SnapshotSel.objects.filter(kelurahan__kode__startswith=area.kode)
    if area.tps is not None:
        sel = sel.filter(tps=None if area.tps == BELUM_DITEMPATKAN else area.tps)
    beku = dict(sel.values_list("snapshot").annotate(n=Sum("sekarang")))
    hasil = []
    for snapshot in Snapshot.objects.select_related("periode").order_by("dibekukan_pada"):
        hari = snapshot.dibekukan_pada.astimezone(WITA).date()
        hasil.append(Tanda(snapshot, hari, beku.get(snapshot.pk, 0), jumlah_pada(garis, hari)))
    return hasil
