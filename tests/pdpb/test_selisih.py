"""The selisih doctor: identities, causes, tolerance of the reader, and how often it is right on planted mistakes."""

import copy
import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpupalu.lib import Refused
from kpupalu.lib.kata import baca_terbilang, terbilang
from pdpb import selisih
from pdpb.selisih import catatan, dari_data, gagal, periksa, periksa_satu
from pdpb.selisih.digit import pola
from pdpb.selisih.identitas import susun
from pdpb.selisih.sebab import cari_sebab
from tests.pdpb.rekap_rusak import KELAS, TINGKAT, buat, menurut_tingkat, rusakkan, semua_rusak

TERBIT = Path(selisih.__file__).parents[1] / "data" / "rekap-publik"


def terbit(nama: str) -> dict:
    return json.loads((TERBIT / f"{nama}.json").read_text(encoding="utf-8"))


def hasil(data: dict | list) -> list[selisih.Periksa]:
    return [p for milik in periksa(dari_data(data, "Uji")) for p in milik]


def satu_gagal(data: dict) -> selisih.Periksa:
    (satu,) = gagal(hasil(data))
    return satu


# --- Published recaps ---


def test_the_recap_of_august_2021_is_consistent():
    semua = hasil(terbit("palu-2021-08"))
    assert gagal(semua) == []
    r1 = next(p for p in semua if p.kode == "R1")
    assert (r1.dihitung, r1.diumumkan, r1.selisih, r1.lulus, r1.sebab) == (253_757, 253_757, 0, True, None)
    assert {"R1", "R2", "R3", "R4", "R14"} <= {p.kode for p in semua}


def test_the_published_error_of_2022_is_found_and_its_place_narrowed_down():
    satu = satu_gagal(terbit("palu-2022-tw3"))
    assert (satu.kode, satu.wilayah) == ("R3", "")
    assert (satu.dihitung, satu.diumumkan, satu.selisih) == (247_038, 247_037, 1)
    assert satu.sebab == (
        "Kemungkinan kelebihan 1 pada salah satu angka yang dijumlahkan; "
        "jumlah yang diumumkan cocok dengan pemeriksaan lain."
    )


@pytest.mark.parametrize("nama", ["palu-2021-08", "palu-2022-tw3"])
def test_the_checks_that_came_with_a_published_recap_agree_with_ours(nama):
    data = terbit(nama)
    lulus = {p.lulus for p in hasil(data)} - {None}
    assert lulus == {p["lulus"] for p in data["pemeriksaan"]}
    tercatat = {(p["dihitung"], p["diumumkan"]) for p in data["pemeriksaan"]}
    assert tercatat <= {(p.dihitung, p.diumumkan) for p in hasil(data)}


def test_ubah_added_to_a_published_total_is_said_as_r1_and_r6():
    data = terbit("palu-2021-08")
    data["angka"]["ubah_data"] = {"total": 1_204}
    for kunci, n in (("total", 1_204), ("laki_laki", 604), ("perempuan", 600)):
        data["angka"]["sekarang"][kunci] += n
    semua = gagal(hasil(data))
    assert [p.kode for p in semua] == ["R1", "R6"]
    assert {p.selisih for p in semua} == {-1_204}
    assert all("perbaikan data (1.204) ikut dijumlahkan" in (p.sebab or "") for p in semua)


def test_a_baseline_from_another_published_list_is_named():
    data = terbit("palu-2021-08")
    data["angka"]["sebelumnya"]["total"] = 250_635
    satu = satu_gagal(data)
    assert satu.kode == "R1"
    assert "hitungannya cocok dengan DPB Juli 2021, 254.313" in satu.sebab


# --- How often it is right ---


def test_planted_mistakes_are_found_always_and_named_nearly_always():
    """Every class at every level that can have it: found in 100 %, named with class and area in at least 95 %."""
    salah, jumlah = [], 0
    for rusak in semua_rusak(random.Random(2026), ulang=2):
        dok = dari_data(rusak.rekap, "Uji")[0]
        identitas = susun(dok)
        putus = {i for i, satu in enumerate(identitas) if satu.sisa(dok.angka)}
        assert putus, rusak
        assert rusak.aturan - {"R6"} <= {identitas[i].kode for i in putus}, rusak
        sebab = cari_sebab(dok, identitas)
        tempat = {dok.wilayah[identitas[i].wilayah].nama for i in putus}
        disebut = rusak.nama in tempat or any(rusak.nama in s.kalimat for s in sebab.values())
        jumlah += 1
        if {s.kelas for s in sebab.values()} != {rusak.kelas} or sebab.keys() != putus or not disebut:
            salah.append((rusak.kelas, rusak.tingkat, rusak.nama, {s.kalimat for s in sebab.values()}))
    assert jumlah >= 2 * len(KELAS) * 3
    assert len(salah) <= 0.05 * jumlah, salah


@settings(max_examples=8)
@given(st.integers(0, 10**9))
def test_a_consistent_recap_has_no_finding(benih):
    assert gagal(hasil(buat(random.Random(benih)))) == []


@settings(max_examples=8)
@given(st.integers(0, 10**9), st.sampled_from(sorted(KELAS)), st.sampled_from(TINGKAT))
def test_a_cause_is_named_only_where_an_identity_fails(benih, kelas, tingkat):
    acak = random.Random(benih)
    rusak = rusakkan(buat(acak), acak, kelas, tingkat)
    if rusak is None:
        return
    semua = hasil(rusak.rekap)
    assert gagal(semua)
    assert all(p.sebab is None for p in semua if p.lulus)
    assert all(p.lulus is (p.selisih == 0) for p in semua if p.kode not in ("R6", "R15") and p.lulus is not None)


def test_noise_gets_no_invented_cause():
    """Where every figure is random nothing is convincing."""
    acak = random.Random(7)
    dok = dari_data(buat(acak), "Uji")[0]
    for sel in dok.angka:
        dok.angka[sel] = acak.randint(0, 5_000)
    semua = gagal(periksa_satu(dok))
    assert len(semua) > 1_000
    assert len([p for p in semua if p.sebab]) < 0.03 * len(semua)


def test_two_mistakes_in_one_sum_are_both_named():
    data = buat(random.Random(3))
    kecamatan = data["angka"]["wilayah"]
    kecamatan[1]["tms"]["perempuan"] += 2
    kecamatan[5]["tms"]["laki_laki"] += 100
    kata = {p.sebab for p in gagal(hasil(data))}
    assert any(f"TMS perempuan di Kec. {kecamatan[1]['nama']} kemungkinan kelebihan 2" in k for k in kata)
    assert any(f"TMS laki-laki di Kec. {kecamatan[5]['nama']}" in k for k in kata)


def test_a_mistake_that_was_added_up_names_the_row_where_it_began():
    data = buat(random.Random(4))
    kecamatan = data["angka"]["wilayah"][2]
    kelurahan = kecamatan["wilayah"][1]
    for satu in (data["angka"], kecamatan, kelurahan):
        satu["sekarang"]["laki_laki"] += 37
        satu["sekarang"]["total"] += 37
    data["angka"]["sekarang"].pop("terbilang")
    for satu in (kecamatan, kelurahan):
        satu.pop("total", None)
    kelurahan.pop("wilayah")
    r1 = [p for p in gagal(hasil(data)) if p.kode == "R1"]
    assert len(r1) == 6
    assert all(kelurahan["nama"] in (p.sebab or "") for p in r1)


# --- Single rules ---


def rekap(**angka) -> dict:
    return {"angka": angka}


def tiga(laki, perempuan, total=None, **lain) -> dict:
    jumlah = laki + perempuan if total is None else total
    return {"laki_laki": laki, "perempuan": perempuan, "total": jumlah, **lain}


def test_what_is_not_stated_is_no_finding():
    for data in (
        rekap(sekarang={"total": 5}),
        rekap(sekarang={"total": 5, "laki_laki": None, "perempuan": 3}),
        rekap(sebelumnya=None, pemilih_baru={"total": 2, "rincian": {}}, tms=None, sekarang=7),
        rekap(sekarang=9, wilayah=[{"nama": "A", "total": 4}, {"nama": "B"}]),
        rekap(sekarang=9, wilayah=[{"nama": "A", "tms_meninggal": 4}], kunci_lain={"x": "y"}, tms_catatan="teks"),
    ):
        assert [p for p in hasil(data) if p.lulus is False] == []


def test_a_total_that_only_its_halves_state_is_added_up():
    data = rekap(sekarang={"total": 30}, wilayah=[{"nama": "A", "sekarang": {"laki_laki": 10, "perempuan": 12}},
                                                  {"nama": "B", "total": 9}])  # fmt: skip
    satu = satu_gagal(data)
    assert (satu.kode, satu.dihitung, satu.diumumkan) == ("R3", 31, 30)


def test_words_that_differ_from_the_figure_are_found_in_every_place_they_can_stand():
    kata = terbilang(120)
    for data in (
        rekap(sekarang={"total": 121, "terbilang": kata}),
        rekap(sekarang={"total": 121, "terbilang": {"total": kata}}),
        rekap(sekarang={"total": 121, "total_terbilang": kata}),
        rekap(sekarang=121, sekarang_terbilang=kata),
        rekap(sekarang=121, terbilang={"sekarang": kata}),
        {**rekap(sekarang=121), "terbilang": {"sekarang": {"total": kata}}},
        rekap(wilayah=[{"nama": "A", "total": 121, "terbilang": kata}]),
    ):
        satu = satu_gagal(data)
        assert (satu.kode, satu.dihitung, satu.diumumkan) == ("R11", 120, 121)
        assert "Kata berbunyi seratus dua puluh (120), sedangkan angkanya 121." in satu.sebab
    assert gagal(hasil(rekap(sekarang={"total": 120, "terbilang": "Seratus Duapuluh pemilih"}))) == []
    satu = satu_gagal(rekap(sekarang={"total": 120, "terbilang": "entah"}))
    assert (satu.dihitung, satu.selisih, satu.kode) == (None, None, "R11")


def test_regular_and_special_stations_add_up_to_the_total():
    khusus = [
        {"nama": "TPS 901", "jenis": "loksus", "sekarang": tiga(30, 2)},
        {"nama": "TPS 001", "sekarang": tiga(5, 6)},
    ]
    benar = rekap(sekarang=tiga(35, 8), reguler=tiga(5, 6), loksus=tiga(30, 2), wilayah=khusus)
    assert gagal(hasil(benar)) == []
    assert sum(p.kode == "R8" for p in hasil(benar)) == 9
    benar["angka"]["loksus"] = tiga(30, 3)
    assert {p.kode for p in gagal(hasil(benar))} == {"R8"}


def test_moves_inside_the_city_cancel_out_and_sex_corrections_too():
    data = rekap(mutasi_masuk=tiga(5, 6), mutasi_keluar=tiga(5, 5), koreksi_jenis_kelamin=tiga(1, -1))
    assert {(p.kode, p.selisih) for p in gagal(hasil(data))} == {("R9", 1)}
    data["angka"]["koreksi_jenis_kelamin"] = tiga(1, 0)
    assert ("R2", 1) in {(p.kode, p.selisih) for p in gagal(hasil(data))}


def test_changed_rows_age_groups_and_other_lists():
    data = rekap(
        pemilih_baru=3, tms=4, ubah_data=5, perubahan=11, sekarang=100, kelompok_usia={"muda": 60, "tua": 41},
        disabilitas={"fisik": 101},
    )  # fmt: skip
    data["sidalih"] = {"sekarang": 99}
    assert {(p.kode, p.selisih) for p in gagal(hasil(data))} == {("R7", 1), ("R15", 1), ("R19", -1)}
    assert [p.kode for p in catatan(hasil(data)) if p.kode == "R15"] == ["R15"]


def kuartal(nomor: int, awal: int, baru: int, tms: int, **lain) -> dict:
    return {
        "kode_wilayah": "99.99",
        "periode": {"tahun": 2026, "triwulan": nomor},
        "angka": {"sebelumnya": awal, "pemilih_baru": baru, "tms": tms, "sekarang": awal + baru - tms, **lain},
    }


def test_four_quarters_are_held_against_each_other():
    setahun = [kuartal(1, 100, 5, 1), kuartal(2, 104, 2, 2), kuartal(3, 104, 0, 4), kuartal(4, 100, 9, 0)]
    semua = hasil(setahun)
    assert gagal(semua) == []
    assert [p.dihitung for p in semua if p.kode == "R17"] == [109]
    assert sum(p.kode == "R5" for p in semua) == 3
    setahun[2] = kuartal(3, 105, 0, 4)
    semua = gagal(hasil(setahun))
    assert [(p.kode, p.dihitung, p.diumumkan) for p in semua] == [("R5", 104, 105), ("R5", 101, 100)]
    assert "kelebihan 1" in semua[0].sebab
    setahun = [kuartal(1, 100, 5, 1), kuartal(2, 104, 2, 2), kuartal(3, 104, 0, 4), kuartal(4, 90, 9, 0)]
    assert {p.kode for p in gagal(hasil(setahun))} == {"R5", "R17"}


def test_a_previous_period_inside_the_same_file_is_compared_area_by_area():
    data = {
        "angka": {"wilayah": [{"nama": "A", "sebelumnya": tiga(7, 8)}, {"nama": "B", "sebelumnya": tiga(3, 4)}]},
        "periode_sebelumnya": {
            "angka": {"wilayah": [{"nama": "B", "sekarang": tiga(3, 4)}, {"nama": "a", "total": 16}]}
        },
    }
    assert [(p.kode, p.wilayah, p.dihitung, p.diumumkan) for p in gagal(hasil(data))] == [("R5", "A", 16, 15)]


def test_a_semester_is_the_quarter_that_ends_it():
    semester = {"kode_wilayah": "99.99", "periode": {"tahun": 2026, "semester": 1}, "angka": {"sekarang": 103}}
    assert [(p.kode, p.selisih) for p in gagal(hasil([kuartal(2, 100, 4, 0), semester]))] == [("R18", 1)]
    assert [(p.kode, p.selisih) for p in gagal(hasil(kuartal(2, 100, 4, 0, semester=105)))] == [("R18", -1)]


def test_recaps_of_other_areas_and_of_distant_periods_are_left_alone():
    lain = kuartal(2, 500, 1, 1) | {"kode_wilayah": "88.88"}
    assert gagal(hasil([kuartal(1, 100, 5, 1), lain, kuartal(3, 7, 0, 0)])) == []


def test_the_number_of_areas():
    data = buat(random.Random(1))
    data["angka"]["jumlah_kelurahan_desa"] = 45
    assert [(p.kode, p.dihitung, p.diumumkan) for p in gagal(hasil(data))] == [("R14", 46, 45)] * 2
    data = buat(random.Random(1))
    data["angka"]["wilayah"].append(copy.deepcopy(data["angka"]["wilayah"][0]))
    semua = gagal(hasil(data))
    assert {p.sebab for p in semua} == {"Kec. Palu Timur tercantum dua kali."}


def test_a_list_of_several_levels_is_nested_by_code():
    data = {"kode_wilayah": "72.71", "angka": {"wilayah": [
        {"nama": "Palu Timur", "kode": "72.71.01", "total": 9},
        {"nama": "Lolu Utara", "kode": "72.71.01.1001", "total": 4},
        {"nama": "Besusu Barat", "kode": "72.71.01.1004", "total": 6},
    ]}}  # fmt: skip
    satu = satu_gagal(data)
    assert (satu.kode, satu.wilayah, satu.dihitung, satu.diumumkan) == ("R3", "Palu Timur", 10, 9)


def test_remarks_on_what_is_odd_are_neither_passed_nor_failed():
    baris = [{"nama": f"K{i}", "tingkat": "kelurahan", "sebelumnya": tiga(1_000 + i, 1_100 + 2 * i),
              "sekarang": tiga(1_003 + i, 1_101 + 2 * i)} for i in range(14)]  # fmt: skip
    assert catatan(hasil(rekap(wilayah=baris))) == []
    baris[3]["sekarang"] = tiga(2_000, 2_100)
    baris[5]["sekarang"] = tiga(1_111, 1_005)
    baris[9]["sekarang"] = dict(baris[8]["sekarang"])
    odd = {(p.kode, p.wilayah, p.lulus): p.sebab for p in hasil(rekap(wilayah=baris)) if p.lulus is None}
    assert "jauh" in odd["R16", "K3", None]
    assert "tertukar" in odd["R16", "K5", None]
    assert "K8" in odd["R16", "K9", None]


def test_different_bases_are_labelled():
    (satu,) = [p for p in hasil(rekap(dpt=90, sebelumnya=100, sekarang=104)) if p.kode == "R20"]
    assert (satu.lulus, satu.dihitung, satu.diumumkan) == (None, 4, 14)


@pytest.mark.parametrize(
    ("tertulis", "benar", "kelas"),
    [
        (36_533, 35_633, "digit_tertukar"), (31_765, 30_765, "ribuan"), (30_795, 30_765, "satu_digit"),
        (30_766, 30_765, "sedikit"), (0, 12, "nol"), (3_076, 30_765, "digit_hilang"), (300_765, 30_765, "digit_lebih"),
        (9_999, 10_000, "sedikit"), (9_500, 10_500, "ribuan"), (123, 456, None), (5, 5, None),
    ],
)  # fmt: skip
def test_the_slip_of_the_pen_is_recognised(tertulis, benar, kelas):
    satu = pola(tertulis, benar)
    assert (satu and satu.kelas) == kelas


# --- The reader ---


def test_figures_are_read_as_people_write_them():
    data = rekap(sekarang={"l": "121.260", "p": "125777", "jumlah": 247_037.0}, tms="-", pemilih_baru="")
    semua = hasil(data)
    assert [(p.kode, p.dihitung, p.lulus) for p in semua] == [("R2", 247_037, True)]


@pytest.mark.parametrize(
    ("isi", "kalimat"),
    [
        ("", "bukan JSON"), ("{", "baris 1, kolom 2"), ("[]", "tidak memuat satu rekap pun"), ("3", "bukan rekap"),
        ('{"angka": 3}', "bukan rekap"), ('{"angka": {}}', "satu angka pun"), ('{"angka": {"tms": "banyak"}}', "tms"),
        ('{"angka": {"tms": true}}', "tms"), ('{"angka": {"tms": 1.5}}', "tms"), ('{"angka": {"tms": [1]}}', "tms"),
        ('{"angka": {"tms": 1e400}}', "tms"), ('{"angka": {"tms": NaN}}', "bukan JSON"),
        ('{"angka": {"tms": 99999999999}}', "tms"),
        ('{"angka": {"tms": 1, "tms": 2}}', "tertulis dua kali"), ('{"angka": {"wilayah": [7]}}', "ke-1"),
        ("[" * 100_000, "bukan JSON"), ('{"angka": {"tms": ' + "9" * 5_000 + "}}", "bukan JSON"),
        (b"\xff\xfe{", "UTF-8"), (b" " * (selisih.MAKS_BERKAS + 1), "lebih besar"),
        ('{"angka":' + '{"wilayah":[' * 9 + '{"total":1}' + "]}" * 9 + "}", "bertingkat"),
    ],
)  # fmt: skip
def test_unusable_input_is_refused_with_a_sentence(isi, kalimat):
    with pytest.raises(Refused, match=kalimat) as galat:
        selisih.baca(isi, "Berkas uji")
    assert "Berkas uji" in str(galat.value)
    assert str(galat.value).endswith(".")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 400_000) | st.floats() | st.text(max_size=8),
    lambda anak: st.lists(anak, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["angka", "wilayah", "total", "laki_laki", "perempuan", "tms", "sekarang", "sebelumnya", "pemilih_baru",
             "rincian", "terbilang", "kode", "nama", "tingkat", "jumlah_kecamatan", "ubah_data", "tms_meninggal",
             "periode_sebelumnya", "sidalih", "dpt", "usia", "disabilitas", "reguler", "loksus", "jenis"]
        ),
        anak, max_size=6,
    ),
    max_leaves=40,
)  # fmt: skip


@settings(max_examples=150)
@given(st.dictionaries(st.just("angka"), JSON, min_size=1) | JSON)
def test_any_json_is_examined_or_refused(data):
    try:
        semua = hasil(data)
    except Refused:
        return
    kunci = {"kode", "wilayah", "aturan", "dihitung", "diumumkan", "selisih", "lulus", "sebab"}
    for p in semua:
        isi = p.sebagai_json()
        assert json.loads(json.dumps(isi)) == isi
        assert isi.keys() >= kunci


def test_a_pasted_table_is_examined_like_a_recap():
    teks = (
        "No\tKecamatan\tJumlah Kelurahan\tL\tP\tL+P\tKeterangan\n(1)\t(2)\t(3)\t(4)\t(5)\t(6)\t(7)\n"
        "1\tPalu Timur\t5\t15.000\t15.765\t30.765\t\n2\tTatanga\t6\t16.000\t17.536\t33.546\tcatatan\n"
        "\tJumlah\t11\t31.000\t33.301\t64.301\t\n"
    )
    semua = [p for p in periksa_satu(selisih.baca_tabel(teks)[0]) if p.lulus is False]
    assert {(p.kode, p.wilayah, p.selisih) for p in semua} == {("R2", "Tatanga", -10), ("R3", "", 10)}
    assert all("Pemilih sekarang di Kec. Tatanga" in p.sebab for p in semua)
    awal = "Wilayah;Sebelumnya;Baru;TMS;Perbaikan;Jumlah\nA;100;5;3;40;142\n"
    semua = [p for p in periksa_satu(selisih.baca_tabel(awal)[0]) if p.lulus is False]
    assert {p.kode for p in semua} == {"R1", "R6"}


@pytest.mark.parametrize(
    ("teks", "kalimat"),
    [
        ("", "judul kolom"), ("Wilayah\tL", "judul kolom"), ("a\tb\n1\t2", "judul kolom yang dikenal"),
        ("Wilayah\tL\tL\nA\t1\t2", "sama artinya"), ("Wilayah\tL\nA\tbanyak", "bukan jumlah"),
        ("Wilayah\tL\nA\t", "satu angka pun"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_refused(teks, kalimat):
    with pytest.raises(Refused, match=kalimat):
        selisih.baca_tabel(teks)


# --- Words ---


@given(st.integers(0, 10**15 - 1))
def test_words_are_read_back(n):
    kata = terbilang(n)
    assert baca_terbilang(kata) == n
    assert baca_terbilang(kata.replace(" ", "").upper() + " pemilih") == n


def test_levels_of_the_planted_recaps_are_what_they_say():
    data = buat(random.Random(1))
    assert [len(menurut_tingkat(data, t)) for t in TINGKAT[:3]] == [1, 8, 46]
