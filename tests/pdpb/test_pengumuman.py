"""The page of trust of a quarter: what the public reads, what it weighs, and what it never says."""

import gzip
import re

import pytest
from django.urls import reverse

from pdpb.models import Kategori, Pendaftaran, Periode, Snapshot
from pdpb.publik import BANYAK_TREN, tren
from pdpb.rekap import rekap_beku, snapshot_berlaku
from tests import make
from tests.pdpb.isian import kalimat

pytestmark = pytest.mark.django_db
HTML_KB = 20


@pytest.fixture
def lama():
    """The announced quarter of an office at work."""
    return make.kantor_berisi()[0]


def halaman(client, periode) -> str:
    return kalimat(client.get(reverse("pdpb:pengumuman", args=[periode.pk])))


def test_the_page_states_root_and_digest_of_the_version_in_force_and_how_to_check(client, lama):
    isi = halaman(client, lama)
    beku = snapshot_berlaku(lama)
    for potongan in (beku.akar, beku.digest, "cara memeriksanya", reverse("pdpb:bukti_periksa"), "TMS berarti"):
        assert potongan in isi, potongan


def test_a_quarter_from_before_the_tree_says_nothing_about_proofs(client, lama):
    Snapshot.objects.filter(periode=lama).update(akar="")
    isi = halaman(client, lama)
    assert "Akar pohon bukti" not in isi
    assert "dapat diperiksa siapa pun" not in isi


def test_every_kelurahan_stands_on_the_page_with_its_kecamatan_and_the_sums_agree(client, lama):
    isi = halaman(client, lama)
    tabel = isi[isi.index("Pemilih per kelurahan") : isi.index("Sebab di tingkat kota")]
    assert tabel.count('<th scope="row">') == 46
    data = rekap_beku(snapshot_berlaku(lama))
    angka = [int(n.replace(".", "").replace("-", "0")) for n in re.findall(r'<td class="angka">([\d.-]+)</td>', tabel)]
    baris = [angka[n : n + 6] for n in range(0, len(angka), 6)]
    t = data.kota
    assert [sum(b[n] for b in baris[:-1]) for n in range(6)] == baris[-1]
    assert baris[-1] == [t.total.baru, t.total.tms, t.total.ubah, t.L.sekarang, t.P.sekarang, t.total.sekarang]


def test_no_personal_datum_is_on_the_page(client, lama):
    isi = halaman(client, lama)
    pribadi = {
        nilai
        for nama in ("nama", "alamat", "identitas__nik", "identitas__nkk", "pemilih__dpid")
        for nilai in Pendaftaran.objects.values_list(nama, flat=True)
        if nilai
    }
    assert len(pribadi) > 15
    assert [nilai for nilai in pribadi if nilai in isi] == []


def test_a_reason_of_few_people_is_not_named(client, lama):
    isi = halaman(client, lama)
    assert "Sebab lain, masing-masing di bawah 5 orang" in isi
    tabel = isi[isi.index("Sebab di tingkat kota") :]
    assert Kategori.objects.get(pk="meninggal").nama not in tabel


def test_trends_reach_over_announced_quarters_only(client, lama):
    assert "tampil setelah triwulan kedua" in halaman(client, lama)
    lalu = make.triwulan_lalu(lama)
    titik = tren(lama)
    assert [t.periode.pk for t in titik] == [lalu.pk, lama.pk]
    assert titik[1].angka.total == rekap_beku(snapshot_berlaku(lama)).kota.total
    isi = halaman(client, lama)
    awal = titik[0].angka.total.sekarang
    assert 0 < awal < 14
    assert f"Jumlah pemilih naik dari {awal} pada TW II 2026 menjadi 14 pada TW III 2026." in isi
    assert isi.count("<svg") >= 3
    Periode.objects.filter(pk=lalu.pk).update(status="ditetapkan")
    assert "Jumlah pemilih dari waktu ke waktu" not in halaman(client, lama)


def test_a_later_quarter_is_not_on_the_page_of_an_earlier_one(lama):
    lalu = make.triwulan_lalu(lama)
    assert [t.periode.pk for t in tren(lalu)] == [lalu.pk]
    assert len(tren(lama, banyak=1)) == 1 < BANYAK_TREN


def test_a_page_with_trends_keeps_its_weight_and_its_queries(client, lama, django_assert_max_num_queries):
    make.triwulan_lalu(lama)
    halaman(client, lama)
    with django_assert_max_num_queries(16):
        isi = halaman(client, lama)
    assert len(gzip.compress(isi.encode())) <= HTML_KB * 1024
    assert "<script" not in isi.split("<main", 1)[1]
    assert " style=" not in isi
