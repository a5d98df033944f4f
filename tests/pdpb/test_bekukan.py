"""Freezing a period: what it refuses, what it keeps, and that its digest can be computed elsewhere."""

import hashlib
import unicodedata
from datetime import date

import pytest
from django.db import connection

from kpupalu.lib import Refused
from kpupalu.wilayah.models import Kelurahan
from pdpb.actions.ganda import konfirmasi, putuskan
from pdpb.actions.periode import bekukan, buka_periode, minta_buka_kembali, setujui_buka_kembali
from pdpb.actions.perubahan import ambil_langkah, usulkan
from pdpb.digest import VERSI, daun_rusak
from pdpb.invarian import catatan, periksa
from pdpb.models import (
    Pendaftaran,
    Periode,
    Perubahan,
    RekapSel,
    SaldoAwalSel,
    Snapshot,
    SnapshotBaris,
    SnapshotSel,
)
from pdpb.rekap import rekap_beku, rekap_berjalan
from tests import make
from tests.pdpb.pasangan_uji import ALASAN
from tests.pdpb.pasangan_uji import pasangan as pasangan_ganda

pytestmark = pytest.mark.django_db


@pytest.fixture
def per():
    for kelurahan in (make.TALISE, make.PETOBO):
        for jk in "LLP":
            make.pemilih(kelurahan, jenis_kelamin=jk, nama="MA'RUF É", tempat_lahir="")
    make.pemilih(make.LERE, tanggal_lahir=None, disabilitas="1")
    return make.selesai_daftar()


def test_frozen_figures_come_from_the_snapshot_and_equal_the_rows(per):
    snapshot = bekukan(per, oleh=make.budi())
    assert snapshot.jumlah_baris == SnapshotBaris.objects.filter(snapshot=snapshot).count() == 7
    kota = rekap_beku(snapshot).kota
    assert (kota.L.sekarang, kota.P.sekarang) == (5, 2)
    assert Periode.objects.get(pk=per.pk).status == "dibekukan"
    assert snapshot.rincian["disabilitas"] == [[make.LERE, "L", "1", 1]]


def test_digest_is_recomputed_in_plain_python_from_the_written_specification(per):
    snapshot = bekukan(per, oleh=make.budi())
    daun = []
    for baris in SnapshotBaris.objects.filter(snapshot=snapshot).select_related(
        "pendaftaran__tps", "pendaftaran__identitas", "pendaftaran__pemilih"
    ):
        v = baris.pendaftaran
        medan = [
            str(v.pk),
            v.kelurahan_id,
            f"{v.tps.nomor:03d}" if v.tps else None,
            v.tps.jenis if v.tps else None,
            v.pemilih.dpid,
            v.identitas.nkk,
            v.identitas.nik,
            v.nama,
            v.tempat_lahir,
            v.tanggal_lahir.isoformat() if v.tanggal_lahir else None,
            v.status_kawin,
            v.jenis_kelamin,
            v.alamat,
            v.rt,
            v.rw,
            v.disabilitas,
            v.status_ktpel,
            v.sumber,
        ]
        kanonik = "\x1f".join("-" if m is None else f"={m}" for m in medan)
        isi = hashlib.sha256(bytes(baris.garam) + unicodedata.normalize("NFC", kanonik).encode()).digest()
        assert bytes(baris.daun) == isi
        urutan = (v.kelurahan_id.encode(), v.tps.nomor if v.tps else 0, v.identitas.nik.encode(), v.pk)
        daun.append((urutan, isi))
    kepala = f"{VERSI}\n{per.pk}\n1\n{len(daun)}\n".encode()
    assert hashlib.sha256(kepala + b"".join(isi for _, isi in sorted(daun))).hexdigest() == snapshot.digest


def test_salts_are_random_and_tampering_with_a_row_shows(per):
    snapshot = bekukan(per, oleh=make.budi())
    garam = {bytes(b.garam) for b in SnapshotBaris.objects.filter(snapshot=snapshot)}
    assert len(garam) == 7
    assert {len(g) for g in garam} == {16}
    assert daun_rusak(snapshot) == 0
    Pendaftaran.objects.filter(kelurahan_id=make.LERE).update(nama="DIGANTI")
    assert daun_rusak(snapshot) == 1


def test_period_without_pleno_date_is_not_frozen(per):
    per.tanggal_pleno = None
    per.save()
    with pytest.raises(Refused, match="Tanggal pleno"):
        bekukan(per, oleh=make.budi())


def test_summary_that_disagrees_with_the_rows_refuses_the_freeze(per):
    RekapSel.objects.filter(kelurahan_id=make.LERE).update(jumlah=9)
    with pytest.raises(Refused, match=r"1 sel, pertama di kelurahan 72\.71\.02\.1009"):
        bekukan(per, oleh=make.budi())
    assert not Snapshot.objects.exists()


def test_r1_names_the_cell_the_difference_and_the_cause(per):
    SaldoAwalSel.objects.filter(kelurahan_id=make.LERE).update(jumlah=11)
    with pytest.raises(Refused, match=r"R1 Kota Palu.*selisih 10.*terbawa dari Kel\. Lere"):
        bekukan(per, oleh=make.budi())


def test_undecided_nik_twice_refuses_the_freeze_until_decided(per):
    pasangan = [make.pemilih(nik="7271081708909777"), make.pemilih(nik="7271081708909777")]
    make.selesai_daftar()
    with pytest.raises(Refused, match="R13"):
        bekukan(per, oleh=make.budi())
    p = pasangan_ganda(*pasangan, kelas="G2")
    p = putuskan(p, putusan="dukcapil", alasan=ALASAN, bukti=make.bukti(), periode=per, oleh=make.sari())
    with pytest.raises(Refused, match="R13"):
        bekukan(per, oleh=make.budi())
    konfirmasi(p, oleh=make.wati())
    assert bekukan(per, oleh=make.budi()).jumlah_baris == 9


def test_a_frozen_period_is_not_frozen_again(per):
    bekukan(per, oleh=make.budi())
    with pytest.raises(Refused, match="sudah dibekukan"):
        bekukan(per, oleh=make.budi())


def test_reopening_needs_a_letter_and_a_second_person_and_keeps_the_old_version(per):
    lama = bekukan(per, oleh=make.budi())
    with pytest.raises(Refused, match="nomor surat"):
        minta_buka_kembali(per, alasan="Saran perbaikan Bawaslu", nomor_surat=" ", oleh=make.budi())
    permintaan = minta_buka_kembali(per, alasan="Saran perbaikan Bawaslu", nomor_surat="12/PM/2026", oleh=make.budi())
    with pytest.raises(Refused, match="sendiri"):
        setujui_buka_kembali(permintaan, oleh=make.budi(), sampai=date(2099, 1, 1))
    ketua = make.komisioner()[0]
    setujui_buka_kembali(permintaan, oleh=ketua, sampai=date(2099, 1, 1))
    versi = Pendaftaran.objects.aktif().filter(kelurahan_id=make.LERE).get()
    perubahan = usulkan(
        periode=per, kategori=make.kategori("meninggal"), pemilih=versi.pemilih, oleh=make.sari(), bukti=make.bukti()
    )
    ambil_langkah([perubahan.pk], "verifikasi", oleh=make.wati(), periode=per)
    ambil_langkah([perubahan.pk], "setujui", oleh=make.budi(), periode=per)
    baru = bekukan(per, oleh=make.budi())
    lama.refresh_from_db()
    assert (lama.digantikan, baru.versi, baru.jumlah_baris, lama.jumlah_baris) == (True, 2, 6, 7)
    assert rekap_beku(lama).kota.total.sekarang == 7
    assert daun_rusak(lama) == 0


def test_next_period_starts_from_the_signed_result_and_takes_over_what_waits(per):
    versi = Pendaftaran.objects.aktif().filter(kelurahan_id=make.LERE).get()
    tertunda = usulkan(periode=per, kategori=make.kategori("meninggal"), pemilih=versi.pemilih, oleh=make.sari())
    bekukan(per, oleh=make.budi())
    lanjut = Periode(
        kode="2027-tw1",
        tahun=2027,
        urutan=1,
        mulai=date(2027, 1, 1),
        akhir=date(2027, 3, 31),
        sebelumnya=per,
        tanggal_pleno=date(2027, 4, 2),
    )
    per.refresh_from_db()
    with pytest.raises(Refused, match="belum ditetapkan"):
        buka_periode(lanjut, oleh=make.budi())
    Periode.objects.filter(pk=per.pk).update(status="ditetapkan")
    lanjut.sebelumnya = Periode.objects.get(pk=per.pk)
    buka_periode(lanjut, oleh=make.budi())
    assert rekap_berjalan(lanjut).kota.total.sebelumnya == 7
    assert Perubahan.objects.get(pk=tertunda.pk).periode == lanjut
    assert all(p.lulus is not False for p in periksa(rekap_berjalan(lanjut)) if p.kode != "R14")


def test_missing_area_is_named_by_r14(per):
    r14 = [p for p in periksa(rekap_berjalan(per)) if p.kode == "R14"]
    assert {(p.dihitung, p.diumumkan) for p in r14} == {(3, 8), (3, 46)}


@pytest.mark.django_db(transaction=True)
def test_freezing_while_an_import_applies_is_refused_at_once():
    import threading

    make.pemilih()
    per = make.selesai_daftar()
    budi = make.budi()
    pegang, lepas = threading.Event(), threading.Event()

    def impor():
        from django.db import transaction

        from pdpb.kunci import kunci_daftar

        with transaction.atomic():
            kunci_daftar()
            pegang.set()
            lepas.wait(20)
        connection.close()

    benang = threading.Thread(target=impor)
    benang.start()
    pegang.wait(20)
    try:
        with pytest.raises(Refused, match="sedang diperbarui"):
            bekukan(per, oleh=budi)
    finally:
        lepas.set()
        benang.join()
    assert not Snapshot.objects.exists()
    assert bekukan(per, oleh=budi).versi == 1


# --- Remarks and the chain ---
def test_plausibility_is_remarked_and_blocks_nothing():
    for nomor, kelurahan in enumerate(Kelurahan.objects.all()[:12]):
        for _ in range(3 + nomor):
            make.pemilih(kelurahan.kode, jenis_kelamin="L")
        for _ in range(40 - nomor):
            make.pemilih(kelurahan.kode, jenis_kelamin="P")
    per = make.selesai_daftar()
    satu = Kelurahan.objects.first()
    # One kelurahan jumps, another has L and P exchanged; both stay inside R1 by what they started from.
    SaldoAwalSel.objects.filter(periode=per, kelurahan=satu, jenis_kelamin="P").update(jumlah=4)
    dua = Kelurahan.objects.all()[1]
    SaldoAwalSel.objects.filter(periode=per, kelurahan=dua, jenis_kelamin="L").update(jumlah=39)
    SaldoAwalSel.objects.filter(periode=per, kelurahan=dua, jenis_kelamin="P").update(jumlah=4)
    hasil = catatan(periksa(rekap_berjalan(per)))
    sebab = {p.wilayah: p.sebab for p in hasil if p.kode == "R16"}
    assert "jauh di luar" in sebab[f"Kel. {satu.nama}"]
    assert "tertukar" in sebab[f"Kel. {dua.nama}"]


def test_two_equal_rows_are_remarked(per):
    sebab = [p.sebab for p in catatan(periksa(rekap_berjalan(per))) if p.kode == "R16"]
    assert any("sama dengan baris" in s for s in sebab)


def test_the_chain_since_the_base_list_must_close(per):
    bekukan(per, oleh=make.budi())
    Periode.objects.filter(pk=per.pk).update(status="ditetapkan")
    lanjut = Periode(
        kode="2027-tw1", tahun=2027, urutan=1, mulai=date(2027, 1, 1), akhir=date(2027, 3, 31),
        sebelumnya=Periode.objects.get(pk=per.pk), tanggal_pleno=date(2027, 4, 2),
    )  # fmt: skip
    buka_periode(lanjut, oleh=make.budi())
    r17 = [p for p in periksa(rekap_berjalan(lanjut)) if p.kode == "R17"]
    assert [(p.dihitung, p.diumumkan, p.lulus) for p in r17] == [(7, 7, True)]
    SnapshotSel.objects.filter(kelurahan_id=make.LERE, jenis_kelamin="L").update(sebelumnya=5)
    r17 = [p for p in periksa(rekap_berjalan(lanjut)) if p.kode == "R17"]
    assert [(p.dihitung, p.diumumkan, p.lulus) for p in r17] == [(11, 7, False)]
