"""What the roll must not admit, whoever asks for it."""

from datetime import date

import pytest
from django.urls import reverse

from kpupalu.lib import Refused
from pdpb.actions.perubahan import ambil_langkah
from pdpb.models import Pendaftaran, Periode, Perubahan
from pdpb.rekap import rekap_berjalan
from tests import make
from tests.pdpb.isian import isian_ubah, kalimat, sama_dengan_baris, sebagai

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("dengan_tps", [True, False])
def test_a_move_to_the_same_place_is_refused(client, dengan_tps):
    versi = make.pemilih(**({} if dengan_tps else {"tps": None}))
    make.selesai_daftar()
    sebagai(client, make.sari())
    isi = {"kelurahan": make.TALISE, "jenis_dokumen": "KK", "sumber_informasi": "lain"}
    jawaban = client.post(reverse("pdpb:usul_mutasi", args=[versi.pemilih_id]), isi)
    assert jawaban.status_code == 422
    assert Perubahan.objects.count() == 0


def test_a_tps_of_another_kelurahan_is_refused_by_form_and_by_act(client):
    versi = make.pemilih()
    petobo = make.tps(make.PETOBO, 44)
    per = make.selesai_daftar()
    sebagai(client, make.sari())
    isi = {"kelurahan": make.LERE, "tps": 44, "jenis_dokumen": "KK", "sumber_informasi": "lain"}
    assert client.post(reverse("pdpb:usul_mutasi", args=[versi.pemilih_id]), isi).status_code == 422
    lere = make.tps(make.LERE).kelurahan
    satu = make.usul("pindah_dalam_kota", versi, per=per, kelurahan_tujuan=lere, tps_tujuan=petobo)
    ambil_langkah([satu], "verifikasi", oleh=make.wati(), periode=per)
    assert "bukan milik" in ambil_langkah([satu], "setujui", oleh=make.budi(), periode=per).ditolak[satu]


@pytest.mark.parametrize(
    ("isi", "boleh"),
    [
        ({"tanggal_lahir": "09-12-2009", "status_kawin": "B"}, False),
        ({"tanggal_lahir": "08-12-2009", "status_kawin": "B"}, True),
        ({"tanggal_lahir": "09-12-2009", "status_kawin": "S"}, True),
    ],
)
def test_a_correction_that_makes_a_voter_too_young_is_no_correction(client, isi, boleh):
    versi = make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    jawaban = client.post(reverse("pdpb:usul_ubah", args=[versi.pemilih_id]), isian_ubah(versi, **isi))
    assert jawaban.status_code == (302 if boleh else 422)
    if not boleh:
        assert "belum memenuhi syarat umur" in kalimat(jawaban)


def test_an_earlier_pleno_lets_nobody_too_young_through():
    make.pemilih()
    per = make.selesai_daftar()
    lahir = date(2009, 12, 8)
    elemen = {"nama": "NUR", "jenis_kelamin": "P", "tanggal_lahir": lahir, "status_kawin": "B"}
    satu = make.usul("genap_17", None, per=per, nik=make.nik(lahir, "P"), elemen=elemen)
    ambil_langkah([satu], "verifikasi", oleh=make.wati(), periode=per)
    Periode.objects.filter(pk=per.pk).update(tanggal_pleno=date(2026, 12, 7))
    hasil = ambil_langkah([satu], "setujui", oleh=make.budi(), periode=per)
    assert "umur" in hasil.ditolak[satu]


def test_a_duplicate_that_points_to_itself_is_refused_in_words(client):
    versi = make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    isi = {"kategori": "ganda", "dpid_bertahan": versi.pemilih.dpid, "jenis_dokumen": "KK", "sumber_informasi": "lain"}
    jawaban = client.post(reverse("pdpb:usul_tms", args=[versi.pemilih_id]), isi)
    assert jawaban.status_code == 422
    assert "baris lain" in kalimat(jawaban)


def test_an_element_that_was_emptied_is_emptied(client):
    versi = make.pemilih(tempat_lahir="SALAH KETIK")
    per = make.selesai_daftar()
    sebagai(client, make.sari())
    isi = isian_ubah(versi, tempat_lahir="", alamat="JL. BENAR")
    assert client.post(reverse("pdpb:usul_ubah", args=[versi.pemilih_id]), isi).status_code == 302
    make.setuju(list(Perubahan.objects.values_list("pk", flat=True)), per)
    kini = Pendaftaran.objects.aktif().get()
    assert (kini.tempat_lahir, kini.alamat) == ("", "JL. BENAR")


def test_tms_of_somebody_with_a_pending_move_and_the_move_afterwards():
    versi = make.pemilih()
    tujuan = make.tps(make.PETOBO)
    per = make.selesai_daftar()
    pindah = make.usul("pindah_dalam_kota", versi, per=per, kelurahan_tujuan=tujuan.kelurahan, tps_tujuan=tujuan)
    mati = make.usul("meninggal", versi, per=per)
    ambil_langkah([pindah], "verifikasi", oleh=make.wati(), periode=per)
    make.setuju([mati], per)
    hasil = ambil_langkah([pindah], "setujui", oleh=make.budi(), periode=per)
    assert "tidak lagi ada" in hasil.ditolak[pindah]
    ambil_langkah([mati], "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan="Ternyata masih hidup")
    assert ambil_langkah([pindah], "setujui", oleh=make.budi(), periode=per).berhasil == [pindah]
    sama_dengan_baris(per)


def test_new_and_dead_in_one_period_taken_back_in_both_orders():
    make.pemilih()
    per = make.selesai_daftar()
    baru = make.usul("pindah_masuk", None, per=per)
    make.setuju([baru], per)
    mati = make.usul("meninggal", Perubahan.objects.get(pk=baru).versi_baru, per=per)
    make.setuju([mati], per)
    alasan = {"oleh": make.budi(), "periode": per, "catatan": "Alasan yang cukup panjang"}
    with pytest.raises(Refused):
        ambil_langkah([baru], "batalkan_persetujuan", **alasan)
    for satu in (mati, baru):
        assert ambil_langkah([satu], "batalkan_persetujuan", **alasan).berhasil == [satu]
    sama_dengan_baris(per)
    assert "tidak lagi ada" in ambil_langkah([mati], "setujui", oleh=make.budi(), periode=per).ditolak[mati]
    assert ambil_langkah([mati, baru], "setujui", oleh=make.budi(), periode=per).ditolak == {}
    sama_dengan_baris(per)
    assert rekap_berjalan(per).kota.total.sekarang == 1
