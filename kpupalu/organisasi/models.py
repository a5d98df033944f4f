"""Who holds which post on which day. Names stand in data with their terms, never in code or templates."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q


class Subbagian(models.Model):
    """A subbagian of the secretariat."""

    kode = models.SlugField(primary_key=True)
    nama = models.CharField(max_length=120)

    class Meta:
        ordering = ["nama"]
        verbose_name = verbose_name_plural = "subbagian"

    def __str__(self) -> str:
        return self.nama


class Pegawai(models.Model):
    """A commissioner or member of staff; titles are kept apart so that sorting ignores them."""

    nama = models.CharField(max_length=120)
    gelar_depan = models.CharField(max_length=40, blank=True)
    gelar_belakang = models.CharField(max_length=60, blank=True)
    nip = models.CharField("NIP", max_length=18, blank=True)
    subbagian = models.ForeignKey(Subbagian, models.PROTECT, null=True, blank=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["nama"]
        verbose_name = verbose_name_plural = "pegawai"

    def __str__(self) -> str:
        return self.nama_lengkap

    @property
    def nama_lengkap(self) -> str:
        """The name as a letter signs it, with titles."""
        nama = f"{self.gelar_depan} {self.nama}".strip()
        return f"{nama}, {self.gelar_belakang}" if self.gelar_belakang else nama


class MasaJabatanQuerySet(models.QuerySet):
    def pada(self, tanggal: date) -> "MasaJabatanQuerySet":
        """Posts in force on *tanggal*; both ends count."""
        return self.filter(Q(akhir__isnull=True) | Q(akhir__gte=tanggal), mulai__lte=tanggal)


class MasaJabatan(models.Model):
    """One person in one post from *mulai* to *akhir* (both inclusive), with the decision it rests on."""

    class Jabatan(models.TextChoices):
        KETUA = "ketua", "Ketua"
        ANGGOTA = "anggota", "Anggota"
        SEKRETARIS = "sekretaris", "Sekretaris"
        KASUBBAG = "kasubbag", "Kepala Subbagian"
        STAF = "staf", "Staf"

    pegawai = models.ForeignKey(Pegawai, models.PROTECT)
    jabatan = models.CharField(max_length=12, choices=Jabatan)
    divisi = models.CharField(max_length=120, blank=True)
    mulai = models.DateField()
    akhir = models.DateField(null=True, blank=True)
    dasar = models.CharField("dasar pengangkatan", max_length=160, blank=True)
    urutan = models.PositiveSmallIntegerField(default=0, help_text="Urutan tanda tangan anggota.")

    objects = MasaJabatanQuerySet.as_manager()

    class Meta:
        ordering = ["urutan", "pk"]
        verbose_name = verbose_name_plural = "masa jabatan"
        constraints = [
            models.CheckConstraint(
                name="masa_jabatan_tidak_terbalik",
                condition=Q(akhir__isnull=True) | Q(akhir__gte=models.F("mulai")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_jabatan_display()}: {self.pegawai}"


def anggota_pada(tanggal: date) -> list[MasaJabatan]:
    """The ketua first, then the anggota of KPU Kota Palu in force on *tanggal*, in signing order."""
    rows = (
        MasaJabatan.objects.pada(tanggal)
        .filter(jabatan__in=[MasaJabatan.Jabatan.KETUA, MasaJabatan.Jabatan.ANGGOTA])
        .select_related("pegawai__user")
    )
    return sorted(rows, key=lambda m: (m.jabatan != MasaJabatan.Jabatan.KETUA, m.urutan, m.pk))


def jabatan_pada(user: models.Model, tanggal: date) -> str:
    """The post of *user* on *tanggal* in words, or an empty string for somebody without a post."""
    masa = MasaJabatan.objects.pada(tanggal).filter(pegawai__user=user).first()
    return masa.get_jabatan_display() if masa else ""
