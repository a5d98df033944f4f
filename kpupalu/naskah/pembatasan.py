"""A limit on what one address may ask of the public pages, kept in the database and so shared by all servers."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db.models import F
from django.http import HttpRequest

from kpupalu.lib import waktu
from kpupalu.naskah.models import PemakaianPublik

JENDELA = timedelta(minutes=10)
DISIMPAN = timedelta(days=1)


def boleh_lagi(request: HttpRequest, untuk: str, *, maks: int, selama: timedelta = JENDELA) -> bool:
    """Count one use of *untuk* by the address of *request*; False when it is above *maks* in one window of *selama*.

    Each name *untuk* keeps to one length, at most a day. The address is stored as a digest keyed with ``SECRET_KEY``
    and forgotten after a day.
    """
    alamat = get_adapter(request).get_client_ip(request)
    kunci = hmac.new(settings.SECRET_KEY.encode(), f"{untuk}|{alamat}".encode(), sha256).hexdigest()
    kini = waktu.sekarang()
    jendela = _awal_jendela(kini, selama)
    baris, baru = PemakaianPublik.objects.get_or_create(kunci=kunci, jendela=jendela)
    if baru:
        PemakaianPublik.objects.filter(jendela__lt=kini - DISIMPAN).delete()
    PemakaianPublik.objects.filter(pk=baris.pk).update(jumlah=F("jumlah") + 1)
    baris.refresh_from_db(fields=["jumlah"])
    return baris.jumlah <= maks


def _awal_jendela(kini: datetime, selama: timedelta) -> datetime:
    detik = int(selama.total_seconds())
    return datetime.fromtimestamp(int(kini.timestamp()) // detik * detik, tz=waktu.WITA)
