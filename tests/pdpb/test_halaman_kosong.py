"""Pages of the voter data before there is any: each says what will stand there and why it is empty."""

import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("nama", "kalimat"),
    [
        ("periode_daftar", "Belum ada periode"),
        ("pemilih_daftar", "Tidak ada pemilih dengan saringan ini"),
        ("perubahan_daftar", "Tidak ada perubahan dengan saringan ini"),
        ("tanggapan_daftar", "Tidak ada tanggapan dengan saringan ini"),
        ("temuan_daftar", "Tidak ada temuan"),
        ("pengumuman_daftar", "Belum ada pengumuman"),
        ("pemilih_cari", "Cari"),
        ("periode_baru", "Buka periode"),
    ],
)
def test_a_page_without_data_says_why(client, nama, kalimat):
    client.force_login(make.budi())
    jawaban = client.get(reverse(f"pdpb:{nama}"))
    assert jawaban.status_code == 200
    assert kalimat in jawaban.content.decode()


@pytest.mark.parametrize("nama", ["periode_detail", "rekap", "rekap_periksa", "rekap_xlsx", "bekukan", "masukan"])
def test_a_period_without_a_single_voter_has_its_pages(client, nama):
    make.periode()
    client.force_login(make.budi())
    assert client.get(reverse(f"pdpb:{nama}", args=["2026-tw4"])).status_code == 200


def test_proposing_without_an_open_period_is_explained(client):
    client.force_login(make.sari())
    jawaban = client.get(reverse("pdpb:usul_baru"))
    assert jawaban.status_code == 409
    assert "Tidak ada periode yang terbuka" in jawaban.content.decode()
