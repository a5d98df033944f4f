"""What does not fit at an event: its date and the coordination with PPID KPU RI that must come before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kpupalu.lib.kata import tanggal_panjang
from kpupalu.rapat.models import Rapat
from ppid.models import Sosialisasi


@dataclass(frozen=True, slots=True)
class TemuanSosialisasi:
    """One thing that does not fit, as a sentence that says what to do."""

    sosialisasi: Sosialisasi
    kalimat: str


def temuan(semua: Iterable[Sosialisasi] | None = None) -> list[TemuanSosialisasi]:
    """Every living event (or those of *semua*) with a date and no coordination letter before it, one sentence each.

    The acts refuse to fix such a date; what remains is a letter withdrawn afterwards, or a meeting that stands on
    another day than the one agreed on.
    """
    if semua is None:
        baris = Sosialisasi.objects.filter(status__in=Sosialisasi.BERTANGGAL).order_by("tanggal", "pk")
        semua = baris.select_related("koordinasi__surat__naskah", "rapat")
    return [TemuanSosialisasi(s, kalimat) for s in semua if (kalimat := _satu(s))]


def _satu(s: Sosialisasi) -> str:
    if s.tanggal is None or s.koordinasi is None or s.status not in Sosialisasi.BERTANGGAL:
        return ""
    tanggal: date = s.rapat.tanggal if s.rapat else s.tanggal
    _, surat = s.koordinasi.surat_kini()
    if surat is None:
        return "Surat koordinasi dengan PPID KPU RI tidak berlaku lagi. Koordinasikan kembali tanggalnya."
    if tanggal < surat:
        return (
            f"Tanggal {tanggal_panjang(tanggal)} mendahului surat koordinasi tanggal {tanggal_panjang(surat)}. "
            "Jadwalkan ulang sesudah koordinasi."
        )
    if tanggal != s.tanggal:
        return f"Rapatnya pada {tanggal_panjang(tanggal)}, yang disepakati {tanggal_panjang(s.tanggal)}. Samakan."
    if s.rapat and s.status in Sosialisasi.TERJADWAL and s.rapat.status in (R.DITUNDA, R.DIBATALKAN):
        return f"Rapatnya {s.rapat.get_status_display().lower()}. Jadwalkan ulang atau batalkan sosialisasinya."
    return ""


R = Rapat.Status
