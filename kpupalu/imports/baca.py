"""One reader for received tables: delimited text and XLSX, with the row numbers that the sender's program shows."""

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError

import python_calamine

from kpupalu.imports import batas
from kpupalu.imports.intip import intip
from kpupalu.imports.lembar import periksa_lembar
from kpupalu.lib import Refused

PEMISAH = {"#": "tanda pagar (#)", ";": "titik koma (;)", ",": "koma (,)", "\t": "tab", "|": "garis tegak (|)"}
SANDI = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 dengan BOM",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 tanpa BOM",
}
_BARIS_PENCARIAN = 30
_POTONG = 1024 * 1024
csv.field_size_limit(200_000)


class Baris(NamedTuple):
    """One row: its number as the sender's program shows it, its cells as text, and two facts about them.

    *angka* has bit i set when cell i was stored as a number; *geser* is true when the row has not as many cells as
    the header (always text files), so its values may stand under the wrong headings.
    """

    nomor: int
    sel: list[str]
    angka: int = 0
    geser: bool = False


@dataclass
class Tabel:
    """A received table: what was detected, its header, and a way to read its rows again and again."""

    path: Path
    nama: str
    format: str
    kepala: list[str]
    baris_kepala: int
    pemisah: str = ""
    sandi: str = ""
    lembar: str = ""
    polos: bool = False
    lembar_lain: list[str] = field(default_factory=list)

    def baris(self) -> Iterator[Baris]:
        """The rows below the header, empty rows left out; Refused on a row beyond the limits."""
        sumber = _baris_xlsx(self) if self.format == "xlsx" else _baris_teks(self)
        for jumlah, baris in enumerate(sumber, start=1):
            if jumlah > batas.MAKS_BARIS:
                batas.periksa_ukuran_tabel(jumlah, 0, self.nama)
            yield baris

    def potongan(self) -> Iterator[bytes]:
        """The bytes below the header as they are, only of a *polos* text: UTF-8, no quotes, no empty line."""
        with self.path.open("rb") as berkas:
            for _ in range(self.baris_kepala):
                berkas.readline()
            while potong := berkas.read(_POTONG):
                yield potong


def buka(
    path: Path,
    nama: str,
    *,
    kenal: Callable[[list[str]], int],
    pemisah: str = "",
    sandi: str = "",
    lembar: str = "",
    sudah_diperiksa: bool = False,
) -> Tabel:
    """The table in *path*, its header found where *kenal* recognises most cells (not always on line 1).

    *nama* is the sender's file name. What is not given is detected. Refuses what ``batas.periksa_awal`` refuses, a
    table without a recognised header, and a header that names two columns alike. *sudah_diperiksa* leaves out the look
    for danger: for sealed bytes that passed it when they came.
    """
    if sudah_diperiksa:
        berupa_xlsx = Path(nama).suffix.lower() in batas.AKHIRAN_XLSX
    else:
        berupa_xlsx = batas.periksa_awal(path, nama) == "xlsx"
        if berupa_xlsx:
            periksa_lembar(path, nama)
    tabel = _buka_xlsx(path, nama, kenal, lembar) if berupa_xlsx else _buka_teks(path, nama, kenal, pemisah, sandi)
    batas.periksa_ukuran_tabel(0, len(tabel.kepala), nama)
    _tolak_kepala_kembar(tabel)
    return tabel


def bersih(teks: str) -> str:
    """*teks* without surrounding blanks, non-breaking ones and byte-order marks included."""
    return teks.strip(" \t\r\n\xa0\ufeff\u200b")


def _tolak_kepala_kembar(tabel: Tabel) -> None:
    terlihat: set[str] = set()
    for judul in tabel.kepala:
        kunci = re.sub(r"\s+", " ", judul).casefold()
        if kunci and kunci in terlihat:
            raise Refused(
                f"Berkas {tabel.nama} memuat dua kolom berjudul “{judul}”. Hapus atau ganti judul salah satunya, lalu "
                "unggah kembali."
            )
        terlihat.add(kunci)


def _pilih_kepala(contoh: list[tuple[int, list[str]]], kenal: Callable[[list[str]], int]) -> tuple[int, int, list[str]]:
    """(score, row number, cells) of the best header among the first rows; the first of equals."""
    terbaik: tuple[int, int, list[str]] = (0, 0, [])
    for nomor, sel in contoh:
        judul = [bersih(s) for s in sel]
        nilai = kenal(judul)
        if nilai > terbaik[0]:
            terbaik = (nilai, nomor, judul)
    return terbaik


def _tak_dikenal(nama: str) -> Refused:
    return Refused(
        f"Baris judul kolom pada berkas {nama} tidak dikenali. Pastikan ada baris judul seperti NIK, NAMA, KELURAHAN, "
        "lalu unggah kembali."
    )


# --- Delimited text ---


def _buka_teks(path: Path, nama: str, kenal, pemisah: str, sandi: str) -> Tabel:
    sandi = sandi or _kenali_sandi(path, nama)
    terbaik: tuple[tuple[int, int, list[str]], str] = ((0, 0, []), "")
    for calon in [pemisah] if pemisah else PEMISAH:
        with _buka_naskah(path, sandi) as berkas:
            contoh = [(b.nomor, b.sel) for b in islice(_urai(berkas, calon, nama), _BARIS_PENCARIAN)]
        hasil = _pilih_kepala(contoh, kenal)
        if hasil[0] > terbaik[0][0]:
            terbaik = (hasil, calon)
    (nilai, nomor, kepala), pemisah = terbaik
    if not nilai:
        raise _tak_dikenal(nama)
    polos = _polos(path, sandi, nomor, pemisah, len(kepala))
    return Tabel(path, nama, "csv", kepala, nomor, pemisah=pemisah, sandi=sandi, polos=polos)


def _buka_naskah(path: Path, sandi: str):
    return path.open(encoding=sandi, newline="")


def _kenali_sandi(path: Path, nama: str) -> str:
    """Which encoding the whole file can be read in; refuses bytes that no accepted encoding explains."""
    with path.open("rb") as berkas:
        awal = berkas.read(4096)
    if awal.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        calon = ["utf-16"]
    elif awal.startswith(codecs.BOM_UTF8):
        calon = ["utf-8-sig"]
    elif len(awal) > 4 and awal[1::2].count(0) > len(awal) // 4 and 0 not in awal[0::2]:
        calon = ["utf-16-le"]
    else:
        calon = ["utf-8", "cp1252"]
    for sandi in calon:
        try:
            if _terbaca(path, sandi):
                return sandi
        except UnicodeError:
            continue
        raise Refused(f"Berkas {nama} memuat karakter kosong (NUL), bukan teks. Simpan ulang sebagai CSV.")
    raise Refused(f"Sandi huruf berkas {nama} tidak dikenali. Simpan ulang sebagai CSV UTF-8, lalu unggah kembali.")


def _terbaca(path: Path, sandi: str) -> bool:
    """Whether the file holds no NUL; raises UnicodeError when it is not written in *sandi*."""
    pengurai = codecs.getincrementaldecoder(sandi)()
    with path.open("rb") as berkas:
        while potong := berkas.read(_POTONG):
            if "\0" in pengurai.decode(potong):
                return False
        pengurai.decode(b"", final=True)
    return True


def _polos(path: Path, sandi: str, baris_kepala: int, pemisah: str, lebar: int) -> bool:
    """Whether the database may read the bytes below the header itself and count lines as an editor does."""
    if sandi not in {"utf-8", "utf-8-sig"} or ord(pemisah) > 127:
        return False
    with path.open("rb") as berkas:
        for _ in range(baris_kepala):
            kepala = berkas.readline()
        if not kepala.endswith(b"\n") or b'"' in kepala or kepala.count(pemisah.encode()) != lebar - 1:
            return False
        ganti, sisa = (b"\r\n" if kepala.endswith(b"\r\n") else b"\n"), b""
        while potong := berkas.read(_POTONG):
            jendela = sisa + potong
            if not _baris_polos(jendela, ganti):
                return False
            sisa = jendela[jendela.rfind(b"\n") + 1 :]
    return not sisa


def _baris_polos(jendela: bytes, ganti: bytes) -> bool:
    """Whether *jendela*, which begins at the start of a line, holds nothing that only a parser understands."""
    if b'"' in jendela or b"\\." in jendela or jendela.startswith(ganti) or b"\n" + ganti in jendela:
        return False
    if max(map(len, jendela.split(b"\n"))) > batas.MAKS_SEL:
        return False
    balik = jendela.count(b"\r") - jendela.endswith(b"\r")
    if ganti == b"\n":
        return not balik
    # An editor counts a lone CR or LF as a line, the database does not.
    return jendela.count(b"\r\n") == jendela.count(b"\n") == balik


def _urai(berkas, pemisah: str, nama: str) -> Iterator[Baris]:
    """Rows with cells; a quoted cell with line breaks counts from its first line."""
    pembaca = csv.reader(berkas, delimiter=pemisah)
    awal = 1
    try:
        for sel in pembaca:
            if any(sel):
                yield Baris(awal, sel)
            awal = pembaca.line_num + 1
    except csv.Error as galat:
        raise Refused(_kalimat_kutip(nama, awal)) from galat


def _kalimat_kutip(nama: str, baris: int) -> str:
    return (
        f"Tanda kutip pada berkas {nama} di sekitar baris {baris} tidak berpasangan. Perbaiki pada berkas asal, lalu "
        "unggah kembali."
    )


def _baris_teks(tabel: Tabel) -> Iterator[Baris]:
    lebar = len(tabel.kepala)
    with _buka_naskah(tabel.path, tabel.sandi) as berkas:
        for nomor, sel, _angka, _geser in _urai(berkas, tabel.pemisah, tabel.nama):
            if nomor <= tabel.baris_kepala:
                continue
            geser = len(sel) != lebar
            if geser:
                geser = any(sel[lebar:]) or len(sel) < lebar
                if geser and any("\n" in s for s in sel):
                    raise Refused(_kalimat_kutip(tabel.nama, nomor))
                sel = (sel + [""] * lebar)[:lebar]
            if max(map(len, sel)) > batas.MAKS_SEL:
                raise _sel_panjang(tabel.nama, nomor)
            yield Baris(nomor, sel, 0, geser)


def _sel_panjang(nama: str, nomor: int) -> Refused:
    return Refused(
        f"Sel pada baris {nomor} berkas {nama} lebih panjang dari {batas.MAKS_SEL} huruf. Periksa tanda kutip yang "
        "tidak ditutup, lalu unggah kembali."
    )


# --- XLSX ---


def _buka_xlsx(path: Path, nama: str, kenal, lembar: str) -> Tabel:
    try:
        terlihat = intip(path, _BARIS_PENCARIAN)
    except (ParseError, LookupError, OSError, ValueError) as galat:
        raise _rusak(nama) from galat
    calon = [(m.judul, _pilih_kepala(m.awal, kenal)) for m in terlihat if lembar in ("", m.judul)]
    dikenal = [c for c in calon if c[1][0]]
    if not dikenal:
        raise _tak_dikenal(nama)
    if len(dikenal) > 1:
        daftar = ", ".join(f"“{judul}”" for judul, _ in dikenal)
        raise Refused(
            f"Berkas {nama} memuat lebih dari satu lembar data: {daftar}. Simpan tiap lembar sebagai berkas "
            "tersendiri, lalu unggah bersama-sama."
        )
    judul, (_nilai, nomor, kepala) = dikenal[0]
    lain = [m.judul for m in terlihat if m.judul != judul]
    return Tabel(path, nama, "xlsx", kepala, nomor, lembar=judul, lembar_lain=lain)


def _rusak(nama: str) -> Refused:
    return Refused(f"Berkas {nama} rusak atau terpotong. Minta pengirim menyimpan dan mengirim ulang berkas itu.")


def _teks(nilai: Any) -> tuple[str, bool]:
    """A cell as text, and whether it was stored as a number."""
    if isinstance(nilai, str):
        return nilai, False
    if isinstance(nilai, bool):
        return ("TRUE" if nilai else "FALSE"), False
    if isinstance(nilai, int):
        return str(nilai), True
    if isinstance(nilai, float):
        return (str(int(nilai)) if nilai.is_integer() else repr(nilai)), True
    if isinstance(nilai, datetime):
        return nilai.date().isoformat(), False
    if isinstance(nilai, date | time):
        return nilai.isoformat(), False
    if isinstance(nilai, timedelta):
        return str(nilai), True
    return ("" if nilai is None else str(nilai)), False


def _baris_xlsx(tabel: Tabel) -> Iterator[Baris]:
    lebar = len(tabel.kepala)
    try:
        with python_calamine.CalamineWorkbook.from_path(tabel.path) as buku:
            lembar = buku.get_sheet_by_name(tabel.lembar)
    except (python_calamine.CalamineError, OSError, ValueError) as galat:
        raise _rusak(tabel.nama) from galat
    # The reader leaves out the columns left of the first used one; the header counts from column A.
    kiri = lembar.start[1] if lembar.start else 0
    # iter_rows pads the rows above the first used one itself, so counting from 1 is the sheet's own number.
    for nomor, isi in enumerate(lembar.iter_rows(), start=1):
        if nomor <= tabel.baris_kepala:
            continue
        sel: list[Any] = [""] * kiri + isi if kiri else isi
        angka = 0
        for i, nilai in enumerate(sel):
            if type(nilai) is not str:
                sel[i], berupa_angka = _teks(nilai)
                angka |= berupa_angka << i
        if not any(sel):
            continue
        if len(sel) != lebar:
            sel = (sel + [""] * lebar)[:lebar]
        if max(map(len, sel)) > batas.MAKS_SEL:
            raise _sel_panjang(tabel.nama, nomor)
        yield Baris(nomor, sel, angka)
