"""The list on any past day, and the reasons of every difference, against a replay that only knows the acts."""

from datetime import date, timedelta
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kpupalu.lib.waktu import hari_ini
from pdpb import impor
from pdpb.actions.periode import bekukan, minta_buka_kembali, setujui_buka_kembali
from pdpb.actions.perubahan import ambil_langkah
from pdpb.mesin_waktu import (
    Area,
    baris_berubah,
    baris_pada,
    garis_waktu,
    jumlah_pada,
    keadaan,
    rinci,
    selisih,
    tanda_snapshot,
)
from pdpb.mesin_waktu.keadaan import LP
from tests import make
from tests.pdpb.acara_acak import AWAL, HARI_NOL, KELURAHAN, Baris, Kantor

pytestmark = pytest.mark.django_db


def hitung(baris) -> LP:
    return LP(sum(b.jk == "L" for b in baris), sum(b.jk == "P" for b in baris))


def area_acak(acak: Random) -> Area:
    kelurahan = acak.choice(KELURAHAN)
    return acak.choice(
        [Area(), Area(kelurahan[:8]), Area(kelurahan), Area(kelurahan, make.tps(kelurahan, acak.randint(1, 2)).pk)]
    )


def dalam(area: Area):
    return lambda b: b.kelurahan.startswith(area.kode) and area.tps in (None, b.tps)


def di_area(daftar: dict[int, Baris], area: Area) -> dict[int, Baris]:
    return {orang: b for orang, b in daftar.items() if dalam(area)(b)}


@pytest.mark.parametrize("benih", range(5))
def test_any_day_and_any_difference_equal_a_replay_of_random_acts(benih):
    """Five offices, 200 acts each: approvals in handfuls of one day, taken back days or months later."""
    kantor, pembaca = Kantor(Random(benih)), make.dewi()
    kantor.muat_dasar(40)
    kantor.bekerja(200)
    assert {a.jenis for a in kantor.acara} == {"baru", "ubah", "mutasi", "tms"}
    assert any(a.urung for a in kantor.acara)
    acak, hari = Random(benih), [HARI_NOL, *sorted({a.hari for a in kantor.acara})]
    for _ in range(40):
        area = area_acak(acak)
        dari, sampai = sorted(acak.sample([*hari, kantor.hari + timedelta(days=1)], 2))
        awal, akhir = (di_area(kantor.pada(h), area) for h in (dari, sampai))
        assert keadaan(area, dari).jumlah == hitung(awal.values())
        nyata = baris_pada(area, sampai, user=pembaca).values_list(
            "pemilih", "kelurahan", "tps", "jenis_kelamin", "dibuka"
        )
        assert {p: Baris(k, t, jk, versi or 0) for p, k, t, jk, versi in nyata} == akhir
        garis = garis_waktu(area)
        assert (jumlah_pada(garis, dari), jumlah_pada(garis, sampai)) == (len(awal), len(akhir))
        periksa_selisih(kantor, area, dari, sampai, awal, akhir, pembaca)


def periksa_selisih(kantor, area, dari, sampai, awal, akhir, pembaca):
    beda = selisih(area, dari, sampai)
    assert beda.cocok(hitung(awal.values()), hitung(akhir.values()))
    sebab = kantor.penyebab(dalam(area), dari, sampai)
    harap = {p: ("masuk", sebab[p][0]) for p in akhir.keys() - awal.keys()}
    harap |= {p: ("keluar", sebab[p][1]) for p in awal.keys() - akhir.keys()}
    harap |= {p: ("ubah", akhir[p].versi) for p in awal.keys() & akhir.keys() if awal[p] != akhir[p]}
    baris = rinci(area, dari, sampai, list(baris_berubah(area, dari, sampai, user=pembaca)))
    assert {b.tampil.pemilih_id: (b.arah, b.perubahan.pk) for b in baris} == harap
    assert len(baris) == beda.banyak
    for suku in beda.suku:
        satu = baris_berubah(area, dari, sampai, user=pembaca, arah=suku.arah, kunci=suku.kunci)
        assert satu.count() == suku.angka.total
    # Nothing that was taken back is told as a reason, neither as the deciding act nor on the way.
    urung = {a.pk for a in kantor.acara if a.urung}
    assert not urung & {p.pk for b in baris for p in [b.perubahan, *b.rangkaian]}


def test_groups_of_a_day_add_up_to_its_number():
    make.pemilih(jenis_kelamin="P", disabilitas="6", tanggal_lahir=date(2005, 1, 1))
    make.pemilih(nomor_tps=2, status_ktpel="")
    make.pemilih(tps=None)
    make.pemilih(make.LERE)
    make.selesai_daftar()
    isi = keadaan(Area(make.TALISE), AWAL)
    assert isi.jumlah == LP(2, 1)
    assert [(nama, n.total) for _, nama, n in isi.anak] == [("TPS 001", 1), ("TPS 002", 1), ("Belum ditempatkan", 1)]
    for kelompok in (isi.usia, isi.disabilitas, isi.ktpel):
        assert sum(n.total for _, n in kelompok) == 3
    assert ("Sensorik netra", LP(0, 1)) in isi.disabilitas
    assert ("Tidak diketahui", LP(1, 0)) in isi.ktpel
    assert keadaan(Area(make.TALISE, 0), AWAL).jumlah.total == 1
    assert keadaan(Area(), HARI_NOL - timedelta(days=1)).jumlah.total == 0


def test_who_may_not_read_the_roll_gets_no_row():
    make.pemilih()
    make.selesai_daftar()
    bawaslu = make.orang("fatma", "bawaslu")
    assert not baris_pada(Area(), AWAL, user=bawaslu).exists()
    assert not baris_berubah(Area(), date(2020, 1, 1), AWAL, user=bawaslu).exists()
    assert baris_pada(Area(), AWAL, user=make.dewi()).count() == 1


def test_base_list_is_the_reason_where_no_act_is():
    make.pemilih()
    make.selesai_daftar()
    beda = selisih(Area(), HARI_NOL - timedelta(days=1), HARI_NOL)
    assert [(s.arah, s.nama, s.angka.total) for s in beda.suku] == [("masuk", "Daftar dasar dimuat", 1)]


def test_a_frozen_version_is_a_mark_and_says_what_was_undone_since():
    lama = make.pemilih()
    make.pemilih()
    per = make.selesai_daftar()
    p = make.usul("meninggal", lama, per=per)
    make.setuju([p], per)
    bekukan(per, oleh=make.budi())
    permintaan = minta_buka_kembali(per, alasan="Salah orang yang meninggal", nomor_surat="1/2026", oleh=make.budi())
    setujui_buka_kembali(permintaan, oleh=make.komisioner(1)[0], sampai=date(2099, 1, 1))
    ambil_langkah([p], "batalkan_persetujuan", oleh=make.budi(), periode=per, catatan="Ternyata masih hidup")
    bekukan(per, oleh=make.budi())
    garis = garis_waktu(Area())
    assert [(t.beku, t.kini, t.beda) for t in tanda_snapshot(Area(), garis)] == [(1, 2, 1), (2, 2, 0)]
    assert keadaan(Area(), hari_ini()).jumlah.total == 2


def test_an_undone_base_list_never_was(tmp_path):
    """The import is real: a base list replaces rows of another and is taken back."""
    per = make.periode()
    kepala = (
        "NIK;NKK;NAMA;JK;TEMPAT LAHIR;TANGGAL LAHIR;STATUS KAWIN;ALAMAT;RT;RW;DISABILITAS;KTP-EL;KELURAHAN;TPS;DPID"
    )
    nik = [make.nik(), make.nik()]

    def impor_dpt(*alamat):
        baris = [
            f"{n};7271081708909001;ORANG {i};L;PALU;17-08-1990;S;{a};001;002;0;S;Talise;1;{700 + i}"
            for i, (n, a) in enumerate(zip(nik, alamat, strict=False))
        ]
        berkas = SimpleUploadedFile(f"dpt-{len(alamat)}-{alamat[0]}.csv", "\r\n".join([kepala, *baris, ""]).encode())
        batch = impor.unggah([berkas], jenis="dpt", periode=per, oleh=make.sari(), pengirim="Uji")
        batch = impor.periksa(batch, oleh=make.sari())
        make.lupakan_sementara()
        batch = impor.terapkan(
            batch, oleh=make.budi(), terima_peringatan=True, alasan="Perbaikan daftar dasar dari pengirim"
        )
        make.lupakan_sementara()
        return batch

    impor_dpt("JL. LAMA")
    kedua = impor_dpt("JL. BARU", "JL. LAIN")
    hari = hari_ini()
    assert keadaan(Area(), hari).jumlah.total == 2
    impor.batalkan(kedua, oleh=make.budi(), alasan="Berkas yang salah dikirim")
    assert keadaan(Area(), hari).jumlah.total == 1
    assert [v.alamat for v in baris_pada(Area(), hari, user=make.dewi())] == ["JL. LAMA"]
    assert jumlah_pada(garis_waktu(Area()), hari) == 1
    beda = selisih(Area(), date(2000, 1, 1), hari)
    assert [(s.arah, s.nama, s.angka.total) for s in beda.suku] == [("masuk", "Daftar dasar dimuat", 1)]
