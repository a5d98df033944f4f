"""SIDALIH beside our own list: sheets that carry our changes there, what came back, and its own counts.

Nothing here knows how to log in to SIDALIH; people carry the files.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kpupalu.lib.waktu import WITA
from pdpb.models.daftar import JenisKelamin

ATURAN_UNGGAH = "target_unggah_sidalih"


class LembarQuerySet(models.QuerySet):
    def for_user(self, user) -> "LembarQuerySet":
        """Sheets that *user* may read: all with the right to see the roll, otherwise none."""
        return self if user.has_perm("pdpb.lihat_pemilih") else self.none()


class LembarSidalih(models.Model):
    """One numbered sheet of rows of one kelurahan for the upload grid; what it holds is fixed when it is made."""

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu diunggah"
        DIUNGGAH = "diunggah", "Sudah diunggah"

    periode = models.ForeignKey("pdpb.Periode", models.PROTECT)
    nomor = models.PositiveIntegerField()
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, related_name="+")
    khusus = models.BooleanField("TPS lokasi khusus", default=False)
    status = models.CharField(max_length=8, choices=Status, default=Status.MENUNGGU)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField(auto_now_add=True)
    diunggah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    diunggah_pada = models.DateTimeField(null=True, blank=True)
    catatan = models.CharField(max_length=240, blank=True)

    objects = LembarQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "lembar SIDALIH"
        constraints = [
            models.UniqueConstraint("periode", "nomor", name="lembar_sidalih_unik"),
            models.CheckConstraint(
                name="lembar_sidalih_diunggah_lengkap",
                condition=Q(status="menunggu", diunggah_oleh__isnull=True, diunggah_pada__isnull=True)
                | Q(status="diunggah", diunggah_oleh__isnull=False, diunggah_pada__isnull=False),
            ),
        ]
        permissions = [("kelola_sidalih", "Menyusun lembar SIDALIH dan mencatat jawabannya")]

    def __str__(self) -> str:
        return f"Lembar {self.kode}"

    def get_absolute_url(self) -> str:
        """The page of this sheet."""
        return reverse("pdpb:sidalih_lembar", args=[self.pk])

    @property
    def disusun(self) -> date:
        """The day in Palu on which it was made."""
        return self.dibuat_pada.astimezone(WITA).date()

    @property
    def kode(self) -> str:
        """``SDL-0007/2026-tw4``."""
        return f"SDL-{self.nomor:04d}/{self.periode_id}"


class BarisQuerySet(models.QuerySet):
    def for_user(self, user) -> "BarisQuerySet":
        """Rows that *user* may read: all with the right to see the roll, otherwise none."""
        return self if user.has_perm("pdpb.lihat_pemilih") else self.none()

    def berlaku(self) -> "BarisQuerySet":
        """Rows that nothing has replaced."""
        return self.filter(digantikan=False)


class BarisSidalih(models.Model):
    """One row of a sheet, and what SIDALIH made of it.

    A change is one row, a move inside the city two: out of one kelurahan, into the other. *isi* is what was written,
    without NIK and NKK, which stand in *identitas*. A replaced row stays as it was; another one carries the change.
    """

    class Arah(models.TextChoices):
        TAMBAH = "tambah", "Masuk daftar"
        UBAH = "ubah", "Perbaikan"
        HAPUS = "hapus", "Keluar daftar"

    class Hasil(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu jawaban"
        DITERIMA = "diterima", "Diterima"
        DITOLAK = "ditolak", "Ditolak"
        GANDA = "ganda", "Ganda di SIDALIH"
        TIDAK_ADA = "tidak_ada", "Tidak ada di SIDALIH"
        BEDA = "beda", "Isinya berbeda"

    lembar = models.ForeignKey(LembarSidalih, models.PROTECT, related_name="baris")
    urut = models.PositiveSmallIntegerField()
    perubahan = models.ForeignKey("pdpb.Perubahan", models.PROTECT, related_name="+")
    arah = models.CharField(max_length=6, choices=Arah)
    dpid = models.CharField("DPID", max_length=20, blank=True)
    identitas = models.ForeignKey("pdpb.Identitas", models.PROTECT, related_name="+")
    isi = models.JSONField()
    hasil = models.CharField(max_length=9, choices=Hasil, default=Hasil.MENUNGGU)
    beda = models.JSONField(default=list, help_text="Daftar [isian, di sini, di SIDALIH]; NIK dan NKK disamarkan.")
    pesan = models.CharField(max_length=240, blank=True)
    berkas = models.ForeignKey("pdpb.BerkasSidalih", models.PROTECT, null=True, blank=True, related_name="+")
    dijawab_pada = models.DateTimeField(null=True, blank=True)
    diunggah = models.BooleanField(default=False, help_text="Ikut dalam berkas yang diunggah.")
    digantikan = models.BooleanField(default=False)
    sebab_ganti = models.CharField(max_length=240, blank=True)

    objects = BarisQuerySet.as_manager()

    class Meta:
        ordering = ["lembar", "urut"]
        verbose_name = verbose_name_plural = "baris SIDALIH"
        indexes = [models.Index("hasil", "id", name="baris_sidalih_hasil")]
        constraints = [
            models.UniqueConstraint("lembar", "urut", name="baris_sidalih_unik"),
            # Two people who make sheets at once cannot send one change twice.
            models.UniqueConstraint(
                "perubahan", "arah", name="satu_baris_sidalih_berlaku", condition=Q(digantikan=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lembar} baris {self.urut}"


class BerkasSidalih(models.Model):
    """One file out of SIDALIH, received once per period: the same bytes again change nothing."""

    class Jenis(models.TextChoices):
        DAFTAR = "daftar", "Daftar pemilih lengkap satu kelurahan atau lebih"
        JAWABAN = "jawaban", "Jawaban atas lembar yang diunggah"

    periode = models.ForeignKey("pdpb.Periode", models.PROTECT)
    jenis = models.CharField(max_length=7, choices=Jenis)
    berkas = models.ForeignKey("imports.BerkasMasuk", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    ringkasan = models.JSONField(default=dict)
    diterima_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diterima_pada = models.DateTimeField(auto_now_add=True)
    dibaca_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "berkas SIDALIH"
        constraints = [models.UniqueConstraint("periode", "sha256", name="berkas_sidalih_unik")]

    def __str__(self) -> str:
        return f"{self.berkas} ({self.get_jenis_display()})"


class RekapSidalih(models.Model):
    """How many active voters SIDALIH counts in one kelurahan by sex, from the latest full list of it (R19)."""

    periode = models.ForeignKey("pdpb.Periode", models.PROTECT)
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, related_name="+")
    jenis_kelamin = models.CharField(max_length=1, choices=JenisKelamin)
    jumlah = models.PositiveIntegerField()
    berkas = models.ForeignKey(BerkasSidalih, models.PROTECT, related_name="+")
    pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "rekap SIDALIH"
        constraints = [models.UniqueConstraint("periode", "kelurahan", "jenis_kelamin", name="rekap_sidalih_unik")]

    def __str__(self) -> str:
        return f"{self.kelurahan_id} {self.jenis_kelamin}: {self.jumlah}"
