"""What happened, who looked, and the chain that shows when somebody changed either afterwards.

All tables but the last are append-only: triggers of a migration refuse UPDATE, DELETE and TRUNCATE.
"""

from django.conf import settings
from django.db import models
from django.db.models.expressions import RawSQL

from kpupalu.lib.waktu import sekarang


class Jejak(models.Model):
    """One thing a person (or the system) did to one object, as it was told at that moment."""

    class Asal(models.TextChoices):
        FORMULIR = "formulir", "Formulir"
        IMPOR = "impor", "Impor"
        API = "api", "API"
        ADMIN = "admin", "Admin"
        SISTEM = "sistem", "Sistem"

    waktu = models.DateTimeField("waktu", default=sekarang)
    pelaku = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="pelaku",
    )
    pelaku_nama = models.CharField("nama pelaku", max_length=150)
    jabatan = models.TextField("jabatan saat itu", blank=True)
    tindakan = models.CharField("tindakan", max_length=60)
    kalimat = models.TextField("kalimat", blank=True)
    objek_jenis = models.CharField("jenis objek", max_length=100, blank=True)
    objek_id = models.CharField("id objek", max_length=64, blank=True)
    objek_label = models.CharField("objek", max_length=200, blank=True)
    perubahan = models.JSONField("perubahan", default=dict)
    jumlah = models.BigIntegerField("jumlah", null=True)
    alasan = models.TextField("alasan", blank=True)
    asal = models.CharField("asal", max_length=10, choices=Asal)
    # Entries of one transaction share it; sealing reads it to know which entries can no longer be overtaken.
    txid = models.BigIntegerField(
        "transaksi", editable=False, db_default=RawSQL("(pg_current_xact_id()::text::bigint)", ())
    )

    class Meta:
        verbose_name = "jejak"
        verbose_name_plural = "jejak"
        default_permissions = ()
        ordering = ["-waktu", "-pk"]
        indexes = [
            models.Index(fields=["objek_jenis", "objek_id", "-id"], name="jejak_objek"),
            models.Index(fields=["pelaku", "-id"], name="jejak_pelaku"),
            models.Index(fields=["txid", "id"], name="jejak_txid"),
        ]

    def __str__(self) -> str:
        return f"{self.pelaku_nama}: {self.kalimat or self.tindakan} {self.objek_label}".strip()


class LogAkses(models.Model):
    """One reading of personal data: who saw, searched, exported or printed what, and for which purpose."""

    class Tindakan(models.TextChoices):
        LIHAT = "lihat", "Dilihat"
        CARI = "cari", "Dicari"
        EKSPOR = "ekspor", "Diekspor"
        CETAK = "cetak", "Dicetak"

    waktu = models.DateTimeField("waktu", default=sekarang)
    pelaku = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+", verbose_name="pelaku"
    )
    pelaku_nama = models.CharField("nama pelaku", max_length=150)
    jabatan = models.TextField("jabatan saat itu", blank=True)
    tindakan = models.CharField("tindakan", max_length=10, choices=Tindakan)
    objek_jenis = models.CharField("jenis objek", max_length=100, blank=True)
    objek_id = models.CharField("id objek", max_length=64, blank=True)
    objek_label = models.CharField("objek", max_length=200, blank=True)
    tujuan = models.TextField("tujuan", blank=True)
    jumlah = models.BigIntegerField("jumlah", null=True)

    class Meta:
        verbose_name = "catatan akses"
        verbose_name_plural = "catatan akses"
        default_permissions = ()
        ordering = ["-waktu", "-pk"]
        indexes = [
            models.Index(fields=["objek_jenis", "objek_id", "-id"], name="logakses_objek"),
            models.Index(fields=["pelaku", "-id"], name="logakses_pelaku"),
        ]

    def __str__(self) -> str:
        return f"{self.pelaku_nama}: {self.get_tindakan_display().lower()} {self.objek_label}".strip()


class MataRantai(models.Model):
    """The link of one jejak in the chain: its digest covers the link before it and everything the jejak says.

    ``jejak_id`` is no foreign key: a link must outlive an entry that somebody removed.
    """

    urutan = models.BigIntegerField("urutan", primary_key=True)
    jejak_id = models.BigIntegerField("jejak", unique=True)
    sidik = models.BinaryField("sidik", max_length=32)

    class Meta:
        verbose_name = "mata rantai"
        verbose_name_plural = "mata rantai"
        default_permissions = ()
        ordering = ["urutan"]

    def __str__(self) -> str:
        return f"{self.urutan}: jejak {self.jejak_id}"


class SegelJejak(models.Model):
    """One sealing: every jejak at rest is linked by now, and *sidik* is the digest of the last link."""

    dibuat_pada = models.DateTimeField("dibuat pada", default=sekarang)
    jumlah = models.IntegerField("jumlah")
    urutan_akhir = models.BigIntegerField("urutan akhir", unique=True)
    sidik = models.BinaryField("sidik", max_length=32)
    # Every jejak with a smaller txid was linked by this sealing or an earlier one.
    batas_txid = models.BigIntegerField("batas transaksi")

    class Meta:
        verbose_name = "segel jejak"
        verbose_name_plural = "segel jejak"
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"segel {self.pk} sampai urutan {self.urutan_akhir}"


class Pemakaian(models.Model):
    """How often one person did one thing that is limited, within one hour or day; and when it became too often."""

    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+", verbose_name="pengguna"
    )
    batas = models.SlugField("batas", max_length=60, db_index=False)
    jendela = models.DateTimeField("sejak")
    jumlah = models.PositiveIntegerField("jumlah")
    dilampaui_pada = models.DateTimeField("dilampaui pada", null=True)
    keterangan = models.CharField("batas saat itu", max_length=240, blank=True)

    class Meta:
        verbose_name = "pemakaian terbatas"
        verbose_name_plural = "pemakaian terbatas"
        default_permissions = ()
        ordering = ["-dilampaui_pada", "-pk"]
        constraints = [models.UniqueConstraint("pengguna", "batas", "jendela", name="pemakaian_unik")]
        indexes = [
            models.Index(
                "dilampaui_pada", name="pemakaian_dilampaui", condition=models.Q(dilampaui_pada__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pengguna}: {self.batas}"
