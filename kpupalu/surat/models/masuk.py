"""An incoming letter in the agenda, and the chain of people who are to deal with it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kpupalu.lib import waktu
from kpupalu.surat.models.master import Instansi


class Sifat(models.TextChoices):
    """How a letter is to be handled; *rahasia* has a book of its own."""

    BIASA = "biasa", "Biasa"
    PENTING = "penting", "Penting"
    SEGERA = "segera", "Segera"
    SANGAT_SEGERA = "sangat_segera", "Sangat segera"
    RAHASIA = "rahasia", "Rahasia"


class Kanal(models.TextChoices):
    """How a letter or a copy came or went."""

    LANGSUNG = "langsung", "Diantar langsung"
    KURIR = "kurir", "Kurir atau pos"
    SUREL = "surel", "Surel"
    SRIKANDI = "srikandi", "SRIKANDI"
    LAIN = "lain", "Lainnya"


class SuratMasukQuerySet(models.QuerySet["SuratMasuk"]):
    """Incoming letters a person may see, and the usual selections."""

    def for_user(self, user) -> "SuratMasukQuerySet":
        """Letters *user* may read: those in whose chain they stand, those they recorded, all with the right.

        A secret letter is seen only by the leadership, the keeper of the secret book and whoever is in its chain.
        """
        if not user.is_authenticated or not user.is_active or not user.has_perm("surat.baca_surat"):
            return self.none()
        rantai = Disposisi.objects.filter(Q(kepada=user) | Q(dari=user)).values("surat")
        boleh = Q(pk__in=rantai)
        if user.has_perm("surat.kelola_surat_rahasia") or user.has_perm("surat.disposisi_surat"):
            return self
        if user.has_perm("surat.lihat_semua_surat") or user.has_perm("surat.kelola_surat_masuk"):
            boleh |= ~Q(sifat=Sifat.RAHASIA)
        return self.filter(boleh | (Q(dicatat_oleh=user) & ~Q(sifat=Sifat.RAHASIA)))

    def terbuka(self) -> "SuratMasukQuerySet":
        """Letters somebody still has to do something about."""
        S = SuratMasuk.Status
        return self.exclude(status__in=[S.SELESAI, S.ARSIP])


class SuratMasuk(models.Model):
    """One letter received: numbered in the agenda when it is recorded, its file sealed as it came."""

    class Status(models.TextChoices):
        DIAGENDAKAN = "diagendakan", "Diagendakan"
        DI_PIMPINAN = "di_pimpinan", "Di pimpinan"
        DIDISPOSISI = "didisposisi", "Didisposisi"
        DIPROSES = "diproses", "Diproses"
        DIJAWAB = "dijawab", "Dijawab"
        SELESAI = "selesai", "Selesai"
        ARSIP = "arsip", "Arsip"

    nomor_agenda = models.CharField("nomor agenda", max_length=120, unique=True)
    tanggal_terima = models.DateField("diterima pada")
    cara = models.CharField("cara diterima", max_length=10, choices=Kanal)
    nomor_surat = models.CharField("nomor surat", max_length=120)
    tanggal_surat = models.DateField("tanggal surat")
    instansi = models.ForeignKey(Instansi, models.PROTECT, null=True, blank=True, verbose_name="instansi pengirim")
    pengirim = models.CharField("pengirim", max_length=200)
    hal = models.CharField("hal", max_length=300)
    sifat = models.CharField("sifat", max_length=14, choices=Sifat, default=Sifat.BIASA)
    lampiran = models.CharField("lampiran", max_length=80, blank=True)
    batas_jawab = models.DateField("batas jawab", null=True, blank=True)
    data_pribadi = models.BooleanField("memuat data pribadi", default=False)
    kode_srikandi = models.CharField("kode SRIKANDI", max_length=80, blank=True)
    berkas = models.ForeignKey("imports.BerkasMasuk", models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DIAGENDAKAN)
    balasan = models.ForeignKey(
        "surat.SuratKeluar", models.PROTECT, null=True, blank=True, related_name="membalas", verbose_name="balasan"
    )
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField("dicatat pada", default=waktu.sekarang)

    objects = SuratMasukQuerySet.as_manager()

    class Meta:
        ordering = ["-tanggal_terima", "-pk"]
        verbose_name = verbose_name_plural = "surat masuk"
        constraints = [
            models.CheckConstraint(
                name="surat_masuk_tanggal",
                condition=Q(tanggal_terima__gte=F("tanggal_surat")),
                violation_error_message="Surat tidak mungkin diterima sebelum tanggal suratnya. Periksa kedua tanggal.",
            )
        ]

    def __str__(self) -> str:
        return f"Surat masuk {self.nomor_agenda}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("surat:masuk", args=[self.pk])

    @property
    def rahasia(self) -> bool:
        """True for a letter of the secret book, whose subject stands in no list."""
        return self.sifat == Sifat.RAHASIA

    @property
    def hal_daftar(self) -> str:
        """The subject as a list may show it."""
        return "(rahasia)" if self.rahasia else self.hal


class Disposisi(models.Model):
    """One instruction from one person to another about a letter; ``induk`` is the one it passes on."""

    class Instruksi(models.TextChoices):
        TINDAK_LANJUTI = "tindak_lanjuti", "Tindak lanjuti"
        JAWAB = "jawab", "Siapkan jawaban"
        HADIRI = "hadiri", "Hadiri atau wakili"
        TELAAH = "telaah", "Telaah dan beri saran"
        PELAJARI = "pelajari", "Untuk diketahui"

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu"
        DIKERJAKAN = "dikerjakan", "Dikerjakan"
        SELESAI = "selesai", "Selesai"
        DIKEMBALIKAN = "dikembalikan", "Dikembalikan"

    surat = models.ForeignKey(SuratMasuk, models.PROTECT, related_name="disposisi")
    induk = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="anak")
    dari = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    jabatan_dari = models.CharField("jabatan pemberi", max_length=200, blank=True)
    kepada = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    instruksi = models.CharField("instruksi", max_length=16, choices=Instruksi)
    catatan = models.CharField("catatan", max_length=500, blank=True)
    batas = models.DateField("batas waktu", null=True, blank=True)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.MENUNGGU)
    hasil = models.TextField("hasil", blank=True)
    dibuat_pada = models.DateTimeField("dibuat pada", default=waktu.sekarang)
    dibaca_pada = models.DateTimeField("dibaca pada", null=True, blank=True)
    selesai_pada = models.DateTimeField("selesai pada", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "disposisi"
        constraints = [
            models.UniqueConstraint(
                fields=["surat", "kepada"],
                condition=Q(status__in=["menunggu", "dikerjakan"]),
                name="disposisi_satu_yang_terbuka",
            ),
            models.CheckConstraint(name="disposisi_bukan_diri_sendiri", condition=~Q(dari=F("kepada"))),
            models.CheckConstraint(
                name="disposisi_selesai_berhasil",
                condition=Q(status__in=["menunggu", "dikerjakan"]) | (~Q(hasil="") & Q(selesai_pada__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Disposisi {self.surat.nomor_agenda} kepada {self.kepada}"

    @property
    def terbuka(self) -> bool:
        """True while the recipient still has something to do."""
        return self.status in {self.Status.MENUNGGU, self.Status.DIKERJAKAN}
