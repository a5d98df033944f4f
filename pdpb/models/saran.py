"""Saran perbaikan of Bawaslu: the letter, the names in it, what was answered to each, and the confirmed sheets."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kpupalu.lib.waktu import WITA, hari_ini
from pdpb.models.perubahan import Perubahan

ATURAN_TARGET = "target_jawab_saran"


class SaranQuerySet(models.QuerySet):
    def for_user(self, user) -> "SaranQuerySet":
        """Letters that *user* may know of: all with the right, otherwise none."""
        return self if user.has_perm("pdpb.lihat_saran") else self.none()

    def terbuka(self) -> "SaranQuerySet":
        """Letters that wait for an answer of the office."""
        return self.exclude(status=SaranPerbaikan.Status.DIJAWAB)

    def lewat(self) -> "SaranQuerySet":
        """Open letters whose target day is over."""
        return self.terbuka().filter(tenggat__lt=hari_ini())


class SaranPerbaikan(models.Model):
    """One letter of Bawaslu with its names. Letters are never deleted; the file is sealed."""

    class Status(models.TextChoices):
        DIKERJAKAN = "dikerjakan", "Dikerjakan"
        DIAJUKAN = "diajukan", "Menunggu konfirmasi"
        DIJAWAB = "dijawab", "Sudah dijawab"

    nomor = models.CharField("nomor surat", max_length=100)
    tanggal = models.DateField("tanggal surat")
    perihal = models.CharField(max_length=200)
    diterima = models.DateField("tanggal diterima")
    tenggat = models.DateField("target jawaban", help_text="Dari aturan target_jawab_saran pada hari surat diterima.")
    berkas = models.ForeignKey("imports.BerkasMasuk", models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.DIKERJAKAN)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField(auto_now_add=True)
    diajukan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    diajukan_pada = models.DateTimeField(null=True, blank=True)
    alasan_kembali = models.CharField(max_length=300, blank=True)

    objects = SaranQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "saran perbaikan"
        constraints = [models.UniqueConstraint("nomor", "tanggal", name="saran_unik")]
        permissions = [
            ("lihat_saran", "Melihat saran perbaikan Bawaslu dan jawabannya"),
            ("jawab_saran", "Mencatat surat saran perbaikan dan menyusun jawaban per nama"),
            ("konfirmasi_saran", "Mengonfirmasi lembar jawaban saran perbaikan"),
        ]

    def __str__(self) -> str:
        return f"Saran perbaikan {self.nomor}"

    def get_absolute_url(self) -> str:
        """The page of this letter."""
        return reverse("pdpb:saran_detail", args=[self.pk])

    @property
    def terlambat(self) -> bool:
        """Whether its target day is over and it is not answered."""
        return self.status != self.Status.DIJAWAB and self.tenggat < hari_ini()


class DaftarSaran(models.Model):
    """One list of names that came with a letter: sealed, its columns recognised, read once a person agrees."""

    surat = models.ForeignKey(SaranPerbaikan, models.PROTECT, related_name="daftar")
    berkas = models.ForeignKey("imports.BerkasMasuk", models.PROTECT, related_name="+")
    ringkasan = models.JSONField(default=dict)
    dibaca_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "daftar saran perbaikan"

    def __str__(self) -> str:
        return f"{self.berkas} ({self.surat})"


class ButirSaran(models.Model):
    """One name of a letter, as Bawaslu wrote it; which voter it is, and what the office answers.

    The digits of a NIK stand in ``Identitas`` alone. *pemilih* was chosen by a person, never by the machine.
    """

    class Jawaban(models.TextChoices):
        DITINDAKLANJUTI = "ditindaklanjuti", "Ditindaklanjuti"
        BELUM = "belum", "Belum dapat ditindaklanjuti"
        TIDAK = "tidak", "Tidak ditindaklanjuti"

    surat = models.ForeignKey(SaranPerbaikan, models.PROTECT, related_name="butir")
    urut = models.PositiveIntegerField()
    daftar = models.ForeignKey(DaftarSaran, models.PROTECT, null=True, blank=True, related_name="butir")
    baris = models.PositiveIntegerField(null=True, blank=True, help_text="Baris pada berkas Bawaslu.")
    nama = models.CharField(max_length=120, blank=True)
    identitas = models.ForeignKey("pdpb.Identitas", models.PROTECT, null=True, blank=True, related_name="+")
    tanggal_lahir = models.DateField(null=True, blank=True)
    jenis_kelamin = models.CharField(max_length=1, blank=True)
    alamat = models.CharField(max_length=160, blank=True)
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, null=True, blank=True, related_name="+")
    tps = models.CharField("TPS", max_length=12, blank=True)
    klaim = models.CharField("saran Bawaslu", max_length=300, blank=True)
    dugaan = models.ForeignKey("pdpb.Kategori", models.PROTECT, null=True, blank=True, related_name="+")
    catatan_baca = models.CharField(max_length=200, blank=True, help_text="Yang tidak terbaca pada baris ini.")
    pemilih = models.ForeignKey("pdpb.Pemilih", models.PROTECT, null=True, blank=True, related_name="+")
    tidak_terdaftar = models.BooleanField(default=False)
    cocok_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    cocok_pada = models.DateTimeField(null=True, blank=True)
    jawaban = models.CharField(max_length=15, choices=Jawaban, blank=True)
    perubahan = models.ForeignKey("pdpb.Perubahan", models.PROTECT, null=True, blank=True, related_name="+")
    alasan = models.CharField(max_length=300, blank=True)
    dijawab_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    dijawab_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["surat", "urut"]
        verbose_name = verbose_name_plural = "nama saran perbaikan"
        constraints = [
            models.UniqueConstraint("surat", "urut", name="butir_saran_unik"),
            models.CheckConstraint(
                name="butir_saran_jawaban_lengkap",
                condition=Q(jawaban="", perubahan__isnull=True)
                | Q(jawaban="ditindaklanjuti", perubahan__isnull=False)
                | (Q(jawaban__in=["belum", "tidak"], perubahan__isnull=True) & ~Q(alasan="")),
            ),
            models.CheckConstraint(
                name="butir_saran_cocok_atau_tidak", condition=Q(pemilih__isnull=True) | Q(tidak_terdaftar=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Nama ke-{self.urut}, {self.surat}"

    @property
    def sebelumnya(self) -> bool:
        """Whether the linked change was proposed before the letter came: the advice was followed already."""
        if self.perubahan is None:
            return False
        return self.perubahan.diusulkan_pada.astimezone(WITA).date() < self.surat.diterima

    @property
    def batal(self) -> bool:
        """Whether the linked change was rejected or withdrawn after it was given as the answer."""
        return self.perubahan is not None and self.perubahan.status == Perubahan.Status.DITOLAK

    @property
    def uraian(self) -> str:
        """The answer in one sentence; it holds no number of a person. Empty while there is none."""
        if self.jawaban != self.Jawaban.DITINDAKLANJUTI or self.perubahan is None:
            return self.alasan
        p = self.perubahan
        mana = f"perubahan no. {p.pk} ({p.kategori.nama}), {p.periode.nama}: {p.get_status_display().lower()}"
        kalimat = f"Sudah dilakukan sebelumnya, {mana}." if self.sebelumnya else f"{mana[0].upper()}{mana[1:]}."
        return f"{kalimat} {self.alasan}".strip()


class LembarJawaban(models.Model):
    """One reply sheet as two people gave it out: its rows frozen, without any number of a person. Never changed."""

    # Set by ``pdpb.actions.surat_jawaban.bersurat``: the letter that carries the sheet, or None.
    surat_jawaban: Any

    surat = models.ForeignKey(SaranPerbaikan, models.PROTECT, related_name="lembar")
    versi = models.PositiveSmallIntegerField()
    isi = models.JSONField()
    # Of old sheets only, whose letter was written elsewhere; later ones ask the letter that carries them.
    nomor_surat = models.CharField("nomor surat jawaban", max_length=100, blank=True)
    diajukan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dikonfirmasi_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dikonfirmasi_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["surat", "-versi"]
        verbose_name = verbose_name_plural = "lembar jawaban"
        constraints = [
            models.UniqueConstraint("surat", "versi", name="lembar_jawaban_unik"),
            models.CheckConstraint(name="lembar_jawaban_dua_orang", condition=~Q(dikonfirmasi_oleh=F("diajukan_oleh"))),
        ]

    def __str__(self) -> str:
        return f"Lembar jawaban {self.versi}, {self.surat}"
