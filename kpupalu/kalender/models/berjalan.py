"""Terms that are running: which rule, from when, until when, and every day of the way as it was counted."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from kpupalu.kalender.models.aturan import AturanTenggat
from kpupalu.lib.waktu import hari_ini, sekarang


class TenggatBerjalanQuerySet(models.QuerySet["TenggatBerjalan"]):
    """Terms a person may see, and those still open."""

    def for_user(self, user) -> "TenggatBerjalanQuerySet":
        """Those *user* is in charge of or whose permission *hak_lihat* they have; none for strangers."""
        if not user.is_authenticated:
            return self.none()
        milik = self.model.petugas.through.objects.filter(user_id=user.pk).values("tenggatberjalan_id")
        return self.filter(Q(pk__in=milik) | Q(hak_lihat__in=user.get_all_permissions()))

    def terbuka(self) -> "TenggatBerjalanQuerySet":
        """Running or suspended."""
        return self.filter(status__in=TenggatBerjalan.TERBUKA)

    def subjek(self, objek: models.Model) -> "TenggatBerjalanQuerySet":
        """All terms of one object, in the order in which they were set."""
        return self.filter(subjek_label=objek._meta.label_lower, subjek_id=str(objek.pk)).order_by("pk")


class TenggatBerjalan(models.Model):
    """One term of one object of an area; written only by ``kalender.actions``.

    *rincian* are the counted days ``[{tanggal, dihitung, sebab}]``, day 0 first. While the term is open it follows
    the table of holidays; when it is closed *tanggal* and *rincian* stay as they were on that day. *judul* and
    *tautan* go to people, calendars and notifications: no personal data stand in them.
    """

    class Status(models.TextChoices):
        BERJALAN = "berjalan", "Berjalan"
        DITANGGUHKAN = "ditangguhkan", "Ditangguhkan"
        SELESAI = "selesai", "Selesai"
        BATAL = "batal", "Batal"

    TERBUKA = (Status.BERJALAN, Status.DITANGGUHKAN)

    subjek_label = models.CharField("objek", max_length=80)
    subjek_id = models.CharField("kunci objek", max_length=40)
    aturan = models.ForeignKey(AturanTenggat, models.PROTECT, related_name="+", verbose_name="aturan")
    judul = models.CharField("judul", max_length=160)
    tautan = models.CharField("halaman", max_length=200)
    sumber = models.CharField("bidang", max_length=40)
    hak_lihat = models.CharField("hak melihat", max_length=100, blank=True)
    hak_urus = models.CharField("hak mengurus", max_length=100, blank=True)
    petugas = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name="petugas", blank=True)

    mulai = models.DateField("hari kejadian")
    saat_mulai = models.DateTimeField("saat kejadian", null=True, blank=True)
    jumlah = models.PositiveSmallIntegerField("jumlah")
    perpanjangan = models.PositiveSmallIntegerField("perpanjangan", default=0)
    jeda = models.JSONField("penangguhan", default=list)
    tanggal = models.DateField("jatuh tempo")
    berakhir = models.DateTimeField("berakhir pada")
    rincian = models.JSONField("hitungan", default=list)
    sementara = models.BooleanField("sementara", default=False)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.BERJALAN)
    ditangguhkan_sejak = models.DateField("ditangguhkan sejak", null=True, blank=True)
    ditutup_tanggal = models.DateField("ditutup tanggal", null=True, blank=True)
    dibuat_pada = models.DateTimeField("dibuat pada", default=sekarang)

    objects = TenggatBerjalanQuerySet.as_manager()

    class Meta:
        ordering = ["tanggal", "pk"]
        verbose_name = verbose_name_plural = "tenggat berjalan"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["subjek_label", "subjek_id", "aturan"],
                condition=Q(status__in=["berjalan", "ditangguhkan"]),
                name="tenggat_terbuka_satu_per_aturan",
            ),
            models.CheckConstraint(
                name="tenggat_tutup_bertanggal",
                condition=Q(status__in=["berjalan", "ditangguhkan"], ditutup_tanggal__isnull=True)
                | Q(status__in=["selesai", "batal"], ditutup_tanggal__isnull=False),
            ),
            models.CheckConstraint(
                name="tenggat_jeda_bertanggal",
                condition=Q(status="ditangguhkan", ditangguhkan_sejak__isnull=False)
                | (~Q(status="ditangguhkan") & Q(ditangguhkan_sejak__isnull=True)),
            ),
        ]
        indexes = [
            models.Index("tanggal", name="tenggat_terbuka", condition=Q(status__in=["berjalan", "ditangguhkan"])),
            models.Index("subjek_label", "subjek_id", name="tenggat_subjek"),
        ]

    def __str__(self) -> str:
        return self.judul

    def get_absolute_url(self) -> str:
        """The page of the object it belongs to."""
        return self.tautan

    @property
    def terbuka(self) -> bool:
        """Running or suspended."""
        return self.status in self.TERBUKA

    def lewat(self, pada: date | None = None) -> bool:
        """Whether the term ended before what it waited for: open and past on *pada* (today), or closed too late.

        A suspended or cancelled one is never late.
        """
        if self.status == self.Status.SELESAI:
            return self.ditutup_tanggal is not None and self.ditutup_tanggal > self.tanggal
        return self.status == self.Status.BERJALAN and (pada or hari_ini()) > self.tanggal

    @property
    def hari(self) -> list[dict[str, Any]]:
        """The days of the way for a page: ``{tanggal: date, dihitung, sebab, ke}``, *ke* = number of a counted day."""
        ke, hasil = 0, []
        for h in self.rincian:
            ke += h["dihitung"]
            hasil.append({**h, "tanggal": date.fromisoformat(h["tanggal"]), "ke": ke if h["dihitung"] else None})
        return hasil
