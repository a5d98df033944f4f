"""The quarter: when it runs, what was frozen, which versions of its figures exist."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kpupalu.lib.kata import romawi
from pdpb.models.daftar import JenisKelamin


class Periode(models.Model):
    """One period of PDPB. Closing before its last day is normal (Triwulan IV closes early in December)."""

    class Jenis(models.TextChoices):
        BULANAN = "bulanan", "Bulanan"
        TRIWULAN = "triwulan", "Triwulan"
        SEMESTER = "semester", "Semester"

    class Status(models.TextChoices):
        TERBUKA = "terbuka", "Terbuka"
        DIBEKUKAN = "dibekukan", "Dibekukan"
        DITETAPKAN = "ditetapkan", "Ditetapkan"
        DIUMUMKAN = "diumumkan", "Diumumkan"

    kode = models.SlugField(primary_key=True, max_length=12, help_text="contoh: 2026-tw4")
    jenis = models.CharField(max_length=8, choices=Jenis, default=Jenis.TRIWULAN)
    tahun = models.PositiveSmallIntegerField()
    urutan = models.PositiveSmallIntegerField(help_text="Nomor triwulan, bulan, atau semester.")
    mulai = models.DateField()
    akhir = models.DateField()
    tanggal_kunci_sidalih = models.DateField(null=True, blank=True)
    tanggal_pleno = models.DateField(null=True, blank=True)
    tanggal_cut_off_umur = models.DateField(
        null=True, blank=True, help_text="Kosong berarti sama dengan tanggal pleno (asumsi)."
    )
    tempat_pleno = models.CharField(max_length=160, blank=True)
    dasar_hukum = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    sebelumnya = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="berikutnya")
    status = models.CharField(max_length=10, choices=Status, default=Status.TERBUKA)

    class Meta:
        ordering = ["-mulai"]
        verbose_name = verbose_name_plural = "periode"
        constraints = [
            models.UniqueConstraint("jenis", "tahun", "urutan", name="periode_unik"),
            models.CheckConstraint(name="periode_tidak_terbalik", condition=Q(akhir__gte=F("mulai"))),
        ]
        permissions = [
            ("lihat_rekap", "Melihat rekapitulasi"),
            ("kelola_periode", "Membuka dan mengatur periode"),
            ("bekukan_periode", "Membekukan periode"),
            ("minta_buka_kembali", "Meminta periode dibuka kembali"),
            ("setujui_buka_kembali", "Menyetujui periode dibuka kembali"),
            ("siapkan_ba", "Menyiapkan berita acara"),
            ("umumkan_rekap", "Mengumumkan rekapitulasi"),
        ]

    def __str__(self) -> str:
        return self.nama

    @property
    def nama(self) -> str:
        """``Triwulan IV Tahun 2026``."""
        return f"{self.get_jenis_display()} {romawi(self.urutan)} Tahun {self.tahun}"

    @property
    def cut_off_umur(self) -> date:
        """The day on which ages are counted: stated, else the pleno, else the last day of the period."""
        return self.tanggal_cut_off_umur or self.tanggal_pleno or self.akhir


class Snapshot(models.Model):
    """One frozen version of a period: the rows of the list by reference, and the figures counted from them.

    ``digest`` follows docs/keputusan/0006-digest.md, ``akar`` 0013-pohon-bukti.md. Rows of a snapshot are never
    changed or deleted; a later version is another snapshot.
    """

    periode = models.ForeignKey(Periode, models.PROTECT)
    versi = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    versi_digest = models.CharField(max_length=20)
    akar = models.CharField(
        "akar pohon", max_length=64, blank=True, help_text="Kosong pada periode yang dibekukan sebelum ada pohon."
    )
    jumlah_baris = models.PositiveIntegerField()
    rincian = models.JSONField(
        help_text="Rincian sebab, kategori, disabilitas, dan usia per kelurahan dan jenis kelamin."
    )
    tanggal_acuan = models.DateField()
    dibekukan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dibekukan_pada = models.DateTimeField()
    digantikan = models.BooleanField(default=False)
    pekerjaan = models.BigIntegerField(
        null=True,
        blank=True,
        editable=False,
        help_text="Nomor pekerjaan yang membuatnya; membuatnya dua kali mustahil.",
    )

    class Meta:
        ordering = ["periode", "versi"]
        verbose_name = verbose_name_plural = "snapshot"
        constraints = [
            models.UniqueConstraint("periode", "versi", name="snapshot_unik"),
            models.UniqueConstraint("periode", name="satu_snapshot_berlaku", condition=Q(digantikan=False)),
            models.UniqueConstraint("pekerjaan", name="snapshot_satu_per_pekerjaan"),
        ]

    def __str__(self) -> str:
        return f"{self.periode} versi {self.versi}"


class SnapshotBaris(models.Model):
    """One row as frozen: its random salt and its leaf digest (docs/keputusan/0006-digest.md)."""

    pk = models.CompositePrimaryKey("snapshot", "pendaftaran")
    # No index of their own: the primary key serves the snapshot, and versions are never deleted.
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, db_index=False)
    pendaftaran = models.ForeignKey("pdpb.Pendaftaran", models.PROTECT, db_index=False)
    garam = models.BinaryField()
    daun = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = "baris snapshot"

    def __str__(self) -> str:
        return f"{self.snapshot_id}/{self.pendaftaran_id}"


class SnapshotSel(models.Model):
    """The frozen figures of one TPS (or of rows without one) by sex; parents are sums of these."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="sel")
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT)
    tps = models.ForeignKey("wilayah.TPS", models.PROTECT, null=True)
    jenis_kelamin = models.CharField(max_length=1, choices=JenisKelamin)
    sebelumnya = models.IntegerField()
    baru = models.IntegerField()
    tms = models.IntegerField()
    ubah = models.IntegerField()
    masuk = models.IntegerField()
    keluar = models.IntegerField()
    koreksi = models.IntegerField()
    sekarang = models.IntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "sel snapshot"
        constraints = [
            models.UniqueConstraint(
                "snapshot",
                "kelurahan",
                "tps",
                "jenis_kelamin",
                name="snapshot_sel_unik",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id}/{self.kelurahan_id}/{self.tps_id}/{self.jenis_kelamin}"


class SaldoAwalSel(models.Model):
    """The figures a period starts from, by TPS and sex: the frozen result before it, or its base list."""

    periode = models.ForeignKey(Periode, models.PROTECT, related_name="saldo_awal")
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT)
    tps = models.ForeignKey("wilayah.TPS", models.PROTECT, null=True)
    jenis_kelamin = models.CharField(max_length=1, choices=JenisKelamin)
    jumlah = models.IntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "saldo awal"
        constraints = [
            models.UniqueConstraint(
                "periode", "kelurahan", "tps", "jenis_kelamin", name="saldo_awal_unik", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.periode_id}/{self.kelurahan_id}/{self.tps_id}/{self.jenis_kelamin}: {self.jumlah}"


class KoreksiSaldoAwal(models.Model):
    """An explained difference between what a base list held and what could be loaded."""

    periode = models.ForeignKey(Periode, models.PROTECT)
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, null=True, blank=True)
    jumlah = models.IntegerField(help_text="Positif bila daftar asal memuat lebih banyak baris.")
    penjelasan = models.CharField(max_length=300)
    batch = models.ForeignKey("pdpb.ImporBatch", models.PROTECT, null=True, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "koreksi saldo awal"

    def __str__(self) -> str:
        return f"{self.jumlah:+d}: {self.penjelasan}"


class BukaKembali(models.Model):
    """A request to reopen a frozen period, and who (another person) granted it (conventions §7)."""

    periode = models.ForeignKey(Periode, models.PROTECT)
    alasan = models.CharField(max_length=300)
    nomor_surat = models.CharField(max_length=120)
    diminta_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    diminta_pada = models.DateTimeField(auto_now_add=True)
    disetujui_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    disetujui_pada = models.DateTimeField(null=True, blank=True)
    berlaku_sampai = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "buka kembali"
        constraints = [
            models.CheckConstraint(
                name="buka_kembali_dua_orang",
                condition=Q(disetujui_oleh__isnull=True) | ~Q(disetujui_oleh=F("diminta_oleh")),
            ),
            models.UniqueConstraint("periode", name="satu_permintaan_buka", condition=Q(disetujui_oleh__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.periode}: {self.nomor_surat}"
