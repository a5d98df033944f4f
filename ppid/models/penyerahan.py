"""What is handed out and what it cost; and how identities are destroyed when nobody needs them any more."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kpupalu.aturan.models import nilai_bulat
from kpupalu.lib import waktu
from kpupalu.naskah.models import Naskah
from ppid.models.master import Tarif
from ppid.models.permohonan import Butir, Permohonan


class BerkasJawabanQuerySet(models.QuerySet["BerkasJawaban"]):
    """Files of answers."""

    def for_user(self, user) -> "BerkasJawabanQuerySet":
        """All with ``ppid.lihat_permohonan``; what they hold asks for a right of its own."""
        if not user.is_authenticated or not user.is_active or not user.has_perm("ppid.lihat_permohonan"):
            return self.none()
        return self

    def hidup(self) -> "BerkasJawabanQuerySet":
        """Those that were not withdrawn."""
        return self.filter(ditarik_pada=None)

    def dirilis(self) -> "BerkasJawabanQuerySet":
        """Those that may go out."""
        return self.hidup().filter(lolos=True)


class BerkasJawaban(models.Model):
    """A file that is to be given out: sealed as it came, and beside it what may leave the house.

    Only ``rilis`` ever goes out, and only while ``lolos`` holds for exactly its bytes (``rilis_sha256``). ``temuan``
    never holds a value of a person, only its kind, place and mask. ``coretan`` are the boxes or cells blacked out, each
    with the letter of Pasal 17; ``pernyataan`` says for the key of a finding why it may stay; ``versi`` counts acts.
    """

    butir = models.ForeignKey(Butir, models.PROTECT, related_name="berkas")
    judul = models.CharField("judul", max_length=160)
    tipe = models.CharField("jenis berkas", max_length=4)
    asal = models.FileField(upload_to="ppid/asal/%Y/")
    asal_sha256 = models.CharField(max_length=64)
    asal_ukuran = models.PositiveIntegerField()
    bentuk = models.JSONField("halaman atau lembar", default=dict, blank=True)
    temuan = models.JSONField("temuan pemeriksaan", default=list, blank=True)
    coretan = models.JSONField("penghitaman", default=list, blank=True)
    pernyataan = models.JSONField("pernyataan", default=dict, blank=True)
    rilis = models.FileField(upload_to="ppid/rilis/%Y/", blank=True)
    rilis_sha256 = models.CharField("SHA-256 versi rilis", max_length=64, blank=True)
    rilis_ukuran = models.PositiveIntegerField(default=0)
    laporan = models.JSONField("hasil pembuktian", default=dict, blank=True)
    temuan_rilis = models.JSONField("temuan pada versi rilis", default=list, blank=True)
    lolos = models.BooleanField("dilepas", default=False)
    lolos_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    lolos_pada = models.DateTimeField(null=True, blank=True)
    ditarik_pada = models.DateTimeField("ditarik pada", null=True, blank=True)
    diunduh = models.PositiveIntegerField("diunduh pemohon", default=0)
    diunggah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diunggah_pada = models.DateTimeField(default=waktu.sekarang)
    versi = models.PositiveIntegerField(default=1)

    objects = BerkasJawabanQuerySet.as_manager()

    class Meta:
        ordering = ["butir", "pk"]
        verbose_name = verbose_name_plural = "berkas jawaban"
        constraints = [
            models.CheckConstraint(
                name="berkas_jawaban_lolos_bersidik",
                condition=Q(lolos=False) | (~Q(rilis_sha256="") & Q(lolos_oleh__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.judul} ({self.tipe.upper()})"

    def get_absolute_url(self) -> str:
        """Its page for officers."""
        return reverse("ppid:berkas", args=[self.pk])

    @property
    def berhalaman(self) -> bool:
        """Whether it is blacked out by boxes on a page rather than by cells."""
        return self.tipe in ("pdf", "jpg", "png")


def batas_unduh(permohonan: Permohonan) -> date | None:
    """The last day on which the applicant may download, by the dated rule of the day of the answer; None before it."""
    if permohonan.dijawab_pada is None:
        return None
    return permohonan.dijawab_pada + timedelta(days=nilai_bulat("ppid_unduh_jawaban", pada=permohonan.dijawab_pada))


class RincianBiaya(models.Model):
    """One line of what an item costs: how many units, at which price, by which tariff."""

    butir = models.ForeignKey(Butir, models.PROTECT, related_name="rincian_biaya")
    tarif = models.ForeignKey(Tarif, models.PROTECT, related_name="+")
    jumlah = models.PositiveIntegerField("jumlah")
    harga = models.PositiveIntegerField("harga satuan (rupiah)")

    class Meta:
        ordering = ["butir", "tarif__komponen"]
        verbose_name = verbose_name_plural = "rincian biaya"
        constraints = [
            models.UniqueConstraint(fields=["butir", "tarif"], name="rincian_biaya_unik"),
            models.CheckConstraint(name="rincian_biaya_berjumlah", condition=Q(jumlah__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.tarif.get_komponen_display()}: {self.jumlah}"

    @property
    def total(self) -> int:
        """Rupiah of this line."""
        return self.jumlah * self.harga


class Pembayaran(models.Model):
    """What an applicant paid, with the number of the receipt; the lines stand as they were that day."""

    permohonan = models.OneToOneField(Permohonan, models.PROTECT, related_name="pembayaran")
    nomor = models.CharField("nomor kuitansi", max_length=120, unique=True)
    tanggal = models.DateField("tanggal")
    rincian = models.JSONField("rincian")
    total = models.PositiveIntegerField("jumlah (rupiah)")
    diterima_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "pembayaran"

    def __str__(self) -> str:
        return f"Kuitansi {self.nomor}"


class Penyerahan(models.Model):
    """What was handed over on one day, as its *tanda terima* says; who took it stands in ``DataPemohon``."""

    permohonan = models.OneToOneField(Permohonan, models.PROTECT, related_name="penyerahan")
    nomor = models.CharField("nomor tanda terima", max_length=120, unique=True)
    tanggal = models.DateField("tanggal")
    rincian = models.JSONField("yang diserahkan")
    diserahkan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "penyerahan"

    def __str__(self) -> str:
        return f"Tanda terima {self.nomor}"


class Pemusnahan(models.Model):
    """A proposal to destroy the identities of finished requests, and its approval by somebody else.

    ``rincian`` holds, after the act, register numbers and the digests of the files that are gone: nothing of a person.
    """

    class Status(models.TextChoices):
        DIUSULKAN = "diusulkan", "Menunggu persetujuan"
        DIMUSNAHKAN = "dimusnahkan", "Dimusnahkan"
        DITOLAK = "ditolak", "Ditolak"

    permohonan = models.ManyToManyField(Permohonan, related_name="pemusnahan")
    dasar = models.CharField("dasar", max_length=240)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DIUSULKAN)
    rincian = models.JSONField("yang dimusnahkan", default=list, blank=True)
    catatan = models.TextField("catatan", blank=True)
    diusulkan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diusulkan_pada = models.DateTimeField(default=waktu.sekarang)
    diputus_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    diputus_pada = models.DateTimeField(null=True, blank=True)
    naskah = models.OneToOneField(Naskah, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "pemusnahan identitas"
        constraints = [
            models.CheckConstraint(
                name="pemusnahan_dua_orang",
                condition=Q(diputus_oleh=None) | ~Q(diputus_oleh=F("diusulkan_oleh")),
                violation_error_message="Pengusul tidak boleh memutuskan usulannya sendiri.",
            ),
            models.CheckConstraint(
                name="pemusnahan_diputus", condition=Q(status="diusulkan") | Q(diputus_oleh__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Pemusnahan identitas {self.diusulkan_pada.astimezone(waktu.WITA):%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("ppid:pemusnahan", args=[self.pk])
