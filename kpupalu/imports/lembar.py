"""How far a worksheet reaches, found in its XML before a reader reserves one cell for every place in between."""

import re
import zipfile
from pathlib import Path

from kpupalu.imports.batas import MAKS_BARIS, MAKS_KOLOM, MB
from kpupalu.lib import Refused

_POTONG = MB
_KECIL = 16 * MB
_LUAS_BEBAS = 500_000
_LUAS_PER_SEL = 4
# White space around the sign of an attribute, as nobody writes it and XML allows it.
_LONGGAR = re.compile(rb"[\t\n\r]=|=[\t\n\r]")
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
    if not _rapat(arsip, isi):
        baris, kolom, sel = _ukur(arsip, isi)
        if kolom > MAKS_KOLOM or baris * kolom > max(_LUAS_BEBAS, _LUAS_PER_SEL * sel):
            raise _terlalu_jauh(nama)


def _rapat(arsip: zipfile.ZipFile, isi: zipfile.ZipInfo) -> bool:
    """Whether a large sheet certainly has no cell far from the others, found without reading each reference.

    One pass looks for references beyond the largest accepted table; the cells it counts on the way nearly always
    fill that. A smaller sheet is passed through once more with the bounds that its own number of cells allows.
    """
    sel, ada_luar = _lintasi(arsip, isi, _di_luar(MAKS_BARIS, 26))
    if ada_luar:
        return False
    cukup = _LUAS_PER_SEL * sel
    return cukup >= MAKS_BARIS * 26 or not _lintasi(arsip, isi, _di_luar(max(cukup // 26, 1_000), 26))[1]


def _lintasi(arsip: zipfile.ZipFile, isi: zipfile.ZipInfo, luar: re.Pattern[bytes]) -> tuple[int, bool]:
    """(number of cells, whether a reference may lie *luar* or is written in a way the pattern does not read)."""
    sel, ada_luar, sisa = 0, False, b""
    for potong in _potongan(arsip, isi):
        jendela = sisa + potong
        sel += potong.count(b"<c") + potong.count(b":c ")
        ada_luar = ada_luar or bool(luar.search(jendela)) or _longgar(jendela)
        sisa = potong[-64:]
    return sel, ada_luar


def _longgar(jendela: bytes) -> bool:
    if b" =" in jendela or b"= " in jendela:
        return True
    # Looking for one byte costs next to nothing, and a sheet seldom holds any of these.
    return any(b in jendela for b in (b"\t", b"\n", b"\r")) and bool(_LONGGAR.search(jendela))


def _ukur(arsip: zipfile.ZipFile, isi: zipfile.ZipInfo) -> tuple[int, int, int]:
    """(largest row, largest column, number of cells) of a sheet, every reference read."""
    baris, kolom, sel, sisa = 0, 0, 0, b""
    for potong in _potongan(arsip, isi):
        b, k = _terjauh(sisa + potong)
        sel += potong.count(b"<c") + potong.count(b":c ")
        baris, kolom, sisa = max(baris, b), max(kolom, k), potong[-64:]
    return baris, kolom, sel


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
    # It begins with two letters as they are, for which the expression engine leaps ahead; a word boundary before
    # them costs three times as much, and what else ends in r= only leads to the exact measure.
    return re.compile(rf"""r=["'](?:(?:{huruf})[0-9]|[A-Za-z]{{0,3}}(?:{lebih})["'])""".encode())


def _terlalu_jauh(nama: str) -> Refused:
    return Refused(
        f"Berkas {nama} memuat sel yang letaknya jauh di luar tabel, melebihi batas baris atau kolom. Salin hanya "
        "tabelnya ke buku kerja baru."
    )
