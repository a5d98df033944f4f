"""Telling people, and what they do with it."""

from collections.abc import Iterable

from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import sekarang
from kpupalu.pemberitahuan.models import Pemberitahuan


def beri_tahu(untuk: Iterable, *, jenis: str, kunci: str, judul: str, tautan: str, kalimat: str = "") -> int:
    """Tell each active user of *untuk* about the event *kunci*, once; returns how many had not been told yet.

    *jenis* is ``menunggu``, ``berubah`` or ``tenggat``; other things are no notification. *judul* and *kalimat* carry
    no personal data: they may travel by e-mail. *tautan* is a path of this site (ValueError otherwise). Written in the
    transaction of the caller: an event undone was never told.
    """
    if not tautan.startswith("/") or tautan.startswith("//"):
        raise ValueError(f"Pemberitahuan menunjuk halaman di luar situs: {tautan!r}")
    orang = {u.pk for u in untuk if u.is_active}
    sudah = set(Pemberitahuan.objects.filter(untuk__in=orang, kunci=kunci).values_list("untuk_id", flat=True))
    baru = [
        Pemberitahuan(
            untuk_id=pk,
            jenis=Pemberitahuan.Jenis(jenis),
            kunci=kunci,
            judul=samarkan_teks(judul)[:200],
            kalimat=samarkan_teks(kalimat)[:300],
            tautan=tautan,
        )
        for pk in sorted(orang - sudah)
    ]
    Pemberitahuan.objects.bulk_create(baru, ignore_conflicts=True)
    return len(baru)


def tandai_dibaca(user, pk: int | None = None) -> int:
    """Mark one of *user*'s notifications as read, or all of them; returns how many were unread."""
    milik = Pemberitahuan.objects.for_user(user).belum_dibaca()
    return (milik if pk is None else milik.filter(pk=pk)).update(dibaca_pada=sekarang())
