"""How good the roll is: the population it is held against, and samples checked at the door."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kpupalu.lib.waktu import sekarang


class PendudukDewasa(models.Model):
    """How many people of voting age an official source counted in one kelurahan, or in the city, on one day.

    Entered by an admin, with the source; the newest one up to a day is what the coverage of that day is held against.
    """

    kelurahan = models.ForeignKey(
        "wilayah.Kelurahan",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Kosong berarti seluruh Kota Palu.",
    )
    jumlah = models.PositiveIntegerField("penduduk berumur 17 tahun ke atas")
    tanggal = models.DateField("keadaan pada tanggal")
    sumber = models.CharField(max_length=160, help_text="contoh: Disdukcapil Kota Palu, DKB Semester I 2026")

    class Meta:
        ordering = ["-tanggal", "kelurahan"]
        verbose_name = verbose_name_plural = "penduduk 17 tahun ke atas"
        constraints = [
            models.UniqueConstraint("kelurahan", "tanggal", name="penduduk_dewasa_unik", nulls_distinct=False),
            models.CheckConstraint(name="penduduk_dewasa_ada", condition=Q(jumlah__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.kelurahan or 'Kota Palu'}, {self.tanggal:%d-%m-%Y}"


class UjiPetik(models.Model):
    """One field audit: a protocol written down before anything is drawn, the draw, and what was found at the doors.

    The frame is a frozen version, so anybody who has the seed and that version draws the same sample again
    (docs/keputusan/0012). A protocol is never changed or deleted; one that is given up stays with its reason.
    """

    class Status(models.TextChoices):
        PROTOKOL = "protokol", "Protokol disusun"
        DITARIK = "berjalan", "Contoh ditarik"
        SELESAI = "selesai", "Selesai"
        DIBATALKAN = "dibatalkan", "Dibatalkan"

    tahun = models.PositiveSmallIntegerField()
    urut = models.PositiveIntegerField()
    snapshot = models.ForeignKey("pdpb.Snapshot", models.PROTECT, related_name="+")
    kecamatan = models.ForeignKey(
        "wilayah.Kecamatan", models.PROTECT, null=True, blank=True, related_name="+", help_text="Kosong: seluruh kota."
    )
    jumlah_orang = models.PositiveIntegerField("pemilih yang didatangi")
    jumlah_rumah = models.PositiveIntegerField("rumah yang didatangi")
    keyakinan = models.PositiveSmallIntegerField("tingkat keyakinan (persen)")
    tujuan = models.CharField(max_length=300)
    benih = models.CharField("benih acak", max_length=64)
    asal_benih = models.CharField(max_length=160)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROTOKOL)
    disusun_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    disusun_pada = models.DateTimeField(default=sekarang)
    ditarik_pada = models.DateTimeField(null=True)
    selesai_pada = models.DateTimeField(null=True)
    alasan_batal = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "uji petik lapangan"
        constraints = [models.UniqueConstraint("tahun", "urut", name="uji_petik_nomor_unik")]
        permissions = [
            ("lihat_uji_petik", "Melihat uji petik lapangan dan hasilnya"),
            ("kelola_uji_petik", "Menyusun protokol uji petik dan menarik contoh"),
            ("isi_uji_petik", "Mengisi hasil uji petik lapangan"),
        ]

    def __str__(self) -> str:
        return f"Uji petik {self.nomor}"

    def get_absolute_url(self) -> str:
        """The page of this audit."""
        return reverse("pdpb:uji_petik_detail", args=[self.pk])

    @property
    def nomor(self) -> str:
        """``UP-0003/2026``."""
        return f"UP-{self.urut:04d}/{self.tahun}"

    @property
    def wilayah(self) -> str:
        """The area in words."""
        return f"Kecamatan {self.kecamatan}" if self.kecamatan else "Kota Palu"


class ContohUjiPetik(models.Model):
    """One door of a field audit and what was found there.

    *Orang*: the voter of ``pendaftaran`` is looked for. *Rumah*: from the address of ``pendaftaran`` the house number
    *langkah* to the right is visited, and its people of voting age are looked up in the list.
    """

    class Arah(models.TextChoices):
        ORANG = "orang", "Dari daftar ke orang"
        RUMAH = "rumah", "Dari rumah ke daftar"

    class Hasil(models.TextChoices):
        SESUAI = "sesuai", "Ada dan datanya benar"
        KELIRU = "keliru", "Ada, datanya keliru"
        PINDAH = "pindah", "Sudah pindah"
        MENINGGAL = "meninggal", "Meninggal"
        TIDAK_DIKENAL = "tidak_dikenal", "Tidak dikenal di alamat itu"
        DIDATA = "didata", "Penghuni rumah didata"
        TIDAK_DITEMUI = "tidak_ditemui", "Tidak dapat ditemui"

    uji = models.ForeignKey(UjiPetik, models.PROTECT, related_name="contoh")
    arah = models.CharField(max_length=5, choices=Arah)
    nomor = models.PositiveIntegerField()
    kelurahan = models.ForeignKey("wilayah.Kelurahan", models.PROTECT, related_name="+", db_index=False)
    pendaftaran = models.ForeignKey("pdpb.Pendaftaran", models.PROTECT, related_name="+", db_index=False)
    langkah = models.PositiveSmallIntegerField("rumah ke berapa di sebelah kanan", null=True)
    hasil = models.CharField(max_length=13, choices=Hasil, blank=True)
    berhak = models.PositiveSmallIntegerField("penghuni yang berhak memilih", null=True)
    terdaftar = models.PositiveSmallIntegerField("di antaranya ada dalam daftar", null=True)
    catatan = models.CharField(max_length=200, blank=True)
    diisi_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    diisi_pada = models.DateTimeField(null=True)

    class Meta:
        ordering = ["uji", "arah", "nomor"]
        verbose_name = verbose_name_plural = "contoh uji petik"
        constraints = [
            models.UniqueConstraint("uji", "arah", "nomor", name="contoh_uji_petik_nomor"),
            models.UniqueConstraint("uji", "arah", "pendaftaran", name="contoh_uji_petik_sekali"),
            models.CheckConstraint(
                name="contoh_uji_petik_terdaftar",
                condition=Q(terdaftar__isnull=True) | Q(berhak__isnull=False, terdaftar__lte=F("berhak")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uji_id}/{self.arah}/{self.nomor}"


class UsulanUjiPetik(models.Model):
    """That a change was proposed because of what was found at one door; a house may lead to several.

    A finding is open while it has no proposal that lives: a rejected or withdrawn one opens it again.
    """

    contoh = models.ForeignKey(ContohUjiPetik, models.PROTECT, related_name="usulan")
    perubahan = models.OneToOneField("pdpb.Perubahan", models.PROTECT, related_name="uji_petik")

    class Meta:
        ordering = ["pk"]
        verbose_name = verbose_name_plural = "usulan dari uji petik"

    def __str__(self) -> str:
        return f"{self.contoh} → {self.perubahan_id}"
