"""Explaining the law of public information: a plan, coordinated with PPID KPU RI before a date is fixed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class Sosialisasi(models.Model):
    """One event. Invitation, attendance and minutes are those of its meeting; this row holds plan and evaluation."""

    class Status(models.TextChoices):
        RENCANA = "rencana", "Rencana"
        KOORDINASI = "koordinasi", "Dikoordinasikan dengan PPID KPU RI"
        DISETUJUI = "disetujui", "Disetujui"
        TERLAKSANA = "terlaksana", "Terlaksana"
        SELESAI = "selesai", "Laporan selesai"
        BATAL = "batal", "Dibatalkan"

    judul = models.CharField("judul", max_length=200)
    tujuan = models.TextField("tujuan")
    sasaran = models.CharField("sasaran", max_length=200)
    narasumber = models.TextField("narasumber dan asalnya")
    tanggal_rencana = models.DateField("tanggal yang diusulkan")
    surat_koordinasi = models.CharField("nomor surat koordinasi", max_length=120, blank=True)
    tanggal_surat_koordinasi = models.DateField("tanggal surat koordinasi", null=True, blank=True)
    jawaban_koordinasi = models.CharField("jawaban PPID KPU RI", max_length=200, blank=True)
    rapat = models.ForeignKey("rapat.Rapat", models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField("status", max_length=12, choices=Status, default=Status.RENCANA)
    evaluasi = models.TextField("evaluasi", blank=True)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-tanggal_rencana", "-pk"]
        verbose_name = verbose_name_plural = "sosialisasi"
        constraints = [
            models.CheckConstraint(
                name="sosialisasi_dikoordinasikan",
                condition=~Q(status__in=["disetujui", "terlaksana", "selesai"])
                | (~Q(surat_koordinasi="") & Q(tanggal_surat_koordinasi__isnull=False)),
                violation_error_message="Tanggal ditetapkan setelah surat koordinasi dengan PPID KPU RI tercatat.",
            )
        ]

    def __str__(self) -> str:
        return self.judul

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("ppid:sosialisasi", args=[self.pk])
