"""Words and figures of Indonesian, ages, masks."""

import logging
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpupalu.lib.angka import persen, ribuan
from kpupalu.lib.kata import romawi, tanggal_kata, tanggal_panjang, terbilang
from kpupalu.lib.samaran import SaringRahasia, samarkan_nik, samarkan_teks
from kpupalu.lib.waktu import usia


@pytest.mark.parametrize(
    ("n", "kata"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (101, "seratus satu"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (2_011, "dua ribu sebelas"),
        (100_000, "seratus ribu"),
        (274_293, "dua ratus tujuh puluh empat ribu dua ratus sembilan puluh tiga"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_250_000, "satu juta dua ratus lima puluh ribu"),
        (3_000_000_000, "tiga miliar"),
        (1_000_000_000_000, "satu triliun"),
        (-5, "minus lima"),
    ],
)
def test_terbilang_follows_kbbi(n, kata):
    assert terbilang(n) == kata


_DASAR = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"
_NILAI = {kata: nilai for nilai, kata in enumerate(_DASAR.split(" "))}


def _baca(kata: str) -> int:
    """Read words back into a figure; written apart from ``terbilang``."""
    total = bagian = satuan = 0
    for k in kata.split():
        if k in _NILAI:
            satuan = _NILAI[k]
        elif k == "belas":
            satuan += 10
        elif k == "puluh":
            bagian, satuan = bagian + satuan * 10, 0
        elif k in ("ratus", "seratus"):
            bagian, satuan = bagian + (satuan * 100 if k == "ratus" else 100), 0
        elif k == "seribu":
            total += 1_000
        else:
            pangkat = {"ribu": 3, "juta": 6, "miliar": 9, "triliun": 12}[k]
            total, bagian, satuan = total + (bagian + satuan) * 10**pangkat, 0, 0
    return total + bagian + satuan


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_words_read_back_give_the_figure(n):
    kata = terbilang(n)
    assert _baca(kata) == n
    assert not re.search(r"\bsatu (ribu|ratus|puluh)\b(?! )", kata) or n >= 2_000
    assert "  " not in kata


def test_terbilang_refuses_what_has_no_word():
    with pytest.raises(ValueError, match="triliun"):
        terbilang(10**15)


def test_dates_in_words_as_minutes_open():
    assert tanggal_kata(date(2025, 12, 12)) == ("Jumat tanggal dua belas bulan Desember tahun dua ribu dua puluh lima")
    assert tanggal_panjang(date(2026, 12, 7)) == "7 Desember 2026"


@pytest.mark.parametrize(("n", "teks"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (2026, "MMXXVI")])
def test_roman_numerals(n, teks):
    assert romawi(n) == teks


@pytest.mark.parametrize("n", [0, -1, 4000])
def test_roman_numerals_end(n):
    with pytest.raises(ValueError, match="Romawi"):
        romawi(n)


@pytest.mark.parametrize(
    ("lahir", "pada", "umur"),
    [
        (date(2009, 12, 7), date(2026, 12, 7), 17),
        (date(2009, 12, 8), date(2026, 12, 7), 16),
        (date(2008, 2, 29), date(2025, 2, 28), 16),
        (date(2008, 2, 29), date(2025, 3, 1), 17),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
    ],
)
def test_age_in_calendar_years(lahir, pada, umur):
    assert usia(lahir, pada) == umur


def test_figures_are_indonesian():
    assert (ribuan(279084), ribuan(-1500), ribuan(999)) == ("279.084", "−1.500", "999")
    assert (persen(1, 8), persen(0, 0), persen(-1, 8)) == ("12,5 %", "–", "−12,5 %")


def test_nik_is_masked_past_the_issuing_city():
    assert samarkan_nik("7271012505909001") == "7271••••••••••••"
    assert samarkan_nik("") == ""


@pytest.mark.parametrize(
    ("teks", "rahasia"),
    [
        ("gagal pada NIK 7271012505909001 baris 3", "012505909001"),
        ("password=sangat-rahasia", "sangat-rahasia"),
        ("{'frasa_sandi': 'buka pintu'}", "buka"),
    ],
)
def test_log_lines_lose_their_secrets(teks, rahasia):
    catatan = logging.LogRecord("uji", logging.ERROR, "", 1, "%s", (teks,), None)
    assert SaringRahasia().filter(catatan)
    assert rahasia not in catatan.getMessage()
    assert rahasia not in samarkan_teks(teks)


def test_traceback_in_the_log_loses_its_secrets():
    try:
        raise ValueError("NIK 7271012505909001 rusak")
    except ValueError:
        import sys

        catatan = logging.LogRecord("uji", logging.ERROR, "", 1, "galat", (), sys.exc_info())
    SaringRahasia().filter(catatan)
    assert "7271••••••••••••" in catatan.exc_text
    assert "012505909001" not in catatan.exc_text
