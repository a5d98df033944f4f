"""Every legal number is a row with its dates and its legal basis; code asks for the one in force on a day."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import Q


class Aturan(models.Model):
    """One value of one rule from *mulai* to *akhir* (both inclusive)."""

    class Kepastian(models.TextChoices):
        DIBACA = "dibaca", "Dibaca dari peraturan"
        ASUMSI = "asumsi", "Asumsi, belum dikonfirmasi"

    kode = models.SlugField(max_length=60)
    nama = models.CharField(max_length=160)
    nilai = models.DecimalField(max_digits=14, decimal_places=4)
    satuan = models.CharField(max_length=30)
    mulai = models.DateField()
    akhir = models.DateField(null=True, blank=True)
    dasar_hukum = models.CharField(max_length=240)
    kepastian = models.CharField(max_length=6, choices=Kepastian, default=Kepastian.ASUMSI)

    class Meta:
        ordering = ["kode", "-mulai"]
        verbose_name = verbose_name_plural = "aturan bertanggal"
        constraints = [
            models.UniqueConstraint("kode", "mulai", name="aturan_unik_per_tanggal"),
            models.CheckConstraint(
                name="aturan_tidak_terbalik",
                condition=Q(akhir__isnull=True) | Q(akhir__gte=models.F("mulai")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kode} = {self.nilai.normalize():f} {self.satuan} sejak {self.mulai}"


def berlaku(kode: str, *, pada: date) -> Aturan:
    """The row of *kode* in force on *pada*; the one that began last wins.

    Raises ImproperlyConfigured when no row is in force: a missing legal number is never guessed.
    """
    row = (
        Aturan.objects.filter(Q(akhir__isnull=True) | Q(akhir__gte=pada), kode=kode, mulai__lte=pada)
        .order_by("-mulai")
        .first()
    )
    if row is None:
        raise ImproperlyConfigured(f"Aturan '{kode}' tidak ada yang berlaku pada {pada}. Isi di Administrasi → Aturan.")
    return row


def nilai(kode: str, *, pada: date) -> Decimal:
    """The value of ``berlaku(kode, pada=pada)``."""
    return berlaku(kode, pada=pada).nilai


def nilai_bulat(kode: str, *, pada: date) -> int:
    """``nilai`` as a whole number, for days, years, counts."""
    return int(nilai(kode, pada=pada))
