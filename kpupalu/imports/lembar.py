"""How far a worksheet reaches, found in its XML before a reader reserves one cell for every place in between."""

import re
import zipfile
from pathlib import Path

from kpupalu.imports.batas import MAKS_KOLOM, MB
from kpupalu.lib import Refused

_POTONG = MB
_KECIL = 16 * MB
_LUAS_BEBAS = 500_000
_LUAS_PER_SEL = 4
_RUJUKAN = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,9})([0-9]{1,9})["']""")
_BARIS = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["']([0-9]{1,9})["']""")


def periksa_lembar(path: Path, nama: str) -> None:
    """Refuse a workbook with a sheet whose cells lie so far apart that the places between would fill memory.

    The archive must have passed ``batas.periksa_zip``.
    """
    with zipfile.ZipFile(path) as arsip:
        for isi in arsip.infolist():
            tempat = isi.filename.lower()
            if tempat.startswith("xl/worksheets/") and tempat.endswith(".xml"):
                _periksa(arsip, isi, nama)


def _periksa(arsip: zipfile.ZipFile, isi: zipfile.ZipInfo, nama: str) -> None:
    if isi.file_size <= _KECIL:
        data = arsip.read(isi)
        sel = data.count(b"<c") + data.count(b":c ")
        baris, kolom = _terjauh(data)
        if kolom > MAKS_KOLOM or baris * kolom > max(_LUAS_BEBAS, _LUAS_PER_SEL * sel):
            raise _terlalu_jauh(nama)
        return
    sel = sum(potong.count(b"<c") + potong.count(b":c ") for potong in _potongan(arsip, isi))
    baris = max(_LUAS_PER_SEL * sel // 26, 1_000)
    luar = _di_luar(baris, 26 if sel > _LUAS_BEBAS else MAKS_KOLOM)
    sisa = b""
    lebar = False
    for potong in _potongan(arsip, isi):
        jendela = sisa + potong
        if luar.search(jendela):
            # Wide sheets are rare: measure them exactly.
            lebar = True
            break
        sisa = potong[-64:]
    if lebar:
        baris, kolom = 0, 0
        sisa = b""
        for potong in _potongan(arsip, isi):
            b, k = _terjauh(sisa + potong)
            baris, kolom, sisa = max(baris, b), max(kolom, k), potong[-64:]
        if kolom > MAKS_KOLOM or baris * kolom > max(_LUAS_BEBAS, _LUAS_PER_SEL * sel):
            raise _terlalu_jauh(nama)


def _potongan(arsip: zipfile.ZipFile, isi: zipfile.ZipInfo):
    with arsip.open(isi) as bagian:
        while potong := bagian.read(_POTONG):
            yield potong


def _terjauh(data: bytes) -> tuple[int, int]:
    """(largest row, largest column) named in *data*."""
    baris = kolom = 0
    huruf: set[bytes] = set()
    for cocok in _RUJUKAN.finditer(data):
        huruf.add(cocok[1])
        baris = max(baris, int(cocok[2]))
    for cocok in _BARIS.finditer(data):
        baris = max(baris, int(cocok[1]))
    for nama in huruf:
        nomor = 0
        for h in nama.upper():
            nomor = nomor * 26 + h - 64
        kolom = max(kolom, nomor)
    return baris, kolom


def _di_luar(baris: int, kolom: int) -> re.Pattern[bytes]:
    """A pattern that finds some reference beyond *baris*, rounded up to a leading digit, or beyond *kolom* letters."""
    angka = str(baris)
    depan, panjang = int(angka[0]) + 1, len(angka)
    lebih = rf"[0-9]{{{panjang + 1},}}"
    if depan <= 9:
        lebih += rf"|[{depan}-9][0-9]{{{panjang - 1}}}"
    huruf = "[A-Za-z]{2,}" if kolom == 26 else "[A-Za-z]{3,}|[C-Zc-z][A-Za-z]"
    return re.compile(rf"""\br=["'](?:(?:{huruf})[0-9]|[A-Za-z]{{0,3}}(?:{lebih})["'])|\br\s+=|\br=\s""".encode())


def _terlalu_jauh(nama: str) -> Refused:
    return Refused(
        f"Berkas {nama} memuat sel yang letaknya jauh di luar tabel, melebihi batas baris atau kolom. Salin hanya "
        "tabelnya ke buku kerja baru."
    )
