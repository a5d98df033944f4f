"""The demo office: figures equal their sources, bytes repeat, numbers hold, and the truth file is true."""

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from kpupalu.demo.pembangkit import Masa, Ringkasan, buat
from kpupalu.demo.pembangkit.acak import Acak, bagi
from kpupalu.demo.pembangkit.dpt import KOLOM
from kpupalu.demo.pembangkit.orang_kantor import KOMISIONER, ORANG_KANTOR, PERAN, SUBBAGIAN
from kpupalu.demo.pembangkit.xlsx import huruf_kolom

AKAR = Path(__file__).parents[2]
DATA = AKAR / "kpupalu" / "wilayah" / "data"
ACUAN, CUT_OFF = Masa().acuan_dpt, Masa().cut_off
#: SHA-256 over the names and digests of all files at seed 7271, scale 0.01 and 1; they change only with the generator
SIDIK_KECIL = "5b85a7f71314c2a95d483abdd7b8bc17d0102a50ade22f2eb7d6230fcf97bb61"
SIDIK_PENUH = "04d6542818dc9e5ccd6b6263fba2482c063f781cbc0e99a1aeedd1db967d510b"


def baca_dpt(berkas: Path) -> list[dict[str, str]]:
    with berkas.open(encoding="utf-8", newline="") as f:
        kepala, *isi = csv.reader(f, delimiter="#", quoting=csv.QUOTE_NONE)
    return [dict(zip(kepala, baris, strict=True)) for baris in isi]


def umur(lahir: date, pada: date) -> int:
    return pada.year - lahir.year - ((pada.month, pada.day) < (lahir.month, lahir.day))


def ke_tanggal(teks: str) -> date:
    """Read ``dd?mm?yyyy`` or ``ddmmyy``; a date that does not exist raises ValueError."""
    if teks.isdigit():
        return date(2000 + int(teks[4:]), int(teks[2:4]), int(teks[:2]))
    return date(int(teks[6:]), int(teks[3:5]), int(teks[:2]))


def sidik(folder: Path) -> str:
    h = hashlib.sha256()
    for b in sorted(p for p in folder.rglob("*") if p.is_file()):
        h.update(b.relative_to(folder).as_posix().encode())
        h.update(hashlib.sha256(b.read_bytes()).digest())
    return h.hexdigest()


@pytest.fixture(scope="module")
def penuh(tmp_path_factory: pytest.TempPathFactory) -> Ringkasan:
    """The office at full size; it takes a few seconds, once."""
    return buat(tmp_path_factory.mktemp("penuh"))


@pytest.fixture(scope="module")
def dpt(penuh: Ringkasan) -> dict[str, list[dict[str, str]]]:
    return {b.stem: baca_dpt(b) for b in penuh.dpt}


@pytest.fixture(scope="module")
def semua(dpt: dict[str, list[dict[str, str]]]) -> list[dict[str, str]]:
    return [b for isi in dpt.values() for b in isi]


@pytest.fixture(scope="module")
def usul(penuh: Ringkasan) -> list[dict[str, str]]:
    with penuh.perubahan.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter=";"))


@pytest.fixture(scope="module")
def benar(penuh: Ringkasan) -> dict:
    return json.loads(penuh.kebenaran.read_text(encoding="utf-8"))


# Sources


def test_city_and_kecamatan_equal_the_announced_dpt(dpt, semua):
    with (DATA / "tps-kecamatan.csv").open(encoding="utf-8") as f:
        sumber = {b["kode_kecamatan"]: b for b in csv.DictReader(f)}
    kota = sumber.pop("72.71")
    per_kecamatan = Counter()
    tps = defaultdict(set)
    for kode, isi in dpt.items():
        per_kecamatan[kode[:8]] += len(isi)
        tps[kode[:8]] |= {(kode, b["TPS"]) for b in isi}
    assert per_kecamatan == {k: int(b["jumlah_pemilih"]) for k, b in sumber.items()}
    assert {k: len(v) for k, v in tps.items()} == {k: int(b["jumlah_tps"]) for k, b in sumber.items()}
    assert Counter(b["KELAMIN"] for b in semua) == {"L": 134_089, "P": 140_204}
    assert (len(semua), len(dpt)) == (int(kota["jumlah_pemilih"]), 46) == (274_293, 46)


def test_kelurahan_files_carry_codes_and_names_of_the_official_table(dpt):
    with (DATA / "wilayah.csv").open(encoding="utf-8") as f:
        resmi = {b["kode_kemendagri"]: b for b in csv.DictReader(f) if b["tingkat"] == "kelurahan"}
    assert set(dpt) == set(resmi)
    for kode, isi in dpt.items():
        assert {b["KELURAHAN"] for b in isi} == {resmi[kode]["nama"].upper()}
        assert {b["KECAMATAN"] for b in isi} == {resmi[kode]["nama_kecamatan"].upper()}
        assert len({b["KEL_ID"] for b in isi}) == 1


def test_tps_file_lists_504_reguler_and_3_loksus_none_above_600(penuh, dpt):
    with penuh.tps.open(encoding="utf-8") as f:
        tps = list(csv.DictReader(f))
    assert Counter(t["jenis"] for t in tps) == {"reguler": 504, "loksus": 3}
    assert [t["kode_kelurahan"] for t in tps if t["jenis"] == "loksus"] == [
        "72.71.01.1009",
        "72.71.03.1003",
        "72.71.03.1003",
    ]
    isi = Counter((kode, b["TPS"]) for kode, baris in dpt.items() for b in baris)
    assert set(isi) == {(t["kode_kelurahan"], t["nomor"]) for t in tps}
    assert max(isi.values()) <= 600
    assert all(re.fullmatch(r"\d{3}", nomor) for _, nomor in isi)


def test_loksus_voters_are_a_few_hundred_and_mostly_men(dpt):
    binaan = [b for isi in dpt.values() for b in isi if b["TPS"] > "900"]
    laki = sum(b["KELAMIN"] == "L" for b in binaan)
    assert 300 < len(binaan) < 1000
    assert laki / len(binaan) > 0.9


# Bytes


def test_same_seed_gives_the_same_bytes_and_the_stored_digest(tmp_path):
    buat(tmp_path / "a", skala=0.01)
    buat(tmp_path / "b", skala=0.01)
    assert sidik(tmp_path / "a") == sidik(tmp_path / "b") == SIDIK_KECIL
    buat(tmp_path / "c", skala=0.01, benih=1)
    assert sidik(tmp_path / "c") != SIDIK_KECIL


def test_hash_seed_locale_and_time_zone_do_not_matter(tmp_path):
    perintah = "import sys; from pathlib import Path; from kpupalu.demo.pembangkit import buat; "
    perintah += "buat(Path(sys.argv[1]), skala=0.01)"
    lingkungan = {"PYTHONHASHSEED": "4242", "TZ": "America/Lima", "LC_ALL": "C", "PATH": os.environ["PATH"]}
    subprocess.run(
        [sys.executable, "-c", perintah, str(tmp_path / "x")], cwd=AKAR, env=lingkungan, check=True, timeout=60
    )
    assert sidik(tmp_path / "x") == SIDIK_KECIL


def test_the_full_office_has_the_stored_digest(penuh):
    assert sidik(penuh.folder) == SIDIK_PENUH


def test_digests_in_the_truth_file_are_those_of_the_files(penuh, benar):
    nyata = {
        b.relative_to(penuh.folder).as_posix(): hashlib.sha256(b.read_bytes()).hexdigest()
        for b in [*penuh.dpt, penuh.tps, penuh.perubahan, *penuh.instansi]
    }
    assert benar["sha256"] == nyata


def test_another_quarter_moves_the_days_and_the_file_name(tmp_path):
    masa = Masa(mulai=date(2027, 1, 1), akhir=date(2027, 3, 31), cut_off=date(2027, 4, 2))
    r = buat(tmp_path, skala=0.01, masa=masa)
    assert r.perubahan.name == "2027-TW1.csv"
    with r.perubahan.open(encoding="utf-8") as f:
        dokumen = {ke_tanggal(b["TANGGAL DOKUMEN"]) for b in csv.DictReader(f, delimiter=";")}
    assert masa.mulai <= min(dokumen) <= max(dokumen) <= masa.akhir


@pytest.mark.parametrize("skala", [0, 0.009, 1.01])
def test_scale_outside_its_range_is_refused_and_writes_nothing(tmp_path, skala):
    with pytest.raises(ValueError, match="skala"):
        buat(tmp_path / "x", skala=skala)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(("skala", "benih"), [(0.01, 1), (0.013, 2), (0.02, 3), (0.05, 4), (0.1, 7271)])
def test_smaller_offices_are_consistent_too(tmp_path, skala, benih):
    r = buat(tmp_path, skala=skala, benih=benih)
    benar = json.loads(r.kebenaran.read_text(encoding="utf-8"))
    baris = [b for f in r.dpt for b in baca_dpt(f)]
    assert len(baris) == r.jumlah_pemilih == benar["dpt"]["kota"]["jumlah"] == int(274_293 * skala + 0.5)
    p = benar["perubahan"]["kota"]
    assert benar["hasil"]["kota"]["jumlah"] == benar["dpt"]["kota"]["jumlah"] + p["baru"]["jumlah"] - p["tms"]["jumlah"]
    assert len(benar["dpt"]["kelurahan"]) == 46
    assert len(benar["ganda"]) == 12


# People


def test_files_have_the_columns_of_the_central_system_and_sound_values(dpt, semua, benar):
    assert tuple(semua[0]) == KOLOM
    cacat = {c["dpid"] for c in benar["data_invalid"]}
    for b in semua:
        if b["DPID"] in cacat:
            continue
        assert b["KELAMIN"] in {"L", "P"}
        assert b["STS KAWIN"] in {"B", "S", "P"}
        assert b["DISABILITAS"] in set("0123456")
        assert b["EKTP"] in {"S", "B"}
        assert re.fullmatch(r"\d{3}", b["RT"])
        assert b["RT"] != "000"
        assert re.fullmatch(r"\d{3}", b["RW"])
        assert b["STATUS"] == "AKTIF"
        assert b["NAMA"] == b["NAMA"].upper().strip() != ""
    assert len({b["DPID"] for b in semua}) == len(semua)


def test_nik_and_nkk_hold_by_their_rule_and_belong_to_nobody(semua, benar):
    cacat = {c["dpid"] for c in benar["data_invalid"]}
    beda_tanggal = set(benar["wajar"]["nik_beda_tanggal_lahir"]) | set(benar["wajar"]["nik_beda_kelamin"])
    beda_tanggal |= {g["dpid_b"] for g in benar["ganda"] if g["kelas"] == "G2"}
    for b in semua:
        if b["DPID"] in cacat:
            continue
        assert re.fullmatch(r"\d{12}9\d{3}", b["NIK"])
        assert re.fullmatch(r"\d{12}9\d{3}", b["NKK"])
        assert int(b["NIK"][12:]) > 9000
        assert ke_tanggal(b["NKK"][6:12]) < ACUAN
        hari, bulan, tahun = b["TANGGAL LAHIR"].split("|")
        cocok = f"{int(hari) + (40 if b['KELAMIN'] == 'P' else 0):02}{bulan}{tahun[2:]}" == b["NIK"][6:12]
        assert cocok or b["DPID"] in beda_tanggal


def test_no_nik_stands_twice_but_in_the_planted_pairs(semua, benar):
    per_nik = defaultdict(set)
    for b in semua:
        per_nik[b["NIK"]].add(b["DPID"])
    kembar = {frozenset(v) for v in per_nik.values() if len(v) > 1}
    tanam = {frozenset((g["dpid_a"], g["dpid_b"])) for g in benar["ganda"] if g["kelas"] != "G3"}
    assert kembar == tanam
    assert Counter(g["kelas"] for g in benar["ganda"]) == {"G1": 6, "G2": 2, "G3": 2, "G6": 2}


def test_name_and_birth_date_agree_only_where_planted(semua, benar):
    per_orang = defaultdict(set)
    for b in semua:
        per_orang[b["NAMA"], b["TANGGAL LAHIR"]].add(b["DPID"])
    sama = {frozenset(v) for v in per_orang.values() if len(v) > 1}
    tanam = {frozenset((g["dpid_a"], g["dpid_b"])) for g in benar["ganda"] if g["kelas"] != "G2"}
    senama = benar["wajar"]["senama_setanggal"]
    tanam |= {frozenset(senama[i : i + 2]) for i in range(0, len(senama), 2)}
    assert sama == tanam


def test_planted_invalid_rows_are_few_and_where_the_truth_says(penuh, semua, benar):
    assert len(benar["data_invalid"]) == 40
    per_dpid = {b["DPID"]: b for b in semua}
    for c in benar["data_invalid"]:
        baris = (penuh.folder / c["berkas"]).read_text(encoding="utf-8").splitlines()[c["baris"] - 1]
        assert f"#{c['dpid']}#" in baris
        b, nilai = per_dpid[c["dpid"]], per_dpid[c["dpid"]][c["kolom"]]
        if c["apa"] == "rt_nol":
            assert nilai == "0"
        elif c["apa"] == "rw_kosong":
            assert nilai == ""
        elif c["apa"] == "nik_15_digit":
            assert len(nilai) == 15
        elif c["apa"] == "belum_17_belum_kawin":
            lahir = ke_tanggal(nilai)
            assert umur(lahir, CUT_OFF) < 17
            assert b["STS KAWIN"] == "B"
        else:
            digit = nilai if c["kolom"] == "TANGGAL LAHIR" else nilai[6:12]
            hari = int(digit[:2])
            hari -= 40 if hari > 40 and c["kolom"] == "NIK" else 0
            with pytest.raises(ValueError, match=r"day|month"):
                ke_tanggal(f"{hari:02}{digit[2:]}")


def test_everybody_else_may_vote_on_the_day_of_the_dpt(semua, benar):
    cacat = {c["dpid"] for c in benar["data_invalid"]}
    muda, tua = set(), set()
    for b in semua:
        if b["DPID"] in cacat:
            continue
        hari, bulan, tahun = (int(x) for x in b["TANGGAL LAHIR"].split("|"))
        n = umur(date(tahun, bulan, hari), ACUAN)
        if n < 17:
            assert b["STS KAWIN"] != "B"
            muda.add(b["DPID"])
        if n > 100:
            tua.add(b["DPID"])
    assert muda == set(benar["wajar"]["kawin_di_bawah_17"])
    assert tua == set(benar["wajar"]["umur_di_atas_100"])
    assert len(muda) > 3
    assert len(tua) > 3


def test_families_look_like_families(semua, benar):
    nkk = Counter(b["NKK"] for b in semua)
    assert 2.2 < len(semua) / len(nkk) < 3.2
    besar = {k for k, n in nkk.items() if n > 9}
    per_dpid = {b["DPID"]: b for b in semua}
    assert besar == {per_dpid[d]["NKK"] for d in benar["wajar"]["nkk_besar"]}
    assert max(nkk.values()) <= 40
    kembar = benar["wajar"]["kembar"]
    for a, b in zip(kembar[::2], kembar[1::2], strict=True):
        a, b = per_dpid[a], per_dpid[b]
        assert a["NKK"] == b["NKK"]
        assert a["TANGGAL LAHIR"] == b["TANGGAL LAHIR"]
        assert int(b["NIK"]) - int(a["NIK"]) == 1
    senama = benar["wajar"]["ayah_anak_senama"]
    for a, b in zip(senama[::2], senama[1::2], strict=True):
        assert per_dpid[a]["NAMA"] == per_dpid[b]["NAMA"]
        assert per_dpid[a]["NKK"] == per_dpid[b]["NKK"]
        assert per_dpid[a]["TANGGAL LAHIR"][6:] < per_dpid[b]["TANGGAL LAHIR"][6:]
    terpisah = defaultdict(set)
    for b in semua:
        terpisah[b["NKK"]].add((b["KELURAHAN"], b["TPS"]))
    dua = {k for k, v in terpisah.items() if len(v) > 1}
    assert dua == {per_dpid[d]["NKK"] for d in benar["wajar"]["nkk_terpisah"]}


def test_about_a_quarter_of_the_nik_were_issued_elsewhere(semua):
    luar = sum(not b["NIK"].startswith("7271") for b in semua) / len(semua)
    assert 0.2 < luar < 0.3
    mantikulore = [b["NIK"][:6] for b in semua if b["KECAMATAN"] == "MANTIKULORE"]
    assert mantikulore.count("727101") > mantikulore.count("727108")


def test_names_are_varied_and_have_the_shapes_that_trip_programs(semua):
    nama = Counter(b["NAMA"] for b in semua)
    assert len(nama) > 40_000
    assert any("'" in n for n in nama)
    assert any(" " not in n for n in nama)
    assert any(n.startswith("HJ. ") for n in nama)
    assert not any(set(n) & set('#;,"|') for n in nama)


# Changes


def test_changes_refer_to_rows_of_the_dpt_each_once(usul, semua):
    per_dpid = {b["DPID"]: b for b in semua}
    dpid = [u["DPID"] for u in usul if u["JENIS"] != "BARU"]
    assert len(dpid) == len(set(dpid))
    for u in usul:
        if u["JENIS"] == "BARU":
            assert u["DPID"] == ""
            continue
        b = per_dpid[u["DPID"]]
        assert u["TPS"] == b["TPS"]
        assert u["NIK"] == b["NIK"]
        assert u["KELAMIN"] == b["KELAMIN"]


def test_kelurahan_and_tps_of_every_change_exist(usul, penuh, dpt):
    with penuh.tps.open(encoding="utf-8") as f:
        tps = {(t["kode_kelurahan"], t["nomor"]) for t in csv.DictReader(f)}
    tempat = {b["DPID"]: kode for kode, isi in dpt.items() for b in isi}
    for u in usul:
        assert (u["KELURAHAN"], u["TPS"]) in tps
        assert u["DPID"] == "" or tempat[u["DPID"]] == u["KELURAHAN"]
        if u["JENIS"] == "MUTASI":
            assert (u["KELURAHAN TUJUAN"], u["TPS TUJUAN"]) in tps
            assert u["KELURAHAN TUJUAN"] != u["KELURAHAN"]
        else:
            assert u["KELURAHAN TUJUAN"] == u["TPS TUJUAN"] == ""
    for jenis in ("BARU", "TMS", "UBAH", "MUTASI"):
        assert len({u["KELURAHAN"] for u in usul if u["JENIS"] == jenis}) == 46


def test_new_voters_are_unknown_complete_and_old_enough_on_the_cut_off(usul, semua):
    nik = {b["NIK"] for b in semua}
    baru = [u for u in usul if u["JENIS"] == "BARU"]
    assert len({u["NIK"] for u in baru}) == len(baru)
    for u in baru:
        assert u["NIK"] not in nik
        assert re.fullmatch(r"\d{12}9\d{3}", u["NKK"])
        lahir = ke_tanggal(u["TANGGAL LAHIR"])
        hari = lahir.day + (40 if u["KELAMIN"] == "P" else 0)
        assert u["NIK"][6:12] == f"{hari:02}{lahir:%m%y}"
        n = umur(lahir, CUT_OFF)
        if u["KATEGORI"] == "kawin_di_bawah_17":
            assert n < 17
            assert u["STS KAWIN"] == "S"
        else:
            assert n >= 17
        if u["KATEGORI"] == "genap_17":
            assert umur(lahir, ACUAN) < 17
    lahir = {u["TANGGAL LAHIR"] for u in baru if u["KATEGORI"] == "genap_17"}
    assert "07-12-2009" in lahir
    assert "29-02-2008" in lahir


def test_corrections_change_something_and_never_sex_or_place(usul, semua):
    per_dpid = {b["DPID"]: b for b in semua}
    elemen = ("NAMA", "TEMPAT LAHIR", "STS KAWIN", "ALAMAT", "RT", "RW", "DISABILITAS", "EKTP", "NKK")
    for u in (u for u in usul if u["JENIS"] == "UBAH"):
        b = per_dpid[u["DPID"]]
        beda = [e for e in elemen if u[e] != b[e]]
        beda += ["TANGGAL LAHIR"] * (u["TANGGAL LAHIR"] != b["TANGGAL LAHIR"].replace("|", "-"))
        assert len(beda) == 1


def test_ganda_names_a_survivor_who_stays(usul, benar):
    keluar = {u["DPID"] for u in usul if u["JENIS"] == "TMS"}
    pasangan = {(g["dpid_a"], g["dpid_b"]): g for g in benar["ganda"]}
    ganda = [u for u in usul if u["KATEGORI"] == "ganda"]
    assert len(ganda) == sum(g["diputus"] for g in benar["ganda"]) == 9
    for u in ganda:
        assert (u["DPID BERTAHAN"], u["DPID"]) in pasangan
        assert u["DPID BERTAHAN"] not in keluar
    assert all(u["DPID BERTAHAN"] == "" for u in usul if u["KATEGORI"] != "ganda")


def test_every_change_has_its_document_from_the_quarter(usul):
    for u in usul:
        assert u["SUMBER"]
        assert u["JENIS DOKUMEN"]
        assert u["NOMOR DOKUMEN"]
        assert u["PENERBIT"]
        tanggal = ke_tanggal(u["TANGGAL DOKUMEN"])
        assert Masa().mulai <= tanggal <= date(2026, 11, 10)


# Truth, counted again from the files alone


def _kosong() -> dict[str, int]:
    return {"L": 0, "P": 0, "jumlah": 0}


def _hitung(pasangan) -> dict[str, dict[str, int]]:
    hasil: dict[str, dict[str, int]] = {}
    for kunci, jk, n in pasangan:
        angka = hasil.setdefault(kunci, _kosong())
        angka[jk] += n
        angka["jumlah"] += n
    return hasil


def test_truth_about_the_dpt_equals_a_recount(dpt, benar):
    baris = [(kode, b) for kode, isi in dpt.items() for b in isi]
    assert benar["dpt"]["tps"] == _hitung((f"{k}/{b['TPS']}", b["KELAMIN"], 1) for k, b in baris)
    assert benar["dpt"]["kelurahan"] == _hitung((k, b["KELAMIN"], 1) for k, b in baris)
    assert benar["dpt"]["kecamatan"] == _hitung((k[:8], b["KELAMIN"], 1) for k, b in baris)
    jenis = _hitung(("loksus" if b["TPS"] > "900" else "reguler", b["KELAMIN"], 1) for _, b in baris)
    assert {k: benar["dpt"][k] for k in ("reguler", "loksus")} == jenis


def _pergerakan(usul):
    """Yield (kelurahan, tps, what, sex, step) for every line a change draws in the recap."""
    for u in usul:
        jk, jenis = u["KELAMIN"], u["JENIS"].lower()
        if jenis == "mutasi":
            yield u["KELURAHAN"], u["TPS"], "mutasi_keluar", jk, -1
            yield u["KELURAHAN TUJUAN"], u["TPS TUJUAN"], "mutasi_masuk", jk, 1
            continue
        langkah = {"baru": 1, "tms": -1, "ubah": 0}[jenis]
        yield u["KELURAHAN"], u["TPS"], jenis, jk, langkah
        if u["KATEGORI"]:
            yield u["KELURAHAN"], u["TPS"], f"{jenis}.{u['KATEGORI']}", jk, 0


def test_truth_about_the_changes_equals_a_recount(usul, benar):
    gerak = list(_pergerakan(usul))
    assert benar["perubahan"]["kota"] == _hitung((apa, jk, 1) for _, _, apa, jk, _ in gerak)
    for kode, isi in benar["perubahan"]["kelurahan"].items():
        assert isi == _hitung((apa, jk, 1) for k, _, apa, jk, _ in gerak if k == kode)
    for kode, isi in benar["perubahan"]["kecamatan"].items():
        assert isi == _hitung((apa, jk, 1) for k, _, apa, jk, _ in gerak if k[:8] == kode)
    jumlah = {j: benar["perubahan"]["kota"][j]["jumlah"] for j in ("baru", "tms", "ubah", "mutasi_masuk")}
    assert jumlah == {"baru": 900, "tms": 700, "ubah": 150, "mutasi_masuk": 120}


def test_truth_about_the_result_equals_a_recount(dpt, usul, benar):
    gerak = [(f"{k}/{t}", jk, n) for k, t, _, jk, n in _pergerakan(usul)]
    awal = [(f"{k}/{b['TPS']}", b["KELAMIN"], 1) for k, isi in dpt.items() for b in isi]
    assert benar["hasil"]["tps"] == _hitung(awal + gerak)
    assert benar["hasil"]["kelurahan"] == _hitung([(k[:13], jk, n) for k, jk, n in awal + gerak])
    assert benar["hasil"]["kota"]["jumlah"] == 274_293 + 900 - 700


# Agency lists


def _isi(berkas: Path) -> list[list]:
    if berkas.suffix == ".xlsx":
        return [list(b) for b in load_workbook(berkas).active.iter_rows(values_only=True)]
    pemisah = "," if "lurah" in berkas.name else ";"
    with berkas.open(encoding="utf-8", newline="") as f:
        return list(csv.reader(f, delimiter=pemisah))


def test_agency_faults_stand_where_the_truth_says(penuh, benar):
    isi = {f"instansi/{b.name}": _isi(b) for b in penuh.instansi}
    ciri = {
        "nik_sebagai_angka": lambda v: isinstance(v, int | float) and int(v) % 10 == 0,
        "nik_ilmiah": lambda v: str(v).endswith("E+15"),
        "apostrof": lambda v: v.startswith("'"),
        "spasi_tak_putus": lambda v: "\u00a0" in v,
        "spasi_dalam_nama": lambda v: v.endswith("\u00a0"),
        "tahun_dua_angka": lambda v: re.fullmatch(r"\d\d/\d\d/\d\d", v),
        "tanggal_sebagai_angka": lambda v: isinstance(v, int | float),
        "rt_tanpa_nol": lambda v: re.fullmatch(r"[1-9]\d?", v),
        "ejaan_kelurahan": lambda v: v,
    }
    for s in benar["kesalahan_instansi"]:
        baris = isi[s["berkas"]]
        kepala = next(b for b in baris if sum(v not in (None, "") for v in b) > 4)
        if s["kolom"]:
            assert ciri[s["apa"]](baris[s["baris"] - 1][kepala.index(s["kolom"])]), s
    jenis = {s["apa"] for s in benar["kesalahan_instansi"]}
    assert jenis == set(ciri) | {"baris_ganda", "tidak_terdaftar", "warga_kota_lain"}


def test_agency_lists_differ_in_layout_and_open_in_both_readers(penuh, benar):
    kepala = []
    for b in penuh.instansi:
        isi = _isi(b)
        n = next(i for i, baris in enumerate(isi) if sum(v not in (None, "") for v in baris) > 4)
        kepala.append(tuple(isi[n]))
        assert len(isi) - n - 1 == benar["instansi"][f"instansi/{b.name}"]
        if b.suffix == ".xlsx":
            lain = CalamineWorkbook.from_path(str(b)).get_sheet_by_index(0).to_python(skip_empty_area=False)
            assert len(lain) == len(isi)
            assert [v for v in lain[n] if v] == [v for v in isi[n] if v]
    assert len(set(kepala)) == len(penuh.instansi) == 8
    assert "NIK" not in "".join(str(k) for k in kepala if "PANGKAT" in k)


# People of the office and chance


def test_every_role_has_a_person_and_five_commissioners_have_divisions():
    assert {o.peran for o in ORANG_KANTOR} == set(PERAN)
    assert len({o.username for o in ORANG_KANTOR}) == len(ORANG_KANTOR)
    assert [o.peran for o in KOMISIONER] == ["ketua"] + ["anggota"] * 4
    assert len({o.divisi for o in KOMISIONER}) == 5
    kepala = [o.subbagian for o in ORANG_KANTOR if o.peran in {"kasubbag", "kasubbag_rendatin"}]
    assert sorted(kepala) == sorted(SUBBAGIAN)
    nip = [o.nip for o in ORANG_KANTOR if o.nip]
    assert all(re.fullmatch(r"\d{15}9\d{2}", n) for n in nip)
    assert len(set(nip)) == len(nip)


@pytest.mark.parametrize("jumlah", [0, 1, 5, 46, 100, 274_293])
def test_bagi_loses_nobody(jumlah):
    bagian = bagi(jumlah, [3, 1, 0, 7, 7], minimal=1)
    assert sum(bagian) == jumlah
    assert min(bagian) >= (1 if jumlah >= 5 else 0)


def test_campur_keeps_every_element_and_parts_have_their_own_stream():
    asal = list(range(50))
    assert sorted(Acak(1, 2).campur(asal)) == asal
    assert Acak(1, 2).campur(asal) != Acak(1, 3).campur(asal)


@pytest.mark.parametrize(("n", "huruf"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_column_letters(n, huruf):
    assert huruf_kolom(n) == huruf
