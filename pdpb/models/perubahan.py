"""Proposed changes to the roll, their evidence and their states."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kpupalu.lib.samaran import samarkan_teks
from pdpb.models.kategori import Kategori

ELEMEN = (
    "nama",
    "tempat_lahir",
    "tanggal_lahir",
    "jenis_kelamin",
    "status_kawin",
    "alamat",
    "rt",
    "rw",
    "disabilitas",
    "status_ktpel",
    "sumber",
)
"""What a change may carry in ``elemen_baru``; NIK and NKK travel in ``identitas_baru``."""


_SINGKAT = {"baru": "Baru", "tms": "TMS", "ubah": "Perbaikan", "mutasi": "Mutasi"}


class Bukti(models.Model):
    """One document that proves one or many changes."""

    class Sumber(models.TextChoices):
        KEMENDAGRI = "kemendagri", "Kemendagri/data turunan"
        DISDUKCAPIL = "disdukcapil", "Disdukcapil"
        KELURAHAN = "kelurahan", "Kelurahan"
        BAWASLU = "bawaslu", "Bawaslu"
        MASYARAKAT = "masyarakat", "Masyarakat"
        TNI = "tni", "TNI"
        POLRI = "polri", "Polri"
        LAPAS = "lapas", "Lapas/Rutan"
        COKTAS = "coktas", "Coktas"
        UJI_PETIK = "uji_petik", "Uji petik"
        LAIN = "lain", "Lainnya"

    jenis_dokumen = models.CharField(max_length=80)
    nomor = models.CharField(max_length=100, blank=True)
    tanggal = models.DateField(null=True, blank=True)
    penerbit = models.CharField(max_length=120, blank=True)
    sumber_informasi = models.CharField(max_length=12, choices=Sumber, default=Sumber.LAIN)
    surat_pengantar = models.CharField("surat atau laporan pengantar", max_length=160, blank=True)
    berkas = models.FileField(upload_to="bukti/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "bukti"

    def __str__(self) -> str:
        """``Akta kematian KM-17``; the number of a KTP-el is a NIK, so it is masked wherever evidence is named."""
        return samarkan_teks(f"{self.jenis_dokumen} {self.nomor}".strip())


class PerubahanQuerySet(models.QuerySet):
    def for_user(self, user) -> "PerubahanQuerySet":
        """Changes that *user* may read: all with the right to see the roll, otherwise none."""
        return self if user.has_perm("pdpb.lihat_pemilih") else self.none()

    def dihitung(self) -> "PerubahanQuerySet":
        """Changes that move figures: approved, or fixed by signed minutes."""
        return self.filter(status__in=[Perubahan.Status.DISETUJUI, Perubahan.Status.DITETAPKAN])


class Perubahan(models.Model):
    """One proposed change of one person in one period.

    Approving it closes ``versi_lama`` and/or opens ``versi_baru``; both are kept here, so every figure of a
    recap is a count of these rows. Once the minutes are signed it is immutable; a correction is a new change.
    """

    class Status(models.TextChoices):
        DIUSULKAN = "diusulkan", "Diusulkan"
        PERLU_COKTAS = "perlu_coktas", "Perlu coktas"
        DIVERIFIKASI = "diverifikasi", "Diverifikasi"
        DISETUJUI = "disetujui", "Disetujui"
        DITETAPKAN = "ditetapkan", "Ditetapkan"
        DITOLAK = "ditolak", "Ditolak"
        DITANGGUHKAN = "ditangguhkan", "Ditangguhkan"

    periode = models.ForeignKey("pdpb.Periode", models.PROTECT)
    jenis = models.CharField(max_length=6, choices=Kategori.Jenis)
    kategori = models.ForeignKey(Kategori, models.PROTECT)
    pemilih = models.ForeignKey("pdpb.Pemilih", models.PROTECT, null=True, blank=True)
    versi_dasar = models.ForeignKey(
        "pdpb.Pendaftaran",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Versi yang dilihat pengusul; persetujuan ditolak bila versi itu sudah berganti.",
    )
    elemen_baru = models.JSONField(default=dict, blank=True)
    identitas_baru = models.ForeignKey("pdpb.Identitas", models.PROTECT, null=True, blank=True, related_name="+")
    kelurahan = models.ForeignKey(
        "wilayah.Kelurahan",
        models.PROTECT,
        related_name="+",
        help_text="Kelurahan baris daftar (asal bila mutasi).",
    )
    kelurahan_tujuan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, null=True, blank=True, related_name="+")
    tps_tujuan = models.ForeignKey("wilayah.TPS", models.PROTECT, null=True, blank=True, related_name="+")
    bertahan = models.ForeignKey(
        "pdpb.Pemilih",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Baris yang tetap ada bila sebabnya ganda.",
    )
    bukti = models.ForeignKey(Bukti, models.PROTECT, null=True, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.DIUSULKAN)
    pengusul = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verifikator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    penyetuju = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    catatan = models.CharField(max_length=240, blank=True)
    diusulkan_pada = models.DateTimeField(auto_now_add=True)
    disetujui_pada = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey("pdpb.ImporBatch", models.PROTECT, null=True, blank=True)
    baris = models.PositiveIntegerField(null=True, blank=True, help_text="Baris pada berkas pengirim.")
    versi_lama = models.ForeignKey(
        "pdpb.Pendaftaran", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    versi_baru = models.ForeignKey(
        "pdpb.Pendaftaran", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = PerubahanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "perubahan"
        indexes = [
            models.Index("periode", "status", "jenis", name="perubahan_antrean"),
            models.Index("pemilih", name="perubahan_pemilih"),
            models.Index("batch", name="perubahan_batch"),
        ]
        constraints = [
            # One person = at most one BARU, one TMS and one kind of UBAH per period.
            models.UniqueConstraint(
                "periode",
                "pemilih",
                "jenis",
                "kategori",
                name="satu_perubahan_sejenis",
                condition=Q(pemilih__isnull=False) & ~Q(status="ditolak"),
            ),
            models.CheckConstraint(
                name="ganda_menyebut_yang_bertahan",
                condition=~Q(kategori="ganda", status__in=["disetujui", "ditetapkan"]) | Q(bertahan__isnull=False),
            ),
            models.CheckConstraint(
                name="ganda_bukan_diri_sendiri",
                condition=Q(bertahan__isnull=True) | ~Q(bertahan=models.F("pemilih")),
            ),
        ]
        permissions = [
            ("usul_perubahan", "Mengusulkan perubahan data pemilih"),
            ("verifikasi_perubahan", "Memverifikasi perubahan"),
            ("setujui_perubahan", "Menyetujui perubahan"),
        ]

    def __str__(self) -> str:
        return f"{_SINGKAT[self.jenis]} {self.pk}"


class RiwayatPerubahan(models.Model):
    """One step that one change took: who, when, from which state to which, why. Append-only."""

    perubahan = models.ForeignKey(Perubahan, models.PROTECT)
    langkah = models.CharField(max_length=20)
    dari = models.CharField(max_length=12, choices=Perubahan.Status, blank=True)
    ke = models.CharField(max_length=12, choices=Perubahan.Status)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pada = models.DateTimeField(auto_now_add=True)
    catatan = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "riwayat perubahan"

    def __str__(self) -> str:
        return f"{self.perubahan_id}: {self.dari} → {self.ke}"
