"""The list of public information (DIP): what the office holds and publishes, and when each entry is fresh again.

Whether an entry is due is asked of its dates (``perlu_dimutakhirkan``) and stored nowhere, so nothing has to run at
night for the list to be right in the morning.
"""

from calendar import monthrange
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kpupalu.lib import waktu
from kpupalu.organisasi.models import Subbagian


def maju_bulan(tanggal: date, bulan: int) -> date:
    """The same day *bulan* months later, or the last day of that month when it has no such day."""
    tahun, sisa = divmod(tanggal.month - 1 + bulan, 12)
    tahun += tanggal.year
    return date(tahun, sisa + 1, min(tanggal.day, monthrange(tahun, sisa + 1)[1]))


class InformasiPublikQuerySet(models.QuerySet["InformasiPublik"]):
    """Entries of the list by what may be read."""

    def for_user(self, user) -> "InformasiPublikQuerySet":
        """All with ``ppid.lihat_dip``, those of the own unit with ``ppid.usul_dip``, else what anybody may read."""
        if user.is_active and user.has_perm("ppid.lihat_dip"):
            return self
        umum = Q(status__in=InformasiPublik.TERBIT)
        if user.is_active and user.has_perm("ppid.usul_dip"):
            umum |= Q(unit__in=Subbagian.objects.filter(pegawai__user=user))
        return self.filter(umum)

    def terbit(self) -> "InformasiPublikQuerySet":
        """What stands on the public pages."""
        return self.filter(status__in=InformasiPublik.TERBIT)

    def perlu_dimutakhirkan(self, pada: date) -> "InformasiPublikQuerySet":
        """Published entries whose next refresh was due before *pada*."""
        return self.terbit().filter(jatuh_tempo__lt=pada)

    def cari(self, kata: str) -> "InformasiPublikQuerySet":
        """Entries in whose title or summary every word of *kata* stands, whatever its case."""
        hasil = self
        for satu in kata.split()[:KATA_TERBANYAK]:
            hasil = hasil.filter(Q(judul__icontains=satu) | Q(ringkasan__icontains=satu))
        return hasil


KATA_TERBANYAK = 8
"""Words of a search that are looked at. A limit of work."""


class InformasiPublik(models.Model):
    """One entry with the columns of Perki 1/2021: content, who holds and who made it, when, where, form, retention."""

    class Kategori(models.TextChoices):
        BERKALA = "berkala", "Berkala"
        SERTA_MERTA = "serta_merta", "Serta-merta"
        SETIAP_SAAT = "setiap_saat", "Setiap saat"

    class Status(models.TextChoices):
        USULAN = "usulan", "Usulan unit"
        DIKEMBALIKAN = "dikembalikan", "Dikembalikan untuk diperbaiki"
        DIVERIFIKASI = "diverifikasi", "Diverifikasi PPID"
        TERBIT = "terbit", "Terbit"
        DITARIK = "ditarik", "Ditarik"

    TERBIT = (Status.TERBIT,)

    kategori = models.CharField("kategori", max_length=12, choices=Kategori)
    judul = models.CharField("judul", max_length=200)
    ringkasan = models.TextField("ringkasan isi")
    unit = models.ForeignKey(Subbagian, models.PROTECT, verbose_name="unit yang menguasai")
    penanggung_jawab = models.CharField("penanggung jawab pembuatan", max_length=160)
    dibuat_pada = models.DateField("waktu pembuatan")
    dibuat_di = models.CharField("tempat pembuatan", max_length=120, default="Palu")
    bentuk = models.CharField("bentuk tersedia", max_length=120)
    retensi = models.CharField("jangka waktu penyimpanan", max_length=120)
    tautan = models.URLField("tautan", max_length=300, blank=True)
    berkas = models.FileField(upload_to="ppid/dip/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    tipe = models.CharField(max_length=4, blank=True)
    frekuensi_bulan = models.PositiveSmallIntegerField(
        "diperbarui setiap (bulan)", null=True, blank=True, help_text="Kosong bila tidak berkala."
    )
    dimutakhirkan_pada = models.DateField("mutakhir per", null=True, blank=True)
    jatuh_tempo = models.DateField("jatuh tempo berikut", null=True, blank=True)
    sk = models.CharField("keputusan penetapan", max_length=160, blank=True)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.USULAN)
    ditetapkan_pada = models.DateField("ditetapkan pada", null=True, blank=True)
    alasan_tarik = models.CharField("alasan ditarik", max_length=300, blank=True)
    diusulkan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diverifikasi_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ditetapkan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    versi = models.PositiveIntegerField(default=1)

    objects = InformasiPublikQuerySet.as_manager()

    class Meta:
        ordering = ["judul", "pk"]
        verbose_name = verbose_name_plural = "informasi publik"
        constraints = [
            models.CheckConstraint(
                name="dip_terbit_berdasar",
                condition=~Q(status="terbit")
                | (~Q(sk="") & Q(dimutakhirkan_pada__isnull=False) & Q(ditetapkan_pada__isnull=False)),
            ),
            models.CheckConstraint(
                name="dip_berkala_berfrekuensi",
                # Without the first half NULL would make the whole condition unknown, which a CHECK lets pass.
                condition=~Q(kategori="berkala") | Q(frekuensi_bulan__isnull=False, frekuensi_bulan__gte=1),
                violation_error_message="Informasi berkala memerlukan jangka pembaruan dalam bulan.",
            ),
            models.CheckConstraint(name="dip_ditarik_beralasan", condition=~Q(status="ditarik") | ~Q(alasan_tarik="")),
            models.CheckConstraint(
                name="dip_pemeriksa_lain",
                condition=Q(diverifikasi_oleh=None) | ~Q(diverifikasi_oleh=models.F("diusulkan_oleh")),
            ),
        ]

    def __str__(self) -> str:
        return self.judul

    def get_absolute_url(self) -> str:
        """Its page for officers."""
        return reverse("ppid:dip", args=[self.pk])

    @property
    def terlambat(self) -> bool:
        """Whether the next refresh was due before today."""
        return self.status in self.TERBIT and self.jatuh_tempo is not None and self.jatuh_tempo < waktu.hari_ini()


class Pemutakhiran(models.Model):
    """One event of an entry's content. The database refuses to change or delete it.

    A unit proposes new content (``diajukan``, with file or link as it came); another person publishes or declines
    exactly that row (``dari``). What stood before therefore stays readable for ever.
    """

    class Jenis(models.TextChoices):
        DIAJUKAN = "diajukan", "Pembaruan diajukan"
        DITERBITKAN = "diterbitkan", "Pembaruan diterbitkan"
        DITOLAK = "ditolak", "Pembaruan ditolak"

    informasi = models.ForeignKey(InformasiPublik, models.PROTECT, related_name="pemutakhiran")
    jenis = models.CharField("peristiwa", max_length=12, choices=Jenis)
    dari = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="keputusan")
    pada = models.DateTimeField("waktu", default=waktu.sekarang)
    isi_per = models.DateField("isi mutakhir per", null=True, blank=True)
    uraian = models.CharField("apa yang diperbarui", max_length=300)
    tautan = models.URLField("tautan", max_length=300, blank=True)
    berkas = models.FileField(upload_to="ppid/dip/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    tipe = models.CharField(max_length=4, blank=True)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "pemutakhiran"
        constraints = [
            models.CheckConstraint(
                name="pemutakhiran_diputus_dari",
                condition=Q(jenis="diajukan", dari=None, isi_per__isnull=False)
                | (~Q(jenis="diajukan") & Q(dari__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()}: {self.uraian}"


class UnduhanHarian(models.Model):
    """How often a file was fetched on a day: a count, without cookie, address or anything else about who fetched."""

    informasi = models.ForeignKey(InformasiPublik, models.CASCADE, related_name="unduhan")
    pada = models.DateField(default=waktu.hari_ini)
    jumlah = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "unduhan harian"
        constraints = [models.UniqueConstraint(fields=["informasi", "pada"], name="unduhan_harian_unik")]

    def __str__(self) -> str:
        return f"{self.informasi_id} {self.pada}: {self.jumlah}"
