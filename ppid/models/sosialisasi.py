"""Explaining the law of public information to people: a plan, the date agreed with PPID KPU RI, the day, the report.

Invitation, attendance and notula are those of its meeting (``kpupalu.rapat``); letters are those of ``kpupalu.surat``.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse

from kpupalu.lib import waktu
from kpupalu.naskah.models import Naskah
from kpupalu.rapat.models import Rapat
from kpupalu.surat.models import Instansi, SuratKeluar
from kpupalu.surat.models.keluar import GUGUR

DASAR_LAZIM = "PKPU 22/2023 sebagaimana diubah terakhir dengan PKPU 4/2025"


class SosialisasiQuerySet(models.QuerySet["Sosialisasi"]):
    """Events a person may see, and those that wait for somebody."""

    def for_user(self, user) -> "SosialisasiQuerySet":
        """All with ``ppid.lihat_sosialisasi``, none for anybody else."""
        return self if user.is_authenticated and user.has_perm("ppid.lihat_sosialisasi") else self.none()

    def perlu_koordinasi(self) -> "SosialisasiQuerySet":
        """Plans whose date was not yet put to PPID KPU RI."""
        return self.filter(status=Sosialisasi.Status.RENCANA)

    def siap_disetujui(self) -> "SosialisasiQuerySet":
        """Those whose last coordination agreed on a date that nobody has fixed yet."""
        akhir = Koordinasi.objects.filter(sosialisasi=OuterRef("pk")).order_by("-pk").values("hasil")[:1]
        semua = self.annotate(hasil_akhir=Subquery(akhir))
        return semua.filter(status=Sosialisasi.Status.KOORDINASI, hasil_akhir=Koordinasi.Hasil.DISETUJUI)

    def perlu_dicatat(self, pada: date) -> "SosialisasiQuerySet":
        """Those whose day came and of which nobody said yet whether they took place."""
        return self.filter(status__in=Sosialisasi.TERJADWAL, tanggal__lte=pada)

    def menunggu_spj(self) -> "SosialisasiQuerySet":
        """Those reported and not yet accounted for."""
        return self.filter(status=Sosialisasi.Status.LAPORAN)

    def diumumkan(self, pada: date) -> "SosialisasiQuerySet":
        """Those the public may come to from *pada* on, the next first; not one whose meeting stands still."""
        berhenti = [Rapat.Status.DITUNDA, Rapat.Status.DIBATALKAN]
        datang = self.filter(status__in=Sosialisasi.TERJADWAL, tanggal__gte=pada)
        return datang.exclude(rapat__status__in=berhenti).order_by("tanggal", "pk")


class Sosialisasi(models.Model):
    """One event. ``tanggal`` is empty until PPID KPU RI agreed; ``tanggal_usulan`` is only what is proposed to it."""

    class Status(models.TextChoices):
        RENCANA = "rencana", "Rencana"
        KOORDINASI = "koordinasi", "Koordinasi dengan PPID KPU RI"
        DISETUJUI = "disetujui", "Disetujui"
        DIUNDANG = "diundang", "Diundang"
        TERLAKSANA = "terlaksana", "Terlaksana"
        LAPORAN = "laporan", "Laporan disusun"
        SPJ = "spj", "SPJ selesai"
        BATAL = "batal", "Dibatalkan"

    TERJADWAL = (Status.DISETUJUI, Status.DIUNDANG)
    BERTANGGAL = (*TERJADWAL, Status.TERLAKSANA, Status.LAPORAN, Status.SPJ)
    SUDAH = (Status.TERLAKSANA, Status.LAPORAN, Status.SPJ)

    judul = models.CharField("judul", max_length=200)
    tujuan = models.TextField("tujuan", max_length=2000)
    sasaran = models.CharField("sasaran peserta", max_length=200)
    dasar = models.CharField("peraturan yang disosialisasikan", max_length=300, default=DASAR_LAZIM)
    tanggal_usulan = models.DateField("tanggal yang diusulkan")
    tempat = models.CharField("tempat", max_length=160)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.RENCANA)
    tanggal = models.DateField("tanggal pelaksanaan", null=True, blank=True)
    koordinasi = models.ForeignKey("Koordinasi", models.PROTECT, null=True, blank=True, related_name="+")
    rapat = models.OneToOneField(Rapat, models.PROTECT, null=True, blank=True, related_name="+")
    hadir_laki = models.PositiveIntegerField("peserta laki-laki", null=True, blank=True)
    hadir_perempuan = models.PositiveIntegerField("peserta perempuan", null=True, blank=True)
    ringkasan_evaluasi = models.TextField("ringkasan evaluasi", max_length=2000, blank=True)
    saran = models.TextField("saran tindak lanjut", max_length=2000, blank=True)
    naskah = models.OneToOneField(Naskah, models.PROTECT, null=True, blank=True, related_name="+")
    spj_nomor = models.CharField("nomor SPJ", max_length=120, blank=True)
    spj_tanggal = models.DateField("tanggal SPJ", null=True, blank=True)
    alasan_batal = models.CharField("alasan batal", max_length=300, blank=True)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    disetujui_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    versi = models.PositiveIntegerField(default=1)

    objects = SosialisasiQuerySet.as_manager()

    class Meta:
        ordering = ["-tanggal_usulan", "-pk"]
        verbose_name = verbose_name_plural = "sosialisasi"
        constraints = [
            # Coordination comes before a date: without it the row cannot hold one.
            models.CheckConstraint(
                name="sosialisasi_dikoordinasikan",
                condition=Q(tanggal=None) | Q(koordinasi__isnull=False, disetujui_oleh__isnull=False),
            ),
            models.CheckConstraint(
                name="sosialisasi_bertanggal",
                condition=~Q(status__in=["disetujui", "diundang", "terlaksana", "laporan", "spj"])
                | Q(tanggal__isnull=False, rapat__isnull=False),
            ),
            models.CheckConstraint(
                name="sosialisasi_penyetuju_lain",
                condition=Q(disetujui_oleh=None) | ~Q(disetujui_oleh=F("dibuat_oleh")),
            ),
            models.CheckConstraint(
                name="sosialisasi_spj_bernomor",
                condition=~Q(status="spj") | (~Q(spj_nomor="") & Q(spj_tanggal__isnull=False)),
            ),
            models.CheckConstraint(
                name="sosialisasi_batal_beralasan", condition=~Q(status="batal") | ~Q(alasan_batal="")
            ),
        ]

    def __str__(self) -> str:
        return self.judul

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("ppid:sosialisasi", args=[self.pk])

    @property
    def jumlah_hadir(self) -> int:
        """How many came, besides the office itself."""
        return (self.hadir_laki or 0) + (self.hadir_perempuan or 0)

    @property
    def koordinasi_terakhir(self) -> "Koordinasi | None":
        """The coordination that counts now."""
        return self.daftar_koordinasi.select_related("surat__naskah", "kepada").order_by("-pk").first()


class Koordinasi(models.Model):
    """One date put to PPID KPU RI: the letter that asks, the answer, the date agreed on."""

    class Hasil(models.TextChoices):
        DISETUJUI = "disetujui", "Tanggal disepakati"
        DITOLAK = "ditolak", "Tidak disepakati"

    class Melalui(models.TextChoices):
        SURAT = "surat", "Surat"
        SUREL = "surel", "Surel"
        TELEPON = "telepon", "Telepon"
        RAPAT = "rapat", "Rapat koordinasi"

    sosialisasi = models.ForeignKey(Sosialisasi, models.PROTECT, related_name="daftar_koordinasi")
    kepada = models.ForeignKey(Instansi, models.PROTECT, related_name="+", verbose_name="kepada")
    tanggal_diusulkan = models.DateField("tanggal yang diusulkan")
    surat = models.ForeignKey(SuratKeluar, models.PROTECT, null=True, blank=True, related_name="+")
    surat_nomor = models.CharField("nomor surat", max_length=120, blank=True)
    surat_tanggal = models.DateField("tanggal surat", null=True, blank=True)
    melalui = models.CharField("dijawab melalui", max_length=8, choices=Melalui, blank=True)
    jawaban_nomor = models.CharField("nomor jawaban", max_length=120, blank=True)
    jawaban_tanggal = models.DateField("tanggal jawaban", null=True, blank=True)
    hasil = models.CharField("hasil", max_length=10, choices=Hasil, blank=True)
    tanggal_disepakati = models.DateField("tanggal yang disepakati", null=True, blank=True)
    catatan = models.CharField("catatan", max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "koordinasi dengan PPID KPU RI"
        constraints = [
            models.CheckConstraint(
                name="koordinasi_dijawab_sesudah_surat",
                condition=Q(hasil="")
                | (
                    ~Q(surat_nomor="")
                    & Q(surat_tanggal__isnull=False, jawaban_tanggal__isnull=False)
                    & Q(jawaban_tanggal__gte=F("surat_tanggal"))
                ),
            ),
            models.CheckConstraint(
                name="koordinasi_tanggal_sesudah_surat",
                condition=~Q(hasil="disetujui")
                | Q(
                    surat_tanggal__isnull=False,
                    tanggal_disepakati__isnull=False,
                    tanggal_disepakati__gte=F("surat_tanggal"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Koordinasi tanggal {self.tanggal_diusulkan:%d-%m-%Y}"

    @property
    def surat_gugur(self) -> bool:
        """Whether the letter was written here and fell away since: cancelled, withdrawn or replaced."""
        if self.surat is None:
            return False
        return self.surat.dibatalkan or bool(self.surat.naskah and self.surat.naskah.status in GUGUR)

    def surat_kini(self) -> tuple[str, date | None]:
        """Number and date of the letter as it stands now; empty while it has no number or fell away."""
        if self.surat is None:
            return self.surat_nomor, self.surat_tanggal
        if self.surat_gugur or self.surat.naskah is None or not self.surat.naskah.nomor:
            return "", None
        return self.surat.naskah.nomor, self.surat.naskah.tanggal


class Narasumber(models.Model):
    """One speaker and whether they agreed to come, and to have their material published."""

    class Asal(models.TextChoices):
        KPU_RI = "kpu_ri", "KPU RI"
        KOMISI_INFORMASI = "komisi_informasi", "Komisi Informasi Provinsi"
        LSM = "lsm", "LSM yang peduli keterbukaan informasi"
        LAIN = "lain", "Lainnya"

    class Kesediaan(models.TextChoices):
        BELUM = "belum", "Belum diminta"
        DIMINTA = "diminta", "Menunggu jawaban"
        BERSEDIA = "bersedia", "Bersedia"
        TIDAK = "tidak", "Tidak bersedia"

    sosialisasi = models.ForeignKey(Sosialisasi, models.PROTECT, related_name="narasumber")
    asal = models.CharField("asal", max_length=16, choices=Asal)
    lembaga = models.CharField("lembaga", max_length=160)
    nama = models.CharField("nama", max_length=120, blank=True, help_text="Kosong bila lembaganya yang menunjuk.")
    topik = models.CharField("topik", max_length=200)
    kesediaan = models.CharField("kesediaan", max_length=8, choices=Kesediaan, default=Kesediaan.BELUM)
    izin_materi = models.BooleanField("mengizinkan materinya diterbitkan", default=False)
    surat = models.ForeignKey(SuratKeluar, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "narasumber"

    def __str__(self) -> str:
        return f"{self.nama}, {self.lembaga}" if self.nama else self.lembaga


class PosAnggaran(models.Model):
    """One line of the budget in rupiah: what was planned, what was spent, and on which receipt."""

    sosialisasi = models.ForeignKey(Sosialisasi, models.PROTECT, related_name="anggaran")
    uraian = models.CharField("uraian", max_length=200)
    akun = models.CharField("akun belanja", max_length=20, blank=True)
    rencana = models.DecimalField("rencana (rupiah)", max_digits=14, decimal_places=2)
    realisasi = models.DecimalField("realisasi (rupiah)", max_digits=14, decimal_places=2, null=True, blank=True)
    bukti = models.CharField("nomor bukti", max_length=120, blank=True)
    penjelasan = models.CharField("penjelasan bila melebihi rencana", max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "pos anggaran"
        constraints = [
            models.CheckConstraint(
                name="pos_anggaran_tidak_negatif",
                condition=Q(rencana__gte=0) & (Q(realisasi=None) | Q(realisasi__gte=0)),
                violation_error_message="Jumlah rupiah tidak boleh di bawah nol.",
            ),
            models.CheckConstraint(
                name="pos_anggaran_berbukti",
                condition=Q(realisasi=None) | Q(realisasi=0) | ~Q(bukti=""),
                violation_error_message="Tuliskan nomor bukti pengeluarannya.",
            ),
            models.CheckConstraint(
                name="pos_anggaran_lebih_dijelaskan",
                condition=Q(realisasi=None) | Q(realisasi__lte=F("rencana")) | ~Q(penjelasan=""),
                violation_error_message="Jelaskan mengapa realisasi melebihi rencana.",
            ),
        ]

    def __str__(self) -> str:
        return self.uraian


class Materi(models.Model):
    """One file shown at the event, sealed; everybody may read it only while ``terbit``."""

    sosialisasi = models.ForeignKey(Sosialisasi, models.PROTECT, related_name="materi")
    judul = models.CharField("judul", max_length=200)
    narasumber = models.ForeignKey(Narasumber, models.PROTECT, null=True, blank=True, related_name="materi")
    berkas = models.FileField(upload_to="ppid/sosialisasi/%Y/")
    sha256 = models.CharField(max_length=64)
    tipe = models.CharField(max_length=4)
    terbit = models.BooleanField("diterbitkan", default=False)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pada = models.DateTimeField("diunggah", default=waktu.sekarang)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "materi sosialisasi"

    def __str__(self) -> str:
        return self.judul


class ButirEvaluasi(models.Model):
    """One numbered question of the evaluation sheet, and how many sheets gave each answer. Nobody is named."""

    JAWABAN = ("sangat_baik", "baik", "cukup", "kurang")

    sosialisasi = models.ForeignKey(Sosialisasi, models.PROTECT, related_name="evaluasi")
    urut = models.PositiveSmallIntegerField("nomor")
    pertanyaan = models.CharField("pertanyaan", max_length=200)
    sangat_baik = models.PositiveIntegerField("sangat baik", default=0)
    baik = models.PositiveIntegerField("baik", default=0)
    cukup = models.PositiveIntegerField("cukup", default=0)
    kurang = models.PositiveIntegerField("kurang", default=0)

    class Meta:
        ordering = ["urut"]
        verbose_name = verbose_name_plural = "butir evaluasi"
        constraints = [models.UniqueConstraint(fields=["sosialisasi", "urut"], name="butir_evaluasi_urut")]

    def __str__(self) -> str:
        return f"{self.urut}. {self.pertanyaan}"

    @property
    def jumlah(self) -> int:
        """How many sheets answered it."""
        return self.sangat_baik + self.baik + self.cukup + self.kurang

    @property
    def positif(self) -> int | None:
        """Per cent of the answers that say good or very good, rounded; None without an answer."""
        return round(100 * (self.sangat_baik + self.baik) / self.jumlah) if self.jumlah else None
