"""What stands beside a document: notes, scans, keys, and the counters that limit guessing."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kpupalu.lib import waktu
from kpupalu.naskah.models.dokumen import Naskah, Penandatangan


class CatatanPenandatanganan(models.Model):
    """A later refusal or incapacity, numbered and apart from the file, which never changes."""

    penandatangan = models.OneToOneField(Penandatangan, on_delete=models.PROTECT, related_name="catatan")
    nomor = models.CharField("nomor", max_length=120, unique=True)
    tanggal = models.DateField("tanggal")
    sebab = models.CharField(
        "sebab", max_length=16, choices=[("menolak", "Tidak menandatangani"), ("berhalangan", "Berhalangan")]
    )
    alasan = models.TextField("alasan")
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField("dicatat pada", default=waktu.sekarang)

    class Meta:
        verbose_name = "catatan penandatanganan"
        verbose_name_plural = "catatan penandatanganan"
        ordering = ["tanggal", "pk"]

    def __str__(self) -> str:
        return self.nomor


class ScanBasah(models.Model):
    """A scan of the paper signed in ink. One person uploads it, another compares it with the paper."""

    class Hasil(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu dibandingkan"
        SESUAI = "sesuai", "Sesuai dengan naskah kertas"
        TIDAK_SESUAI = "tidak_sesuai", "Tidak sesuai"

    naskah = models.ForeignKey(Naskah, on_delete=models.PROTECT, related_name="scan")
    berkas = models.CharField("berkas", max_length=160)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    ukuran = models.PositiveIntegerField("ukuran (bita)")
    hasil = models.CharField("hasil", max_length=16, choices=Hasil.choices, default=Hasil.MENUNGGU)
    catatan = models.TextField("catatan", blank=True)
    diunggah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    diunggah_pada = models.DateTimeField("diunggah pada", default=waktu.sekarang)
    dibanding_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dibanding_pada = models.DateTimeField("dibandingkan pada", null=True, blank=True)

    class Meta:
        verbose_name = "pindaian naskah basah"
        verbose_name_plural = "pindaian naskah basah"
        ordering = ["naskah", "diunggah_pada"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dibanding_oleh=None) | ~Q(dibanding_oleh=F("diunggah_oleh")),
                name="scan_dua_orang",
            ),
            models.UniqueConstraint(fields=["naskah"], condition=Q(hasil="sesuai"), name="scan_satu_yang_sesuai"),
        ]

    def __str__(self) -> str:
        return f"pindaian {self.sha256[:8]}"


class SertifikatPenanda(models.Model):
    """A signer's key of the office's own trial CA, locked with a passphrase that only the signer knows."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sertifikat")
    nama = models.CharField("nama pada sertifikat", max_length=200)
    pkcs12 = models.BinaryField("kunci (PKCS#12)")
    sidik = models.CharField("sidik SHA-256", max_length=64, unique=True)
    nomor_seri = models.CharField("nomor seri", max_length=64)
    berlaku_mulai = models.DateTimeField("berlaku mulai")
    berlaku_akhir = models.DateTimeField("berlaku sampai")
    dicabut_pada = models.DateTimeField("dicabut pada", null=True, blank=True)
    alasan_dicabut = models.CharField("alasan dicabut", max_length=300, blank=True)

    class Meta:
        verbose_name = "sertifikat penanda tangan"
        verbose_name_plural = "sertifikat penanda tangan"
        ordering = ["-berlaku_mulai"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(dicabut_pada=None), name="sertifikat_satu_yang_berlaku"
            )
        ]

    def __str__(self) -> str:
        return f"{self.nama} ({self.sidik[:8]})"

    def berlaku(self, pada) -> bool:
        """True when valid at the instant *pada* and not revoked by then."""
        dicabut = self.dicabut_pada is not None and self.dicabut_pada <= pada
        return self.berlaku_mulai <= pada <= self.berlaku_akhir and not dicabut


class PercobaanSandi(models.Model):
    """Wrong passphrases of one person in a row; the pause follows from it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    gagal = models.PositiveSmallIntegerField(default=0)
    terakhir_pada = models.DateTimeField(default=waktu.sekarang)

    class Meta:
        verbose_name = "percobaan sandi"
        verbose_name_plural = "percobaan sandi"

    def __str__(self) -> str:
        return f"{self.gagal} kali gagal"


class PemakaianPublik(models.Model):
    """How often one address used a public page in one window; the address stands here only as a keyed digest."""

    kunci = models.CharField(max_length=64)
    jendela = models.DateTimeField()
    jumlah = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "pemakaian halaman publik"
        verbose_name_plural = "pemakaian halaman publik"
        constraints = [models.UniqueConstraint(fields=["kunci", "jendela"], name="pemakaian_kunci_jendela")]

    def __str__(self) -> str:
        return f"{self.jumlah} kali sejak {self.jendela}"
