"""Storing what a comparison finds: the same again changes nothing, answers are remembered, nothing is deleted."""

from datetime import date

import pytest

from kpupalu.jobs.models import Job
from pdpb import pekerjaan_ganda
from pdpb.actions.ganda import konfirmasi, putuskan
from pdpb.invarian import periksa
from pdpb.models import PasanganGanda, Pendaftaran, Perubahan, RiwayatGanda
from pdpb.pasangan import simpan
from pdpb.rekap import rekap_berjalan
from tests import make
from tests.pdpb.pasangan_uji import ALASAN, kembar, pasangan, temu

pytestmark = pytest.mark.django_db
S = PasanganGanda.Status


def angka(hasil):
    return (hasil.baru, hasil.tetap, hasil.ditanya_lagi, hasil.ditutup)


def beda(p):
    p = putuskan(p, putusan="beda", alasan=ALASAN, bukti=make.bukti(), periode=make.periode(), oleh=make.sari())
    return konfirmasi(p, oleh=make.wati())


def ubah(versi, **elemen):
    per = make.periode()
    satu = make.usul("elemen_data", versi, per=per, elemen=elemen)
    make.setuju([satu], per)
    # So that the same row may be corrected once more in one period.
    lain = "pindah_masuk" if not Perubahan.objects.filter(kategori="pindah_masuk").exists() else "genap_17"
    Perubahan.objects.filter(pk=satu).update(kategori=lain)
    make.lupakan_sementara()
    return Pendaftaran.objects.aktif().get(pemilih=versi.pemilih_id)


def test_finding_the_same_again_changes_nothing():
    a, b, c = kembar(3)
    temuan = [temu(a, b), temu(b, c)]
    assert angka(simpan(temuan, cakupan=None)) == (2, 0, 0, 0)
    sebelum = list(PasanganGanda.objects.order_by("pk").values())
    assert angka(simpan(temuan, cakupan=None)) == (0, 2, 0, 0)
    assert list(PasanganGanda.objects.order_by("pk").values()) == sebelum
    assert RiwayatGanda.objects.count() == 2


def test_a_waiting_pair_takes_the_new_reasons():
    a, b = kembar()
    p = pasangan(a, b)
    simpan([temu(a, b, kelas="G3", tingkat="Kuat", alasan=("Nama sama.",))], cakupan=None)
    p.refresh_from_db()
    assert (p.kelas, p.get_tingkat_display(), p.alasan, p.status) == ("G3", "Kuat", ["Nama sama."], S.MENUNGGU)


def test_orang_berbeda_is_remembered_until_what_was_compared_changes():
    a, b = kembar()
    p = beda(pasangan(a, b))
    make.selesai_daftar()
    assert simpan([temu(a, b)], cakupan=None).tetap == 1
    # Another version of the row, but nothing of what the two were told apart by.
    b = ubah(b, status_ktpel="B")
    assert simpan([temu(a, b)], cakupan=None).tetap == 1
    p.refresh_from_db()
    assert (p.status, p.putusan) == (S.SELESAI, "beda")
    b = ubah(b, nama="NAMA LAIN")
    assert simpan([temu(a, b)], cakupan={b.pemilih_id}).ditanya_lagi == 1
    p.refresh_from_db()
    assert (p.status, p.putusan, p.versi_b) == (S.MENUNGGU, "", b)
    assert RiwayatGanda.objects.filter(pasangan=p, putusan="beda").exists(), "what was decided stays readable"


def test_pairs_that_no_longer_hold_are_closed_with_a_reason_and_never_deleted():
    a, b, c = kembar(3)
    ab, bc = pasangan(a, b), pasangan(b, c)
    make.selesai_daftar()
    assert angka(simpan([temu(a, b)], cakupan={a.pemilih_id})) == (0, 1, 0, 0)
    assert angka(simpan([temu(a, b)], cakupan=None)) == (0, 1, 0, 1)
    bc.refresh_from_db()
    assert bc.status == S.DITUTUP
    assert "tidak lagi tampak" in bc.ditutup_karena
    make.setuju([make.usul("meninggal", a, per=make.periode())], make.periode())
    make.lupakan_sementara()
    assert simpan([temu(b, c)], cakupan=None).ditanya_lagi == 1
    ab.refresh_from_db()
    assert "tidak lagi ada dalam daftar" in ab.ditutup_karena
    assert PasanganGanda.objects.count() == 2


def test_a_decided_pair_that_is_not_found_stays_decided():
    a, b = kembar()
    p = beda(pasangan(a, b))
    assert simpan([], cakupan=None).ditutup == 0
    p.refresh_from_db()
    assert p.status == S.SELESAI


def test_rows_that_left_the_list_make_no_pair():
    a, b = kembar()
    make.selesai_daftar()
    make.setuju([make.usul("meninggal", b, per=make.periode())], make.periode())
    assert angka(simpan([temu(a, b)], cakupan=None)) == (0, 0, 0, 0)


def pekerjaan(kind, **params):
    return Job.objects.create(kind=kind, params=params, requested_by=make.budi())


def test_approval_asks_for_the_comparison_of_what_it_changed():
    a, b = kembar()
    per = make.selesai_daftar()
    ids = [make.usul("elemen_data", v, per=per, elemen={"alamat": "JL. LAIN"}) for v in (a, b)]
    make.setuju(ids, per)
    job = Job.objects.get(kind="pdpb.cari_ganda_berubah")
    assert job.params == {"perubahan": ids}
    assert pekerjaan_ganda._pemilih(job.params) == {a.pemilih_id, b.pemilih_id}


def test_the_whole_roll_and_what_changed_are_compared_in_the_background():
    a, b = kembar()
    make.selesai_daftar()
    hasil = pekerjaan_ganda.cari_ganda(pekerjaan("pdpb.cari_ganda"))
    assert hasil["baru"] == 1
    assert pekerjaan_ganda.cari_ganda(pekerjaan("pdpb.cari_ganda"))["tetap"] == 1
    p = PasanganGanda.objects.get()
    assert (p.a_id, p.b_id, p.kelas) == (a.pemilih_id, b.pemilih_id, "G1")
    nik = make.nik()
    ganti = make.usul("elemen_data", b, per=make.periode(), nik=nik)
    make.setuju([ganti], make.periode())
    assert pekerjaan_ganda.cari_ganda_berubah(pekerjaan("pdpb.cari_ganda_berubah", perubahan=[ganti]))
    p.refresh_from_db()
    assert p.kelas != "G1", "the NIK was corrected"


def test_an_import_is_compared_as_a_whole():
    kembar()
    batch = make.batch()
    assert pekerjaan_ganda.cari_ganda_berubah(pekerjaan("pdpb.cari_ganda_berubah", batch=batch.pk))["baru"] == 1


@pytest.mark.parametrize(
    ("nik", "pasangan_"),
    [("7271011708909123", 1), ("7271000000000000", 1), ("1212121212121212", 0), ("0000000000000000", 0), ("123", 0)],
)
def test_every_nik_that_holds_up_the_freeze_is_a_pair_to_decide(nik, pasangan_):
    """What R13 asks for can always be answered: the comparison brings up exactly those pairs."""
    make.pemilih(nik=nik, nama="ANDI BASO", tanggal_lahir=date(1990, 8, 17))
    make.pemilih(nik=nik, nama="SITI AMINAH", tanggal_lahir=date(1971, 2, 3), jenis_kelamin="P", nkk=make.nik())
    per = make.selesai_daftar()
    pekerjaan_ganda.cari_ganda(pekerjaan("pdpb.cari_ganda"))
    assert PasanganGanda.objects.count() == pasangan_
    r13 = [x for x in periksa(rekap_berjalan(per)) if x.kode == "R13" and "NIK" in x.aturan]
    assert [x.dihitung for x in r13] == [pasangan_]
