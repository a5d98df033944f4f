"""Limits on what one person may do in an hour or a day, as dated rows that the admin keeps.

A limit *batas* is one or both of the rows ``<batas>_per_jam`` and ``<batas>_per_hari`` of ``Aturan``. Login has limits
of its own (allauth, per name and address) and so have the public pages (``naskah.pembatasan``, per address): there
nobody is known yet.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from kpupalu.audit.catatan import catat
from kpupalu.audit.models import Pemakaian
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.waktu import hari_ini, sekarang

DISIMPAN = timedelta(days=31)
"""Counts in which nothing was exceeded are forgotten after this time."""

# One statement reads the limits in force, counts this use in each window and returns what came of it. Its commit
# does not wait for the disk, unless it is part of a larger transaction: a count lost in a power cut is no loss.
_PAKAI = """
WITH batas AS (
    SELECT DISTINCT ON (kode) kode, nama, nilai, satuan,
           CASE WHEN right(kode, 8) = '_per_jam' THEN %(jam)s::timestamptz ELSE %(hari)s::timestamptz END AS jendela
    FROM aturan_aturan
    WHERE kode IN (%(batas)s::text || '_per_jam', %(batas)s::text || '_per_hari')
      AND mulai <= %(pada)s::date AND (akhir IS NULL OR akhir >= %(pada)s::date)
    ORDER BY kode, mulai DESC
), hitung AS (
    INSERT INTO audit_pemakaian (pengguna_id, batas, jendela, jumlah, keterangan)
    SELECT %(oleh)s::bigint, kode, jendela, 1, '' FROM batas
    ON CONFLICT (pengguna_id, batas, jendela) DO UPDATE SET jumlah = audit_pemakaian.jumlah + 1
    RETURNING id, batas, jumlah
)
SELECT h.id, h.batas, h.jumlah, b.nama, floor(b.nilai)::bigint, b.satuan,
       CASE WHEN %(sendiri)s::boolean THEN set_config('synchronous_commit', 'off', true) END
FROM hitung h JOIN batas b ON b.kode = h.batas ORDER BY h.batas
"""


def pakai(batas: str, *, oleh) -> None:
    """Count one use of *batas* by *oleh*; one query while the limit is not reached.

    Refuses above the limit of the hour or the day; the first refusal of a window raises the alarm: an entry of
    history and a row on the page *Batas yang tercapai*. Call it before the transaction of the act begins, else the
    refusal would take count and alarm back with everything else. Raises ImproperlyConfigured when no limit is in
    force: a missing number is never guessed.
    """
    kini = sekarang()
    jam, hari = kini.replace(minute=0, second=0, microsecond=0), kini.replace(hour=0, minute=0, second=0, microsecond=0)
    with connection.kursor_siap() as cursor:  # type: ignore[attr-defined]
        nilai = {"batas": batas, "oleh": oleh.pk, "jam": jam, "hari": hari, "pada": hari_ini()}
        nilai["sendiri"] = not connection.in_atomic_block
        cursor.execute(_PAKAI, nilai)
        baris = cursor.fetchall()
    if not baris:
        raise ImproperlyConfigured(f"Batas '{batas}' tidak ada yang berlaku. Isi di Administrasi → Aturan.")
    if any(jumlah == 1 and kode.endswith("_per_hari") for _, kode, jumlah, *_ in baris):
        Pemakaian.objects.filter(jendela__lt=kini - DISIMPAN, pengguna=oleh, dilampaui_pada=None).delete()
    for pk, kode, jumlah, nama, maks, satuan, _ in baris:
        if jumlah > maks:
            _bunyikan(pk, nama, maks, satuan, oleh=oleh, pada=kini)
            lanjut = "besok" if kode.endswith("_per_hari") else f"sesudah pukul {jam + timedelta(hours=1):%H.%M} WITA"
            raise Refused(
                f"{nama}: batas {ribuan(maks)} {satuan} tercapai. Lanjutkan {lanjut}, atau minta admin "
                "meninjau batas ini."
            )


def _bunyikan(pk: int, nama: str, maks: int, satuan: str, *, oleh, pada: datetime) -> None:
    """The alarm of one window, once."""
    with transaction.atomic():
        keterangan = f"{nama}, {ribuan(maks)} {satuan}"
        if Pemakaian.objects.filter(pk=pk, dilampaui_pada=None).update(dilampaui_pada=pada, keterangan=keterangan):
            catat("batas_tercapai", oleh, oleh=None, kalimat=f"Batas tercapai: {keterangan}")
