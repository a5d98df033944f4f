"""What an admin keeps: the election stages that shorten the clock, and who holds which office of the service."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class BertanggalQuerySet(models.QuerySet):
    """Rows that hold from ``mulai`` to ``akhir``, both inclusive."""

    def pada(self, tanggal: date) -> "BertanggalQuerySet":
        """Rows in force on *tanggal*."""
        return self.filter(Q(akhir=None) | Q(akhir__gte=tanggal), mulai__lte=tanggal)


class MasaTahapan(models.Model):
    """A period of an election in which information about that election is answered within 3 + 2 working days
    (Perki 1/2019 Pasal 12)."""

    nama = models.CharField("nama", max_length=120)
    mulai = models.DateField("mulai")
    akhir = models.DateField("sampai", null=True, blank=True)
    dasar_hukum = models.CharField("dasar hukum", max_length=240)

    objects = BertanggalQuerySet.as_manager()

    class Meta:
        ordering = ["-mulai"]
        verbose_name = verbose_name_plural = "masa tahapan"
        constraints = [
            models.CheckConstraint(name="masa_tahapan_wajar", condition=Q(akhir=None) | Q(akhir__gte=F("mulai")))
        ]

    def __str__(self) -> str:
        return self.nama


class Pejabat(models.Model):
    """Who holds which office of information service on which day, with the decision it rests on.

    A letter keeps the name that stood here on its day.
    """

    class Peran(models.TextChoices):
        PPID = "ppid", "PPID"
        ATASAN = "atasan", "Atasan PPID"

    peran = models.CharField("jabatan", max_length=8, choices=Peran)
    pegawai = models.ForeignKey("organisasi.Pegawai", models.PROTECT, related_name="+")
    mulai = models.DateField("mulai")
    akhir = models.DateField("sampai", null=True, blank=True)
    dasar_hukum = models.CharField("keputusan", max_length=240)

    objects = BertanggalQuerySet.as_manager()

    class Meta:
        ordering = ["peran", "-mulai"]
        verbose_name = verbose_name_plural = "pejabat layanan informasi"
        constraints = [
            models.CheckConstraint(name="pejabat_masa_wajar", condition=Q(akhir=None) | Q(akhir__gte=F("mulai")))
        ]

    def __str__(self) -> str:
        return f"{self.get_peran_display()}: {self.pegawai}"
