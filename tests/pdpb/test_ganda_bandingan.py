"""Two rows: one person twice, one NIK for two people, or two people who merely resemble each other."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from pdpb.ganda.bandingan import bandingkan
from pdpb.ganda.konteks import Konteks
from pdpb.ganda.nama import Nama, banding_nama, lipat
from pdpb.ganda.temu import Orang
from pdpb.ganda.unsur import Tanggal, banding_tanggal, nik_meleset, seri_berurutan, varian_nik, varian_tanggal

_LAZIM = "HASAN HUSEN RIFKI FITRI NABILA NAJILA SITI AMINAH MUHAMAD RISKI SAPUTRA ANDI BASO RAHMAN WAYAN SUARTA"
LAZIM = _LAZIM.split()
"""Words that hundreds of rows of the city bear."""


def kota(**lain) -> Konteks:
    """A city of 274,000 voters, where most were born in Palu and got their NIK in an old kecamatan."""
    isi = {
        "jumlah": 274_000,
        "nama": {"MUHAMAD RISKI": 600, "AMINA SITI": 400, "BASO": 90, "HASAN": 90, "LAMARAUNA TANI": 2},
        "kata": {lipat(k).kata[0]: 300 for k in LAZIM},
        "tanggal": {date(1990, 8, 17): 14, date(1999, 3, 4): 12},
        "tempat": {"PALU": 180_000, "POSO": 4_000},
        "wilayah": {"727101": 60_000, "727103": 50_000, "727108": 20_000, "720201": 900},
    }
    return Konteks(**(isi | lain))


_nomor = count(1)


def orang(nama="TANI LAMARAUNA", lahir=date(1990, 8, 17), **lain) -> Orang:
    """A voter of Talise; whoever is made twice lives in the same house."""
    n = next(_nomor)
    isi = {
        "pemilih": n,
        "versi": n,
        "dpid": str(n),
        "nik": "7271011708909001",
        "nkk": "7271011001159001",
        "nama": nama,
        "tempat_lahir": "PALU",
        "tanggal_lahir": lahir,
        "jenis_kelamin": "L",
        "alamat": "JL. MALEO NO. 12",
        "rt": "001",
        "rw": "002",
        "kelurahan": "72.71.08.1003",
        "tps": 1,
        "loksus": False,
    }
    return Orang(**(isi | lain))


def pindah(asal: Orang, **lain) -> Orang:
    """The same row once more, written by another office: new house, new family card, new NIK of the same kecamatan."""
    isi = {
        "nik": asal.nik[:12] + "9007",
        "nkk": "7271032005209004",
        "alamat": "LRG. MELATI NO. 7",
        "rt": "004",
        "rw": "001",
        "kelurahan": "72.71.02.1009",
        "tps": 3,
    }
    return replace(asal, pemilih=next(_nomor), versi=next(_nomor), **(isi | lain))


def nilai(a, b, konteks=None):
    hasil = bandingkan(a, b, konteks or kota())
    return (hasil.kelas, hasil.tingkat) if hasil else None


# --- Found ----------------------------------------------------------------------------------------------------
def test_identical_row_is_g1_pasti():
    a = orang()
    assert nilai(a, pindah(a, nik=a.nik)) == ("G1", "Pasti")


@pytest.mark.parametrize(
    "nama",
    [
        "H. TANI LAMARAUNA",
        "TANI LAMARAUNA, S.PD",
        "LAMARAUNA TANI",
        "TANI  LAMMARAUNA",
        "TANILAMARAUNA",
        "DRS. TANI LAMARAUNA",
    ],
)
def test_title_spelling_and_order_of_words_do_not_matter(nama):
    a = orang()
    assert nilai(a, pindah(a, nik=a.nik, nama=nama)) == ("G1", "Pasti")


@pytest.mark.parametrize(
    ("satu", "dua"),
    [
        ("MOH. RIZKY", "MUHAMMAD RISKI"),
        ("M. RIZKY", "MUH. RIZKI"),
        ("MA'RUF", "MARUF"),
        ("RIFA’I", "RIFAI"),
        ("SOEHARTO DJAFAR", "SUHARTO JAFAR"),
        ("TJANDRA", "CHANDRA"),
        ("ST. AMINAH", "SITTI AMINA"),
        ("ACHMAD SYAHRUL", "AHMAD SAHROEL"),
        ("HAMID", "CHAMID"),
        ("ABD. RAHMAN", "ABDUL RACHMAN"),
        ("NUR HAYATI", "NURHAYATI"),
        ("KHADIJAH", "HADIJA"),
        ("ZAENAB", "SAINAB"),
    ],
)
def test_ways_to_spell_one_name(satu, dua):
    assert banding_nama(satu, dua, {}, 3).tingkat is Nama.SAMA


@pytest.mark.parametrize(
    ("satu", "dua", "tingkat"),
    [
        ("TANI LAMARAUNA", "TNAI LAMARAUNA", Nama.SALAH_KETIK),
        ("TANI LAMARAUNA", "TANI LAMARUNA", Nama.SALAH_KETIK),
        ("TANI LAMARAUNA", "T. LAMARAUNA", Nama.SINGKAT),
        ("TANI HAMKA LAMARAUNA", "TANI LAMARAUNA", Nama.SINGKAT),
        ("TANI LAMARAUNA", "TNAI LAMRAUNA", Nama.DUA_SALAH),
        ("BASO", "BSAO", Nama.SALAH_KETIK),
        ("BASO", "BESSE", Nama.BEDA),
        ("SITI AMINAH", "SITI MARYAM", Nama.BEDA),
        ("MUH. HASAN", "MUH. HUSEN", Nama.BEDA),
    ],
)
def test_how_far_two_names_agree(satu, dua, tingkat):
    kata = dict.fromkeys(("BASO", "HASAN", "HUSEN", "TANI"), 50)
    assert banding_nama(satu, dua, kata, 5).tingkat is tingkat
    assert banding_nama(dua, satu, kata, 5).tingkat is tingkat


def test_one_letter_between_two_established_names_is_no_slip():
    kata = {"HASAN": 300, "HASIN": 40}
    assert banding_nama("HASAN", "HASIN", kata, 5).tingkat is Nama.SEBAGIAN
    assert banding_nama("HASAN", "HASIN", {"HASAN": 300, "HASIN": 1}, 5).tingkat is Nama.SALAH_KETIK


def test_typing_error_under_one_nik_is_left_to_a_person():
    a = orang()
    assert nilai(a, pindah(a, nik=a.nik, nama="TNAI LAMARAUNA")) == ("G1", "Kuat")


@pytest.mark.parametrize(
    ("lahir", "hubungan"),
    [
        (date(1990, 8, 11), Tanggal.ANGKA),
        (date(1990, 8, 17), Tanggal.SAMA),
        (date(1991, 8, 17), Tanggal.TAHUN),
        (date(1980, 8, 17), Tanggal.TAHUN),
        (date(1990, 3, 29), Tanggal.BEDA),
        (None, Tanggal.KOSONG),
    ],
)
def test_how_two_birth_dates_relate(lahir, hubungan):
    assert banding_tanggal(date(1990, 8, 17), lahir) is hubungan


def test_day_and_month_swapped():
    assert banding_tanggal(date(1990, 8, 7), date(1990, 7, 8)) is Tanggal.TERTUKAR
    a = orang(lahir=date(1990, 8, 7))
    assert nilai(a, pindah(a, nkk=a.nkk, tanggal_lahir=date(1990, 7, 8))) == ("G3", "Kuat")


def test_slips_of_a_date_are_all_asked_for():
    tanggal = date(1990, 8, 7)
    semua = varian_tanggal(tanggal)
    assert {tanggal, date(1990, 7, 8), date(1989, 8, 7), date(2000, 8, 7), date(1990, 8, 17)} <= set(semua)
    assert all(banding_tanggal(tanggal, t) is not Tanggal.BEDA for t in semua)


@pytest.mark.parametrize(
    ("nik", "kalimat"),
    [
        ("7271011708809001", "NIK beda satu angka"),
        ("7217011708909001", "NIK tertukar dua angka"),
        ("7271015708909001", "NIK sama kecuali tambahan 40 pada tanggal"),
        ("72710117089090", "NIK yang satu terpotong"),
        ("727101170890901", "NIK kurang satu angka"),
        ("7271011708909002", ""),
        ("7271031708909001", ""),
    ],
)
def test_nik_one_slip_away(nik, kalimat):
    asal = "7271011708909001"
    wilayah = {"727101": 900, "727103": 900}
    assert nik_meleset(asal, nik, wilayah, 5) in (
        kalimat,
        "NIK yang satu terpotong" if kalimat and len(nik) < 16 else kalimat,
    )
    if kalimat:
        assert nik in varian_nik(asal) or abs(int(nik[6:8]) - int(asal[6:8])) == 40


@pytest.mark.parametrize("nik", ["7271011708809001", "7217011708909001", "7271015708909001", "727101170890900"])
def test_same_person_with_a_nik_one_slip_away_is_kuat(nik):
    a = orang()
    assert nilai(a, pindah(a, nik=nik)) == ("G3", "Kuat")


def test_name_typed_wrongly_with_a_slip_in_the_nik_and_another_address():
    a = orang()
    assert nilai(a, pindah(a, nama="TANI LAMARUNA", nik="7271011708809001")) == ("G3", "Kuat")


def test_new_family_card_after_marriage_in_another_kelurahan():
    a = orang("MARLINA TAGUNU", date(1999, 3, 4), nik="7271014403999001", jenis_kelamin="P")
    assert nilai(a, pindah(a)) == ("G3", "Kuat")


@pytest.mark.parametrize("alamat", ["JALAN MALEO 12", "JLN MALEO NO.12", "Jl. Malleo No 012"])
def test_same_house_in_another_spelling_with_rt_1_and_001(alamat):
    a = orang("MUH. RIZKY")
    b = pindah(a, alamat=alamat, rt="1", kelurahan=a.kelurahan, nik="7271031708909002", nama="MUH. RIZKI")
    hasil = bandingkan(a, b, kota())
    assert (hasil.kelas, hasil.tingkat) == ("G3", "Kuat")
    assert "Alamat sama" in hasil.alasan


def test_whole_family_written_down_twice_raises_a_common_name():
    a = orang("MUH. RIZKY", nik="7271031708909001")
    b = pindah(a, nik="7271081708909001", tempat_lahir="")
    istri = date(1992, 5, 6)
    keluarga = {a.nkk: [(901, "FATIMAH", istri)], b.nkk: [(902, "FATIMA", istri)]}
    assert nilai(a, b) in (None, ("G4", "Mungkin"))
    assert nilai(a, b, kota(keluarga=keluarga.__getitem__)) == ("G3", "Kuat")


def test_inmate_counted_in_lapas_and_at_home_is_g6():
    a = orang()
    assert nilai(a, pindah(a, nik=a.nik, loksus=True, alamat="LAPAS KELAS IIA")) == ("G6", "Pasti")
    assert nilai(a, pindah(a, nkk=a.nkk, nik="7271011708809001", loksus=True)) == ("G6", "Kuat")


# --- One NIK, two people --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("nama", "lahir"),
    [
        ("SITI AMINAH", date(1999, 3, 4)),
        ("SITI AMINAH", date(1990, 8, 17)),
        ("TANI LAMARAUNA", date(1961, 3, 29)),
        ("HUSEN LAMARAUNA", date(1990, 8, 17)),
    ],
)
def test_one_nik_for_two_people_is_g2_and_never_pasti(nama, lahir):
    a = orang()
    assert nilai(a, pindah(a, nik=a.nik, nama=nama, tanggal_lahir=lahir)) == ("G2", "Kuat")


def test_twins_given_one_nik_by_mistake_are_two_people():
    a = orang("RIFKI")
    assert nilai(a, replace(a, pemilih=next(_nomor), nama="RIFKA")) == ("G2", "Kuat")


def test_father_and_son_with_one_nik_and_name_are_two_people():
    a = orang(lahir=date(1960, 2, 11))
    assert nilai(a, replace(a, pemilih=next(_nomor), tanggal_lahir=date(1990, 8, 17))) == ("G2", "Kuat")


# --- Never accused --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("satu", "dua"),
    [
        ("HASAN", "HUSEN"),
        ("MUH. HASAN", "MUH. HUSEN"),
        ("NABILA", "NAJILA"),
        ("SITI AMINAH LAMARAUNA", "SITI NABILA LAMARAUNA"),
        ("FITRI", "RIFKI"),
    ],
)
def test_twins_with_consecutive_serials_are_not_asked_about(satu, dua):
    a = orang(satu)
    assert seri_berurutan(a.nik, "7271011708909002")
    assert nilai(a, replace(a, pemilih=next(_nomor), nama=dua, nik="7271011708909002")) is None


@pytest.mark.parametrize(
    ("satu", "dua"), [("RINDA", "RINDU"), ("RIFKI", "RIFKA"), ("YUSTIN", "GUSTIN"), ("HAWIA", "HALIA")]
)
def test_twins_with_rare_similar_names_are_at_most_reviewed(satu, dua):
    a = orang(satu)
    assert nilai(a, replace(a, pemilih=next(_nomor), nama=dua, nik="7271011708909002")) in (None, ("G4", "Mungkin"))


def test_brother_and_sister_twins():
    a = orang("RIFKI")
    b = replace(a, pemilih=next(_nomor), nama="RIFKA", nik="7271015708909001", jenis_kelamin="P")
    assert nilai(a, b) is None


@pytest.mark.parametrize("lahir", [date(1960, 2, 11), date(1968, 8, 17), date(1960, 8, 17), date(1970, 8, 17)])
def test_father_and_son_of_one_name(lahir):
    anak = orang("BASO LAMARAUNA")
    nik = f"727101{lahir:%d%m%y}9001"
    assert nilai(anak, replace(anak, pemilih=next(_nomor), tanggal_lahir=lahir, nik=nik)) is None


@pytest.mark.parametrize(("satu", "dua"), [("NABILA", "NAJILA"), ("RINDA", "RINDU"), ("RINDA", "RINDAN")])
@pytest.mark.parametrize("lahir", [date(1992, 1, 3), date(1991, 8, 17), date(1988, 8, 17)])
def test_siblings_with_rhyming_names(satu, dua, lahir):
    a = orang(satu)
    b = replace(a, pemilih=next(_nomor), nama=dua, tanggal_lahir=lahir, nik=f"727101{lahir:%d%m%y}9001")
    assert nilai(a, b) in (None, ("G4", "Mungkin"))


def test_common_name_with_one_birth_date_at_another_address():
    a = orang("MUH. RIZKY")
    for wilayah, tempat in (("727103", "PALU"), ("720201", "POSO"), ("727108", "POSO")):
        b = pindah(a, nik=f"{wilayah}1708909001", tempat_lahir=tempat)
        assert nilai(a, b) in (None, ("G4", "Mungkin"))


def test_dormitory_shares_number_house_and_birth_date():
    asrama = kota(nkk={"7271011001159001": 34})
    a = orang("MUH. RIZKY", alamat="ASRAMA PUTRA NO. 1")
    for nama in ("MUH. HASAN", "ANDI RIZKY", "RIZKY SAPUTRA"):
        assert nilai(a, replace(a, pemilih=next(_nomor), nama=nama, nik="7271031708909003"), asrama) is None


def test_one_birth_date_alone_is_nothing():
    a = orang()
    assert nilai(a, pindah(a, nama="WAYAN SUARTA")) is None


def test_a_row_is_no_pair_with_itself():
    a = orang()
    assert bandingkan(a, replace(a, versi=99), kota()) is None


# --- Shape ----------------------------------------------------------------------------------------------------
def test_pair_is_the_same_from_both_sides_and_its_reasons_carry_no_number():
    a = orang()
    b = pindah(a, nama="TANI LAMARUNA", nik="7271011708809001", tanggal_lahir=date(1990, 8, 11))
    hasil = bandingkan(a, b, kota())
    assert hasil == bandingkan(b, a, kota())
    assert hasil.a < hasil.b
    assert 0 < hasil.skor <= 1
    assert not any(huruf.isdigit() for kalimat in hasil.alasan for huruf in kalimat)
    assert {"NIK beda satu angka", "Nama sama kecuali satu huruf", "Tanggal lahir beda satu angka"} <= set(hasil.alasan)


def test_meaningless_nik_joins_nobody():
    for nik in ("", "0000000000000000", "1111111111111111", "123"):
        a = orang(nik=nik)
        assert nilai(a, pindah(a, nik=nik, nama="WAYAN SUARTA", tanggal_lahir=date(1999, 3, 4))) is None
