"""The job that prints a numbered document exactly once, wherever it is killed."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from kpupalu.audit.catatan import catat
from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import JobFailed, runner
from kpupalu.lib import waktu
from kpupalu.naskah import simpanan
from kpupalu.naskah.catatan_ttd import JENIS_CATATAN
from kpupalu.naskah.cetak import CetakGagal, cetak
from kpupalu.naskah.dasar import konteks_cetak, kunci
from kpupalu.naskah.models import Naskah, Revisi
from kpupalu.pemberitahuan.actions import beri_tahu

CETAKAN = "r0"
# Providers that sign in fields prepared here; the others make their own, or none on paper.
BERKOLOM = frozenset({"lokal"})


@runner("naskah.cetak_catatan", label="Mencetak catatan penandatanganan", satuan="langkah")
def cetak_catatan(job: Job) -> dict[str, Any]:
    """As ``cetak_naskah``, for a note: whoever declares not to sign need not have the right to prepare documents."""
    if not Naskah.objects.filter(pk=job.params["naskah"], kode_jenis=JENIS_CATATAN).exists():
        raise JobFailed("Hanya catatan penandatanganan yang dicetak dengan cara ini. Siapkan naskah dari halamannya.")
    return _cetak_sekali(job)


@runner("naskah.cetak", label="Mencetak naskah", satuan="langkah", perm="naskah.siapkan_naskah")
def cetak_naskah(job: Job) -> dict[str, Any]:
    """Store revision 0 of ``params["naskah"]`` and make it *siap ditandatangani*.

    File first, row second. Killed before the file: nothing happened. Killed between the two: the whole file is
    found again by its name and only the row is written. Killed after: the row is found and nothing is done.
    """
    return _cetak_sekali(job)


def _cetak_sekali(job: Job) -> dict[str, Any]:
    naskah = Naskah.objects.select_related("jenis", "menggantikan").get(pk=job.params["naskah"])
    if not naskah.sudah_dicetak:
        nama = simpanan.cari(naskah.kode_verifikasi, CETAKAN) or _cetak(naskah, job)
        job.report(2, 3, "Mendaftarkan naskah")
        _daftarkan(naskah, nama, job)
    job.report(3, 3, "Selesai")
    return {"tautan": naskah.get_absolute_url()}


def _cetak(naskah: Naskah, job: Job) -> str:
    """Print, place the empty signature fields, store; returns the name of the file."""
    job.report(0, 3, "Menyusun dan mencetak naskah")
    try:
        tercetak = cetak(naskah.jenis.template, konteks_cetak(naskah))
    except CetakGagal as salah:
        raise JobFailed(f"Naskah tidak dapat dicetak. {salah} Minta admin memeriksa template naskah.") from salah
    wajib = {p.kolom for p in naskah.penandatangan.filter(hadir=True)}
    ada = {kolom.nama for kolom in tercetak.kolom}
    if wajib != ada:
        raise JobFailed(
            "Naskah tidak dapat dicetak karena kotak tanda tangan pada template tidak cocok dengan daftar "
            "penanda tangan. Minta admin memeriksa template naskah."
        )
    # Loaded here: every command and every worker reads this module, and only few of them ever sign.
    from kpupalu.naskah.pades import pasang_kolom

    job.report(1, 3, "Memasang kolom tanda tangan")
    pdf = pasang_kolom(tercetak.pdf, tercetak.kolom) if naskah.penyedia in BERKOLOM else tercetak.pdf
    return simpanan.simpan(naskah.kode_verifikasi, CETAKAN, pdf)


@transaction.atomic
def _daftarkan(naskah: Naskah, nama: str, job: Job) -> None:
    naskah = kunci(naskah)
    if naskah.revisi.filter(urut=0).exists():
        return
    if naskah.status != Naskah.Status.KONSEP:
        raise JobFailed("Naskah sudah ditarik sebelum selesai dicetak, sehingga cetakannya tidak dipakai.")
    Revisi.objects.create(naskah=naskah, urut=0, berkas=nama, sha256=nama[-68:-4], ukuran=len(simpanan.baca(nama)))
    naskah.status, naskah.siap_pada = Naskah.Status.SIAP, waktu.sekarang()
    naskah.save(update_fields=["status", "siap_pada"])
    catat(
        "naskah_dicetak",
        naskah,
        oleh=job.requested_by,
        kalimat=f"Naskah tercetak dengan sidik {nama[-68:-4]} dan siap ditandatangani",
    )
    if naskah.cara == Naskah.Cara.ELEKTRONIK:
        menunggu = naskah.penandatangan.filter(hadir=True, status="menunggu").select_related("user")
        beri_tahu(
            [tanda.user for tanda in menunggu],
            jenis="menunggu",
            kunci=f"tanda-tangan-{naskah.pk}",
            judul=f"Menunggu tanda tangan Anda: {naskah.nomor}",
            tautan=reverse("naskah:detail", args=[naskah.pk]),
        )
    job.hold_lease()
