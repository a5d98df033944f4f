"""Whom the office writes to and invites, and under which code a letter is filed. Kept by an admin."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class Instansi(models.Model):
    """One agency, office or party. A partner that is gone is switched off, never deleted, so that history keeps it."""

    class Jenis(models.TextChoices):
        PENYELENGGARA = "penyelenggara", "Penyelenggara pemilu"
        PENGAWAS = "pengawas", "Pengawas pemilu"
        PEMERINTAH = "pemerintah", "Pemerintah daerah"
        KECAMATAN = "kecamatan", "Kecamatan"
        TNI_POLRI = "tni_polri", "TNI dan Polri"
        PEMASYARAKATAN = "pemasyarakatan", "Pemasyarakatan"
        PARTAI = "partai", "Partai politik"
        LAIN = "lain", "Lainnya"

    nama = models.CharField("nama", max_length=160, unique=True)
    jenis = models.CharField("jenis", max_length=16, choices=Jenis)
    pejabat = models.CharField(
        "pejabat yang dituju", max_length=120, blank=True, help_text="Sebutan pada alamat surat, contoh: Ketua, Kepala."
    )
    alamat = models.CharField("alamat", max_length=240, blank=True)
    surel = models.EmailField("surel", blank=True)
    telepon = models.CharField("telepon kantor", max_length=40, blank=True)
    melalui = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="disampaikan melalui",
        help_text="Diisi bila surat tidak dikirim langsung, contoh: KPU RI melalui KPU Provinsi.",
    )
    undang_pleno = models.BooleanField("lazim diundang ke rapat pleno", default=False)
    undang_koordinasi = models.BooleanField("lazim diundang ke rapat koordinasi", default=False)
    undang_forum = models.BooleanField("anggota forum koordinasi", default=False)
    terima_salinan = models.BooleanField("menerima salinan berita acara", default=False)
    urutan = models.PositiveSmallIntegerField("urutan", default=100)
    aktif = models.BooleanField("aktif", default=True)

    class Meta:
        ordering = ["urutan", "nama"]
        verbose_name = verbose_name_plural = "instansi"

    def __str__(self) -> str:
        return self.nama

    @property
    def sebutan(self) -> str:
        """As a letter addresses it: ``Ketua Bawaslu Kota Palu``."""
        return f"{self.pejabat} {self.nama}".strip()


class KlasifikasiQuerySet(models.QuerySet["Klasifikasi"]):
    """Codes by the day they are in force."""

    def berlaku(self, pada: date) -> "KlasifikasiQuerySet":
        """Rows in force on *pada*."""
        return self.filter(Q(berlaku_akhir=None) | Q(berlaku_akhir__gte=pada), berlaku_mulai__lte=pada)


class Klasifikasi(models.Model):
    """One code of the archive classification (Keputusan KPU 57/2022), with the days it is in force."""

    kode = models.CharField("kode", max_length=20, unique=True)
    nama = models.CharField("nama", max_length=160)
    berlaku_mulai = models.DateField("berlaku mulai")
    berlaku_akhir = models.DateField("berlaku sampai", null=True, blank=True)
    dasar = models.CharField("dasar", max_length=200, blank=True)

    objects = KlasifikasiQuerySet.as_manager()

    class Meta:
        ordering = ["kode"]
        verbose_name = verbose_name_plural = "klasifikasi surat"
        constraints = [
            models.CheckConstraint(
                name="klasifikasi_masa_wajar",
                condition=Q(berlaku_akhir=None) | Q(berlaku_akhir__gte=F("berlaku_mulai")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kode} – {self.nama}"
