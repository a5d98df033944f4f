"""The list of public information (DIP): what the office holds and publishes, and when each entry is fresh again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kpupalu.organisasi.models import Subbagian


class InformasiPublikQuerySet(models.QuerySet["InformasiPublik"]):
    """Entries of the list by what may be read."""

    def for_user(self, user) -> "InformasiPublikQuerySet":
        """All with ``ppid.lihat_dip``, those of the own unit with ``ppid.usul_dip``, else what anybody may read."""
        if user.is_active and user.has_perm("ppid.lihat_dip"):
            return self
        umum = Q(status__in=InformasiPublik.TERBIT)
        if user.is_active and user.has_perm("ppid.usul_dip"):
            umum |= Q(unit__pegawai__user=user)
        return self.filter(umum).distinct()

    def terbit(self) -> "InformasiPublikQuerySet":
        """What stands on the public pages."""
        return self.filter(status__in=InformasiPublik.TERBIT)


class InformasiPublik(models.Model):
    """One entry with the columns of Perki 1/2021: content, who holds and who made it, when, where, form, retention."""

    class Kategori(models.TextChoices):
        BERKALA = "berkala", "Berkala"
        SERTA_MERTA = "serta_merta", "Serta-merta"
        SETIAP_SAAT = "setiap_saat", "Setiap saat"

    class Status(models.TextChoices):
        USULAN = "usulan", "Usulan unit"
        DIVERIFIKASI = "diverifikasi", "Diverifikasi PPID"
        TERBIT = "terbit", "Terbit"
        PERLU_DIMUTAKHIRKAN = "perlu_pemutakhiran", "Perlu dimutakhirkan"
        DITARIK = "ditarik", "Ditarik"

    TERBIT = (Status.TERBIT, Status.PERLU_DIMUTAKHIRKAN)

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
    alasan_tarik = models.CharField("alasan ditarik", max_length=300, blank=True)
    diusulkan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diverifikasi_oleh = models.ForeignKey(
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
                condition=~Q(status__in=["terbit", "perlu_pemutakhiran"])
                | (~Q(sk="") & Q(dimutakhirkan_pada__isnull=False)),
            ),
            models.CheckConstraint(
                name="dip_berkala_berfrekuensi",
                condition=~Q(kategori="berkala") | Q(frekuensi_bulan__gte=1),
                violation_error_message="Informasi berkala memerlukan jangka pembaruan dalam bulan.",
            ),
        ]

    def __str__(self) -> str:
        return self.judul

    def get_absolute_url(self) -> str:
        """Its page for officers."""
        return reverse("ppid:dip", args=[self.pk])
