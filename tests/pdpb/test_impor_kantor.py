"""The generated office imported once: what the import says is held against the truth that the generator wrote."""

import csv
import json
from collections import Counter
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from kpupalu.demo.pembangkit import buat
from kpupalu.demo.pembangkit.kebenaran import baris_dpid
from kpupalu.wilayah.models import TPS
from pdpb import impor
from pdpb.daftar import hitung_ulang_sel
from pdpb.models import ImporBatch, Perubahan, RekapSel, Temuan, TemuanImpor
from tests import make

pytestmark = pytest.mark.django_db


def kode(batch: ImporBatch) -> Counter:
    return Counter(TemuanImpor.objects.filter(batch=batch).exclude(tingkat="Info").values_list("kode", flat=True))


@pytest.fixture(scope="module")
def kantor(django_db_setup, django_db_blocker, tmp_path_factory):
    """The generator's small office imported once: (truth, base batch, batch of changes)."""
    folder = tmp_path_factory.mktemp("kantor")
    hasil = buat(folder, skala=0.02)
    benar = json.loads(hasil.kebenaran.read_text())
    with django_db_blocker.unblock(), transaction.atomic():
        p = benar["periode"]
        periode = make.periode(tanggal_pleno=date.fromisoformat(p["cut_off"]))
        with hasil.tps.open() as f:
            for b in csv.DictReader(f):
                TPS.objects.get_or_create(
                    kelurahan_id=b["kode_kelurahan"], nomor=b["nomor"], defaults={"jenis": b["jenis"]}
                )
        file = [ContentFile(d.read_bytes(), name=d.name) for d in hasil.dpt]
        dpt = impor.unggah(file, jenis="dpt", periode=periode, oleh=make.sari())
        impor.periksa(dpt)
        dpt = impor.terapkan(dpt, oleh=make.budi(), terima_peringatan=True)
        file = [ContentFile(hasil.perubahan.read_bytes(), name=hasil.perubahan.name)]
        ubah = impor.unggah(file, jenis="perubahan", periode=periode, oleh=make.sari())
        impor.periksa(ubah)
        ubah = impor.terapkan(ubah, oleh=make.budi(), terima_peringatan=True)
        yield benar, dpt, ubah, hasil
        transaction.set_rollback(True)


def test_the_base_list_gives_the_figures_of_the_truth(kantor):
    benar, dpt, _, _ = kantor
    assert dpt.status == "selesai"
    nyata: dict = {}
    for s in RekapSel.objects.select_related("tps"):
        nyata[f"{s.kelurahan_id}/{s.tps.nomor:03d}", s.jenis_kelamin] = s.jumlah
    harap = {(k, jk): v[jk] for k, v in benar["dpt"]["tps"].items() for jk in "LP" if v[jk]}
    assert {k: n for k, n in nyata.items() if n} == harap
    assert hitung_ulang_sel() == 0


def test_every_invalid_row_of_the_truth_is_found_and_nothing_else_is_called_invalid(kantor):
    benar, dpt, _, _ = kantor
    urut = dict(dpt.berkas.values_list("berkas_masuk__nama", "urut"))
    harap = {(urut[c["berkas"].split("/")[1]], c["baris"], c["kolom"]) for c in benar["data_invalid"]}
    galat = TemuanImpor.objects.filter(batch=dpt, tingkat="Galat").exclude(
        kode__in=["nik_ganda", "nik_sama_orang_beda"]
    )
    assert set(galat.values_list("berkas_urut", "baris", "kolom")) == harap


def test_pairs_and_odd_but_sound_voters_are_told_apart(kantor):
    benar, dpt, _, hasil = kantor
    kode_pasangan = {"G1": "nik_ganda", "G6": "nik_ganda", "G2": "nik_sama_orang_beda", "G3": "orang_sama_nik_beda"}
    wajar = benar["wajar"]["kembar"] + benar["wajar"]["ayah_anak_senama"] + benar["wajar"]["senama_setanggal"]
    dpid = {g[sisi] for g in benar["ganda"] for sisi in ("dpid_a", "dpid_b")}
    tempat = baris_dpid(hasil.dpt, dpid | set(map(str, wajar)))
    urut = dict(dpt.berkas.values_list("berkas_masuk__nama", "urut"))
    ditemukan = set(
        TemuanImpor.objects.filter(batch=dpt, kode__in=kode_pasangan.values()).values_list(
            "berkas_urut", "baris", "kode"
        )
    )

    def di(nomor, kode_):
        nama, n = tempat[str(nomor)]
        return (urut[nama.split("/")[1]], n, kode_) in ditemukan

    for g in benar["ganda"]:
        for nomor in (g["dpid_a"], g["dpid_b"]):
            assert di(nomor, kode_pasangan[g["kelas"]]), g
    assert not any(di(nomor, kode_) for nomor in wajar for kode_ in kode_pasangan.values())
    # Two rows are a pair for people to judge; neither of them carries a finding for it.
    assert not Temuan.objects.filter(kode__in=kode_pasangan.values()).exists()
    for apa, kode_ in (("umur_di_atas_100", "usia_coktas"), ("nik_beda_kelamin", "nik_kelamin_beda")):
        punya = Temuan.objects.filter(pemilih__dpid__in=benar["wajar"][apa], kode=kode_)
        assert punya.count() == len(benar["wajar"][apa]) > 0


def test_the_changes_are_proposed_as_the_truth_counts_them(kantor):
    benar, _, ubah, _ = kantor
    harap = {k: v["jumlah"] for k, v in benar["perubahan"]["kota"].items()}
    nyata = Counter(Perubahan.objects.filter(batch=ubah, status="diusulkan").values_list("jenis", flat=True))
    assert nyata["baru"] == harap["baru"]
    assert nyata["tms"] == harap["tms"]
    assert nyata["ubah"] == harap["ubah"]
    assert nyata["mutasi"] == harap["mutasi_keluar"]
    per_kategori = Counter(Perubahan.objects.filter(batch=ubah).values_list("jenis", "kategori"))
    for k, n in harap.items():
        if "." in k:
            assert per_kategori[tuple(k.split("."))] == n, k
    elemen = Counter(e for p in Perubahan.objects.filter(batch=ubah, jenis="ubah") for e in p.elemen_baru)
    nama = {"sts_kawin": "status_kawin", "ektp": "status_ktpel"}
    harap_elemen = {
        nama.get(k.lower().replace(" ", "_"), k.lower().replace(" ", "_")): n for k, n in benar["elemen_ubah"].items()
    }
    assert elemen == harap_elemen


def test_the_same_changes_again_are_no_news(kantor):
    _, _, _, hasil = kantor
    sebelum = Perubahan.objects.count()
    file = [ContentFile(hasil.perubahan.read_bytes(), name="lagi.csv")]
    batch = impor.periksa(impor.unggah(file, jenis="perubahan", periode=make.periode(), oleh=make.sari()))
    batch = impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)
    assert (batch.ringkasan["baru"], batch.ringkasan["galat"]) == (0, 0)
    assert kode(batch)["berkas_pernah_diunggah"] == 1
    assert Perubahan.objects.count() == sebelum


def test_no_finding_of_the_office_holds_a_number_of_a_person(kantor):
    _, dpt, ubah, _ = kantor
    pesan = TemuanImpor.objects.filter(batch__in=[dpt, ubah], pesan__regex=r"[0-9]{8}")
    assert not pesan.exclude(kode="data_beda_dari_daftar").exists()


def test_agency_faults_are_found_in_the_rows_of_their_spreadsheet(kantor):
    """Deaths of Disdukcapil, header on line 4: every planted fault of a cell is told at its row and column."""
    benar, _, _, hasil = kantor
    nama = "disdukcapil-kematian.xlsx"
    isi = next(p for p in hasil.instansi if p.name == nama).read_bytes()
    with transaction.atomic():
        batch = impor.unggah([ContentFile(isi, name=nama)], jenis="perubahan", periode=make.periode(), oleh=make.sari())
        batch.pemetaan = {"bawaan": {"kategori": "meninggal", "jenis_dokumen": "Akta kematian"}}
        batch.save()
        impor.periksa(batch)
        ditemukan = set(TemuanImpor.objects.filter(batch=batch).values_list("baris", "kolom", "kode"))
        harap = {
            "nik_sebagai_angka": "nik_angka",
            "nik_ilmiah": "nik_ilmiah",
            "apostrof": "nik_dirapikan",
            "spasi_tak_putus": "nik_dirapikan",
            "tahun_dua_angka": "tanggal_lahir_dua_digit",
            "tanggal_sebagai_angka": "tanggal_lahir_nomor_seri",
        }
        salah = [s for s in benar["kesalahan_instansi"] if s["berkas"].endswith(nama) and s["apa"] in harap]
        assert len({s["apa"] for s in salah}) >= 3
        for s in salah:
            assert (s["baris"], s["kolom"], harap[s["apa"]]) in ditemukan, s
        transaction.set_rollback(True)


BAWAAN = {
    "disdukcapil-kematian.xlsx": {"kategori": "meninggal", "jenis_dokumen": "Akta kematian"},
    "lurah-kematian.csv": {"kategori": "meninggal", "jenis_dokumen": "Surat keterangan kematian"},
    "disdukcapil-pindah-keluar.xlsx": {"kategori": "pindah_domisili", "jenis_dokumen": "SKPWNI"},
    "disdukcapil-pindah-masuk.xlsx": {"kategori": "pindah_masuk", "jenis_dokumen": "SKPWNI"},
    "disdukcapil-genap-17.csv": {"kategori": "genap_17", "jenis_dokumen": "Kartu Keluarga"},
    "disdukcapil-perbaikan.xlsx": {"jenis_dokumen": "Kartu Keluarga"},
    "kodim-anggota-baru.xlsx": {"kategori": "tni", "jenis_dokumen": "Daftar Kodim"},
    "bawaslu-saran-perbaikan.xlsx": {},
}
TANPA_ARTI = {"NO", "NO.", "PANGKAT", "KAB_TUJUAN"}
"""Headings that say nothing about a change: running numbers, a rank, where somebody goes outside the city."""


def terima(hasil, nama: str, periode) -> ImporBatch:
    """One list of an agency, uploaded and checked as it came; no column is chosen by hand."""
    isi = next(p for p in hasil.instansi if p.name == nama).read_bytes()
    batch = impor.unggah([ContentFile(isi, name=nama)], jenis="perubahan", periode=periode, oleh=make.sari())
    batch.pemetaan = {"bawaan": BAWAAN[nama]} if BAWAAN[nama] else {}
    batch.save()
    return impor.periksa(batch)


def test_every_list_of_the_agencies_is_read_without_choosing_a_column(kantor):
    _, _, _, hasil = kantor
    assert {p.name for p in hasil.instansi} == BAWAAN.keys()
    with transaction.atomic():
        periode = make.periode("2027-tw1", tahun=2027, urutan=1)
        for nama in BAWAAN:
            batch = terima(hasil, nama, periode)
            r = batch.berkas.get().ringkasan
            assert {j.upper() for j in r["diabaikan"]} <= TANPA_ARTI, nama
            assert batch.ringkasan["baru"] > 0, nama
            assert not TemuanImpor.objects.filter(
                batch=batch, kode__in=["jenis_tidak_dikenal", "kategori_tidak_dikenal", "elemen_tidak_dikenal"]
            ), nama
        transaction.set_rollback(True)


def test_the_list_of_corrections_says_what_the_clean_list_of_changes_says(kantor):
    """Each correction proposed from element, written, should be is part of what the office's own list corrects."""
    _, _, ubah, hasil = kantor
    benar = {p.pemilih_id: p.elemen_baru for p in Perubahan.objects.filter(batch=ubah, jenis="ubah")}
    with transaction.atomic():
        batch = terima(hasil, "disdukcapil-perbaikan.xlsx", make.periode("2027-tw1", tahun=2027, urutan=1))
        batch = impor.terapkan(batch, oleh=make.budi(), terima_peringatan=True)
        usul = list(Perubahan.objects.filter(batch=batch))
        assert {p.jenis for p in usul} == {"ubah"}
        # The rest are the faults that were planted: a NIK stored as a number is no sure name of anybody.
        assert len(benar) >= len(usul) >= len(benar) - batch.ringkasan["ditolak"]
        assert len(usul) > 1
        for p in usul:
            assert len(p.elemen_baru) == 1
            assert p.elemen_baru.items() <= benar[p.pemilih_id].items()
        transaction.set_rollback(True)
