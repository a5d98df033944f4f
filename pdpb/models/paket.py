"""The register of packages: one archive of everything that belongs to a closed quarter (pdpb brief §17.2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kpupalu.lib.waktu import sekarang
from pdpb.models.periode import Periode


class PaketQuerySet(models.QuerySet):
    def for_user(self, user) -> "PaketQuerySet":
        """Packages that *user* may know of: all with the right, otherwise none."""
        return self if user.has_perm("pdpb.lihat_paket") else self.none()

    def siap(self) -> "PaketQuerySet":
        """Packages that were made, newest first; the file of an old one may be gone."""
        return self.exclude(status=PaketPeriode.Status.DISUSUN).order_by("-urut")


class PaketPeriode(models.Model):
    """One package of *periode*: the digest of its manifest, what it lacks, and where the file lies.

    Rows stay for ever; the file goes after its time and can be made again: the same state of the office gives the same
    bytes. ``kurang`` holds the sentences about parts that were not there, as the manifest names them.
    """

    class Status(models.TextChoices):
        DISUSUN = "disusun", "Disusun"
        SIAP = "siap", "Siap diunduh"
        DIHAPUS = "dihapus", "Berkas dihapus"

    periode = models.ForeignKey(Periode, models.PROTECT, related_name="paket")
    urut = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=Status, default=Status.DISUSUN)
    diminta_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diminta_pada = models.DateTimeField(default=sekarang)
    pekerjaan = models.BigIntegerField(null=True, editable=False)
    berkas = models.CharField(max_length=80, blank=True, editable=False)
    ukuran = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField("sidik berkas", max_length=64, blank=True)
    sidik_manifes = models.CharField("sidik manifes", max_length=64, blank=True, db_index=True)
    jumlah_berkas = models.PositiveIntegerField(null=True)
    kurang = models.JSONField("yang tidak ada", default=list)
    siap_pada = models.DateTimeField(null=True)
    dihapus_pada = models.DateTimeField(null=True)

    objects = PaketQuerySet.as_manager()

    class Meta:
        ordering = ["periode", "-urut"]
        verbose_name = verbose_name_plural = "paket periode"
        permissions = [
            ("lihat_paket", "Melihat dan mengunduh paket triwulan"),
            ("susun_paket", "Menyusun paket triwulan"),
        ]
        constraints = [
            models.UniqueConstraint("periode", "urut", name="paket_nomor_unik"),
            models.UniqueConstraint("periode", name="paket_satu_disusun", condition=Q(status="disusun")),
            models.CheckConstraint(
                name="paket_siap_bersidik",
                condition=Q(status="disusun")
                | (Q(siap_pada__isnull=False, ukuran__isnull=False) & ~Q(berkas="") & ~Q(sidik_manifes="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Paket {self.nomor}"

    def get_absolute_url(self) -> str:
        """The page of the packages of its quarter."""
        return reverse("pdpb:paket", args=[self.periode_id])

    @property
    def nomor(self) -> str:
        """``PKT-02/2026-tw3``."""
        return f"PKT-{self.urut:02d}/{self.periode_id}"
