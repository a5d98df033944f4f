"""What follows when an applicant is not content: objection, dispute, hearings, rulings."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kpupalu.lib import waktu
from kpupalu.naskah.models import Naskah
from ppid.models.permohonan import Permohonan

ALASAN = {
    "a": "Permohonan ditolak",
    "b": "Informasi berkala tidak disediakan",
    "c": "Permohonan tidak ditanggapi",
    "d": "Permohonan ditanggapi tidak sebagaimana diminta",
    "e": "Permohonan tidak dipenuhi",
    "f": "Biaya tidak wajar",
    "g": "Informasi disampaikan melebihi waktu",
}
"""Grounds of UU 14/2008 Pasal 35 ayat (1)."""


class KeberatanQuerySet(models.QuerySet["Keberatan"]):
    """Objections a person may see."""

    def for_user(self, user) -> "KeberatanQuerySet":
        """All with ``ppid.lihat_keberatan``, otherwise none."""
        return self if user.is_active and user.has_perm("ppid.lihat_keberatan") else self.none()


class Keberatan(models.Model):
    """An objection to the superior of the PPID (UU 14/2008 Pasal 35–36), decided by somebody who refused nothing."""

    class Status(models.TextChoices):
        TERDAFTAR = "terdaftar", "Terdaftar"
        DITELAAH = "ditelaah", "Ditelaah"
        MUSYAWARAH = "musyawarah", "Musyawarah"
        DITANGGAPI = "ditanggapi", "Ditanggapi"
        DILAKSANAKAN = "dilaksanakan", "Dilaksanakan"
        SELESAI = "selesai", "Selesai"
        DICABUT = "dicabut", "Dicabut"

    class Putusan(models.TextChoices):
        DIKABULKAN = "dikabulkan", "Dikabulkan"
        SEBAGIAN = "dikabulkan_sebagian", "Dikabulkan sebagian"
        DITOLAK = "ditolak", "Ditolak"

    nomor = models.CharField("nomor registrasi", max_length=120, unique=True)
    permohonan = models.ForeignKey(Permohonan, models.PROTECT, related_name="keberatan")
    kunci = models.UUIDField(unique=True, editable=False)
    alasan = models.CharField("alasan, huruf Pasal 35 ayat (1)", max_length=14)
    kasus_posisi = models.TextField("kasus posisi")
    ditemukan_pada = models.DateField("alasan ditemukan pada")
    diterima = models.DateField("diterima pada", default=waktu.hari_ini)
    kuasa = models.CharField("kuasa", max_length=160, blank=True)
    status = models.CharField("status", max_length=14, choices=Status, default=Status.TERDAFTAR)
    putusan = models.CharField("putusan", max_length=20, choices=Putusan, blank=True)
    pertimbangan = models.TextField("pertimbangan", blank=True)
    perintah = models.TextField("perintah kepada PPID", blank=True)
    naskah = models.OneToOneField(Naskah, models.PROTECT, null=True, blank=True, related_name="keberatan_ppid")
    ditanggapi_pada = models.DateField("ditanggapi pada", null=True, blank=True)
    diputus_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    tanggapan_pemohon = models.TextField("tanggapan pemohon", blank=True)
    dilaksanakan_pada = models.DateField("dilaksanakan pada", null=True, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    dicatat_pada = models.DateTimeField(default=waktu.sekarang)
    versi = models.PositiveIntegerField(default=1)

    objects = KeberatanQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "keberatan"
        constraints = [
            models.CheckConstraint(
                name="keberatan_ditanggapi_lengkap",
                condition=~Q(status="ditanggapi")
                | (~Q(putusan="") & Q(ditanggapi_pada__isnull=False) & Q(diputus_oleh__isnull=False)),
            ),
            models.CheckConstraint(name="keberatan_tanggal", condition=Q(diterima__gte=F("ditemukan_pada"))),
        ]

    def __str__(self) -> str:
        return f"Keberatan {self.nomor}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("ppid:keberatan", args=[self.pk])


class Sengketa(models.Model):
    """A dispute at the Komisi Informasi and what follows at court; Hukum represents the office."""

    class Status(models.TextChoices):
        TERDAFTAR = "sengketa_terdaftar", "Terdaftar di Komisi Informasi"
        PEMERIKSAAN_AWAL = "pemeriksaan_awal", "Pemeriksaan awal"
        MEDIASI = "mediasi", "Mediasi"
        ADJUDIKASI = "ajudikasi", "Ajudikasi"
        PUTUSAN = "putusan", "Diputus"
        PTUN = "keberatan_ptun", "Keberatan ke PTUN"
        KASASI = "kasasi", "Kasasi"
        TETAP = "berkekuatan_tetap", "Berkekuatan hukum tetap"
        DILAKSANAKAN = "dilaksanakan", "Dilaksanakan"

    nomor = models.CharField("nomor register kantor", max_length=120, unique=True)
    nomor_ki = models.CharField("nomor register Komisi Informasi", max_length=120, blank=True)
    keberatan = models.ForeignKey(Keberatan, models.PROTECT, related_name="sengketa")
    diterima = models.DateField("pemberitahuan diterima", default=waktu.hari_ini)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.TERDAFTAR)
    wakil = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    surat_kuasa = models.CharField("nomor surat kuasa", max_length=120, blank=True)
    hasil_mediasi = models.CharField(
        "hasil mediasi", max_length=8, choices=[("sepakat", "Sepakat"), ("gagal", "Gagal")], blank=True
    )
    putusan_nomor = models.CharField("nomor putusan", max_length=120, blank=True)
    putusan_diterima = models.DateField("putusan diterima", null=True, blank=True)
    amar = models.TextField("amar putusan", blank=True)
    dilaksanakan_pada = models.DateField("dilaksanakan pada", null=True, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "sengketa informasi"

    def __str__(self) -> str:
        return f"Sengketa {self.nomor}"


class Sidang(models.Model):
    """One hearing: a missed one is the gravest thing that can happen to a dispute."""

    sengketa = models.ForeignKey(Sengketa, models.PROTECT, related_name="sidang")
    tanggal = models.DateField("tanggal")
    tempat = models.CharField("tempat", max_length=160)
    acara = models.CharField("acara", max_length=160)
    hadir = models.BooleanField("dihadiri", null=True, blank=True)
    hasil = models.TextField("hasil", blank=True)

    class Meta:
        ordering = ["tanggal", "pk"]
        verbose_name = verbose_name_plural = "sidang"

    def __str__(self) -> str:
        return f"{self.acara}, {self.tanggal:%d-%m-%Y}"
