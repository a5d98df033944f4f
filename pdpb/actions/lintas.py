"""Answering a list of voters that another kabupaten/kota reports too, row by row, by two people."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import sekarang
from pdpb.actions.ganda import MIN_ALASAN
from pdpb.actions.perubahan import ambil_langkah, pastikan_belum_beku, pastikan_terbuka, usulkan
from pdpb.kunci import kunci_periode
from pdpb.langkah_ganda import LANGKAH_LINTAS
from pdpb.models import Bukti, ImporBatch, JawabanLintas, Kategori, Pendaftaran, Periode, Perubahan
from pdpb.pasangan import ganda_berlaku

S = JawabanLintas.Status
J = JawabanLintas.Jawaban
_KOSONG: dict[str, Any] = {
    "jawaban": "",
    "alasan": "",
    "bukti": None,
    "pengusul": None,
    "diusulkan_pada": None,
    "pengonfirmasi": None,
    "dikonfirmasi_pada": None,
    "perubahan": None,
}


def boleh(baris: JawabanLintas, nama: str, *, oleh) -> str:
    """Why *oleh* may not take the step *nama* with *baris* as it stands; empty when it may be taken."""
    langkah = LANGKAH_LINTAS[nama]
    if not oleh.has_perm(langkah.perm):
        return f"Anda tidak berwenang untuk langkah “{langkah.label}”."
    if baris.batch.status == ImporBatch.Status.DIBATALKAN:
        return "Impor daftar ini sudah dibatalkan, jadi tidak ada yang dijawab."
    if baris.status not in langkah.dari:
        return f"Baris ini berstatus {baris.get_status_display()}, jadi tidak dapat “{langkah.label}”."
    if langkah.orang_lain and baris.pengusul_id == oleh.pk:
        return "Pengusul jawaban tidak boleh mengonfirmasinya sendiri. Minta petugas lain."
    return ""


def _kunci(baris: JawabanLintas, nama: str, *, oleh, alasan: str = "") -> JawabanLintas:
    langkah = LANGKAH_LINTAS[nama]
    if langkah.perlu_alasan and len(alasan.strip()) < MIN_ALASAN:
        raise Refused(f"{langkah.label} memerlukan alasan, paling sedikit {MIN_ALASAN} huruf.")
    baris = (
        JawabanLintas.objects.select_for_update(of=("self",))
        .select_related("batch", "pemilih", "bukti", "pengusul", "perubahan")
        .get(pk=baris.pk)
    )
    if sebab := boleh(baris, nama, oleh=oleh):
        raise Refused(sebab)
    return baris


def _simpan(
    baris: JawabanLintas, nama: str, isi: dict[str, Any], *, oleh, kalimat: str, alasan: str = ""
) -> JawabanLintas:
    lama, baris.status = baris.get_status_display(), LANGKAH_LINTAS[nama].ke
    for bidang, nilai in isi.items():
        setattr(baris, bidang, nilai)
    baris.save()
    perubahan = {"status": (lama, baris.get_status_display())}
    catat(f"pdpb.lintas_{nama}", baris, oleh=oleh, alasan=alasan, kalimat=kalimat, perubahan=perubahan)
    return baris


@transaction.atomic
def jawab(baris: JawabanLintas, *, jawaban: str, alasan: str, bukti: Bukti | None, oleh) -> JawabanLintas:
    """Propose the answer to one row; another officer confirms.

    Refuses a missing reason or evidence, "tidak ditemukan" for a voter of ours and any other answer for none,
    and "ganda" while nobody has decided which row of ours stays.
    """
    if jawaban not in J.values:
        raise Refused("Pilih jawaban untuk baris ini.")
    if bukti is None:
        raise Refused("Bukti belum disebut. Pilih jenis bukti yang mendasari jawaban ini.")
    alasan = samarkan_teks(alasan.strip())
    baris = _kunci(baris, "jawab", oleh=oleh, alasan=alasan)
    if (jawaban == J.TIDAK_ADA) != (baris.pemilih_id is None):
        raise Refused("“Tidak ditemukan” hanya untuk NIK yang tidak ada dalam daftar kita, dan sebaliknya.")
    if jawaban == J.GANDA and ganda_berlaku(baris.pemilih_id) is None:
        raise Refused("Pasangan ganda orang ini belum diputuskan. Putuskan dahulu lewat Data ganda, atau jawab pindah.")
    if bukti.pk is None:
        bukti.save()
    kata = J(jawaban).label
    isi = {"jawaban": jawaban, "alasan": alasan[:240], "bukti": bukti, "pengusul": oleh, "diusulkan_pada": sekarang()}
    return _simpan(baris, "jawab", isi, oleh=oleh, alasan=alasan, kalimat=f"Mengusulkan jawaban: {kata}")


@transaction.atomic
def konfirmasi_jawaban(baris: JawabanLintas, *, oleh) -> JawabanLintas:
    """Confirm an answer of somebody else; "pindah" thereby proposes the TMS of the voter in the open period.

    Refuses the proposer, a voter who left the list meanwhile, and, for "pindah", an office without an open period.
    """
    awal = JawabanLintas.objects.only("jawaban").get(pk=baris.pk)
    periode = _periode_terbuka() if awal.jawaban == J.PINDAH else None
    baris = _kunci(baris, "konfirmasi", oleh=oleh)
    perubahan = None
    if periode and baris.jawaban == J.PINDAH:
        perubahan = _usulkan_pindah(baris, periode, oleh)
    elif baris.jawaban == J.GANDA:
        perubahan = ganda_berlaku(baris.pemilih_id)
        if perubahan is None:
            raise Refused("Putusan ganda orang ini sudah tidak berlaku. Kembalikan jawaban ini.")
    elif baris.jawaban == J.TETAP and not Pendaftaran.objects.aktif().filter(pemilih=baris.pemilih_id).exists():
        raise Refused("Orang ini tidak lagi ada dalam daftar. Kembalikan jawaban ini.")
    isi = {"pengonfirmasi": oleh, "dikonfirmasi_pada": sekarang(), "perubahan": perubahan}
    kalimat = f"Mengonfirmasi jawaban: {baris.get_jawaban_display()}"
    return _simpan(baris, "konfirmasi", isi, oleh=oleh, kalimat=kalimat)


def _periode_terbuka() -> Periode:
    periode = Periode.objects.filter(status=Periode.Status.TERBUKA).first()
    if periode is None:
        raise Refused("Tidak ada periode yang terbuka. Minta kasubbag membuka periode lebih dahulu.")
    periode = kunci_periode(periode)
    pastikan_terbuka(periode)
    return periode


def _usulkan_pindah(baris: JawabanLintas, periode: Periode, oleh) -> Perubahan:
    """The TMS that takes the voter out, or the one that is on its way already."""
    ada = Perubahan.objects.filter(periode=periode, pemilih=baris.pemilih, kategori="pindah_domisili")
    if satu := ada.exclude(status=Perubahan.Status.DITOLAK).first():
        return satu
    return usulkan(
        periode=periode,
        kategori=Kategori.objects.get(pk="pindah_domisili"),
        pemilih=baris.pemilih,
        bukti=baris.bukti,
        oleh=baris.pengusul,
        pencatat=oleh,
        catatan=f"{baris}. {baris.alasan}"[:240],
    )


@transaction.atomic
def kembalikan_jawaban(baris: JawabanLintas, *, alasan: str, oleh) -> JawabanLintas:
    """Send a proposed answer of somebody else back with a reason; the row waits for an answer again."""
    baris = _kunci(baris, "kembalikan", oleh=oleh, alasan=alasan)
    return _simpan(baris, "kembalikan", _KOSONG, oleh=oleh, alasan=alasan, kalimat="Mengembalikan jawaban")


@transaction.atomic
def batalkan_jawaban(baris: JawabanLintas, *, alasan: str, oleh) -> JawabanLintas:
    """Undo a confirmed answer; a TMS "pindah" that was made for it is rejected, one that was there before stays.

    Refuses once that TMS is approved or its period frozen: the correction is a new change then.
    """
    awal = JawabanLintas.objects.select_related("perubahan__periode").get(pk=baris.pk)
    tms = awal.perubahan if awal.jawaban == J.PINDAH else None
    if tms and tms.bukti_id != awal.bukti_id:
        tms = None
    if tms and tms.status != Perubahan.Status.DITOLAK:
        periode = kunci_periode(tms.periode)
        pastikan_belum_beku(periode)
        tms = Perubahan.objects.select_for_update(of=("self",)).get(pk=tms.pk)
        if tms.status == Perubahan.Status.DISETUJUI:
            raise Refused("Usulan TMS dari jawaban ini sudah disetujui. Batalkan dahulu persetujuannya, lalu ulangi.")
    baris = _kunci(baris, "batalkan", oleh=oleh, alasan=alasan)
    _simpan(baris, "batalkan", _KOSONG, oleh=oleh, alasan=alasan, kalimat="Membatalkan jawaban")
    if tms and tms.status != Perubahan.Status.DITOLAK:
        catatan = f"Jawaban lintas daerah dibatalkan: {alasan.strip()}"[:240]
        hasil = ambil_langkah([tms.pk], "tolak", oleh=oleh, periode=tms.periode, catatan=catatan)
        if hasil.ditolak:
            raise Refused(hasil.ditolak[tms.pk])
    return baris


# --- Rows that are not ours, many at once ------------------------------------------------------------------------
@transaction.atomic
def jawab_tidak_ada(batch: ImporBatch, *, alasan: str, bukti: Bukti, oleh) -> int:
    """Propose "tidak ditemukan" for every waiting row of *batch* without a voter of ours; return how many."""
    baris = JawabanLintas.objects.filter(batch=batch, pemilih=None, status=S.MENUNGGU)
    return _banyak(baris, lambda satu: jawab(satu, jawaban=J.TIDAK_ADA, alasan=alasan, bukti=bukti, oleh=oleh))


@transaction.atomic
def konfirmasi_tidak_ada(batch: ImporBatch, *, oleh) -> int:
    """Confirm every "tidak ditemukan" of *batch* that another proposed; return how many."""
    baris = JawabanLintas.objects.filter(batch=batch, jawaban=J.TIDAK_ADA, status=S.DIUSULKAN)
    return _banyak(baris.exclude(pengusul=oleh), lambda satu: konfirmasi_jawaban(satu, oleh=oleh))


def _banyak(baris: QuerySet[JawabanLintas], tindakan: Callable[[JawabanLintas], JawabanLintas]) -> int:
    semua = list(baris.order_by("pk"))
    if not semua:
        raise Refused("Tidak ada baris tanpa padanan yang menunggu.")
    for satu in semua:
        tindakan(satu)
    return len(semua)
