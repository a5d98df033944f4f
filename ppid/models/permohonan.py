"""A request for information: what came, from whom, what is asked item by item."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kpupalu.lib import waktu
from kpupalu.lib.samaran import samarkan_telepon
from kpupalu.naskah.models.dokumen import kode_acak


class PermohonanQuerySet(models.QuerySet["Permohonan"]):
    """Requests a person may see."""

    def for_user(self, user) -> "PermohonanQuerySet":
        """All with ``ppid.lihat_permohonan``; a unit that was asked sees the request without its applicant."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.has_perm("ppid.lihat_permohonan"):
            return self
        if user.has_perm("ppid.jawab_unit"):
            return self.filter(permintaan_unit__unit__pegawai__user=user).distinct()
        return self.none()

    def terbuka(self) -> "PermohonanQuerySet":
        """Requests that still wait for an answer."""
        return self.filter(status__in=Permohonan.TERBUKA)


class Permohonan(models.Model):
    """One request (UU 14/2008 Pasal 22; PKPU 22/2023 as amended). Who asked stands apart in ``DataPemohon``.

    ``diterima_pada`` gives T0: its date in WITA, whatever the hour and even on a holiday. ``lengkap_pada`` replaces
    T0 when the office asked in time for what was missing. ``versi`` counts the acts, so that two officers with the
    same page do not overwrite each other. The running term is a row of the calendar, not a field here.
    """

    class Kanal(models.TextChoices):
        LANGSUNG = "langsung", "Datang langsung"
        WEB = "web", "Situs web"
        EPPID = "eppid", "e-PPID KPU"
        SUREL = "surel", "Surel"
        SURAT = "surat", "Surat"
        TELEPON = "telepon", "Telepon atau WhatsApp"
        LAIN = "lain", "Lainnya"

    class JenisPemohon(models.TextChoices):
        PERORANGAN = "perorangan", "Perorangan"
        BADAN_HUKUM = "badan_hukum", "Badan hukum"
        KELOMPOK = "kelompok_orang", "Kelompok orang"

    class CaraMemperoleh(models.TextChoices):
        MELIHAT = "melihat", "Melihat, membaca, mendengarkan, atau mencatat"
        SOFTCOPY = "softcopy", "Salinan berkas"
        HARDCOPY = "hardcopy", "Salinan kertas"

    class CaraKirim(models.TextChoices):
        AMBIL = "ambil", "Diambil langsung"
        UNDUH = "unduh", "Diunduh dari halaman tiket"
        SUREL = "surel", "Surel"
        POS = "pos", "Pos atau kurir"

    class Status(models.TextChoices):
        TERDAFTAR = "terdaftar", "Terdaftar"
        BELUM_LENGKAP = "belum_lengkap", "Perlu dilengkapi"
        DIPROSES = "diproses", "Diproses"
        SIAP_KIRIM = "siap_kirim", "Siap dikirim"
        DIJAWAB = "dijawab", "Dijawab"
        SELESAI = "selesai", "Selesai"
        TIDAK_DAPAT_DIPROSES = "tidak_dapat_diproses", "Tidak dapat diproses"
        DICABUT = "dicabut", "Dicabut pemohon"

    TERBUKA = (Status.TERDAFTAR, Status.BELUM_LENGKAP, Status.DIPROSES, Status.SIAP_KIRIM)
    TUTUP = (Status.SELESAI, Status.TIDAK_DAPAT_DIPROSES, Status.DICABUT)

    nomor = models.CharField("nomor pendaftaran", max_length=120, unique=True)
    kode = models.CharField("kode tiket", max_length=16, unique=True, default=kode_acak, editable=False)
    kunci = models.UUIDField(unique=True, editable=False)
    kanal = models.CharField("kanal", max_length=10, choices=Kanal)
    diterima_pada = models.DateTimeField("diterima pada", default=waktu.sekarang)
    tanggal_surat = models.DateField("tanggal surat", null=True, blank=True)
    jenis_pemohon = models.CharField("jenis pemohon", max_length=16, choices=JenisPemohon)
    cara_memperoleh = models.CharField("cara memperoleh", max_length=10, choices=CaraMemperoleh)
    cara_kirim = models.CharField("cara pengiriman", max_length=8, choices=CaraKirim)
    kebutuhan_khusus = models.CharField("kebutuhan khusus", max_length=240, blank=True)
    surat_masuk = models.ForeignKey("surat.SuratMasuk", models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField("status", max_length=24, choices=Status, default=Status.TERDAFTAR)
    kekurangan = models.JSONField("yang kurang", default=list, blank=True)
    kekurangan_dikirim = models.DateField("kekurangan diberitahukan", null=True, blank=True)
    lengkap_pada = models.DateField("lengkap pada", null=True, blank=True)
    diperpanjang_pada = models.DateField("perpanjangan diberitahukan", null=True, blank=True)
    alasan_perpanjangan = models.TextField("alasan perpanjangan", blank=True)
    kabar_tenggat = models.JSONField("kabar perubahan tenggat", default=list, blank=True)
    dijawab_pada = models.DateField("dijawab pada", null=True, blank=True)
    selesai_pada = models.DateField("selesai pada", null=True, blank=True)
    publikasi = models.TextField(
        "ringkasan untuk umum", blank=True, help_text="Tanpa data pribadi. Kosong: tidak tampil pada daftar publik."
    )
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    dicatat_pada = models.DateTimeField("dicatat pada", default=waktu.sekarang)
    versi = models.PositiveIntegerField("versi", default=1)

    objects = PermohonanQuerySet.as_manager()

    class Meta:
        ordering = ["-diterima_pada", "-pk"]
        verbose_name = verbose_name_plural = "permohonan informasi"
        indexes = [models.Index(fields=["status", "diterima_pada"], name="permohonan_antrean")]
        constraints = [
            models.CheckConstraint(
                name="permohonan_perpanjangan_beralasan",
                condition=Q(diperpanjang_pada=None) | ~Q(alasan_perpanjangan=""),
            ),
            models.CheckConstraint(
                name="permohonan_dijawab_bertanggal",
                condition=~Q(status="dijawab") | Q(dijawab_pada__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Permohonan {self.nomor}"

    def get_absolute_url(self) -> str:
        """Its page for officers."""
        return reverse("ppid:permohonan", args=[self.pk])

    @property
    def diterima(self) -> date:
        """T0: the day of receipt in WITA."""
        return self.diterima_pada.astimezone(waktu.WITA).date()

    @property
    def kode_terbaca(self) -> str:
        """The secret code in fours, as a receipt prints it."""
        return "-".join(self.kode[i : i + 4] for i in range(0, len(self.kode), 4))


class DataPemohon(models.Model):
    """Who asks, for what purpose, for whom: personal data, apart from the request, emptied when its term is over.

    ``identitas_sidik`` is a keyed digest of the identity number, to find the same applicant again without reading it.
    """

    class JenisIdentitas(models.TextChoices):
        KTP = "ktp", "KTP-el"
        SIM = "sim", "SIM"
        PASPOR = "paspor", "Paspor"
        LAIN = "lain", "Identitas lain"

    permohonan = models.OneToOneField(Permohonan, models.PROTECT, primary_key=True, related_name="data")
    nama = models.CharField("nama", max_length=160)
    jenis_identitas = models.CharField("jenis identitas", max_length=8, choices=JenisIdentitas, blank=True)
    nomor_identitas = models.CharField("nomor identitas", max_length=40, blank=True)
    identitas_sidik = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    badan_hukum = models.CharField("nama badan hukum", max_length=160, blank=True)
    pengesahan = models.CharField("nomor pengesahan badan hukum", max_length=120, blank=True)
    kuasa_nama = models.CharField("nama kuasa", max_length=160, blank=True)
    alamat = models.CharField("alamat", max_length=240)
    telepon = models.CharField("nomor kontak", max_length=24, blank=True)
    surel = models.EmailField("surel", max_length=160, blank=True)
    pekerjaan = models.CharField("pekerjaan", max_length=80, blank=True)
    tujuan = models.TextField("tujuan penggunaan informasi")
    penerima = models.CharField("diterima oleh", max_length=160, blank=True)
    dimusnahkan_pada = models.DateField("identitas dimusnahkan pada", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "data pemohon"

    def __str__(self) -> str:
        return f"Pemohon {self.pk}"

    @property
    def telepon_samar(self) -> str:
        """The number as pages show it."""
        return samarkan_telepon(self.telepon)


class LampiranPermohonan(models.Model):
    """A file that came with a request or belongs to its identity, kept as it came and named by its digest."""

    class Jenis(models.TextChoices):
        IDENTITAS = "identitas", "Salinan identitas"
        AKTA = "akta", "Akta atau pengesahan badan hukum"
        KUASA = "kuasa", "Surat kuasa khusus"
        SURAT = "surat", "Surat permohonan"
        LAIN = "lain", "Lampiran lain"

    permohonan = models.ForeignKey(Permohonan, models.PROTECT, related_name="lampiran")
    jenis = models.CharField("jenis", max_length=10, choices=Jenis)
    berkas = models.FileField(upload_to="ppid/lampiran/%Y/")
    tipe = models.CharField(max_length=3)
    sha256 = models.CharField(max_length=64, db_index=True)
    ukuran = models.PositiveIntegerField()
    diterima_pada = models.DateTimeField(default=waktu.sekarang)
    dimusnahkan_pada = models.DateField("dimusnahkan pada", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "lampiran permohonan"

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} ({self.tipe.upper()})"


class Butir(models.Model):
    """One thing asked for; each is answered by itself, the outcome of the request follows from its items.

    ``tahapan``: information about an election, received while a stage runs, follows the short clock.
    """

    class Hasil(models.TextChoices):
        DIBERIKAN = "diberikan", "Diberikan"
        SEBAGIAN = "diberikan_sebagian", "Diberikan sebagian"
        DIKECUALIKAN = "ditolak_dikecualikan", "Ditolak: informasi dikecualikan"
        UJI = "ditolak_uji_berjalan", "Ditolak sementara: uji konsekuensi berjalan"
        TIDAK_DIKUASAI = "tidak_dikuasai", "Tidak dikuasai"
        BELUM_ADA = "belum_didokumentasikan", "Belum didokumentasikan"
        TERSEDIA = "tersedia_umum", "Sudah tersedia untuk umum"
        TIDAK_DIPROSES = "tidak_dapat_diproses", "Tidak dapat diproses"
        DICABUT = "dicabut", "Dicabut pemohon"
        GUGUR = "gugur_tidak_diambil", "Tidak diambil"

    DITOLAK = (Hasil.DIKECUALIKAN, Hasil.UJI)
    DIKABULKAN = (Hasil.DIBERIKAN, Hasil.TERSEDIA)

    permohonan = models.ForeignKey(Permohonan, models.PROTECT, related_name="butir")
    urut = models.PositiveSmallIntegerField("urut")
    uraian = models.TextField("informasi yang diminta")
    tahapan = models.BooleanField("tentang pemilu atau pemilihan yang sedang berjalan", default=False)
    hasil = models.CharField("hasil", max_length=24, choices=Hasil, blank=True)
    dikuasai = models.BooleanField("dikuasai", null=True, blank=True)
    badan_lain = models.CharField("badan publik yang menguasai", max_length=200, blank=True)
    penjelasan = models.TextField("penjelasan kepada pemohon", blank=True)
    bagian_dihitamkan = models.TextField("bagian yang dihitamkan dan alasannya", blank=True)
    pasal_17 = models.CharField("huruf Pasal 17", max_length=1, blank=True)
    dikecualikan = models.ForeignKey(
        "ppid.InformasiDikecualikan", models.PROTECT, null=True, blank=True, related_name="penolakan"
    )
    pasal_18_diperiksa = models.BooleanField("Pasal 18 sudah diperiksa", default=False)
    uji = models.ForeignKey("ppid.UjiKonsekuensi", models.PROTECT, null=True, blank=True, related_name="butir")
    informasi = models.ForeignKey(
        "ppid.InformasiPublik", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="entri DIP"
    )
    tersedia_pada = models.DateField("akan tersedia pada", null=True, blank=True)
    bentuk = models.CharField("bentuk yang diberikan", max_length=10, choices=Permohonan.CaraMemperoleh, blank=True)
    lembar = models.PositiveIntegerField("jumlah lembar", default=0)
    biaya = models.PositiveIntegerField("biaya (rupiah)", default=0)
    diputus_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    diputus_pada = models.DateField("diputus pada", null=True, blank=True)

    class Meta:
        ordering = ["permohonan", "urut"]
        verbose_name = verbose_name_plural = "butir permohonan"
        constraints = [
            models.UniqueConstraint(fields=["permohonan", "urut"], name="butir_urut"),
            models.CheckConstraint(
                name="butir_dikecualikan_berdasar",
                condition=~Q(hasil="ditolak_dikecualikan") | (Q(dikecualikan__isnull=False) & ~Q(pasal_17="")),
                violation_error_message="Penolakan harus menyebut huruf Pasal 17 dan keputusan yang mendasarinya.",
            ),
            models.CheckConstraint(
                name="butir_uji_berusulan", condition=~Q(hasil="ditolak_uji_berjalan") | Q(uji__isnull=False)
            ),
            models.CheckConstraint(
                name="butir_diputus_lengkap",
                condition=Q(hasil="", diputus_pada=None) | (~Q(hasil="") & Q(diputus_pada__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Butir {self.urut}"


def perlu_tanggal_wajar(permohonan: Permohonan) -> str:
    """A sentence when the dates of *permohonan* contradict each other, else an empty string."""
    if permohonan.tanggal_surat and permohonan.tanggal_surat > permohonan.diterima:
        return "Tanggal surat tidak mungkin sesudah tanggal diterima. Periksa kedua tanggal."
    if permohonan.diterima > waktu.hari_ini():
        return "Tanggal diterima tidak mungkin sesudah hari ini. Periksa tanggalnya."
    return ""
