"""Every number on a page leads to as many rows; what is public of a quarter is frozen."""

import re
from datetime import date

import pytest
from django.urls import reverse

from kpupalu.audit.models import LogAkses
from pdpb.models import (
    Pendaftaran,
    Periode,
    Perubahan,
    Temuan,
)
from tests import make
from tests.pdpb.halaman import ANGKA, masuk
from tests.pdpb.jelajah import baca

pytestmark = pytest.mark.django_db


def angka_bertautan(client, url: str) -> list[tuple[str, int]]:
    """Every link of a page whose words are a number, with the number; a dash is zero."""
    halaman = baca(url, client.get(url).content.decode())
    hasil = []
    for tujuan, kata in halaman.tautan:
        bersih = kata.replace(".", "")
        if bersih == "-" or bersih.isdigit():
            hasil.append((tujuan, 0 if bersih == "-" else int(bersih)))
    return hasil


def banyak_baris(client, tujuan: str) -> int:
    """How many rows the list at *tujuan* shows over all its pages."""
    jumlah, maks = 0, 50
    while tujuan and (maks := maks - 1):
        isi = client.get(tujuan).content.decode()
        jumlah += len(re.findall(r"<tr><td[ >]", isi.partition("<tbody>")[2].partition("</tbody>")[0]))
        lanjut = [a for a, kata in baca(tujuan, isi).tautan if kata.startswith("Berikutnya")]
        tujuan = lanjut[0] if lanjut else ""
    return jumlah


@pytest.mark.parametrize(
    "saringan",
    ["", "?tingkat=kecamatan", "?tingkat=kelurahan", "?tingkat=kelurahan&wilayah=72.71.03", "?tingkat=tps",
     f"?tingkat=tps&wilayah={make.PETOBO}"],
)  # fmt: skip
@pytest.mark.parametrize("kode", ["2026-tw3", "2026-tw4"])
def test_every_number_of_the_recap_leads_to_as_many_rows(client, kantor, kode, saringan):
    masuk(client, "verifikator")
    angka = angka_bertautan(client, reverse("pdpb:rekap", args=[kode]) + saringan)
    salah = [(tujuan, n, m) for tujuan, n in angka if (m := banyak_baris(client, tujuan)) != n]
    assert salah == []
    assert kode == "2026-tw3" or "tps" in saringan or sum(n for _, n in angka) > 0


@pytest.mark.parametrize("tingkat", ["kecamatan", "kelurahan"])
def test_every_counted_change_stands_behind_a_number(client, kantor, tingkat):
    """The links of one level together reach each counted change, none twice in one column."""
    masuk(client, "verifikator")
    url = reverse("pdpb:rekap", args=["2026-tw4"]) + f"?tingkat={tingkat}"
    per_kolom: dict[str, int] = {}
    for tujuan, n in angka_bertautan(client, url):
        if kolom := re.search(r"jenis=(\w+)&(wilayah|tujuan)=", tujuan):
            per_kolom["-".join(kolom.groups())] = per_kolom.get("-".join(kolom.groups()), 0) + n
    dihitung = Perubahan.objects.filter(periode="2026-tw4").dihitung()
    for jenis in ("baru", "tms", "ubah", "mutasi"):
        assert per_kolom[f"{jenis}-wilayah"] == dihitung.filter(jenis=jenis).count() > 0
    assert per_kolom["mutasi-tujuan"] == 1


@pytest.mark.parametrize("kode", ["2026-tw3", "2026-tw4"])
def test_every_number_of_a_period_leads_to_as_many_rows(client, kantor, kode):
    masuk(client, "verifikator")
    for tujuan, n in angka_bertautan(client, reverse("pdpb:periode_detail", args=[kode])):
        assert banyak_baris(client, tujuan) == n, tujuan


@pytest.mark.parametrize("peran", sorted(ANGKA))
def test_every_card_of_beranda_leads_to_as_many_rows(client, kantor, peran):
    masuk(client, peran)
    halaman = baca("/", client.get("/").content.decode())
    for tujuan, kata in halaman.tautan:
        angka, _, judul = kata.partition(" ")
        if (
            judul
            and angka.isdigit()
            and tujuan.startswith((reverse("pdpb:perubahan_daftar"), reverse("pdpb:tanggapan_daftar")))
        ):
            assert banyak_baris(client, tujuan) == int(angka), judul


def test_the_list_of_voters_counts_what_it_shows(client, kantor):
    masuk(client, "verifikator")
    for saringan in ("", f"?kelurahan={make.PETOBO}", f"?kelurahan={make.PETOBO}&tps=901", "?jenis_kelamin=P"):
        url = reverse("pdpb:pemilih_daftar") + saringan
        tertulis = re.search(r"(\d+) pemilih dengan saringan ini", client.get(url).content.decode())
        assert int(tertulis[1]) == banyak_baris(client, url) > 0


def test_an_announced_quarter_is_public_and_an_open_one_is_not(client, kantor):
    assert client.get(reverse("pdpb:pengumuman", args=["2026-tw3"])).status_code == 200
    assert client.get(reverse("pdpb:pengumuman", args=["2026-tw4"])).status_code == 404
    assert "Triwulan III Tahun 2026" in client.get(reverse("pdpb:pengumuman_daftar")).content.decode()


def test_the_public_page_shows_the_frozen_figures(client, kantor):
    Periode.objects.filter(pk="2026-tw3").update(tanggal_pleno=date(2026, 10, 2))
    isi = client.get(reverse("pdpb:pengumuman", args=["2026-tw3"])).content.decode()
    assert "<b>14</b> orang, terdiri atas 8 laki-laki dan 6 perempuan" in isi
    assert "Dibandingkan dengan 15 pemilih sebelumnya, 0 pemilih baru masuk dan 1 orang dikeluarkan" in isi


def test_findings_name_their_person_and_nobody_without_the_right_reads_one(client):
    satu = make.pemilih(nama="NAMA PERTAMA")
    per = make.selesai_daftar()
    temuan = Temuan.objects.create(pemilih=satu.pemilih, kode="rt-rw", tingkat="Galat", pesan="RT tidak diisi.")
    make.setuju([make.usul("elemen_data", satu, per=per, elemen={"nama": "NAMA KEDUA"})], per)
    client.force_login(make.wati())
    halaman = client.get(reverse("pdpb:temuan_daftar")).content.decode()
    assert "NAMA KEDUA</a>" in halaman
    assert f'aria-label="Pilih temuan {temuan.pk}, NAMA KEDUA"' in halaman
    assert "NAMA PERTAMA" not in halaman
    assert satu.identitas.nik not in halaman
    assert LogAkses.objects.get(objek_label="Daftar temuan").jumlah == Temuan.objects.count()
    make.setuju([make.usul("meninggal", Pendaftaran.objects.aktif().get(pemilih=satu.pemilih), per=per)], per)
    halaman = client.get(reverse("pdpb:temuan_daftar")).content.decode()
    assert "NAMA KEDUA</a>" in halaman, "also of somebody who left the list"
