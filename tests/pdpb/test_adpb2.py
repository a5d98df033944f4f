"""A-DPB2: the columns of Bawaslu's form, the proof that they close, and the masked lists behind them."""

import io
import zipfile

import openpyxl
import pytest
from django.urls import reverse

from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from pdpb.actions.ekspor import folder, minta_ekspor
from pdpb.adpb2 import BARU, KOLOM, TMS, adpb2
from pdpb.models import EksporDaftar, Identitas
from pdpb.pekerjaan_cetak import ekspor_daftar
from pdpb.rekap import rekap
from tests import make
from tests.pdpb.isian import kalimat, sebagai

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


@pytest.fixture
def kantor():
    return make.kantor_berisi()


def minta(per, **lain):
    isi = {"jenis": "adpb2", "bentuk": "xlsx", "wilayah": None, "penerima": "Bawaslu Kota Palu",
           "tujuan": "Pencermatan rekapitulasi"}  # fmt: skip
    return minta_ekspor(periode=per, oleh=make.budi(), **(isi | lain))


def test_every_kecamatan_closes_also_with_a_move_between_two_of_them(kantor):
    for per in kantor:
        baris = adpb2(rekap(per))
        assert [b.selisih for b in baris] == [0] * 9
        kota = dict(zip(KOLOM[1:], baris[-1].angka, strict=True))
        for kolom, jumlah in kota.items():
            if kolom != "Selisih":
                assert sum(dict(zip(KOLOM[1:], b.angka, strict=True))[kolom] for b in baris[:-1]) == jumlah, kolom


def test_the_figures_are_those_of_the_recap(kantor):
    data = rekap(kantor[1])
    kota = dict(zip(KOLOM[1:], adpb2(data)[-1].angka, strict=True))
    assert (kota["PDPB awal"], kota["Akhir L+P"]) == (data.kota.total.sebelumnya, data.kota.total.sekarang)
    assert (kota["Meninggal"], kota["Pindah domisili"], kota["Genap 17 tahun"], kota["Pindah masuk"]) == (1, 1, 1, 1)
    assert kota["Mutasi keluar (dalam kota)"] == kota["Mutasi masuk (dalam kota)"] == 1


def test_a_reason_the_form_does_not_know_stands_apart_and_nothing_is_lost(kantor):
    per = kantor[1]
    make.setuju([make.usul("tercecer", None, per=per)], per)
    kota = dict(zip(KOLOM[1:], adpb2(rekap(per))[-1].angka, strict=True))
    assert (kota["Baru lainnya"], kota["Selisih"]) == (1, 0)


def test_the_form_has_eight_reasons_of_tms_and_five_of_new():
    assert (len(TMS), len(BARU)) == (8, 5)


def test_the_page_and_its_table_are_for_bawaslu_too(client, kantor):
    sebagai(client, make.orang("fatma", "bawaslu"))
    halaman = kalimat(client.get(reverse("pdpb:adpb2", args=[kantor[1].pk])))
    assert "Minta bersama daftar bernama" not in halaman
    isi = client.get(reverse("pdpb:adpb2_xlsx", args=[kantor[1].pk])).content
    baris = list(openpyxl.load_workbook(io.BytesIO(isi)).active.iter_rows(values_only=True))
    assert baris[3] == KOLOM
    assert len(baris) == 4 + 9


def test_figures_and_masked_names_go_out_through_the_register(kantor):
    ekspor = minta(kantor[1])
    ekspor_daftar(Job.objects.get(pk=ekspor.pekerjaan))
    ekspor = EksporDaftar.objects.get(pk=ekspor.pk)
    assert (ekspor.status, ekspor.nomor[:3]) == ("siap", "EKS")
    with zipfile.ZipFile(folder() / ekspor.berkas) as berkas:
        nama = berkas.namelist()
        assert nama[0] == "A-DPB2.xlsx"
        assert len(nama) == 1 + 46
        teks = ""
        for satu in nama:
            buku = openpyxl.load_workbook(io.BytesIO(berkas.read(satu)))
            teks += str([[s.value for s in b] for lembar in buku for b in lembar.iter_rows()])
    assert ekspor.nomor in teks
    assert "******" in teks
    angka = {n for pasangan in Identitas.objects.values_list("nik", "nkk") for n in pasangan if n}
    assert len(angka) > 5
    assert [n for n in angka if n in teks] == []


def test_the_whole_nik_waits_for_the_second_person_and_a_part_of_the_city_is_refused(kantor):
    assert minta(kantor[1], nik_penuh=True, dasar_hukum="Surat permintaan 1/PM/2026").status == "menunggu"
    with pytest.raises(Refused, match="seluruh kota"):
        minta(kantor[1], wilayah=make.tps().kelurahan)
    with pytest.raises(Refused, match="seluruh kota"):
        minta(kantor[1], bentuk="pdf")


def test_the_form_says_which_choice_does_not_fit(client, kantor):
    sebagai(client, make.budi())
    isi = {"periode": kantor[1].pk, "wilayah": "kota", "jenis": "adpb2", "bentuk": "publik",
           "penerima": "Bawaslu Kota Palu", "tujuan": "Pencermatan rekapitulasi"}  # fmt: skip
    jawaban = client.post(reverse("pdpb:ekspor_baru"), isi)
    assert jawaban.status_code == 422
    assert "A-DPB2 hanya ada sebagai XLSX" in kalimat(jawaban)
    assert client.post(reverse("pdpb:ekspor_baru"), isi | {"bentuk": "xlsx"}).status_code == 302
