"""One row of our sheets held against what SIDALIH has: accepted, rejected, doubled, missing there, or different."""

import re
from dataclasses import dataclass, field
from datetime import date

from kpupalu.imports.kolom import kunci_judul
from kpupalu.lib.samaran import samarkan_nik, samarkan_teks
from pdpb.models import BarisSidalih
from pdpb.sidalih.berkas import BarisMasuk

A, H = BarisSidalih.Arah, BarisSidalih.Hasil
ELEMEN = {
    "nkk": ("nkk", "Nomor KK"),
    "nik": ("nik", "NIK"),
    "nama": ("nama", "Nama"),
    "kelamin": ("jk", "Jenis kelamin"),
    "tempat_lahir": ("tmpt", "Tempat lahir"),
    "tanggal_lahir": ("tgl", "Tanggal lahir"),
    "sts_kawin": ("sts", "Status perkawinan"),
    "alamat": ("alamat", "Alamat"),
    "rt": ("rt", "RT"),
    "rw": ("rw", "RW"),
    "disabilitas": ("dis", "Disabilitas"),
    "ektp": ("ktpel", "Status KTP-el"),
    "tps": ("tps", "TPS"),
}
"""Column of the file → (column of the grid, what people call it)."""
_DITERIMA = frozenset({"BERHASIL", "SUKSES", "DITERIMA", "OK", "SUCCESS", "VALID", "TERSIMPAN", "AKTIF"})
_GANDA = frozenset({"GANDA", "DUPLIKAT", "DUPLICATE", "SUDAHADA", "DOUBLE"})
_DITOLAK = frozenset({"GAGAL", "DITOLAK", "ERROR", "INVALID", "FAILED", "TIDAKVALID", "TOLAK"})


@dataclass(slots=True)
class Putusan:
    """What became of one row; *beda* is ``[element, ours, theirs]`` with numbers of a person masked."""

    hasil: str
    beda: list[list[str]] = field(default_factory=list)
    pesan: str = ""


def nilai(baris: BarisSidalih, ada: list[BarisMasuk], kolom: frozenset[str]) -> Putusan:
    """What a full list says about *baris*; *ada* are its rows of that person in the kelurahan of the sheet.

    A row that waits to be uploaded is never called missing or different: it cannot be there yet.
    """
    aktif = [b for b in ada if b.aktif]
    if len(aktif) > 1:
        nomor = ", ".join(str(b.nomor) for b in aktif[:5])
        return Putusan(H.GANDA, pesan=f"Baris {nomor} pada berkas SIDALIH")
    belum = not baris.diunggah
    if baris.arah == A.HAPUS:
        if not aktif:
            return Putusan(H.DITERIMA)
        return Putusan(H.MENUNGGU) if belum else Putusan(H.BEDA, [["Status", "keluar daftar", "masih aktif"]])
    if not aktif:
        return Putusan(H.MENUNGGU) if belum else Putusan(H.TIDAK_ADA)
    beda = _beda(baris, aktif[0], kolom)
    if not beda:
        return Putusan(H.DITERIMA)
    return Putusan(H.MENUNGGU) if belum and baris.arah == A.UBAH else Putusan(H.BEDA, beda)


def nilai_jawaban(baris: BarisSidalih, ada: list[BarisMasuk]) -> Putusan | None:
    """What an answer says about *baris*, None where it says nothing or in words nobody knows."""
    kata = [(kunci_judul(b.sel.get("hasil", "")), samarkan_teks(b.sel.get("pesan", ""))[:240]) for b in ada]
    diterima = sum(k in _DITERIMA for k, _ in kata)
    for kumpulan, hasil in ((_GANDA, H.GANDA), (_DITOLAK, H.DITOLAK)):
        for k, pesan in kata:
            if k in kumpulan and not diterima:
                return Putusan(hasil, pesan=pesan)
    if diterima > 1:
        return Putusan(H.GANDA, pesan=f"Diterima {diterima} kali menurut jawaban SIDALIH")
    return Putusan(H.DITERIMA) if diterima else None


def _beda(baris: BarisSidalih, masuk: BarisMasuk, kolom: frozenset[str]) -> list[list[str]]:
    """The elements that the file states and that are not the same, in the order of the grid."""
    hasil = []
    for asal, (grid, label) in ELEMEN.items():
        if asal not in kolom:
            continue
        if grid in ("nik", "nkk"):
            kita, sana = getattr(baris.identitas, grid), masuk.sel[asal]
            if kita != sana:
                hasil.append([label, samarkan_nik(kita), samarkan_nik(sana)])
        elif _rapi(grid, kita := baris.isi[grid]) != _rapi(grid, sana := masuk.sel[asal]):
            hasil.append([label, kita[:160], samarkan_teks(sana)[:160]])
    return hasil


def _rapi(grid: str, teks: str) -> str:
    """*teks* so that two ways to write the same are equal."""
    if grid == "tgl":
        return _tanggal(teks)
    # The files of SIDALIH cannot hold its own delimiter: a # went there as a blank.
    bersih = " ".join(teks.upper().replace("#", " ").split())
    if grid in ("rt", "rw", "tps"):
        return re.sub(r"^TPS\s*", "", bersih).lstrip("0")
    if grid == "dis":
        return bersih or "0"
    return bersih[:1] if grid in ("jk", "sts", "ktpel") else bersih


def _tanggal(teks: str) -> str:
    angka = re.findall(r"\d+", teks)[:3]
    if len(angka) != 3:
        return teks.strip()
    h, b, t = (int(a) for a in (reversed(angka) if len(angka[0]) == 4 else angka))
    try:
        return date(t, b, h).isoformat()
    except ValueError:
        return teks.strip()
