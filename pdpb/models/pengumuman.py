"""Where a quarter was announced: five channels, and a board in each kecamatan and kelurahan."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kpupalu.lib.waktu import sekarang
from pdpb.models.periode import Periode


class Pengumuman(models.Model):
    """One place where the result of *periode* was shown, with its evidence, and when it was taken down."""

    class Kanal(models.TextChoices):
        LAMAN = "laman", "Laman KPU Kota Palu"
        PAPAN_KPU = "papan_kpu", "Papan pengumuman KPU"
        PAPAN_KECAMATAN = "papan_kecamatan", "Papan pengumuman kecamatan"
        PAPAN_KELURAHAN = "papan_kelurahan", "Papan pengumuman kelurahan"
        MEDIA_SOSIAL = "media_sosial", "Media sosial"
        LAIN = "lain", "Media lain"

    periode = models.ForeignKey(Periode, models.PROTECT, related_name="pengumuman")
    kanal = models.CharField("kanal", max_length=16, choices=Kanal)
    kecamatan = models.ForeignKey("wilayah.Kecamatan", models.PROTECT, null=True, blank=True)
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, null=True, blank=True)
    tautan = models.URLField("tautan", max_length=300, blank=True)
    keterangan = models.CharField("keterangan", max_length=200, blank=True)
    foto = models.ForeignKey(
        "imports.BerkasMasuk", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bukti foto"
    )
    dipasang_pada = models.DateField("dipasang pada")
    dipasang_oleh = models.CharField("dipasang oleh", max_length=120)
    diturunkan_pada = models.DateField("diturunkan pada", null=True, blank=True)
    diturunkan_oleh = models.CharField("diturunkan oleh", max_length=120, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField("dicatat pada", default=sekarang)

    class Meta:
        ordering = ["kanal", "kecamatan", "kelurahan"]
        verbose_name = verbose_name_plural = "tempat pengumuman"
        permissions = [("catat_pengumuman", "Mencatat tempat pengumuman dan buktinya")]
        constraints = [
            models.UniqueConstraint(
                "periode", "kanal", "kecamatan", "kelurahan", name="pengumuman_satu_per_tempat", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="pengumuman_turun_sesudah_pasang",
                condition=Q(diturunkan_pada=None) | Q(diturunkan_pada__gte=F("dipasang_pada")),
            ),
            models.CheckConstraint(
                name="pengumuman_tempat_sesuai_kanal",
                condition=(Q(kanal="papan_kecamatan") & Q(kecamatan__isnull=False, kelurahan=None))
                | (Q(kanal="papan_kelurahan") & Q(kelurahan__isnull=False, kecamatan=None))
                | (~Q(kanal__in=["papan_kecamatan", "papan_kelurahan"]) & Q(kecamatan=None, kelurahan=None)),
            ),
            models.CheckConstraint(name="pengumuman_berbukti", condition=Q(foto__isnull=False) | ~Q(tautan="")),
        ]

    def __str__(self) -> str:
        tempat = self.kelurahan or self.kecamatan
        return f"{self.get_kanal_display()} {tempat.nama}" if tempat else self.get_kanal_display()

    @property
    def status(self) -> str:
        """``dipasang`` or ``diturunkan``."""
        return "diturunkan" if self.diturunkan_pada else "dipasang"
