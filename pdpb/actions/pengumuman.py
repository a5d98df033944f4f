"""Recording where a quarter is announced, with evidence, and when it was taken down."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from django.urls import reverse

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.surat.lampiran import segel_lampiran
from kpupalu.wilayah.models import Kecamatan, Kelurahan
from pdpb.models import Pengumuman, Periode

K = Pengumuman.Kanal
S = Periode.Status


@dataclass(frozen=True, slots=True)
class Tempat:
    """One place on the checklist. ``kunci`` stands in its address: ``papan_kelurahan-72.71.08.1003``."""

    kanal: str
    nama: str
    kecamatan: str = ""
    kelurahan: str = ""

    @property
    def kunci(self) -> str:
        """The place in an address."""
        kode = self.kelurahan or self.kecamatan
        return f"{self.kanal}-{kode}" if kode else self.kanal

    @property
    def bidang(self) -> dict[str, Any]:
        """The fields of its row."""
        return {"kanal": self.kanal, "kecamatan_id": self.kecamatan or None, "kelurahan_id": self.kelurahan or None}


def daftar_tempat() -> list[Tempat]:
    """Every place of the channels: web site, the office's board, each kecamatan and kelurahan, social media, other."""
    return [
        Tempat(K.LAMAN, K.LAMAN.label),
        Tempat(K.PAPAN_KPU, K.PAPAN_KPU.label),
        *(Tempat(K.PAPAN_KECAMATAN, f"Papan Kecamatan {k.nama}", kecamatan=k.pk) for k in Kecamatan.objects.all()),
        *(
            Tempat(K.PAPAN_KELURAHAN, f"Papan Kelurahan {k.nama}", kelurahan=k.pk)
            for k in Kelurahan.objects.pada(hari_ini()).order_by("kecamatan", "nama")
        ),
        Tempat(K.MEDIA_SOSIAL, K.MEDIA_SOSIAL.label),
        Tempat(K.LAIN, K.LAIN.label),
    ]


def cari_tempat(kunci: str) -> Tempat | None:
    """The place of *kunci*, or None."""
    return next((t for t in daftar_tempat() if t.kunci == kunci), None)


def _pastikan_terbit(periode: Periode) -> None:
    if periode.status != S.DIUMUMKAN:
        raise Refused("Rekapitulasi periode ini belum diumumkan. Umumkan lebih dahulu, lalu catat tempatnya.")


@transaction.atomic
def pasang(
    periode: Periode,
    tempat: Tempat,
    *,
    tanggal: date,
    nama: str,
    foto: File | None = None,
    tautan: str = "",
    keterangan: str = "",
    oleh,
) -> Pengumuman:
    """Record that the result hangs at *tempat* since *tanggal*, put there by *nama*.

    A board needs a photo, a page a photo or a link. Refuses a day before the pleno or after today, a quarter that is
    not announced, and the second of two people at once.
    """
    if not oleh.has_perm("pdpb.catat_pengumuman"):
        raise Refused("Anda tidak berwenang mencatat tempat pengumuman.")
    _pastikan_terbit(periode)
    if not (periode.tanggal_pleno or periode.akhir) <= tanggal <= hari_ini():
        raise Refused("Tanggal pasang harus di antara tanggal pleno dan hari ini. Periksa tanggalnya.")
    papan = tempat.kanal in (K.PAPAN_KPU, K.PAPAN_KECAMATAN, K.PAPAN_KELURAHAN)
    if foto is None and (papan or not tautan):
        raise Refused("Unggah foto papan sebagai bukti." if papan else "Isi tautan atau unggah foto sebagai bukti.")
    try:
        with transaction.atomic():
            satu = Pengumuman.objects.create(
                periode=periode, **tempat.bidang, dipasang_pada=tanggal, dipasang_oleh=nama.strip(), tautan=tautan,
                keterangan=keterangan.strip(), dicatat_oleh=oleh,
                foto=segel_lampiran(foto, oleh=oleh, hanya_gambar=True) if foto else None,
            )  # fmt: skip
    except IntegrityError as galat:
        raise Refused("Tempat ini sudah dicatat orang lain. Muat ulang halamannya.") from galat
    catat("pdpb.pengumuman_dipasang", periode, oleh=oleh, kalimat=f"{tempat.nama}: dipasang {tanggal:%d-%m-%Y}")
    return satu


@transaction.atomic
def turunkan(pengumuman: Pengumuman, *, tanggal: date, nama: str, oleh) -> Pengumuman:
    """Record when and by whom it was taken down; once only."""
    if not oleh.has_perm("pdpb.catat_pengumuman"):
        raise Refused("Anda tidak berwenang mencatat tempat pengumuman.")
    satu = Pengumuman.objects.select_for_update(of=("self",)).select_related("periode").get(pk=pengumuman.pk)
    if satu.diturunkan_pada:
        raise Refused("Pengumuman di tempat ini sudah dicatat diturunkan.")
    if not satu.dipasang_pada <= tanggal <= hari_ini():
        raise Refused("Tanggal turun harus di antara tanggal pasang dan hari ini. Periksa tanggalnya.")
    satu.diturunkan_pada, satu.diturunkan_oleh = tanggal, nama.strip()
    satu.save(update_fields=["diturunkan_pada", "diturunkan_oleh"])
    catat("pdpb.pengumuman_diturunkan", satu.periode, oleh=oleh, kalimat=f"{satu}: diturunkan {tanggal:%d-%m-%Y}")
    return satu


def catat_laman(periode: Periode, *, oleh) -> None:
    """The public page of the quarter is a place of announcement by itself, from the day it went public."""
    Pengumuman.objects.get_or_create(
        periode=periode,
        kanal=K.LAMAN,
        defaults={
            "tautan": f"{settings.URL_PUBLIK}{reverse('pdpb:pengumuman', args=[periode.pk])}",
            "dipasang_pada": hari_ini(),
            "dipasang_oleh": str(oleh),
            "dicatat_oleh": oleh,
        },
    )
