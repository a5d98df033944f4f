"""One meeting and everything that is recorded about it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kpupalu.lib import waktu
from kpupalu.lib.kata import hari, tanggal_panjang
from kpupalu.naskah.models import Naskah
from kpupalu.organisasi.models import Pegawai
from kpupalu.surat.models import Instansi, SuratKeluar


class RapatQuerySet(models.QuerySet["Rapat"]):
    """Meetings a person may see, and those about one object."""

    def for_user(self, user) -> "RapatQuerySet":
        """All meetings for those with the right, none for anybody else."""
        return self if user.is_authenticated and user.has_perm("rapat.lihat_rapat") else self.none()

    def hidup(self) -> "RapatQuerySet":
        """Without those called off."""
        return self.exclude(status=Rapat.Status.DIBATALKAN)

    def subjek(self, label: str, pk) -> "RapatQuerySet":
        """Living meetings about one object of a work area, earliest first."""
        return self.hidup().filter(subjek_label=label, subjek_id=str(pk)).order_by("tanggal", "pk")


class Rapat(models.Model):
    """One meeting. What it is about stands in ``subjek_label`` and ``subjek_id``: the kernel knows no work area."""

    class Jenis(models.TextChoices):
        PLENO = "pleno", "Rapat pleno terbuka"
        KOORDINASI = "koordinasi", "Rapat koordinasi"
        FORUM = "forum", "Forum koordinasi"
        SOSIALISASI = "sosialisasi", "Sosialisasi"

    class Status(models.TextChoices):
        DIJADWALKAN = "dijadwalkan", "Dijadwalkan"
        DIUNDANG = "diundang", "Diundang"
        BERLANGSUNG = "berlangsung", "Berlangsung"
        NOTULA_DRAF = "notula_draf", "Notula disusun"
        NOTULA_DISAHKAN = "notula_disahkan", "Notula disahkan"
        SELESAI = "selesai", "Selesai"
        DITUNDA = "ditunda", "Ditunda"
        DIBATALKAN = "dibatalkan", "Dibatalkan"

    jenis = models.CharField("jenis", max_length=12, choices=Jenis)
    judul = models.CharField("judul", max_length=200)
    tanggal = models.DateField("tanggal")
    mulai = models.TimeField("pukul mulai")
    selesai = models.TimeField("pukul selesai", null=True, blank=True)
    tempat = models.CharField("tempat", max_length=160)
    acara = models.TextField("acara", help_text="Satu mata acara per baris.")
    pimpinan = models.ForeignKey(
        Pegawai, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pimpinan rapat"
    )
    notulis = models.ForeignKey(
        Pegawai, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="notulis"
    )
    subjek_label = models.CharField("objek", max_length=80, blank=True)
    subjek_id = models.CharField("kunci objek", max_length=40, blank=True)
    status = models.CharField("status", max_length=16, choices=Status, default=Status.DIJADWALKAN)
    alasan = models.CharField("alasan ditunda atau dibatalkan", max_length=300, blank=True)
    undangan = models.ForeignKey(
        SuratKeluar, models.PROTECT, null=True, blank=True, related_name="rapat", verbose_name="undangan"
    )
    versi = models.PositiveIntegerField("suntingan ke", default=1)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField("dibuat pada", default=waktu.sekarang)

    objects = RapatQuerySet.as_manager()

    class Meta:
        ordering = ["-tanggal", "-pk"]
        verbose_name = verbose_name_plural = "rapat"
        constraints = [
            models.UniqueConstraint(
                fields=["subjek_label", "subjek_id"],
                condition=Q(jenis="pleno") & ~Q(subjek_id="") & ~Q(status="dibatalkan"),
                name="rapat_satu_pleno_yang_hidup",
            ),
            models.CheckConstraint(
                name="rapat_waktu_wajar",
                condition=Q(selesai=None) | Q(selesai__gt=F("mulai")),
                violation_error_message="Pukul selesai harus sesudah pukul mulai.",
            ),
            models.CheckConstraint(
                name="rapat_batal_beralasan", condition=~Q(status__in=["ditunda", "dibatalkan"]) | ~Q(alasan="")
            ),
        ]
        indexes = [models.Index(fields=["subjek_label", "subjek_id"], name="rapat_subjek")]

    def __str__(self) -> str:
        return self.judul

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("rapat:detail", args=[self.pk])

    @property
    def hari_tanggal(self) -> str:
        """``Selasa, 8 Desember 2026``."""
        return f"{hari(self.tanggal)}, {tanggal_panjang(self.tanggal)}"

    @property
    def pukul(self) -> str:
        """``09.00 WITA sampai 12.00 WITA``, or ``… sampai selesai``."""
        akhir = f"{self.selesai:%H.%M} WITA" if self.selesai else "selesai"
        return f"{self.mulai:%H.%M} WITA sampai {akhir}"


class Peserta(models.Model):
    """One invited partner: whether it came, by whom, or why not. ``nama`` and ``jabatan`` are of who came."""

    class Status(models.TextChoices):
        DIUNDANG = "diundang", "Diundang"
        HADIR = "hadir", "Hadir"
        DIWAKILI = "diwakili", "Diwakili"
        TIDAK_HADIR = "tidak_hadir", "Tidak hadir"

    rapat = models.ForeignKey(Rapat, models.PROTECT, related_name="peserta")
    instansi = models.ForeignKey(Instansi, models.PROTECT, related_name="+", verbose_name="instansi")
    nama = models.CharField("nama", max_length=120, blank=True)
    jabatan = models.CharField("jabatan", max_length=120, blank=True)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DIUNDANG)
    alasan = models.CharField("alasan tidak hadir", max_length=300, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["instansi__urutan", "instansi__nama"]
        verbose_name = verbose_name_plural = "peserta rapat"
        constraints = [
            models.UniqueConstraint(fields=["rapat", "instansi"], name="peserta_sekali_per_rapat"),
            models.CheckConstraint(
                name="peserta_hadir_bernama", condition=~Q(status__in=["hadir", "diwakili"]) | ~Q(nama="")
            ),
            models.CheckConstraint(name="peserta_absen_beralasan", condition=~Q(status="tidak_hadir") | ~Q(alasan="")),
        ]

    def __str__(self) -> str:
        return str(self.instansi)


class KehadiranAnggota(models.Model):
    """Whether one commissioner attended. Nobody can stand in for a commissioner, and an absence has its reason."""

    class Status(models.TextChoices):
        BELUM = "belum", "Belum dicatat"
        HADIR = "hadir", "Hadir"
        TIDAK_HADIR = "tidak_hadir", "Tidak hadir"

    rapat = models.ForeignKey(Rapat, models.PROTECT, related_name="anggota")
    pegawai = models.ForeignKey(Pegawai, models.PROTECT, related_name="+", verbose_name="anggota")
    jabatan = models.CharField("jabatan", max_length=120)
    urut = models.PositiveSmallIntegerField("urut")
    status = models.CharField("status", max_length=12, choices=Status, default=Status.BELUM)
    alasan = models.CharField("alasan tidak hadir", max_length=300, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["urut"]
        verbose_name = verbose_name_plural = "kehadiran anggota"
        constraints = [
            models.UniqueConstraint(fields=["rapat", "pegawai"], name="anggota_sekali_per_rapat"),
            models.CheckConstraint(name="anggota_absen_beralasan", condition=~Q(status="tidak_hadir") | ~Q(alasan="")),
        ]

    def __str__(self) -> str:
        return str(self.pegawai)


class Masukan(models.Model):
    """One remark made in the meeting and its answer; one taken back stays with its reason and is printed nowhere."""

    rapat = models.ForeignKey(Rapat, models.PROTECT, related_name="masukan")
    instansi = models.ForeignKey(Instansi, models.PROTECT, null=True, blank=True, related_name="+")
    lembaga = models.CharField("lembaga", max_length=160)
    isi = models.TextField("masukan", max_length=1_000)
    jawaban = models.TextField("jawaban", max_length=1_000)
    dicabut = models.BooleanField("dicabut", default=False)
    alasan_cabut = models.CharField("alasan dicabut", max_length=300, blank=True)
    versi = models.PositiveIntegerField(default=1)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    dicatat_pada = models.DateTimeField("dicatat pada", default=waktu.sekarang)

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "masukan rapat"
        constraints = [
            models.CheckConstraint(name="masukan_cabut_beralasan", condition=Q(dicabut=False) | ~Q(alasan_cabut=""))
        ]

    def __str__(self) -> str:
        return f"Masukan {self.lembaga}"

    def sebagai_isi(self) -> dict[str, Any]:
        """As a document prints it."""
        return {"lembaga": self.lembaga, "isi": self.isi, "jawaban": self.jawaban}


class TindakLanjut(models.Model):
    """Something the meeting agreed on: who does it, until when, and what came of it."""

    class Status(models.TextChoices):
        BELUM = "belum", "Belum dikerjakan"
        PROSES = "proses", "Dikerjakan"
        SELESAI = "selesai", "Selesai"
        BATAL = "batal", "Tidak dilanjutkan"

    rapat = models.ForeignKey(Rapat, models.PROTECT, related_name="tindak_lanjut")
    masukan = models.ForeignKey(Masukan, models.PROTECT, null=True, blank=True, related_name="tindak_lanjut")
    uraian = models.CharField("uraian", max_length=300)
    pic = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="penanggung jawab")
    tenggat = models.DateField("batas waktu", null=True, blank=True)
    status = models.CharField("status", max_length=8, choices=Status, default=Status.BELUM)
    hasil = models.CharField("hasil", max_length=500, blank=True)

    class Meta:
        ordering = ["tenggat", "pk"]
        verbose_name = verbose_name_plural = "tindak lanjut rapat"
        constraints = [
            models.CheckConstraint(
                name="tindak_lanjut_berhasil",
                condition=~Q(status__in=["selesai", "batal"]) | ~Q(hasil=""),
                violation_error_message="Tuliskan hasilnya bila tindak lanjut selesai atau tidak dilanjutkan.",
            )
        ]

    def __str__(self) -> str:
        return self.uraian

    @property
    def terbuka(self) -> bool:
        """True while somebody still has to do it."""
        return self.status in {self.Status.BELUM, self.Status.PROSES}


class Notulen(models.Model):
    """The record of the meeting; it becomes fixed as an official document signed by who chaired."""

    rapat = models.OneToOneField(Rapat, models.PROTECT, related_name="notulen")
    jalannya = models.TextField("jalannya rapat", max_length=8_000)
    paparan = models.TextField("paparan angka sementara", max_length=4_000, blank=True)
    data_diserahkan = models.TextField("data yang diserahkan", max_length=4_000, blank=True)
    kesepakatan = models.TextField("kesepakatan", max_length=4_000)
    naskah = models.OneToOneField(Naskah, models.PROTECT, null=True, blank=True, related_name="notulen")
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = "notulen"

    def __str__(self) -> str:
        return f"Notulen {self.rapat}"

    @property
    def terbuka(self) -> bool:
        """True while it can be edited: no document yet, or the one it had fell away."""
        return self.naskah is None or self.naskah.status in (Naskah.Status.DITARIK, Naskah.Status.DIGANTI)
