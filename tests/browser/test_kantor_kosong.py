"""The pages of an office on its first day: nothing in them yet, and still open to everybody."""

import pytest

from tests.browser.kantor import Halaman
from tests.browser.kantor import orang as petugas
from tests.browser.periksa import buka, periksa

KOSONG = [
    Halaman("beranda", "kasubbag_rendatin", ("beranda",)),
    Halaman("periode", "kasubbag_rendatin", ("pdpb:periode_daftar",)),
    Halaman("pemilih", "operator", ("pdpb:pemilih_daftar",)),
    Halaman("perubahan", "verifikator", ("pdpb:perubahan_daftar",)),
    Halaman("temuan", "verifikator", ("pdpb:temuan_daftar",)),
    Halaman("impor", "operator", ("pdpb:impor_daftar",)),
    Halaman("naskah", "anggota", ("naskah:daftar",)),
    Halaman("pekerjaan", "operator", ("jobs:daftar",)),
    Halaman("riwayat", "auditor", ("audit_jejak",)),
    Halaman("pengumuman", "", ("pdpb:pengumuman_daftar",)),
    # No period is open: the page that says so.
    Halaman("ditolak", "operator", ("pdpb:usul_baru",)),
]


@pytest.mark.parametrize("halaman", KOSONG, ids=[h.id for h in KOSONG])
def test_axe_finds_nothing_before_there_is_anything(orang, halaman):
    petugas(halaman.peran)
    periksa(buka(orang, halaman, {}))
