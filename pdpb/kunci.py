"""The advisory locks of the voter roll: period, then roll; and one that only comparisons take (docs/keputusan/0001)."""

import zlib

from django.db import connection, transaction

from kpupalu.lib import Refused
from pdpb.models import Periode

_KELAS_PERIODE = 7271_01
_KELAS_DAFTAR = 7271_02
_KELAS_BANDING = 7271_03


def _kunci(kelas: int, nomor: int, *, tunggu: bool, pesan: str) -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("kunci hanya berlaku di dalam transaksi")
    with connection.cursor() as cursor:
        if tunggu:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [kelas, nomor])
            return
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [kelas, nomor])
        if not cursor.fetchone()[0]:
            raise Refused(pesan)


def kunci_periode(periode: Periode, *, tunggu: bool = True) -> Periode:
    """Hold *periode* until the transaction ends and return it read afresh.

    With ``tunggu=False`` a busy period is refused at once instead of waited for.
    """
    _kunci(
        _KELAS_PERIODE,
        zlib.crc32(periode.pk.encode()) & 0x7FFFFFFF,
        tunggu=tunggu,
        pesan=f"{periode.nama} sedang dikerjakan proses lain. Coba lagi setelah pekerjaan itu selesai.",
    )
    return Periode.objects.get(pk=periode.pk)


def kunci_daftar(*, tunggu: bool = True) -> None:
    """Hold the roll until the transaction ends; whoever opens or closes versions holds it."""
    _kunci(
        _KELAS_DAFTAR,
        0,
        tunggu=tunggu,
        pesan="Daftar pemilih sedang diperbarui proses lain, misalnya impor. Coba lagi setelah selesai.",
    )


def kunci_banding() -> None:
    """Wait for comparisons that run and keep others out until the transaction ends.

    A comparison reads the list after it holds this, and every change of the list asks for a comparison once it is
    committed: so what is stored last was read last, and nobody who changes the list waits for a comparison.
    """
    _kunci(_KELAS_BANDING, 0, tunggu=True, pesan="")
