"""The places of Palu, by Kemendagri code. A split or renamed kelurahan is a new row; old rows stay, dated."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class Kecamatan(models.Model):
    """One of the kecamatan; ``kode`` is dotted Kemendagri, ``72.71.08``."""

    kode = models.CharField(max_length=8, primary_key=True)
    nama = models.CharField(max_length=60)
    awalan_nik = models.CharField("awalan NIK", max_length=6, blank=True)

    class Meta:
        ordering = ["kode"]
        verbose_name = verbose_name_plural = "kecamatan"

    def __str__(self) -> str:
        return self.nama


class KelurahanQuerySet(models.QuerySet):
    def pada(self, hari: date) -> "KelurahanQuerySet":
        """The kelurahan in force on *hari*."""
        return self.filter(Q(mulai__isnull=True) | Q(mulai__lte=hari), Q(akhir__isnull=True) | Q(akhir__gte=hari))


class Kelurahan(models.Model):
    """One kelurahan; ``kode`` is dotted Kemendagri, ``72.71.08.1003``. KPU's own ids are kept beside it.

    In force from *mulai* to *akhir*, both included; without a day, always. When one is split or gets another code, the
    new one is a row of its own: figures of the past stay with the old one, voters move by changes.
    """

    kode = models.CharField(max_length=13, primary_key=True)
    nama = models.CharField(max_length=60)
    kecamatan = models.ForeignKey(Kecamatan, models.PROTECT)
    id_sidalih = models.CharField("KEL_ID di SIDALIH", max_length=20, blank=True)
    mulai = models.DateField("berlaku mulai", null=True, blank=True, help_text="Kosong berarti sejak semula.")
    akhir = models.DateField(
        "berlaku sampai",
        null=True,
        blank=True,
        help_text="Hari terakhir kode ini dipakai; kosong berarti masih dipakai.",
    )

    objects = KelurahanQuerySet.as_manager()

    class Meta:
        ordering = ["kode"]
        verbose_name = verbose_name_plural = "kelurahan"
        constraints = [
            models.CheckConstraint(
                name="kelurahan_tidak_terbalik",
                condition=Q(mulai__isnull=True) | Q(akhir__isnull=True) | Q(akhir__gte=F("mulai")),
            )
        ]

    def __str__(self) -> str:
        return self.nama


class AliasKelurahan(models.Model):
    """A spelling that senders use for a kelurahan (Tavanjuka for Tawanjuka); compared case-insensitively."""

    nama = models.CharField(max_length=60, unique=True)
    kelurahan = models.ForeignKey(Kelurahan, models.CASCADE)

    class Meta:
        ordering = ["nama"]
        verbose_name = verbose_name_plural = "ejaan lain kelurahan"

    def __str__(self) -> str:
        return f"{self.nama} → {self.kelurahan}"


class TPS(models.Model):
    """One polling station. ``nomor`` counts within its kelurahan and prints with three digits."""

    class Jenis(models.TextChoices):
        REGULER = "reguler", "Reguler"
        LOKSUS = "loksus", "Lokasi khusus"

    kelurahan = models.ForeignKey(Kelurahan, models.PROTECT)
    nomor = models.PositiveSmallIntegerField()
    jenis = models.CharField(max_length=7, choices=Jenis, default=Jenis.REGULER)
    nama_lokasi = models.CharField(max_length=120, blank=True)
    keterangan = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["kelurahan", "nomor"]
        verbose_name = verbose_name_plural = "TPS"
        constraints = [models.UniqueConstraint("kelurahan", "nomor", name="tps_unik_per_kelurahan")]

    def __str__(self) -> str:
        return f"TPS {self.nomor:03d} {self.kelurahan}"
