"""What the roll must not admit, whoever asks for it."""

from datetime import date

import pytest
from django.urls import reverse

from kpupalu.audit.models import Jejak, LogAkses
from pdpb.actions.perubahan import ambil_langkah
from pdpb.models import Pendaftaran, Periode, Perubahan, RiwayatPerubahan
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
    assert "lebih baru" in ambil_langkah([baru], "batalkan_persetujuan", **alasan).ditolak[baru]
    for satu in (mati, baru):
        assert ambil_langkah([satu], "batalkan_persetujuan", **alasan).berhasil == [satu]
    sama_dengan_baris(per)
    assert "tidak lagi ada" in ambil_langkah([mati], "setujui", oleh=make.budi(), periode=per).ditolak[mati]
    assert ambil_langkah([mati, baru], "setujui", oleh=make.budi(), periode=per).ditolak == {}
    sama_dengan_baris(per)
    assert rekap_berjalan(per).kota.total.sekarang == 1


# --- A batch does what can be done -------------------------------------------------------------------------------
def _dua_orang_satu_berlanjut():
    """Two deaths approved; one person was struck off after a correction that is approved too."""
    satu, dua = make.pemilih(), make.pemilih(nama="DUA")
    per = make.selesai_daftar()
    ubah = make.usul("elemen_data", satu, per=per, elemen={"alamat": "JL. BARU"})
    make.setuju([ubah], per)
    mati = make.usul("meninggal", satu, per=per)
    lain = make.usul("meninggal", dua, per=per)
    make.setuju([mati, lain], per)
    return per, ubah, mati, lain


def test_a_batch_takes_back_what_it_can_and_names_the_rest(client):
    per, ubah, _, lain = _dua_orang_satu_berlanjut()
    jejak = RiwayatPerubahan.objects.count()
    hasil = ambil_langkah(
        [ubah, lain], "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan="Salah kelurahan semuanya"
    )
    assert (hasil.berhasil, list(hasil.ditolak)) == ([lain], [ubah])
    assert "berubah lagi" in hasil.ditolak[ubah]
    assert RiwayatPerubahan.objects.count() == jejak + 1
    entri = Jejak.objects.filter(tindakan="pdpb.batalkan_persetujuan").get()
    assert (entri.jumlah, "1 dilewati" in entri.kalimat) == (1, True)
    assert rekap_berjalan(per).kota.total.sekarang == 1
    sama_dengan_baris(per)


@pytest.mark.parametrize("balik", [False, True])
def test_a_chain_of_one_person_is_taken_back_from_its_end(balik):
    per, ubah, mati, lain = _dua_orang_satu_berlanjut()
    ids = [ubah, mati, lain][:: -1 if balik else 1]
    hasil = ambil_langkah(ids, "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan="Salah semuanya ternyata")
    assert (set(hasil.berhasil), hasil.ditolak) == (set(ids), {})
    assert hasil.berhasil.index(mati) < hasil.berhasil.index(ubah)
    assert {v.alamat for v in Pendaftaran.objects.aktif()} == {"JL. CONTOH"}
    sama_dengan_baris(per)


def test_two_exits_of_one_person_do_not_stop_a_batch():
    satu, dua = make.pemilih(), make.pemilih(nama="DUA")
    per = make.selesai_daftar()
    ids = [make.usul(k, satu, per=per) for k in ("meninggal", "pindah_domisili")] + [
        make.usul("meninggal", dua, per=per)
    ]
    ambil_langkah(ids, "verifikasi", oleh=make.wati(), periode=per)
    hasil = ambil_langkah(ids, "setujui", oleh=make.budi(), periode=per)
    assert hasil.berhasil == ids[2:]
    assert all("dua kali" in hasil.ditolak[pk] for pk in ids[:2])
    sama_dengan_baris(per)


def test_the_result_page_names_twenty_and_counts_the_rest(client):
    versi = [make.pemilih(nama=f"ORANG {chr(65 + n)}") for n in range(23)]
    per = make.selesai_daftar()
    ubah = [make.usul("elemen_data", v, per=per, elemen={"alamat": "JL. BARU"}) for v in versi]
    make.setuju(ubah, per)
    make.setuju([make.usul("meninggal", v, per=per) for v in versi[1:]], per)
    jawaban = sebagai(client, make.budi()).post(
        reverse("pdpb:perubahan_massal"),
        {"langkah": "batalkan_persetujuan", "id": ubah, "lanjut": "1", "catatan": "Salah kelurahan semuanya"},
    )
    teks = kalimat(jawaban)
    assert "1 berhasil, 22 dilewati" in teks
    assert "Dan 2 perubahan lain" in teks
    assert [n for n in range(23) if f"ORANG {chr(65 + n)}<" in teks] == list(range(1, 21))
    assert Pendaftaran.objects.aktif().count() == 1
    assert LogAkses.objects.filter(objek_label="Hasil tindakan massal", jumlah=20).count() == 1
