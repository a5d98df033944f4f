"""Categories of change and the code sets that numbered them."""

from django.db import models


class Kategori(models.Model):
    """One reason of change, by a slug that never changes its meaning; numbers live in ``KodeKamus``."""

    class Jenis(models.TextChoices):
        BARU = "baru", "Pemilih baru"
        TMS = "tms", "Tidak memenuhi syarat (TMS)"
        UBAH = "ubah", "Perbaikan data"
        MUTASI = "mutasi", "Mutasi dalam kota"

    slug = models.SlugField(primary_key=True, max_length=40)
    jenis = models.CharField(max_length=6, choices=Jenis)
    nama = models.CharField(max_length=80)
    dasar_hukum = models.CharField(max_length=240, blank=True)
    bukti_diterima = models.TextField(blank=True, help_text="Jenis dokumen yang diterima, dipisahkan tanda |.")
    urutan = models.PositiveSmallIntegerField(default=0)
    berlaku = models.BooleanField("masih dipakai", default=True)

    class Meta:
        ordering = ["urutan", "slug"]
        verbose_name = verbose_name_plural = "kategori perubahan"

    def __str__(self) -> str:
        return self.nama


class KelompokUsia(models.Model):
    """A generation as the office publishes it, by year of birth; empty ends are open."""

    nama = models.CharField(max_length=40, unique=True)
    lahir_dari = models.PositiveSmallIntegerField("lahir dari tahun", null=True, blank=True)
    lahir_sampai = models.PositiveSmallIntegerField("lahir sampai tahun", null=True, blank=True)
    sumber = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["lahir_sampai"]
        verbose_name = verbose_name_plural = "kelompok usia"

    def __str__(self) -> str:
        return self.nama


class KodeKamus(models.Model):
    """What a code in column *Keterangan* meant in one year: 5 was *tidak dikenal* in 2023, *WNA* in 2024."""

    kamus = models.PositiveSmallIntegerField("tahun kamus")
    kode = models.CharField(max_length=4)
    kategori = models.ForeignKey(Kategori, models.PROTECT, null=True, blank=True)
    catatan = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["kamus", "kode"]
        verbose_name = verbose_name_plural = "kamus kode"
        constraints = [models.UniqueConstraint("kamus", "kode", name="kode_unik_per_kamus")]

    def __str__(self) -> str:
        return f"{self.kamus}: {self.kode}"
