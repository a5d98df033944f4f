"""The daily digest by e-mail, where the office has a mail server: titles and one link, nothing personal."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from kpupalu.accounts.models import User
from kpupalu.lib.waktu import sekarang
from kpupalu.pemberitahuan.models import Pemberitahuan

logger = logging.getLogger(__name__)
BANYAK = 20


def kirim_ringkasan() -> int:
    """One e-mail to each active person with an address who has unread notifications not mailed before.

    Returns how many were sent; none without ``EMAIL_HOST``. What could not be sent is tried again the next day.
    """
    if not settings.EMAIL_HOST:
        return 0
    jumlah = 0
    for user in User.objects.filter(is_active=True).exclude(email=""):
        baru = list(Pemberitahuan.objects.for_user(user).belum_dibaca().filter(disurelkan_pada=None))
        if baru and _kirim(user, baru):
            Pemberitahuan.objects.filter(pk__in=[p.pk for p in baru]).update(disurelkan_pada=sekarang())
            jumlah += 1
    return jumlah


def _kirim(user: User, baru: list[Pemberitahuan]) -> bool:
    baris = [f"- {p.judul}" for p in baru[:BANYAK]]
    if len(baru) > BANYAK:
        baris.append(f"- dan {len(baru) - BANYAK} lainnya")
    isi = ["Yang belum Anda baca:", "", *baris, "", f"Buka: {settings.URL_PUBLIK}{reverse('pemberitahuan:daftar')}"]
    try:
        send_mail(
            f"{len(baru)} pemberitahuan – {settings.NAMA_SATKER}",
            "\n".join(isi),
            settings.DEFAULT_FROM_EMAIL,
            [user.email],
        )
    except (SMTPException, OSError):
        logger.exception("Ringkasan pemberitahuan untuk pengguna %s tidak terkirim", user.pk)
        return False
    return True
