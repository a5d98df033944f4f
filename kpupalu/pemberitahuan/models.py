"""What one person should know: something waits, something of theirs changed, a day comes near."""

from django.conf import settings
from django.db import models

from kpupalu.lib.waktu import sekarang


class PemberitahuanQuerySet(models.QuerySet["Pemberitahuan"]):
    """Notifications of one person."""

    def for_user(self, user) -> "PemberitahuanQuerySet":
        """Only one's own; nobody reads those of another."""
        return self.filter(untuk_id=user.pk) if user.is_authenticated else self.none()

    def belum_dibaca(self) -> "PemberitahuanQuerySet":
        return self.filter(dibaca_pada__isnull=True)


class Pemberitahuan(models.Model):
    """One event told to one person. *kunci* names the event: the same event again is no second notification."""

    class Jenis(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu Anda"
        BERUBAH = "berubah", "Berubah"
        TENGGAT = "tenggat", "Tenggat"

    untuk = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pemberitahuan", db_index=False)
    jenis = models.CharField("jenis", max_length=8, choices=Jenis)
    kunci = models.CharField("kunci", max_length=200)
    judul = models.CharField("judul", max_length=200)
    kalimat = models.CharField("kalimat", max_length=300, blank=True)
    tautan = models.CharField("halaman", max_length=200)
    dibuat_pada = models.DateTimeField("dibuat pada", default=sekarang)
    dibaca_pada = models.DateTimeField("dibaca pada", null=True, blank=True)
    disurelkan_pada = models.DateTimeField("disurelkan pada", null=True, blank=True)

    objects = PemberitahuanQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "pemberitahuan"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["untuk", "kunci"], name="pemberitahuan_sekali")]
        indexes = [
            models.Index("untuk", "id", name="pemberitahuan_orang"),
            models.Index("untuk", name="pemberitahuan_belum", condition=models.Q(dibaca_pada__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.judul
