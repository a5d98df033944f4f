"""Terms of law as dated rows: how many of which days, from which one, what follows, and where it is written."""

from datetime import date

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import F, Q

from kpupalu.aturan.models import Aturan
from kpupalu.kalender import hitung
from kpupalu.kalender.hitung import Syarat


class AturanTenggat(models.Model):
    """One term from *mulai* to *akhir* (both inclusive): a change of law is a new row of the same *kode*.

    *jumlah* is empty when the number stands in no regulation but in the summons of the case; it is then given when
    the term begins. An extension is a rule of its own (*kode_perpanjangan*), so that its number stands in one place.
    """

    class Satuan(models.TextChoices):
        HARI_KERJA = hitung.HARI_KERJA, "hari kerja"
        HARI_KALENDER = hitung.HARI_KALENDER, "hari kalender"
        JAM = hitung.JAM, "× 24 jam"

    class HariPertama(models.TextChoices):
        EKSKLUSIF = hitung.EKSKLUSIF, "Sesudah hari kejadian"
        INKLUSIF = hitung.INKLUSIF, "Hari kejadian adalah hari ke-1"
        HARI_SAMA = hitung.HARI_SAMA, "Hari yang sama"
        MUNDUR = hitung.MUNDUR, "Dihitung mundur dari hari kejadian"

    class Penangguhan(models.TextChoices):
        TIDAK = "tidak", "Tidak dapat ditangguhkan"
        SAMBUNG = "sambung", "Berhenti, lalu dilanjutkan"
        ULANG = "ulang", "Dihitung ulang sejak hari dilanjutkan"

    kode = models.SlugField("kode", max_length=60)
    nama = models.CharField("langkah", max_length=160)
    forum = models.CharField("forum", max_length=60, blank=True)
    perkara = models.CharField("perkara", max_length=120, blank=True)
    rezim = models.CharField("rezim", max_length=20, blank=True)
    pelaku = models.CharField("pelaku", max_length=120, blank=True)
    dihitung_sejak = models.CharField("dihitung sejak", max_length=160)
    akibat = models.CharField("akibat bila lewat", max_length=160, blank=True)
    jumlah = models.PositiveSmallIntegerField("jumlah", null=True, blank=True)
    satuan = models.CharField("satuan", max_length=13, choices=Satuan)
    hari_pertama = models.CharField("hari pertama", max_length=9, choices=HariPertama, default=HariPertama.EKSKLUSIF)
    zona = models.CharField("zona waktu", max_length=40, default="Asia/Makassar")
    kode_perpanjangan = models.SlugField("kode perpanjangan", max_length=60, blank=True, db_index=False)
    penangguhan = models.CharField("penangguhan", max_length=7, choices=Penangguhan, default=Penangguhan.TIDAK)
    mulai = models.DateField("berlaku sejak")
    akhir = models.DateField("berlaku sampai", null=True, blank=True)
    dasar_hukum = models.CharField("dasar hukum", max_length=240)
    kepastian = models.CharField("kepastian", max_length=6, choices=Aturan.Kepastian, default=Aturan.Kepastian.ASUMSI)
    catatan = models.CharField("catatan", max_length=240, blank=True)

    class Meta:
        ordering = ["kode", "-mulai"]
        verbose_name = verbose_name_plural = "aturan tenggat"
        constraints = [
            models.UniqueConstraint("kode", "mulai", name="aturan_tenggat_unik_per_tanggal"),
            models.CheckConstraint(
                name="aturan_tenggat_tidak_terbalik", condition=Q(akhir__isnull=True) | Q(akhir__gte=F("mulai"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kode}: {self.nama}"

    @property
    def belum_pasti(self) -> bool:
        """Whether nobody has yet read this number in the regulation itself."""
        return self.kepastian == Aturan.Kepastian.ASUMSI

    def syarat(self, jumlah: int | None = None) -> Syarat:
        """The row as the counting functions want it; *jumlah* fills the number that the row leaves open.

        Raises ImproperlyConfigured when neither says how many.
        """
        n = self.jumlah if self.jumlah is not None else jumlah
        if n is None:
            raise ImproperlyConfigured(f"Aturan tenggat {self.kode} tidak menyebut jumlah hari; sebutkan jumlahnya.")
        return Syarat(n, self.satuan, self.hari_pertama, self.zona)


def aturan_berlaku(kode: str, *, pada: date) -> AturanTenggat:
    """The row of *kode* in force on *pada*; the one that began last wins.

    Raises ImproperlyConfigured when no row is in force: a missing term is never guessed.
    """
    baris = (
        AturanTenggat.objects.filter(Q(akhir__isnull=True) | Q(akhir__gte=pada), kode=kode, mulai__lte=pada)
        .order_by("-mulai")
        .first()
    )
    if baris is None:
        raise ImproperlyConfigured(
            f"Aturan tenggat '{kode}' tidak ada yang berlaku pada {pada}. Isi di Administrasi → Aturan tenggat."
        )
    return baris
