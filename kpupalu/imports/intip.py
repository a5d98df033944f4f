"""The first rows of each sheet of a workbook, read without building the workbook in memory.

Looking for the header of a large list needs a few rows of it; the reader of whole sheets would take half a gigabyte in
the process that answers the browser. Only for workbooks that ``batas`` and ``lembar`` have passed (no DOCTYPE).
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

_SEL = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class Lembar(NamedTuple):
    """One visible sheet: its name, and its first rows as (row number, cells from column A on)."""

    judul: str
    awal: list[tuple[int, list[str]]]


def intip(path: Path, banyak: int) -> list[Lembar]:
    """The first *banyak* rows of every visible worksheet, cells as text; rows without cells are left out.

    Raises ParseError, ValueError (XML that could do harm included) or LookupError on a workbook that contradicts
    itself.
    """
    with zipfile.ZipFile(path) as arsip:
        tujuan = _hubungan(arsip)
        isi = []
        for judul, nomor in _lembar(arsip):
            jenis, bagian = tujuan[nomor]
            if jenis == "worksheet":
                isi.append((judul, list(islice(_baris(arsip, bagian), banyak))))
        kata = _kata(arsip, {s[1] for _, baris in isi for _, sel in baris for s in sel.values() if s[0] == "s"})
    return [Lembar(judul, [(n, _rata(sel, kata)) for n, sel in baris]) for judul, baris in isi]


def _nama(unsur: Element) -> str:
    return unsur.tag.rpartition("}")[2]


def _hubungan(arsip: zipfile.ZipFile) -> dict[str, tuple[str, str]]:
    """Id → (kind, part) of what the workbook refers to."""
    hasil = {}
    for unsur in ElementTree.fromstring(arsip.read("xl/_rels/workbook.xml.rels")):
        jenis, sasaran = unsur.get("Type", ""), unsur.get("Target", "")
        hasil[unsur.get("Id", "")] = (jenis.rpartition("/")[2], posixpath.normpath(posixpath.join("xl", sasaran)))
    return {k: (jenis, bagian.lstrip("/")) for k, (jenis, bagian) in hasil.items()}


def _lembar(arsip: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(name, id) of the sheets that a person sees, in their order."""
    for unsur in ElementTree.fromstring(arsip.read("xl/workbook.xml")).iter():
        if _nama(unsur) == "sheet" and unsur.get("state", "visible") == "visible":
            nomor = next((isi for kunci, isi in unsur.items() if kunci.endswith("}id")), "")
            yield unsur.get("name", ""), nomor


def _baris(arsip: zipfile.ZipFile, bagian: str) -> Iterator[tuple[int, dict[int, tuple[str, str]]]]:
    """Row number and its cells: column → (type, raw value)."""
    nomor = 0
    with arsip.open(bagian) as berkas:
        for _, unsur in ElementTree.iterparse(berkas):
            if _nama(unsur) != "row":
                continue
            nomor = int(unsur.get("r") or nomor + 1)
            sel: dict[int, tuple[str, str]] = {}
            for satu in unsur:
                kolom = _kolom(satu.get("r"), len(sel) and max(sel) + 1)
                if isi := _isi(satu):
                    sel[kolom] = (satu.get("t", "n"), isi)
            unsur.clear()
            if sel:
                yield nomor, sel


def _kolom(rujukan: str | None, berikut: int) -> int:
    """The column of a cell, counted from 0."""
    if rujukan is None:
        return berikut
    cocok = _SEL.fullmatch(rujukan)
    if cocok is None:
        raise ValueError(rujukan)
    nomor = 0
    for huruf in cocok[1].upper():
        nomor = nomor * 26 + ord(huruf) - 64
    return nomor - 1


def _isi(sel: Element) -> str:
    if sel.get("t") == "inlineStr":
        return _teks(sel)
    return next((unsur.text or "" for unsur in sel if _nama(unsur) == "v"), "")


def _teks(unsur: Element) -> str:
    """The words of a string with or without formats; the reading aid of Asian scripts (``rPh``) is none of them."""
    bagian = []
    for anak in unsur:
        if _nama(anak) == "t":
            bagian.append(anak.text or "")
        elif _nama(anak) != "rPh":
            bagian.append(_teks(anak))
    return "".join(bagian)


def _kata(arsip: zipfile.ZipFile, nomor: set[str]) -> dict[str, str]:
    """The shared strings of the given numbers; reading stops after the last of them."""
    hasil: dict[str, str] = {}
    cari = {int(n) for n in nomor}
    if not cari:
        return hasil
    bagian = [n for n in arsip.namelist() if n.lower() == "xl/sharedstrings.xml"]
    ke = 0
    with arsip.open(bagian[0]) as berkas:
        for _, unsur in ElementTree.iterparse(berkas):
            if _nama(unsur) != "si":
                continue
            if ke in cari:
                hasil[str(ke)] = _teks(unsur)
            unsur.clear()
            ke += 1
            if ke > max(cari):
                break
    return hasil


def _rata(sel: dict[int, tuple[str, str]], kata: dict[str, str]) -> list[str]:
    isi = [""] * (max(sel) + 1)
    for kolom, (jenis, nilai) in sel.items():
        isi[kolom] = kata[str(int(nilai))] if jenis == "s" else nilai
    return isi
