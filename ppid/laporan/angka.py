"""What a figure is: a value, its words, and the rows of the register that it was made from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from kpupalu.lib.angka import persen, ribuan

TIDAK_ADA = "–"


@dataclass(frozen=True, slots=True)
class Rujukan:
    """One row behind a figure: its register number, the page of it, what it adds. Never a name."""

    nomor: str
    tautan: str
    keterangan: str = ""


@dataclass(frozen=True, slots=True)
class Angka:
    """One figure. A count (*hitungan*) is exactly the number of its rows; a median or a share is made from them."""

    kode: str
    label: str
    nilai: str
    baris: tuple[Rujukan, ...]
    hitungan: bool = True

    def beku(self) -> dict[str, Any]:
        """The figure as plain JSON."""
        return {
            "kode": self.kode, "label": self.label, "nilai": self.nilai, "hitungan": self.hitungan,
            "baris": [[r.nomor, r.tautan, r.keterangan] for r in self.baris],
        }  # fmt: skip


def jumlah(kode: str, label: str, baris: Iterable[Rujukan]) -> Angka:
    """A count of *baris*."""
    semua = tuple(baris)
    return Angka(kode, label, ribuan(len(semua)), semua)


def hari_rata(kode: str, label: str, hari: Iterable[int], baris: Iterable[Rujukan]) -> Angka:
    """The mean of *hari* to one decimal, or a dash."""
    semua = list(hari)
    nilai = _desimal(Decimal(sum(semua)) / len(semua)) if semua else TIDAK_ADA
    return Angka(kode, label, nilai, tuple(baris), False)


def hari_tengah(kode: str, label: str, hari: Iterable[int], baris: Iterable[Rujukan]) -> Angka:
    """The median of *hari*, or a dash."""
    semua = list(hari)
    return Angka(kode, label, _desimal(Decimal(str(median(semua)))) if semua else TIDAK_ADA, tuple(baris), False)


def bagian_dari(kode: str, label: str, sebagian: Iterable[Rujukan], dari: int) -> Angka:
    """The share of *sebagian* in *dari* as ``12,5 % (1 dari 8)``; its rows are those of the part."""
    semua = tuple(sebagian)
    nilai = f"{persen(len(semua), dari)} ({ribuan(len(semua))} dari {ribuan(dari)})" if dari else TIDAK_ADA
    return Angka(kode, label, nilai, semua, False)


def _desimal(nilai: Decimal) -> str:
    teks = f"{nilai.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}".replace(".", ",")
    return teks.removesuffix(",0")


@dataclass(frozen=True, slots=True)
class Masa:
    """The year that is reported, as of the day *pada*: nothing that came later is counted."""

    tahun: int
    pada: date

    @property
    def mulai(self) -> date:
        """1 January."""
        return date(self.tahun, 1, 1)

    @property
    def akhir(self) -> date:
        """31 December."""
        return date(self.tahun, 12, 31)


@dataclass(frozen=True, slots=True)
class Bagian:
    """One section of the report. *susun* counts it; *grafik*: its counts are drawn as bars."""

    slug: str
    judul: str
    susun: Callable[[Masa], list[Angka]]
    urutan: int
    grafik: bool = False
    urutkan: bool = True


_bagian: dict[str, Bagian] = {}


def daftarkan_bagian(
    slug: str, judul: str, susun: Callable[[Masa], list[Angka]], *, urutan: int = 100, grafik: bool = False,
    urutkan: bool = True,
) -> None:  # fmt: skip
    """Add a section to the yearly report, after those of a lower *urutan*; the same *slug* again replaces it.

    A module that keeps objections or disputes registers its figures from ``ready``. Codes of figures are unique in
    the whole report. *urutkan*: bars by size, else in the order given.
    """
    _bagian[slug] = Bagian(slug, judul, susun, urutan, grafik, urutkan)


def semua_bagian() -> list[Bagian]:
    """Every section in the order of the report."""
    return sorted(_bagian.values(), key=lambda b: (b.urutan, b.slug))


def susun_angka(tahun: int, pada: date) -> list[dict[str, Any]]:
    """All sections of *tahun* as of *pada*, as plain JSON: ``[{slug, judul, grafik, urutkan, angka: [{kode, label,
    nilai, hitungan, baris: [[nomor, tautan, keterangan]]}]}]``."""
    masa = Masa(tahun, pada)
    return [
        {"slug": b.slug, "judul": b.judul, "grafik": b.grafik, "urutkan": b.urutkan,
         "angka": [a.beku() for a in b.susun(masa)]}
        for b in semua_bagian()
    ]  # fmt: skip


def cari_angka(bagian: list[dict[str, Any]], kode: str) -> dict[str, Any] | None:
    """The figure *kode* among the sections, or None."""
    return next((a for b in bagian for a in b["angka"] if a["kode"] == kode), None)
