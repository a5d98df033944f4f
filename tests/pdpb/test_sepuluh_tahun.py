"""Ten years of quarters: each opened, worked, frozen and fixed by its minutes, and every identity holds across them."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
import time_machine

from pdpb.actions.naskah import buat_berita_acara, tetapkan
from pdpb.actions.periode import bekukan, buka_periode
from pdpb.digest import daun_rusak, hitung_digest
from pdpb.invarian import gagal, periksa
from pdpb.mesin_waktu import Area, keadaan
from pdpb.models import Pendaftaran, Periode, Perubahan, Snapshot
from pdpb.rekap import rekap_beku
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
TRIWULAN = 40
TAHUN = 2026
KELURAHAN = (make.TALISE, make.PETOBO, make.LERE)


def isi_periode(nomor: int) -> dict:
    """Quarter *nomor* from the first of 2026; each fourth closes early, as Triwulan IV does."""
    tahun, triwulan = TAHUN + nomor // 4, nomor % 4 + 1
    mulai = date(tahun, 3 * triwulan - 2, 1)
    akhir = date(tahun + triwulan // 4, 3 * triwulan % 12 + 1, 1) - timedelta(days=1)
    pleno = date(tahun, 12, 8) if triwulan == 4 else akhir + timedelta(days=2)
    return {
        "jenis": "triwulan", "tahun": tahun, "urutan": triwulan, "mulai": mulai, "akhir": akhir, "tanggal_pleno": pleno,
    }  # fmt: skip


def bekerja(per: Periode, acak: Random) -> list[int]:
    """Propose one change of each kind for people drawn by lot; one of them waits and goes on to the next quarter."""
    aktif = list(Pendaftaran.objects.aktif().order_by("pk"))
    keluar, ubah, pindah, tunggu = acak.sample(aktif, 4)
    tujuan = make.tps(acak.choice([k for k in KELURAHAN if k != pindah.kelurahan_id]), acak.randint(1, 2))
    ids = [
        make.usul(acak.choice(["meninggal", "pindah_domisili"]), keluar, per=per),
        make.usul("elemen_data", ubah, per=per, elemen={"jenis_kelamin": "P" if ubah.jenis_kelamin == "L" else "L"}),
        make.usul("pindah_dalam_kota", pindah, per=per, kelurahan_tujuan=tujuan.kelurahan, tps_tujuan=tujuan),
    ]
    for _ in range(acak.randint(0, 2)):
        ids.append(make.usul("pindah_masuk", None, per=per, kelurahan=acak.choice(KELURAHAN)))
    if not Perubahan.objects.filter(pemilih=tunggu.pemilih, status="diusulkan").exists():
        make.usul("tni", tunggu, per=per)
    return ids


def test_empat_puluh_triwulan_menjaga_identitas():
    acak = Random(20260101)
    make.komisioner()
    per, angka = None, []
    with time_machine.travel("2026-01-05T02:00:00Z", tick=False) as jam:
        for nomor in range(TRIWULAN):
            isi = isi_periode(nomor)
            lama, kode = per, f"{isi['tahun']}-tw{isi['urutan']}"
            jam.move_to(f"{isi['mulai'] + timedelta(days=20)}T02:00:00Z")
            if lama is None:
                per = make.periode(kode, **isi)
                for n in range(24):
                    make.pemilih(KELURAHAN[n % 3], per=per, nomor_tps=1 + n % 2, jenis_kelamin="LP"[n % 2])
                make.selesai_daftar(per)
            else:
                per = buka_periode(Periode(kode=kode, sebelumnya=lama, **isi), oleh=make.budi())
            make.setuju(bekerja(per, acak), per)
            make.lupakan_sementara()
            jam.move_to(f"{isi['tanggal_pleno']}T02:00:00Z")
            beku = bekukan(per, oleh=make.budi())
            tetapkan(buat_berita_acara(Periode.objects.get(pk=per.pk), oleh=make.budi()))
            per = Periode.objects.get(pk=per.pk)
            satu = rekap_beku(beku)
            assert gagal(periksa(satu)) == [], kode
            assert {"R1", "R5", "R17"} <= {p.kode for p in periksa(satu)} or nomor == 0
            angka.append((per, satu.kota.total))
    _selalu_bersambung(angka)


def _selalu_bersambung(angka: list) -> None:
    """Figures, digests and the list of each past day, looked at from the end of the ten years."""
    assert len(angka) == Snapshot.objects.count() == TRIWULAN
    for (_, dulu), (_, kini) in pairwise(angka):
        assert kini.sebelumnya == dulu.sekarang
    awal, akhir = angka[0][1].sebelumnya, angka[-1][1].sekarang
    assert awal + sum(a.baru - a.tms for _, a in angka) == akhir == Pendaftaran.objects.aktif().count()
    assert sum(a.masuk for _, a in angka) == sum(a.keluar for _, a in angka) > 0
    for per, total in angka:
        beku = Snapshot.objects.get(periode=per)
        assert (hitung_digest(beku), daun_rusak(beku)) == (beku.digest, 0)
        assert keadaan(Area(), per.tanggal_pleno).jumlah.total == total.sekarang == beku.jumlah_baris
    menunggu = Perubahan.objects.filter(status="diusulkan")
    assert set(menunggu.values_list("periode", flat=True)) == {angka[-1][0].pk}, "what waits is never left behind"
    assert not Perubahan.objects.filter(status="disetujui").exists()
