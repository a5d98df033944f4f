"""Signing: one more revision under a row lock, by the right person, of the file that person has read."""

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from kpupalu.aturan.models import nilai_bulat
from kpupalu.audit.catatan import catat
from kpupalu.lib import ALLOWED, Refused, Verdict
from kpupalu.lib import waktu as jam
from kpupalu.naskah import simpanan
from kpupalu.naskah.catatan_ttd import JENIS_CATATAN, susun_catatan
from kpupalu.naskah.dasar import kunci, perlu_alasan, perlu_hak
from kpupalu.naskah.models import (
    CatatanPenandatanganan,
    JenisNaskah,
    Naskah,
    Penandatangan,
    PercobaanSandi,
    Revisi,
    SertifikatPenanda,
)
from kpupalu.naskah.penomoran import take_nomor

if TYPE_CHECKING:
    from kpupalu.naskah import penyedia

S = Naskah.Status
P = Penandatangan.Status
# Clocks of two servers may differ a little; more than this and the order of signatures would be in doubt.
TOLERANSI_JAM = timedelta(seconds=5)

Pelengkap = Callable[[Naskah], None]
_saat_lengkap: dict[str, Pelengkap] = {}


def saat_lengkap(kode_jenis: str) -> Callable[[Pelengkap], Pelengkap]:
    """Register ``function(naskah)`` to run in the transaction in which a document of *kode_jenis* is completed.

    If it raises, the last signature is not stored either. One function per jenis; a second is a ValueError.
    """

    def daftarkan(fungsi: Pelengkap) -> Pelengkap:
        lama = _saat_lengkap.setdefault(kode_jenis, fungsi)
        if (lama.__module__, lama.__qualname__) != (fungsi.__module__, fungsi.__qualname__):
            raise ValueError(f"dua pelengkap untuk jenis naskah {kode_jenis}")
        return fungsi

    return daftarkan


def boleh_tandatangan(naskah: Naskah, user) -> Verdict:
    """Whether *user* may sign *naskah* electronically now, and if not, why."""
    if naskah.cara != Naskah.Cara.ELEKTRONIK:
        return Verdict("Naskah ini ditandatangani di atas kertas, bukan di sini.")
    if naskah.status not in {S.SIAP, S.SEBAGIAN}:
        return Verdict(f"Naskah berstatus {naskah.get_status_display().lower()}, tidak menunggu tanda tangan.")
    penanda = naskah.penandatangan.filter(user=user).first()
    if penanda is None or not user.has_perm("naskah.tandatangani_naskah"):
        return Verdict("Anda tidak termasuk penanda tangan naskah ini.")
    if not penanda.hadir:
        return Verdict("Anda tercatat tidak hadir pada naskah ini, sehingga tidak ada kolom untuk Anda.")
    if penanda.status != P.MENUNGGU:
        return Verdict(f"Anda sudah tercatat {penanda.get_status_display().lower()} pada naskah ini.")
    return ALLOWED


def belum_bersertifikat(naskah: Naskah) -> list[Penandatangan]:
    """Signers still waited for who could not sign today for want of a valid key; nobody where no key is needed."""
    if naskah.penyedia != "lokal" or naskah.status not in {S.KONSEP, S.SIAP, S.SEBAGIAN}:
        return []
    kini = jam.sekarang()
    orang = naskah.penandatangan.filter(hadir=True, status=P.MENUNGGU)
    kunci_mereka = SertifikatPenanda.objects.filter(user__in=orang.values("user"), dicabut_pada=None)
    berlaku = {sertifikat.user_id for sertifikat in kunci_mereka if sertifikat.berlaku(kini)}
    return [satu for satu in orang if satu.user_id not in berlaku]


def tandatangani(
    naskah: Naskah, *, oleh, sandi: str, digest_dibaca: str, nik: str = "", waktu: datetime | None = None
) -> Revisi:
    """Add the signature of *oleh* and store the new revision; the last one needed makes the document lengkap.

    Refuses everybody but a waiting signer, a digest that is not the one of the latest revision (somebody signed
    meanwhile, or another file was read), a clock that runs before the last revision, and, after too many wrong
    passphrases in a row, every attempt during the pause. Whatever the provider does, the document keeps its last
    good revision. The passphrase, and the NIK where the provider knows people by it, go to the provider and
    nowhere else. Must not be called inside another transaction: an attempt is counted before the passphrase is
    tried, also if everything else is undone.
    """
    # Whoever registers a completion reads this module; reading and writing signatures is a large library.
    from kpupalu.naskah import penyedia

    if not (verdict := boleh_tandatangan(naskah, oleh)):
        raise Refused(verdict.reason)
    _hitung_percobaan(oleh)
    try:
        revisi = _bubuhkan(naskah, oleh, sandi, nik, digest_dibaca, waktu or jam.sekarang())
    except penyedia.SandiSalah:
        catat("naskah_sandi_salah", naskah, oleh=oleh, kalimat="Frasa sandi tanda tangan tidak cocok")
        raise
    except BaseException:
        PercobaanSandi.objects.filter(user=oleh).update(gagal=Greatest(F("gagal") - 1, 0))
        raise
    PercobaanSandi.objects.filter(user=oleh).update(gagal=0)
    return revisi


@transaction.atomic(durable=True)
def _hitung_percobaan(user) -> None:
    """Count one attempt before it is made, so that many at once cannot outrun the limit."""
    PercobaanSandi.objects.get_or_create(user=user)
    baris = PercobaanSandi.objects.select_for_update().get(user=user)
    kini = jam.sekarang()
    batas = nilai_bulat("ttd_percobaan_maks", pada=kini.date())
    jeda = timedelta(minutes=nilai_bulat("ttd_jeda_menit", pada=kini.date()))
    if baris.gagal >= batas:
        if kini < baris.terakhir_pada + jeda:
            sampai = (baris.terakhir_pada + jeda).astimezone(jam.WITA)
            raise Refused(
                f"Frasa sandi salah {batas} kali berturut-turut. Coba lagi setelah pukul {sampai:%H.%M} WITA."
            )
        baris.gagal = 0
    baris.gagal, baris.terakhir_pada = baris.gagal + 1, kini
    baris.save(update_fields=["gagal", "terakhir_pada"])


@transaction.atomic
def _bubuhkan(naskah: Naskah, oleh, sandi: str, nik: str, digest_dibaca: str, waktu: datetime) -> Revisi:
    from kpupalu.naskah import penyedia

    naskah = kunci(naskah)
    if not (verdict := boleh_tandatangan(naskah, oleh)):
        raise Refused(verdict.reason)
    terakhir = naskah.terbaru
    if terakhir is None:
        raise Refused("Naskah belum selesai dicetak. Tunggu sampai pencetakan selesai.")
    _periksa_dibaca(terakhir, digest_dibaca, waktu)
    orang = naskah.penandatangan.get(user=oleh)
    penanda = _penanda(naskah, orang, nik, waktu)
    lama = simpanan.baca(terakhir.berkas)
    pdf, tanda = penyedia.bubuhkan(naskah.penyedia, lama, kolom=orang.kolom, penanda=penanda, sandi=sandi, waktu=waktu)
    revisi = _simpan_revisi(naskah, terakhir.urut + 1, lama, pdf, waktu)
    orang.status, orang.ditandatangani_pada = P.MENANDATANGANI, waktu
    orang.sidik_sertifikat, orang.penerbit = tanda.sidik, tanda.penerbit[:200]
    orang.save(update_fields=["status", "ditandatangani_pada", "sidik_sertifikat", "penerbit"])
    catat(
        "naskah_ditandatangani",
        naskah,
        oleh=oleh,
        jabatan=orang.jabatan,
        kalimat=f"Menandatangani naskah; sidik berkas {revisi.sha256}",
        perubahan={"sidik": (terakhir.sha256, revisi.sha256)},
    )
    perbarui_status(naskah, oleh=oleh)
    return revisi


def _periksa_dibaca(terakhir: Revisi, digest_dibaca: str, waktu: datetime) -> None:
    if not hmac.compare_digest(terakhir.sha256.encode(), digest_dibaca.strip().lower().encode()):
        raise Refused("Naskah sudah bertambah tanda tangan. Muat ulang halaman, baca kembali, lalu tanda tangani.")
    if waktu + TOLERANSI_JAM < terakhir.dibuat_pada:
        raise Refused(
            "Jam server lebih awal daripada waktu revisi terakhir naskah ini. Hubungi admin untuk membetulkan jam."
        )


def _simpan_revisi(naskah: Naskah, urut: int, lama: bytes, pdf: bytes, waktu: datetime) -> Revisi:
    """Store *pdf* as revision *urut*. That it goes on from *lama* is asked again here, whoever signed."""
    if not pdf.startswith(lama) or len(pdf) == len(lama):
        raise Refused("Penyedia tanda tangan mengembalikan berkas lain. Tanda tangan tidak disimpan; ulangi.")
    nama = simpanan.simpan(naskah.kode_verifikasi, f"r{urut}", pdf)
    return Revisi.objects.create(
        naskah=naskah, urut=urut, berkas=nama, sha256=nama[-68:-4], ukuran=len(pdf), dibuat_pada=waktu
    )


def _penanda(naskah: Naskah, orang: Penandatangan, nik: str, waktu: datetime) -> "penyedia.Penanda":
    """Who signs, as the provider wants to know it; the local provider needs a key that is valid now."""
    from kpupalu.naskah import penyedia

    if naskah.penyedia != "lokal":
        return penyedia.Penanda(nama=orang.nama, jabatan=orang.jabatan, nik=nik)
    sertifikat = SertifikatPenanda.objects.filter(user=orang.user_id, dicabut_pada=None).first()
    if sertifikat is None or not sertifikat.berlaku(waktu):
        raise Refused("Anda belum memiliki sertifikat yang berlaku. Buat di halaman Sertifikat saya.")
    return penyedia.Penanda(
        nama=orang.nama, jabatan=orang.jabatan, sidik=sertifikat.sidik, pkcs12=bytes(sertifikat.pkcs12)
    )


def perbarui_status(naskah: Naskah, *, oleh) -> None:
    """Write the status that follows from the signers; on completion the work area finishes its own part.

    Called with the row of *naskah* locked.
    """
    orang = list(naskah.penandatangan.all())
    tertanda = sum(p.status == P.MENANDATANGANI for p in orang)
    ditunggu = [p for p in orang if p.wajib and p.hadir and p.status == P.MENUNGGU]
    if ditunggu or tertanda < kuorum(naskah, orang):
        if tertanda and naskah.cara == Naskah.Cara.ELEKTRONIK:
            naskah.status = S.SEBAGIAN
            naskah.save(update_fields=["status"])
        return
    basah = naskah.cara == Naskah.Cara.BASAH
    naskah.status = S.DITANDATANGANI_BASAH if basah else S.LENGKAP
    naskah.lengkap_pada = jam.sekarang()
    naskah.save(update_fields=["status", "lengkap_pada"])
    catat("naskah_lengkap", naskah, oleh=oleh, kalimat=f"Tanda tangan lengkap, {tertanda} dari {len(orang)} orang")
    if fungsi := _saat_lengkap.get(naskah.kode_jenis):
        fungsi(naskah)


def kuorum(naskah: Naskah, orang: list[Penandatangan]) -> int:
    """How many signatures make *naskah* complete: the dated rule of its jenis, else all who must and attended."""
    if naskah.jenis.kuorum:
        return nilai_bulat(naskah.jenis.kuorum, pada=naskah.tanggal)
    return max(1, sum(p.wajib and p.hadir for p in orang))


@transaction.atomic
def tolak_tandatangan(
    naskah: Naskah, *, penanda: Penandatangan, sebab: str, alasan: str, oleh
) -> CatatanPenandatanganan:
    """Record that *penanda* will not sign (``menolak``) or no longer can (``berhalangan``); the file stays as is.

    A refusal is declared by the signer alone, an incapacity by whoever may prepare documents. The record gets a
    nomor of its own and is printed as a document under it. If nobody is waited for any more and the quorum is met,
    the document is complete. Refuses a note about a note.
    """
    alasan = perlu_alasan(alasan)
    if naskah.kode_jenis == JENIS_CATATAN:
        raise Refused(
            "Catatan penandatanganan tidak memerlukan catatan lagi. "
            "Minta kasubbag mengulanginya sebagai versi baru dengan tanda tangan basah."
        )
    if sebab == P.MENOLAK and penanda.user_id != oleh.pk:
        raise Refused("Penolakan menandatangani hanya dapat dicatat oleh penanda tangan itu sendiri.")
    if sebab != P.MENOLAK:
        perlu_hak(oleh, "naskah.siapkan_naskah", "Anda tidak berwenang mencatat halangan penanda tangan.")
    hari_ini = jam.hari_ini()
    jenis = JenisNaskah.objects.filter(kode=JENIS_CATATAN).berlaku(hari_ini).first()
    if jenis is None:
        raise Refused("Jenis naskah catatan penandatanganan belum ada. Minta admin menambahkannya.")
    nomor = take_nomor(jenis, tanggal=hari_ini, perihal=f"Catatan penandatanganan {naskah.nomor}", by=oleh)
    naskah = kunci(naskah)
    penanda = naskah.penandatangan.select_for_update().get(pk=penanda.pk)
    if naskah.status not in {S.SIAP, S.SEBAGIAN} or penanda.status != P.MENUNGGU:
        raise Refused("Naskah ini tidak sedang menunggu tanda tangan orang tersebut.")
    penanda.status = P(sebab)
    penanda.save(update_fields=["status"])
    catatan = CatatanPenandatanganan.objects.create(
        penandatangan=penanda, nomor=nomor, tanggal=hari_ini, sebab=sebab, alasan=alasan, oleh=oleh
    )
    if jenis.template:
        susun_catatan(naskah, penanda, jenis=jenis, nomor=nomor, tanggal=hari_ini, alasan=alasan, oleh=oleh)
    catat(
        f"naskah_{sebab}",
        naskah,
        oleh=oleh,
        alasan=alasan,
        kalimat=f"{penanda.nama}: {penanda.get_status_display().lower()}, catatan nomor {nomor}",
    )
    perbarui_status(naskah, oleh=oleh)
    return catatan
