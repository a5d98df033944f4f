"""The front door of history: write it with ``catat``, read that of one object with ``riwayat``."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import models
from django.db.models.base import ModelState

from kpupalu.accounts.peran import jabatan as jabatan_peran
from kpupalu.audit.bacaan import jenis, riwayat, riwayat_untuk
from kpupalu.audit.models import Jejak, LogAkses
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import WITA

__all__ = ["catat", "catat_akses", "catat_banyak", "riwayat", "riwayat_untuk"]

SISTEM = "Sistem"


def _nilai(nilai: Any) -> Any:
    """*nilai* as JSON: dates ISO, instants in WITA, models by their words, 16-digit numbers masked."""
    if nilai is None or isinstance(nilai, bool | float):
        return nilai
    if isinstance(nilai, Enum):
        return _nilai(nilai.value)
    if isinstance(nilai, int):
        return nilai if abs(nilai) < 10**15 else samarkan_teks(str(nilai))
    if isinstance(nilai, datetime):
        return nilai.astimezone(WITA).isoformat() if nilai.tzinfo else nilai.isoformat()
    if isinstance(nilai, date | time):
        return nilai.isoformat()
    if isinstance(nilai, Mapping):
        return {str(kunci): _nilai(isi) for kunci, isi in nilai.items()}
    if isinstance(nilai, list | tuple | set | frozenset | models.QuerySet):
        return [_nilai(isi) for isi in nilai]
    return samarkan_teks(str(nilai.normalize()) if isinstance(nilai, Decimal) else str(nilai))


def _jejak(
    tindakan: str,
    *,
    oleh,
    alasan: str = "",
    perubahan: Mapping[str, tuple[Any, Any]] | None = None,
    asal: str = Jejak.Asal.FORMULIR,
    jumlah: int | None = None,
    kalimat: str = "",
    jabatan: str | None = None,
) -> Jejak:
    orang = oleh if oleh is not None and oleh.is_authenticated else None
    return Jejak(
        tindakan=tindakan,
        pelaku=orang,
        pelaku_nama=str(orang) if orang else SISTEM,
        jabatan=jabatan if jabatan is not None else (jabatan_peran(orang) if orang else ""),
        kalimat=samarkan_teks(kalimat),
        perubahan={nama: [_nilai(lama), _nilai(baru)] for nama, (lama, baru) in (perubahan or {}).items()},
        jumlah=jumlah,
        alasan=samarkan_teks(alasan),
        asal=asal if orang else Jejak.Asal.SISTEM,
    )


def _tentang(entri: Jejak | LogAkses, objek: models.Model | None) -> None:
    if objek is not None:
        entri.objek_jenis = jenis(objek)
        entri.objek_id = str(objek.pk)
        entri.objek_label = samarkan_teks(str(objek))[:200]


def catat(tindakan: str, objek: models.Model | None, *, oleh, **rincian: Any) -> Jejak:
    """Write one entry in the current transaction: no act without its history, no history of an act undone.

    ``oleh=None`` is the system itself. In *rincian*: ``perubahan={field: (lama, baru)}`` (a NIK or NKK is kept
    masked, its digits stand only where identities stand), ``alasan``, ``asal`` (``formulir|impor|api|admin|
    sistem``), ``jumlah`` of objects of an act on many, ``kalimat``, ``jabatan`` (default: the roles of today).
    """
    entri = _jejak(tindakan, oleh=oleh, **rincian)
    _tentang(entri, objek)
    entri.save(force_insert=True)
    return entri


def catat_banyak(tindakan: str, objek: Iterable[models.Model], *, oleh, **rincian: Any) -> int:
    """Write the same entry for each of *objek* with few queries; returns how many."""
    contoh = _jejak(tindakan, oleh=oleh, **rincian)
    semua = []
    for satu in objek:
        entri = copy(contoh)
        entri._state = ModelState()
        _tentang(entri, satu)
        semua.append(entri)
    Jejak.objects.bulk_create(semua, batch_size=1_000)
    return len(semua)


def catat_akses(
    tindakan: str,
    objek: models.Model | None,
    *,
    oleh,
    tujuan: str = "",
    jumlah: int | None = None,
    objek_label: str = "",
) -> LogAkses:
    """Write that *oleh* saw, searched, exported or printed personal data (``lihat|cari|ekspor|cetak``).

    Without an *objek* (a search, a list) say in *objek_label* what was read; digits of a NIK are masked.
    """
    entri = LogAkses(
        tindakan=LogAkses.Tindakan(tindakan),
        pelaku=oleh,
        pelaku_nama=str(oleh),
        jabatan=jabatan_peran(oleh),
        tujuan=samarkan_teks(tujuan),
        jumlah=jumlah,
    )
    _tentang(entri, objek)
    if objek_label:
        entri.objek_label = samarkan_teks(objek_label)[:200]
    entri.save(force_insert=True)
    return entri
