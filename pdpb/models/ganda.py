"""Pairs of rows that may be one person, what people decide about them, and answers to lists of other areas."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kpupalu.lib.waktu import sekarang


class KelasGanda(models.TextChoices):
    """In which way two rows may be one person; G5 is not a pair of our rows but an answer to another area."""

    G1 = "G1", "G1 – NIK, nama, dan tanggal lahir sama"
    G2 = "G2", "G2 – NIK sama, orangnya tampak berbeda"
    G3 = "G3", "G3 – orangnya tampak sama, NIK berbeda"
    G4 = "G4", "G4 – mirip"
    G6 = "G6", "G6 – TPS reguler dan lokasi khusus"


class TingkatGanda(models.IntegerChoices):
    """How sure the comparison is; the number is the order of work."""

    PASTI = 1, "Pasti"
    KUAT = 2, "Kuat"
    MUNGKIN = 3, "Mungkin"


class Putusan(models.TextChoices):
    SAMA = "sama", "Sama orang"
    BEDA = "beda", "Orang berbeda"
    LAPANGAN = "lapangan", "Perlu cek lapangan"
    DUKCAPIL = "dukcapil", "Menunggu Disdukcapil"


PUTUSAN_TERCATAT = (Putusan.BEDA, Putusan.DUKCAPIL)
"""Confirmed decisions that let both rows stay (R13): they are two people, or Disdukcapil has yet to say."""


class PasanganQuerySet(models.QuerySet):
    def for_user(self, user) -> "PasanganQuerySet":
        """Pairs that *user* may read: all with the right to see the roll, otherwise none."""
        return self if user.has_perm("pdpb.lihat_pemilih") else self.none()

    def menyentuh(self, pemilih) -> "PasanganQuerySet":
        """Pairs with one of *pemilih* (ids) on either side."""
        return self.filter(Q(a__in=pemilih) | Q(b__in=pemilih))


class PasanganGanda(models.Model):
    """Two rows that may be one person: why it looks so, and the decision in force. One row per pair, never deleted.

    *a* has the smaller number. *versi_a* and *versi_b* are the versions last compared or decided on. *status* is
    written by ``pdpb.pasangan`` only; every step that led to it stands in ``RiwayatGanda``.
    """

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu putusan"
        DIUSULKAN = "diusulkan", "Menunggu konfirmasi"
        DIKONFIRMASI = "dikonfirmasi", "Dikonfirmasi"
        SELESAI = "selesai", "Selesai"
        DITUTUP = "ditutup", "Tidak berlaku lagi"

    a = models.ForeignKey("pdpb.Pemilih", models.PROTECT, related_name="+", db_index=False)
    b = models.ForeignKey("pdpb.Pemilih", models.PROTECT, related_name="+")
    versi_a = models.ForeignKey("pdpb.Pendaftaran", models.PROTECT, related_name="+", db_index=False)
    versi_b = models.ForeignKey("pdpb.Pendaftaran", models.PROTECT, related_name="+", db_index=False)
    kelas = models.CharField(max_length=2, choices=KelasGanda)
    tingkat = models.PositiveSmallIntegerField(choices=TingkatGanda)
    alasan = models.JSONField(default=list, help_text="Kalimat yang menjelaskan mengapa keduanya dibandingkan.")
    status = models.CharField(max_length=12, choices=Status, default=Status.MENUNGGU)
    putusan = models.CharField(max_length=8, choices=Putusan, blank=True)
    bertahan = models.ForeignKey("pdpb.Pemilih", models.PROTECT, null=True, blank=True, related_name="+")
    bukti = models.ForeignKey("pdpb.Bukti", models.PROTECT, null=True, blank=True, related_name="+")
    alasan_putusan = models.CharField("alasan putusan", max_length=240, blank=True)
    periode = models.ForeignKey("pdpb.Periode", models.PROTECT, null=True, blank=True, related_name="+")
    pengusul = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    diusulkan_pada = models.DateTimeField(null=True, blank=True)
    pengonfirmasi = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    dikonfirmasi_pada = models.DateTimeField(null=True, blank=True)
    perubahan = models.ForeignKey(
        "pdpb.Perubahan",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Usulan TMS yang lahir dari putusan “sama orang”.",
    )
    ditutup_karena = models.CharField(max_length=240, blank=True)
    ditemukan_pada = models.DateTimeField(default=sekarang)

    objects = PasanganQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "pasangan ganda"
        permissions = [
            ("cari_ganda", "Mencari data ganda di seluruh daftar"),
            ("putuskan_ganda", "Mengusulkan putusan data ganda"),
            ("konfirmasi_ganda", "Mengonfirmasi putusan data ganda orang lain"),
        ]
        indexes = [models.Index("status", "tingkat", "id", name="ganda_antrean")]
        constraints = [
            models.UniqueConstraint("a", "b", name="ganda_satu_pasangan"),
            models.CheckConstraint(name="ganda_urut", condition=Q(a__lt=F("b"))),
            models.CheckConstraint(
                name="ganda_dua_orang", condition=Q(pengonfirmasi__isnull=True) | ~Q(pengonfirmasi=F("pengusul"))
            ),
            models.CheckConstraint(
                name="ganda_diputus_lengkap",
                condition=Q(status__in=["menunggu", "ditutup"])
                | Q(pengusul__isnull=False, bukti__isnull=False, periode__isnull=False) & ~Q(putusan=""),
            ),
            models.CheckConstraint(
                name="ganda_dikonfirmasi_lengkap",
                condition=~Q(status__in=["dikonfirmasi", "selesai"]) | Q(pengonfirmasi__isnull=False),
            ),
            models.CheckConstraint(
                name="ganda_bertahan_satu_dari_dua",
                condition=Q(bertahan__isnull=True) & ~Q(putusan="sama")
                | Q(putusan="sama", bertahan__isnull=False) & (Q(bertahan=F("a")) | Q(bertahan=F("b"))),
            ),
        ]

    def __str__(self) -> str:
        return f"Pasangan {self.pk}"

    def get_absolute_url(self) -> str:
        """The page where the two rows stand side by side."""
        return reverse("pdpb:ganda_detail", args=[self.pk])


class RiwayatGanda(models.Model):
    """One step of one pair as it was taken: who (nobody: the system), what, why, on which versions. Append-only."""

    pasangan = models.ForeignKey(PasanganGanda, models.PROTECT)
    langkah = models.CharField(max_length=20)
    dari = models.CharField(max_length=12, choices=PasanganGanda.Status, blank=True)
    ke = models.CharField(max_length=12, choices=PasanganGanda.Status)
    putusan = models.CharField(max_length=8, choices=Putusan, blank=True)
    bertahan = models.ForeignKey("pdpb.Pemilih", models.PROTECT, null=True, related_name="+", db_index=False)
    bukti = models.ForeignKey("pdpb.Bukti", models.PROTECT, null=True, related_name="+", db_index=False)
    versi_a = models.ForeignKey("pdpb.Pendaftaran", models.PROTECT, related_name="+", db_index=False)
    versi_b = models.ForeignKey("pdpb.Pendaftaran", models.PROTECT, related_name="+", db_index=False)
    alasan = models.CharField(max_length=240, blank=True)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    pada = models.DateTimeField(default=sekarang)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "riwayat pasangan ganda"

    def __str__(self) -> str:
        return f"{self.pasangan_id}: {self.dari} → {self.ke}"


class JawabanLintasQuerySet(models.QuerySet):
    def for_user(self, user) -> "JawabanLintasQuerySet":
        """Rows of lists not undone, with the right to see the roll; otherwise none."""
        return self.exclude(batch__status="dibatalkan") if user.has_perm("pdpb.lihat_pemilih") else self.none()


class JawabanLintas(models.Model):
    """Our answer to one row of a list of voters that another kabupaten/kota reports too (class G5).

    The row is named by file and row number; its NIK stays in the sealed file. *pemilih* is empty when the NIK is
    not in our list.
    """

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu jawaban"
        DIUSULKAN = "diusulkan", "Menunggu konfirmasi"
        SELESAI = "selesai", "Terjawab"

    class Jawaban(models.TextChoices):
        TETAP = "tetap", "Tetap di Kota Palu"
        PINDAH = "pindah", "Dikeluarkan di sini: pindah domisili"
        GANDA = "ganda", "Dikeluarkan di sini: ganda"
        TIDAK_ADA = "tidak_ada", "Tidak ditemukan di Kota Palu"

    batch = models.ForeignKey("pdpb.ImporBatch", models.PROTECT, related_name="jawaban_lintas", db_index=False)
    berkas_urut = models.PositiveSmallIntegerField()
    baris = models.PositiveIntegerField()
    pemilih = models.ForeignKey("pdpb.Pemilih", models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=9, choices=Status, default=Status.MENUNGGU)
    jawaban = models.CharField(max_length=9, choices=Jawaban, blank=True)
    alasan = models.CharField(max_length=240, blank=True)
    bukti = models.ForeignKey("pdpb.Bukti", models.PROTECT, null=True, related_name="+")
    pengusul = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    diusulkan_pada = models.DateTimeField(null=True)
    pengonfirmasi = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    dikonfirmasi_pada = models.DateTimeField(null=True)
    perubahan = models.ForeignKey("pdpb.Perubahan", models.PROTECT, null=True, related_name="+")

    objects = JawabanLintasQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "berkas_urut", "baris"]
        verbose_name = verbose_name_plural = "jawaban lintas daerah"
        constraints = [
            models.UniqueConstraint("batch", "berkas_urut", "baris", name="lintas_baris_unik"),
            models.CheckConstraint(
                name="lintas_dua_orang", condition=Q(pengonfirmasi__isnull=True) | ~Q(pengonfirmasi=F("pengusul"))
            ),
            models.CheckConstraint(
                name="lintas_terjawab_lengkap",
                condition=~Q(status="selesai") | Q(pengonfirmasi__isnull=False) & ~Q(jawaban=""),
            ),
            models.CheckConstraint(
                name="lintas_sesuai_padanan",
                condition=Q(jawaban="")
                | Q(jawaban="tidak_ada", pemilih__isnull=True)
                | Q(pemilih__isnull=False) & ~Q(jawaban="tidak_ada"),
            ),
        ]

    def __str__(self) -> str:
        return f"Baris {self.baris} daftar lintas {self.batch_id}"
