"""Receiving an objection: by the applicant on the ticket page or by the desk, in time or late."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.imports.lampiran import Lampiran
from kpupalu.kalender.actions import hentikan, pasang
from kpupalu.lib import Refused
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.dasar import jenis_berlaku
from kpupalu.naskah.penomoran import take_nomor
from ppid import tenggat_keberatan as jam
from ppid.jendela import alasan_berkas, dijawab, hari_ditemukan, hitung_waktu, jendela_keberatan, lewat_tanpa_jawaban
from ppid.jendela import rezim as rezim_butir
from ppid.models import Butir, DataKeberatan, Keberatan, LampiranKeberatan, Permohonan
from ppid.models.keberatan import ALASAN
from ppid.tenggat import TAHAPAN
from ppid.tenggat_permohonan import jawab_terbuka

MAKS_LAMPIRAN = 9
_PERLU_JAWABAN, _PERLU_LEWAT = frozenset("adf"), frozenset("ceg")


@transaction.atomic
def ajukan(
    permohonan: Permohonan,
    *,
    kunci: UUID,
    alasan: Iterable[str],
    kasus_posisi: str,
    kanal: str,
    diterima: date | None = None,
    butir: Iterable[Butir] = (),
    kuasa: Mapping[str, str] | None = None,
    lampiran: Iterable[tuple[str, Lampiran]] = (),
    oleh=None,
) -> tuple[Keberatan, bool]:
    """The registered objection and whether it is new: the same *kunci* sent again registers nothing.

    Number and clock at once (UU 14/2008 Pasal 36). The filing term is kept with every day of its way; who comes after
    it is registered all the same and marked late. Without *butir* the whole request is meant; *kuasa* are the fields
    of ``DataKeberatan``. Refuses a ground that does not exist yet, a second objection while one is open, the same one
    after it was answered, and a proxy without special power of attorney.
    """
    if oleh is not None and not oleh.has_perm("ppid.terima_permohonan"):
        raise Refused("Anda tidak berwenang mencatat keberatan.")
    p = Permohonan.objects.select_for_update().get(pk=permohonan.pk)
    # The request is held, so of two equal sendings the second finds the first here.
    if lama := Keberatan.objects.filter(kunci=kunci).first():
        return lama, False
    hari, lampiran = diterima or hari_ini(), list(lampiran)
    huruf, kasus = _periksa(p, "".join(sorted(set(alasan))), kasus_posisi, hari)
    semua = list(butir) or list(p.butir.all())
    if any(b.permohonan_id != p.pk for b in semua):
        raise Refused("Pilih butir dari permohonan ini.")
    _periksa_kuasa(kuasa, lampiran)
    k = Keberatan(
        permohonan=p, kunci=kunci, kanal=kanal, alasan=huruf, kasus_posisi=kasus, diterima=hari, dicatat_oleh=oleh,
        tahapan=rezim_butir(semua) == TAHAPAN, ditemukan_pada=hari_ditemukan(p, huruf, hari),
        alasan_berkas="".join(a.huruf for a in alasan_berkas(p, hari, semua)),
    )  # fmt: skip
    k.batas_ajukan = hitung_waktu(jam.AJUKAN[k.tahapan], k.ditemukan_pada).tanggal
    k.batas = hitung_waktu(jam.TANGGAPAN[k.tahapan], hari).tanggal
    k.nomor = take_nomor(
        jenis_berlaku("ppid-keberatan", hari), tanggal=hari, perihal="Keberatan atas layanan informasi", by=oleh
    )
    k.save(force_insert=True)
    k.butir.set(semua)
    if kuasa:
        DataKeberatan.objects.create(keberatan=k, **{n: samarkan_kecuali_nomor(n, v) for n, v in kuasa.items()})
    _lampirkan(k, lampiran)
    _jalankan_waktu(k, oleh=oleh)
    kata = f"Menerima keberatan: {k.get_kanal_display()}, huruf {', '.join(huruf)}"
    catat("ppid.ajukan_keberatan", k, oleh=oleh, kalimat=f"{kata}, lewat waktu" if k.terlambat else kata)
    catat("ppid.ajukan_keberatan", p, oleh=oleh, kalimat=f"Keberatan {k.nomor} diterima")
    return k, True


def samarkan_kecuali_nomor(nama: str, nilai: str) -> str:
    """*nilai* without a NIK in it, unless it is the field that holds the identity number itself."""
    return nilai.strip() if nama == "kuasa_nomor_identitas" else samarkan_teks(nilai.strip())


def _periksa(p: Permohonan, huruf: str, kasus_posisi: str, hari: date) -> tuple[str, str]:
    """The letters and the words of the case, or why no objection can be registered now."""
    if not huruf or not set(huruf) <= ALASAN.keys():
        raise Refused("Pilih paling sedikit satu alasan keberatan.")
    kasus = samarkan_teks(kasus_posisi.strip())
    if len(kasus) < 10:
        raise Refused("Ceritakan singkat apa yang terjadi, paling sedikit 10 huruf.")
    if not p.diterima <= hari <= hari_ini():
        raise Refused("Tanggal keberatan harus di antara tanggal permohonan diterima dan hari ini.")
    if p.status == Permohonan.Status.DICABUT:
        raise Refused("Permohonan ini sudah dicabut, jadi tidak ada yang dapat dipersoalkan. Ajukan permohonan baru.")
    if lama := p.keberatan.terbuka().first():
        raise Refused(
            f"Keberatan {lama.nomor} atas permohonan ini masih diproses. Tambahan disampaikan kepada petugas."
        )
    if salah := terlalu_dini(p, huruf, hari):
        raise Refused(salah)
    ditemukan = hari_ditemukan(p, huruf, hari)
    for lama in p.keberatan.filter(ditemukan_pada=ditemukan).exclude(status=Keberatan.Status.DICABUT):
        if set(lama.alasan) & set(huruf) - {"b"}:
            raise Refused(
                f"Keberatan {lama.nomor} dengan alasan ini sudah ditanggapi. Bila tidak puas, ajukan sengketa "
                "ke Komisi Informasi."
            )
    return huruf, kasus


def terlalu_dini(p: Permohonan, huruf: str, hari: date) -> str:
    """Why one of the letters *huruf* is not open yet on *hari*, or not any more; an empty string when all are."""
    H = set(huruf)
    if dijawab(p, hari):
        if "c" in H:
            return "Permohonan ini sudah dijawab. Bila jawabannya terlambat, pilih alasan huruf g."
        return ""
    if p.status == Permohonan.Status.TIDAK_DAPAT_DIPROSES:
        return "" if {"b", "e"} >= H else "Permohonan ini tidak diproses. Pilih alasan huruf e."
    if H & _PERLU_JAWABAN:
        return (
            f"Alasan huruf {min(H & _PERLU_JAWABAN)} terbuka sesudah permohonan dijawab. Permohonan ini belum dijawab."
        )
    if H & _PERLU_LEWAT and not lewat_tanpa_jawaban(p, hari):
        return f"Alasan huruf {min(H & _PERLU_LEWAT)} terbuka sesudah waktu jawab lewat. {kapan_terbuka(p)}".strip()
    return ""


def kapan_terbuka(p: Permohonan) -> str:
    """A sentence on when one may object to what is not answered yet; empty when no term of the answer runs."""
    berjalan = [t.tanggal for t in jawab_terbuka(p) if not t.ditangguhkan_sejak]
    if not berjalan:
        return ""
    batas = tanggal_panjang(min(berjalan))
    return f"Hari terakhir jawaban adalah {batas}; keberatan dapat diajukan sejak hari sesudahnya."


def _periksa_kuasa(kuasa: Mapping[str, str] | None, lampiran: list[tuple[str, Lampiran]]) -> None:
    if not kuasa:
        return
    if not kuasa.get("kuasa_nama", "").strip() or not kuasa.get("kuasa_nomor_identitas", "").strip():
        raise Refused("Tuliskan nama dan nomor identitas penerima kuasa.")
    if not any(jenis == LampiranKeberatan.Jenis.KUASA for jenis, _ in lampiran):
        raise Refused("Keberatan lewat kuasa memerlukan surat kuasa khusus bermeterai. Lampirkan suratnya.")


def _lampirkan(k: Keberatan, lampiran: list[tuple[str, Lampiran]]) -> None:
    """Keep each file under its digest; the same bytes once."""
    baru = {sha256(satu.isi).hexdigest(): (jenis, satu) for jenis, satu in reversed(lampiran)}
    if len(baru) > MAKS_LAMPIRAN:
        raise Refused(f"Satu keberatan memuat paling banyak {MAKS_LAMPIRAN} lampiran. Bawa sisanya ke kantor kami.")
    for sidik, (jenis, satu) in baru.items():
        baris = LampiranKeberatan(keberatan=k, jenis=jenis, tipe=satu.jenis, sha256=sidik, ukuran=len(satu.isi))
        baris.berkas.save(f"{sidik}.{satu.jenis}", ContentFile(satu.isi), save=False)
        baris.save()


def _jalankan_waktu(k: Keberatan, *, oleh) -> None:
    """Keep how the filing term was counted, start the term of the answer, and tell who has to act."""
    saring = jam.tentang(k, "Pengajuan keberatan", hak_urus=jam.PUTUS)
    hentikan(pasang(k, jam.AJUKAN[k.tahapan], k.ditemukan_pada, tentang=saring, oleh=oleh), oleh=oleh, pada=k.diterima)
    tanggapi = jam.tentang(k, "Tanggapi keberatan", hak_urus=jam.PUTUS)
    pasang(k, jam.TANGGAPAN[k.tahapan], k.diterima, tentang=tanggapi, oleh=oleh)
    jam.kabari(k, "Keberatan baru", hak=jam.PUTUS)
    jam.kabari(k, "Keberatan baru", hak="ppid.olah_permohonan")


def ditolak_lewat_padahal_tepat() -> list[Keberatan]:
    """Objections refused as late that are in time on the calendar of today: the window is counted again for each."""
    return [
        k
        for k in Keberatan.objects.filter(karena_lewat=True).select_related("permohonan")
        if k.diterima <= hitung_waktu(jam.AJUKAN[k.tahapan], k.ditemukan_pada).tanggal
    ]


def isi_awal_formulir(p: Permohonan, pada: date) -> dict[str, Any]:
    """What a form about *p* shows on *pada*: the grounds the file gives, the window with its days, and why not yet."""
    return {
        "alasan": alasan_berkas(p, pada),
        "jendela": jendela_keberatan(p, pada),
        "terbuka": p.keberatan.terbuka().first(),
        "kapan": kapan_terbuka(p),
    }
