"""The base list as files: one SIDALIH-like CSV per kelurahan and the list of TPS."""

import csv
from pathlib import Path

from .tanggal import AWAL, SIDALIH
from .warga import Pemilih
from .wilayah import Kelurahan

KOLOM = (
    "KEC_ID",
    "KEL_ID",
    "TPS_ID",
    "TAHAPAN_ID",
    "KECAMATAN",
    "KELURAHAN",
    "DPID",
    "NKK",
    "NIK",
    "NAMA",
    "KELAMIN",
    "TEMPAT LAHIR",
    "TANGGAL LAHIR",
    "STS KAWIN",
    "ALAMAT",
    "RT",
    "RW",
    "DISABILITAS",
    "EKTP",
    "KETERANGAN",
    "SUMBER",
    "TPS",
    "UPDATED_AT",
    "STATUS",
)
#: the central system's ids are not the codes of Kemendagri; these are invented
ID_KECAMATAN, ID_KELURAHAN, ID_TPS, ID_TAHAPAN = 99_100, 991_000, 9_910_000, 27


def _id_tps(kelurahan: list[Kelurahan]) -> dict[tuple[int, str], int]:
    semua = [(k.urut, t.nomor) for k in kelurahan for t in k.tps + k.loksus]
    return {kunci: ID_TPS + n for n, kunci in enumerate(semua, 1)}


def tulis_dpt(folder: Path, kelurahan: list[Kelurahan], pemilih: list[Pemilih]) -> list[Path]:
    """Write ``<kode kelurahan>.csv`` into *folder*, rows by TPS and family, and return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    id_tps = _id_tps(kelurahan)
    kecamatan = sorted({k.kode_kecamatan for k in kelurahan})
    per_kelurahan: list[list[Pemilih]] = [[] for _ in kelurahan]
    for p in pemilih:
        per_kelurahan[p.kel].append(p)
    hasil = []
    for k, isi in zip(kelurahan, per_kelurahan, strict=True):
        isi.sort(key=lambda p: p.tps)  # stable: families stay together
        kepala = f"{ID_KECAMATAN + kecamatan.index(k.kode_kecamatan)}#{ID_KELURAHAN + k.urut}#"
        tempat = f"#{ID_TAHAPAN}#{k.kecamatan.upper()}#{k.nama.upper()}#"
        baris = ["#".join(KOLOM)]
        baris += [f"{kepala}{id_tps[p.kel, p.tps]}{tempat}{_isi(p)}" for p in isi]
        berkas = folder / f"{k.kode}.csv"
        berkas.write_bytes(("\n".join(baris) + "\n").encode())
        hasil.append(berkas)
    return hasil


def tanggal_tertulis(p: Pemilih) -> str:
    """Return the birth date as it stands in the file, planted faults included."""
    return p.tanggal or SIDALIH[p.lahir - AWAL]


def _isi(p: Pemilih) -> str:
    diperbarui = f"2024-09-{1 + p.dpid % 19:02} {8 + p.dpid % 9:02}:{p.dpid * 7 % 60:02}:00"
    return (
        f"{p.dpid}#{p.nkk}#{p.nik}#{p.nama}#{p.jk}#{p.tempat}#{p.tanggal or SIDALIH[p.lahir - AWAL]}#{p.kawin}#"
        f"{p.alamat}#{p.rt}#{p.rw}#{p.disabilitas}#{p.ektp}##{p.sumber}#{p.tps}#{diperbarui}#AKTIF"
    )


def tulis_tps(berkas: Path, kelurahan: list[Kelurahan]) -> Path:
    """Write the TPS of every kelurahan; names of places and numbers per kelurahan are *rekaan*."""
    with berkas.open("w", encoding="utf-8", newline="") as f:
        tulis = csv.writer(f, lineterminator="\n")
        tulis.writerow(["kode_kelurahan", "nomor", "jenis", "nama_lokasi", "keterangan"])
        for k in kelurahan:
            for t in k.tps + k.loksus:
                tulis.writerow([k.kode, t.nomor, t.jenis, t.lokasi, "rekaan"])
    return berkas
