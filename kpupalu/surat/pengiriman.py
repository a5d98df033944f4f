"""Sending a signed document to its recipients and recording who took it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.dasar import jenis_berlaku, perlu_alasan, perlu_hak
from kpupalu.naskah.models import Naskah, ScanBasah
from kpupalu.naskah.penomoran import take_nomor
from kpupalu.surat.lampiran import segel_lampiran
from kpupalu.surat.models import Instansi, Pengiriman, TujuanSurat

_TERLALU_BANYAK = 200


def sidik_resmi(naskah: Naskah) -> str:
    """SHA-256 of the file of *naskah* that may go out: its last signed revision, or the compared scan of the paper.

    Refuses a document that is not completely signed.
    """
    if not naskah.selesai_ditandatangani:
        raise Refused("Naskah dikirim setelah tanda tangannya lengkap. Lengkapi tanda tangan lebih dahulu.")
    if naskah.cara == Naskah.Cara.BASAH:
        return naskah.scan.get(hasil=ScanBasah.Hasil.SESUAI).sha256
    return naskah.terbaru.sha256 if naskah.terbaru else ""


@transaction.atomic
def kirim(naskah: Naskah, kepada: Sequence[Instansi | str], *, kanal: str, tanggal: date, by) -> list[Pengiriman]:
    """One numbered receipt for each of *kepada*, holding the digest of the file that goes out now.

    A recipient is a partner, or the name of a person to whom the letter is addressed. Refuses an unsigned document, a
    day before the document or after today, a name the letter does not have, and a recipient who has it already.
    """
    perlu_hak(by, "surat.kirim_surat", "Anda tidak berwenang mencatat pengiriman.")
    if not kepada or len(kepada) > _TERLALU_BANYAK:
        raise Refused("Pilih paling sedikit satu penerima.")
    sidik = sidik_resmi(naskah)
    if not naskah.tanggal <= tanggal <= hari_ini():
        raise Refused("Tanggal kirim harus di antara tanggal naskah dan hari ini. Periksa tanggalnya.")
    if {nama for nama in kepada if isinstance(nama, str)} - set(perorangan(naskah)):
        raise Refused("Surat ini tidak dialamatkan kepada orang itu. Pilih penerima dari daftar.")
    baru = [
        _kirim_satu(naskah, satu, kanal=kanal, sha256=sidik, dikirim_pada=tanggal, dicatat_oleh=by) for satu in kepada
    ]
    nama = ", ".join(kiriman.tujuan_riwayat for kiriman in baru)
    catat("naskah_dikirim", naskah, oleh=by, jumlah=len(baru), kalimat=f"Mengirim naskah kepada {nama}")
    return baru


def perorangan(naskah: Naskah) -> list[str]:
    """The addressees of the letter *naskah* who are no partner, in its order."""
    tujuan = TujuanSurat.objects.filter(surat__naskah=naskah, instansi=None, tembusan=False)
    return list(tujuan.order_by("urut").values_list("nama", flat=True))


def _kirim_satu(naskah: Naskah, kepada: Instansi | str, **isi: Any) -> Pengiriman:
    if isinstance(kepada, Instansi):
        isi |= {"instansi": kepada, "melalui": kepada.melalui}
    else:
        isi["nama"] = kepada
    kiriman = Pengiriman(naskah=naskah, **isi)
    jenis, by = jenis_berlaku("tanda-terima", kiriman.dikirim_pada), kiriman.dicatat_oleh
    perihal = f"{naskah.nomor} untuk {kiriman.tujuan_riwayat}"
    kiriman.nomor = take_nomor(jenis, tanggal=kiriman.dikirim_pada, perihal=perihal, by=by)
    try:
        with transaction.atomic():
            kiriman.save(force_insert=True)
    except IntegrityError as galat:
        raise Refused(f"{kiriman.tujuan} sudah tercatat menerima naskah ini. Muat ulang halamannya.") from galat
    catat("pengiriman_dicatat", kiriman, oleh=by, kalimat=f"Mengirim {naskah.nomor} kepada {kiriman.tujuan_riwayat}")
    return kiriman


def _kunci(kiriman: Pengiriman) -> Pengiriman:
    return Pengiriman.objects.select_for_update(of=("self",)).select_related("naskah", "instansi").get(pk=kiriman.pk)


@transaction.atomic
def terima(
    kiriman: Pengiriman, *, penerima: str, jabatan: str, tanggal: date, bukti: File | None = None, by
) -> Pengiriman:
    """Record who took it and when; once only. Refuses a day before it was sent or after today."""
    perlu_hak(by, "surat.kirim_surat", "Anda tidak berwenang mencatat tanda terima.")
    kiriman = _kunci(kiriman)
    if kiriman.status != "dikirim":
        raise Refused(f"Tanda terima ini sudah {kiriman.get_status_display().lower()}. Muat ulang halamannya.")
    if not kiriman.dikirim_pada <= tanggal <= hari_ini():
        raise Refused("Tanggal terima harus di antara tanggal kirim dan hari ini. Periksa tanggalnya.")
    if bukti is not None:
        kiriman.bukti = segel_lampiran(bukti, oleh=by)
    kiriman.penerima, kiriman.jabatan_penerima, kiriman.diterima_pada = penerima.strip(), jabatan.strip(), tanggal
    kiriman.save(update_fields=["bukti", "penerima", "jabatan_penerima", "diterima_pada"])
    catat("pengiriman_diterima", kiriman, oleh=by, kalimat=f"Diterima {kiriman.tujuan_riwayat} pada {tanggal:%d-%m-%Y}")
    return kiriman


@transaction.atomic
def batalkan_kiriman(kiriman: Pengiriman, *, alasan: str, by) -> Pengiriman:
    """Mark a delivery recorded by mistake; its number stays used up and the recipient may be entered again."""
    perlu_hak(by, "surat.kirim_surat", "Anda tidak berwenang membatalkan catatan pengiriman.")
    alasan = perlu_alasan(alasan)
    kiriman = _kunci(kiriman)
    if kiriman.dibatalkan:
        raise Refused("Catatan pengiriman ini sudah dibatalkan.")
    kiriman.dibatalkan, kiriman.alasan_batal = True, alasan[:300]
    kiriman.save(update_fields=["dibatalkan", "alasan_batal"])
    catat("pengiriman_dibatalkan", kiriman, oleh=by, alasan=alasan, kalimat="Membatalkan catatan pengiriman")
    return kiriman
