"""Nouns of the official documents: kind, agenda book, document, revision, signer, certificate, scan.

What must never change is refused by the database itself (migration ``0002_naskah_beku``): a revision and an
agenda entry are never rewritten or deleted, and a document that has its nomor keeps nomor, tanggal and isi.
"""

import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kpupalu.lib import waktu

# Without 0/O, 1/I/L and U: read aloud and typed from paper without mistakes. 12 letters of 30 are 58 bits.
_HURUF_KODE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def kode_acak() -> str:
    """A new verification code, ``7KQ2M9XPTR4W``: random, short enough to type, too long to guess."""
    return "".join(secrets.choice(_HURUF_KODE) for _ in range(12))


class JenisNaskahQuerySet(models.QuerySet["JenisNaskah"]):
    """Kinds of documents by the day they are in force."""

    def berlaku(self, pada: date) -> "JenisNaskahQuerySet":
        """Rows in force on *pada*."""
        return self.filter(Q(berlaku_akhir=None) | Q(berlaku_akhir__gte=pada), berlaku_mulai__lte=pada)


class JenisNaskah(models.Model):
    """One kind of document as it is numbered and printed from ``berlaku_mulai`` on.

    A change of pattern or template is a new row with the same ``kode``; the agenda book goes on counting.
    """

    kode = models.SlugField("kode", max_length=60)
    nama = models.CharField("nama", max_length=200)
    klasifikasi = models.CharField("kode klasifikasi", max_length=20)
    pola = models.CharField(
        "pola nomor",
        max_length=120,
        default="{nomor}/{klasifikasi}-BA/{satker}/{tahun}",
        help_text="Bagian yang tersedia: {nomor}, {klasifikasi}, {satker}, {triwulan}, {bulan}, {tahun}.",
    )
    buku = models.SlugField(
        "buku agenda", max_length=60, help_text="Jenis dengan buku yang sama memakai satu urutan nomor."
    )
    template = models.CharField(
        "berkas template cetak", max_length=120, blank=True, help_text="Kosong: hanya dinomori, tidak dicetak."
    )
    kuorum = models.CharField(
        "kode aturan kuorum",
        max_length=60,
        blank=True,
        help_text="Kosong: semua yang hadir dan wajib harus menandatangani.",
    )
    dasar = models.TextField("dasar hukum", blank=True)
    berlaku_mulai = models.DateField("berlaku mulai")
    berlaku_akhir = models.DateField("berlaku sampai", null=True, blank=True)

    objects = JenisNaskahQuerySet.as_manager()

    class Meta:
        verbose_name = "jenis naskah"
        verbose_name_plural = "jenis naskah"
        ordering = ["kode", "-berlaku_mulai"]
        constraints = [
            models.UniqueConstraint(fields=["kode", "berlaku_mulai"], name="jenis_naskah_kode_mulai"),
            models.CheckConstraint(
                condition=Q(berlaku_akhir=None) | Q(berlaku_akhir__gte=F("berlaku_mulai")),
                name="jenis_naskah_masa_wajar",
            ),
        ]

    def __str__(self) -> str:
        return self.nama


class BukuAgenda(models.Model):
    """The agenda book of one year; its row lock is what keeps numbers apart."""

    kode = models.SlugField("kode buku", max_length=60)
    tahun = models.PositiveSmallIntegerField("tahun")
    nomor_terakhir = models.PositiveIntegerField("nomor terakhir", default=0)

    class Meta:
        verbose_name = "buku agenda"
        verbose_name_plural = "buku agenda"
        ordering = ["kode", "-tahun"]
        constraints = [models.UniqueConstraint(fields=["kode", "tahun"], name="buku_agenda_kode_tahun")]

    def __str__(self) -> str:
        return f"{self.kode} {self.tahun}"


class EntriAgenda(models.Model):
    """One number that was given out. It is never taken back; a document that falls away leaves it *batal*."""

    buku = models.ForeignKey(BukuAgenda, on_delete=models.PROTECT, related_name="entri")
    urut = models.PositiveIntegerField("nomor urut")
    nomor = models.CharField("nomor", max_length=120, unique=True)
    tanggal = models.DateField("tanggal")
    perihal = models.CharField("perihal", max_length=300)
    diketik = models.BooleanField("diketik sendiri", default=False)
    alasan = models.TextField("alasan nomor diketik", blank=True)
    batal = models.BooleanField("batal", default=False)
    alasan_batal = models.TextField("alasan batal", blank=True)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField("dicatat pada", default=waktu.sekarang)

    class Meta:
        verbose_name = "entri agenda"
        verbose_name_plural = "entri agenda"
        ordering = ["buku", "urut"]
        constraints = [
            models.UniqueConstraint(fields=["buku", "urut"], name="entri_agenda_buku_urut"),
            models.CheckConstraint(condition=Q(diketik=False) | ~Q(alasan=""), name="entri_agenda_diketik_beralasan"),
            models.CheckConstraint(condition=Q(batal=False) | ~Q(alasan_batal=""), name="entri_agenda_batal_beralasan"),
        ]

    def __str__(self) -> str:
        return self.nomor


class NaskahQuerySet(models.QuerySet["Naskah"]):
    """Documents a person may see, and the usual selections."""

    def for_user(self, user) -> "NaskahQuerySet":
        """Documents *user* may read: all with the right, else announced ones, own ones and those to sign."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.has_perm("naskah.lihat_semua_naskah") or user.has_perm("naskah.siapkan_naskah"):
            return self
        milik = Q(status=Naskah.Status.DIUMUMKAN) | Q(dibuat_oleh=user)
        return self.filter(milik | Q(pk__in=Penandatangan.objects.filter(user=user).values("naskah")))

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
