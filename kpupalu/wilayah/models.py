"""The places of Palu, by Kemendagri code. A split or renamed kelurahan is a new row; old rows stay, dated."""

from django.db import models


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


class Kelurahan(models.Model):
    """One kelurahan; ``kode`` is dotted Kemendagri, ``72.71.08.1003``. KPU's own ids are kept beside it."""

    kode = models.CharField(max_length=13, primary_key=True)
    nama = models.CharField(max_length=60)
    kecamatan = models.ForeignKey(Kecamatan, models.PROTECT)
    id_sidalih = models.CharField("KEL_ID di SIDALIH", max_length=20, blank=True)

    class Meta:
        ordering = ["kode"]
        verbose_name = verbose_name_plural = "kelurahan"

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
