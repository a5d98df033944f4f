"""The calendar feed of one person: a secret address that can be revoked."""

import secrets
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.db import models

from kpupalu.lib.waktu import sekarang


class UmpanKalender(models.Model):
    """One secret address, kept only as its digest. At most one of a person is good at a time."""

    pemilik = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="pemilik")
    sidik = models.CharField("sidik", max_length=64, unique=True)
    dibuat_pada = models.DateTimeField("dibuat pada", default=sekarang)
    dicabut_pada = models.DateTimeField("dicabut pada", null=True, blank=True)
    dibaca_terakhir = models.DateField("dibaca terakhir", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "umpan kalender"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("pemilik", condition=models.Q(dicabut_pada=None), name="umpan_satu_per_orang")
        ]

    def __str__(self) -> str:
        return f"Umpan kalender {self.pk}"


def sidik_umpan(rahasia: str) -> str:
    """What is kept of the secret part of an address; 256 random bits leave nothing to guess."""
    return sha256(f"umpan-kalender:{rahasia}".encode()).hexdigest()


def rahasia_baru() -> str:
    """A new secret part: URL-safe, 256 bits."""
    return secrets.token_urlsafe(32)


def pemilik_umpan(rahasia: str, *, pada: date):
    """The active person whose feed *rahasia* opens, or None; the day of reading is kept."""
    umpan = (
        UmpanKalender.objects.select_related("pemilik")
        .filter(sidik=sidik_umpan(rahasia), dicabut_pada=None, pemilik__is_active=True)
        .first()
    )
    if umpan is None:
        return None
    if umpan.dibaca_terakhir != pada:
        UmpanKalender.objects.filter(pk=umpan.pk).update(dibaca_terakhir=pada)
    return umpan.pemilik
