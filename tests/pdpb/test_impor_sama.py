"""The same files again: the short way says what the long way would have said, and is taken only when it may be."""

import pytest
from django.core.files.base import ContentFile

from kpupalu.aturan.models import Aturan
from kpupalu.demo.pembangkit import buat
from kpupalu.demo.tugas import muat_tps
from kpupalu.wilayah.models import AliasKelurahan
from pdpb import impor
from pdpb.actions.perubahan import ambil_langkah, usulkan
from pdpb.impor import cek, sama
from pdpb.models import ImporBatch, Pemilih, TemuanImpor
from tests import make
from tests.pdpb.test_impor import aktif, baris, berkas, muat

pytestmark = pytest.mark.django_db

ISI = (
    baris("1"),
    baris("2", NIK="7371014708900123"),
    baris("3", NAMA="HJ. SITI, S.PD", KELAMIN="P", NKK="1"),
    baris("4", NIK="7271011708909101", RT="x"),
    baris("5", KELURAHAN="TALISE.", TPS="9"),
)
_ULANG = "berkas_pernah_diunggah"
ANGKA = ("dibaca", "baru", "berubah", "tetap", "ditolak", "galat", "peringatan", "info")


def lagi(*isi: str, nama: str = "daftar.csv") -> ImporBatch:
    """The same rows uploaded once more and checked."""
    batch = impor.unggah([berkas(*isi, nama=nama)], jenis="dpt", periode=make.periode(), oleh=make.sari())
    return impor.periksa(batch)


def bacaan(batch: ImporBatch) -> tuple:
    """What a person sees of a checked batch."""
    temuan = TemuanImpor.objects.filter(batch=batch)
    return (
        sorted(temuan.values_list("berkas_urut", "baris", "kolom", "tingkat", "kode", "pesan")),
        {k: batch.ringkasan[k] for k in ANGKA},
        [(b.jumlah_baris, {k: b.ringkasan[k] for k in ANGKA}) for b in batch.berkas.all()],
    )


def test_the_short_way_says_what_the_long_way_says(monkeypatch):
    pertama = muat(*ISI)
    assert pertama.ringkasan["galat"] > 0
    pendek = lagi(*ISI)
    assert pendek.ringkasan["sama_dengan"] == pertama.pk
    monkeypatch.setattr(sama, "pendahulu", lambda *a: None)
    panjang = lagi(*ISI)
    assert "sama_dengan" not in panjang.ringkasan
    temuan = [[t for t in bacaan(b)[0] if t[4] != _ULANG] for b in (pendek, panjang)]
    assert temuan[0] == temuan[1]
    assert bacaan(pendek)[1:] == bacaan(panjang)[1:]
    assert pendek.temuan.filter(kode=_ULANG).count() == 1


def test_applied_it_changes_nothing_and_can_be_taken_back():
    muat(*ISI)
    daftar = aktif()
    batch = impor.terapkan(lagi(*ISI), oleh=make.budi(), terima_peringatan=True)
    assert (batch.status, aktif()) == ("selesai", daftar)
    assert lagi(*ISI).ringkasan["sama_dengan"] == batch.pk
    assert impor.batalkan(batch, oleh=make.budi(), alasan="Tidak perlu dimuat lagi").status == "dibatalkan"
    assert aktif() == daftar


def test_a_roll_that_moved_since_is_compared_again():
    muat(*ISI)
    batch = lagi(*ISI)
    muat(baris("1", ALAMAT="JL. LAIN"), nama="lain.csv")
    batch = impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)
    assert "sama_dengan" not in batch.ringkasan
    assert batch.ringkasan["berubah"] == 1
    assert {a[3] for a in aktif()} == {"JL. CONTOH"}


def _alias() -> None:
    AliasKelurahan.objects.create(nama="Talisee", kelurahan_id=make.TALISE)


def _aturan() -> None:
    Aturan.objects.filter(kode="nkk_jumlah_wajar").update(nilai="1")


def _taruh_lain() -> None:
    muat(baris("77"), nama="lain.csv", alasan="Baris tambahan dari kelurahan")


def _tps() -> None:
    make.tps(make.TALISE, 9)


def _perubahan(kategori: str, **lain) -> None:
    """Somebody of the list is changed by an approved proposal."""
    make.selesai_daftar()
    orang = Pemilih.objects.get(dpid="1")
    usulan = usulkan(
        periode=make.periode(), kategori=make.kategori(kategori), oleh=make.sari(), pemilih=orang,
        bukti=make.bukti(), **lain,
    )  # fmt: skip
    for langkah, siapa in (("verifikasi", make.wati()), ("setujui", make.budi())):
        assert not ambil_langkah([usulan.pk], langkah, oleh=siapa, periode=make.periode()).ditolak


def _meninggal() -> None:
    _perubahan("meninggal")


def _pindah_alamat() -> None:
    _perubahan("elemen_data", elemen={"alamat": "JL. BENAR"})


@pytest.mark.parametrize("ubah", [_alias, _aturan, _taruh_lain])
def test_another_rule_area_or_roll_is_the_long_way(ubah):
    muat(*ISI)
    ubah()
    assert "sama_dengan" not in lagi(*ISI).ringkasan


@pytest.mark.parametrize(
    ("ubah", "baru", "hilang"),
    [
        (_tps, set(), {"tps_tidak_dikenal"}),
        (_meninggal, {"sudah_tms"}, set()),
        (_pindah_alamat, {"sudah_diubah_usulan"}, set()),
    ],
)
def test_what_became_true_since_is_found(ubah, baru, hilang):
    """The short way would repeat what was true before."""
    dulu = set(muat(*ISI).temuan.values_list("kode", flat=True))
    ubah()
    batch = lagi(*ISI)
    kini = set(batch.temuan.values_list("kode", flat=True)) - {_ULANG}
    assert "sama_dengan" not in batch.ringkasan
    assert (kini - dulu, dulu - kini) == (baru, hilang)


def test_the_short_way_says_the_same_of_the_whole_demo_list(tmp_path, monkeypatch):
    """The faulty rows of an invented city, in files per kelurahan."""
    kiriman = buat(tmp_path, skala=0.01)
    muat_tps(kiriman.tps)

    def sekali() -> ImporBatch:
        berkas_kota = [ContentFile(satu.read_bytes(), name=satu.name) for satu in kiriman.dpt]
        return impor.periksa(impor.unggah(berkas_kota, jenis="dpt", periode=make.periode(), oleh=make.sari()))

    pertama = impor.terapkan(sekali(), oleh=make.budi(), terima_peringatan=True)
    assert pertama.ringkasan["galat"] + pertama.ringkasan["peringatan"] > 10
    pendek = sekali()
    assert pendek.ringkasan["sama_dengan"] == pertama.pk
    monkeypatch.setattr(sama, "pendahulu", lambda *a: None)
    satu, dua = bacaan(pendek), bacaan(sekali())
    # When the files came before is another minute for each.
    assert [t for t in satu[0] if t[4] != _ULANG] == [t for t in dua[0] if t[4] != _ULANG]
    assert satu[1:] == dua[1:]


def test_other_bytes_another_code_set_or_kind_is_the_long_way():
    muat(*ISI)
    assert "sama_dengan" not in lagi(*ISI[:-1]).ringkasan
    for beda in ({"kamus": 2024}, {"jenis": "loksus"}):
        pilihan = {"jenis": "dpt", "periode": make.periode(), "oleh": make.sari()} | beda
        assert "sama_dengan" not in impor.periksa(impor.unggah([berkas(*ISI)], **pilihan)).ringkasan


def test_an_import_that_left_rows_out_or_was_taken_back_is_no_forerunner():
    dengan_tolak = (*ISI, baris("6", NAMA=""))
    muat(*dengan_tolak)
    assert "sama_dengan" not in lagi(*dengan_tolak).ringkasan
    batch = muat(baris("8"), nama="delapan.csv", alasan="Baris tambahan dari kelurahan")
    impor.batalkan(batch, oleh=make.budi(), alasan="Salah kelurahan semuanya")
    ulang = lagi(baris("8"))
    assert (ulang.ringkasan["baru"], "sama_dengan" in ulang.ringkasan) == (1, False)


def test_the_print_of_the_rules_is_the_same_in_every_process():
    """A worker looks for what another process stored; sets of words stand in another order there."""
    satu, lain = frozenset([0, 8]), frozenset([8, 0])
    assert (satu == lain, repr(satu) == repr(lain)) == (True, False)
    assert sama.tetap([satu, {1: 2, 3: 4}]) == sama.tetap([lain, {3: 4, 1: 2}])
    assert sama.tetap([satu]) != sama.tetap([satu | {9}])
    aturan = sama.tetap(cek.DAFTAR)
    assert "frozenset" not in aturan
    assert " at 0x" not in aturan
