"""How an answer is made: what a unit is asked, and the letters that go out."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kpupalu.lib import waktu
from kpupalu.naskah.models import Naskah
from kpupalu.organisasi.models import Subbagian
from ppid.models.permohonan import Butir, Permohonan


class PermintaanUnitQuerySet(models.QuerySet["PermintaanUnit"]):
    """Questions to units a person may see."""

    def for_user(self, user) -> "PermintaanUnitQuerySet":
        """All with ``ppid.lihat_permohonan``, those of the own unit with ``ppid.jawab_unit``."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.has_perm("ppid.lihat_permohonan"):
            return self
        if user.has_perm("ppid.jawab_unit"):
            return self.filter(unit__pegawai__user=user)
        return self.none()


class PermintaanUnit(models.Model):
    """One question to the unit that holds the information. It never says who asks."""

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu unit"
        DIJAWAB = "dijawab", "Dijawab unit"
        DIKEMBALIKAN = "dikembalikan", "Dikembalikan untuk diperbaiki"
        DITERIMA = "diterima", "Diterima PPID"
        DITARIK = "ditarik", "Ditarik"

    permohonan = models.ForeignKey(Permohonan, models.PROTECT, related_name="permintaan_unit")
    butir = models.ManyToManyField(Butir, related_name="permintaan_unit")
    unit = models.ForeignKey(Subbagian, models.PROTECT, related_name="+")
    pertanyaan = models.TextField("yang diminta dari unit")
    tenggat = models.DateField("ditunggu sampai")
    status = models.CharField("status", max_length=14, choices=Status, default=Status.MENUNGGU)
    jawaban = models.TextField("jawaban unit", blank=True)
    dikuasai = models.BooleanField("dikuasai unit", null=True, blank=True)
    catatan_ppid = models.TextField("catatan PPID", blank=True)
    diminta_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diminta_pada = models.DateTimeField(default=waktu.sekarang)
    dijawab_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    dijawab_pada = models.DateTimeField(null=True, blank=True)
    versi = models.PositiveIntegerField(default=1)

    objects = PermintaanUnitQuerySet.as_manager()

    class Meta:
        ordering = ["tenggat", "pk"]
        verbose_name = verbose_name_plural = "permintaan kepada unit"

    def __str__(self) -> str:
        return f"Permintaan kepada {self.unit}"

    def get_absolute_url(self) -> str:
        """Its page, the same for the unit and the desk."""
        return reverse("ppid:unit", args=[self.pk])


class Jawaban(models.Model):
    """One letter about a request: what kind, its document, when and how it went out.

    A letter that was sent never changes; a correction is a letter of kind *ralat* after it.
    """

    class Jenis(models.TextChoices):
        PEMBERITAHUAN = "pemberitahuan", "Pemberitahuan tertulis"
        SUSULAN = "susulan", "Jawaban susulan"
        KEKURANGAN = "kekurangan", "Pemberitahuan kekurangan"
        PERPANJANGAN = "perpanjangan", "Pemberitahuan perpanjangan"
        PENOLAKAN = "penolakan", "Keputusan PPID tentang penolakan"
        RALAT = "ralat", "Surat ralat"

    permohonan = models.ForeignKey(Permohonan, models.PROTECT, related_name="jawaban")
    jenis = models.CharField("jenis", max_length=24, choices=Jenis)
    naskah = models.OneToOneField(Naskah, models.PROTECT, related_name="jawaban_ppid")
    dikirim_pada = models.DateField("dikirim pada", null=True, blank=True)
    cara = models.CharField("cara pengiriman", max_length=8, choices=Permohonan.CaraKirim, blank=True)
    bukti = models.CharField("bukti pengiriman", max_length=200, blank=True)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "jawaban permohonan"
        constraints = [
            models.CheckConstraint(
                name="jawaban_terkirim_bercara", condition=Q(dikirim_pada=None) | (~Q(cara="") & ~Q(bukti=""))
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} {self.naskah.nomor}"
