"""A dispute at the Komisi Informasi and what follows at court: hearings, who speaks for the office, rulings."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kpupalu.lib import waktu
from ppid.models.keberatan import Keberatan


class Tingkat(models.TextChoices):
    """Before whom. The first is where a dispute of information begins, the others follow UU 14/2008 Pasal 47 to 50."""

    KI = "ki", "Komisi Informasi"
    PTUN = "ptun", "PTUN"
    MA = "ma", "Mahkamah Agung"


class SengketaQuerySet(models.QuerySet["Sengketa"]):
    """Disputes a person may see."""

    def for_user(self, user) -> "SengketaQuerySet":
        """All with ``ppid.lihat_sengketa``, otherwise none."""
        return self if user.is_active and user.has_perm("ppid.lihat_sengketa") else self.none()

    def terbuka(self) -> "SengketaQuerySet":
        """Disputes that are neither carried out nor withdrawn."""
        return self.exclude(status__in=Sengketa.TUTUP)


class Sengketa(models.Model):
    """One dispute (UU 14/2008 Pasal 37–50; Perki 1/2013) about one objection.

    ``batas_ajukan`` is the last day on which it could be filed, as counted when it was registered: whether a late one
    is heard is for the Komisi Informasi to say, so it is registered and marked.
    """

    class Status(models.TextChoices):
        TERDAFTAR = "sengketa_terdaftar", "Terdaftar di Komisi Informasi"
        PEMERIKSAAN_AWAL = "pemeriksaan_awal", "Pemeriksaan awal"
        MEDIASI = "mediasi", "Mediasi"
        AJUDIKASI = "ajudikasi", "Ajudikasi"
        PUTUSAN = "putusan", "Diputus Komisi Informasi"
        PTUN = "keberatan_ptun", "Keberatan di PTUN"
        KASASI = "kasasi", "Kasasi"
        TETAP = "berkekuatan_tetap", "Berkekuatan hukum tetap"
        DILAKSANAKAN = "dilaksanakan", "Dilaksanakan"
        DICABUT = "dicabut", "Dicabut pemohon"

    class Mediasi(models.TextChoices):
        SEPAKAT = "sepakat", "Sepakat"
        GAGAL = "gagal", "Gagal"

    TUTUP = (Status.DILAKSANAKAN, Status.DICABUT)
    DI_KI = (Status.TERDAFTAR, Status.PEMERIKSAAN_AWAL, Status.MEDIASI, Status.AJUDIKASI)

    nomor = models.CharField("nomor register kantor", max_length=120, unique=True)
    nomor_ki = models.CharField("nomor register Komisi Informasi", max_length=120, blank=True)
    kunci = models.UUIDField(unique=True, editable=False)
    keberatan = models.ForeignKey(Keberatan, models.PROTECT, related_name="sengketa")
    diajukan_pada = models.DateField("diajukan pemohon pada")
    batas_ajukan = models.DateField("batas mengajukan")
    diterima = models.DateField("pemberitahuan diterima", default=waktu.hari_ini)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.TERDAFTAR)
    hasil_mediasi = models.CharField("hasil mediasi", max_length=8, choices=Mediasi, blank=True)
    catatan_mediasi = models.TextField("isi kesepakatan atau sebab gagal", blank=True)
    perkara_ptun = models.CharField("nomor perkara PTUN", max_length=120, blank=True)
    perkara_kasasi = models.CharField("nomor perkara kasasi", max_length=120, blank=True)
    tetap_pada = models.DateField("berkekuatan hukum tetap pada", null=True, blank=True)
    dilaksanakan_pada = models.DateField("dilaksanakan pada", null=True, blank=True)
    pelaksanaan = models.TextField("bukti pelaksanaan", blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField("dicatat pada", default=waktu.sekarang)
    versi = models.PositiveIntegerField("versi", default=1)

    objects = SengketaQuerySet.as_manager()

    class Meta:
        ordering = ["-diterima", "-pk"]
        verbose_name = verbose_name_plural = "sengketa informasi"
        constraints = [
            models.UniqueConstraint(
                fields=["keberatan"], condition=~Q(status="dicabut"), name="sengketa_satu_per_keberatan"
            ),
            models.CheckConstraint(name="sengketa_tanggal", condition=Q(diterima__gte=F("diajukan_pada"))),
            models.CheckConstraint(
                name="sengketa_dilaksanakan_berbukti",
                condition=~Q(status="dilaksanakan") | (Q(dilaksanakan_pada__isnull=False) & ~Q(pelaksanaan="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Sengketa {self.nomor}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("ppid:sengketa", args=[self.pk])

    @property
    def terlambat(self) -> bool:
        """Whether it was filed after the last day of its term."""
        return self.diajukan_pada > self.batas_ajukan

    @property
    def tingkat(self) -> str:
        """Before whom it is now."""
        if self.status == self.Status.KASASI:
            return Tingkat.MA
        return Tingkat.PTUN if self.status == self.Status.PTUN else Tingkat.KI


class SuratKuasa(models.Model):
    """A special power of attorney: who may speak for the office in one dispute before one forum, and until when."""

    sengketa = models.ForeignKey(Sengketa, models.PROTECT, related_name="kuasa")
    tingkat = models.CharField("forum", max_length=4, choices=Tingkat, default=Tingkat.KI)
    nomor = models.CharField("nomor surat kuasa", max_length=120)
    tanggal = models.DateField("tanggal surat kuasa")
    penerima = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="penerima kuasa"
    )
    sampai = models.DateField("berlaku sampai", null=True, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "surat kuasa"
        constraints = [
            models.UniqueConstraint(fields=["sengketa", "nomor", "penerima"], name="surat_kuasa_unik"),
            models.CheckConstraint(
                name="surat_kuasa_masa_wajar", condition=Q(sampai=None) | Q(sampai__gte=F("tanggal"))
            ),
        ]

    def __str__(self) -> str:
        return f"Surat kuasa {self.nomor}"


class Sidang(models.Model):
    """One hearing by its summons. The Komisi Informasi may decide without an absent party (Perki 1/2013 Pasal 31)."""

    sengketa = models.ForeignKey(Sengketa, models.PROTECT, related_name="sidang")
    tingkat = models.CharField("forum", max_length=4, choices=Tingkat, default=Tingkat.KI)
    acara = models.CharField("acara", max_length=160)
    tanggal = models.DateField("tanggal")
    pukul = models.TimeField("pukul (WITA)", null=True, blank=True)
    tempat = models.CharField("tempat", max_length=160)
    panggilan = models.CharField("nomor surat panggilan", max_length=120)
    wakil = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wakil kantor"
    )
    kuasa = models.ForeignKey(SuratKuasa, models.PROTECT, null=True, blank=True, related_name="sidang")
    hadir = models.BooleanField("dihadiri kantor", null=True, blank=True)
    hasil = models.TextField("hasil", blank=True)

    class Meta:
        ordering = ["tanggal", "pk"]
        verbose_name = verbose_name_plural = "sidang"
        constraints = [
            models.CheckConstraint(
                name="sidang_wakil_berkuasa",
                condition=Q(wakil=None, kuasa=None) | Q(wakil__isnull=False, kuasa__isnull=False),
            ),
            models.CheckConstraint(name="sidang_hasil_tercatat", condition=Q(hadir=None) | ~Q(hasil="")),
        ]

    def __str__(self) -> str:
        return f"{self.acara}, {self.tanggal:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        """The page of its dispute."""
        return self.sengketa.get_absolute_url()


class PutusanSengketa(models.Model):
    """One ruling or agreement in a dispute, with the day on which the office received it."""

    class Hasil(models.TextChoices):
        DIKABULKAN = "dikabulkan", "Permohonan dikabulkan seluruhnya"
        SEBAGIAN = "dikabulkan_sebagian", "Permohonan dikabulkan sebagian"
        DITOLAK = "ditolak", "Permohonan ditolak"
        TIDAK_DITERIMA = "tidak_diterima", "Permohonan tidak dapat diterima"
        KESEPAKATAN = "kesepakatan", "Kesepakatan mediasi"

    sengketa = models.ForeignKey(Sengketa, models.PROTECT, related_name="putusan")
    tingkat = models.CharField("forum", max_length=4, choices=Tingkat)
    nomor = models.CharField("nomor putusan", max_length=120)
    tanggal = models.DateField("tanggal putusan")
    diterima = models.DateField("diterima kantor pada")
    hasil = models.CharField("hasil", max_length=20, choices=Hasil)
    amar = models.TextField("amar putusan")

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "putusan sengketa"
        constraints = [
            models.UniqueConstraint(fields=["sengketa", "tingkat"], name="putusan_satu_per_forum"),
            models.CheckConstraint(name="putusan_diterima_wajar", condition=Q(diterima__gte=F("tanggal"))),
        ]

    def __str__(self) -> str:
        return f"Putusan {self.nomor}"
