"""A recap as the doctor reads it: areas in a tree, and every stated figure in one flat table of cells."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

JK = ("laki_laki", "perempuan", "total")
LABEL_JK = {"laki_laki": "laki-laki", "perempuan": "perempuan", "total": "jumlah"}
TINGKAT = ("kota", "kecamatan", "kelurahan", "tps")
MUTASI = ("masuk", "keluar", "koreksi")
LABEL_KOLOM = {
    "sebelumnya": "pemilih sebelumnya",
    "baru": "pemilih baru",
    "tms": "TMS",
    "ubah": "perbaikan data",
    "masuk": "mutasi masuk",
    "keluar": "mutasi keluar",
    "koreksi": "koreksi jenis kelamin",
    "sekarang": "pemilih sekarang",
    "tercatat": "jumlah pemilih yang ditulis pada baris wilayah",
    "reguler": "pemilih reguler",
    "loksus": "pemilih lokasi khusus",
    "perubahan": "baris perubahan",
    "dpt": "daftar dasar",
    "semester": "pemilih semester",
    "jumlah_kecamatan": "jumlah kecamatan",
    "jumlah_kelurahan": "jumlah kelurahan",
    "jumlah_tps": "jumlah TPS",
    "jumlah_tps_reguler": "jumlah TPS reguler",
    "jumlah_tps_loksus": "jumlah TPS lokasi khusus",
}


class Sel(NamedTuple):
    """The address of one figure: number of the area in its document, column, sex or total.

    A reason or category is a column of its own, ``tms/meninggal``.
    """

    wilayah: int
    kolom: str
    jk: str


@dataclass(slots=True)
class Wilayah:
    """One row of a recap. *induk* is None only for the whole; *jenis* tells a TPS ``loksus`` from the others."""

    nomor: int
    nama: str
    kode: str
    tingkat: str
    induk: int | None
    jenis: str = ""
    anak: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Periode:
    """Which period a recap says it is; what it does not say is None."""

    label: str = ""
    tahun: int | None = None
    triwulan: int | None = None
    bulan: int | None = None
    semester: int | None = None

    @property
    def urutan(self) -> tuple[str, int] | None:
        """Kind and running number, so that the next period has the next number; None when it is not stated."""
        if self.tahun is None:
            return None
        if self.triwulan:
            return ("triwulan", self.tahun * 4 + self.triwulan - 1)
        if self.bulan and not self.semester:
            return ("bulan", self.tahun * 12 + self.bulan - 1)
        return None


@dataclass
class Dokumen:
    """One recap. ``wilayah[0]`` is the whole; what is not a key of ``angka`` is not stated.

    Filled once by its reader, then only read.
    """

    kode_wilayah: str = ""
    periode: Periode = field(default_factory=Periode)
    wilayah: list[Wilayah] = field(default_factory=list)
    angka: dict[Sel, int] = field(default_factory=dict)
    kata: list[tuple[Sel, str]] = field(default_factory=list)
    sebelum: "Dokumen | None" = None
    sidalih: "Dokumen | None" = None

    @cached_property
    def kolom(self) -> dict[int, list[str]]:
        """The columns that each area states, counts of areas left out."""
        hasil: dict[int, dict[str, None]] = {w.nomor: {} for w in self.wilayah}
        for sel in self.angka:
            if not sel.kolom.startswith("jumlah_"):
                hasil[sel.wilayah].setdefault(sel.kolom)
        return {nomor: list(kolom) for nomor, kolom in hasil.items()}

    @cached_property
    def _nama(self) -> Counter[str]:
        return Counter(w.nama for w in self.wilayah)

    def rincian(self, nomor: int, kolom: str) -> list[str]:
        """The reasons or categories that area *nomor* states for *kolom*, as columns."""
        return [k for k in self.kolom[nomor] if k.startswith(f"{kolom}/")]

    def sebut(self, nomor: int) -> str:
        """The area as findings name it: empty for the whole, its name, its code where the name is not unique."""
        satu = self.wilayah[nomor]
        if satu.induk is None:
            return ""
        if self._nama[satu.nama] > 1 or not satu.nama:
            return satu.kode or f"{satu.nama} {self.sebut(satu.induk)}".strip()
        return satu.nama

    def label(self, nomor: int) -> str:
        """The area as a sentence names it: ``Kec. Tatanga``, ``TPS 003 Kel. Talise``, ``seluruh wilayah``."""
        satu = self.wilayah[nomor]
        if satu.induk is None:
            return "seluruh wilayah"
        nama = satu.nama or satu.kode
        if satu.tingkat == "tps":
            atas = self.wilayah[satu.induk]
            return f"{nama} {self.label(satu.induk)}" if atas.induk is not None else nama
        awalan = {"kecamatan": "Kec. ", "kelurahan": "Kel. "}.get(satu.tingkat, "")
        return nama if nama.lower().startswith(("kec", "kel", "desa")) else f"{awalan}{nama}"


def label_kolom(kolom: str) -> str:
    """The column in words: ``TMS (meninggal)``."""
    pokok, _, sebab = kolom.partition("/")
    if pokok in ("usia", "disabilitas"):
        return f"{'kelompok usia' if pokok == 'usia' else 'disabilitas'} {sebab.replace('_', ' ')}"
    kata = LABEL_KOLOM.get(pokok, pokok)
    return f"{kata} ({sebab.replace('_', ' ')})" if sebab else kata


def label_sel(dok: Dokumen, sel: Sel) -> str:
    """One figure in words: ``pemilih baru perempuan di Kec. Tatanga``."""
    jk = "" if sel.jk == "total" else f" {LABEL_JK[sel.jk]}"
    return f"{label_kolom(sel.kolom)}{jk} di {dok.label(sel.wilayah)}"
