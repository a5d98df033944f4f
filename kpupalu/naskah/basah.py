"""Signing in ink: the printed file on paper, a scan of it, and two people who vouch for the scan."""

from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused, waktu
from kpupalu.naskah import simpanan
from kpupalu.naskah.dasar import kunci, perlu_alasan, perlu_hak
from kpupalu.naskah.models import Naskah, Penandatangan, Revisi, ScanBasah
from kpupalu.naskah.penandatanganan import perbarui_status
from kpupalu.naskah.penyedia.basah import Perbandingan, periksa_pindaian


@transaction.atomic
def pilih_basah(naskah: Naskah, *, by, alasan: str) -> Naskah:
    """Have the whole document signed in ink under the same nomor; only before anybody signed."""
    perlu_hak(by, "naskah.siapkan_naskah", "Anda tidak berwenang mengubah cara penandatanganan.")
    alasan = perlu_alasan(alasan)
    naskah = kunci(naskah)
    if naskah.status not in {Naskah.Status.KONSEP, Naskah.Status.SIAP} or naskah.cara == Naskah.Cara.BASAH:
        raise Refused("Cara penandatanganan hanya dapat diubah sebelum ada yang menandatangani.")
    naskah.cara, naskah.penyedia = Naskah.Cara.BASAH, "basah"
    naskah.save(update_fields=["cara", "penyedia"])
    catat(
        "naskah_basah",
        naskah,
        oleh=by,
        alasan=alasan,
        kalimat="Memilih tanda tangan basah",
        perubahan={"cara": (Naskah.Cara.ELEKTRONIK, Naskah.Cara.BASAH)},
    )
    return naskah


@transaction.atomic
def unggah_scan(naskah: Naskah, *, berkas: bytes, by) -> ScanBasah:
    """Store a scan of the signed paper, waiting for another person to compare it.

    Refuses what is no whole PDF, JPEG or PNG within the limits, the unsigned print itself, and a scan that is on
    record already.
    """
    perlu_hak(by, "naskah.siapkan_naskah", "Anda tidak berwenang mengunggah pindaian naskah.")
    pindaian = periksa_pindaian(berkas)
    naskah = kunci(naskah)
    if naskah.cara != Naskah.Cara.BASAH or naskah.status != Naskah.Status.SIAP:
        raise Refused("Naskah ini tidak sedang menunggu pindaian tanda tangan basah.")
    sidik = pindaian.sha256
    if Revisi.objects.filter(sha256=sidik).exists() or ScanBasah.objects.filter(sha256=sidik).exists():
        raise Refused("Berkas ini sudah terdaftar. Unggah pindaian naskah yang sudah ditandatangani.")
    scan = ScanBasah.objects.create(
        naskah=naskah,
        berkas=simpanan.simpan(naskah.kode_verifikasi, "basah", berkas, pindaian.akhiran),
        sha256=sidik,
        ukuran=pindaian.ukuran,
        diunggah_oleh=by,
    )
    catat("naskah_pindaian", naskah, oleh=by, kalimat=f"Mengunggah pindaian dengan sidik {sidik}")
    return scan


@transaction.atomic
def banding_scan(
    scan: ScanBasah, *, nomor_sama: bool, isi_sama: bool, tanda_tangan_lengkap: bool, catatan: str = "", by
) -> ScanBasah:
    """Record what *by*, not the uploader, found with scan, paper and printed document side by side.

    If all three statements hold, the document becomes *ditandatangani basah*: everybody waited for counts as
    having signed. Whoever did not sign the paper must have a catatan penandatanganan before. Otherwise a reason is
    needed and another scan may be uploaded.
    """
    perlu_hak(by, "naskah.siapkan_naskah", "Anda tidak berwenang membandingkan pindaian naskah.")
    if scan.diunggah_oleh_id == by.pk:
        raise Refused("Pindaian dibandingkan oleh orang lain, bukan oleh pengunggahnya.")
    naskah = kunci(scan.naskah)
    scan = ScanBasah.objects.select_for_update().get(pk=scan.pk)
    if scan.hasil != ScanBasah.Hasil.MENUNGGU or naskah.status != Naskah.Status.SIAP:
        raise Refused("Pindaian ini sudah dibandingkan, atau naskahnya tidak lagi menunggu.")
    banding = Perbandingan(
        naskah.revisi.get(urut=0).sha256, scan.sha256, nomor_sama, isi_sama, tanda_tangan_lengkap, catatan.strip()
    )
    if not banding.sesuai:
        perlu_alasan(catatan)
    scan.hasil = ScanBasah.Hasil.SESUAI if banding.sesuai else ScanBasah.Hasil.TIDAK_SESUAI
    scan.catatan, scan.dibanding_oleh, scan.dibanding_pada = banding.catatan, by, waktu.sekarang()
    scan.save(update_fields=["hasil", "catatan", "dibanding_oleh", "dibanding_pada"])
    catat("naskah_pindaian_dibandingkan", naskah, oleh=by, alasan=scan.catatan, kalimat=scan.get_hasil_display())
    if banding.sesuai:
        naskah.penandatangan.filter(hadir=True, status=Penandatangan.Status.MENUNGGU).update(
            status=Penandatangan.Status.MENANDATANGANI, ditandatangani_pada=scan.dibanding_pada
        )
        perbarui_status(naskah, oleh=by)
    return scan
