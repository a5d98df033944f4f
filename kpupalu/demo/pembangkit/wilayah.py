"""Places and how many voters stand in each: real down to the kecamatan, invented (rekaan) below it."""

import csv
from dataclasses import dataclass
from pathlib import Path

from .acak import Acak, bagi

DATA = Path(__file__).parents[1] / "data"
DATA_WILAYAH = Path(__file__).parents[2] / "wilayah" / "data"
TPS_TERBESAR = 600


@dataclass(frozen=True, slots=True)
class Tps:
    """One TPS and how many voters it is meant to hold."""

    nomor: str
    jenis: str
    lokasi: str
    laki_laki: int = 0
    perempuan: int = 0


@dataclass(slots=True)
class Kelurahan:
    """One kelurahan with its figures: *laki_laki* and *perempuan* count regular voters only."""

    urut: int
    kode: str
    nama: str
    kode_kecamatan: str
    kecamatan: str
    tps: list[Tps]
    loksus: list[Tps]
    jumlah: int
    laki_laki: int
    persen_kos: int
    panti: str
    isi_panti: int

    @property
    def perempuan(self) -> int:
        return self.jumlah - self.laki_laki


def baca_csv(berkas: Path) -> list[dict[str, str]]:
    """Return the rows of a data file as dictionaries."""
    with berkas.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def _skala(n: int, skala: float) -> int:
    return max(1, int(n * skala + 0.5))


def _loksus(skala: float) -> dict[str, list[Tps]]:
    hasil: dict[str, list[Tps]] = {}
    for b in baca_csv(DATA / "loksus-rekaan.csv"):
        laki, perempuan = (int(b["laki_laki"]), int(b["perempuan"]))
        tps = Tps(
            nomor=b["nomor"],
            jenis="loksus",
            lokasi=b["nama_lokasi"],
            laki_laki=max(4, int(laki * skala + 0.5)),
            perempuan=max(1, int(perempuan * skala + 0.5)) if perempuan else 0,
        )
        hasil.setdefault(b["kode_kelurahan"], []).append(tps)
    return hasil


def _isi(jenis: str, nomor: int, kelurahan: str) -> Tps:
    lokasi = ("BALAI PERTEMUAN RW", "HALAMAN SEKOLAH DASAR", "TENDA JALAN LINGKUNGAN", "POS KAMLING RW")
    return Tps(f"{nomor:03}", jenis, f"{lokasi[nomor % 4]} {(nomor + 2) // 3:03} {kelurahan.upper()}")


def _kelurahan(skala: float, kecamatan: dict[str, dict[str, str]], loksus: dict[str, list[Tps]]) -> list[Kelurahan]:
    induk = [b for b in baca_csv(DATA_WILAYAH / "wilayah.csv") if b["tingkat"] == "kelurahan"]
    rekaan = {b["kode_kelurahan"]: b for b in baca_csv(DATA / "kelurahan-rekaan.csv")}
    hasil: list[Kelurahan] = []
    for b in induk:
        r = rekaan[b["kode_kemendagri"]]
        banyak_tps = _skala(int(r["tps_reguler"]), skala)
        hasil.append(
            Kelurahan(
                urut=len(hasil),
                kode=b["kode_kemendagri"],
                nama=b["nama"],
                kode_kecamatan=b["kode_induk"],
                kecamatan=kecamatan[b["kode_induk"]]["kecamatan"],
                tps=[_isi("reguler", n, b["nama"]) for n in range(1, banyak_tps + 1)],
                loksus=loksus.get(b["kode_kemendagri"], []),
                jumlah=int(r["tps_reguler"]) * int(r["bobot_permil"]),  # a weight until _hitung
                laki_laki=0,
                persen_kos=int(r["persen_kos"]),
                panti=r["panti"],
                isi_panti=int(r["isi_panti"]),
            )
        )
    return hasil


def _jumlah_loksus(kelurahan: list[Kelurahan]) -> tuple[int, int]:
    isi = [t for k in kelurahan for t in k.loksus]
    return sum(t.laki_laki for t in isi), sum(t.perempuan for t in isi)


def rencana(benih: int, skala: float) -> list[Kelurahan]:
    """Return the 46 kelurahan in code order with exact numbers of voters, L and P.

    At ``skala=1`` each kecamatan and the city's L and P equal the announced DPT to the digit;
    L and P per kelurahan, TPS per kelurahan and voters per kelurahan are invented.
    """
    sumber = {b["kode_kecamatan"]: b for b in baca_csv(DATA_WILAYAH / "tps-kecamatan.csv")}
    kota = sumber.pop("72.71")
    kelurahan = _kelurahan(skala, sumber, _loksus(skala))
    total = int(int(kota["jumlah_pemilih"]) * skala + 0.5)
    per_kecamatan = bagi(total, [int(b["jumlah_pemilih"]) for b in sumber.values()])
    for kode, jumlah in zip(sumber, per_kecamatan, strict=True):
        anak = [k for k in kelurahan if k.kode_kecamatan == kode]
        reguler = jumlah - sum(_jumlah_loksus(anak))
        for k, n in zip(anak, bagi(reguler, [k.jumlah for k in anak]), strict=True):
            k.jumlah = n
    acak = Acak(benih, 1)
    laki = bagi(total, [int(kota["laki_laki"]), int(kota["perempuan"])])[0] - _jumlah_loksus(kelurahan)[0]
    bobot = [k.jumlah * acak.antara(978, 1022) for k in kelurahan]
    for k, n in zip(kelurahan, bagi(laki, bobot), strict=True):
        k.laki_laki = n
    return kelurahan
