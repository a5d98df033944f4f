"""Answering Bawaslu name by name, and the sheet that two people give out.

The letter's row is locked first, then, when a change is proposed, the period; nothing locks them the other way round.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import sekarang
from pdpb import saran
from pdpb.actions.perubahan import usulkan
from pdpb.actions.saran import J, S, berhak, kerjakan, kunci_butir
from pdpb.models import Bukti, ButirSaran, Kategori, LembarJawaban, Periode, Perubahan, SaranPerbaikan

MIN_ALASAN = 10


@dataclass(slots=True)
class HasilBanyak:
    """What came of one act on many names: how many succeeded, and each reason with how many it stopped."""

    berhasil: int = 0
    ditolak: Counter[str] = field(default_factory=Counter)


# --- The answer ---------------------------------------------------------------------------------------------------
@transaction.atomic
def jawab(butir: ButirSaran, jawaban: str, *, oleh, perubahan: Perubahan | None = None, alasan: str = "") -> ButirSaran:
    """Answer one name: with the change that follows the advice, or with the reason why not, or why not yet.

    An empty *jawaban* takes the answer back. Refuses a letter that is not worked on, a change that was rejected or is
    of another person, and a reason shorter than ten letters where one is needed.
    """
    kerjakan(butir.surat, oleh)
    butir = kunci_butir(butir)
    alasan = samarkan_teks(" ".join(alasan.split()))
    if jawaban == J.DITINDAKLANJUTI:
        _periksa_perubahan(butir, perubahan)
    elif jawaban in (J.BELUM, J.TIDAK):
        perubahan = None
        if len(alasan) < MIN_ALASAN:
            apa = "apa yang masih kurang" if jawaban == J.BELUM else "mengapa tidak"
            raise Refused(f"Tuliskan {apa}, paling sedikit {MIN_ALASAN} huruf. Bawaslu membaca kalimat ini.")
    elif not jawaban:
        perubahan, alasan = None, ""
    else:
        raise Refused("Pilih jawaban: ditindaklanjuti, belum, atau tidak.")
    _tulis_jawaban(butir, jawaban, perubahan, alasan, oleh)
    return butir


def _periksa_perubahan(butir: ButirSaran, perubahan: Perubahan | None) -> None:
    if perubahan is None:
        raise Refused("Pilih perubahan yang menindaklanjuti saran ini.")
    if perubahan.status == Perubahan.Status.DITOLAK:
        raise Refused(f"Perubahan no. {perubahan.pk} ditolak, jadi tidak menindaklanjuti saran ini.")
    if perubahan.pemilih_id and perubahan.pemilih_id != butir.pemilih_id:
        raise Refused("Perubahan ini tentang orang lain. Cocokkan nama ini dengan pemilihnya lebih dahulu.")
    baru = perubahan.identitas_baru
    if perubahan.pemilih_id is None and not (baru and butir.identitas and baru.nik == butir.identitas.nik):
        raise Refused("NIK pemilih baru pada perubahan ini tidak sama dengan NIK pada surat. Pilih perubahan lain.")


def _tulis_jawaban(butir: ButirSaran, jawaban: str, perubahan: Perubahan | None, alasan: str, oleh) -> None:
    lama = butir.get_jawaban_display() if butir.jawaban else ""
    butir.jawaban, butir.perubahan, butir.alasan = jawaban, perubahan, alasan
    butir.dijawab_oleh, butir.dijawab_pada = (oleh, sekarang()) if jawaban else (None, None)
    butir.save(update_fields=["jawaban", "perubahan", "alasan", "dijawab_oleh", "dijawab_pada"])
    kini = butir.get_jawaban_display() if jawaban else ""
    mana = f", perubahan no. {perubahan.pk}" if perubahan else ""
    catat(
        "pdpb.jawab_saran", butir.surat, oleh=oleh, alasan=alasan, perubahan={"jawaban": (lama, kini)},
        kalimat=f"Menjawab nama ke-{butir.urut}{mana}" if jawaban else f"Menghapus jawaban nama ke-{butir.urut}",
    )  # fmt: skip


def perubahan_terkait(butir: ButirSaran) -> list[Perubahan]:
    """Every change that could answer *butir*, newest first: of its voter, or a new voter with its NIK."""
    semua = Perubahan.objects.exclude(status=Perubahan.Status.DITOLAK)
    if butir.pemilih_id:
        semua = semua.filter(pemilih=butir.pemilih_id)
    elif butir.identitas and butir.identitas.nik:
        semua = semua.filter(pemilih=None, identitas_baru__nik=butir.identitas.nik)
    else:
        return []
    return list(semua.select_related("kategori", "periode", "identitas_baru").order_by("-pk"))


def siap_ditautkan(surat: SaranPerbaikan) -> list[tuple[ButirSaran, Perubahan]]:
    """The unanswered names whose voter already has a change of the very kind that Bawaslu asks for; the latest."""
    butir = ButirSaran.objects.filter(surat=surat, jawaban="", pemilih__isnull=False, dugaan__isnull=False)
    butir_per = {(b.pemilih_id, b.dugaan_id): b for b in butir.select_related("surat")}
    ada = Perubahan.objects.filter(pemilih__in={p for p, _ in butir_per}).exclude(status=Perubahan.Status.DITOLAK)
    terakhir = {(p.pemilih_id, p.kategori_id): p for p in ada.order_by("pk")}
    return [(b, terakhir[kunci]) for kunci, b in butir_per.items() if kunci in terakhir]


@transaction.atomic
def tautkan_yang_ada(surat: SaranPerbaikan, *, oleh) -> int:
    """Answer each name of ``siap_ditautkan`` with that change; how many there were."""
    surat = kerjakan(surat, oleh)
    pasangan = siap_ditautkan(surat)
    for butir, perubahan in pasangan:
        _tulis_jawaban(butir, J.DITINDAKLANJUTI, perubahan, "", oleh)
    return len(pasangan)


@transaction.atomic
def usulkan_dari(butir: ButirSaran, kategori: Kategori, *, periode: Periode, oleh, **isi: Any) -> Perubahan:
    """Propose a change because of *butir* (``usulkan`` with *isi*) and answer the name with it.

    Evidence given is marked as come from Bawaslu with this letter. Refuses what ``usulkan`` refuses,
    a letter that is not worked on, and a name that is answered.
    """
    berhak(oleh, "pdpb.usul_perubahan", "mengusulkan perubahan")
    surat = kerjakan(butir.surat, oleh)
    dibaca, butir = butir.pemilih_id, kunci_butir(butir)
    if butir.jawaban:
        raise Refused("Nama ini sudah dijawab. Hapus jawabannya lebih dahulu bila perlu usulan baru.")
    if butir.pemilih_id != dibaca:
        raise Refused("Nama ini baru saja dicocokkan dengan orang lain. Muat ulang halamannya.")
    if bukti := isi.get("bukti"):
        _bukti_bawaslu(bukti, surat)
    if kategori.jenis != Kategori.Jenis.BARU:
        if butir.pemilih is None:
            raise Refused("Nama ini belum dicocokkan dengan pemilih. Cocokkan lebih dahulu.")
        isi["pemilih"] = butir.pemilih
    isi["catatan"] = isi.get("catatan") or f"Saran perbaikan Bawaslu {surat.nomor}, nama ke-{butir.urut}"
    perubahan = usulkan(periode=periode, kategori=kategori, oleh=oleh, **isi)
    # A new voter's NIK may be missing on Bawaslu's list, so this link is not held against it.
    _tulis_jawaban(butir, J.DITINDAKLANJUTI, perubahan, "", oleh)
    return perubahan


def _bukti_bawaslu(bukti: Bukti, surat: SaranPerbaikan) -> None:
    bukti.sumber_informasi = Bukti.Sumber.BAWASLU
    bukti.surat_pengantar = f"{surat.nomor} tanggal {surat.tanggal:%d-%m-%Y}"[:160]


def siap_diusulkan(surat: SaranPerbaikan) -> list[ButirSaran]:
    """The unanswered names that can be proposed together: matched, the claim a reason of TMS that needs no more."""
    butir = ButirSaran.objects.filter(
        surat=surat, jawaban="", pemilih__isnull=False, dugaan__jenis=Kategori.Jenis.TMS, dugaan__berlaku=True
    ).exclude(dugaan="ganda")
    return list(butir.select_related("surat", "pemilih", "dugaan").order_by("urut"))


@transaction.atomic
def usulkan_banyak(
    surat: SaranPerbaikan, *, periode: Periode, oleh, bukti: Bukti | None = None, ids: Iterable[int] | None = None
) -> HasilBanyak:
    """Propose every name of ``siap_diusulkan`` (those of *ids* if given) as what Bawaslu says it is, one by one.

    *bukti* is the one document they share; without it each waits for evidence. A name that cannot be proposed stays
    as it is, its reason counted in the result.
    """
    surat = kerjakan(surat, oleh)
    dipilih = None if ids is None else set(ids)
    hasil = HasilBanyak()
    for butir in siap_diusulkan(surat):
        if butir.dugaan is None or (dipilih is not None and butir.pk not in dipilih):
            continue
        try:
            with transaction.atomic():
                usulkan_dari(butir, butir.dugaan, periode=periode, oleh=oleh, bukti=bukti)
        except Refused as galat:
            hasil.ditolak[str(galat)] += 1
        else:
            hasil.berhasil += 1
    return hasil


# --- The reply sheet ----------------------------------------------------------------------------------------------
def hambatan_ajukan(surat: SaranPerbaikan) -> str:
    """Why the reply of *surat* cannot be handed to the second person yet, in one sentence; empty when it can."""
    butir = list(ButirSaran.objects.filter(surat=surat).select_related("perubahan"))
    if not butir:
        return "Surat ini belum memuat satu nama pun. Tambahkan daftar atau catat namanya."
    if belum := sum(not b.jawaban for b in butir):
        return f"{ribuan(belum)} dari {ribuan(len(butir))} nama belum dijawab."
    if batal := [b.urut for b in butir if b.batal]:
        return f"Perubahan yang menjawab nama ke-{batal[0]} sudah ditolak atau ditarik. Jawab nama itu kembali."
    return ""


@transaction.atomic
def ajukan(surat: SaranPerbaikan, *, oleh) -> SaranPerbaikan:
    """Hand the answers of *surat* to the second person. Refuses what ``hambatan_ajukan`` says."""
    surat = kerjakan(surat, oleh)
    if sebab := hambatan_ajukan(surat):
        raise Refused(sebab)
    surat.status, surat.diajukan_oleh, surat.diajukan_pada, surat.alasan_kembali = S.DIAJUKAN, oleh, sekarang(), ""
    surat.save(update_fields=["status", "diajukan_oleh", "diajukan_pada", "alasan_kembali"])
    catat("pdpb.ajukan_saran", surat, oleh=oleh, kalimat="Mengajukan lembar jawaban untuk dikonfirmasi")
    return surat


def _putuskan(surat: SaranPerbaikan, oleh) -> SaranPerbaikan:
    berhak(oleh, "pdpb.konfirmasi_saran", "mengonfirmasi lembar jawaban")
    surat = SaranPerbaikan.objects.select_for_update().get(pk=surat.pk)
    if surat.status != S.DIAJUKAN:
        raise Refused("Lembar jawaban ini tidak sedang menunggu konfirmasi. Muat ulang halaman surat ini.")
    return surat


@transaction.atomic
def kembalikan(surat: SaranPerbaikan, *, oleh, alasan: str) -> SaranPerbaikan:
    """Send the answers of *surat* back to be worked on. Refuses a reason shorter than ten letters."""
    surat = _putuskan(surat, oleh)
    if len(alasan.strip()) < MIN_ALASAN:
        raise Refused(f"Tuliskan apa yang perlu diperbaiki, paling sedikit {MIN_ALASAN} huruf.")
    surat.status, surat.alasan_kembali = S.DIKERJAKAN, samarkan_teks(alasan.strip())[:300]
    surat.save(update_fields=["status", "alasan_kembali"])
    catat("pdpb.kembalikan_saran", surat, oleh=oleh, alasan=alasan, kalimat="Mengembalikan lembar jawaban")
    return surat


@transaction.atomic
def konfirmasi(surat: SaranPerbaikan, *, oleh) -> LembarJawaban:
    """Give the answers of *surat* out as a sheet whose rows are frozen from now on; Bawaslu may read it.

    Refuses without the right, whoever handed it in or answered a name of it, and answers that no longer hold.
    """
    surat = _putuskan(surat, oleh)
    penyusun = surat.diajukan_oleh
    if penyusun is None or penyusun == oleh or ButirSaran.objects.filter(surat=surat, dijawab_oleh=oleh).exists():
        raise Refused("Penyusun jawaban tidak boleh mengonfirmasi jawabannya sendiri. Minta petugas lain.")
    if sebab := hambatan_ajukan(surat):
        raise Refused(f"{sebab} Kembalikan lembar ini kepada penyusunnya.")
    versi = (surat.lembar.aggregate(n=Max("versi"))["n"] or 0) + 1
    lembar = LembarJawaban.objects.create(
        surat=surat, versi=versi, isi=saran.isi_lembar(surat), diajukan_oleh=penyusun, dikonfirmasi_oleh=oleh,
    )  # fmt: skip
    surat.status = S.DIJAWAB
    surat.save(update_fields=["status"])
    kalimat = f"Mengonfirmasi lembar jawaban {versi}, {ribuan(len(lembar.isi))} nama"
    catat("pdpb.konfirmasi_saran", surat, oleh=oleh, jumlah=len(lembar.isi), kalimat=kalimat)
    return lembar


@transaction.atomic
def buka_susulan(surat: SaranPerbaikan, *, oleh) -> SaranPerbaikan:
    """Work on an answered letter again, for names that waited; the sheet given out before stays as it is.

    Refuses a letter that is not answered, and one without a name that waits or whose change was rejected since.
    """
    berhak(oleh, "pdpb.jawab_saran", "membuka jawaban susulan")
    surat = SaranPerbaikan.objects.select_for_update().get(pk=surat.pk)
    if surat.status != S.DIJAWAB:
        raise Refused("Surat ini masih dikerjakan. Jawaban susulan dibuka sesudah lembar jawaban dikonfirmasi.")
    butir = ButirSaran.objects.filter(surat=surat).select_related("perubahan")
    if not any(b.jawaban == J.BELUM or b.batal for b in butir):
        raise Refused("Semua nama surat ini sudah dijawab tuntas, jadi tidak ada yang perlu disusulkan.")
    surat.status = S.DIKERJAKAN
    surat.save(update_fields=["status"])
    catat("pdpb.susulan_saran", surat, oleh=oleh, kalimat="Membuka jawaban susulan")
    return surat
