"""Suspicions about voters that no document proves yet, and what was done to find one."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class Dugaan(models.Model):
    """Something said about one voter without a document: it moves no figure and strikes nobody.

    Closed when a document came, when it proved wrong, or when a visit answered it. Rows are never deleted.
    """

    class Jenis(models.TextChoices):
        MENINGGAL = "meninggal", "Diduga meninggal"
        TIDAK_DIKENAL = "tidak_dikenal", "Tidak dikenal"
        PINDAH = "pindah", "Diduga pindah"
        TIDAK_PADAN = "tidak_padan", "Tidak padan"

    class Sumber(models.TextChoices):
        C_PEMBERITAHUAN = "c_pemberitahuan", "C-Pemberitahuan kembali"
        MASYARAKAT = "masyarakat", "Laporan masyarakat"
        KELUARGA = "keluarga", "Keluarga"
        KELURAHAN = "kelurahan", "Kelurahan atau RT"
        POSKO = "posko", "Posko pengaduan"
        KEMENDAGRI = "kemendagri", "Kemendagri/data turunan"
        LAIN = "lain", "Lainnya"

    class Status(models.TextChoices):
        TERBUKA = "terbuka", "Terbuka"
        SELESAI = "selesai", "Selesai"

    pemilih = models.ForeignKey("pdpb.Pemilih", models.PROTECT)
    jenis = models.CharField(max_length=13, choices=Jenis)
    sumber = models.CharField(max_length=15, choices=Sumber)
    tanggal = models.DateField("tanggal laporan")
    keterangan = models.CharField(max_length=240, blank=True)
    status = models.CharField(max_length=7, choices=Status, default=Status.TERBUKA)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField(auto_now_add=True)
    penyelesaian = models.CharField(max_length=240, blank=True)
    ditutup_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ditutup_pada = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "dugaan"
        permissions = [("catat_kematian", "Mencatat dugaan meninggal, tindak lanjut, dan surat kepada lurah")]
        indexes = [models.Index("status", "jenis", "pemilih", name="dugaan_antrean")]
        constraints = [
            models.UniqueConstraint(
                "pemilih", "jenis", "sumber", name="dugaan_terbuka_tunggal", condition=Q(status="terbuka")
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} pada pemilih {self.pemilih_id}"


class TindakLanjut(models.Model):
    """One attempt to get the document of a suspected death: when, whom one asked, what came of it. Append-only.

    *kunci* is of the form that was filled in, so that a form sent twice counts once.
    """

    class Kepada(models.TextChoices):
        LURAH = "lurah", "Lurah"
        RT = "rt", "Ketua RT atau RW"
        KELUARGA = "keluarga", "Keluarga"
        DISDUKCAPIL = "disdukcapil", "Disdukcapil"
        LAIN = "lain", "Lainnya"

    pemilih = models.ForeignKey("pdpb.Pemilih", models.PROTECT)
    tanggal = models.DateField()
    kepada = models.CharField("ditanyakan kepada", max_length=11, choices=Kepada)
    hasil = models.CharField(max_length=300)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pada = models.DateTimeField(auto_now_add=True)
    kunci = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["-tanggal", "-pk"]
        verbose_name = verbose_name_plural = "tindak lanjut"
        indexes = [models.Index("pemilih", "tanggal", name="tindak_lanjut_pemilih")]

    def __str__(self) -> str:
        return f"{self.get_kepada_display()}: {self.hasil}"


class SuratKematian(models.Model):
    """One letter to a lurah that asks for surat keterangan kematian of the people in it; its text is a naskah."""

    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, related_name="+")
    tanggal = models.DateField()
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField(auto_now_add=True)
    kunci = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "surat permintaan keterangan kematian"

    def __str__(self) -> str:
        return f"Surat kepada Lurah {self.kelurahan}"

    def get_absolute_url(self) -> str:
        """The queue of the kelurahan that the letter is about."""
        return f"{reverse('pdpb:kematian_daftar')}?kelurahan={self.kelurahan_id}"


class BarisSurat(models.Model):
    """One person in a letter, by the version of the row that was printed."""

    surat = models.ForeignKey(SuratKematian, models.PROTECT, related_name="baris", db_index=False)
    versi = models.ForeignKey("pdpb.Pendaftaran", models.PROTECT, related_name="+", db_index=False)
    pemilih = models.ForeignKey("pdpb.Pemilih", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "baris surat"
        constraints = [models.UniqueConstraint("surat", "pemilih", name="baris_surat_tunggal")]

    def __str__(self) -> str:
        return f"{self.surat_id}/{self.pemilih_id}"
