"""Coklit terbatas: field visits to selected rows of the list, and what was found at the door."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

ATURAN_TUTUP = "target_tutup_coktas"


class KegiatanCoktasQuerySet(models.QuerySet):
    def for_user(self, user) -> "KegiatanCoktasQuerySet":
        """Activities that *user* may read: all with the right, for a petugas those with rows of their own."""
        if user.has_perm("pdpb.lihat_coktas"):
            return self
        if user.has_perm("pdpb.isi_coktas"):
            return self.filter(pk__in=BarisCoktas.objects.for_user(user).values("kegiatan"))
        return self.none()


class KegiatanCoktas(models.Model):
    """One round of visits: which rows, by whom, on which days. Rows reach the petugas once it is *berjalan*."""

    class Status(models.TextChoices):
        DISUSUN = "disusun", "Disusun"
        BERJALAN = "berjalan", "Berjalan"
        SELESAI = "selesai", "Selesai"
        DIBATALKAN = "dibatalkan", "Dibatalkan"

    periode = models.ForeignKey("pdpb.Periode", models.PROTECT)
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, related_name="+")
    mulai = models.DateField("tanggal mulai")
    akhir = models.DateField("tanggal akhir")
    keperluan = models.CharField(max_length=160)
    status = models.CharField(max_length=10, choices=Status, default=Status.DISUSUN)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField(auto_now_add=True)
    ditutup_pada = models.DateTimeField(null=True)
    alasan_akhir = models.CharField(max_length=240, blank=True)
    kunci = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = KegiatanCoktasQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "kegiatan coktas"
        constraints = [
            models.CheckConstraint(name="coktas_tidak_terbalik", condition=Q(akhir__gte=F("mulai"))),
        ]
        permissions = [
            ("lihat_coktas", "Melihat kegiatan coktas dan hasilnya"),
            ("kelola_coktas", "Menyusun kegiatan coktas dan menutupnya"),
            ("isi_coktas", "Mengisi hasil coktas pada baris yang ditugaskan"),
        ]

    def __str__(self) -> str:
        return f"Coktas {self.pk}, Kel. {self.kelurahan}"

    def get_absolute_url(self) -> str:
        """The page of the activity."""
        return reverse("pdpb:coktas_detail", args=[self.pk])


class BarisCoktasQuerySet(models.QuerySet):
    def for_user(self, user) -> "BarisCoktasQuerySet":
        """Rows that *user* may read: all with the right, for a petugas those assigned to them while it runs."""
        if user.has_perm("pdpb.lihat_coktas"):
            return self
        return self.ditugaskan(user)

    def ditugaskan(self, user) -> "BarisCoktasQuerySet":
        """Rows that *user* is to visit, or has visited, in an activity that runs."""
        if not user.has_perm("pdpb.isi_coktas"):
            return self.none()
        return self.filter(petugas=user, kegiatan__status=KegiatanCoktas.Status.BERJALAN)


class BarisCoktas(models.Model):
    """One row of the list to be checked at the door: why, by whom, and once visited what was found.

    *versi* is the row as it was printed. *terbuka* until visited or closed, so that nobody stands in two activities
    at once. *usulan* is what came of it, *kaitan* whether the visit made it or brought its evidence; without one
    *tanpa_usulan* says why. *kunci* is of the form sent. A result taken back leaves the row unvisited; what it said
    stands in the history.
    """

    class Hasil(models.TextChoices):
        SESUAI = "sesuai", "Sesuai"
        MENINGGAL = "meninggal", "Meninggal"
        PINDAH = "pindah", "Pindah"
        GANDA = "ganda", "Ganda"
        TIDAK_DITEMUKAN = "tidak_ditemukan", "Tidak ditemukan"
        UBAH_ELEMEN = "ubah_elemen", "Ubah elemen"

    class Kaitan(models.TextChoices):
        DIBUAT = "dibuat", "Usulan dibuat oleh kunjungan ini"
        DILENGKAPI = "dilengkapi", "Buktinya dilengkapi oleh kunjungan ini"
        SUDAH_ADA = "ada", "Usulan sudah ada sebelumnya"

    kegiatan = models.ForeignKey(KegiatanCoktas, models.PROTECT, related_name="baris", db_index=False)
    pemilih = models.ForeignKey("pdpb.Pemilih", models.PROTECT, related_name="+")
    versi = models.ForeignKey("pdpb.Pendaftaran", models.PROTECT, related_name="+", db_index=False)
    petugas = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    alasan = ArrayField(models.CharField(max_length=20), default=list)
    terbuka = models.BooleanField(default=True)
    hasil = models.CharField(max_length=15, choices=Hasil, blank=True)
    informan = models.CharField(max_length=120, blank=True)
    hadir = models.CharField("yang hadir", max_length=160, blank=True)
    catatan = models.CharField(max_length=240, blank=True)
    foto = models.FileField(upload_to="coktas/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    usulan = models.ForeignKey("pdpb.Perubahan", models.PROTECT, null=True, related_name="+")
    kaitan = models.CharField(max_length=10, choices=Kaitan, blank=True)
    tanpa_usulan = models.CharField(max_length=240, blank=True)
    diisi_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    diisi_pada = models.DateTimeField(null=True)
    kunci = models.UUIDField(unique=True, null=True, editable=False)

    objects = BarisCoktasQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "baris coktas"
        constraints = [
            models.UniqueConstraint("kegiatan", "pemilih", name="baris_coktas_tunggal"),
            models.UniqueConstraint("pemilih", name="satu_coktas_terbuka", condition=Q(terbuka=True)),
            models.CheckConstraint(
                name="baris_coktas_terisi_lengkap",
                condition=Q(hasil="", diisi_pada__isnull=True) | ~Q(hasil="") & Q(diisi_pada__isnull=False),
            ),
        ]
        indexes = [models.Index("petugas", "terbuka", name="baris_coktas_petugas")]

    def __str__(self) -> str:
        return f"Baris coktas {self.pk}"
