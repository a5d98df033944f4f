"""An agency's list handed down in one day and several officers on it at once: nothing is decided or counted twice.

The same room of officers works off 50.000 rows in the benchmark (``tests/bench``), which reports how fast.
"""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile

from kpupalu.audit.models import Jejak
from pdpb import impor
from pdpb.daftar import hitung_ulang_sel
from pdpb.invarian import gagal, periksa
from pdpb.models import PadananBaris, Pendaftaran, Perubahan, RiwayatPerubahan
from pdpb.rekap import rekap_berjalan
from tests import make
from tests.pdpb.petugas_serentak import Ruang, masukkan_susulan
from tests.pdpb.test_impor import KEPALA, baris, berkas

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data_dir")]
DAFTAR, BERNOMOR, BERNAMA, RUSAK = 3_000, 2_700, 100, 100
KEPALA_INSTANSI = "NIK;NAMA;L/P;TGL LAHIR;KELURAHAN;KATEGORI;JENIS DOKUMEN;NOMOR DOKUMEN"


def orang(n: int) -> dict[str, str]:
    """Person *n* of the list: a birth date, a NIK and a name that nobody else has."""
    lahir = date(1945, 1, 1) + timedelta(days=5 * n)
    nama = "".join("BCDFGHJKLM"[int(d)] + "AEIOU"[(int(d) + i) % 5] for i, d in enumerate(f"{n:04d}"))
    return {"NIK": f"727101{lahir:%d%m%y}9001", "NAMA": f"{nama} LAMARAUNA", "TANGGAL LAHIR": f"{lahir:%d|%m|%Y}"}


def instansi(n: int, nik: str) -> str:
    isi = orang(n)
    lahir = isi["TANGGAL LAHIR"].replace("|", "-")
    return f"{nik};{isi['NAMA']};L;{lahir};Talise;meninggal;Akta kematian;KM-{n}"


@pytest.fixture
def batch():
    """A roll of three thousand, and a list that names nearly all of them: by number, by name alone, or wrongly."""
    make.tps()
    dasar = [
        baris(str(n), **orang(n), NKK=f"72710812030{n // 9_000 + 8:d}{n % 9_000 + 1_000:04d}") for n in range(DAFTAR)
    ]  # fmt: skip
    daftar = impor.unggah([berkas(*dasar, kepala=KEPALA)], jenis="dpt", periode=make.periode(), oleh=make.sari())
    impor.terapkan(impor.periksa(daftar), oleh=make.sari(), terima_peringatan=True)
    isi = [instansi(n, orang(n)["NIK"]) for n in range(BERNOMOR)]
    isi += [instansi(n, "") for n in range(BERNOMOR, BERNOMOR + BERNAMA)]
    isi += [instansi(n, orang(n)["NIK"][:15]) for n in range(BERNOMOR + BERNAMA, BERNOMOR + BERNAMA + RUSAK)]
    file = ContentFile("\n".join([KEPALA_INSTANSI, *isi]).encode(), name="kematian.csv")
    satu = impor.unggah([file], jenis="perubahan", periode=make.periode(), oleh=make.sari(), pengirim="Disdukcapil")
    return impor.terapkan(impor.periksa(satu, oleh=make.sari()), oleh=make.sari(), terima_peringatan=True)


def perbaikan(batch) -> ContentFile:
    """The rejects of the list with the NIK completed, as an officer sends them in again."""
    isi = "".join(impor.berkas_ditolak(batch, 1))
    for n in range(BERNOMOR + BERNAMA, BERNOMOR + BERNAMA + RUSAK):
        isi = isi.replace(orang(n)["NIK"][:15] + ";", orang(n)["NIK"] + ";")
        isi = isi.replace(orang(n)["NIK"][:15] + '"', orang(n)["NIK"] + '"')
    return ContentFile(isi.encode(), name="kematian-perbaikan.csv")


def test_daftar_sehari_dikerjakan_tiga_petugas_sekaligus(batch):
    """Two verify the same rows, one approves behind them, the operator confirms names and mends what was faulty."""
    assert Perubahan.objects.filter(batch=batch).count() == BERNOMOR + BERNAMA
    assert PadananBaris.objects.filter(batch=batch, status="dicocokkan").count() == BERNAMA
    sari, wati, budi, lukman = make.sari(), make.wati(), make.budi(), make.orang("lukman", "verifikator")
    ruang = Ruang(batch, sekali=250)
    ruang.jalankan(
        [wati, lukman], budi, sari, susulan=lambda: masukkan_susulan(batch, perbaikan(batch), oleh=sari)
    )  # fmt: skip
    semua = BERNOMOR + BERNAMA + RUSAK
    assert dict(Counter(Perubahan.objects.values_list("status", flat=True))) == {"disetujui": semua}
    _tidak_ada_yang_dua_kali(ruang, semua)
    per = make.periode()
    kota = rekap_berjalan(per).kota.total
    assert (kota.sebelumnya, kota.tms, kota.sekarang) == (DAFTAR, semua, DAFTAR - semua)
    assert Pendaftaran.objects.aktif().count() == DAFTAR - semua
    assert gagal(periksa(rekap_berjalan(per))) == []
    assert hitung_ulang_sel() == 0, "the summary was moved once for each row"


def _tidak_ada_yang_dua_kali(ruang: Ruang, semua: int) -> None:
    """Each row was verified and approved once, by whom its history says, and history adds up to all of them."""
    for langkah in ("verifikasi", "setujui"):
        milik = [pk for kunci, ids in ruang.berhasil.items() if kunci.startswith(langkah) for pk in ids]
        assert len(milik) == len(set(milik)) == semua
        riwayat = RiwayatPerubahan.objects.filter(langkah=langkah)
        assert (riwayat.count(), riwayat.values("perubahan").distinct().count()) == (semua, semua)
        assert sum(Jejak.objects.filter(tindakan=f"pdpb.{langkah}").values_list("jumlah", flat=True)) == semua
    for kunci, ids in ruang.berhasil.items():
        langkah, nama = kunci.split()
        assert set(
            RiwayatPerubahan.objects.filter(langkah=langkah, oleh__username=nama).values_list("perubahan", flat=True)
        ) == set(ids)  # fmt: skip
    assert PadananBaris.objects.filter(status="dipastikan").count() == BERNAMA
    dipastikan = Jejak.objects.filter(tindakan="pdpb.pastikan_orang").values_list("jumlah", flat=True)
    assert sum(dipastikan) == BERNAMA
