"""An objection to the superior of the PPID: what it says, how it was decided, how the decision was carried out."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kpupalu.lib import waktu
from kpupalu.naskah.models import Naskah, Penandatangan
from ppid.models.jawaban import Jawaban
from ppid.models.permohonan import Butir, DataPemohon, Permohonan

ALASAN = {
    "a": "Penolakan atas permintaan informasi berdasarkan alasan pengecualian Pasal 17",
    "b": "Tidak disediakannya informasi berkala",
    "c": "Tidak ditanggapinya permintaan informasi",
    "d": "Permintaan informasi ditanggapi tidak sebagaimana yang diminta",
    "e": "Tidak dipenuhinya permintaan informasi",
    "f": "Pengenaan biaya yang tidak wajar",
    "g": "Penyampaian informasi melebihi waktu yang diatur",
}
"""Grounds of UU 14/2008 Pasal 35 ayat (1)."""


class KeberatanQuerySet(models.QuerySet["Keberatan"]):
    """Objections a person may see, and the usual selections."""

    def for_user(self, user) -> "KeberatanQuerySet":
        """All with ``ppid.lihat_keberatan``, otherwise none."""
        return self if user.is_active and user.has_perm("ppid.lihat_keberatan") else self.none()

    def terbuka(self) -> "KeberatanQuerySet":
        """Objections that still wait for the answer of the superior."""
        return self.filter(status__in=Keberatan.TERBUKA)

    def dapat_diputus(self, user, pada: date) -> "KeberatanQuerySet":
        """Undecided ones whose last day is not over on *pada* and with which *user* had nothing to do before."""
        S = Penandatangan.Status
        tanda = Penandatangan.objects.filter(user=user, status=S.MENANDATANGANI).values("naskah")
        return (
            self.filter(status__in=Keberatan.DAPAT_DIPUTUS, batas__gte=pada)
            .exclude(permohonan__in=Butir.objects.filter(diputus_oleh=user).values("permohonan"))
            .exclude(permohonan__in=Jawaban.objects.filter(naskah__in=tanda).values("permohonan"))
        )

    def lewat(self, pada: date) -> "KeberatanQuerySet":
        """Unanswered ones whose last day is before *pada*."""
        return self.terbuka().filter(batas__lt=pada)

    def belum_dilaksanakan(self) -> "KeberatanQuerySet":
        """Granted wholly or partly, answered, and the order not yet carried out."""
        return self.filter(status=Keberatan.Status.DITANGGAPI, putusan__in=Keberatan.MENGABULKAN)


class Keberatan(models.Model):
    """One objection (UU 14/2008 Pasal 35–36), decided by somebody who refused nothing of the request.

    ``alasan`` holds the letters the applicant chose, ``alasan_berkas`` those that the dates and decisions of the file
    itself give. ``ditemukan_pada`` is day 0 of the filing term, ``batas_ajukan`` its last day as counted at receipt;
    a late one is kept and marked. ``batas`` follows the running term of the answer, also when the calendar moves it.
    """

    class Status(models.TextChoices):
        TERDAFTAR = "terdaftar", "Terdaftar"
        DITELAAH = "ditelaah", "Ditelaah"
        MUSYAWARAH = "musyawarah", "Musyawarah"
        SIAP_KIRIM = "siap_kirim", "Tanggapan siap dikirim"
        DITANGGAPI = "ditanggapi", "Ditanggapi"
        DILAKSANAKAN = "dilaksanakan", "Dilaksanakan"
        SELESAI = "selesai", "Selesai"
        DICABUT = "dicabut", "Dicabut pemohon"

    class Putusan(models.TextChoices):
        DIKABULKAN = "dikabulkan", "Dikabulkan seluruhnya"
        SEBAGIAN = "dikabulkan_sebagian", "Dikabulkan sebagian"
        DITOLAK = "ditolak", "Ditolak"

    TERBUKA = (Status.TERDAFTAR, Status.DITELAAH, Status.MUSYAWARAH, Status.SIAP_KIRIM)
    DAPAT_DIPUTUS = (Status.TERDAFTAR, Status.DITELAAH, Status.MUSYAWARAH)
    MENGABULKAN = (Putusan.DIKABULKAN, Putusan.SEBAGIAN)

    nomor = models.CharField("nomor registrasi", max_length=120, unique=True)
    permohonan = models.ForeignKey(Permohonan, models.PROTECT, related_name="keberatan")
    butir = models.ManyToManyField(Butir, related_name="keberatan", blank=True, verbose_name="butir yang dipersoalkan")
    kunci = models.UUIDField(unique=True, editable=False)
    kanal = models.CharField("kanal", max_length=10, choices=Permohonan.Kanal)
    alasan = models.CharField("alasan, huruf Pasal 35 ayat (1)", max_length=7)
    alasan_berkas = models.CharField("alasan menurut berkas", max_length=7, blank=True)
    kasus_posisi = models.TextField("kasus posisi")
    tahapan = models.BooleanField("mengikuti waktu masa tahapan", default=False)
    ditemukan_pada = models.DateField("alasan ditemukan pada")
    batas_ajukan = models.DateField("batas mengajukan")
    diterima = models.DateField("diterima pada", default=waktu.hari_ini)
    batas = models.DateField("batas tanggapan")
    kabar_tenggat = models.JSONField("kabar perubahan tenggat", default=list, blank=True)
    status = models.CharField("status", max_length=14, choices=Status, default=Status.TERDAFTAR)
    hasil_musyawarah = models.TextField("hasil musyawarah", blank=True)
    putusan = models.CharField("putusan", max_length=20, choices=Putusan, blank=True)
    karena_lewat = models.BooleanField("ditolak karena diajukan lewat waktu", default=False)
    pertimbangan = models.TextField("pertimbangan", blank=True)
    perintah = models.TextField("perintah kepada PPID", blank=True)
    naskah = models.OneToOneField(Naskah, models.PROTECT, null=True, blank=True, related_name="keberatan_ppid")
    ditelaah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    diputus_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ditanggapi_pada = models.DateField("ditanggapi pada", null=True, blank=True)
    cara = models.CharField("cara pengiriman", max_length=8, choices=Permohonan.CaraKirim, blank=True)
    bukti = models.CharField("bukti pengiriman", max_length=200, blank=True)
    tanggapan_pemohon = models.TextField("tanggapan pemohon", blank=True)
    dilaksanakan_pada = models.DateField("dilaksanakan pada", null=True, blank=True)
    pelaksanaan = models.TextField("bukti pelaksanaan", blank=True)
    selesai_pada = models.DateField("selesai pada", null=True, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    dicatat_pada = models.DateTimeField("dicatat pada", default=waktu.sekarang)
    versi = models.PositiveIntegerField("versi", default=1)

    objects = KeberatanQuerySet.as_manager()

    class Meta:
        ordering = ["-diterima", "-pk"]
        verbose_name = verbose_name_plural = "keberatan"
        indexes = [models.Index(fields=["status", "batas"], name="keberatan_antrean")]
        constraints = [
            models.UniqueConstraint(
                fields=["permohonan"],
                condition=Q(status__in=["terdaftar", "ditelaah", "musyawarah", "siap_kirim"]),
                name="keberatan_terbuka_satu",
            ),
            models.CheckConstraint(
                name="keberatan_ditanggapi_lengkap",
                condition=~Q(status__in=["ditanggapi", "dilaksanakan"])
                | (
                    ~Q(putusan="")
                    & ~Q(pertimbangan="")
                    & Q(ditanggapi_pada__isnull=False, diputus_oleh__isnull=False, naskah__isnull=False)
                ),
            ),
            models.CheckConstraint(name="keberatan_tanggal", condition=Q(diterima__gte=F("ditemukan_pada"))),
            models.CheckConstraint(
                name="keberatan_tolak_lewat", condition=Q(karena_lewat=False) | Q(diterima__gt=F("batas_ajukan"))
            ),
        ]

    def __str__(self) -> str:
        return f"Keberatan {self.nomor}"

    def get_absolute_url(self) -> str:
        """Its page for officers."""
        return reverse("ppid:keberatan", args=[self.pk])

    @property
    def terlambat(self) -> bool:
        """Whether it came after the last day of the filing term."""
        return self.diterima > self.batas_ajukan

    @property
    def alasan_terbaca(self) -> list[tuple[str, str]]:
        """``[(letter, words of the law)]`` of the chosen grounds."""
        return [(huruf, ALASAN[huruf]) for huruf in self.alasan]


class DataKeberatan(models.Model):
    """Who objects for the applicant by a special power of attorney: personal data, apart from the objection."""

    keberatan = models.OneToOneField(Keberatan, models.PROTECT, primary_key=True, related_name="data")
    kuasa_nama = models.CharField("nama kuasa", max_length=160)
    kuasa_jenis_identitas = models.CharField("jenis identitas", max_length=8, choices=DataPemohon.JenisIdentitas)
    kuasa_nomor_identitas = models.CharField("nomor identitas", max_length=40)
    kuasa_alamat = models.CharField("alamat", max_length=240, blank=True)
    kuasa_kontak = models.CharField("telepon atau surel", max_length=160, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "data keberatan"

    def __str__(self) -> str:
        return f"Kuasa {self.pk}"


class LampiranKeberatan(models.Model):
    """A file that came with an objection, kept as it came and named by its digest."""

    class Jenis(models.TextChoices):
        KUASA = "kuasa", "Surat kuasa khusus"
        SURAT = "surat", "Surat keberatan"
        LAIN = "lain", "Lampiran lain"

    keberatan = models.ForeignKey(Keberatan, models.PROTECT, related_name="lampiran")
    jenis = models.CharField("jenis", max_length=10, choices=Jenis)
    berkas = models.FileField(upload_to="ppid/keberatan/%Y/", blank=True)
    tipe = models.CharField(max_length=3)
    sha256 = models.CharField(max_length=64, db_index=True)
    ukuran = models.PositiveIntegerField()
    diterima_pada = models.DateTimeField(default=waktu.sekarang)
    dimusnahkan_pada = models.DateField("dimusnahkan pada", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "lampiran keberatan"

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} ({self.tipe.upper()})"


class ButirSusulan(models.Model):
    """What the PPID answers anew to one item because the superior ordered it; the first answer stays as it was."""

    keberatan = models.ForeignKey(Keberatan, models.PROTECT, related_name="susulan")
    butir = models.ForeignKey(Butir, models.PROTECT, related_name="susulan")
    hasil = models.CharField(
        "hasil", max_length=24, choices=[(h.value, h.label) for h in (Butir.Hasil.DIBERIKAN, Butir.Hasil.SEBAGIAN)]
    )
    penjelasan = models.TextField("materi yang diberikan")
    bagian_dihitamkan = models.TextField("bagian yang dihitamkan dan alasannya", blank=True)
    bentuk = models.CharField("bentuk yang diberikan", max_length=10, choices=Permohonan.CaraMemperoleh)
    diputus_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diputus_pada = models.DateField("diputus pada", default=waktu.hari_ini)

    class Meta:
        ordering = ["keberatan", "butir"]
        verbose_name = verbose_name_plural = "jawaban susulan per butir"
        constraints = [
            models.UniqueConstraint(fields=["keberatan", "butir"], name="susulan_satu_per_butir"),
            models.CheckConstraint(
                name="susulan_sebagian_beralasan",
                condition=~Q(hasil="diberikan_sebagian") | ~Q(bagian_dihitamkan=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Susulan {self.butir}"
