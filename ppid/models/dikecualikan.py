"""What is not public, who said so and until when; and the tests that are proposed to the province.

A KPU of a city never declares an exception itself (PKPU 22/2023 Pasal 24–25): it proposes, KPU or KPU Provinsi decides.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kpupalu.lib import waktu
from kpupalu.organisasi.models import Subbagian

HURUF_PASAL_17 = {
    "a": "Menghambat proses penegakan hukum",
    "b": "Mengganggu perlindungan kekayaan intelektual dan persaingan usaha",
    "c": "Membahayakan pertahanan dan keamanan negara",
    "d": "Mengungkapkan kekayaan alam Indonesia",
    "e": "Merugikan ketahanan ekonomi nasional",
    "f": "Merugikan kepentingan hubungan luar negeri",
    "g": "Mengungkapkan isi akta otentik pribadi atau wasiat",
    "h": "Mengungkapkan rahasia pribadi",
    "i": "Memorandum atau surat yang menurut sifatnya dirahasiakan",
    "j": "Tidak boleh diungkapkan berdasarkan undang-undang",
}
"""Grounds of UU 14/2008 Pasal 17 in the office's short words; the letter is what a refusal cites."""


class DikecualikanQuerySet(models.QuerySet["InformasiDikecualikan"]):
    """Exceptions by the day on which they hold."""

    def berlaku(self, pada: date) -> "DikecualikanQuerySet":
        """Those a refusal of *pada* may rest on: set, begun, neither ended nor revoked."""
        return self.filter(
            Q(berakhir=None) | Q(berakhir__gte=pada), Q(dicabut_pada=None) | Q(dicabut_pada__gt=pada), mulai__lte=pada
        )


class InformasiDikecualikan(models.Model):
    """One entry of the list of excepted information (DIK) with the decision that excepts it."""

    class Penetap(models.TextChoices):
        KPU = "kpu", "KPU"
        PROVINSI = "kpu_provinsi", "KPU Provinsi"

    informasi = models.CharField("informasi", max_length=300)
    pasal_17 = models.CharField("huruf Pasal 17", max_length=1, choices=[(h, h) for h in HURUF_PASAL_17])
    dasar_hukum = models.CharField("dasar hukum pengecualian", max_length=300)
    konsekuensi_dibuka = models.TextField("konsekuensi bila dibuka")
    konsekuensi_ditutup = models.TextField("pertimbangan bila ditutup", blank=True)
    penetap = models.CharField("ditetapkan oleh", max_length=14, choices=Penetap)
    keputusan = models.CharField("nomor keputusan", max_length=120)
    tanggal_keputusan = models.DateField("tanggal keputusan")
    mulai = models.DateField("berlaku sejak")
    berakhir = models.DateField("berlaku sampai", null=True, blank=True)
    dicabut_pada = models.DateField("dicabut sejak", null=True, blank=True)
    pencabutan = models.CharField("keputusan yang mencabut", max_length=160, blank=True)

    versi = models.PositiveIntegerField(default=1)

    objects = DikecualikanQuerySet.as_manager()

    class Meta:
        ordering = ["informasi", "-mulai"]
        verbose_name = verbose_name_plural = "informasi dikecualikan"
        constraints = [
            models.CheckConstraint(name="dik_masa_wajar", condition=Q(berakhir=None) | Q(berakhir__gte=F("mulai"))),
            # Letters a to f are never permanent (UU 14/2008 Pasal 20 ayat 1).
            models.CheckConstraint(
                name="dik_tidak_permanen",
                condition=~Q(pasal_17__in=list("abcdef")) | Q(berakhir__isnull=False),
                violation_error_message="Pengecualian huruf a sampai f tidak permanen. Isi tanggal berakhirnya.",
            ),
            models.CheckConstraint(name="dik_dicabut_berdasar", condition=Q(dicabut_pada=None) | ~Q(pencabutan="")),
        ]

    def __str__(self) -> str:
        return f"{self.informasi} ({self.keputusan})"

    def get_absolute_url(self) -> str:
        """Its page for officers."""
        return reverse("ppid:dik", args=[self.pk])

    def berlaku_pada(self, tanggal: date) -> bool:
        """Whether a refusal of *tanggal* may rest on it, as ``berlaku`` asks of many."""
        selesai = (self.berakhir and self.berakhir < tanggal) or (self.dicabut_pada and self.dicabut_pada <= tanggal)
        return self.mulai <= tanggal and not selesai

    def keadaan(self, tanggal: date) -> str:
        """``belum``, ``berlaku``, ``berakhir`` or ``dicabut`` on *tanggal*; a revocation counts before an end."""
        if self.dicabut_pada and self.dicabut_pada <= tanggal:
            return "dicabut"
        if self.berakhir and self.berakhir < tanggal:
            return "berakhir"
        return "berlaku" if self.mulai <= tanggal else "belum"


class UjiKonsekuensiQuerySet(models.QuerySet["UjiKonsekuensi"]):
    """Tests a person may see. They are drafts between offices until decided and never stand on public pages."""

    def for_user(self, user) -> "UjiKonsekuensiQuerySet":
        """All for the desk's readers and the board; those of the own unit with ``ppid.usul_uji``."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if any(user.has_perm(p) for p in ("ppid.catat_dik", "ppid.pendapat_uji", "ppid.lihat_permohonan")):
            return self
        if user.has_perm("ppid.usul_uji"):
            return self.filter(unit__in=Subbagian.objects.filter(pegawai__user=user))
        return self.none()

    def berjalan(self) -> "UjiKonsekuensiQuerySet":
        """Those that still wait for a decision of KPU or KPU Provinsi."""
        return self.filter(status__in=UjiKonsekuensi.BERJALAN)


class UjiKonsekuensi(models.Model):
    """A proposal to test the consequences of opening a document; the clock of a request goes on while it runs."""

    class Status(models.TextChoices):
        USULAN = "usulan", "Usulan"
        PERTIMBANGAN = "pertimbangan", "Menunggu tim pertimbangan"
        KE_PROVINSI = "ke_provinsi", "Dikirim ke KPU Provinsi"
        DIKECUALIKAN = "dikecualikan", "Dikecualikan"
        TERBUKA = "terbuka", "Terbuka"
        DITARIK = "ditarik", "Ditarik"

    BERJALAN = (Status.USULAN, Status.PERTIMBANGAN, Status.KE_PROVINSI)

    nomor = models.CharField("nomor usulan", max_length=120, unique=True)
    informasi = models.CharField("informasi", max_length=300)
    unit = models.ForeignKey(Subbagian, models.PROTECT, related_name="+")
    pasal_17 = models.CharField("huruf Pasal 17", max_length=1, choices=[(h, h) for h in HURUF_PASAL_17])
    dasar_hukum = models.CharField("dasar hukum pengecualian", max_length=300)
    sifat = models.TextField("sifat dan cakupan dokumen")
    bahaya = models.TextField("konsekuensi bila dibuka")
    kepentingan_publik = models.TextField("kepentingan publik bila dibuka")
    pertimbangan = models.TextField("pertimbangan bila ditutup", blank=True)
    jangka_waktu = models.CharField("jangka waktu yang diusulkan", max_length=120)
    pendapat_tim = models.TextField("pendapat tim pertimbangan", blank=True)
    pendapat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField("status", max_length=14, choices=Status, default=Status.USULAN)
    surat = models.ForeignKey("surat.SuratKeluar", models.PROTECT, null=True, blank=True, related_name="+")
    surat_nomor = models.CharField("nomor surat kepada KPU Provinsi", max_length=120, blank=True)
    dikirim_pada = models.DateField("dikirim pada", null=True, blank=True)
    jawaban_nomor = models.CharField("nomor jawaban", max_length=120, blank=True)
    jawaban_pada = models.DateField("dijawab pada", null=True, blank=True)
    dik = models.ForeignKey(InformasiDikecualikan, models.PROTECT, null=True, blank=True, related_name="uji")
    diusulkan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diusulkan_pada = models.DateTimeField(default=waktu.sekarang)
    versi = models.PositiveIntegerField(default=1)

    objects = UjiKonsekuensiQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "uji konsekuensi"
        constraints = [
            models.CheckConstraint(
                name="uji_dikirim_berpendapat",
                condition=~Q(status__in=["ke_provinsi", "dikecualikan", "terbuka"])
                | (~Q(pendapat_tim="") & ~Q(surat_nomor="") & Q(dikirim_pada__isnull=False)),
            ),
            models.CheckConstraint(
                name="uji_diputus_berjawaban",
                condition=~Q(status__in=["dikecualikan", "terbuka"])
                | (~Q(jawaban_nomor="") & Q(jawaban_pada__isnull=False)),
            ),
            models.CheckConstraint(
                name="uji_dikecualikan_ber_dik", condition=~Q(status="dikecualikan") | Q(dik__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Uji konsekuensi {self.nomor}"

    def get_absolute_url(self) -> str:
        """Its page for those who may see it."""
        return reverse("ppid:uji", args=[self.pk])
