"""The kinds of documents and the agenda book that numbers them."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kpupalu.lib import waktu


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
    unduh_publik = models.BooleanField(
        "dapat diunduh publik",
        default=True,
        help_text="Bila tidak, halaman verifikasi hanya menyebut dan membandingkan berkas, tanpa memberikannya.",
    )
    hak_baca = models.CharField(
        "hak membaca",
        max_length=100,
        blank=True,
        help_text="Kosong: semua pembaca naskah. Terisi: hanya yang punya hak ini, penyusun, dan penandanya.",
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


@dataclass(frozen=True, slots=True)
class Celah:
    """Numbers *dari* to *sampai* that a book passed over."""

    dari: int
    sampai: int

    @property
    def jumlah(self) -> int:
        return self.sampai - self.dari + 1

    def __str__(self) -> str:
        return f"{self.dari}" if self.dari == self.sampai else f"{self.dari}–{self.sampai}"


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
        permissions = [("ketik_nomor", "Mengetik sendiri nomor naskah")]

    def __str__(self) -> str:
        return f"{self.kode} {self.tahun}"

    def celah(self) -> list[Celah]:
        """Runs of numbers below the last one that no entry holds, lowest first."""
        hasil, sebelum = [], 0
        for urut in (*self.entri.order_by("urut").values_list("urut", flat=True), self.nomor_terakhir + 1):
            if urut > sebelum + 1:
                hasil.append(Celah(sebelum + 1, urut - 1))
            sebelum = max(sebelum, urut)
        return hasil


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
    # Nobody, when the public asked for it through a page without account.
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
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
