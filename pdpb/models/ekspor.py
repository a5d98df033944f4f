"""Lists by name that left the system, and which changes a frozen version counted."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kpupalu.lib.waktu import sekarang


def kode_unduh_baru() -> str:
    """A code that nobody can guess; it is the address of the file."""
    return secrets.token_urlsafe(24)


class SnapshotPerubahan(models.Model):
    """One change that a frozen version counted, and the versions of the row it closed and opened then.

    Kept apart from the change itself, because a change taken back after a reopening forgets its versions.
    """

    pk = models.CompositePrimaryKey("snapshot", "perubahan")
    snapshot = models.ForeignKey("pdpb.Snapshot", models.PROTECT, db_index=False, related_name="+")
    perubahan = models.ForeignKey("pdpb.Perubahan", models.PROTECT, related_name="+")
    versi_lama = models.ForeignKey("pdpb.Pendaftaran", models.PROTECT, null=True, db_index=False, related_name="+")
    versi_baru = models.ForeignKey("pdpb.Pendaftaran", models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "perubahan snapshot"

    def __str__(self) -> str:
        return f"{self.snapshot_id}/{self.perubahan_id}"


class EksporDaftar(models.Model):
    """One list by name given out: who asked, for what, for whom, on which basis, and what became of the file.

    Rows are never deleted; the file itself is, once it was fetched or its day is over. The whole NIK and NKK need
    a legal basis and a second person (product conventions §15).
    """

    class Jenis(models.TextChoices):
        PEMILIH = "pemilih", "A-KabKo Daftar Pemilih"
        PERUBAHAN = "perubahan", "A-Daftar Perubahan Pemilih"
        SELISIH = "selisih", "Selisih daftar antara dua tanggal"
        ADPB2 = "adpb2", "A-DPB2 dan daftar perubahan untuk Bawaslu"

    class Bentuk(models.TextChoices):
        PUBLIK = "publik", "XLSX, tujuh kolom tanpa NIK dan nomor KK"
        BUKTI = "bukti", "XLSX, tujuh kolom beserta berkas bukti dari data beku"
        PDF = "pdf", "PDF, 14 kolom"
        XLSX = "xlsx", "XLSX, 14 kolom"
        SELISIH = "beda", "XLSX selisih, tanpa NIK dan nomor KK"

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu persetujuan"
        DISIAPKAN = "disiapkan", "Disiapkan"
        SIAP = "siap", "Siap diunduh"
        DIUNDUH = "diunduh", "Sudah diunduh"
        DITOLAK = "ditolak", "Ditolak"
        BERAKHIR = "berakhir", "Berakhir"

    tahun = models.PositiveSmallIntegerField()
    urut = models.PositiveIntegerField()
    jenis = models.CharField(max_length=9, choices=Jenis)
    bentuk = models.CharField(max_length=6, choices=Bentuk, default=Bentuk.PUBLIK)
    periode = models.ForeignKey("pdpb.Periode", models.PROTECT)
    snapshot = models.ForeignKey("pdpb.Snapshot", models.PROTECT, null=True, help_text="Kosong berarti angka berjalan.")
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, null=True, related_name="+")
    kecamatan = models.ForeignKey(
        "wilayah.Kecamatan",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Keduanya kosong berarti seluruh kota.",
    )
    penerima = models.CharField(max_length=160)
    dari = models.DateField(null=True, help_text="Hanya untuk selisih antara dua tanggal.")
    sampai = models.DateField(null=True)
    tujuan = models.CharField(max_length=300)
    nik_penuh = models.BooleanField("NIK dan nomor KK lengkap", default=False)
    dasar_hukum = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=9, choices=Status)
    diminta_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diminta_pada = models.DateTimeField(default=sekarang)
    diputus_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    diputus_pada = models.DateTimeField(null=True)
    alasan_tolak = models.CharField(max_length=300, blank=True)
    pekerjaan = models.BigIntegerField(null=True, editable=False)
    kode_unduh = models.CharField(max_length=40, unique=True, default=kode_unduh_baru, editable=False)
    berkas = models.CharField(max_length=80, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True)
    ukuran = models.PositiveBigIntegerField(null=True)
    jumlah_baris = models.PositiveIntegerField(null=True)
    siap_pada = models.DateTimeField(null=True)
    kedaluwarsa_pada = models.DateTimeField(null=True)
    diunduh_pada = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "ekspor daftar"
        permissions = [
            ("lihat_ekspor", "Melihat buku ekspor daftar bernama"),
            ("setujui_ekspor", "Menyetujui ekspor NIK dan nomor KK lengkap"),
        ]
        constraints = [
            models.UniqueConstraint("tahun", "urut", name="ekspor_nomor_unik"),
            models.CheckConstraint(
                name="ekspor_dua_orang", condition=Q(diputus_oleh__isnull=True) | ~Q(diputus_oleh=F("diminta_oleh"))
            ),
            models.CheckConstraint(
                name="ekspor_satu_wilayah", condition=Q(kelurahan__isnull=True) | Q(kecamatan__isnull=True)
            ),
            models.CheckConstraint(
                name="ekspor_selisih_bertanggal",
                condition=Q(
                    jenis="selisih", dari__isnull=False, sampai__isnull=False, dari__lt=F("sampai"), nik_penuh=False
                )
                | (~Q(jenis="selisih") & Q(dari__isnull=True, sampai__isnull=True)),
            ),
            models.CheckConstraint(name="ekspor_nik_berdasar", condition=Q(nik_penuh=False) | ~Q(dasar_hukum="")),
            models.CheckConstraint(
                name="ekspor_nik_disetujui",
                condition=Q(nik_penuh=False) | Q(diputus_oleh__isnull=False) | Q(status__in=["menunggu", "berakhir"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Ekspor {self.nomor}"

    def get_absolute_url(self) -> str:
        """The page of this export in the register."""
        return reverse("pdpb:ekspor_detail", args=[self.pk])

    @property
    def nomor(self) -> str:
        """``EKS-0007/2026``."""
        return f"EKS-{self.urut:04d}/{self.tahun}"

    @property
    def tujuh_kolom(self) -> bool:
        """Whether it holds neither NIK nor nomor KK."""
        return self.bentuk in (self.Bentuk.PUBLIK, self.Bentuk.BUKTI)

    @property
    def kode_wilayah(self) -> str:
        """What the codes of the kelurahan of this list begin with; "" for the whole city."""
        return self.kelurahan_id or self.kecamatan_id or ""

    @property
    def wilayah(self) -> str:
        """The area in words: ``Kelurahan Talise``, ``Kecamatan Mantikulore``, ``seluruh Kota Palu``."""
        if self.kelurahan:
            return f"Kelurahan {self.kelurahan}"
        return f"Kecamatan {self.kecamatan}" if self.kecamatan else "seluruh Kota Palu"

    @property
    def versi(self) -> str:
        """Which figures the list shows, in words."""
        if self.dari and self.sampai:
            return f"{self.dari:%d-%m-%Y} sampai {self.sampai:%d-%m-%Y}"
        return f"data beku versi {self.snapshot.versi}" if self.snapshot else "angka berjalan"

    def dapat_diunduh(self, pada: datetime) -> bool:
        """Whether the file is there, not fetched yet, and its day is not over at *pada*."""
        return self.status == self.Status.SIAP and self.kedaluwarsa_pada is not None and pada < self.kedaluwarsa_pada
