"""Rows of an agency's list that name a person without a number that is found, and whom they mean."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class PadananQuerySet(models.QuerySet):
    def for_user(self, user) -> "PadananQuerySet":
        """Rows that *user* may read: all with the right to see the roll, otherwise none."""
        return self if user.has_perm("pdpb.lihat_pemilih") else self.none()

    def terbuka(self) -> "PadananQuerySet":
        """Rows for which a person has still to say whom they mean."""
        return self.filter(status__in=BELUM_DIPUTUS)


class PadananBaris(models.Model):
    """One row of a list of changes that was compared with the roll by name, birth date and place.

    *berkas_urut* and *baris* name the row as it was first received. *isi* is what the agency wrote, without NIK;
    *calon* the versions that may be meant, the likeliest first: ``[{"versi": id, "alasan": [sentence, …]}]``.
    *pilihan* is the version meant: proposed by the comparison (status DICOCOKKAN) or said by a person.
    """

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu dipilih"
        DICOCOKKAN = "dicocokkan", "Dicocokkan, menunggu dipastikan"
        DIPASTIKAN = "dipastikan", "Orangnya dipastikan"
        TIDAK_ADA = "tidak_ada", "Tidak ada di daftar"

    batch = models.ForeignKey("pdpb.ImporBatch", models.PROTECT, related_name="padanan")
    berkas_urut = models.PositiveSmallIntegerField()
    baris = models.PositiveIntegerField(help_text="Baris pada berkas pengirim.")
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, null=True, blank=True, related_name="+")
    isi = models.JSONField(default=dict, help_text="Yang tertulis pada baris itu, tanpa NIK.")
    calon = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=Status, default=Status.MENUNGGU)
    pilihan = models.ForeignKey(
        "pdpb.Pendaftaran", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    perubahan = models.ForeignKey("pdpb.Perubahan", models.PROTECT, null=True, blank=True, related_name="padanan")
    dipegang_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    dipegang_sampai = models.DateTimeField(null=True, blank=True)
    diputus_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    diputus_pada = models.DateTimeField(null=True, blank=True)

    objects = PadananQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "berkas_urut", "baris"]
        verbose_name = verbose_name_plural = "padanan baris"
        permissions = [("pilih_orang", "Memilih dan memastikan orang yang dimaksud baris impor")]
        indexes = [models.Index("batch", "status", "kelurahan", "id", name="padanan_antrean")]
        constraints = [
            models.UniqueConstraint("batch", "berkas_urut", "baris", name="padanan_baris_unik"),
            models.CheckConstraint(
                name="padanan_diputus_orang",
                condition=Q(status__in=["menunggu", "dicocokkan"])
                | Q(diputus_oleh__isnull=False, diputus_pada__isnull=False),
            ),
            models.CheckConstraint(
                name="padanan_berpilihan",
                condition=Q(status__in=["dicocokkan", "dipastikan"], pilihan__isnull=False)
                | Q(status__in=["menunggu", "tidak_ada"], pilihan__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Baris {self.baris} impor nomor {self.batch_id}"

    def get_absolute_url(self) -> str:
        """The page on which an officer says whom the row means."""
        return reverse("pdpb:padanan_detail", args=[self.batch_id, self.pk])


BELUM_DIPUTUS = (PadananBaris.Status.MENUNGGU, PadananBaris.Status.DICOCOKKAN)
"""States in which nobody has said yet whom the row means."""
