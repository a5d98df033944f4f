"""Which rows of a batch are left out and not mended yet, before and after it is applied."""

from dataclasses import dataclass

from django.db import connection

from pdpb.impor import cek, skema
from pdpb.models import ImporBatch


@dataclass(frozen=True, slots=True)
class BarisRusak:
    """One row left out: (file, row) as first received, and as its latest attempt to mend it stands."""

    asal: tuple[int, int]
    kini: tuple[int, int]


_DITOLAK = """
    SELECT berkas_urut || ':' || baris AS asal, berkas_urut::int AS ku, baris AS kb, true AS tolak, dpid
    FROM pdpb_barisditolak WHERE batch_id = %(batch)s AND diganti_baris IS NULL
    UNION ALL
    SELECT p.berkas_urut || ':' || p.baris, p.susulan_urut, p.susulan_baris, true, d.dpid
    FROM pdpb_perbaikanbaris p JOIN pdpb_barisditolak d USING (batch_id, berkas_urut, baris)
    WHERE p.batch_id = %(batch)s AND d.diganti_baris IS NULL
"""
_DIPERIKSA = """
    UNION ALL
    SELECT CASE WHEN rujukan IN (SELECT tanda FROM dikenal) THEN rujukan ELSE berkas || ':' || baris END,
           berkas, baris, tolak, dpid
    FROM {siap} WHERE tolak OR rujukan IS NOT NULL
"""
_DIKENAL = """
    dikenal AS (
        SELECT berkas || ':' || baris AS tanda FROM {siap} WHERE tolak UNION
        SELECT berkas_urut || ':' || baris FROM pdpb_barisditolak WHERE batch_id = %(batch)s
    ),
"""
_SISA = """
    WITH {dikenal} semua AS MATERIALIZED ({semua})
    SELECT asal, ku, kb FROM (
        SELECT DISTINCT ON (asal) asal, ku, kb, dpid FROM semua
        WHERE asal NOT IN (SELECT asal FROM semua WHERE NOT tolak) ORDER BY asal, ku DESC, kb DESC
    ) x {lewat_dpid} ORDER BY ku, kb LIMIT %(batas)s
"""
_LEWAT_DPID = """
    WHERE dpid = '' OR NOT EXISTS (
        SELECT 1 FROM {siap} m WHERE m.dpid = x.dpid AND m.berkas > x.ku AND NOT m.tolak)
"""


def baris_rusak(batch: ImporBatch, *, batas: int | None = None) -> list[BarisRusak]:
    """The rows of *batch* that are or would be left out, in the order of files and rows, the first *batas* of them.

    A row that a checked supplement mends is not among them; of a row whose supplement failed too, the supplement's
    row is the one to look at. None of an undone batch.
    """
    if batch.status == ImporBatch.Status.DIBATALKAN:
        return []
    siap = skema.siap(batch.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [siap])
        ada = cursor.fetchone()[0]
        kueri = _SISA.format(
            dikenal=_DIKENAL.format(siap=siap) if ada else "",
            semua=_DITOLAK + (_DIPERIKSA.format(siap=siap) if ada else ""),
            lewat_dpid=_LEWAT_DPID.format(siap=siap) if ada and batch.jenis in cek.DASAR else "",
        )
        cursor.execute(kueri, {"batch": batch.pk, "batas": batas})
        return [BarisRusak(_pasangan(asal), (ku, kb)) for asal, ku, kb in cursor.fetchall()]


def _pasangan(tanda: str) -> tuple[int, int]:
    urut, _, baris = tanda.partition(":")
    return int(urut), int(baris)
