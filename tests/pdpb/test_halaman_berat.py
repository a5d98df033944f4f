"""Pages stay light and ask the database little, however full they are."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pdpb.models import (
    Temuan,
)
from pdpb.views.perubahan import MAKS_MASSAL
from tests import make
from tests.pdpb.halaman import (
    HALAMAN,
    KUERI,
    PETUGAS,
    SPANDUK,
    alamat,
    masuk,
)

pytestmark = pytest.mark.django_db


HTML_KB = 60


@pytest.mark.parametrize("nama", [n for n, (_, _, get, _) in HALAMAN.items() if get == 200])
def test_a_page_stays_light_and_asks_the_database_little(client, kantor, nama):
    _, boleh, *_ = HALAMAN[nama]
    masuk(client, sorted(boleh & PETUGAS or boleh)[0])
    client.get(alamat(nama, kantor))
    with CaptureQueriesContext(
        connection,
    ) as kueri:
        jawaban = client.get(alamat(nama, kantor))
        isi = b"".join(jawaban) if jawaban.streaming else jawaban.content
    assert len(gzip.compress(isi)) <= HTML_KB * 1024
    assert len(kueri) <= KUERI[nama] + SPANDUK, f"{len(kueri)} kueri"


@pytest.mark.parametrize(
    "nama",
    ["pemilih_daftar", "perubahan_daftar", "tanggapan_daftar", "temuan_daftar", "rekap", "periode_detail",
     "pemilih_cari"],
)  # fmt: skip
def test_more_rows_ask_no_more_queries(client, kantor, nama):
    """The same number of queries with few rows as with a page full of them, and a full page is light."""
    masuk(client, "verifikator")

    def ukur() -> tuple[int, int]:
        url = alamat(nama, kantor)
        with CaptureQueriesContext(connection) as kueri:
            if nama == "pemilih_cari":
                jawaban = client.post(url, {"kata": "contoh", "tujuan": "uji beban halaman"})
            else:
                jawaban = client.get(url, {"ukuran": "100"})
        assert jawaban.status_code == 200
        return len(kueri), len(gzip.compress(jawaban.content))

    sedikit, _ = ukur()
    for nomor in range(60):
        versi = make.pemilih(make.LERE, per=kantor["kini"], nomor_tps=nomor % 9 + 1, nama=f"CONTOH {nomor}")
        make.usul("meninggal", versi, per=kantor["kini"])
        Temuan.objects.create(pemilih=versi.pemilih, kode="rt-rw", tingkat="Galat", pesan=f"RT {nomor} tidak diisi.")
        make.tanggapan()
    banyak, byte = ukur()
    assert banyak <= sedikit + 1
    assert byte <= HTML_KB * 1024


def test_a_full_check_page_of_many_changes_stays_light(client, kantor):
    masuk(client, "verifikator")
    jawaban = client.post(reverse("pdpb:perubahan_massal"), {"langkah": "tolak", "id": list(range(1, MAKS_MASSAL))})
    assert len(gzip.compress(jawaban.content)) <= HTML_KB * 1024
