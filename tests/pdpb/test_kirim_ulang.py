"""Sent twice, or by two who saw the same page: it happens once, and nothing is overwritten silently."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pdpb.actions.perubahan import ambil_langkah
from pdpb.models import Bukti, Perubahan
from pdpb.pleno import masukan_pleno
from tests import make
from tests.pdpb.isian import PDF, isian_baru, isian_periode, isian_ubah, kalimat, sebagai

pytestmark = pytest.mark.django_db


def test_a_new_voter_sent_twice_is_one_proposal(client):
    make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    isi = isian_baru()
    assert client.post(reverse("pdpb:usul_baru"), isi).status_code == 302
    jawaban = client.post(reverse("pdpb:usul_baru"), isi)
    assert jawaban.status_code == 422
    assert "sudah diusulkan" in kalimat(jawaban)
    assert Perubahan.objects.count() == 1


def test_a_rejected_new_voter_can_be_proposed_again():
    make.pemilih()
    per = make.selesai_daftar()
    nik = make.nik(date(1999, 3, 4), "P")
    satu = make.usul("pindah_masuk", None, per=per, nik=nik)
    ambil_langkah([satu], "tolak", oleh=make.wati(), periode=per, catatan="KTP-el tidak terbaca")
    assert make.usul("pindah_masuk", None, per=per, nik=nik) != satu


@pytest.mark.parametrize("jenis", ["tms", "ubah", "mutasi"])
def test_every_other_proposal_sent_twice_is_one(client, jenis):
    versi = make.pemilih()
    make.tps(make.PETOBO)
    make.selesai_daftar()
    sebagai(client, make.sari())
    isi = {
        "tms": {"kategori": "meninggal", "jenis_dokumen": "Akta", "sumber_informasi": "lain"},
        "ubah": isian_ubah(versi, nama="NAMA LAIN"),
        "mutasi": {"kelurahan": make.PETOBO, "tps": 1, "jenis_dokumen": "KK", "sumber_informasi": "lain"},
    }[jenis]
    alamat = reverse(f"pdpb:usul_{jenis}", args=[versi.pemilih_id])
    assert [client.post(alamat, isi).status_code for _ in range(2)] == [302, 422]
    assert Perubahan.objects.count() == 1


def test_a_refused_proposal_leaves_no_document_behind(client, data_dir):
    versi = make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    isi = isian_ubah(versi) | {"berkas": SimpleUploadedFile("ktp.pdf", PDF)}
    assert client.post(reverse("pdpb:usul_ubah", args=[versi.pemilih_id]), isi).status_code == 422
    assert Bukti.objects.count() == 0
    assert [p for p in data_dir.rglob("*") if p.is_file()] == []


def test_a_remark_sent_twice_stands_once(client):
    per = make.periode()
    sebagai(client, make.budi())
    isi = {"lembaga": "Bawaslu Kota Palu", "isi": "Periksa kembali TMS.", "jawaban": "Sudah diperiksa."}
    for _ in range(2):
        client.post(reverse("pdpb:masukan", args=[per.pk]), isi)
    assert masukan_pleno(per) == [isi]


def test_two_people_changing_one_period_overwrite_nothing_silently(client):
    per = make.periode()
    alamat = reverse("pdpb:periode_ubah", args=[per.pk])
    sebagai(client, make.budi())
    versi = client.get(alamat).context["form"]["versi"].value()
    isi = isian_periode(per, versi=versi)
    assert client.post(alamat, isi | {"tempat_pleno": "Hotel Contoh"}).status_code == 302
    jawaban = client.post(alamat, isi | {"tanggal_pleno": "10-12-2026"})
    assert jawaban.status_code == 422
    assert "Hotel Contoh" in kalimat(jawaban)
    per.refresh_from_db()
    assert (per.tempat_pleno, per.tanggal_pleno) == ("Hotel Contoh", date(2026, 12, 8))
    baru = jawaban.context["form"]["versi"].value()
    isi = isian_periode(per, versi=baru, tanggal_pleno="10-12-2026")
    assert client.post(alamat, isi).status_code == 302
    per.refresh_from_db()
    assert (per.tempat_pleno, per.tanggal_pleno) == ("Hotel Contoh", date(2026, 12, 10))
