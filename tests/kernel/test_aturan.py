"""Dated legal numbers: the one in force on the day, never a guess; seed rows leave the admin's work alone."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import IntegrityError, transaction

from kpupalu.aturan.models import Aturan, nilai, nilai_bulat
from kpupalu.wilayah.models import Kecamatan, Kelurahan

pytestmark = pytest.mark.django_db


def buat(n, mulai, akhir=None):
    return Aturan.objects.create(
        kode="uji", nama="Uji", nilai=n, satuan="hari", mulai=mulai, akhir=akhir, dasar_hukum="UU contoh"
    )


def test_the_row_in_force_on_the_day_counts():
    buat(5, date(2020, 1, 1), date(2024, 12, 31))
    buat(7, date(2025, 1, 1))
    assert nilai("uji", pada=date(2024, 12, 31)) == Decimal(5)
    assert nilai_bulat("uji", pada=date(2025, 1, 1)) == 7


@pytest.mark.parametrize("hari", [date(2019, 12, 31), date(2025, 1, 1)])
def test_a_missing_number_is_never_guessed(hari):
    buat(5, date(2020, 1, 1), date(2024, 12, 31))
    with pytest.raises(ImproperlyConfigured, match="uji"):
        nilai("uji", pada=hari)


def test_a_term_cannot_end_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        buat(5, date(2020, 1, 2), date(2020, 1, 1))


def test_seed_rows_are_added_once_and_what_an_admin_changed_stays():
    Aturan.objects.filter(kode="usia_pemilih_minimum").update(nilai=18)
    sebelum = Aturan.objects.count()
    call_command("isi_awal", verbosity=0)
    assert Aturan.objects.count() == sebelum
    assert Aturan.objects.get(kode="usia_pemilih_minimum").nilai == 18


def test_every_legal_number_names_its_basis():
    assert Aturan.objects.count() >= 10
    assert not Aturan.objects.filter(dasar_hukum="").exists()


def test_palu_has_eight_kecamatan_and_forty_six_kelurahan():
    assert Kecamatan.objects.count() == 8
    per = [Kelurahan.objects.filter(kecamatan=k).count() for k in Kecamatan.objects.all()]
    assert per == [5, 6, 5, 5, 6, 6, 5, 8]
