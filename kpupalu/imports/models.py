"""What others sent: the sealed original and how the sender names its columns."""

from django.conf import settings
from django.db import models


class BerkasMasuk(models.Model):
    """One received file, kept as it came. Its bytes are found by digest and never changed."""

    nama = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    ukuran = models.PositiveBigIntegerField()
    berkas = models.FileField(upload_to="masuk/%Y/")
    diunggah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diunggah_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "berkas masuk"

    def __str__(self) -> str:
        return self.nama


class PemetaanKolom(models.Model):
    """How one sender's header row maps to ours; found again by the digest of the header row."""

    pengirim = models.CharField(max_length=120)
    jenis = models.SlugField(max_length=40)
    sidik_kepala = models.CharField(max_length=64)
    pemetaan = models.JSONField()
    dipakai_pada = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "pemetaan kolom"
        constraints = [models.UniqueConstraint("pengirim", "jenis", "sidik_kepala", name="pemetaan_unik")]

    def __str__(self) -> str:
        return f"{self.pengirim} ({self.jenis})"
