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


# --- A NIK in groups ---
PEMISAH = [" ", "  ", "\u00a0", "\u2009", "\u202f", ".", "-", " - ", "\u2013", "\t"]
PROVINSI = st.sampled_from(["11", "21", "36", "53", "64", "71", "72", "73", "76", "82", "91", "97"])


def angka(n):
    return st.text("0123456789", min_size=n, max_size=n)


@given(
    nik=st.builds(str.__add__, PROVINSI, angka(14)),
    pemisah=st.lists(st.sampled_from(PEMISAH), min_size=3, max_size=3),
    sebelum=st.sampled_from(["", "NIK ", "NIK:", "(", "3. ", "a"]),
    sesudah=st.sampled_from(["", ".", ", lahir", ")", "\n"]),
)
def test_a_number_in_groups_of_four_is_masked_whatever_parts_them(nik, pemisah, sebelum, sesudah):
    bagian = [nik[i : i + 4] for i in range(0, 16, 4)]
    tertulis = bagian[0] + "".join(p + b for p, b in zip(pemisah, bagian[1:], strict=True))
    tersamar = samarkan_teks(sebelum + tertulis + sesudah)
    if all(b[:2] in ("19", "20") for b in bagian):
        assert tersamar == sebelum + tertulis + sesudah
        return
    assert tersamar == sebelum + bagian[0] + "".join(p + "••••" for p in pemisah) + sesudah
    assert samarkan_teks(tersamar) == tersamar


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("NIK 7271 0125 0590 9001.", "NIK 7271 •••• •••• ••••."),
        ("7271.0125.0590.9001", "7271.••••.••••.••••"),
        ("7271-0125-0590-9001", "7271-••••-••••-••••"),
        ("727101 250590 9001", "7271•• •••••• ••••"),
        ("727101.650590.9001", "7271••.••••••.••••"),
        ("KK 7271 0812 0308 9101 dan 7271 0125 0590 9001", "KK 7271 •••• •••• •••• dan 7271 •••• •••• ••••"),
    ],
)
def test_a_nik_as_people_write_it(teks, hasil):
    assert samarkan_teks(teks) == hasil


@pytest.mark.parametrize(
    "teks",
    [
        "274.293 pemilih, 279.084 pada 2024",
        "Rp1.250.000,00 dan Rp7.271.012.505.909.001",
        "0812 3456 7890",
        "+62 812-3456-7890",
        "021 1234 5678, 0451 421 234",
        "45/PL.02.1-BA/7271/2026",
        "72.71.08.1003 TPS 001",
        "2024 2025 2026 2027",
        "1945-1955-1971-1977",
        "2026-11-24 10.15.00 1234",
        "0001 0002 0003 0004",
        "727101 999999 9001",
        "7271\n0125\n0590\n9001",
        "37271 0125 0590 9001",
        "7271 0125 0590 90012",
    ],
)
def test_what_only_looks_like_one_stays(teks):
    assert samarkan_teks(teks) == teks


@given(st.lists(st.integers(0, 999_999_999_999), min_size=1, max_size=6))
def test_sums_of_money_and_counts_stay(nilai):
    teks = " ".join(f"Rp{ribuan(n)}" if n % 2 else ribuan(n) for n in nilai)
    assert samarkan_teks(teks) == teks
