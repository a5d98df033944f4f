"""What a PPK counted: its recap of one kecamatan beside ours, and what was said about each line that differs.

An optional source (pdpb brief §10, §12). It is compared, never taken over: no figure of the office comes from here.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class RekapPPKQuerySet(models.QuerySet):
    def for_user(self, user) -> "RekapPPKQuerySet":
        """Recaps that *user* may read: all with the right to see figures, otherwise none."""
        return self if user.has_perm("pdpb.lihat_rekap") else self.none()

    def berlaku(self) -> "RekapPPKQuerySet":
        """The version of each kecamatan that nothing replaced and nobody took back."""
        return self.filter(status=RekapPPK.Status.BERLAKU)


class RekapPPK(models.Model):
    """One version of the recap that the PPK of a kecamatan gave for a period, with its sealed original.

    The same bytes as the version in force change nothing; other bytes are the next version, the earlier stay readable.
    """

    class Status(models.TextChoices):
        BERLAKU = "berlaku", "Berlaku"
        DIGANTIKAN = "digantikan", "Digantikan"
        DITARIK = "ditarik", "Ditarik"

    class Cara(models.TextChoices):
        UNGGAH = "unggah", "Berkas diunggah"
        KETIK = "ketik", "Diketik dari kertas"

    periode = models.ForeignKey("pdpb.Periode", models.PROTECT)
    kecamatan = models.ForeignKey("wilayah.Kecamatan", models.PROTECT, related_name="+")
    versi = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.BERLAKU)
    cara = models.CharField(max_length=6, choices=Cara)
    asal = models.CharField("surat atau berita acara PPK", max_length=160, blank=True)
    berkas = models.ForeignKey("imports.BerkasMasuk", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    dimuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dimuat_pada = models.DateTimeField(auto_now_add=True)
    alasan_tarik = models.CharField(max_length=240, blank=True)

    objects = RekapPPKQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "rekap PPK"
        constraints = [
            models.UniqueConstraint("periode", "kecamatan", "versi", name="rekap_ppk_versi"),
            models.UniqueConstraint(
                "periode", "kecamatan", name="satu_rekap_ppk_berlaku", condition=Q(status="berlaku")
            ),
        ]
        permissions = [("kelola_rekap_ppk", "Memuat rekap PPK dan menjelaskan selisihnya")]

    def __str__(self) -> str:
        return f"Rekap PPK {self.kecamatan}, {self.periode}, versi {self.versi}"

    def get_absolute_url(self) -> str:
        """The page of the comparison."""
        return reverse("pdpb:ppk_detail", args=[self.pk])


class BarisPPK(models.Model):
    """One line of a recap of a PPK as it was written, and the area that it means.

    Without *kelurahan* it is the whole kecamatan (*tingkat* says so) or an area nobody knows; *tps* counts within the
    kelurahan. *angka* is ``{column: {"L" | "P" | "total": figure}}`` of what the line states and nothing else.
    """

    class Tingkat(models.TextChoices):
        KECAMATAN = "kecamatan", "Kecamatan"
        KELURAHAN = "kelurahan", "Kelurahan"
        TPS = "tps", "TPS"
        ASING = "asing", "Tidak dikenal"

    rekap = models.ForeignKey(RekapPPK, models.CASCADE, related_name="baris")
    nomor = models.PositiveIntegerField("baris pada berkas")
    tulisan = models.CharField(max_length=160)
    tingkat = models.CharField(max_length=9, choices=Tingkat)
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, null=True, related_name="+", db_index=False)
    tps = models.PositiveSmallIntegerField("nomor TPS", null=True)
    angka = models.JSONField(default=dict)

    class Meta:
        ordering = ["rekap", "nomor", "pk"]
        verbose_name = verbose_name_plural = "baris rekap PPK"

    def __str__(self) -> str:
        return f"Baris {self.nomor}: {self.tulisan}"


class PenjelasanPPK(models.Model):
    """What an officer wrote about one line of a comparison; the latest of a line counts, earlier ones stay.

    *keadaan* is what the line showed when it was written. Where it shows something else now, the line asks again.
    *kunci* names the line, so that an explanation outlives a new version of the recap that says the same.
    """

    class Jenis(models.TextChoices):
        PENJELASAN = "penjelasan", "Penjelasan"
        TINDAK_LANJUT = "tindak_lanjut", "Tindak lanjut"

    periode = models.ForeignKey("pdpb.Periode", models.PROTECT)
    kecamatan = models.ForeignKey("wilayah.Kecamatan", models.PROTECT, related_name="+")
    kunci = models.CharField(max_length=180)
    jenis = models.CharField(max_length=13, choices=Jenis)
    isi = models.CharField(max_length=300)
    keadaan = models.JSONField()
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "penjelasan selisih PPK"
        indexes = [models.Index("periode", "kecamatan", name="penjelasan_ppk_letak")]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} {self.kunci}"
