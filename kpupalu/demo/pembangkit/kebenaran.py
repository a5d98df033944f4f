"""What the generated files amount to, counted from the very rows that were written."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from .sisipan import Sisipan
from .usul import Usul
from .warga import Kota
from .wilayah import Kelurahan

Angka = dict[str, int]


def _kosong() -> Angka:
    return {"L": 0, "P": 0, "jumlah": 0}


def _tambah(wadah: dict[str, Angka], kunci: str, jk: str, n: int = 1) -> None:
    angka = wadah.setdefault(kunci, _kosong())
    angka[jk] += n
    angka["jumlah"] += n


class Hitungan:
    """Figures of the DPT, of the changes and of the list after them, at every level."""

    def __init__(self, kelurahan: list[Kelurahan], kota: Kota, usul: list[Usul]) -> None:
        """Count once over the rows; every area appears, also with zero."""
        self.kelurahan = kelurahan
        self.dpt_tps = {f"{k.kode}/{t.nomor}": _kosong() for k in kelurahan for t in k.tps + k.loksus}
        for p in kota.pemilih:
            _tambah(self.dpt_tps, f"{kelurahan[p.kel].kode}/{p.tps}", p.jk)
        self.hasil_tps = {kunci: dict(angka) for kunci, angka in self.dpt_tps.items()}
        self.perubahan: dict[str, dict[str, Angka]] = {k.kode: {} for k in kelurahan}
        for u in usul:
            self._terapkan(u)

    def _terapkan(self, u: Usul) -> None:
        asal = f"{u.kelurahan}/{u.tps}"
        isi = self.perubahan[u.kelurahan]
        if u.jenis == "MUTASI":
            _tambah(isi, "mutasi_keluar", u.jk)
            _tambah(self.perubahan[u.kelurahan_tujuan], "mutasi_masuk", u.jk)
            _tambah(self.hasil_tps, asal, u.jk, -1)
            _tambah(self.hasil_tps, f"{u.kelurahan_tujuan}/{u.tps_tujuan}", u.jk)
            return
        _tambah(isi, u.jenis.lower(), u.jk)
        if u.kategori:
            _tambah(isi, f"{u.jenis.lower()}.{u.kategori}", u.jk)
        _tambah(self.hasil_tps, asal, u.jk, {"BARU": 1, "TMS": -1, "UBAH": 0}[u.jenis])

    def per_wilayah(self, tps: dict[str, Angka]) -> dict[str, object]:
        """Return the figures of *tps* added up to kelurahan, kecamatan, kota, reguler and loksus."""
        kelurahan = {k.kode: _kosong() for k in self.kelurahan}
        jenis = {"reguler": _kosong(), "loksus": _kosong()}
        for kunci, angka in tps.items():
            kode, nomor = kunci.split("/")
            for jk in "LP":
                _tambah(kelurahan, kode, jk, angka[jk])
                _tambah(jenis, "loksus" if nomor > "900" else "reguler", jk, angka[jk])
        kecamatan, kota = self._naik(kelurahan)
        return {"kota": kota, **jenis, "kecamatan": kecamatan, "kelurahan": kelurahan, "tps": tps}

    def _naik(self, per_kelurahan: dict[str, Angka]) -> tuple[dict[str, Angka], Angka]:
        kecamatan: dict[str, Angka] = {k.kode_kecamatan: _kosong() for k in self.kelurahan}
        kota = {"kota": _kosong()}
        for kode, angka in per_kelurahan.items():
            for jk in "LP":
                _tambah(kecamatan, kode[:8], jk, angka[jk])
                _tambah(kota, "kota", jk, angka[jk])
        return kecamatan, kota["kota"]

    def rincian_perubahan(self) -> dict[str, object]:
        """Return the changes by jenis and kategori for kota, kecamatan and kelurahan."""
        kecamatan: dict[str, dict[str, Angka]] = {k.kode_kecamatan: {} for k in self.kelurahan}
        kota: dict[str, Angka] = {}
        for kode, isi in self.perubahan.items():
            for apa, angka in isi.items():
                for jk in "LP":
                    _tambah(kecamatan[kode[:8]], apa, jk, angka[jk])
                    _tambah(kota, apa, jk, angka[jk])
        return {"kota": kota, "kecamatan": kecamatan, "kelurahan": self.perubahan}


def daftar_ganda(sisipan: Sisipan, usul: list[Usul]) -> list[dict[str, object]]:
    """Return the planted pairs; *diputus* tells whether the change list settles the pair."""
    diputus = {(u.dpid_bertahan, u.dpid) for u in usul if u.kategori == "ganda"}
    return [
        {
            "kelas": s.kelas,
            "dpid_a": str(s.a),
            "dpid_b": str(s.b),
            "diputus": (str(s.a), str(s.b)) in diputus,
        }
        for s in sisipan.pasangan
    ]


def daftar_cacat(sisipan: Sisipan, berkas: Iterable[Path]) -> list[dict[str, object]]:
    """Return the invalid rows with the file and line they stand on."""
    baris = baris_dpid(berkas, {str(c.dpid) for c in sisipan.cacat})
    return [
        {
            "dpid": str(c.dpid),
            "berkas": baris[str(c.dpid)][0],
            "baris": baris[str(c.dpid)][1],
            "kolom": c.kolom,
            "apa": c.apa,
        }
        for c in sisipan.cacat
    ]


def baris_dpid(berkas: Iterable[Path], dicari: set[str]) -> dict[str, tuple[str, int]]:
    """Return for every DPID in *dicari* the file and the line it was written on."""
    hasil = {}
    for b in berkas:
        nama = f"dpt/{b.name}"
        for n, isi in enumerate(b.read_text(encoding="utf-8").splitlines(), 1):
            dpid = isi.split("#", 7)[6]
            if dpid in dicari:
                hasil[dpid] = (nama, n)
    return hasil


def sidik(folder: Path, berkas: Iterable[Path]) -> dict[str, str]:
    """Return the SHA-256 of every file by its path below *folder*."""
    return {b.relative_to(folder).as_posix(): hashlib.sha256(b.read_bytes()).hexdigest() for b in sorted(berkas)}
