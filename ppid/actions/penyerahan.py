"""What copies cost, what was paid, and the handover of what was granted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.dasar import jenis_berlaku
from kpupalu.naskah.penomoran import take_nomor
from ppid.actions.permohonan import langkahkan, pegang
from ppid.documents import rincian_biaya
from ppid.models import (
    BerkasJawaban,
    Butir,
    DataPemohon,
    Pembayaran,
    Penyerahan,
    Permohonan,
    RincianBiaya,
    Tarif,
)
from ppid.models.penyerahan import batas_unduh

H, S = Butir.Hasil, Permohonan.Status
DIBERI = (H.DIBERIKAN, H.SEBAGIAN)


@transaction.atomic
def tetapkan_biaya(butir: Butir, *, baris: Sequence[tuple[str, int, int | None]], versi: int, oleh) -> Butir:
    """The cost of *butir* from lines ``(Tarif.Komponen, units, price or None for the tariff)``; no lines: no cost.

    Refuses an item that is not granted, a charge that no tariff in force sets, and a price above it.
    """
    segar = pegang(butir.permohonan, "tetapkan_biaya", versi=versi, oleh=oleh)
    butir = Butir.objects.select_for_update().get(pk=butir.pk)
    if butir.hasil not in DIBERI:
        raise Refused("Biaya ditetapkan untuk butir yang diberikan. Putuskan butirnya lebih dahulu.")
    butir.rincian_biaya.all().delete()
    rinci = [_satu_baris(butir, *satu) for satu in baris]
    butir.biaya = sum(r.total for r in rinci)
    butir.lembar = sum(r.jumlah for r in rinci if r.tarif.komponen.startswith("a4_"))
    butir.save(update_fields=["biaya", "lembar"])
    langkahkan(segar, "tetapkan_biaya", oleh=oleh, catatan=f"Butir {butir.urut}: Rp{ribuan(butir.biaya)}")
    return butir


def _satu_baris(butir: Butir, komponen: str, jumlah: int, harga: int | None) -> RincianBiaya:
    nama = Tarif.Komponen(komponen).label
    tarif = Tarif.objects.pada(hari_ini()).filter(komponen=komponen).order_by("-mulai").first()
    if tarif is None:
        raise Refused(f"{nama}: tidak ada tarif yang berlaku hari ini, jadi tidak boleh dipungut. Kosongkan jumlahnya.")
    if harga is not None and harga > tarif.rupiah:
        raise Refused(f"{nama}: harga Rp{ribuan(harga)} di atas tarif Rp{ribuan(tarif.rupiah)} ({tarif.dasar_hukum}).")
    if jumlah < 1:
        raise Refused(f"{nama}: tuliskan jumlah paling sedikit satu.")
    return RincianBiaya.objects.create(
        butir=butir, tarif=tarif, jumlah=jumlah, harga=tarif.rupiah if harga is None else harga
    )


def total_biaya(permohonan: Permohonan) -> int:
    """Rupiah of all items."""
    return sum(permohonan.butir.values_list("biaya", flat=True))


@transaction.atomic
def catat_pembayaran(permohonan: Permohonan, *, pada: date, versi: int, oleh) -> Pembayaran:
    """The whole cost was paid on *pada*; the receipt has its number at once. Refuses nothing to pay, and twice."""
    segar = pegang(permohonan, "catat_pembayaran", versi=versi, oleh=oleh)
    if not total_biaya(segar):
        raise Refused("Permohonan ini tidak berbiaya, jadi tidak ada yang dibayar.")
    if Pembayaran.objects.filter(permohonan=segar).exists():
        raise Refused("Pembayaran permohonan ini sudah dicatat. Cetak kuitansinya dari halaman permohonan.")
    if not segar.dijawab_pada or not segar.dijawab_pada <= pada <= hari_ini():
        raise Refused("Tanggal pembayaran harus di antara tanggal jawaban dan hari ini.")
    rinci = [r for b in segar.butir.order_by("urut") for r in rincian_biaya(b)]
    bayar = Pembayaran.objects.create(
        permohonan=segar, tanggal=pada, rincian=rinci, total=total_biaya(segar), diterima_oleh=oleh,
        nomor=take_nomor(jenis_berlaku("ppid-kuitansi", pada), tanggal=pada, perihal="Biaya informasi", by=oleh),
    )  # fmt: skip
    langkahkan(segar, "catat_pembayaran", oleh=oleh, catatan=f"{bayar}, Rp{ribuan(bayar.total)}")
    return bayar


@transaction.atomic
def serahkan(permohonan: Permohonan, *, penerima: str, pada: date, versi: int, oleh) -> Penyerahan:
    """Record who took what was granted, and when; the *tanda terima* has its number and the request is done.

    Refuses while a file waits at the gate, a copy was granted of which no file was let go, or the cost is not paid.
    """
    segar = pegang(permohonan, "serahkan", versi=versi, oleh=oleh)
    if not segar.dijawab_pada or not segar.dijawab_pada <= pada <= hari_ini():
        raise Refused("Tanggal penyerahan harus di antara tanggal jawaban dan hari ini.")
    if not penerima.strip():
        raise Refused("Tuliskan nama yang menerima.")
    if total_biaya(segar) and not Pembayaran.objects.filter(permohonan=segar).exists():
        raise Refused(f"Biaya Rp{ribuan(total_biaya(segar))} belum dibayar. Catat pembayarannya lebih dahulu.")
    rinci = [_yang_diserahkan(b) for b in segar.butir.order_by("urut") if b.hasil in (*DIBERI, H.TERSEDIA)]
    if not rinci:
        raise Refused("Tidak ada butir yang diberikan. Tutup permohonan ini dengan alasannya.")
    DataPemohon.objects.filter(pk=segar.pk).update(penerima=samarkan_teks(penerima.strip()))
    nomor = take_nomor(jenis_berlaku("ppid-penyerahan", pada), tanggal=pada, perihal="Penyerahan informasi", by=oleh)
    hasil = Penyerahan.objects.create(permohonan=segar, nomor=nomor, tanggal=pada, rincian=rinci, diserahkan_oleh=oleh)
    langkahkan(segar, "serahkan", oleh=oleh, selesai_pada=pada, catatan=f"{hasil}, kepada pemohon atau kuasanya")
    return hasil


def _yang_diserahkan(b: Butir) -> dict[str, Any]:
    if b.berkas.hidup().filter(lolos=False).exists():
        raise Refused(f"Butir {b.urut} mempunyai berkas yang belum dilepas. Selesaikan pemeriksaannya, atau tarik.")
    berkas = list(b.berkas.dirilis())
    if b.hasil in DIBERI and b.bentuk == Permohonan.CaraMemperoleh.SOFTCOPY and not berkas:
        raise Refused(
            f"Butir {b.urut} diberikan sebagai salinan berkas, tetapi belum ada berkas yang dilepas. Unggah dan "
            "periksa berkasnya lebih dahulu."
        )
    return {
        "urut": b.urut, "uraian": b.uraian, "hasil": b.get_hasil_display(), "bentuk": b.get_bentuk_display(),
        "jumlah": f"{len(berkas)} berkas" if berkas else f"{b.lembar} lembar" if b.lembar else "1 dokumen",
        "berkas": [{"judul": f.judul, "tipe": f.tipe, "ukuran": f.rilis_ukuran, "sha256": f.rilis_sha256}
                   for f in berkas],
    }  # fmt: skip


# --- The applicant -----------------------------------------------------------------------------------------------
def berkas_pemohon(permohonan: Permohonan) -> tuple[list[BerkasJawaban], str]:
    """Files that the ticket page offers today, and a sentence when there are some that it does not offer."""
    berkas = list(BerkasJawaban.objects.dirilis().filter(butir__permohonan=permohonan).select_related("butir"))
    batas = batas_unduh(permohonan)
    if not berkas or batas is None or permohonan.status not in (S.DIJAWAB, S.SELESAI):
        return [], ""
    if total_biaya(permohonan) and not Pembayaran.objects.filter(permohonan=permohonan).exists():
        return [], "Berkas dapat diunduh sesudah biayanya dibayar di meja layanan."
    if hari_ini() > batas:
        return [], "Waktu mengunduh sudah lewat. Datang atau hubungi meja layanan kami untuk memperoleh berkasnya."
    return berkas, ""


@transaction.atomic
def catat_unduhan(berkas: BerkasJawaban) -> None:
    """Count a download by the applicant and write it into the history of file and request."""
    BerkasJawaban.objects.filter(pk=berkas.pk).update(diunduh=F("diunduh") + 1)
    kata = f"Pemohon mengunduh {berkas.judul}, SHA-256 {berkas.rilis_sha256[:16]}…"
    catat("ppid.unduh_jawaban", berkas, oleh=None, kalimat=kata)
    catat("ppid.unduh_jawaban", berkas.butir.permohonan, oleh=None, kalimat=kata)
