"""What the report of an event prints, as plain JSON, and what keeps it from being printed."""

from datetime import date
from decimal import Decimal
from typing import Any

from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.rapat.documents import kehadiran
from kpupalu.surat.documents import paragraf
from ppid.models import Narasumber, Sosialisasi


def rupiah(jumlah: Decimal | None) -> str:
    """``Rp1.250.000``; cents only where there are some; a dash for nothing recorded."""
    if jumlah is None:
        return "–"
    utuh, sen = divmod(int(jumlah * 100), 100)
    return f"Rp{ribuan(utuh)}" + (f",{sen:02d}" if sen else "")


def jumlah_anggaran(s: Sosialisasi) -> tuple[Decimal, Decimal | None]:
    """Sum of the plan and of what was spent; None as long as one line lacks its amount."""
    pos = list(s.anggaran.all())
    nyata = [p.realisasi for p in pos if p.realisasi is not None]
    return sum((p.rencana for p in pos), Decimal()), (sum(nyata, Decimal()) if pos and len(nyata) == len(pos) else None)


def kurang_untuk_laporan(s: Sosialisasi) -> list[str]:
    """Each part of the report that is missing, as a sentence; an empty list allows it."""
    hasil: list[str] = []
    if s.rapat is None or getattr(s.rapat, "notulen", None) is None:
        hasil.append("Susun notula pada rapatnya.")
    if not any(b.jumlah for b in s.evaluasi.all()):
        hasil.append("Isi jumlah jawaban lembar evaluasi.")
    if not s.ringkasan_evaluasi:
        hasil.append("Tuliskan ringkasan evaluasi.")
    return hasil


def isi_laporan(s: Sosialisasi, tanggal: date) -> dict[str, Any]:
    """All that the report prints. Refuses one without meeting or coordination; ask ``kurang_untuk_laporan`` first."""
    if s.rapat is None or s.koordinasi is None:
        raise Refused("Sosialisasi ini belum dikoordinasikan dan disetujui, sehingga belum dapat dilaporkan.")
    nomor, hari_surat = s.koordinasi.surat_nomor, s.koordinasi.surat_tanggal
    notulen = s.rapat.notulen  # type: ignore[attr-defined]
    rencana, nyata = jumlah_anggaran(s)
    return {
        "judul": f"Laporan {s.judul}"[:300],
        "kota": "Palu",
        "tanggal_laporan": tanggal_panjang(tanggal),
        "fakta": [
            ["Kegiatan", s.judul], ["Peraturan", s.dasar], ["Tujuan", s.tujuan], ["Sasaran", s.sasaran],
            ["Hari, tanggal", s.rapat.hari_tanggal], ["Pukul", s.rapat.pukul], ["Tempat", s.rapat.tempat],
            ["Surat koordinasi PPID KPU RI", f"{nomor}, {tanggal_panjang(hari_surat) if hari_surat else '-'}"],
            ["Jawaban", _jawaban(s)],
            ["Peserta", f"{s.jumlah_hadir} orang ({s.hadir_laki} laki-laki, {s.hadir_perempuan} perempuan)"],
        ],
        "narasumber": [[n.lembaga, n.nama or "-", n.topik] for n in _hadir(s)],
        **kehadiran(s.rapat),
        "jalannya": paragraf(notulen.jalannya),
        "kesepakatan": [b.strip() for b in notulen.kesepakatan.splitlines() if b.strip()],
        "evaluasi": [
            [b.urut, b.pertanyaan, b.sangat_baik, b.baik, b.cukup, b.kurang,
             "-" if b.positif is None else f"{b.positif} persen"]
            for b in s.evaluasi.all()
        ],
        "ringkasan": paragraf(s.ringkasan_evaluasi),
        "saran": paragraf(s.saran),
        "anggaran": [[p.uraian, p.akun or "-", rupiah(p.rencana), rupiah(p.realisasi)] for p in s.anggaran.all()],
        "jumlah": [rupiah(rencana), rupiah(nyata)],
        "materi": [[m.judul, m.sha256, "Diterbitkan" if m.terbit else "Arsip kantor"] for m in s.materi.all()],
    }  # fmt: skip


def _hadir(s: Sosialisasi):
    return s.narasumber.filter(kesediaan=Narasumber.Kesediaan.BERSEDIA)


def _jawaban(s: Sosialisasi) -> str:
    k = s.koordinasi
    if k is None or k.jawaban_tanggal is None:
        return "-"
    nomor = f" nomor {k.jawaban_nomor}" if k.jawaban_nomor else ""
    return f"{k.get_melalui_display()}{nomor}, {tanggal_panjang(k.jawaban_tanggal)}"
