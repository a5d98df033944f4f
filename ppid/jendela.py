"""Which grounds of Pasal 35 a file itself gives, and from when to when one may object or go to the Komisi Informasi.

Everything is counted from the file's own dates on the calendar of today. Assumptions, shown where they decide: the
day on which the answer went out counts as the day it was received; that nothing was answered is found on the day
after the last day of the answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kpupalu.kalender.hitung import hitung
from kpupalu.kalender.kalender import baca_kalender
from kpupalu.kalender.models import AturanTenggat, TenggatBerjalan, aturan_berlaku
from ppid import tenggat_permohonan as jam
from ppid.models import Butir, Jawaban, Keberatan, Permohonan
from ppid.tenggat import KODE, REGULER, TAHAPAN

H, S = Butir.Hasil, Permohonan.Status
_BERI_TAHU = (Jawaban.Jenis.PEMBERITAHUAN, Jawaban.Jenis.SUSULAN)


@dataclass(frozen=True, slots=True)
class Waktu:
    """One term counted but not running: its rule, day 0, last day, every day of the way, whether it may move yet."""

    aturan: AturanTenggat
    mulai: date
    tanggal: date
    hari: list[dict[str, Any]]
    sementara: bool

    @property
    def hari_ke_1(self) -> date:
        """The first day that counts."""
        return next((h["tanggal"] for h in self.hari if h["dihitung"]), self.tanggal)


def hitung_waktu(kode: str, mulai: date) -> Waktu:
    """The term of rule *kode* from the event on *mulai*, on the calendar as it is now."""
    aturan = aturan_berlaku(kode, pada=mulai)
    syarat = aturan.syarat()
    kalender = baca_kalender(*syarat.rentang(mulai))
    hasil = hitung(syarat, mulai, kalender.libur)
    hari, ke = [], 0
    for h in hasil.penjelasan:
        ke += h.dihitung
        hari.append({"tanggal": h.tanggal, "dihitung": h.dihitung, "sebab": h.sebab, "ke": ke if h.dihitung else None})
    return Waktu(aturan, mulai, hasil.tanggal, hari, kalender.sementara(syarat, hasil))


@dataclass(frozen=True, slots=True)
class Alasan:
    """One ground that the file gives: its letter, the fact in the office's words, and the day it was found."""

    huruf: str
    fakta: str
    ditemukan: date


def rezim(butir: Iterable[Butir]) -> str:
    """*tahapan* when one of *butir* follows the short clock, for one answer goes out: the shortest governs."""
    return TAHAPAN if any(b.tahapan for b in butir) else REGULER


def dijawab(permohonan: Permohonan, pada: date) -> date | None:
    """The day of the last answer that had gone out by *pada*, a later one included; None while there was none."""
    kirim = permohonan.jawaban.filter(jenis__in=_BERI_TAHU, dikirim_pada__lte=pada).order_by("-dikirim_pada").first()
    if kirim:
        return kirim.dikirim_pada
    hari = permohonan.dijawab_pada
    return hari if hari and hari <= pada else None


def lewat_tanpa_jawaban(permohonan: Permohonan, pada: date) -> date | None:
    """The day on which it was found that nothing was answered in time, if that had happened by *pada*."""
    T = TenggatBerjalan.Status
    semua = [
        t.tanggal
        for t in jam.semua(permohonan).filter(aturan__kode__in=jam.JAWAB.values())
        if t.status == T.BERJALAN or (t.status == T.SELESAI and t.ditutup_tanggal and t.ditutup_tanggal > t.tanggal)
    ]
    lewat = [tanggal for tanggal in semua if tanggal < pada]
    return min(lewat) + timedelta(days=1) if lewat else None


def dasar(permohonan: Permohonan, pada: date) -> date | None:
    """Day 0 of objecting on *pada*: the answer, the lapsed term, or the end without answer; None before any."""
    if jawab := dijawab(permohonan, pada):
        return jawab
    selesai = permohonan.selesai_pada
    if permohonan.status == S.TIDAK_DAPAT_DIPROSES and selesai and selesai <= pada:
        return selesai
    return lewat_tanpa_jawaban(permohonan, pada)


def alasan_berkas(permohonan: Permohonan, pada: date, butir: Iterable[Butir] | None = None) -> list[Alasan]:
    """The grounds that the dates and decisions of *permohonan* give on *pada*, in the order of their letters.

    Grounds b and f are the applicant's own view; no date of the file shows them, so they are never among these.
    """
    hari = dasar(permohonan, pada)
    if hari is None or permohonan.status == S.DICABUT:
        return []
    semua = list(permohonan.butir.order_by("urut") if butir is None else butir)
    if dijawab(permohonan, pada):
        hasil = _menurut_butir(semua, hari)
        if lewat_tanpa_jawaban(permohonan, hari):
            hasil.append(Alasan("g", "Jawaban dikirim sesudah hari terakhir lewat.", hari))
        return hasil
    if permohonan.status == S.TIDAK_DAPAT_DIPROSES:
        return [Alasan("e", "Permohonan dinyatakan tidak dapat diproses.", hari)]
    return [Alasan("c", "Sampai hari terakhir lewat, permohonan belum dijawab.", hari)]


_MENURUT_HASIL = {
    "a": (Butir.DITOLAK, "ditolak."),
    "d": ((H.SEBAGIAN,), "hanya diberikan sebagian."),
    "e": ((H.TIDAK_DIKUASAI, H.BELUM_ADA, H.TIDAK_DIPROSES), "tidak dipenuhi."),
}


def _menurut_butir(semua: list[Butir], hari: date) -> list[Alasan]:
    hasil = []
    for huruf, (keputusan, kata) in _MENURUT_HASIL.items():
        if nomor := [str(b.urut) for b in semua if b.hasil in keputusan]:
            hasil.append(Alasan(huruf, f"Butir {', '.join(nomor)} {kata}", hari))
    return hasil


def hari_ditemukan(permohonan: Permohonan, alasan: str, pada: date) -> date:
    """Day 0 of the filing term for the letters *alasan* of an objection received on *pada*.

    Ground b (periodic information is not there) goes on every day, so it is found on the day of the objection.
    """
    hari = dasar(permohonan, pada)
    return pada if hari is None or alasan == "b" else hari


def jendela_keberatan(permohonan: Permohonan, pada: date) -> Waktu | None:
    """From when to when one may object to *permohonan*, as it stands on *pada*; None before there is a ground."""
    hari = dasar(permohonan, pada)
    if hari is None or permohonan.status == S.DICABUT:
        return None
    return hitung_waktu(KODE[rezim(permohonan.butir.all())]["ajukan_keberatan"], hari)


def jendela_sengketa(keberatan: Keberatan, pada: date) -> tuple[date, Waktu] | None:
    """``(first day, term)`` in which the applicant may go to the Komisi Informasi; None while that is not open.

    It opens with the answer of the superior or when the time of the answer has lapsed, whichever is earlier; who was
    answered later has the whole term from then.
    """
    jawab = keberatan.ditanggapi_pada
    if keberatan.status == Keberatan.Status.DICABUT or (jawab is None and keberatan.batas >= pada):
        return None
    kode = KODE[TAHAPAN if keberatan.tahapan else REGULER]["sengketa"]
    buka = hitung_waktu(kode, min(jawab or keberatan.batas, keberatan.batas))
    return buka.hari_ke_1, hitung_waktu(kode, jawab or keberatan.batas)
