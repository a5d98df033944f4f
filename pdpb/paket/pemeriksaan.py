"""Checking a package that came from anywhere: nothing is unpacked to disk, and no database is needed.

First the directory of the archive is judged: how many entries, how large, how named. Only then are the files read, in
pieces, each counted against what the directory promises, so that an archive that swells or lies stops early.
"""

import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from pdpb.paket.manifes import DAFTAR, MANIFES, Entri, TidakTerbaca, baca_daftar, baca_manifes, jalur_aman

MAKS_ISI = 5_000
MAKS_TOTAL = 4 * 1024**3
MAKS_MANIFES = 8 * 1024**2
MAKS_RASIO = 200
MAKS_NASKAH = 64 * 1024**2
_POTONG = 1 << 20
_RUSAK = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class BukanPaket(Exception):
    """The file is no archive at all, or cannot be read; the message is one Indonesian sentence."""


class Temuan(NamedTuple):
    """One thing that is wrong: a stable code, the path it is about ("" for the whole), one sentence."""

    kode: str
    jalur: str
    pesan: str


@dataclass(slots=True)
class HasilPaket:
    """What a check found. ``naskah`` holds the signed documents that were read, for whoever can judge them."""

    sidik_manifes: str = ""
    kepala: dict[str, Any] = field(default_factory=dict)
    jumlah: int = 0
    temuan: list[Temuan] = field(default_factory=list)

    def catat(self, kode: str, jalur: str, pesan: str) -> None:
        """Add one finding; of a path only what is fit to print is kept."""
        self.temuan.append(Temuan(kode, ascii(jalur)[1:-1][:200], pesan))

    @property
    def utuh(self) -> bool:
        """Whether nothing was found."""
        return not self.temuan


Nilai = Callable[[Entri, bytes], str]
"""Judges the bytes of one signed document: "" when it is good, else what is wrong in one sentence."""


def periksa_paket(jalur: Path, *, nilai: Nilai | None = None) -> HasilPaket:
    """Check the archive at *jalur* against its own manifest; *nilai* is asked about every signed document.

    Raises BukanPaket for what is no ZIP. Everything else is a finding: a package without a manifest too.
    """
    hasil = HasilPaket()
    try:
        arsip = zipfile.ZipFile(jalur)
    except OSError as galat:
        raise BukanPaket(f"Berkas {jalur.name} tidak dapat dibaca.") from galat
    except _RUSAK as galat:
        raise BukanPaket(f"Berkas {jalur.name} bukan arsip ZIP yang utuh.") from galat
    with arsip:
        if _daftar_isi_wajar(arsip, hasil):
            _periksa_manifes(arsip, hasil, nilai)
    return hasil


def _daftar_isi_wajar(arsip: zipfile.ZipFile, hasil: HasilPaket) -> bool:
    """Whether the directory may be trusted enough to read the files; every reason against it is a finding."""
    isi = arsip.infolist()
    if min((i.header_offset for i in isi), default=0) or arsip.comment or _ekor(arsip):
        hasil.catat("bita_lain", "", "Arsip memuat bita di luar berkas-berkasnya.")
    if len(isi) > MAKS_ISI:
        hasil.catat("terlalu_banyak", "", f"Arsip memuat {len(isi)} berkas, batasnya {MAKS_ISI}.")
    if sum(i.file_size for i in isi) > MAKS_TOTAL:
        hasil.catat("terlalu_besar", "", "Isi arsip lebih besar dari 4 GB.")
    if arsip.fp is not None and sum(i.compress_size for i in isi) > arsip.fp.seek(0, 2):
        hasil.catat("bertumpuk", "", "Berkas-berkas di dalam arsip memakai bita yang sama.")
    for nama, jumlah in Counter(i.filename for i in isi).items():
        if jumlah > 1:
            hasil.catat("nama_ganda", nama, f"Nama berkas ini ada {jumlah} kali di dalam arsip.")
    for satu in isi:
        # What stands in the archive; ``filename`` was cut at a zero byte.
        if not jalur_aman(satu.orig_filename):
            hasil.catat(
                "nama_berbahaya", satu.orig_filename, "Nama berkas ini keluar dari folder paket atau tidak wajar."
            )
        if satu.flag_bits & 1:
            hasil.catat("terkunci", satu.filename, "Berkas ini terkunci kata sandi.")
        if satu.file_size > _POTONG and satu.file_size > MAKS_RASIO * max(satu.compress_size, 1):
            hasil.catat("membengkak", satu.filename, f"Berkas ini membengkak lebih dari {MAKS_RASIO} kali.")
    return hasil.utuh


def _ekor(arsip: zipfile.ZipFile) -> bool:
    """Whether anything follows the end record of the archive, which this class would not show."""
    berkas = arsip.fp
    if berkas is None:
        return False
    berkas.seek(0, 2)
    berkas.seek(max(berkas.tell() - 22, 0))
    return not berkas.read(4).startswith(b"PK\x05\x06")


def _periksa_manifes(arsip: zipfile.ZipFile, hasil: HasilPaket, nilai: Nilai | None) -> None:
    ada = {i.filename: i for i in arsip.infolist()}
    for nama in (MANIFES, DAFTAR):
        if nama not in ada or ada[nama].file_size > MAKS_MANIFES:
            hasil.catat(
                "manifes", nama, "Manifes ini tidak ada atau terlalu besar, sehingga isi paket tidak diperiksa."
            )
    if not hasil.utuh:
        return
    try:
        manifes, daftar = arsip.read(MANIFES), arsip.read(DAFTAR)
        hasil.sidik_manifes = sha256(daftar).hexdigest()
        sidik = baca_daftar(daftar)
        hasil.kepala, berkas = baca_manifes(manifes)
    except (*_RUSAK, OSError):
        hasil.catat("manifes", "", "Manifes tidak terbaca karena arsip rusak.")
        return
    except TidakTerbaca as galat:
        hasil.catat("manifes", "", str(galat))
        return
    hasil.jumlah = len(berkas)
    if sidik != {e.jalur: e.sha256 for e in berkas.values()} | {MANIFES: sha256(manifes).hexdigest()}:
        hasil.catat("manifes_berbeda", "", f"{MANIFES} dan {DAFTAR} menyebut berkas atau sidik yang berbeda.")
    for nama in sorted(berkas.keys() - ada.keys()):
        hasil.catat("hilang", nama, "Berkas ini disebut manifes, tetapi tidak ada di dalam arsip.")
    for nama in sorted(ada.keys() - berkas.keys() - {MANIFES, DAFTAR}):
        hasil.catat("tambahan", nama, "Berkas ini tidak disebut manifes.")
    for nama in sorted(berkas.keys() & ada.keys()):
        _periksa_berkas(arsip, ada[nama], berkas[nama], hasil, nilai)


def _periksa_berkas(
    arsip: zipfile.ZipFile, butir: zipfile.ZipInfo, entri: Entri, hasil: HasilPaket, nilai: Nilai | None
) -> None:
    """One file against its line of the manifest; a signed document that is unchanged is handed to *nilai*."""
    simpan = nilai is not None and entri.keterangan.get("ditandatangani") is True and butir.file_size <= MAKS_NASKAH
    hitung, bita, isi = sha256(), 0, bytearray()
    try:
        with arsip.open(butir) as sumber:
            while potong := sumber.read(_POTONG):
                bita += len(potong)
                hitung.update(potong)
                if simpan:
                    isi += potong
    except (*_RUSAK, OSError):
        hasil.catat("berubah", entri.jalur, "Berkas ini rusak di dalam arsip.")
        return
    if bita != entri.bita or hitung.hexdigest() != entri.sha256:
        hasil.catat("berubah", entri.jalur, "Isi berkas ini tidak sama dengan sidiknya pada manifes.")
    elif nilai is not None and simpan and (kalimat := nilai(entri, bytes(isi))):
        hasil.catat("naskah", entri.jalur, kalimat)
