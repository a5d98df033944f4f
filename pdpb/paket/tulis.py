"""Writing the archive: one file after the other, never two in memory, the same plan to the same bytes."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from pdpb.paket.isi import Isi
from pdpb.paket.manifes import DAFTAR, MANIFES, Bagian, Entri, entri, tulis_daftar, tulis_manifes

MAKS_TOTAL = 4 * 1024**3
"""Bytes that a package may hold in all; the server's limit."""
# A ZIP knows no year before 1980 and no zone. Stored, not compressed: PDF, photos and spreadsheets are compressed
# already, and the bytes then do not hang on the version of a compressor.
_SAAT = (1980, 1, 1, 0, 0, 0)
_POTONG = 1 << 20
Lapor = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class Tertulis:
    """What was written: digest and length of the archive, digest of its manifest, how many files it describes."""

    sha256: str
    ukuran: int
    sidik_manifes: str
    jumlah: int


def tulis(isi: Isi, tujuan: Path, lapor: Lapor) -> Tertulis:
    """Write the package of *isi* to *tujuan* and say what it is; *lapor* hears of every file before it is made.

    Refuses what must not be missing, a sealed file that changed on disk, and more than the server holds.
    """
    if isi.wajib:
        raise Refused(f"Paket belum dapat disusun. Yang belum ada: {isi.wajib[0].uraian}")
    berkas: list[Entri] = []
    total = len(isi.bagian)
    with zipfile.ZipFile(tujuan, "w", zipfile.ZIP_STORED) as arsip:
        for nomor, bagian in enumerate(isi.bagian):
            lapor(nomor, total, f"Menulis {bagian.jalur}")
            berkas.append(_tulis_satu(arsip, bagian))
            if (jumlah := sum(e.bita for e in berkas)) > MAKS_TOTAL:
                raise Refused(f"Isi paket melewati {ribuan(MAKS_TOTAL // 1024**3)} GB ({ribuan(jumlah)} bita).")
        lapor(total, total, "Menulis manifes")
        manifes = tulis_manifes(isi.kepala, berkas, isi.boleh_kurang)
        daftar = tulis_daftar(berkas, manifes)
        arsip.writestr(_butir(MANIFES), manifes)
        arsip.writestr(_butir(DAFTAR), daftar)
    return Tertulis(*sidik_berkas(tujuan), sha256(daftar).hexdigest(), len(berkas))


def _butir(jalur: str) -> zipfile.ZipInfo:
    butir = zipfile.ZipInfo(jalur, _SAAT)
    butir.external_attr = 0o100644 << 16
    butir.create_system = 3
    return butir


def _tulis_satu(arsip: zipfile.ZipFile, bagian: Bagian) -> Entri:
    hitung, bita = sha256(), 0
    with arsip.open(_butir(bagian.jalur), "w") as keluar:
        for potong in bagian.isi():
            hitung.update(potong)
            bita += len(potong)
            keluar.write(potong)
    return entri(bagian, bita, hitung.hexdigest())


def sidik_berkas(jalur: Path) -> tuple[str, int]:
    """SHA-256 and length of the file at *jalur*, read in pieces."""
    hitung, ukuran = sha256(), 0
    with jalur.open("rb") as berkas:
        while potong := berkas.read(_POTONG):
            hitung.update(potong)
            ukuran += len(potong)
    return hitung.hexdigest(), ukuran
