"""Many at the same moment: every remark is kept, a proposal, an approval, a period happen once."""

from datetime import date

import pytest
from django.urls import reverse

from kpupalu.lib import Refused
from pdpb.actions.periode import bekukan, buka_periode
from pdpb.actions.perubahan import ambil_langkah, usulkan
from pdpb.models import Pendaftaran, Periode, Perubahan
from pdpb.pleno import masukan_pleno
from tests import make
from tests.pdpb.bersamaan import serentak
from tests.pdpb.isian import sama_dengan_baris

pytestmark = pytest.mark.django_db(transaction=True)


def test_balapan_masukan_keeps_every_remark(client):
    from django.test import Client

    per = make.periode()
    budi = make.budi()

    def kirim(nomor):
        peramban = Client()
        peramban.force_login(budi)
        isi = {"lembaga": f"Lembaga {nomor}", "isi": "Isi masukan", "jawaban": "Jawaban"}
        return lambda: peramban.post(reverse("pdpb:masukan", args=[per.pk]), isi).status_code

    assert serentak(*map(kirim, range(6))) == [302] * 6
    assert sorted(m["lembaga"] for m in masukan_pleno(per)) == [f"Lembaga {n}" for n in range(6)]


def test_balapan_usulan_of_one_person_gives_one():
    versi = make.pemilih()
    make.tps()
    per = make.selesai_daftar()
    sari, kategori, tps = make.sari(), make.kategori("meninggal"), make.tps()
    nik = make.nik(date(1999, 3, 4), "P")
    elemen = {"nama": "BARU", "jenis_kelamin": "P", "tanggal_lahir": date(1999, 3, 4), "status_kawin": "B"}

    def tms():
        return usulkan(periode=per, kategori=kategori, pemilih=versi.pemilih, oleh=sari)

    def baru():
        return usulkan(
            periode=per, kategori=make.kategori("pindah_masuk"), oleh=sari, nik=nik, nkk="7271080101209001",
            elemen=elemen, kelurahan_tujuan=tps.kelurahan,
        )  # fmt: skip

    for tindakan in (tms, baru):
        hasil = serentak(*[tindakan] * 6)
        assert sum(isinstance(h, Perubahan) for h in hasil) == 1, hasil
        assert sum(isinstance(h, Refused) for h in hasil) == 5, hasil


def test_balapan_persetujuan_moves_the_roll_once():
    versi = [make.pemilih() for _ in range(4)]
    per = make.selesai_daftar()
    ids = [make.usul("meninggal", v, per=per) for v in versi]
    ambil_langkah(ids, "verifikasi", oleh=make.wati(), periode=per)
    budi, lain = make.budi(), make.orang("rina", "kasubbag_rendatin")
    hasil = serentak(*[
        lambda o=o: ambil_langkah(ids, "setujui", oleh=o, periode=per).berhasil for o in (budi, lain) * 4
    ])  # fmt: skip
    assert sum(len(h) for h in hasil if isinstance(h, list)) == 4
    assert all(isinstance(h, list | Refused) for h in hasil), hasil
    assert Pendaftaran.objects.aktif().count() == 0
    sama_dengan_baris(per)


def test_balapan_buka_periode_gives_one_period():
    lama = make.periode()
    make.pemilih()
    make.selesai_daftar()
    Periode.objects.filter(pk=lama.pk).update(status="diumumkan")
    lama = Periode.objects.get(pk=lama.pk)
    budi = make.budi()

    def buka(kode, urutan):
        baru = Periode(
            kode=kode, jenis="triwulan", tahun=2027, urutan=urutan, mulai=date(2027, 1, 1), akhir=date(2027, 3, 31),
            sebelumnya=lama,
        )  # fmt: skip
        return lambda: buka_periode(baru, oleh=budi)

    hasil = serentak(*[buka("2027-tw1", 1) for _ in range(3)], *[buka("2027-tw2", 2) for _ in range(3)])
    assert sum(isinstance(h, Periode) for h in hasil) == 1, hasil
    assert sum(isinstance(h, Refused) for h in hasil) == 5, hasil
    assert Periode.objects.count() == 2


def test_balapan_bekukan_and_approval_agree():
    versi = [make.pemilih() for _ in range(6)]
    per = make.selesai_daftar()
    ids = [make.usul("meninggal", v, per=per) for v in versi]
    ambil_langkah(ids, "verifikasi", oleh=make.wati(), periode=per)
    budi = make.budi()
    hasil = serentak(
        lambda: bekukan(per, oleh=budi),
        *[lambda i=i: ambil_langkah([i], "setujui", oleh=budi, periode=per).berhasil for i in ids],
        lambda: bekukan(per, oleh=budi),
    )
    assert all(not isinstance(h, Exception) or isinstance(h, Refused) for h in hasil), hasil
    per.refresh_from_db()
    beku = per.snapshot_set.filter(digantikan=False)
    if per.status == "dibekukan":
        assert beku.get().jumlah_baris == Pendaftaran.objects.aktif().count()
    else:
        assert not beku
    sama_dengan_baris(per)
