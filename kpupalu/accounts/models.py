"""Who may enter: users, and who stands in for whom."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from kpupalu.accounts import peran
from kpupalu.lib.waktu import sekarang


class User(AbstractUser):
    """One person of the office with an account; what they may do comes from their roles (groups).

    An account is never deleted, only made inactive, so that history keeps its names.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    nama_lengkap = models.CharField(
        "nama lengkap", max_length=150, help_text="Dengan gelar, seperti tertulis pada surat keputusan."
    )
    harus_ganti_sandi = models.BooleanField(
        "harus mengganti kata sandi",
        default=False,
        help_text="Dicentang sendiri bila admin memberi kata sandi sementara.",
    )

    REQUIRED_FIELDS = ["nama_lengkap"]

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ["nama_lengkap", "pk"]

    def __str__(self) -> str:
        return self.nama_lengkap or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def sebutan_peran(self) -> str:
        """The roles of today in words, for the head of the page: ``Plh. Kepala subbagian``."""
        return peran.jabatan(self)

    def has_perm(self, perm, obj=None) -> bool:
        """Acts of the office need a role even for a superuser; model permissions behave as in Django.

        So the table of roles and acts is true for everybody, and whoever runs the server can neither approve,
        sign nor read a NIK without first giving themselves the role, which the history shows.
        """
        if self.is_superuser and perm in peran.HAK:
            return self.is_active and perm in self.get_group_permissions()
        return super().has_perm(perm, obj)


class PelaksanaHarianQuerySet(models.QuerySet):
    def berlaku_pada(self, tanggal: date) -> "PelaksanaHarianQuerySet":
        """Appointments in force on *tanggal*; both ends count."""
        return self.filter(mulai__lte=tanggal, sampai__gte=tanggal)


class PelaksanaHarian(models.Model):
    """A letter that lets *pengganti* act for *pejabat* from *mulai* to *sampai*, both days included.

    While it is in force *pengganti* also has the rights of those roles of *pejabat* that can be stood in for
    (``Peran.dapat_diwakili``). It is not inherited further: the Plh. of a Plh. gets nothing. Rules that want
    two persons go on comparing persons, so nobody becomes two people by this.
    """

    pejabat = models.ForeignKey(
        User, models.PROTECT, related_name="diwakili_oleh", verbose_name="pejabat yang digantikan"
    )
    pengganti = models.ForeignKey(User, models.PROTECT, related_name="mewakili", verbose_name="pelaksana harian")
    mulai = models.DateField("mulai tanggal")
    sampai = models.DateField("sampai tanggal")
    nomor_surat = models.CharField("nomor surat perintah", max_length=100)
    alasan = models.CharField("alasan", max_length=200)

    objects = PelaksanaHarianQuerySet.as_manager()

    class Meta:
        verbose_name = "pelaksana harian"
        verbose_name_plural = "pelaksana harian"
        ordering = ["-mulai", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(sampai__gte=F("mulai")), name="plh_sampai_tidak_sebelum_mulai"),
            models.CheckConstraint(condition=~Q(pejabat=F("pengganti")), name="plh_orang_lain"),
        ]

    def __str__(self) -> str:
        return f"{self.pengganti} mewakili {self.pejabat}"

    def clean(self) -> None:
        galat = {}
        if self.mulai and self.sampai and self.sampai < self.mulai:
            galat["sampai"] = "Tanggal akhir tidak boleh sebelum tanggal mulai."
        if self.pejabat_id and self.pejabat_id == self.pengganti_id:
            galat["pengganti"] = "Pilih orang lain sebagai pelaksana harian."
        if self.pejabat_id and not peran.peran_diwakili(self.pejabat):
            galat["pejabat"] = "Peran pejabat ini tidak dapat diwakili oleh pelaksana harian."
        if galat:
            raise ValidationError(galat)


class DrafIsian(models.Model):
    """A form that was sent after its session had ended, kept for its owner alone (see ``accounts.draf``)."""

    pemilik = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="pemilik")
    jalur = models.CharField("halaman", max_length=500)
    isi = models.BinaryField("isi terenkripsi")
    ada_berkas = models.BooleanField("disertai berkas", default=False)
    dibuat_pada = models.DateTimeField("dibuat pada", default=sekarang, db_index=True)

    class Meta:
        verbose_name = "draf isian"
        verbose_name_plural = "draf isian"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["pemilik", "jalur"], name="draf_satu_per_halaman")]

    def __str__(self) -> str:
        return f"Draf {self.pk}"


class KodePemulihan(models.Model):
    """One recovery code of one person, for the day the phone is lost: good once, kept only as its digest."""

    pemilik = models.ForeignKey(User, models.CASCADE, related_name="kode_pemulihan", verbose_name="pemilik")
    sidik = models.CharField("sidik", max_length=64)
    dipakai_pada = models.DateTimeField("dipakai pada", null=True)

    class Meta:
        verbose_name = "kode pemulihan"
        verbose_name_plural = "kode pemulihan"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["pemilik", "sidik"], name="kode_pemulihan_sekali")]

    def __str__(self) -> str:
        return f"Kode pemulihan {self.pk}"
