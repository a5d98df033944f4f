"""What tells one person where name, date and address are all damaged, and what tells relatives apart all the same."""

from dataclasses import replace
from datetime import date

import pytest

from pdpb.ganda.nama import Nama, banding_nama
from tests.pdpb.test_ganda_bandingan import kota, nilai, orang, pindah


def test_an_error_that_repeats_is_no_name():
    assert banding_nama("FATIMAH", "FAIMAH", {"FATIMA": 9000, "FAIMA": 8}, 5).tingkat is Nama.SALAH_KETIK
    assert banding_nama("FATIMAH", "FAIMAH", {"FATIMA": 9000, "FAIMA": 80}, 5).tingkat is Nama.SEBAGIAN


@pytest.mark.parametrize(("satu", "dua"), [("FITRI", "PITRI"), ("NURHAYATI", "NURHAJATI"), ("YOHANES", "JOHANES")])
def test_old_and_spoken_spelling(satu, dua):
    assert banding_nama(satu, dua, dict.fromkeys((satu, dua), 90), 5).tingkat is Nama.SALAH_KETIK


def test_serial_that_few_bear_makes_up_for_a_wrong_date_and_a_slip():
    """The NIK follows the wrong date; region and serial stay. Where everybody has that serial it tells nothing."""
    a = orang(nik="7271011708909417")
    b = pindah(a, nik="7271011708919417", tanggal_lahir=date(1991, 8, 17), nama="TANI LAMARUNA")
    assert nilai(a, b, kota(seri={"9417": 30})) == ("G3", "Kuat")
    assert nilai(a, b, kota(seri={"9417": 90_000})) != ("G3", "Kuat")


def test_married_name_in_one_family():
    a = orang("TANI LAMARAUNA", nik="7271015708909001", jenis_kelamin="P")
    b = pindah(a, nkk=a.nkk, nama="TANI SAPUTRA", nik="7271035708909040")
    assert nilai(a, b) == ("G3", "Kuat")
    assert nilai(a, replace(b, nik="7271015708909002")) is None


def keluarga(*anggota: tuple[str, tuple[int, str, date]]) -> dict:
    """Families by NKK, as a context knows them."""
    isi: dict[str, list] = {}
    for nkk, satu in anggota:
        isi.setdefault(nkk, []).append(satu)
    return {"keluarga": lambda nkk: isi.get(nkk, [])}


def test_family_that_stands_twice_makes_up_for_a_wrong_date():
    a = orang()
    b = pindah(a, nik="7271031708909040", nama="TANI LAMARUNA", tanggal_lahir=date(1991, 8, 17))
    ibu = ("BESSE LAMARAUNA", date(1966, 5, 4))
    ganda = keluarga((a.nkk, (9001, *ibu)), (b.nkk, (9002, *ibu)))
    assert nilai(a, b, kota(**ganda)) == ("G3", "Kuat")
    adik = keluarga((a.nkk, (9001, *ibu)), (b.nkk, (9002, *ibu)), (b.nkk, (9003, a.nama, a.tanggal_lahir)))
    assert nilai(a, b, kota(**adik)) is None


def test_one_name_with_a_nik_for_each_of_two_birth_dates_is_two_siblings_cousins_or_inmates():
    a = orang(lahir=date(1990, 8, 7), nik="7271010708909017")
    b = pindah(a, tanggal_lahir=date(1990, 7, 8), nik="7271010807909044", kelurahan=a.kelurahan)
    assert nilai(a, b) in (None, ("G4", "Mungkin"))
    asrama = pindah(a, nkk=a.nkk, tanggal_lahir=date(1992, 3, 29), nik="7203012903929017", tempat_lahir="DONGGALA")
    assert nilai(a, asrama) is None
