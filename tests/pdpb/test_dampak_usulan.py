"""What a list of changes would do is counted before anybody applies it."""

import pytest
from django.urls import reverse

from pdpb import impor
from pdpb.impor import pratinjau
from pdpb.models import Perubahan
from tests import make
from tests.pdpb.isian import kalimat
from tests.pdpb.test_halaman_impor import masuk
from tests.pdpb.test_impor import CALON, KE_ATLANTIS, KEPALA_USUL, baris, berkas, muat, usul

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    muat(*(baris(str(n)) for n in range(1, 6)), baris("6", KELURAHAN="LERE", KELAMIN="P"))
    isi = [
        usul("BARU", "genap_17", **CALON),
        usul("TMS", "meninggal", DPID="1"),
        usul("TMS", "meninggal", DPID="6"),
        usul("TMS", "tni", DPID="2"),
        usul("UBAH", "", DPID="3", ALAMAT="JL. BARU"),
        usul("MUTASI", "", **{"DPID": "4", "KELURAHAN TUJUAN": "Lere", "TPS TUJUAN": "1"}),
        usul("MUTASI", "", DPID="5", **KE_ATLANTIS),
    ]
    batch = impor.unggah(
        [berkas(*isi, kepala=KEPALA_USUL, nama="p.csv")], jenis="perubahan", periode=make.periode(), oleh=make.sari()
    )
    return impor.periksa(batch)


def test_kinds_and_categories_and_kelurahan_add_up_to_what_is_proposed(batch):
    d = pratinjau.usulan(batch)
    assert [(k["kategori"], k["laki"], k["perempuan"], k["jumlah"]) for k in d.kategori] == [
        ("Genap berumur 17 tahun", 1, 0, 1),
        ("Meninggal", 1, 1, 2),
        ("Menjadi TNI", 1, 0, 1),
        ("Perbaikan elemen data", 1, 0, 1),
        ("Pindah di dalam kota", 1, 0, 1),
    ]
    assert {k["nama"]: k["angka"] for k in d.kelurahan} == {"Talise": [1, 2, 1, 1], "Lere": [0, 1, 0, 0]}
    assert (d.jumlah, d.jumlah_jenis, d.tetap, d.ditolak) == (6, [1, 3, 1, 1], 0, 1)
    impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)
    assert Perubahan.objects.filter(batch=batch).count() == d.jumlah
    assert pratinjau.usulan(batch) is None


def test_the_page_shows_both_tables_and_what_waits(client, batch):
    masuk(client)
    isi = kalimat(client.get(reverse("pdpb:impor_dampak", args=[batch.pk])))
    for kata in ("Usulan menurut jenis dan kategori", "Usulan per kelurahan", "Menjadi TNI", "Jumlah usulan",
                 "1 baris tidak menjadi usulan", "Lanjutkan ke penerapan", "ARIF DK"):  # fmt: skip
        assert kata in isi, kata


def test_a_list_already_proposed_says_that_nothing_is_new(client, batch):
    impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)
    lagi = impor.unggah(
        [berkas(usul("TMS", "meninggal", DPID="1"), kepala=KEPALA_USUL, nama="q.csv")],
        jenis="perubahan", periode=make.periode(), oleh=make.sari(),
    )  # fmt: skip
    impor.periksa(lagi)
    masuk(client)
    assert "Tidak ada usulan baru" in client.get(reverse("pdpb:impor_dampak", args=[lagi.pk])).content.decode()
