"""Pages of the time machine: who sees what, that every number leads to its rows, and the file that goes out."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from kpupalu.audit.models import LogAkses
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from pdpb.actions.ekspor import ambil_ekspor, minta_selisih
from pdpb.models import EksporDaftar
from pdpb.pekerjaan_cetak import ekspor_daftar
from tests import make

pytestmark = pytest.mark.django_db
SEJAK = "26-11-2025"


@pytest.fixture
def kantor():
    return make.kantor_berisi()


def buka(client, nama, oleh, **kueri):
    client.force_login(oleh)
    return client.get(reverse(f"pdpb:{nama}"), kueri)


def fatma():
    return make.orang("fatma", "bawaslu")


def test_the_equation_adds_up_on_the_page_and_each_term_leads_to_its_rows(client, kantor):
    for wilayah in ("", make.TALISE, make.PETOBO, make.TALISE[:8]):
        halaman = buka(client, "mesin_waktu", make.dewi(), wilayah=wilayah, sejak=SEJAK).content.decode()
        assert "tidak terpenuhi" not in halaman
        awal, masuk, keluar, akhir = map(
            int, re.search(r"<p>(\d+) \+ (\d+) masuk − (\d+) keluar = <b>(\d+)</b>", halaman).groups()
        )
        assert awal + masuk - keluar == akhir
        tautan = re.findall(r'<a href="(/[^"]*/selisih/\?[^"]*kunci[^"]*)">(\d+)<', halaman)
        assert tautan or wilayah == make.TALISE[:8]
        for alamat, banyak in tautan:
            baris = client.get(alamat.replace("&amp;", "&")).content.decode()
            assert baris.count('<td class="nama">') == int(banyak)


def test_a_moved_voter_left_one_kelurahan_and_came_to_the_other(client, kantor):
    talise = buka(client, "mesin_waktu", make.dewi(), wilayah=make.TALISE, sejak=SEJAK).content.decode()
    petobo = buka(client, "mesin_waktu", make.dewi(), wilayah=make.PETOBO, sejak=SEJAK).content.decode()
    assert "− Mutasi keluar: Pindah di dalam kota" in talise
    assert "+ Mutasi masuk: Pindah di dalam kota" in petobo
    assert "+ Koreksi jenis kelamin" in petobo
    kota = buka(client, "mesin_waktu", make.dewi(), sejak=SEJAK).content.decode()
    assert "Mutasi di dalam wilayah ini: Pindah di dalam kota" in kota


def test_rows_name_act_and_evidence_without_nik(client, kantor):
    jawaban = buka(client, "mesin_waktu_selisih", make.dewi(), sejak=SEJAK, arah="keluar")
    isi = jawaban.content.decode()
    assert "Meninggal" in isi
    assert "Bukti: KTP-el 001" in isi
    assert re.search(r'href="/[^"]*perubahan/\d+/"', isi)
    assert not re.search(r"\d{16}", isi)


def test_figures_are_for_readers_of_figures_and_names_for_readers_of_names(client, kantor):
    kueri = {"wilayah": make.TALISE, "sejak": SEJAK}
    angka = buka(client, "mesin_waktu", fatma(), **kueri)
    assert angka.status_code == 200
    assert "mesin-waktu/nama" not in angka.content.decode()
    assert "mesin-waktu/selisih" not in angka.content.decode()
    for nama in ("mesin_waktu_nama", "mesin_waktu_selisih", "mesin_waktu_ekspor"):
        assert buka(client, nama, fatma(), **kueri).status_code == 404
    assert buka(client, "mesin_waktu_ekspor", make.dewi(), **kueri).status_code == 404
    assert buka(client, "mesin_waktu", make.orang("gudi", "gudang")).status_code == 404


def test_names_of_a_past_day_are_those_of_that_day_and_reading_is_logged(client, kantor):
    kini = buka(client, "mesin_waktu_nama", make.dewi(), wilayah=make.TALISE)
    catatan = LogAkses.objects.latest("pk")
    assert "Daftar Kelurahan Talise" in catatan.objek_label
    dulu = buka(client, "mesin_waktu_nama", make.dewi(), wilayah=make.TALISE, pada=SEJAK)
    assert dulu.content.decode().count('<td class="nama">') == 6
    assert catatan.jumlah == kini.content.decode().count('<td class="nama">') == 4
    # A whole city by name is no page; it is asked for as an export.
    assert buka(client, "mesin_waktu_nama", make.dewi()).status_code == 404


@pytest.mark.parametrize(
    ("kueri", "kalimat"),
    [
        ({"pada": "31-12-2999"}, "belum tiba"),
        ({"pada": "32-01-2026"}, "Tanggal tidak dikenal"),
        ({"sejak": "01-02-2026", "pada": "01-02-2026"}, "sebelum tanggal keadaan"),
        ({"tps": "9"}, "TPS itu tidak ada"),
        ({"wilayah": make.TALISE, "tps": "99"}, "TPS itu tidak ada"),
        ({"wilayah": "72.71.99"}, "wilayah"),
        ({"wilayah": "\0", "pada": "\0"}, "wilayah"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(client, kantor, kueri, kalimat):
    jawaban = buka(client, "mesin_waktu", make.dewi(), **kueri)
    assert jawaban.status_code == 422
    assert kalimat in jawaban.content.decode()


def test_the_page_before_there_is_any_voter(client):
    jawaban = buka(client, "mesin_waktu", make.dewi())
    assert jawaban.status_code == 200
    assert "Belum ada data beku" in jawaban.content.decode()


def test_more_rows_ask_no_more_queries(client, kantor):
    client.force_login(make.dewi())

    def ukur(nama) -> int:
        with CaptureQueriesContext(connection) as kueri:
            client.get(reverse(f"pdpb:{nama}"), {"wilayah": make.LERE, "sejak": SEJAK})
        return len(kueri)

    halaman = ("mesin_waktu", "mesin_waktu_selisih", "mesin_waktu_nama")
    v = make.pemilih(make.LERE, per=kantor[1])
    make.selesai_daftar(kantor[1])
    make.setuju([make.usul("meninggal", v, per=kantor[1])], kantor[1])
    sedikit = [ukur(nama) for nama in halaman]
    versi = [make.pemilih(make.LERE, per=kantor[1], nomor_tps=nomor % 9 + 1) for nomor in range(30)]
    make.selesai_daftar(kantor[1])
    make.setuju([make.usul("meninggal", v, per=kantor[1]) for v in versi[::2]], kantor[1])
    assert all(banyak <= sedikit[n] + 1 for n, banyak in enumerate(map(ukur, halaman)))
    assert max(sedikit) <= 24


# --- The file ------------------------------------------------------------------------------------------------------
def test_the_spreadsheet_holds_equation_and_rows_and_stands_in_the_register(client, kantor):
    client.force_login(make.budi())
    alamat = reverse("pdpb:mesin_waktu_ekspor") + f"?wilayah={make.PETOBO}&sejak={SEJAK}"
    assert client.post(alamat, {"penerima": "Bawaslu", "tujuan": "pendek"}).status_code == 422
    client.post(alamat, {"penerima": "Bawaslu Kota Palu", "tujuan": "Mencocokkan selisih triwulan"})
    ekspor = EksporDaftar.objects.get()
    ekspor_daftar(Job.objects.get(pk=ekspor.pekerjaan))
    ekspor.refresh_from_db()
    with ambil_ekspor(ekspor, oleh=make.budi()) as berkas:
        buku = load_workbook(BytesIO(berkas.read()))
    persamaan = list(buku["Persamaan"].iter_rows(min_row=4, values_only=True))
    for kolom in (1, 2, 3):
        assert sum(b[kolom] for b in persamaan[:-1]) == persamaan[-1][kolom]
    baris = list(buku["Baris"].iter_rows(min_row=3, values_only=True))
    assert len(baris) == ekspor.jumlah_baris
    assert {b[0] for b in baris} == {"Masuk", "Keluar", "Berubah"}
    assert "Bawaslu Kota Palu" in buku["Baris"]["A1"].value
    assert not any(re.fullmatch(r"\d{16}", str(sel or "")) for b in baris for sel in b)
    assert LogAkses.objects.filter(tindakan="ekspor", objek_id=str(ekspor.pk)).exists()
    halaman = client.get(ekspor.get_absolute_url()).content.decode()
    assert "26-11-2025 sampai" in halaman


def test_who_may_not_give_out_names_gets_no_file(kantor):
    isi = {"wilayah": None, "dari": date(2025, 1, 1), "sampai": hari_ini()}
    with pytest.raises(Refused, match="berwenang"):
        minta_selisih(**isi, penerima="Bawaslu", tujuan="Mencocokkan selisih", oleh=make.sari())
    with pytest.raises(Refused, match="tujuan"):
        minta_selisih(**isi, penerima="Bawaslu", tujuan="coba", oleh=make.budi())
