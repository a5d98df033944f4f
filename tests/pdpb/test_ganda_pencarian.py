"""Pairs found on a roll in the database: the whole of it, and only what changed."""

from datetime import date, timedelta

import pytest
from django.db import connection

from pdpb.ganda import blok, pencarian, statistik
from pdpb.ganda.baca import baris_terbuka, orang
from pdpb.ganda.pencarian import cari_semua, cari_untuk
from pdpb.models import Pendaftaran
from tests import make

pytestmark = pytest.mark.django_db
LAHIR = date(1988, 3, 14)
NIK = "7271011403889001"


def versi(nama="TANI LAMARAUNA", **lain):
    """One voter of a house; *kelurahan* moves the row to another one."""
    isi = {"tanggal_lahir": LAHIR, "nik": NIK, "nkk": "7271011001159001", "alamat": "JL. MALEO NO. 12", "nama": nama}
    return make.pemilih(lain.pop("kelurahan", make.TALISE), **(isi | lain))


def ramai(banyak: int = 60) -> None:
    """Voters who have nothing to do with anybody, so that names are as common as on a roll."""
    for n in range(banyak):
        lahir = date(1950, 1, 1) + timedelta(days=211 * n)
        make.pemilih(
            nama=("HASAN", "HUSEN", "RIFKI SAPUTRA", "SITI AMINAH", "MOH. RIZKY")[n % 5],
            tanggal_lahir=lahir,
            nkk=f"727108{n % 28 + 1:02d}0116{9001 + n}",
            alamat=f"JL. ELANG NO. {n + 20}",
        )


def pasangan(hasil):
    return [(p.kelas, p.tingkat) for p in hasil]


def test_same_row_twice_is_found_once_best_first():
    ramai()
    a, b = versi(), versi(kelurahan=make.LERE, nkk="7271022005209004", alamat="LRG. MELATI NO. 7")
    c = versi("TANI LAMARUNA", nik="7271021403889002", kelurahan=make.PETOBO, nkk="7271011001159001", alamat="JL. X 1")
    hasil = cari_semua()
    assert (hasil[0].a, hasil[0].b) == (a.pemilih_id, b.pemilih_id)
    assert hasil[0].tingkat == "Pasti"
    assert len({(p.a, p.b) for p in hasil}) == len(hasil)
    assert (a.pemilih_id, c.pemilih_id) in {(p.a, p.b) for p in hasil}
    assert [p.urutan for p in hasil] == sorted(p.urutan for p in hasil)


def test_roll_without_duplicates_gives_nothing():
    ramai()
    assert cari_semua() == []


def test_row_that_left_the_list_is_compared_no_more():
    ramai(5)
    a, b = versi(), versi(kelurahan=make.LERE)
    Pendaftaran.objects.filter(pk=b.pk).update(akhir=date(2026, 10, 5), ditutup_batch=make.batch())
    assert cari_semua() == []
    assert cari_untuk([a.pemilih_id, b.pemilih_id]) == []


@pytest.mark.parametrize(
    "beda",
    [
        {"nama": "TNAI LAMARAUNA"},
        {"nama": "LAMARAUNA TANI", "nkk": "7271022005209004", "alamat": "LRG. MELATI NO. 7", "kelurahan": make.LERE},
        {"nama": "TANILAMARAUNA", "nik": "7271011403889004"},
        {"nik": "727101140388900", "nama": "TANI LAMARUNA"},
        {"nik": "7271015403889001", "kelurahan": make.LERE, "nkk": "7271022005209004", "alamat": "LRG. MELATI NO. 7"},
        {"nik": "7271011304889002", "tanggal_lahir": date(1988, 3, 13)},
        {"nik": "7271011403889003", "tanggal_lahir": date(1989, 3, 14), "alamat": "JALAN MALEO 12", "rt": "1"},
        {"nik": "7271011403889003", "tanggal_lahir": date(1978, 3, 14)},
        {"nik": "7271011403889008", "nkk": "7271022005209004", "nama": "T. LAMARAUNA", "rt": "1"},
    ],
    ids=[
        "huruf tertukar",
        "pindah",
        "spasi",
        "nik terpotong",
        "tambah 40",
        "hari",
        "tahun",
        "sepuluh tahun",
        "inisial",
    ],
)
def test_one_changed_row_finds_what_the_whole_roll_finds(beda):
    ramai()
    a, b = versi(), versi(**beda)
    semua = cari_semua()
    assert [(p.a, p.b) for p in semua] == [(a.pemilih_id, b.pemilih_id)]
    assert semua[0].tingkat in ("Pasti", "Kuat")
    assert cari_untuk([b.pemilih_id]) == cari_untuk([a.pemilih_id]) == semua


def test_only_pairs_of_the_named_voters_are_given():
    ramai(5)
    a, b = versi(), versi(kelurahan=make.LERE)
    lain = [versi("WAYAN SUARTA", nik="7271011403889777", nkk=f"72710110011590{n}7") for n in (1, 2)]
    assert len(cari_semua()) == 2
    assert {(p.a, p.b) for p in cari_untuk([a.pemilih_id])} == {(a.pemilih_id, b.pemilih_id)}
    assert {(p.a, p.b) for p in cari_untuk([lain[1].pemilih_id])} == {tuple(v.pemilih_id for v in lain)}
    assert cari_untuk([]) == []


def test_many_changed_rows_are_found_in_one_pass(monkeypatch):
    ramai(5)
    a, b = versi(), versi(kelurahan=make.LERE)
    versi("WAYAN SUARTA", nik="7271011403889777")
    versi("WAYAN SUARTA", nik="7271011403889777", kelurahan=make.LERE)
    satu_satu = cari_untuk([a.pemilih_id, b.pemilih_id])
    monkeypatch.setattr(pencarian, "SATU_PER_SATU", 1)
    assert cari_untuk([a.pemilih_id, b.pemilih_id]) == satu_satu
    assert len(satu_satu) == 1


def test_changed_row_costs_few_queries(django_assert_max_num_queries):
    ramai()
    versi()
    b = versi(kelurahan=make.LERE)
    cari_semua()
    with django_assert_max_num_queries(20):
        assert len(cari_untuk([b.pemilih_id])) == 1


def test_candidates_of_one_row_come_from_indexes():
    """Of every part of the question the planner can use an index; a roll is never read through for one row."""
    ramai(200)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE pdpb_pendaftaran")
        cursor.execute("SET LOCAL enable_seqscan = off")
        for syarat in ("j.nik = ANY('{1,2}')", "j.nik BETWEEN '1' AND '2'", "j.nkk = '1'"):
            cursor.execute(f"EXPLAIN SELECT 1 FROM pdpb_identitas j WHERE {syarat}")
            assert "Index" in str(cursor.fetchall())
        cursor.execute(
            "EXPLAIN SELECT 1 FROM pdpb_pendaftaran w WHERE w.akhir IS NULL AND w.tanggal_lahir = ANY('{1990-01-01}')"
        )
        assert "aktif_per_tanggal_lahir" in str(cursor.fetchall())


def test_what_is_remembered_of_a_roll_follows_it():
    ramai(5)
    assert not statistik.masih_baru()
    cari_semua()
    assert statistik.masih_baru()
    versi()
    assert not statistik.masih_baru()
    cari_untuk(list(Pendaftaran.objects.values_list("pemilih_id", flat=True)))
    assert statistik.masih_baru()


def test_odd_cells_are_read_as_they_stand():
    baris = versi("O'\\NEIL\tTANI", tempat_lahir="", rt="0", tps=None, tanggal_lahir=None, nik="12")
    satu = orang(next(iter(baris_terbuka())))
    assert satu.nama == "O'\\NEIL TANI"
    assert (satu.tanggal_lahir, satu.tps, satu.loksus, satu.nik) == (None, None, False, "12")
    assert (satu.pemilih, satu.versi, satu.kelurahan) == (baris.pemilih_id, baris.pk, make.TALISE)
    assert cari_semua() == []


def test_inmate_at_home_and_in_lapas():
    ramai(5)
    make.tps(make.PETOBO, 901, "loksus")
    versi()
    versi(kelurahan=make.PETOBO, nomor_tps=901, alamat="LAPAS KELAS IIA PALU", nkk="7271022005209004")
    assert pasangan(cari_semua()) == [("G6", "Pasti")]


def test_dormitory_of_forty_under_one_number_is_not_accused():
    nama = ["HASAN", "HUSEN", "RIFKI", "FITRI", "NABILA", "WAYAN", "BASO", "TASWIN"]
    for n in range(40):
        lahir = date(2005, 1 + n % 3, 1 + n % 4)
        nik = make.nik(lahir)
        versi(f"{nama[n % 8]} {nama[(n * 3 + n // 8) % 8]}", tanggal_lahir=lahir, nik=nik, alamat="ASRAMA NO. 1")
    assert cari_semua() == []


@pytest.mark.parametrize("besar", [50, 400])
def test_one_number_copied_to_many_rows_does_not_grow_with_the_square(besar):
    """A NIK that a sender filled in everywhere is judged within groups of at most the size of a block."""
    baris = [
        f"{n}\t{n}\t{n}\t{NIK}\t\tNAMA {chr(65 + n % 26)}{chr(65 + n // 26)}ARIF\tPALU\t1990-01-01\tL\tJL. X\t1\t1"
        f"\t{make.TALISE}\t1\tf"
        for n in range(besar)
    ]
    calon = blok.calon(blok.Gulungan(baris))
    assert len(calon) <= besar * blok.BESAR_BLOK
