"""Which file went to whom, how, and who took it: the receipt of every recipient."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kpupalu.lib import waktu
from kpupalu.naskah.models import Naskah
from kpupalu.surat.models.master import Instansi
from kpupalu.surat.models.masuk import Kanal


class Pengiriman(models.Model):
    """One signed document on its way to one recipient; ``sha256`` is the very file that was given out.

    The recipient is a partner, or a person whom the letter names (*nama*).
    """

    naskah = models.ForeignKey(Naskah, models.PROTECT, related_name="pengiriman")
    instansi = models.ForeignKey(Instansi, models.PROTECT, null=True, blank=True, related_name="pengiriman")
    nama = models.CharField("penerima yang bukan instansi", max_length=200, blank=True)
    melalui = models.ForeignKey(
        Instansi, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="melalui"
    )
    nomor = models.CharField("nomor tanda terima", max_length=120, unique=True)
    kanal = models.CharField("cara", max_length=10, choices=Kanal)
    sha256 = models.CharField("SHA-256 berkas", max_length=64)
    dikirim_pada = models.DateField("dikirim pada")
    penerima = models.CharField("nama penerima", max_length=120, blank=True)
    jabatan_penerima = models.CharField("jabatan penerima", max_length=120, blank=True)
    diterima_pada = models.DateField("diterima pada", null=True, blank=True)
    bukti = models.ForeignKey("imports.BerkasMasuk", models.PROTECT, null=True, blank=True, related_name="+")
    dibatalkan = models.BooleanField("dibatalkan", default=False)
    alasan_batal = models.CharField("alasan batal", max_length=300, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField("dicatat pada", default=waktu.sekarang)

    class Meta:
        ordering = ["instansi__urutan", "instansi__nama", "pk"]
        verbose_name = verbose_name_plural = "pengiriman"
        constraints = [
            models.UniqueConstraint(
                fields=["naskah", "instansi"], condition=Q(dibatalkan=False), name="pengiriman_sekali_per_instansi"
            ),
            models.UniqueConstraint(
                fields=["naskah", "nama"],
                condition=Q(dibatalkan=False) & ~Q(nama=""),
                name="pengiriman_sekali_per_nama",
            ),
            models.CheckConstraint(
                name="pengiriman_satu_tujuan",
                condition=Q(instansi__isnull=False, nama="") | (Q(instansi=None) & ~Q(nama="")),
            ),
            models.CheckConstraint(
                name="pengiriman_terima_lengkap",
                condition=(Q(diterima_pada=None) & Q(penerima="")) | (Q(diterima_pada__isnull=False) & ~Q(penerima="")),
            ),
            models.CheckConstraint(
                name="pengiriman_terima_sesudah_kirim",
                condition=Q(diterima_pada=None) | Q(diterima_pada__gte=F("dikirim_pada")),
            ),
            models.CheckConstraint(
                name="pengiriman_batal_beralasan", condition=Q(dibatalkan=False) | ~Q(alasan_batal="")
            ),
        ]

    def __str__(self) -> str:
        return f"Tanda terima {self.nomor}"

    @property
    def tujuan(self) -> str:
        """To whom it goes, as pages and receipts name it."""
        return str(self.instansi) if self.instansi else self.nama

    @property
    def tujuan_riwayat(self) -> str:
        """To whom it goes, as books and history name it: a person stands there without a name."""
        return str(self.instansi) if self.instansi else "penerima perorangan"

    @property
    def status(self) -> str:
        """``dibatalkan``, ``diterima`` or ``dikirim``."""
        return "dibatalkan" if self.dibatalkan else "diterima" if self.diterima_pada else "dikirim"

    def get_status_display(self) -> str:
        """The state in words."""
        return self.status.capitalize()
