"""The report on a year of the information desk, and what the daily check found wrong."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kpupalu.lib import waktu


class LaporanTahunanQuerySet(models.QuerySet["LaporanTahunan"]):
    """Reports a person may see."""

    def for_user(self, user) -> "LaporanTahunanQuerySet":
        """All with ``ppid.lihat_laporan``, else none."""
        return self if user.is_active and user.has_perm("ppid.lihat_laporan") else self.none()


class LaporanTahunan(models.Model):
    """The yearly report on information services (UU 14/2008 Pasal 12; Perki 1/2021).

    While it is a draft its figures are counted each time; ``beku`` keeps them with the register numbers behind each
    one from the day on which it was frozen, and never changes after that.
    """

    class Status(models.TextChoices):
        KONSEP = "konsep", "Konsep"
        BEKU = "beku", "Angka dibekukan"
        TERKIRIM = "terkirim", "Terkirim"

    class Cara(models.TextChoices):
        SRIKANDI = "srikandi", "Srikandi"
        SUREL = "surel", "Surel"
        POS = "pos", "Pos atau kurir"
        LANGSUNG = "langsung", "Diantar langsung"

    NARASI = ("kebijakan", "sarana", "sdm", "anggaran", "kendala_internal", "kendala_eksternal", "rekomendasi")

    tahun = models.PositiveSmallIntegerField("tahun", unique=True)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.KONSEP)
    kebijakan = models.TextField("gambaran umum kebijakan", blank=True)
    sarana = models.TextField("sarana dan prasarana serta kondisinya", blank=True)
    sdm = models.TextField("sumber daya manusia dan kualifikasinya", blank=True)
    anggaran = models.TextField("anggaran dan penggunaannya", blank=True)
    kendala_internal = models.TextField("kendala internal", blank=True)
    kendala_eksternal = models.TextField("kendala eksternal", blank=True)
    rekomendasi = models.TextField("rekomendasi dan rencana tindak lanjut", blank=True)
    beku = models.JSONField("angka beku", default=list, blank=True)
    dibekukan_pada = models.DateTimeField("dibekukan pada", null=True, blank=True)
    dibekukan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    jatuh_tempo = models.DateField("dikirim paling lambat")
    dikirim_pada = models.DateField("dikirim pada", null=True, blank=True)
    cara = models.CharField("dikirim lewat", max_length=10, choices=Cara, blank=True)
    bukti = models.CharField("bukti pengiriman", max_length=200, blank=True)
    versi = models.PositiveIntegerField(default=1)

    objects = LaporanTahunanQuerySet.as_manager()

    class Meta:
        ordering = ["-tahun"]
        verbose_name = verbose_name_plural = "laporan layanan informasi"
        constraints = [
            models.CheckConstraint(
                name="laporan_beku_bertanggal",
                condition=Q(status="konsep", dibekukan_pada=None)
                | (~Q(status="konsep") & Q(dibekukan_pada__isnull=False) & Q(dibekukan_oleh__isnull=False)),
            ),
            models.CheckConstraint(
                name="laporan_terkirim_berbukti",
                condition=~Q(status="terkirim") | (Q(dikirim_pada__isnull=False) & ~Q(cara="") & ~Q(bukti="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Laporan layanan informasi {self.tahun}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("ppid:laporan", args=[self.tahun])

    @property
    def narasi(self) -> list[tuple[str, str]]:
        """Each part of the narrative: what it is about, and its text."""
        return [(str(getattr(type(self), n).field.verbose_name), getattr(self, n)) for n in self.NARASI]


class AnomaliQuerySet(models.QuerySet["Anomali"]):
    """Findings of the daily check by who may see them and whether they still ask for something."""

    def for_user(self, user) -> "AnomaliQuerySet":
        """All with ``ppid.lihat_anomali``, else none."""
        return self if user.is_active and user.has_perm("ppid.lihat_anomali") else self.none()

    def berlaku(self) -> "AnomaliQuerySet":
        """Those whose cause still stands, judged or not."""
        return self.filter(berakhir_pada=None)

    def terbuka(self) -> "AnomaliQuerySet":
        """Those that wait for somebody: the cause stands and nobody has judged it."""
        return self.berlaku().filter(dinilai_pada=None)

    def tentang(self, objek: models.Model) -> "AnomaliQuerySet":
        """Findings about one object, open ones first."""
        return self.filter(subjek_label=objek._meta.label_lower, subjek_id=str(objek.pk)).order_by(
            models.F("berakhir_pada").desc(nulls_first=True), "pk"
        )


class Anomali(models.Model):
    """One thing that a check found about one object. It ends by itself when its cause ends.

    A person may judge it with a reason where the check allows that; the row then waits for its end without asking
    anybody, and the same cause does not come back the next morning. No personal data stand here.
    """

    class Tingkat(models.TextChoices):
        TINGGI = "tinggi", "Tinggi"
        SEDANG = "sedang", "Sedang"
        RENDAH = "rendah", "Rendah"

    kode = models.SlugField("pemeriksaan", max_length=40)
    tingkat = models.CharField("tingkat", max_length=6, choices=Tingkat)
    urutan = models.PositiveSmallIntegerField(editable=False)
    subjek_label = models.CharField("objek", max_length=80)
    subjek_id = models.CharField("kunci objek", max_length=40)
    rinci = models.CharField("rincian", max_length=80, blank=True)
    label = models.CharField("tentang", max_length=200)
    tautan = models.CharField("halaman", max_length=200)
    kalimat = models.CharField("penjelasan", max_length=500)
    dibuka_pada = models.DateTimeField("ditemukan pada", default=waktu.sekarang)
    dinilai_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    dinilai_pada = models.DateTimeField("dinilai pada", null=True, blank=True)
    alasan = models.CharField("alasan", max_length=500, blank=True)
    berakhir_pada = models.DateTimeField("berakhir pada", null=True, blank=True)

    objects = AnomaliQuerySet.as_manager()

    class Meta:
        ordering = ["urutan", "-dibuka_pada", "-pk"]
        verbose_name = verbose_name_plural = "anomali layanan informasi"
        indexes = [models.Index(fields=["subjek_label", "subjek_id"], name="anomali_subjek")]
        constraints = [
            models.UniqueConstraint(
                fields=["kode", "subjek_label", "subjek_id", "rinci"],
                condition=Q(berakhir_pada=None),
                name="anomali_satu_yang_berlaku",
            ),
            models.CheckConstraint(
                name="anomali_dinilai_beralasan",
                condition=Q(dinilai_pada=None, dinilai_oleh=None)
                | (Q(dinilai_pada__isnull=False) & Q(dinilai_oleh__isnull=False) & ~Q(alasan="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.kalimat}"[:200]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("ppid:anomali_satu", args=[self.pk])
