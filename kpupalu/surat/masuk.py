"""What people do with an incoming letter: record it, pass it on, deal with it, close it, file it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from kpupalu.audit.catatan import catat
from kpupalu.lib import ALLOWED, Refused, Verdict
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.naskah.dasar import jenis_berlaku, perlu_alasan, perlu_hak
from kpupalu.naskah.penomoran import take_nomor
from kpupalu.organisasi.models import jabatan_pada
from kpupalu.pemberitahuan.actions import beri_tahu
from kpupalu.surat.lampiran import segel_lampiran
from kpupalu.surat.models import Disposisi, Sifat, SuratKeluar, SuratMasuk

S = SuratMasuk.Status
D = Disposisi.Status
_TANPA_DISPOSISI = ("bawaslu", "auditor", "admin")


@transaction.atomic
def agendakan(surat: SuratMasuk, *, berkas: File | None = None, by) -> SuratMasuk:
    """Record a received letter under the next number of the agenda; a secret one in the secret book.

    Refuses whoever may not keep that book, and a letter that arrived before it was written or after today.
    """
    perlu_hak(by, "surat.kelola_surat_masuk", "Anda tidak berwenang mengagendakan surat masuk.")
    if surat.rahasia:
        perlu_hak(by, "surat.kelola_surat_rahasia", "Surat rahasia diagendakan oleh Sekretaris. Serahkan suratnya.")
    if surat.tanggal_terima > hari_ini():
        raise Refused("Tanggal terima belum tiba. Isi tanggal surat itu benar-benar diterima.")
    if surat.tanggal_surat > surat.tanggal_terima:
        raise Refused("Surat tidak mungkin diterima sebelum tanggal suratnya. Periksa kedua tanggal.")
    jenis = jenis_berlaku("surat-masuk-rahasia" if surat.rahasia else "surat-masuk", surat.tanggal_terima)
    if berkas is not None:
        surat.berkas = segel_lampiran(berkas, oleh=by)
    surat.pengirim = surat.pengirim or str(surat.instansi or "")
    perihal = surat.hal_daftar if surat.rahasia else f"{surat.pengirim}: {surat.hal}"
    surat.nomor_agenda = take_nomor(jenis, tanggal=surat.tanggal_terima, perihal=perihal, by=by)
    surat.dicatat_oleh = by
    surat.save(force_insert=True)
    catat("surat_diagendakan", surat, oleh=by, kalimat=f"Mengagendakan surat dengan nomor {surat.nomor_agenda}")
    return surat


def _kunci(surat: SuratMasuk) -> SuratMasuk:
    return SuratMasuk.objects.select_for_update(of=("self",)).get(pk=surat.pk)


def _pindah(surat: SuratMasuk, ke: str, *, by, kalimat: str, **rincian: Any) -> None:
    lama, surat.status = surat.status, ke
    surat.save(update_fields=["status", *rincian.pop("medan", [])])
    catat(f"surat_{ke}", surat, oleh=by, kalimat=kalimat, perubahan={"status": (lama, ke)}, **rincian)


@transaction.atomic
def naikkan(surat: SuratMasuk, *, by) -> SuratMasuk:
    """Lay a recorded letter before the leadership."""
    perlu_hak(by, "surat.kelola_surat_masuk", "Anda tidak berwenang menaikkan surat ke pimpinan.")
    surat = _kunci(surat)
    if surat.status != S.DIAGENDAKAN:
        raise Refused(f"Surat ini sudah {surat.get_status_display().lower()}. Muat ulang halamannya.")
    _pindah(surat, S.DI_PIMPINAN, by=by, kalimat="Menaikkan surat ke pimpinan")
    return surat


def penerima_disposisi(by) -> QuerySet:
    """Active people of the office who may be given an instruction, without *by*."""
    semua = get_user_model().objects.filter(is_active=True, groups__isnull=False).exclude(pk=by.pk)
    return semua.exclude(groups__name__in=_TANPA_DISPOSISI).distinct()


def boleh_disposisi(surat: SuratMasuk, user) -> Verdict:
    """Whether *user* may give an instruction about *surat* now: the leadership, or an open recipient passing it on."""
    if surat.status in {S.DIAGENDAKAN}:
        return Verdict("Surat ini belum dinaikkan ke pimpinan.")
    if surat.status in {S.SELESAI, S.ARSIP}:
        return Verdict("Surat ini sudah selesai, sehingga tidak didisposisi lagi.")
    if user.has_perm("surat.disposisi_surat") or disposisi_terbuka(surat, user):
        return ALLOWED
    return Verdict("Disposisi diberikan oleh pimpinan atau oleh penerima disposisi yang belum selesai.")


def disposisi_terbuka(surat: SuratMasuk, user) -> Disposisi | None:
    """The instruction *user* still has to carry out for *surat*, or None."""
    return surat.disposisi.filter(kepada=user, status__in=[D.MENUNGGU, D.DIKERJAKAN]).first()


@transaction.atomic
def disposisikan(
    surat: SuratMasuk, *, kepada: Iterable[Any], instruksi: str, catatan: str = "", batas: date | None = None, by
) -> list[Disposisi]:
    """One instruction to each of *kepada*. Refuses who may not give one, oneself, somebody who has one open already,
    a day that has passed, and people outside the office."""
    surat = _kunci(surat)
    if not (verdict := boleh_disposisi(surat, by)):
        raise Refused(verdict.reason)
    orang = list(kepada)
    if not orang or {o.pk for o in orang} - set(penerima_disposisi(by).values_list("pk", flat=True)):
        raise Refused("Pilih paling sedikit satu orang kantor selain diri Anda sebagai penerima disposisi.")
    if batas and batas < hari_ini():
        raise Refused("Batas waktu disposisi sudah lewat. Isi hari ini atau sesudahnya.")
    induk, baru = disposisi_terbuka(surat, by), []
    for satu in orang:
        try:
            with transaction.atomic():
                baru.append(
                    Disposisi.objects.create(
                        surat=surat, induk=induk, dari=by, jabatan_dari=jabatan_pada(by, hari_ini()) or "",
                        kepada=satu, instruksi=instruksi, catatan=catatan.strip(), batas=batas,
                    )
                )  # fmt: skip
        except IntegrityError as galat:
            raise Refused(f"{satu} masih memegang disposisi surat ini. Tunggu sampai selesai.") from galat
    for satu in baru:
        beri_tahu(
            [satu.kepada], jenis="menunggu", kunci=f"disposisi-{satu.pk}", judul=f"Disposisi {surat.nomor_agenda}",
            kalimat=f"Jatuh tempo {batas:%d-%m-%Y}." if batas else "", tautan=surat.get_absolute_url(),
        )  # fmt: skip
    nama = ", ".join(str(o) for o in orang)
    if induk:
        _mulai(induk)
    _pindah(
        surat,
        S.DIDISPOSISI if surat.status == S.DI_PIMPINAN else surat.status,
        by=by,
        kalimat=f"Disposisi kepada {nama}",
    )
    return baru


def _mulai(disposisi: Disposisi) -> None:
    if disposisi.status == D.MENUNGGU:
        disposisi.status = D.DIKERJAKAN
        disposisi.save(update_fields=["status"])


def tandai_dibaca(surat: SuratMasuk, user) -> None:
    """Note when the recipient first opened the letter."""
    surat.disposisi.filter(kepada=user, dibaca_pada=None).update(dibaca_pada=sekarang())


def _milik(disposisi: Disposisi, by) -> tuple[SuratMasuk, Disposisi]:
    surat = _kunci(disposisi.surat)
    disposisi = Disposisi.objects.select_for_update().get(pk=disposisi.pk)
    if disposisi.kepada_id != by.pk:
        raise Refused("Disposisi ini ditujukan kepada orang lain.")
    if not disposisi.terbuka:
        raise Refused(f"Disposisi ini sudah {disposisi.get_status_display().lower()}. Muat ulang halamannya.")
    return surat, disposisi


@transaction.atomic
def kerjakan(disposisi: Disposisi, *, by) -> Disposisi:
    """The recipient begins; the letter is *diproses*."""
    surat, disposisi = _milik(disposisi, by)
    _mulai(disposisi)
    if surat.status == S.DIDISPOSISI:
        _pindah(surat, S.DIPROSES, by=by, kalimat="Mulai mengerjakan disposisi")
    return disposisi


@transaction.atomic
def akhiri(disposisi: Disposisi, *, hasil: str, kembalikan: bool = False, by) -> Disposisi:
    """The recipient reports what was done, or gives the instruction back with the reason.

    Refuses while somebody to whom it was passed on has not finished. A letter nobody holds any more after being
    given back lies before the leadership again.
    """
    hasil = perlu_alasan(hasil)
    surat, disposisi = _milik(disposisi, by)
    if disposisi.anak.filter(status__in=[D.MENUNGGU, D.DIKERJAKAN]).exists():
        raise Refused("Orang yang Anda beri disposisi belum selesai. Tunggu hasilnya lebih dahulu.")
    disposisi.status = D.DIKEMBALIKAN if kembalikan else D.SELESAI
    disposisi.hasil, disposisi.selesai_pada = hasil, sekarang()
    disposisi.save(update_fields=["status", "hasil", "selesai_pada"])
    ke = surat.status
    if kembalikan and not surat.disposisi.filter(status__in=[D.MENUNGGU, D.DIKERJAKAN]).exists():
        ke = S.DI_PIMPINAN
    elif surat.status == S.DIDISPOSISI:
        ke = S.DIPROSES
    kata = "Mengembalikan" if kembalikan else "Menyelesaikan"
    _pindah(surat, ke, by=by, kalimat=f"{kata} disposisi", alasan="" if surat.rahasia else hasil)
    return disposisi


@transaction.atomic
def jawab(surat: SuratMasuk, balasan: SuratKeluar, *, by) -> SuratMasuk:
    """Link the outgoing letter that answers *surat*; refuses one without a nomor."""
    surat = _kunci(surat)
    if not (by.has_perm("surat.kelola_surat_masuk") or disposisi_terbuka(surat, by)):
        raise Refused("Balasan ditautkan oleh pengelola agenda atau penerima disposisi.")
    if surat.status in {S.SELESAI, S.ARSIP}:
        raise Refused("Surat ini sudah selesai, sehingga tidak dapat ditautkan lagi.")
    if balasan.konsep or balasan.naskah is None or not balasan.naskah.nomor:
        raise Refused("Surat balasan belum bernomor. Siapkan surat itu lebih dahulu.")
    surat.balasan = balasan
    _pindah(surat, S.DIJAWAB, by=by, kalimat=f"Dijawab dengan {balasan.naskah.nomor}", medan=["balasan"])
    return surat


@transaction.atomic
def selesaikan(surat: SuratMasuk, *, by, catatan: str) -> SuratMasuk:
    """Close a letter with what came of it; refuses while an instruction is open, naming who holds it."""
    if not (by.has_perm("surat.kelola_surat_masuk") or by.has_perm("surat.disposisi_surat")):
        raise Refused("Surat diselesaikan oleh pengelola agenda atau pimpinan.")
    catatan = perlu_alasan(catatan)
    surat = _kunci(surat)
    if surat.status in {S.SELESAI, S.ARSIP}:
        raise Refused("Surat ini sudah selesai.")
    if terbuka := surat.disposisi.filter(status__in=[D.MENUNGGU, D.DIKERJAKAN]).select_related("kepada").first():
        raise Refused(f"{terbuka.kepada} belum menyelesaikan disposisinya. Tunggu hasilnya, lalu selesaikan surat ini.")
    _pindah(surat, S.SELESAI, by=by, kalimat="Menyelesaikan surat", alasan="" if surat.rahasia else catatan)
    return surat


@transaction.atomic
def arsipkan(surat: SuratMasuk, *, by) -> SuratMasuk:
    """File a closed letter, or one the leadership took note of."""
    perlu_hak(by, "surat.kelola_surat_masuk", "Anda tidak berwenang mengarsipkan surat masuk.")
    surat = _kunci(surat)
    if surat.status not in {S.SELESAI, S.DI_PIMPINAN}:
        raise Refused("Surat diarsipkan setelah selesai, atau setelah dibaca pimpinan tanpa disposisi.")
    _pindah(surat, S.ARSIP, by=by, kalimat="Mengarsipkan surat")
    return surat


def perlu_dicatat_baca(surat: SuratMasuk) -> bool:
    """Whether reading *surat* is logged: it is secret or holds personal data."""
    return surat.sifat == Sifat.RAHASIA or surat.data_pribadi
