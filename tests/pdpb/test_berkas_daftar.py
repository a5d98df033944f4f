"""Lists by name of a kecamatan and of the whole city: every row once, checked, in memory that does not grow."""

import csv
import io
import subprocess
import zipfile
from hashlib import sha256

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from kpupalu.audit.models import LogAkses
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.naskah.cetak import CetakGagal
from kpupalu.naskah.cetak_daftar import PencetakDaftar
from kpupalu.wilayah.models import Kecamatan, Kelurahan
from pdpb import berkas_daftar
from pdpb.actions.ekspor import folder, minta_ekspor, pekerjaan_gagal, putuskan_ekspor, susun_ulang
from pdpb.cetakan_daftar import KOLOM_14, ambil_baris, empat_belas, kode_keterangan
from pdpb.models import EksporDaftar, Pendaftaran, Periode, RekapSel
from pdpb.pekerjaan_cetak import ekspor_daftar
from pdpb.rekap import rekap
from tests import make
from tests.pdpb.bersamaan import serentak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
S = EksporDaftar.Status
KECAMATAN = make.TALISE[:8]


@pytest.fixture
def kini():
    """The open quarter of an office at work."""
    return make.kantor_berisi()[1]


def minta(per, wilayah=None, **isi) -> EksporDaftar:
    isi = {"jenis": "pemilih", "bentuk": "pdf", "penerima": "Arsip kantor", "tujuan": "Pencermatan daftar"} | isi
    return minta_ekspor(periode=per, wilayah=wilayah, oleh=isi.pop("oleh", None) or make.budi(), **isi)


def susun(ekspor: EksporDaftar) -> EksporDaftar:
    ekspor_daftar(Job.objects.get(pk=EksporDaftar.objects.get(pk=ekspor.pk).pekerjaan))
    return EksporDaftar.objects.get(pk=ekspor.pk)


def arsip(ekspor: EksporDaftar) -> zipfile.ZipFile:
    return zipfile.ZipFile(folder() / ekspor.berkas)


def teks(pdf: bytes) -> str:
    keluar = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return " ".join(keluar.decode().replace("\f", " ").split())


def daftar_isi(berkas: zipfile.ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(berkas.read("daftar-isi.csv").decode()), delimiter=";"))


# --- Every row once ----------------------------------------------------------------------------------------------
def test_the_city_is_one_archive_with_a_file_per_tps_and_every_row_in_its_place(kini):
    ekspor = susun(minta(kini))
    data = rekap(kini)
    assert (ekspor.status, ekspor.jumlah_baris) == (S.SIAP, data.kota.total.sekarang)
    assert ekspor.berkas.endswith("-pemilih-kota.zip")
    berkas = arsip(ekspor)
    isi = {satu["berkas"]: satu for satu in daftar_isi(berkas)}
    assert [*isi, "daftar-isi.csv"] == berkas.namelist()
    assert {n.split("/")[1] for n in isi} == set(Kelurahan.objects.values_list("nama", flat=True))
    assert "Palu Selatan/Petobo/TPS-901.pdf" in isi
    kode = kode_keterangan(kini)
    for kelurahan in Kelurahan.objects.select_related("kecamatan"):
        baris = ambil_baris(data, "pemilih", kelurahan.pk)
        tps = {b.tps for b in baris} or {None}
        milik = {n: s for n, s in isi.items() if s["kelurahan"] == kelurahan.nama}
        assert len(milik) == len(tps)
        assert sum(int(s["baris"]) for s in milik.values()) == len(baris)
        cetakan = " ".join(teks(berkas.read(nama)) for nama in milik)
        for b in baris:
            satu = " ".join(filter(None, empat_belas(0, b, kode, nik_penuh=False)[1:]))
            assert satu in cetakan
    for nama, satu in isi.items():
        assert satu["sha256"] == sha256(berkas.read(nama)).hexdigest()
        assert int(satu["laki_laki"]) + int(satu["perempuan"]) == int(satu["baris"])


def test_no_nik_leaves_whole_unless_two_people_said_so(kini):
    berkas = arsip(susun(minta(kini)))
    semua = " ".join(teks(berkas.read(n)) for n in berkas.namelist() if n.endswith(".pdf"))
    niks = Pendaftaran.objects.aktif().values_list("identitas__nik", flat=True)
    assert niks
    assert not any(nik in semua for nik in niks)
    penuh = minta(kini, nik_penuh=True, dasar_hukum="Surat Bawaslu 7/PM/2026")
    assert (penuh.status, penuh.pekerjaan) == (S.MENUNGGU, None)
    berkas = arsip(susun(putuskan_ekspor(penuh, setuju=True, oleh=make.komisioner()[0])))
    semua = " ".join(teks(berkas.read(n)) for n in berkas.namelist() if n.endswith(".pdf"))
    assert all(nik in semua for nik in niks)


def test_a_kecamatan_holds_its_kelurahan_and_no_other(kini):
    ekspor = susun(minta(kini, Kecamatan.objects.get(pk=KECAMATAN)))
    assert ekspor.jumlah_baris == rekap(kini).kecamatan[KECAMATAN].total.sekarang
    assert {s["kecamatan"] for s in daftar_isi(arsip(ekspor))} == {"Mantikulore"}
    assert ekspor.wilayah == "Kecamatan Mantikulore"


def test_the_changes_of_the_city_are_one_file_per_kelurahan(kini):
    ekspor = susun(minta(kini, jenis="perubahan"))
    t = [sel.total for sel in rekap(kini).kelurahan.values()]
    assert ekspor.jumlah_baris == sum(a.baru + a.tms + a.ubah + a.masuk + a.keluar for a in t) > 0
    isi = daftar_isi(arsip(ekspor))
    assert len(isi) == Kelurahan.objects.count()
    assert {s["tps"] for s in isi} == {"seluruh TPS"}


def test_the_spreadsheets_of_the_city_are_one_per_kelurahan_and_hold_no_formula(kini):
    make.pemilih(make.TALISE, per=kini, nama='=HYPERLINK("x")', alamat="+1\x01", tempat_lahir="https://x.y")
    make.selesai_daftar(kini)
    ekspor = susun(minta(kini, bentuk="xlsx"))
    berkas = arsip(ekspor)
    assert len(berkas.namelist()) == Kelurahan.objects.count()
    jumlah = 0
    for nama in berkas.namelist():
        lembar = openpyxl.load_workbook(io.BytesIO(berkas.read(nama))).active
        baris = list(lembar.iter_rows(values_only=True))
        assert baris[3] == KOLOM_14
        assert {sel.data_type for satu in lembar.iter_rows() for sel in satu} <= {"s", "inlineStr", "n"}
        assert lembar._hyperlinks == []
        jumlah += len(baris) - 4
    assert jumlah == ekspor.jumlah_baris == rekap(kini).kota.total.sekarang
    talise = openpyxl.load_workbook(io.BytesIO(berkas.read("Mantikulore/Talise.xlsx"))).active
    nama = [satu for satu in talise.iter_rows(min_row=5, values_only=True) if satu[3].startswith("'=")]
    assert [(s[3], s[4]) for s in nama] == [('\'=HYPERLINK("x")', "https://x.y")]
    assert nama[0][8].startswith("'+1")


def test_a_long_tps_is_cut_and_numbered_on(kini, monkeypatch):
    monkeypatch.setattr(berkas_daftar, "BARIS_PER_BAGIAN", 3)
    ekspor = susun(minta(kini, Kelurahan.objects.get(pk=make.TALISE)))
    berkas = arsip(ekspor)
    nama = [n for n in berkas.namelist() if n.endswith(".pdf")]
    assert nama == ["01-Talise-bagian-1-TPS-001.pdf", "02-Talise-bagian-2-TPS-001.pdf"]
    assert "Belum ditetapkan" not in teks(berkas.read(nama[0]))
    assert "(14) 4 7271" in teks(berkas.read(nama[1]))
    assert "Belum ditetapkan" in teks(berkas.read(nama[1]))


def test_names_that_look_like_markup_reach_paper_as_they_are(kini):
    nama = '#*_@$<\\>"[{(`~'
    make.pemilih(make.LERE, per=kini, nama=nama, alamat=nama)
    make.selesai_daftar(kini)
    berkas = arsip(susun(minta(kini, Kecamatan.objects.get(pk=make.LERE[:8]))))
    semua = "".join(teks(berkas.read(n)) for n in berkas.namelist() if "Lere" in n)
    assert semua.count(nama) == 2


# --- Figures -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("bentuk", ["pdf", "xlsx"])
def test_one_wrong_figure_anywhere_keeps_the_whole_city_back(kini, bentuk):
    terakhir = RekapSel.objects.order_by("kelurahan_id").last()
    RekapSel.objects.filter(pk=terakhir.pk).update(jumlah=terakhir.jumlah + 1)
    with pytest.raises(Refused, match="R10"):
        susun(minta(kini, bentuk=bentuk))
    assert list(folder().iterdir()) == []


def test_rows_of_a_place_outside_the_area_do_not_hide_in_the_sum(kini, monkeypatch):
    """The sum of the area is counted once more when all is on paper."""
    asli = berkas_daftar._tulis_zip
    monkeypatch.setattr(berkas_daftar, "_tulis_zip", lambda *isi: asli(*isi) - 1)
    with pytest.raises(Refused, match="R10"):
        susun(minta(kini))


@pytest.mark.django_db(transaction=True)
def test_figures_and_rows_are_of_one_instant_while_others_decide():
    kini = make.kantor_berisi()[1]

    def tambah() -> None:
        make.pemilih(make.TALISE, per=kini)
        make.selesai_daftar(kini)

    with berkas_daftar.satu_potret():
        awal = rekap(kini)
        assert serentak(tambah) == [None]
        assert len(ambil_baris(awal, "pemilih", make.TALISE)) == awal.kelurahan[make.TALISE].total.sekarang
        assert rekap(kini).kota.total.sekarang == awal.kota.total.sekarang
    assert rekap(kini).kota.total.sekarang == awal.kota.total.sekarang + 1


@pytest.mark.django_db(transaction=True)
def test_two_people_ask_and_build_at_once():
    kini = make.kantor_berisi()[1]
    dua = [make.budi(), make.orang("lain", "kasubbag_rendatin")]
    ekspor = serentak(*(lambda o=o: minta(kini, oleh=o) for o in dua))
    assert {e.urut for e in ekspor} == {1, 2}
    hasil = serentak(*(lambda e=e: susun(e) for e in ekspor))
    assert [e.status for e in hasil] == [S.SIAP, S.SIAP]
    assert len({e.berkas for e in hasil}) == 2
    assert [len(daftar_isi(arsip(e))) for e in hasil] == [len(daftar_isi(arsip(hasil[0])))] * 2


# --- Failure is honest -------------------------------------------------------------------------------------------
@pytest.fixture
def gagal(kini, monkeypatch):
    """A list whose typesetter died, and the job that says so."""
    ekspor = minta(kini, Kecamatan.objects.get(pk=KECAMATAN))
    with monkeypatch.context() as tambalan:
        tambalan.setattr(PencetakDaftar, "_kemas", lambda self, isi: b"{}")
        with pytest.raises(CetakGagal):
            susun(ekspor)
    Job.objects.filter(pk=ekspor.pekerjaan).update(
        status="gagal", selesai_pada=ekspor.diminta_pada, pesan="Mesin mati."
    )
    return ekspor


def test_a_failed_list_leaves_no_row_on_disk_says_so_and_is_built_again(client, gagal):
    assert list(folder().iterdir()) == []
    client.force_login(make.budi())
    halaman = client.get(gagal.get_absolute_url()).content.decode()
    assert "Gagal disusun" in halaman
    assert "Mesin mati." in halaman
    jawaban = client.post(reverse("pdpb:ekspor_ulang", args=[gagal.pk]))
    ulang = EksporDaftar.objects.get(pk=gagal.pk)
    assert ulang.pekerjaan != gagal.pekerjaan
    assert jawaban.url == reverse("jobs:detail", args=[ulang.pekerjaan])
    assert susun(ulang).status == S.SIAP
    with pytest.raises(Refused, match="tidak perlu"):
        susun_ulang(ulang, oleh=make.budi())


def test_only_who_asked_builds_again(client, gagal):
    lain = make.orang("lain", "kasubbag_rendatin")
    with pytest.raises(Refused, match="Hanya peminta"):
        susun_ulang(gagal, oleh=lain)
    client.force_login(lain)
    assert client.post(reverse("pdpb:ekspor_ulang", args=[gagal.pk])).status_code == 404
    assert pekerjaan_gagal(gagal)


def test_what_a_killed_attempt_left_is_removed_and_a_living_one_is_let_be(kini):
    ekspor, lain = minta(kini, Kelurahan.objects.get(pk=make.TALISE)), minta(kini)
    for nama in (f"{ekspor.pekerjaan}.9.tmp", f"{lain.pekerjaan}.3.tmp", "999999.1.tmp"):
        (folder() / nama).mkdir(parents=True)
        (folder() / nama / "daftar").write_text("rahasia")
    Job.objects.filter(pk=ekspor.pekerjaan).update(percobaan=10)
    Job.objects.filter(pk=lain.pekerjaan).update(percobaan=3)
    susun(ekspor)
    assert {p.name for p in folder().glob("*.tmp")} == {f"{lain.pekerjaan}.3.tmp"}


# --- Who may, and what is written down ---------------------------------------------------------------------------
@pytest.mark.parametrize("siapa", [make.sari, make.wati, make.dewi])
def test_another_role_gets_no_list_of_the_city(client, kini, siapa):
    with pytest.raises(Refused, match="tidak berwenang"):
        minta(kini, oleh=siapa())
    client.force_login(siapa())
    assert client.post(reverse("pdpb:ekspor_baru"), {"wilayah": "kota"}).status_code in (403, 404)
    assert not EksporDaftar.objects.exists()


def test_the_form_asks_for_an_area_and_the_whole_city_is_a_choice_of_its_own(client, kini):
    client.force_login(make.budi())
    isi = {"periode": kini.pk, "jenis": "pemilih", "bentuk": "pdf", "penerima": "Arsip", "tujuan": "Pencermatan daftar"}
    alamat = reverse("pdpb:ekspor_baru")
    for salah in ({}, {"wilayah": ""}, {"wilayah": "72.71"}, {"wilayah": "72.71.99"}):
        assert client.post(alamat, isi | salah).status_code == 422
    for wilayah, sebutan in (("kota", "seluruh Kota Palu"), (KECAMATAN, "Kecamatan Mantikulore"),
                             (make.TALISE, "Kelurahan Talise")):  # fmt: skip
        assert client.post(alamat, isi | {"wilayah": wilayah}).status_code == 302
        ekspor = EksporDaftar.objects.first()
        assert ekspor.wilayah == sebutan
        assert sebutan in client.get(ekspor.get_absolute_url()).content.decode()
        assert sebutan in client.get(reverse("pdpb:ekspor_daftar")).content.decode()


def test_fetching_the_city_is_logged_with_every_row(client, kini):
    ekspor = susun(minta(kini))
    client.force_login(make.budi())
    jawaban = client.post(reverse("pdpb:ekspor_unduh", args=[ekspor.kode_unduh]))
    assert b"".join(jawaban.streaming_content).startswith(b"PK")
    catatan = LogAkses.objects.get(tindakan="cetak")
    assert (catatan.jumlah, catatan.objek_id) == (rekap(kini).kota.total.sekarang, str(ekspor.pk))


def test_the_database_holds_one_area_per_list(kini):
    ekspor = minta(kini, Kelurahan.objects.get(pk=make.TALISE))
    with pytest.raises(IntegrityError, match="ekspor_satu_wilayah"), transaction.atomic():
        EksporDaftar.objects.filter(pk=ekspor.pk).update(kecamatan=KECAMATAN)


def test_a_frozen_quarter_prints_the_same_rows_later(kini):
    lama = Periode.objects.get(pk="2026-tw3")
    ekspor = susun(minta(lama))
    assert ekspor.jumlah_baris == rekap(lama).kota.total.sekarang
    assert "data beku versi 1" in teks(arsip(ekspor).read("Mantikulore/Talise/TPS-001.pdf"))
    assert not connection.needs_rollback
