"""What belongs to an event: speakers, budget lines, materials, the evaluation sheet, coordination meetings."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction

from kpupalu.audit.catatan import catat
from kpupalu.imports.lampiran import Lampiran
from kpupalu.lib import Refused
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.naskah.dasar import perlu_hak
from kpupalu.rapat import actions as rapat_kantor
from kpupalu.rapat.models import Rapat
from kpupalu.surat.models import SuratKeluar
from ppid.actions.sosialisasi import KELOLA, SPJ, bersih, kata, pegang, surat_untuk
from ppid.models import ButirEvaluasi, Materi, Narasumber, PosAnggaran, Sosialisasi

S = Sosialisasi.Status
TERBITKAN = "ppid.tetapkan_dip"
BOLEH: dict[type[models.Model], tuple[str, ...]] = {
    Narasumber: (S.RENCANA, S.KOORDINASI, *Sosialisasi.TERJADWAL, S.TERLAKSANA),
    PosAnggaran: (S.RENCANA, S.KOORDINASI),
    ButirEvaluasi: (S.RENCANA, S.KOORDINASI, *Sosialisasi.TERJADWAL, S.TERLAKSANA),
}
"""In which states rows may be added, changed and taken out: the budget is fixed by the approval."""
_BUKAN_PPID = "Isi sosialisasi diatur oleh PPID atau petugas layanannya."


@transaction.atomic
def simpan_baris(s: Sosialisasi, baris: models.Model, isi: Mapping[str, Any], *, oleh) -> models.Model:
    """Add *baris* to *s* or change it; *isi* are its fields. Refuses what its constraints and the state refuse.

    Also refuses other words for a question that was answered, and taking back a consent whose material is published.
    """
    perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    segar = pegang(s, versi=None, dari=BOLEH[type(baris)])
    baru = baris.pk is None
    lama = {} if baru else _milik(type(baris), segar, baris.pk)
    _boleh_ubah(baris, isi, baru=baru)
    baris.sosialisasi = segar  # type: ignore[attr-defined]
    if isinstance(baris, ButirEvaluasi) and baru:
        baris.urut = (segar.evaluasi.aggregate(n=models.Max("urut"))["n"] or 0) + 1
    _tulis(baris, bersih(isi))
    beda = {k: (lama.get(k), getattr(baris, k)) for k in isi if lama.get(k) != getattr(baris, k)}
    ubah = {k: (kata(baris, k, dulu), kata(baris, k, kini)) for k, (dulu, kini) in beda.items()}
    kalimat = f"{'Menambah' if baru else 'Mengubah'} {baris._meta.verbose_name}: {baris}"
    catat("ppid.sosialisasi_isi", segar, oleh=oleh, kalimat=kalimat, perubahan=ubah)
    return baris


def _boleh_ubah(baris: models.Model, isi: Mapping[str, Any], *, baru: bool) -> None:
    if baru:
        return
    if isinstance(baris, ButirEvaluasi) and ButirEvaluasi.objects.get(pk=baris.pk).jumlah:
        raise Refused("Pertanyaan ini sudah memiliki jawaban, sehingga bunyinya tetap.")
    if isinstance(baris, Narasumber) and isi.get("izin_materi") is False and baris.materi.filter(terbit=True).exists():
        raise Refused("Materi narasumber ini masih diterbitkan. Tarik materinya lebih dahulu.")


def _milik(model: type[models.Model], s: Sosialisasi, pk: int) -> dict[str, Any]:
    """The stored values of one row of *s*; refuses one that is gone."""
    lama = model._default_manager.filter(sosialisasi=s, pk=pk).values().first()
    if lama is None:
        raise Refused("Baris ini baru saja dihapus orang lain. Muat ulang halamannya.")
    return lama


def _tulis(baris: models.Model, isi: Mapping[str, Any]) -> None:
    for bidang, nilai in isi.items():
        setattr(baris, bidang, nilai)
    try:
        baris.validate_constraints()
    except ValidationError as galat:
        raise Refused(" ".join(galat.messages)) from galat
    baris.save()


@transaction.atomic
def hapus_baris(s: Sosialisasi, baris: models.Model, *, oleh) -> None:
    """Take a row out; its words stay in the history. Refuses a speaker with a letter or material, and answers given."""
    perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    segar = pegang(s, versi=None, dari=BOLEH[type(baris)])
    _milik(type(baris), segar, baris.pk)
    if isinstance(baris, Narasumber) and (baris.surat_id or baris.materi.exists()):
        raise Refused("Narasumber ini sudah disurati atau memiliki materi. Catat tidak bersedia bila batal.")
    if isinstance(baris, ButirEvaluasi) and baris.jumlah:
        raise Refused("Pertanyaan ini sudah memiliki jawaban, sehingga tidak dapat dihapus.")
    kalimat = f"Menghapus {baris._meta.verbose_name}: {baris}"
    baris.delete()
    catat("ppid.sosialisasi_isi", segar, oleh=oleh, kalimat=kalimat)


@transaction.atomic
def minta_narasumber(s: Sosialisasi, narasumber: Narasumber, *, tanggal: date, oleh) -> SuratKeluar:
    """Draft the letter that asks the institution for its speaker. Refuses before the date is fixed and a second one."""
    perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    segar = pegang(s, versi=None, dari=(*Sosialisasi.TERJADWAL, S.RENCANA, S.KOORDINASI))
    if segar.tanggal is None:
        raise Refused("Surat ini menyebut tanggal pelaksanaan. Susun sesudah sosialisasi disetujui.")
    n = segar.narasumber.select_for_update(of=("self",)).get(pk=narasumber.pk)
    if n.surat and not n.surat.dibatalkan:
        raise Refused("Surat untuk narasumber ini sudah disusun. Buka surat itu.")
    n.surat = surat_untuk(
        segar, hal="Permohonan narasumber", tanggal=tanggal, kepada=n.lembaga, oleh=oleh,
        isi=f"Sehubungan dengan {segar.judul}, kami memohon kesediaan Saudara menjadi atau menugaskan narasumber:",
        rincian=[["Tanggal", tanggal_panjang(segar.tanggal)], ["Tempat", segar.tempat], ["Topik", n.topik]],
    )  # fmt: skip
    if n.kesediaan == Narasumber.Kesediaan.BELUM:
        n.kesediaan = Narasumber.Kesediaan.DIMINTA
    n.save()
    catat("ppid.sosialisasi_isi", segar, oleh=oleh, kalimat=f"Menyusun surat permohonan narasumber kepada {n.lembaga}")
    return n.surat


@transaction.atomic
def catat_realisasi(
    s: Sosialisasi, pos: PosAnggaran, *, realisasi: Decimal, bukti: str, penjelasan: str, oleh
) -> PosAnggaran:
    """What was spent on one line. Refuses an amount without receipt, and one above plan without explanation."""
    perlu_hak(oleh, SPJ, "Realisasi anggaran dicatat oleh bendahara.")
    segar = pegang(s, versi=None, dari=(S.TERLAKSANA, S.LAPORAN))
    lama = _milik(PosAnggaran, segar, pos.pk)["realisasi"]
    _tulis(pos, bersih({"realisasi": realisasi, "bukti": bukti, "penjelasan": penjelasan}))
    ubah = {"realisasi": (str(lama if lama is not None else ""), str(realisasi))}
    catat("ppid.sosialisasi_isi", segar, oleh=oleh, kalimat=f"Mencatat realisasi: {pos.uraian}", perubahan=ubah)
    return pos


@transaction.atomic
def unggah_materi(s: Sosialisasi, *, judul: str, narasumber: Narasumber | None, berkas: Lampiran, oleh) -> Materi:
    """Keep a file of the event, sealed and for the office only until it is published."""
    perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    segar = pegang(s, versi=None, dari=[st for st in S.values if st not in (S.BATAL, S.SPJ)])
    if narasumber and narasumber.sosialisasi_id != segar.pk:
        raise Refused("Narasumber itu bukan dari sosialisasi ini.")
    sidik = sha256(berkas.isi).hexdigest()
    m = Materi(sosialisasi=segar, judul=bersih({"judul": judul})["judul"], narasumber=narasumber, sha256=sidik,
               tipe=berkas.jenis, oleh=oleh)  # fmt: skip
    m.berkas.save(f"{sidik}.{berkas.jenis}", ContentFile(berkas.isi), save=False)
    m.save()
    catat("ppid.sosialisasi_isi", segar, oleh=oleh, kalimat=f"Mengunggah materi {m.judul}, sidik {sidik[:16]}")
    return m


@transaction.atomic
def ubah_terbit(s: Sosialisasi, materi: Materi, *, terbit: bool, oleh) -> Materi:
    """Put a material on the public page, or take it off again.

    Refuses the material of a speaker who did not allow it, and one of an event that has no date yet.
    """
    perlu_hak(oleh, TERBITKAN, "Materi diterbitkan oleh PPID.")
    segar = pegang(s, versi=None, dari=[st for st in S.values if st != S.BATAL])
    m = segar.materi.select_for_update(of=("self",)).select_related("narasumber").get(pk=materi.pk)
    if terbit and segar.tanggal is None:
        raise Refused("Materi diterbitkan sesudah tanggal sosialisasi disetujui.")
    if terbit and m.narasumber and not m.narasumber.izin_materi:
        raise Refused(f"{m.narasumber} belum mengizinkan materinya diterbitkan. Catat izinnya lebih dahulu.")
    m.terbit = terbit
    m.save(update_fields=["terbit"])
    kalimat = f"{'Menerbitkan' if terbit else 'Menarik'} materi {m.judul}"
    catat("ppid.sosialisasi_isi", segar, oleh=oleh, kalimat=kalimat)
    return m


def baca_materi(m: Materi) -> bytes:
    """The sealed bytes. Refuses when they are gone or are no longer those that were sealed."""
    try:
        with m.berkas.open("rb") as berkas:
            isi = berkas.read()
    except FileNotFoundError as galat:
        raise Refused("Berkas ini tidak ditemukan di penyimpanan. Sampaikan kepada petugas layanan.") from galat
    if sha256(isi).hexdigest() != m.sha256:
        raise Refused("Isi berkas ini tidak lagi sama dengan yang disegel. Sampaikan kepada petugas layanan.")
    return isi


@transaction.atomic
def simpan_evaluasi(
    s: Sosialisasi, *, angka: Mapping[int, Mapping[str, int]], ringkasan: str, saran: str, versi: int, oleh
) -> Sosialisasi:
    """Counts of each answer per question (by its key), and what follows from them.

    Refuses a question of another event and more answers than people who came.
    """
    perlu_hak(oleh, KELOLA, _BUKAN_PPID)
    segar = pegang(s, versi=versi, dari=(S.TERLAKSANA,))
    butir = {b.pk: b for b in segar.evaluasi.select_for_update()}
    if angka.keys() - butir.keys():
        raise Refused("Pertanyaan itu bukan dari lembar evaluasi ini. Muat ulang halamannya.")
    ubah: dict[str, tuple[Any, Any]] = {}
    for pk, jawaban in angka.items():
        b, lama = butir[pk], _angka(butir[pk])
        for nama in ButirEvaluasi.JAWABAN:
            setattr(b, nama, jawaban[nama])
        if b.jumlah > segar.jumlah_hadir:
            raise Refused(f"Jawaban nomor {b.urut} berjumlah {b.jumlah}, pesertanya {segar.jumlah_hadir}. Periksa.")
        b.save()
        if lama != _angka(b):
            ubah[f"nomor {b.urut}"] = (lama, _angka(b))
    isi = bersih({"ringkasan_evaluasi": ringkasan, "saran": saran})
    ubah |= {k: (getattr(segar, k), v) for k, v in isi.items() if getattr(segar, k) != v}
    segar.ringkasan_evaluasi, segar.saran, segar.versi = isi["ringkasan_evaluasi"], isi["saran"], segar.versi + 1
    segar.save()
    catat("ppid.sosialisasi_evaluasi", segar, oleh=oleh, kalimat="Mencatat evaluasi", perubahan=ubah)
    return segar


def _angka(b: ButirEvaluasi) -> str:
    return ", ".join(str(getattr(b, nama)) for nama in ButirEvaluasi.JAWABAN)


@transaction.atomic
def jadwalkan_koordinasi(s: Sosialisasi, rapat: Rapat, *, peserta: Sequence | None = None, oleh) -> Rapat:
    """Call a coordination meeting about *s* with whom the date was put to. Refuses before that question was asked."""
    segar = pegang(s, versi=None, dari=(S.KOORDINASI,))
    k = segar.koordinasi_terakhir
    rapat.jenis, rapat.subjek_label, rapat.subjek_id = Rapat.Jenis.KOORDINASI, s._meta.label_lower, str(s.pk)
    rapat = rapat_kantor.jadwalkan(rapat, peserta=peserta or ([k.kepada] if k else []), by=oleh)
    catat("ppid.sosialisasi_rapat", segar, oleh=oleh, kalimat=f"Menjadwalkan rapat koordinasi {rapat.hari_tanggal}")
    return rapat
