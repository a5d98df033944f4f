"""The search on a whole invented city: what was planted is found, who is merely odd is left alone."""

from datetime import date

import pytest

from kpupalu.demo.pembangkit.acak import Acak
from kpupalu.demo.pembangkit.masa import Masa
from kpupalu.demo.pembangkit.sisipan import Sisipan
from kpupalu.demo.pembangkit.warga import DPID_PERTAMA, Kota, Pemilih, Pengisi
from kpupalu.demo.pembangkit.wilayah import rencana
from pdpb.ganda.bandingan import MUNGKIN, PASTI, Pasangan, bandingkan
from pdpb.ganda.blok import Gulungan, calon

SKALA, BENIH = 0.04, 7271


def baris(p: Pemilih, kode: list[str]) -> str:
    """*p* as the roll is read: DPID for both ids."""
    isi = [
        p.dpid,
        p.dpid,
        p.dpid,
        p.nik,
        p.nkk,
        p.nama,
        p.tempat,
        date.fromordinal(p.lahir),
        p.jk,
        p.alamat,
        p.rt,
        p.rw,
    ]
    return "\t".join(map(str, [*isi, kode[p.kel], int(p.tps), "t" if p.tps > "900" else "f"]))


@pytest.fixture(scope="module")
def kota() -> tuple[Kota, Sisipan, dict[tuple[int, int], Pasangan]]:
    """A small city with its planted faults, and every pair the search asks about."""
    kelurahan = rencana(BENIH, SKALA)
    isi = Kota(Masa().acuan_dpt)
    for k in kelurahan:
        Pengisi(isi, k, Acak(BENIH, 100 + k.urut)).isi()
    sisipan = Sisipan(isi, BENIH)
    sisipan.tanam(SKALA)
    gulungan = Gulungan(baris(p, [k.kode for k in kelurahan]) for p in isi.pemilih)
    konteks, banyak = gulungan.konteks(), len(gulungan)
    ketemu = {}
    for nomor in calon(gulungan):
        x, y = divmod(nomor, banyak)
        if p := bandingkan(gulungan.orang(x), gulungan.orang(y), konteks):
            ketemu[p.a, p.b] = p
    return isi, sisipan, ketemu


def test_every_planted_pair_is_found_with_its_class(kota):
    _, sisipan, ketemu = kota
    for p in sisipan.pasangan:
        pasangan = ketemu[min(p.a, p.b), max(p.a, p.b)]
        assert pasangan.kelas == p.kelas
        assert pasangan.tingkat != MUNGKIN


def test_no_pasti_but_the_planted_ones(kota):
    _, sisipan, ketemu = kota
    satu_orang = {(min(p.a, p.b), max(p.a, p.b)) for p in sisipan.pasangan if p.kelas in ("G1", "G6")}
    assert {kunci for kunci, p in ketemu.items() if p.tingkat == PASTI} == satu_orang


@pytest.mark.parametrize(
    "apa", ["kembar", "ayah_anak_senama", "senama_setanggal", "nkk_besar", "nik_beda_tanggal_lahir"]
)
def test_who_is_odd_and_right_is_not_accused(kota, apa):
    isi, sisipan, ketemu = kota
    wajar = {DPID_PERTAMA + i for i in isi.wajar.get(apa, ())}
    tanam = {(min(p.a, p.b), max(p.a, p.b)) for p in sisipan.pasangan}
    assert [p for k, p in ketemu.items() if wajar >= set(k) and p.tingkat != MUNGKIN and k not in tanam] == []


def test_review_list_stays_short(kota):
    isi, _, ketemu = kota
    assert sum(p.tingkat == MUNGKIN for p in ketemu.values()) <= 3 * len(isi.pemilih) / 1000
