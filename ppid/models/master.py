"""What an admin keeps: election stages that shorten the clock, who holds which office, and what copies cost."""

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


class Tarif(models.Model):
    """What one unit of a copy or of sending costs at most, in whole rupiah, with the decision that sets it.

    Seeing is free and so is a file (UU 14/2008; service pages of KPU): no row means nothing may be charged.
    """

    class Komponen(models.TextChoices):
        HITAM_PUTIH = "a4_hitam_putih", "Salinan A4 hitam-putih, per lembar"
        BERWARNA = "a4_berwarna", "Salinan A4 berwarna, per lembar"
        MEDIA = "media", "Media penyimpanan, per keping"
        KIRIM = "kirim", "Ongkos kirim, per kiriman"

    komponen = models.CharField("komponen", max_length=16, choices=Komponen)
    rupiah = models.PositiveIntegerField("rupiah")
    mulai = models.DateField("mulai")
    akhir = models.DateField("sampai", null=True, blank=True)
    dasar_hukum = models.CharField("keputusan", max_length=240)

    objects = BertanggalQuerySet.as_manager()

    class Meta:
        ordering = ["komponen", "-mulai"]
        verbose_name = verbose_name_plural = "tarif"
        constraints = [
            models.UniqueConstraint(fields=["komponen", "mulai"], name="tarif_unik"),
            models.CheckConstraint(name="tarif_masa_wajar", condition=Q(akhir=None) | Q(akhir__gte=F("mulai"))),
            models.CheckConstraint(name="tarif_berdasar", condition=~Q(dasar_hukum="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_komponen_display()}: Rp{self.rupiah}"
