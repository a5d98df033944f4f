"""The digest tree of a frozen roll as stored, and the register of proofs given at the desk."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from kpupalu.lib.waktu import WITA, hari_ini, sekarang


class PohonSimpul(models.Model):
    """One level of the digest tree of a snapshot: its nodes, 32 bytes each, one after the other; level 0 the leaves.

    Written once with the snapshot, never changed or deleted.
    """

    snapshot = models.ForeignKey("pdpb.Snapshot", models.PROTECT, db_index=False, related_name="simpul")
    tingkat = models.PositiveSmallIntegerField()
    isi = models.BinaryField()

    class Meta:
        ordering = ["snapshot", "tingkat"]
        verbose_name = verbose_name_plural = "simpul pohon"
        constraints = [models.UniqueConstraint("snapshot", "tingkat", name="pohon_tingkat_unik")]

    def __str__(self) -> str:
        return f"{self.snapshot_id}/{self.tingkat}"


class PemberianBuktiQuerySet(models.QuerySet):
    def for_user(self, user) -> "PemberianBuktiQuerySet":
        """The whole register for who may give proofs or read the export register, otherwise nothing."""
        boleh = user.has_perm("pdpb.beri_bukti") or user.has_perm("pdpb.lihat_ekspor")
        return self if boleh else self.none()


class PemberianBukti(models.Model):
    """One proof given to a citizen about the own row: who checked which identity document, and which fields it shows.

    The files are not kept; they follow again from the snapshot. Rows are never changed or deleted.
    """

    class Pengenal(models.TextChoices):
        KTP = "ktp", "KTP-el"
        IKD = "ikd", "Identitas Kependudukan Digital"
        BIODATA = "biodata", "Biodata penduduk atau surat keterangan perekaman"
        LAIN = "lain", "Dokumen lain berfoto dari instansi pemerintah"

    tahun = models.PositiveSmallIntegerField()
    urut = models.PositiveIntegerField()
    snapshot = models.ForeignKey("pdpb.Snapshot", models.PROTECT, related_name="+")
    pendaftaran = models.ForeignKey("pdpb.Pendaftaran", models.PROTECT, related_name="+")
    medan = ArrayField(models.CharField(max_length=20), help_text="Bidang yang dibuka; bidang lain tetap tertutup.")
    pengenal = models.CharField("dokumen yang diperiksa", max_length=8, choices=Pengenal)
    sha256 = models.CharField(max_length=64)
    diberikan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diberikan_pada = models.DateTimeField(default=sekarang)

    objects = PemberianBuktiQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "pemberian bukti"
        permissions = [("beri_bukti", "Memberi bukti terdaftar kepada pemilih")]
        constraints = [models.UniqueConstraint("tahun", "urut", name="bukti_nomor_unik")]

    def __str__(self) -> str:
        return f"Bukti {self.nomor}"

    def get_absolute_url(self) -> str:
        """Its page in the register."""
        return reverse("pdpb:bukti_detail", args=[self.pk])

    @property
    def nomor(self) -> str:
        """``BKT-0007/2026``."""
        return f"BKT-{self.urut:04d}/{self.tahun}"

    def dapat_diambil(self, user) -> bool:
        """Whether *user* may fetch its files: who gave it, on the day it was given."""
        hari_itu = self.diberikan_pada.astimezone(WITA).date() == hari_ini()
        return hari_itu and self.diberikan_oleh_id == user.pk and user.has_perm("pdpb.beri_bukti")
