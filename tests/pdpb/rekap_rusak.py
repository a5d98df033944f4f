"""Consistent recaps of an invented quarter, and one planted mistake of a known class in one known place.

Written apart from the doctor: it adds figures up by itself, and knows nothing of identities or causes.
"""

import copy
import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import kpupalu.wilayah
from kpupalu.lib.kata import terbilang

WILAYAH = Path(kpupalu.wilayah.__file__).parent / "data" / "wilayah.csv"
JK = ("laki_laki", "perempuan", "total")
ARUS = ("pemilih_baru", "tms", "ubah_data", "mutasi_masuk", "mutasi_keluar")
KOLOM = ("sebelumnya", *ARUS, "sekarang")
SEBAB = {"pemilih_baru": ("genap_17", "pindah_masuk"), "tms": ("meninggal", "ganda", "pindah_domisili")}
TINGKAT = ("kota", "kecamatan", "kelurahan", "tps")


@dataclass(frozen=True)
class Rusak:
    """A recap with one mistake: its class, its level, the area that must be named, the rules that must fail."""

    kelas: str
    tingkat: str
    nama: str
    aturan: frozenset[str]
    rekap: dict[str, Any]


def _tiga(laki: int, perempuan: int) -> dict[str, Any]:
    return {"total": laki + perempuan, "laki_laki": laki, "perempuan": perempuan}


def _bagi(acak: random.Random, n: int, nama: tuple[str, ...]) -> dict[str, int]:
    batas = sorted(acak.randint(0, n) for _ in nama[1:])
    return dict(zip(nama, (b - a for a, b in zip([0, *batas], [*batas, n], strict=True)), strict=True))


def _kelurahan(acak: random.Random, kode: str, nama: str, banyak_tps: int) -> dict[str, Any]:
    angka: dict[str, Any] = {}
    awal = {jk: acak.randint(900, 5200) for jk in JK[:2]}
    arus = {k: {jk: acak.randint(11, 90) for jk in JK[:2]} for k in ARUS}
    akhir = {
        jk: awal[jk] + arus["pemilih_baru"][jk] - arus["tms"][jk] + arus["mutasi_masuk"][jk] - arus["mutasi_keluar"][jk]
        for jk in JK[:2]
    }
    for kolom, n in (("sebelumnya", awal), *arus.items(), ("sekarang", akhir)):
        angka[kolom] = _tiga(n["laki_laki"], n["perempuan"])
        if kolom in SEBAB:
            angka[kolom]["rincian"] = _bagi(acak, angka[kolom]["total"], SEBAB[kolom])
    dasar = {jk: awal[jk] + acak.randint(-300, 300) for jk in JK[:2]}
    angka["dpt"] = _tiga(dasar["laki_laki"], dasar["perempuan"])
    sisa = dict(akhir)
    tps = []
    for nomor in range(1, banyak_tps + 1):
        rata = {jk: sisa[jk] // (banyak_tps - nomor + 1) for jk in JK[:2]}
        isi = {jk: sisa[jk] if nomor == banyak_tps else rata[jk] + acak.randint(-9, 9) for jk in JK[:2]}
        sisa = {jk: sisa[jk] - isi[jk] for jk in JK[:2]}
        milik = _tiga(isi["laki_laki"], isi["perempuan"])
        satu = {"nama": f"TPS {nomor:03d}", "kode": f"{kode}/{nomor:03d}", "tingkat": "tps", "total": milik["total"]}
        tps.append(satu | {"sekarang": milik})
    return {"nama": nama, "kode": kode, "tingkat": "kelurahan", **angka, "jumlah_tps": banyak_tps, "wilayah": tps}


def _jumlahkan(bawah: list[dict[str, Any]]) -> dict[str, Any]:
    hasil: dict[str, Any] = {}
    for kolom in (*KOLOM, "dpt"):
        hasil[kolom] = {jk: sum(b[kolom][jk] for b in bawah) for jk in JK}
        if kolom in SEBAB:
            hasil[kolom]["rincian"] = {s: sum(b[kolom]["rincian"][s] for b in bawah) for s in SEBAB[kolom]}
    return hasil


def buat(acak: random.Random) -> dict[str, Any]:
    """A recap of Palu in which everything adds up, down to TPS, with words and counts of areas."""
    kecamatan: dict[str, dict[str, Any]] = {}
    with WILAYAH.open(encoding="utf-8", newline="") as berkas:
        for b in csv.DictReader(berkas):
            kode = b["kode_kemendagri"]
            if b["tingkat"] == "kecamatan":
                kecamatan[kode] = {"nama": b["nama"], "kode": kode, "tingkat": "kecamatan", "wilayah": []}
            elif b["tingkat"] == "kelurahan":
                kecamatan[b["kode_induk"]]["wilayah"].append(_kelurahan(acak, kode, b["nama"], acak.randint(6, 14)))
    daftar = [k | _jumlahkan(k["wilayah"]) for k in kecamatan.values()]
    _imbangkan_mutasi(daftar)
    kota = _jumlahkan(daftar)
    for kolom in ("sekarang", "pemilih_baru"):
        kota[kolom]["terbilang"] = terbilang(kota[kolom]["total"])
    khusus = {jk: acak.randint(20, 400) for jk in JK[:2]}
    kota["loksus"] = _tiga(khusus["laki_laki"], khusus["perempuan"])
    kota["reguler"] = {jk: kota["sekarang"][jk] - kota["loksus"][jk] for jk in JK}
    return {
        "versi_skema": 1,
        "kode_wilayah": "72.71",
        "tingkat": "kota",
        "periode": {"label": "Triwulan IV 2026", "tahun": 2026, "triwulan": 4, "bulan": 12},
        "angka": {
            **kota,
            "jumlah_kecamatan": 8,
            "jumlah_kelurahan_desa": 46,
            "jumlah_tps": sum(len(kel["wilayah"]) for k in daftar for kel in k["wilayah"]),
            "wilayah": daftar,
        },
    }


def _imbangkan_mutasi(daftar: list[dict[str, Any]]) -> None:
    """Moves in and out of the city's areas are the same people: let the first row take up the difference."""
    kec = daftar[0]
    kel = kec["wilayah"][0]
    for jk in JK[:2]:
        beda = sum(k["mutasi_masuk"][jk] - k["mutasi_keluar"][jk] for k in daftar)
        for satu in (kec, kel):
            for kolom in ("mutasi_keluar" if beda > 0 else "mutasi_masuk",):
                satu[kolom][jk] += abs(beda)
                satu[kolom]["total"] += abs(beda)
            # The row still ends where it ended, so it began with so many more.
            satu["sebelumnya"][jk] += beda
            satu["sebelumnya"]["total"] += beda


def menurut_tingkat(rekap: dict[str, Any], tingkat: str) -> list[tuple[list[dict[str, Any]], int]]:
    """Every area of one level as ``(its list, its place in the list)``; the whole has a list of its own."""
    if tingkat == "kota":
        return [([rekap["angka"]], 0)]
    daftar = [rekap["angka"]["wilayah"]]
    for _ in range(TINGKAT.index(tingkat) - 1):
        daftar = [satu["wilayah"] for isi in daftar for satu in isi]
    return [(isi, i) for isi in daftar for i in range(len(isi))]


Tanam = Callable[[random.Random, list[dict[str, Any]], int], tuple[set[str], str] | None]
"""Plants a mistake in row i of a list: the rules that must fail by it and the area to be named, or None."""


def _sel(acak: random.Random, satu: dict[str, Any], paling_sedikit: int) -> tuple[dict[str, Any], str] | None:
    """Some figure of the row: mostly of a column, sometimes of a reason."""
    pilihan = [(satu[k], jk) for k in KOLOM if k in satu for jk in JK if satu[k][jk] >= paling_sedikit]
    pilihan += [(satu[k]["rincian"], s) for k in SEBAB if k in satu for s, n in satu[k]["rincian"].items()
                if n >= paling_sedikit]  # fmt: skip
    return acak.choice(pilihan) if pilihan else None


def _nama(satu: dict[str, Any]) -> str:
    return satu.get("nama", "")


def _tulis(satu: dict[str, Any], di: dict[str, Any], kunci: str, nilai: int) -> None:
    di[kunci] = nilai
    if kunci == "total" and di is satu.get("sekarang") and "total" in satu:
        satu["total"] = nilai


def ribuan(acak, daftar, i):
    if (letak := _sel(acak, daftar[i], 2000)) is None:
        return None
    di, kunci = letak
    digit = int(str(di[kunci])[-4])
    lain = acak.choice([d for d in range(1 if di[kunci] < 10_000 else 0, 10) if d != digit])
    _tulis(daftar[i], di, kunci, di[kunci] + (lain - digit) * 1000)
    return set(), _nama(daftar[i])


def satu_digit(acak, daftar, i):
    if (letak := _sel(acak, daftar[i], 100)) is None:
        return None
    di, kunci = letak
    tempat = acak.choice([2] if di[kunci] < 1000 else [2, 3])
    digit = int(str(di[kunci])[-tempat])
    lain = acak.choice([d for d in range(10) if d != digit])
    _tulis(daftar[i], di, kunci, di[kunci] + (lain - digit) * 10 ** (tempat - 1))
    return set(), _nama(daftar[i])


def digit_tertukar(acak, daftar, i):
    if (letak := _sel(acak, daftar[i], 21)) is None:
        return None
    di, kunci = letak
    teks = str(di[kunci])
    tempat = [t for t in range(len(teks) - 1) if teks[t] != teks[t + 1] and (t or teks[1] != "0")]
    if not tempat:
        return None
    t = acak.choice(tempat)
    _tulis(daftar[i], di, kunci, int(teks[:t] + teks[t + 1] + teks[t] + teks[t + 2 :]))
    return set(), _nama(daftar[i])


def sedikit(acak, daftar, i):
    if (letak := _sel(acak, daftar[i], 20)) is None:
        return None
    di, kunci = letak
    _tulis(daftar[i], di, kunci, di[kunci] + acak.choice([-3, -2, -1, 1, 2, 3]))
    return set(), _nama(daftar[i])


def nol(acak, daftar, i):
    if (letak := _sel(acak, daftar[i], 12)) is None:
        return None
    di, kunci = letak
    _tulis(daftar[i], di, kunci, acak.choice([0, "-"]))
    return set(), _nama(daftar[i])


def ubah_ditambah(acak, daftar, i):
    satu = daftar[i]
    if "ubah_data" not in satu:
        return None
    for jk in acak.choice([JK, ("total",)]):
        satu["sekarang"][jk] += satu["ubah_data"][jk]
    return {"R1", "R6"}, _nama(daftar[i])


def kurang_bukan_tambah(acak, daftar, i):
    satu = daftar[i]
    if "tms" not in satu:
        return None
    kolom, tanda = acak.choice([("pemilih_baru", -2), ("tms", 2)])
    for jk in JK:
        satu["sekarang"][jk] += tanda * satu[kolom][jk]
    return {"R1"}, _nama(daftar[i])


def baru_tms_tertukar(acak, daftar, i):
    satu = daftar[i]
    if "tms" not in satu or satu["tms"]["total"] == satu["pemilih_baru"]["total"]:
        return None
    if acak.random() < 0.5:
        satu["tms"], satu["pemilih_baru"] = satu["pemilih_baru"], satu["tms"]
    else:
        for jk in JK:
            satu["tms"][jk], satu["pemilih_baru"][jk] = satu["pemilih_baru"][jk], satu["tms"][jk]
    return {"R1"}, _nama(daftar[i])


def dasar_lain(acak, daftar, i):
    satu = daftar[i]
    if "dpt" not in satu:
        return None
    satu["sebelumnya"] = dict(satu["dpt"])
    return {"R1"}, _nama(daftar[i])


def _tukar(milik: dict[str, Any]) -> None:
    milik["laki_laki"], milik["perempuan"] = milik["perempuan"], milik["laki_laki"]


def lp_tertukar(acak, daftar, i):
    """In one column of a row, in the whole row, or in one column of every row of the list."""
    satu = daftar[i]
    cara = acak.choice(["sel", "baris", "kolom"])
    if cara == "kolom":
        for baris in daftar:
            _tukar(baris["sekarang"])
    else:
        for kolom in KOLOM if cara == "baris" else ("sekarang",):
            if kolom in satu:
                _tukar(satu[kolom])
    beda = satu["sekarang"]["laki_laki"] != satu["sekarang"]["perempuan"]
    return (set(), "" if cara == "kolom" else _nama(satu)) if beda else None


def baris_tersalin(acak, daftar, i):
    if i == 0:
        return None
    lama = daftar[i - 1]
    for kolom in KOLOM if acak.random() < 0.5 else ("sekarang",):
        if kolom in lama:
            rincian = daftar[i][kolom].get("rincian")
            daftar[i][kolom] = copy.deepcopy(lama[kolom])
            if rincian and kolom == "sekarang":
                daftar[i][kolom]["rincian"] = rincian
    if "total" in daftar[i]:
        daftar[i]["total"] = daftar[i]["sekarang"]["total"]
    return {"R3"}, _nama(daftar[i])


def wilayah_hilang(acak, daftar, i):
    hilang = daftar.pop(i)
    # Nobody can tell from the rest which number a missing TPS had.
    return {"R3", "R14"}, "" if hilang["tingkat"] == "tps" else hilang["nama"]


def wilayah_terlewat(acak, daftar, i):
    """The row above was added up without one of the areas below it."""
    bawah = daftar[i].get("wilayah")
    if not bawah:
        return None
    satu = acak.choice(bawah)
    for jk in JK:
        daftar[i]["sekarang"][jk] -= satu["sekarang"][jk]
    return {"R3"}, satu["nama"]


def kata_beda(acak, daftar, i):
    satu = daftar[i]
    if "sebelumnya" not in satu:
        return None
    angka = satu["sekarang"]["total"]
    satu["sekarang"]["terbilang"] = terbilang(angka + acak.choice([-1000, -100, -9, -1, 1, 9, 90, 900, 10_000]))
    return {"R11"}, _nama(daftar[i])


KELAS: dict[str, Tanam] = {
    fungsi.__name__: fungsi
    for fungsi in (
        ribuan, satu_digit, digit_tertukar, sedikit, nol, ubah_ditambah, kurang_bukan_tambah, baru_tms_tertukar,
        dasar_lain, lp_tertukar, baris_tersalin, wilayah_hilang, wilayah_terlewat, kata_beda,
    )
}  # fmt: skip


def rusakkan(rekap: dict[str, Any], acak: random.Random, kelas: str, tingkat: str) -> Rusak | None:
    """*rekap* with one mistake of *kelas* at *tingkat*; None where this level cannot have it."""
    salinan = copy.deepcopy(rekap)
    for _ in range(20):
        daftar, i = acak.choice(menurut_tingkat(salinan, tingkat))
        if kelas == "wilayah_hilang" and tingkat == "kota":
            return None
        hasil = KELAS[kelas](acak, daftar, i)
        if hasil is not None and salinan != rekap:
            return Rusak(kelas, tingkat, hasil[1], frozenset(hasil[0]), salinan)
        salinan = copy.deepcopy(rekap)
    return None


def semua_rusak(acak: random.Random, ulang: int) -> Iterator[Rusak]:
    """*ulang* times each class at each level that can have it."""
    for _ in range(ulang):
        rekap = buat(acak)
        for tingkat in TINGKAT:
            for kelas in KELAS:
                if satu := rusakkan(rekap, acak, kelas, tingkat):
                    yield satu
