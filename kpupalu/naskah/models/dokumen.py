"""The document itself, the states of its file, and the people who sign it."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kpupalu.lib import waktu
from kpupalu.naskah.models.agenda import JenisNaskah

# Without 0/O, 1/I/L and U: read aloud and typed from paper without mistakes. 12 letters of 30 are 58 bits.
_HURUF_KODE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def kode_acak() -> str:
    """A new verification code, ``7KQ2M9XPTR4W``: random, short enough to type, too long to guess."""
    return "".join(secrets.choice(_HURUF_KODE) for _ in range(12))


class NaskahQuerySet(models.QuerySet["Naskah"]):
    """Documents a person may see, and the usual selections."""

    def for_user(self, user) -> "NaskahQuerySet":
        """Documents *user* may read: all with the right, else announced ones, own ones and those to sign.

        A kind with ``hak_baca`` is read with that right and by who wrote or signs the document, by nobody else.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        milik = Q(dibuat_oleh=user) | Q(pk__in=Penandatangan.objects.filter(user=user).values("naskah"))
        milik |= Q(jenis__hak_baca__in=user.get_all_permissions())
        if user.has_perm("naskah.lihat_semua_naskah"):
            return self.filter(milik | Q(jenis__hak_baca=""))
        return self.filter(milik | Q(status=Naskah.Status.DIUMUMKAN, jenis__hak_baca=""))

    def menunggu(self, user) -> "NaskahQuerySet":
        """Documents that wait for the signature of *user*, oldest first."""
        tanda = Penandatangan.objects.filter(user=user, hadir=True, status=Penandatangan.Status.MENUNGGU)
        terbuka = [Naskah.Status.SIAP, Naskah.Status.SEBAGIAN]
        return self.filter(status__in=terbuka, cara=Naskah.Cara.ELEKTRONIK, pk__in=tanda.values("naskah")).order_by(
            "siap_pada", "pk"
        )

    def subjek(self, label: str, pk) -> "NaskahQuerySet":
        """Documents about one object of a work area, newest version first."""
        return self.filter(subjek_label=label, subjek_id=str(pk)).order_by("-versi", "-pk")

    def hidup(self) -> "NaskahQuerySet":
        """Without those withdrawn or replaced."""
        return self.exclude(status__in=[Naskah.Status.DITARIK, Naskah.Status.DIGANTI])


class Naskah(models.Model):
    """One version of one official document: numbered once, printed once, signed by adding revisions.

    It points at what it is about by ``subjek_label`` and ``subjek_id``: the kernel knows no work area.
    """

    class Status(models.TextChoices):
        KONSEP = "konsep", "Konsep"
        SIAP = "siap", "Siap ditandatangani"
        SEBAGIAN = "sebagian", "Ditandatangani sebagian"
        LENGKAP = "lengkap", "Lengkap"
        DITANDATANGANI_BASAH = "ditandatangani_basah", "Ditandatangani basah"
        DIUMUMKAN = "diumumkan", "Diumumkan"
        DITARIK = "ditarik", "Ditarik"
        DIGANTI = "diganti", "Diganti"

    class Cara(models.TextChoices):
        ELEKTRONIK = "elektronik", "Tanda tangan elektronik"
        BASAH = "basah", "Tanda tangan basah"

    jenis = models.ForeignKey(JenisNaskah, on_delete=models.PROTECT, related_name="naskah")
    kode_jenis = models.SlugField("kode jenis", max_length=60)
    subjek_label = models.CharField("objek", max_length=80, blank=True)
    subjek_id = models.CharField("kunci objek", max_length=40, blank=True)
    versi = models.PositiveSmallIntegerField("versi", default=1)
    judul = models.CharField("judul", max_length=300)
    nomor = models.CharField("nomor", max_length=120, blank=True)
    tanggal = models.DateField("tanggal naskah")
    isi = models.JSONField("isi")
    digest_isi = models.CharField("sidik isi", max_length=64, blank=True)
    status = models.CharField("status", max_length=24, choices=Status.choices, default=Status.KONSEP)
    cara = models.CharField("cara", max_length=12, choices=Cara.choices, default=Cara.ELEKTRONIK)
    penyedia = models.CharField("penyedia tanda tangan", max_length=20, default="lokal")
    kode_verifikasi = models.CharField("kode verifikasi", max_length=16, unique=True, default=kode_acak)
    menggantikan = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="pengganti")
    pekerjaan = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    alasan_akhir = models.TextField("alasan ditarik atau diganti", blank=True)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField("dibuat pada", default=waktu.sekarang)
    siap_pada = models.DateTimeField("siap pada", null=True, blank=True)
    lengkap_pada = models.DateTimeField("lengkap pada", null=True, blank=True)
    diumumkan_pada = models.DateTimeField("diumumkan pada", null=True, blank=True)

    objects = NaskahQuerySet.as_manager()

    class Meta:
        verbose_name = "naskah"
        verbose_name_plural = "naskah"
        ordering = ["-dibuat_pada", "-pk"]
        permissions = [
            ("tandatangani_naskah", "Menandatangani naskah"),
            ("siapkan_naskah", "Menyiapkan, menarik, dan mengganti naskah"),
            ("umumkan_naskah", "Mengumumkan naskah"),
            ("lihat_semua_naskah", "Melihat semua naskah"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["nomor"], condition=~Q(nomor=""), name="naskah_nomor_tunggal"),
            models.UniqueConstraint(
                fields=["kode_jenis", "subjek_label", "subjek_id"],
                condition=~Q(subjek_id="") & ~Q(status__in=["ditarik", "diganti"]),
                name="naskah_satu_yang_hidup",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["konsep", "ditarik", "diganti"]) | (~Q(nomor="") & Q(siap_pada__isnull=False)),
                name="naskah_siap_bernomor",
            ),
        ]
        indexes = [models.Index(fields=["subjek_label", "subjek_id"], name="naskah_subjek")]

    def __str__(self) -> str:
        return f"{self.judul} {self.nomor}".strip()

    def get_absolute_url(self) -> str:
        """Its page for staff."""
        return reverse("naskah:detail", args=[self.pk])

    @property
    def terbaru(self) -> "Revisi | None":
        """The newest stored revision, or None before the print."""
        return self.revisi.order_by("-urut").first()

    @property
    def sudah_dicetak(self) -> bool:
        """True from the moment revision 0 is stored."""
        return self.siap_pada is not None

    @property
    def selesai_ditandatangani(self) -> bool:
        """True once every signature that was needed is there, electronically or on paper."""
        selesai = {self.Status.LENGKAP, self.Status.DITANDATANGANI_BASAH, self.Status.DIUMUMKAN}
        return self.status in selesai or self.lengkap_pada is not None

    @property
    def url_verifikasi(self) -> str:
        """The public address printed in the QR code."""
        return f"{settings.URL_PUBLIK}/verifikasi/{self.kode_verifikasi}/"


class Revisi(models.Model):
    """One state of the file: 0 is the print; every signature adds one that begins with the bytes before."""

    naskah = models.ForeignKey(Naskah, on_delete=models.PROTECT, related_name="revisi")
    urut = models.PositiveSmallIntegerField("urut")
    berkas = models.CharField("berkas", max_length=160)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    ukuran = models.PositiveIntegerField("ukuran (bita)")
    dibuat_pada = models.DateTimeField("disimpan pada", default=waktu.sekarang)

    class Meta:
        verbose_name = "revisi"
        verbose_name_plural = "revisi"
        ordering = ["naskah", "urut"]
        constraints = [models.UniqueConstraint(fields=["naskah", "urut"], name="revisi_naskah_urut")]

    def __str__(self) -> str:
        return f"revisi {self.urut}"


class Penandatangan(models.Model):
    """One line of the signature block; nama and jabatan are those of the day the document was made."""

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu"
        MENANDATANGANI = "menandatangani", "Menandatangani"
        MENOLAK = "menolak", "Tidak menandatangani"
        BERHALANGAN = "berhalangan", "Berhalangan"

    naskah = models.ForeignKey(Naskah, on_delete=models.PROTECT, related_name="penandatangan")
    urut = models.PositiveSmallIntegerField("urut")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    nama = models.CharField("nama", max_length=200)
    jabatan = models.CharField("jabatan", max_length=200)
    hadir = models.BooleanField("hadir", default=True)
    alasan_tidak_hadir = models.CharField("alasan tidak hadir", max_length=300, blank=True)
    wajib = models.BooleanField("wajib menandatangani", default=True)
    status = models.CharField("status", max_length=16, choices=Status.choices, default=Status.MENUNGGU)
    ditandatangani_pada = models.DateTimeField("ditandatangani pada", null=True, blank=True)
    sidik_sertifikat = models.CharField("sidik sertifikat", max_length=64, blank=True)
    penerbit = models.CharField("penerbit sertifikat", max_length=200, blank=True)

    class Meta:
        verbose_name = "penanda tangan"
        verbose_name_plural = "penanda tangan"
        ordering = ["naskah", "urut"]
        constraints = [
            models.UniqueConstraint(fields=["naskah", "urut"], name="penandatangan_naskah_urut"),
            models.UniqueConstraint(fields=["naskah", "user"], name="penandatangan_naskah_user"),
            models.CheckConstraint(
                condition=Q(hadir=True) | (~Q(alasan_tidak_hadir="") & Q(status="berhalangan")),
                name="penandatangan_absen_beralasan",
            ),
            models.CheckConstraint(
                condition=Q(status="menandatangani") ^ Q(ditandatangani_pada=None),
                name="penandatangan_waktu_cocok",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nama}, {self.jabatan}"

    @property
    def kolom(self) -> str:
        """Name of the signature field and id of the box in the template."""
        return f"ttd-{self.urut}"
