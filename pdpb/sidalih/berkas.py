"""Reading what comes out of SIDALIH: a full list of one or more kelurahan, or an answer to uploaded rows.

A full list may hold the whole city; only rows that concern our sheets are kept, the others are counted.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from kpupalu.imports import baca as tabel
from kpupalu.imports.berkas import tempat
from kpupalu.imports.kolom import kunci_judul
from kpupalu.imports.models import BerkasMasuk
from kpupalu.lib import Refused
from pdpb.impor import panggung
from pdpb.impor.kolom import kenali_kolom, nilai_kepala
from pdpb.models import BerkasSidalih

HASIL = frozenset({"HASIL", "HASILUNGGAH", "STATUSUNGGAH", "STATUSUPLOAD", "RESULT", "HASILUPLOAD", "STATUSDATA"})
PESAN = frozenset({"PESAN", "ALASAN", "ERROR", "PESANERROR", "MESSAGE", "KETERANGANGAGAL", "CATATAN", "PESANGALAT"})
"""Headings (as ``kunci_judul`` writes them) of what SIDALIH says to an uploaded row; assumed, see the guide."""
_KELUAR = frozenset({"TMS", "TIDAKMEMENUHISYARAT", "HAPUS", "DIHAPUS", "NONAKTIF", "TIDAKAKTIF"})
_DIGIT = re.compile(r"\D")
_LAPOR = 5_000
Lapor = Callable[[int, int, str], None]


@dataclass(slots=True)
class BarisMasuk:
    """One row of SIDALIH that may be one of ours: its line, its area, whether it is active there, its cells."""

    nomor: int
    kelurahan: str | None
    aktif: bool
    sel: dict[str, str]


@dataclass(slots=True)
class Isi:
    """What a file held: rows of ours, how many active voters per (kelurahan, sex), and what could not be placed."""

    dibaca: int = 0
    kolom: frozenset[str] = frozenset()
    baris: list[BarisMasuk] = field(default_factory=list)
    rekap: Counter[tuple[str, str]] = field(default_factory=Counter)
    kelurahan: set[str] = field(default_factory=set)
    tanpa_tempat: int = 0
    tanpa_kelamin: int = 0


def baca(
    masuk: BerkasMasuk, jenis: str, *, dpid: Collection[str], nik: Collection[str], kode_tms: Collection[str],
    lapor: Lapor = lambda *_: None,
) -> Isi:  # fmt: skip
    """Read the sealed file *masuk*, keeping the rows with one of *dpid* or *nik*; memory grows with those alone.

    Refuses a file without the columns its kind needs, and everything the reader of received tables refuses.
    """
    isi_tabel = tabel.buka(tempat(masuk), masuk.nama, kenal=nilai_kepala, sudah_diperiksa=True)
    letak = _letak(isi_tabel.kepala, jenis, masuk.nama)
    hasil, tempat_ = Isi(kolom=frozenset(letak)), _Tempat()
    for baris in isi_tabel.baris():
        hasil.dibaca += 1
        if hasil.dibaca % _LAPOR == 0:
            lapor(hasil.dibaca, 0, f"Membaca {masuk.nama}")
        sel = {kolom: tabel.bersih(baris.sel[n]) for kolom, n in letak.items()}
        for kolom in ("nik", "nkk"):
            sel[kolom] = _DIGIT.sub("", sel.get(kolom, ""))
        sel.setdefault("dpid", "")
        kelurahan = tempat_(sel)
        aktif = not _keluar(sel, kode_tms)
        if jenis == BerkasSidalih.Jenis.DAFTAR:
            _hitung(hasil, sel, kelurahan, aktif=aktif)
        if (sel["dpid"] and sel["dpid"] in dpid) or (sel["nik"] and sel["nik"] in nik):
            hasil.baris.append(BarisMasuk(baris.nomor, kelurahan, aktif, sel))
    if not hasil.dibaca:
        raise Refused(f"Berkas {masuk.nama} tidak memuat satu baris pun di bawah judulnya. Unduh lagi dari SIDALIH.")
    if jenis == BerkasSidalih.Jenis.DAFTAR and not hasil.kelurahan:
        raise Refused(f"Tidak satu pun baris berkas {masuk.nama} menyebut kelurahan yang dikenal. Periksa isinya.")
    return hasil


def _letak(kepala: list[str], jenis: str, nama: str) -> dict[str, int]:
    letak = {kolom: kepala.index(judul) for kolom, judul in kenali_kolom(kepala).items()}
    for n, judul in enumerate(kepala):
        kunci = kunci_judul(judul)
        if kunci in HASIL:
            letak["hasil"] = n
        elif kunci in PESAN:
            letak["pesan"] = n
    if not letak.keys() & {"nik", "dpid"}:
        raise Refused(f"Berkas {nama} tidak memuat kolom NIK atau DPID, jadi barisnya tidak dapat dicocokkan.")
    if jenis == BerkasSidalih.Jenis.DAFTAR and not (letak.keys() & {"kelurahan", "kel_id"} and "kelamin" in letak):
        raise Refused(f"Berkas {nama} bukan daftar lengkap SIDALIH: kolom KELURAHAN dan KELAMIN harus ada.")
    if jenis == BerkasSidalih.Jenis.JAWABAN and "hasil" not in letak:
        raise Refused(
            f"Berkas {nama} tidak memuat kolom hasil unggah (misalnya HASIL). Bila ini daftar pemilih lengkap, pilih "
            "jenis itu; bila hasilnya hanya tampil di layar, catat pada halaman rekonsiliasi."
        )
    return letak


class _Tempat:
    """Which kelurahan a row names, looked up once per spelling."""

    def __init__(self) -> None:
        self.wilayah = panggung.baca_wilayah()
        self.ingat: dict[tuple[str, str, str], str | None] = {}

    def __call__(self, sel: dict[str, str]) -> str | None:
        kunci = (sel.get("kecamatan", ""), sel.get("kelurahan", ""), sel.get("kel_id", ""))
        if kunci not in self.ingat:
            kecamatan = self.wilayah.kecamatan.get(kunci_judul(re.sub(r"^\s*KEC\w*\.?\s*", "", kunci[0].upper())))
            kode = panggung.kenali_kelurahan(self.wilayah, kunci[1], kecamatan)[0] if kunci[1] else None
            self.ingat[kunci] = kode or self.wilayah.id_sidalih.get(kunci[2])
        return self.ingat[kunci]


def _keluar(sel: dict[str, str], kode_tms: Collection[str]) -> bool:
    """Whether SIDALIH keeps the row only to say that the person is not a voter any more."""
    return kunci_judul(sel.get("status", "")) in _KELUAR or sel.get("keterangan", "").lstrip("0") in kode_tms


def _hitung(hasil: Isi, sel: dict[str, str], kelurahan: str | None, *, aktif: bool) -> None:
    if kelurahan is None:
        hasil.tanpa_tempat += 1
        return
    hasil.kelurahan.add(kelurahan)
    jk = sel["kelamin"][:1].upper()
    if aktif and jk in ("L", "P"):
        hasil.rekap[kelurahan, jk] += 1
    elif aktif:
        hasil.tanpa_kelamin += 1
