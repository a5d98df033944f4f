"""A table copied from a spreadsheet, turned into the schema of recaps: for people who have no JSON."""

import re
from typing import Any

from kpupalu.imports.batas import MAKS_KOLOM, MAKS_SEL
from kpupalu.lib import Refused
from pdpb.selisih.pembaca import MAKS_WILAYAH, dari_data
from pdpb.selisih.skema import Dokumen

_JUDUL_NAMA = re.compile(r"wilayah|kecamatan|kelurahan|desa|nama|tps")
_ABAIKAN = re.compile(r"^(no|nomor|kode|(jumlah|jml) (kelurahan|kecamatan|tps|desa).*)$")
_KOLOM = (
    (re.compile(r"sebelum|awal|lalu"), "sebelumnya"),
    (re.compile(r"\bbaru\b"), "pemilih_baru"),
    (re.compile(r"\btms\b|tidak memenuhi"), "tms"),
    (re.compile(r"ubah|perbaikan"), "ubah_data"),
    (re.compile(r"masuk"), "mutasi_masuk"),
    (re.compile(r"keluar"), "mutasi_keluar"),
    (re.compile(r"sekarang|akhir|dpb|jumlah|total|jml|laki|perempuan|^(l|p|lk|pr|l ?\+ ?p)$"), "sekarang"),
)
_JK = (
    (re.compile(r"\bl\s*\+\s*p\b|jumlah|total|\bjml\b|l/p"), "total"),
    (re.compile(r"\b(l|lk|laki)\b"), "laki_laki"),
    (re.compile(r"\b(p|pr|perempuan)\b"), "perempuan"),
)
_JUMLAH = re.compile(r"^(jumlah|total|jml)\b", re.IGNORECASE)
_NOMOR_KOLOM = re.compile(r"^\(?\d{1,2}\)?$")


def baca_tabel(teks: str, nama: str = "Tabel") -> list[Dokumen]:
    """One recap from rows of *teks*: first the headings, then a row per area, last perhaps a row *Jumlah*.

    Cells are separated by tabs, or by semicolons. Headings say the column and the sex: ``L``, ``P``, ``Jumlah``,
    ``Sebelumnya L``, ``Baru``, ``TMS``. Refuses with one sentence a table without headings or figures.
    """
    baris = [[sel.strip() for sel in b.split("\t" if "\t" in teks else ";")] for b in teks.splitlines() if b.strip()]
    if len(baris) < 2:
        raise Refused(f"{nama} memerlukan baris judul kolom dan sedikitnya satu baris angka. Salin keduanya.")
    if len(baris) > MAKS_WILAYAH or any(len(b) > MAKS_KOLOM or any(len(s) > MAKS_SEL for s in b) for b in baris):
        raise Refused(f"{nama} terlalu besar. Salin hanya tabel rekapnya.")
    letak_nama, kolom = _judul(baris[0], nama)
    isi: dict[str, Any] = {}
    wilayah = []
    for nomor, satu in enumerate(baris[1:], start=2):
        if all(_NOMOR_KOLOM.match(sel) for sel in satu if sel) and nomor == 2 and "(" in "".join(satu):
            continue
        sebut = satu[letak_nama] if letak_nama < len(satu) else ""
        angka = _angka(satu, kolom, f"baris {nomor}")
        if _JUMLAH.match(sebut) or (not sebut and nomor == len(baris)):
            isi = angka
        else:
            wilayah.append({"nama": sebut or f"baris {nomor}", **angka})
    return dari_data({"angka": {**isi, "wilayah": wilayah}}, nama)


def _judul(judul: list[str], nama: str) -> tuple[int, dict[int, tuple[str, str]]]:
    letak_nama, kolom = None, dict[int, tuple[str, str]]()
    for letak, teks in enumerate(judul):
        rendah = re.sub(r"[-_.()\s]+", " ", teks.casefold()).strip()
        if _ABAIKAN.match(rendah) or not rendah:
            continue
        if letak_nama is None and _JUDUL_NAMA.search(rendah) and not re.search(r"jumlah|total", rendah):
            letak_nama = letak
            continue
        kunci = arti_judul(teks)
        if kunci is None:
            continue
        if kunci in kolom.values():
            raise Refused(
                f"{nama} mempunyai dua kolom yang sama artinya, salah satunya “{teks[:40]}”. Beri judul berbeda."
            )
        kolom[letak] = kunci
    if letak_nama is None or not kolom:
        raise Refused(
            f"{nama} tidak mempunyai judul kolom yang dikenal. Baris pertama harus memuat Wilayah, L, P, dan Jumlah."
        )
    return letak_nama, pisahkan_perubahan(kolom)


def arti_judul(teks: str) -> tuple[str, str] | None:
    """``(column, sex or total)`` that a heading of a recap names, with the names of the JSON; None for any other."""
    rendah = re.sub(r"[-_.()\s]+", " ", teks.casefold()).strip()
    if not rendah or _ABAIKAN.match(rendah):
        return None
    jk = next((nilai for pola, nilai in _JK if pola.search(rendah)), "total")
    pokok = re.sub(r"\bpemilih\b", "", rendah).strip() or "total"
    kolom = next((nilai for pola, nilai in _KOLOM if pola.search(pokok)), None)
    return (kolom, jk) if kolom else None


def pisahkan_perubahan(kolom: dict[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """*kolom* where a total beside only new, TMS and corrections counts changed rows, not voters (R7)."""
    ada = set(kolom.values())
    if not {("pemilih_baru", "total"), ("tms", "total"), ("ubah_data", "total")} <= ada:
        return kolom
    if ada & {("sekarang", "laki_laki"), ("sekarang", "perempuan"), ("sebelumnya", "total")}:
        return kolom
    return {n: ("perubahan", "total") if k == ("sekarang", "total") else k for n, k in kolom.items()}


def _angka(satu: list[str], kolom: dict[int, tuple[str, str]], tempat: str) -> dict[str, Any]:
    hasil: dict[str, Any] = {}
    for letak, (kunci, jk) in kolom.items():
        if letak < len(satu) and satu[letak]:
            hasil.setdefault(kunci, {})[jk] = satu[letak]
    return hasil
