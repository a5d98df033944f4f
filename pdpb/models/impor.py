"""Files received for the roll: batches, what was found in them, and findings that stay open on a voter."""

from django.conf import settings
from django.db import models

KODE_PASANGAN = ("nik_ganda", "nik_sama_orang_beda", "nik_sudah_aktif", "orang_sama_nik_beda")
"""Findings of a file that are about two rows: on the roll they are no ``Temuan`` but a ``PasanganGanda``."""


class Tingkat(models.TextChoices):
    GALAT = "Galat", "Galat"
    PERINGATAN = "Peringatan", "Peringatan"
    INFO = "Info", "Info"


class ImporBatch(models.Model):
    """One import: one or several files of one sender, checked and applied together."""

    class Jenis(models.TextChoices):
        DPT = "dpt", "Daftar dasar (DPT)"
        LOKSUS = "loksus", "Daftar lokasi khusus"
        LINTAS = "lintas", "Daftar ganda lintas kabupaten/kota"
        PERUBAHAN = "perubahan", "Daftar perubahan"

    class Status(models.TextChoices):
        DIUNGGAH = "diunggah", "Diunggah"
        DIPERIKSA = "diperiksa", "Diperiksa"
        DITERAPKAN = "diterapkan", "Diterapkan"
        SELESAI = "selesai", "Selesai"
        DIBATALKAN = "dibatalkan", "Dibatalkan"

    jenis = models.CharField(max_length=9, choices=Jenis)
    periode = models.ForeignKey("pdpb.Periode", models.PROTECT)
    kamus = models.PositiveSmallIntegerField("kamus kode", default=2025)
    pengirim = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DIUNGGAH)
    pemetaan = models.JSONField(default=dict, blank=True, help_text="Kolom berkas → kolom sistem.")
    ringkasan = models.JSONField(default=dict, blank=True)
    bukti = models.ForeignKey("pdpb.Bukti", models.PROTECT, null=True, blank=True)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField(auto_now_add=True)
    peringatan_diterima_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    diterapkan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    diterapkan_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "impor"
        permissions = [
            ("impor_daftar", "Mengunggah dan memeriksa impor"),
            ("terapkan_impor", "Menerapkan dan membatalkan impor"),
        ]

    def __str__(self) -> str:
        return f"Impor {self.pk} ({self.get_jenis_display()})"


class BerkasImpor(models.Model):
    """One sealed file of a batch and what was read from it."""

    batch = models.ForeignKey(ImporBatch, models.PROTECT, related_name="berkas")
    urut = models.PositiveSmallIntegerField()
    berkas_masuk = models.ForeignKey("imports.BerkasMasuk", models.PROTECT)
    jumlah_baris = models.PositiveIntegerField(default=0)
    ringkasan = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["batch", "urut"]
        verbose_name = verbose_name_plural = "berkas impor"
        constraints = [models.UniqueConstraint("batch", "urut", name="berkas_impor_unik")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.urut}"


class BarisDitolak(models.Model):
    """One row of a received file that was not applied, until a supplement mends it or somebody explains it.

    Of a base list these are only rows whose person or place cannot be read. *diganti_urut* and *diganti_baris* name
    the row of the supplement that took its place.
    """

    batch = models.ForeignKey(ImporBatch, models.PROTECT, related_name="ditolak")
    berkas_urut = models.PositiveSmallIntegerField()
    baris = models.PositiveIntegerField()
    dpid = models.CharField("DPID", max_length=20, blank=True)
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, null=True, blank=True, related_name="+")
    diganti_urut = models.PositiveSmallIntegerField(null=True, blank=True)
    diganti_baris = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["batch", "berkas_urut", "baris"]
        verbose_name = verbose_name_plural = "baris ditolak"
        constraints = [
            models.UniqueConstraint("batch", "berkas_urut", "baris", name="baris_ditolak_unik"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.berkas_urut}/{self.baris}"


class PerbaikanBaris(models.Model):
    """One cell of a row left out, corrected by an officer on the page: who, when, from what to what, and why.

    *berkas_urut* and *baris* name the row as it was first received, *dari_…* the state that was corrected (an earlier
    correction may have failed), *susulan_…* the row of the supplement that carries the result. Digits of a NIK or NKK
    are kept masked; they stand in the sealed files alone. Rows are only ever added.
    """

    batch = models.ForeignKey(ImporBatch, models.PROTECT, related_name="perbaikan")
    berkas_urut = models.PositiveSmallIntegerField()
    baris = models.PositiveIntegerField()
    dari_urut = models.PositiveSmallIntegerField()
    dari_baris = models.PositiveIntegerField()
    kolom = models.SlugField(max_length=20)
    lama = models.TextField("tertulis", blank=True)
    baru = models.TextField("menjadi", blank=True)
    alasan = models.CharField(max_length=240)
    susulan_urut = models.PositiveSmallIntegerField()
    susulan_baris = models.PositiveIntegerField()
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["batch", "pk"]
        verbose_name = verbose_name_plural = "perbaikan baris"
        constraints = [
            # Two people who corrected the same state of a row: the second is too late.
            models.UniqueConstraint("batch", "dari_urut", "dari_baris", "kolom", name="perbaikan_baris_unik"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.berkas_urut}/{self.baris} {self.kolom}"


class TemuanImpor(models.Model):
    """One problem of one row of a received file, in the sender's own row and column names. Holds no NIK."""

    # Only ``temuan`` makes these rows, for a batch it holds; batches are never deleted. Looking the batch up again for
    # each of 100.000 rows took as long as writing them.
    batch = models.ForeignKey(ImporBatch, models.PROTECT, related_name="temuan", db_constraint=False)
    berkas_urut = models.PositiveSmallIntegerField()
    baris = models.PositiveIntegerField()
    kolom = models.CharField(max_length=80, blank=True)
    tingkat = models.CharField(max_length=10, choices=Tingkat)
    kode = models.SlugField(max_length=40)
    pesan = models.CharField(max_length=400)

    class Meta:
        ordering = ["batch", "berkas_urut", "baris", "pk"]
        verbose_name = verbose_name_plural = "temuan impor"
        indexes = [models.Index("batch", "kode", name="temuan_impor_kode")]

    def __str__(self) -> str:
        return f"{self.baris}: {self.kode}"


class Temuan(models.Model):
    """An open question about a voter, found by a check, closed by a change or a reasoned decision."""

    class Status(models.TextChoices):
        TERBUKA = "terbuka", "Terbuka"
        SELESAI = "selesai", "Selesai"
        DIABAIKAN = "diabaikan", "Diterima dengan alasan"

    pemilih = models.ForeignKey("pdpb.Pemilih", models.PROTECT)
    kode = models.SlugField(max_length=40)
    tingkat = models.CharField(max_length=10, choices=Tingkat)
    pesan = models.CharField(max_length=400)
    status = models.CharField(max_length=9, choices=Status, default=Status.TERBUKA)
    batch = models.ForeignKey(ImporBatch, models.PROTECT, null=True, blank=True, related_name="+")
    keputusan = models.CharField(max_length=240, blank=True)
    diputus_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    diputus_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "temuan"
        indexes = [
            models.Index("status", "kode", "id", name="temuan_antrean"),
            models.Index("pemilih", name="temuan_pemilih"),
        ]

    def __str__(self) -> str:
        return f"{self.kode} pada pemilih {self.pemilih_id}"
