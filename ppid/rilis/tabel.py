"""Sheets: hidden rows, columns and sheets, notes and pivots found; a fresh workbook of visible values given out."""

import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from ppid.rilis.pola import cari_sel, teks_sel
from ppid.rilis.temuan import Daftar, Tolak

CSV = "CSV"
"""The name of the only sheet of a text table."""
MAKS_SEL = 400_000
_RENTANG = re.compile(r"([A-Z]{1,3})?(\d{1,7})?(?::([A-Z]{1,3})?(\d{1,7})?)?")
_GAGAL = "Pembuktian gagal: versi rilis masih memuat isi yang dihapus. Versi rilis tidak disimpan."


@dataclass(frozen=True, slots=True)
class Rentang:
    """A block of cells, both ends inclusive; 0 at the end means to the last one."""

    kolom: int
    baris: int
    kolom_akhir: int
    baris_akhir: int

    def memuat(self, baris: int, kolom: int) -> bool:
        """Whether the cell lies in it."""
        return (
            self.kolom <= kolom and (not self.kolom_akhir or kolom <= self.kolom_akhir)
            and self.baris <= baris and (not self.baris_akhir or baris <= self.baris_akhir)
        )  # fmt: skip


def rentang(teks: str) -> Rentang:
    """``C``, ``C:E``, ``C2:C40``, ``B7`` or ``5:9`` as a block; Tolak for anything else."""
    bersih = teks.upper().replace("$", "").replace(" ", "")
    cocok = _RENTANG.fullmatch(bersih)
    if not bersih or cocok is None or not any(cocok.groups()):
        raise Tolak("Rentang tidak dikenal. Tulis seperti C, C:E, C2:C40, B7, atau 5:9.")
    k1, b1, k2, b2 = cocok.groups()
    if ":" in bersih and ((k1 is None) != (k2 is None) or (b1 is None) != (b2 is None)):
        raise Tolak("Rentang tidak dikenal. Tulis seperti C, C:E, C2:C40, B7, atau 5:9.")
    k2, b2 = k2 or k1, b2 or b1
    kolom = sorted(column_index_from_string(k) for k in (k1, k2)) if k1 and k2 else [1, 0]
    baris = sorted((int(b1), int(b2))) if b1 and b2 else [1, 0]
    return Rentang(kolom[0], max(baris[0], 1), kolom[1], baris[1])


def _buku(isi: bytes):
    try:
        return load_workbook(BytesIO(isi), data_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception as galat:
        raise Tolak("Buku kerja ini rusak. Simpan ulang sebagai XLSX, lalu unggah lagi.") from galat


def _sel(lembar) -> Iterator[tuple[int, int, Any]]:
    """Row, column and cell of everything that holds something."""
    for (baris, kolom), sel in sorted(lembar._cells.items()):
        if sel.value is not None or sel.comment is not None:
            yield baris, kolom, sel


def _tersembunyi(lembar) -> tuple[set[int], set[int]]:
    """Numbers of hidden columns and rows, also those of no width or height, or hidden by a filter or a group."""
    kolom = set()
    for ukuran in lembar.column_dimensions.values():
        if ukuran.hidden or ukuran.width == 0:
            kolom |= set(range(ukuran.min or 1, min(ukuran.max or ukuran.min or 1, 16_384) + 1))
    baris = {n for n, ukuran in lembar.row_dimensions.items() if ukuran.hidden or ukuran.height == 0}
    return kolom, baris


def _tak_tampak(sel) -> bool:
    """A value that the reader does not see: white letters on no ground, or the format that shows nothing."""
    if str(sel.number_format).replace(" ", "") == ";;;":
        return True
    warna = sel.font.color if sel.font else None
    dasar = sel.fill.fill_type if sel.fill else None
    putih = warna is not None and (
        (warna.type == "rgb" and str(warna.rgb).upper().endswith("FFFFFF"))
        or (warna.type == "theme" and warna.theme == 0 and not warna.tint)
    )
    return putih and not dasar


def periksa(isi: bytes) -> dict[str, Any]:
    """Findings of a workbook, its sheets, and how many cells of each are seen."""
    buku, daftar = _buku(isi), Daftar()
    _periksa_bagian(isi, buku, daftar)
    lembar_lembar, jumlah = [], 0
    for lembar in buku.worksheets:
        if lembar.sheet_state != "visible":
            daftar.tambah("lembar_tersembunyi", f"lembar {lembar.title}", lembar=lembar.title)
            continue
        jumlah += len(lembar._cells)
        if jumlah > MAKS_SEL:
            raise Tolak(f"Buku kerja ini memuat lebih dari {MAKS_SEL} sel. Bagi menjadi beberapa berkas.")
        lembar_lembar.append(lembar.title)
        _periksa_lembar(lembar, daftar)
    if not lembar_lembar:
        raise Tolak("Buku kerja ini tidak mempunyai lembar yang terlihat.")
    return {"temuan": daftar.isi, "lembar": lembar_lembar}


def _periksa_bagian(isi: bytes, buku, daftar: Daftar) -> None:
    with zipfile.ZipFile(BytesIO(isi)) as arsip:
        nama = [n.lower() for n in arsip.namelist()]
    for jenis, tanda in (("pivot", "pivotcache/"), ("gambar_lembar", "xl/media/"), ("gambar_lembar", "xl/charts/"),
                         ("komentar", "threadedcomment"), ("perubahan_terlacak", "xl/revisions/"),
                         ("metadata", "docprops/custom"), ("metadata", "customxml/")):  # fmt: skip
        if any(tanda in n for n in nama):
            daftar.tambah(jenis, "buku kerja", tanda.strip("/"))
    sifat = buku.properties
    if any((sifat.creator and sifat.creator != "openpyxl", sifat.lastModifiedBy, sifat.title, sifat.subject,
            sifat.description, sifat.keywords, sifat.category)):  # fmt: skip
        daftar.tambah("metadata", "buku kerja", "pembuat atau keterangan")
    if any(n.hidden for n in buku.defined_names.values()):
        daftar.tambah("metadata", "buku kerja", "nama tersembunyi")


def _periksa_lembar(lembar, daftar: Daftar) -> None:
    tempat = f"lembar {lembar.title}"
    kolom_x, baris_x = _tersembunyi(lembar)
    for n in sorted(kolom_x & {k for _, k in lembar._cells}):
        daftar.tambah("kolom_tersembunyi", f"{tempat} kolom {get_column_letter(n)}", lembar=lembar.title)
    if ada := sorted(baris_x & {b for b, _ in lembar._cells}):
        daftar.tambah("baris_tersembunyi", tempat, f"{len(ada)} baris, mulai baris {ada[0]}", lembar=lembar.title)
    for baris, kolom, sel in _sel(lembar):
        alamat = f"{get_column_letter(kolom)}{baris}"
        if sel.comment is not None:
            daftar.tambah("komentar", f"{tempat} sel {alamat}", lembar=lembar.title, sel=alamat)
        if kolom in kolom_x or baris in baris_x:
            continue
        if sel.value is not None and _tak_tampak(sel):
            daftar.tambah("teks_tersembunyi", f"{tempat} sel {alamat}", lembar=lembar.title, sel=alamat)
            continue
        for cocok in cari_sel(sel.value):
            daftar.tambah(cocok.jenis, f"{tempat} sel {alamat}", cocok.samar, lembar=lembar.title, sel=alamat)
    for bagian in (lembar.oddHeader, lembar.oddFooter):
        if any((bagian.left.text, bagian.center.text, bagian.right.text)):
            daftar.tambah("metadata", tempat, "kepala atau kaki halaman", lembar=lembar.title)


def rilis(isi: bytes, coretan: list[dict]) -> tuple[bytes, dict[str, Any]]:
    """A fresh workbook: visible sheets, visible rows and columns, values only, each cell where it was.

    What was marked holds the letter of Pasal 17 instead. Read again: no part of the file holds a removed value.
    """
    asal, baru = _buku(isi), Workbook()
    baru.remove(baru.active)
    baru.properties.creator = ""
    hapus: list[str] = []
    tinggal: set[str] = set()
    for lembar in asal.worksheets:
        if lembar.sheet_state == "visible":
            milik = [(rentang(c["rentang"]), c["huruf"]) for c in coretan if c["lembar"] == lembar.title]
            _salin(lembar, baru.create_sheet(lembar.title), milik, hapus, tinggal)
    hasil = BytesIO()
    baru.save(hasil)
    _buktikan(hasil.getvalue(), hapus, tinggal)
    return hasil.getvalue(), {"cara": "nilai", "kotak": len(coretan), "sel_dihapus": len(hapus)}


def _salin(lembar, tujuan, milik: list[tuple[Rentang, str]], hapus: list[str], tinggal: set[str]) -> None:
    kolom_x, baris_x = _tersembunyi(lembar)
    for baris, kolom, sel in _sel(lembar):
        if sel.value is None:
            continue
        huruf = next((h for r, h in milik if r.memuat(baris, kolom)), None)
        if huruf is None and (kolom in kolom_x or baris in baris_x or _tak_tampak(sel)):
            hapus.append(teks_sel(sel.value))
            continue
        satu = tujuan.cell(baris, kolom)
        if huruf is not None:
            hapus.append(teks_sel(sel.value))
            satu.value = _tanda(huruf)
            continue
        tinggal.add(teks_sel(sel.value))
        satu.value = sel.value
        if satu.data_type == "f":
            # A text that begins like a formula stays a text.
            satu.data_type = "s"
        elif sel.is_date or isinstance(sel.value, int | float):
            satu.number_format = sel.number_format
    for nama, ukuran in lembar.column_dimensions.items():
        if ukuran.width and not ukuran.hidden:
            tujuan.column_dimensions[nama].width = ukuran.width


def _tanda(huruf: str) -> str:
    return f"[dihitamkan: Pasal 17 huruf {huruf}]"


def _buktikan(isi: bytes, hapus: list[str], tinggal: set[str]) -> None:
    """Tolak when a removed value that stands nowhere else is found in any part of the finished file."""
    with zipfile.ZipFile(BytesIO(isi)) as arsip:
        nama = arsip.namelist()
        if any("comment" in n.lower() or "pivot" in n.lower() or "media/" in n.lower() for n in nama):
            raise Tolak(_GAGAL)
        semua = "".join(arsip.read(n).decode("utf-8", "replace") for n in nama)
    _tanpa(semua, hapus, "".join(sorted(tinggal)))
    ulang = periksa(isi)["temuan"]
    if any(t["jenis"] not in ("nik", "telepon", "surel") for t in ulang):
        raise Tolak("Pembuktian gagal: versi rilis masih memuat isi tersembunyi. Versi rilis tidak disimpan.")


def _tanpa(semua: str, hapus: list[str], tinggal: str) -> None:
    for nilai in set(hapus):
        if len(nilai) > 5 and nilai not in tinggal and nilai in semua:
            raise Tolak(_GAGAL)


def _baca_csv(isi: bytes) -> tuple[list[list[str]], str]:
    try:
        teks = isi.decode("utf-8-sig")
    except UnicodeDecodeError:
        teks = isi.decode("cp1252", "replace")
    if "\0" in teks:
        raise Tolak("Berkas CSV ini memuat data biner. Simpan ulang sebagai CSV, lalu unggah lagi.")
    try:
        pemisah = csv.Sniffer().sniff(teks[:8192], ",;\t|").delimiter
    except csv.Error:
        pemisah = ";"
    csv.field_size_limit(100_000)
    try:
        baris = list(csv.reader(StringIO(teks, newline=""), delimiter=pemisah))
    except csv.Error as galat:
        raise Tolak("Susunan CSV ini tidak dapat dibaca. Simpan ulang sebagai CSV, lalu unggah lagi.") from galat
    if sum(map(len, baris)) > MAKS_SEL:
        raise Tolak(f"Tabel ini memuat lebih dari {MAKS_SEL} sel. Bagi menjadi beberapa berkas.")
    return baris, pemisah


def periksa_csv(isi: bytes) -> dict[str, Any]:
    """Findings of a text table."""
    daftar = Daftar()
    for n, baris in enumerate(_baca_csv(isi)[0], start=1):
        for k, nilai in enumerate(baris, start=1):
            alamat = f"{get_column_letter(k)}{n}"
            for cocok in cari_sel(nilai):
                daftar.tambah(cocok.jenis, f"sel {alamat}", cocok.samar, lembar=CSV, sel=alamat)
    return {"temuan": daftar.isi, "lembar": [CSV]}


def rilis_csv(isi: bytes, coretan: list[dict]) -> tuple[bytes, dict[str, Any]]:
    """The table again as UTF-8, with the letter of Pasal 17 in place of each marked cell; read again to prove it."""
    baris, pemisah = _baca_csv(isi)
    milik = [(rentang(c["rentang"]), c["huruf"]) for c in coretan]
    hapus: list[str] = []
    tinggal: set[str] = set()
    keluar = StringIO(newline="")
    tulis = csv.writer(keluar, delimiter=pemisah)
    for n, satu in enumerate(baris, start=1):
        baru = []
        for k, nilai in enumerate(satu, start=1):
            huruf = next((h for r, h in milik if r.memuat(n, k)), None)
            (tinggal.add if huruf is None else hapus.append)(nilai)
            baru.append(nilai if huruf is None or not nilai else _tanda(huruf))
        tulis.writerow(baru)
    _tanpa(keluar.getvalue(), hapus, "".join(sorted(tinggal)))
    return keluar.getvalue().encode(), {"cara": "nilai", "kotak": len(coretan), "sel_dihapus": len(hapus)}
