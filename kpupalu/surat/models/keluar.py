"""An outgoing letter: what it will say, until it becomes an official document with a nomor."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kpupalu.lib import waktu
from kpupalu.naskah.models import Naskah
from kpupalu.organisasi.models import MasaJabatan
from kpupalu.surat.models.master import Instansi, Klasifikasi
from kpupalu.surat.models.masuk import Sifat

# A secret letter is written outside this system: every reader of documents could open its file here.
SIFAT_KELUAR = [(nilai, label) for nilai, label in Sifat.choices if nilai != Sifat.RAHASIA]
GUGUR = (Naskah.Status.DITARIK, Naskah.Status.DIGANTI)


class SuratKeluarQuerySet(models.QuerySet["SuratKeluar"]):
    """Outgoing letters a person may see, and the usual selections."""

    def for_user(self, user) -> "SuratKeluarQuerySet":
        """Letters *user* may read: all with the right, else those they drafted or sign."""
        if not user.is_authenticated or not user.is_active or not user.has_perm("surat.baca_surat"):
            return self.none()
        if user.has_perm("surat.lihat_semua_surat"):
            return self
        return self.filter(Q(dibuat_oleh=user) | Q(naskah__penandatangan__user=user)).distinct()

    def subjek(self, label: str, pk) -> "SuratKeluarQuerySet":
        """Letters about one object, newest first."""
        return self.filter(subjek_label=label, subjek_id=str(pk), dibatalkan=False).order_by("-pk")


class SuratKeluar(models.Model):
    """One letter from draft to signed document. Its state is that of its ``naskah``; without one it is a draft."""

    class Penanda(models.TextChoices):
        KETUA = MasaJabatan.Jabatan.KETUA, "Ketua"
        SEKRETARIS = MasaJabatan.Jabatan.SEKRETARIS, "Sekretaris"

    kode_jenis = models.SlugField("jenis surat", max_length=60)
    klasifikasi = models.ForeignKey(Klasifikasi, models.PROTECT, verbose_name="klasifikasi")
    tanggal = models.DateField("tanggal surat")
    sifat = models.CharField("sifat", max_length=14, choices=SIFAT_KELUAR, default=Sifat.BIASA)
    lampiran = models.CharField("lampiran", max_length=80, blank=True)
    hal = models.CharField("hal", max_length=200)
    isi = models.TextField("isi")
    rincian = models.JSONField("rincian", default=list, blank=True)
    penutup = models.TextField("penutup", blank=True)
    penanda = models.CharField("ditandatangani oleh", max_length=12, choices=Penanda, default=Penanda.KETUA)
    subjek_label = models.CharField("objek", max_length=80, blank=True)
    subjek_id = models.CharField("kunci objek", max_length=40, blank=True)
    naskah = models.OneToOneField(Naskah, models.PROTECT, null=True, blank=True, related_name="surat_keluar")
    dibatalkan = models.BooleanField("dibatalkan", default=False)
    alasan_batal = models.CharField("alasan batal", max_length=300, blank=True)
    versi = models.PositiveIntegerField("suntingan ke", default=1)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField("dibuat pada", default=waktu.sekarang)

    objects = SuratKeluarQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = verbose_name_plural = "surat keluar"
        constraints = [
            models.CheckConstraint(
                name="surat_keluar_batal_beralasan", condition=Q(dibatalkan=False) | ~Q(alasan_batal="")
            )
        ]
        indexes = [models.Index(fields=["subjek_label", "subjek_id"], name="surat_keluar_subjek")]

    def __str__(self) -> str:
        nomor = self.naskah.nomor if self.naskah else ""
        return f"Surat keluar {nomor}" if nomor else f"Konsep surat: {self.hal}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("surat:keluar", args=[self.pk])

    @property
    def konsep(self) -> bool:
        """True while it can still be edited: no document yet, or the one it had fell away."""
        return not self.dibatalkan and (self.naskah is None or self.naskah.status in GUGUR)

    @property
    def status(self) -> str:
        """A word for lists: ``dibatalkan``, ``konsep``, or the state of the document."""
        if self.dibatalkan:
            return "dibatalkan"
        return "konsep" if self.konsep or self.naskah is None else self.naskah.status

    def get_status_display(self) -> str:
        """The state in words."""
        if self.dibatalkan:
            return "Dibatalkan"
        return "Konsep" if self.konsep or self.naskah is None else self.naskah.get_status_display()


class TujuanSurat(models.Model):
    """One addressee of a letter, or one who receives a copy (*tembusan*)."""

    surat = models.ForeignKey(SuratKeluar, models.CASCADE, related_name="tujuan")
    urut = models.PositiveSmallIntegerField("urut")
    instansi = models.ForeignKey(Instansi, models.PROTECT, null=True, blank=True, related_name="+")
    nama = models.CharField("nama", max_length=200)
    tembusan = models.BooleanField("tembusan", default=False)

    class Meta:
        ordering = ["tembusan", "urut"]
        verbose_name = verbose_name_plural = "tujuan surat"
        constraints = [
            models.UniqueConstraint(fields=["surat", "tembusan", "urut"], name="tujuan_surat_urut"),
        ]

    def __str__(self) -> str:
        return self.nama
