"""From a frozen period to signed minutes and their announcement."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from kpupalu.aturan.models import nilai_bulat
from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.naskah.dasar import buat_naskah, calon_anggota, umumkan
from kpupalu.naskah.models import Naskah
from kpupalu.naskah.penandatanganan import saat_lengkap
from pdpb.actions.bukti import susun_pohon
from pdpb.actions.pengumuman import catat_laman
from pdpb.actions.rapat import periksa_kehadiran, tidak_hadir_pleno
from pdpb.documents import berita_acara
from pdpb.kunci import kunci_periode
from pdpb.models import Periode, Perubahan
from pdpb.pleno import JENIS_BA, naskah_ba
from pdpb.rekap import snapshot_berlaku

S = Periode.Status


def naskah_periode(periode: Periode) -> Naskah | None:
    """The living minutes of *periode*, or None."""
    return naskah_ba(periode.pk)


@transaction.atomic
def buat_berita_acara(
    periode: Periode, *, oleh, tidak_hadir: Mapping[int, str] | None = None, cara: str = Naskah.Cara.ELEKTRONIK
) -> Naskah:
    """Draft the minutes of a frozen period from its snapshot; *tidak_hadir* maps an account id to the reason.

    Without *tidak_hadir* the absences recorded in the pleno count. The minutes state the root of the digest tree; it
    is built here if the work of freezing was cut off before it. Refuses a period that is not frozen, absences that
    contradict the record of the pleno, and a second draft while one lives.
    """
    if not oleh.has_perm("pdpb.siapkan_ba"):
        raise Refused("Anda tidak berwenang menyiapkan berita acara.")
    periode = kunci_periode(periode)
    snapshot = snapshot_berlaku(periode)
    if periode.status != S.DIBEKUKAN or snapshot is None:
        raise Refused("Berita acara disusun dari periode yang dibekukan. Bekukan periode ini lebih dahulu.")
    pleno = periode.tanggal_pleno or periode.akhir
    absen = tidak_hadir_pleno(periode) if tidak_hadir is None else tidak_hadir
    periksa_kehadiran(periode, absen)
    calon = calon_anggota(pleno, tidak_hadir=absen)
    _pastikan_kuorum(pleno, sum(c.hadir for c in calon))
    return buat_naskah(
        JENIS_BA,
        subjek=periode,
        isi=berita_acara(susun_pohon(snapshot)),
        penandatangan=calon,
        by=oleh,
        tanggal=pleno,
        cara=cara,
    )


def _pastikan_kuorum(pleno: date, hadir: int) -> None:
    kuorum = nilai_bulat("kuorum_ba_pleno", pada=pleno)
    if hadir < kuorum:
        raise Refused(
            f"Pleno tidak memenuhi kuorum: {hadir} anggota hadir, paling sedikit {kuorum}. "
            "Jadwalkan ulang pleno, lalu ubah tanggalnya pada periode ini."
        )


@saat_lengkap(JENIS_BA)
def tetapkan(naskah: Naskah) -> None:
    """Fix the approved changes of the period, in the transaction that completes its minutes."""
    periode = Periode.objects.get(pk=naskah.subjek_id)
    if periode.status != S.DIBEKUKAN:
        raise Refused("Periode ini tidak lagi dibekukan, sehingga berita acaranya tidak dapat dilengkapi.")
    jumlah = Perubahan.objects.filter(periode=periode, status=Perubahan.Status.DISETUJUI).update(
        status=Perubahan.Status.DITETAPKAN
    )
    periode.status = S.DITETAPKAN
    periode.save(update_fields=["status"])
    catat("pdpb.tetapkan", periode, oleh=None, jumlah=jumlah, kalimat=f"Ditetapkan dengan {naskah.nomor}")


@transaction.atomic
def umumkan_rekap(periode: Periode, *, oleh) -> Periode:
    """Publish the quarter: its minutes and its page of aggregates. Refuses before the minutes are complete."""
    if not oleh.has_perm("pdpb.umumkan_rekap"):
        raise Refused("Anda tidak berwenang mengumumkan rekapitulasi.")
    periode = kunci_periode(periode)
    naskah = naskah_periode(periode)
    if periode.status != S.DITETAPKAN or naskah is None:
        raise Refused("Rekapitulasi diumumkan setelah berita acaranya lengkap ditandatangani.")
    umumkan(naskah, by=oleh)
    catat_laman(periode, oleh=oleh)
    periode.status = S.DIUMUMKAN
    periode.save(update_fields=["status"])
    catat("pdpb.umumkan", periode, oleh=oleh, kalimat=f"Mengumumkan rekapitulasi {periode.nama}")
    return periode
