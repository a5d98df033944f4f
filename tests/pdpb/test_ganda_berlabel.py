"""The labelled population is what it says of itself, and the measures count what they say."""

import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from tests.pdpb.ganda_berlabel import kerusakan_data as rusak
from tests.pdpb.ganda_berlabel import ukur
from tests.pdpb.ganda_berlabel.kebenaran import Jejak, Pasangan, angka_lahir, dapat_diputuskan, hubungan_nik
from tests.pdpb.ganda_berlabel.kota import Kota
from tests.pdpb.ganda_berlabel.pembuat import BLOK, alirkan, buat
from tests.pdpb.ganda_berlabel.salinan import NIK_SATU_UNTUK_DUA, SKENARIO

AKAR = Path(__file__).parents[2]
BEDA = {
    "kembar": 40,
    "kembar_pisah_rumah": 5,
    "ayah_anak_senama": 30,
    "saudara_berima": 200,
    "sepupu_senama": 30,
    "senama_kebetulan": 30,
    "senama_panti": 8,
    "senama_asrama": 8,
    "senama_lapas": 8,
}


@pytest.fixture(scope="module")
def populasi():
    return buat()


@pytest.fixture(scope="module")
def menurut_dpid(populasi):
    return {b.dpid: b for b in populasi.baris}


def pasangan_baris(populasi, menurut_dpid, *jebakan):
    return [
        (menurut_dpid[p.dpid_a], menurut_dpid[p.dpid_b], p)
        for p in populasi.pasangan
        if not jebakan or p.jebakan in jebakan
    ]


def test_equal_arguments_give_equal_rows_in_another_process():
    perintah = (
        "import hashlib; from tests.pdpb.ganda_berlabel.pembuat import buat; p = buat(1500, 3);"
        "print(hashlib.sha256(repr(p).encode()).hexdigest())"
    )
    cap = {
        subprocess.run(
            [sys.executable, "-c", perintah],
            cwd=AKAR,
            env={"PYTHONHASHSEED": benih},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for benih in ("1", "2")
    }
    assert len(cap) == 1
    assert buat(600, 1) == buat(600, 1)
    assert buat(600, 1) != buat(600, 2)


def test_two_in_a_hundred_persons_have_a_second_row(populasi):
    assert 1.015 * BLOK < len(populasi.baris) < 1.03 * BLOK


def test_dpid_is_unique_and_tells_nothing_of_second_rows(populasi, menurut_dpid):
    assert len(menurut_dpid) == len(populasi.baris)
    jarak = [abs(int(p.dpid_a) - int(p.dpid_b)) for p in populasi.pasangan if p.is_same_person]
    assert sum(jarak) / len(jarak) > len(populasi.baris) / 5
    # The numbers of all rows that stand double are spread over the list as those of all others are.
    urutan = sorted(int(d) for p in populasi.pasangan if p.is_same_person for d in (p.dpid_a, p.dpid_b))
    awal = int(populasi.baris[0].dpid)
    assert 0.4 < (urutan[len(urutan) // 2] - awal) / len(populasi.baris) < 0.6


def test_every_nik_is_valid_and_no_living_persons(populasi):
    for b in populasi.baris:
        assert rusak.nik_sah(b.nik), b
        assert b.nik[12:] >= "9001", b
        assert b.nkk[12:] >= "9001", b
        assert 1 <= int(b.nkk[6:8]) <= 31, b
        assert 1 <= int(b.nkk[8:10]) <= 12, b


@pytest.mark.parametrize(
    ("nik", "sah"),
    [
        ("7271013112909001", True),
        ("7271017112909001", True),
        ("7271013212909001", False),
        ("7271014012909001", False),
        ("7271014112909001", True),
        ("7271010013909001", False),
        ("7271013002909001", False),
        ("7271012902009001", True),
        ("7271012902019001", False),
        ("7271010101900000", False),
        ("727101010190901", False),
        ("727101010190900A", False),
    ],
)
def test_a_nik_is_valid_by_its_date_and_serial(nik, sah):
    assert rusak.nik_sah(nik) is sah


def test_most_nik_carry_birth_date_and_sex_of_their_row(populasi):
    lahir = [b for b in populasi.baris if b.tanggal_lahir]
    cocok = sum(b.nik[6:12] == angka_lahir(b.tanggal_lahir, b.jenis_kelamin) for b in lahir)
    assert 0.98 < cocok / len(lahir) < 0.998
    assert 10 < len(populasi.baris) - len(lahir) < 100


def test_a_nik_stands_twice_only_where_the_truth_says_so(populasi):
    per_nik: dict[str, list[str]] = {}
    for b in populasi.baris:
        per_nik.setdefault(b.nik, []).append(b.dpid)
    sama = {ukur.kunci(*dua) for dpid in per_nik.values() for dua in combinations(dpid, 2)}
    terdaftar = ukur.indeks(populasi.pasangan)
    assert sama <= set(terdaftar)
    assert {k for k in sama if not terdaftar[k].is_same_person} == {
        k for k, p in terdaftar.items() if p.kelas == "G2" and not p.is_same_person
    }


def test_no_unlisted_pair_shares_card_name_and_birth_date(populasi):
    """What is not listed is two persons; so chance must not make rows that everybody would call one."""
    rumah: dict[tuple, list[str]] = {}
    for b in populasi.baris:
        rumah.setdefault((b.nkk, b.nama, b.tanggal_lahir), []).append(b.dpid)
    terdaftar = ukur.indeks(populasi.pasangan)
    kembar = {ukur.kunci(*dua) for dpid in rumah.values() for dua in combinations(dpid, 2)}
    assert len(kembar) > 20
    assert kembar - set(terdaftar) == set()


def test_one_person_is_transitive(populasi):
    sama = {ukur.kunci(p.dpid_a, p.dpid_b) for p in populasi.pasangan if p.is_same_person}
    tetangga: dict[str, set[str]] = {}
    for a, b in sama:
        tetangga.setdefault(a, set()).add(b)
        tetangga.setdefault(b, set()).add(a)
    tiga = [dua for lain in tetangga.values() for dua in combinations(sorted(lain), 2)]
    assert tiga
    assert all(dua in sama for dua in tiga)
    beda = {ukur.kunci(p.dpid_a, p.dpid_b) for p in populasi.pasangan if not p.is_same_person}
    assert not sama & beda


def test_every_trap_is_there_as_often_as_stated(populasi):
    hitung = Counter(p.jebakan for p in populasi.pasangan)
    assert sum(s.bagian for s in SKENARIO.values()) == 100
    for jebakan, s in SKENARIO.items():
        kali = {"tiga_baris": 3, "keluarga_pindah_utuh": 2}.get(jebakan, 1)
        assert hitung[jebakan] >= 4 * s.bagian * kali, jebakan
        if jebakan != "keluarga_pindah_utuh":
            assert hitung[jebakan] == 4 * s.bagian * kali, jebakan
    for jebakan, sedikitnya in BEDA.items():
        assert hitung[jebakan] >= sedikitnya, jebakan
    for jebakan, banyak in NIK_SATU_UNTUK_DUA.items():
        assert hitung[jebakan] == banyak, jebakan
    assert set(hitung) == set(SKENARIO) | set(BEDA) | set(NIK_SATU_UNTUK_DUA)


def test_few_second_rows_cannot_be_decided_and_none_with_one_nik(populasi, menurut_dpid):
    sama = [(a, b, p) for a, b, p in pasangan_baris(populasi, menurut_dpid) if p.is_same_person]
    tak = [(a, b, p) for a, b, p in sama if not p.dapat_diputuskan]
    assert 0.02 < len(tak) / len(sama) < 0.12
    assert all(a.nik != b.nik for a, b, _ in tak)
    assert all(not p.dapat_diputuskan for _, _, p in sama if p.jebakan == "terberat_tanpa_petunjuk")
    assert all(p.dapat_diputuskan for _, _, p in sama if p.jebakan in ("identik_pindah", "nik_baru_di_rumah"))


def test_classes_follow_from_the_rows(populasi, menurut_dpid):
    for a, b, p in pasangan_baris(populasi, menurut_dpid):
        if p.kelas == "G6":
            assert a.loksus != b.loksus
        elif p.kelas in ("G1", "G2"):
            assert a.nik == b.nik
        else:
            assert a.nik != b.nik
        if p.kelas in ("G1", "G3") and p.is_same_person:
            assert a.tanggal_lahir == b.tanggal_lahir
    assert {p.kelas for p in populasi.pasangan} == {"G1", "G2", "G3", "G4", "G6"}


def test_twins_are_neighbours_of_one_birth(populasi, menurut_dpid):
    kembar = pasangan_baris(populasi, menurut_dpid, "kembar", "kembar_pisah_rumah")
    for a, b, p in kembar:
        assert a.nik[8:12] == b.nik[8:12]
        assert a.nama != b.nama
        assert (a.nkk == b.nkk) is (p.jebakan == "kembar")
        if a.jenis_kelamin == b.jenis_kelamin:
            assert abs(int(a.nik) - int(b.nik)) == 1
    assert {a.jenis_kelamin == b.jenis_kelamin for a, b, _ in kembar} == {True, False}


def test_a_son_bears_the_fathers_name_and_another_birth_year(populasi, menurut_dpid):
    akhiran = Counter()
    for a, b, _ in pasangan_baris(populasi, menurut_dpid, "ayah_anak_senama", "nik_sama_ayah_anak"):
        pendek, panjang = sorted((a.nama, b.nama), key=len)
        assert panjang.startswith(pendek)
        assert a.alamat == b.alamat
        akhiran[panjang[len(pendek) :].split(" ")[-1].rstrip(".") if panjang != pendek else ""] += 1
        tahun = [x.nik[10:12] for x in (a, b)]
        assert tahun[0] != tahun[1] or a.nik == b.nik
    assert akhiran[""] > 5
    assert akhiran["JR"] > 2


def test_strangers_of_one_name_and_date_live_apart(populasi, menurut_dpid):
    for a, b, p in pasangan_baris(populasi, menurut_dpid, "senama_kebetulan"):
        assert a.nama == b.nama
        assert a.nik[6:12] == b.nik[6:12] or {a.nik[6] > "3", b.nik[6] > "3"} == {True, False}
        assert a.kelurahan != b.kelurahan
        assert a.nkk != b.nkk
        assert p.dapat_diputuskan is (a.tempat_lahir != b.tempat_lahir)


def test_houses_of_thirty_and_more(populasi):
    kartu = Counter(b.nkk for b in populasi.baris)
    rumah = Counter((b.alamat, b.kelurahan) for b in populasi.baris if b.alamat.startswith(("ASRAMA", "LAPAS")))
    assert sum(n >= 30 for n in kartu.values()) == 4
    assert sum(n >= 30 for n in rumah.values()) >= 5
    assert 100 < sum(b.loksus for b in populasi.baris) < 300
    assert {1, 2, 3, 4, 5, 6} <= set(kartu.values())


def test_rows_lie_in_the_kelurahan_of_the_city_and_are_voters(populasi):
    kota = Kota(BLOK)
    assert {b.kelurahan for b in populasi.baris} == set(kota.nama)
    assert len(kota.nama) == 46
    for b in populasi.baris:
        assert b.tps == 901 or 1 <= b.tps <= kota.tps[b.kelurahan]
        assert b.kelurahan_tertulis in (kota.nama[b.kelurahan], *kota.ejaan.get(b.kelurahan, ()))
        assert b.tanggal_lahir is None or date(1920, 1, 1) < b.tanggal_lahir <= date(2009, 9, 30)
        assert b.jenis_kelamin in "LP"
    assert any(b.rt == "1" for b in populasi.baris)
    lahir = Counter(f"{b.tanggal_lahir:%m%d}" for b in populasi.baris if b.tanggal_lahir)
    assert lahir["0101"] + lahir["0701"] > 0.01 * BLOK
    assert sum(" " not in b.nama for b in populasi.baris) > 0.01 * BLOK
    assert sum(b.nik[:4] != "7271" for b in populasi.baris) > 0.1 * BLOK


def test_blocks_add_up_and_never_repeat_a_number():
    blok = list(alirkan(2 * BLOK + 700))
    baris = [b for satu in blok for b in satu.baris]
    assert len(blok) == 3
    assert len({b.dpid for b in baris}) == len(baris)
    per_nik: dict[str, list[str]] = {}
    for b in baris:
        per_nik.setdefault(b.nik, []).append(b.dpid)
    terdaftar = ukur.indeks(p for satu in blok for p in satu.pasangan)
    ulang = {ukur.kunci(*dua) for dpid in per_nik.values() for dua in combinations(dpid, 2)}
    assert ulang <= set(terdaftar)
    for satu in blok:
        ada = {b.dpid for b in satu.baris}
        assert all({p.dpid_a, p.dpid_b} <= ada for p in satu.pasangan)
    with pytest.raises(ValueError, match="at least 500"):
        next(alirkan(499))


NAMA_CONTOH = ("MUHAMMAD RIZKI LANTILOSI", "NUR'AINI", "SITI JUMRIAH PALENGSANI", "YUSUF")


@pytest.mark.parametrize("kelompok", ["sama", "susunan", "luka"])
def test_damage_changes_a_name_and_says_how(kelompok):
    acak = Random(5)
    for nama in NAMA_CONTOH:
        for _ in range(200):
            hasil, label, cara = rusak.rusak_nama(acak, nama, "P", kelompok)
            assert hasil != nama, cara
            assert label in ("sama", kelompok)
            if label == "luka":
                assert abs(len(hasil) - len(nama)) <= 1


def test_damage_of_dates_is_one_slip():
    acak, lahir = Random(6), date(1984, 3, 7)
    cara = Counter()
    for _ in range(500):
        hasil, slip = rusak.rusak_tanggal(acak, lahir)
        assert hasil != lahir
        cara[slip] += 1
    assert set(cara) == {*rusak.TANGGAL, "tanggal_hilang"}
    assert rusak.hari_bulan_tertukar(acak, lahir) == date(1984, 7, 3)
    assert rusak.hari_bulan_tertukar(acak, date(1984, 3, 13)) is None
    assert rusak.tahun_meleset_satu(acak, date(1984, 2, 29)) is None


def test_relation_of_two_nik():
    assert hubungan_nik("7271010101909001", "7271010101909001") == "sama"
    assert hubungan_nik("7271010101909001", "7271010101909007") == "jejak"
    assert hubungan_nik("7271010101909012", "7271010101909021") == "jejak"
    assert hubungan_nik("7271010101909001", "7271011511729001") == "jejak"
    assert hubungan_nik("7271010101909001", "7271020101909007") == "lain"


def test_what_a_clerk_can_decide(populasi):
    a = next(b for b in populasi.baris if b.nama == "MUHAMMAD RIZKI" and b.tanggal_lahir)._replace(
        nik="7271010101909001", nkk="7271010101109001"
    )
    asing = a._replace(nik="7271030101909444", nkk="7271080101209777")
    assert not dapat_diputuskan(a, asing, Jejak())
    assert dapat_diputuskan(a._replace(nama="DONDO LANTILOSI"), asing._replace(nama="DONDO LANTILOSI"), Jejak())
    assert dapat_diputuskan(a, asing, Jejak(serumah=True))
    assert not dapat_diputuskan(a, asing, Jejak(serumah=True, ramai=True))
    assert dapat_diputuskan(a, asing._replace(nik=a.nik), Jejak("parah"))
    assert not dapat_diputuskan(a, a._replace(nik="7271010101909002"), Jejak("luka"))
    assert dapat_diputuskan(a, a._replace(nik="7271010101909002"), Jejak("sama"))
    # Another digit of the serial and nothing else: strangers of a common name and one birth date have that too.
    tetangga = a._replace(nik="7271010101909006", nkk=asing.nkk)
    assert not dapat_diputuskan(a, tetangga, Jejak())
    assert dapat_diputuskan(a, tetangga, Jejak(serumah=True))
    assert dapat_diputuskan(a, a._replace(nik="7271011001909001", nkk=asing.nkk), Jejak())


def truth(a, b, kelas, sama, putus=True, jebakan="x"):
    return Pasangan(a, b, kelas, sama, jebakan, putus, "")


KEBENARAN = [
    truth("1", "2", "G1", True),
    truth("3", "4", "G3", True),
    truth("5", "6", "G4", True),
    truth("7", "8", "G4", True, False, "tak"),
    truth("10", "11", "G2", False, True, "nik"),
    truth("12", "13", "G3", False, True, "kembar"),
]


def test_precision_and_recall_by_level():
    hasil = [
        ("2", "1", "G1", "Pasti"),
        ("3", "4", "G3", "Kuat"),
        ("7", "8", "G4", "Kuat"),
        ("10", "11", "G2", "Pasti"),
        ("12", "13", "G3", "Kuat"),
        ("20", "21", "G4", "Mungkin"),
        ("5", "6", "G4", "Mungkin"),
    ]
    tingkat = ukur.menurut_tingkat(KEBENARAN, hasil)
    assert tingkat["Pasti"] == (2, 0, 0, 1, 3)
    assert tingkat["Pasti+Kuat"] == (3, 1, 1, 2, 3)
    assert tingkat["Pasti+Kuat"].precision == 3 / 4
    assert tingkat["Pasti+Kuat"].recall == 2 / 3
    assert tingkat["Pasti+Kuat"].f1 == pytest.approx(12 / 17)
    assert tingkat["semua"] == (4, 2, 1, 3, 3)
    kelas = ukur.menurut_kelas(KEBENARAN, hasil)
    assert kelas["G3"] == (1, 1, 0, 1, 1)
    assert kelas["G2"] == (1, 0, 0, 1, 1)
    assert kelas["G4"] == (0, 0, 1, 0, 1)
    assert kelas["G6"].precision is None
    assert kelas["G6"].recall is None
    assert ukur.daftar_tinjau_per_seribu(hasil, 4000) == 0.5
    assert ukur.pasti_keliru(KEBENARAN, hasil) == []
    assert ukur.pasti_beda_orang(KEBENARAN, hasil) == [("10", "11")]
    jebakan = ukur.menurut_jebakan(KEBENARAN, hasil)
    assert jebakan["kembar", True] == (False, True, 1, 1, 0, 0, 0)
    assert jebakan["x", True] == (True, True, 3, 2, 1, 0, 0)
    assert jebakan["nik", True].sebagai_g2 == 1
    assert ukur.tabel_kelas(KEBENARAN, hasil[:2]) == {("G1", "G1"): 1, ("G3", "G3"): 1, ("G4", "–"): 2}


@pytest.mark.parametrize("kelas", ["G1", "G3", "G4", "G6"])
def test_two_persons_with_one_nik_called_one_is_a_false_pasti(kelas):
    hasil = [("11", "10", kelas, "Pasti")]
    assert ukur.pasti_keliru(KEBENARAN, hasil) == [("10", "11")]
    assert ukur.menurut_kelas(KEBENARAN, hasil)["G2"].ditemukan == 0


def test_an_unlisted_pair_at_pasti_is_false_even_as_g2():
    assert ukur.pasti_keliru(KEBENARAN, [("1", "3", "G2", "Pasti")]) == [("1", "3")]


@pytest.mark.parametrize(
    "hasil",
    [
        [("1", "2", "G1", "Pasti"), ("2", "1", "G3", "Kuat")],
        [("1", "1", "G1", "Pasti")],
        [("1", "2", "G7", "Pasti")],
        [("1", "2", "G1", "Pas")],
    ],
)
def test_a_result_that_breaks_its_form_is_refused(hasil):
    with pytest.raises(ValueError, match=r"twice|itself|Unknown"):
        ukur.baca(hasil)


def test_a_perfect_matcher_reaches_one_and_silence_nothing(populasi):
    hasil = [
        (p.dpid_b, p.dpid_a, p.kelas, "Kuat")
        for p in populasi.pasangan
        if (p.is_same_person and p.dapat_diputuskan) or p.kelas == "G2"
    ]
    semua = ukur.menurut_tingkat(populasi.pasangan, hasil)["Pasti+Kuat"]
    assert (semua.precision, semua.recall) == (1, 1)
    assert all(u.recall == u.precision == 1 for u in ukur.menurut_kelas(populasi.pasangan, hasil).values())
    diam = ukur.menurut_tingkat(populasi.pasangan, [])["semua"]
    assert (diam.precision, diam.recall) == (None, 0)
