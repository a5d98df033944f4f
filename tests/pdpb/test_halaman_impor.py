"""The pages of an import, step by step, and who may open them."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db.models.functions import Now
from django.urls import reverse

from kpupalu.audit.models import Jejak, LogAkses
from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import get_runner
from pdpb import impor
from pdpb.models import ImporBatch, Pendaftaran
from pdpb.views.impor import urlpatterns_impor
from tests import make
from tests.pdpb.test_impor import KEPALA, aktif, baris, berkas, muat

pytestmark = pytest.mark.django_db
PERAN = ("operator", "verifikator", "kasubbag_rendatin", "sekretaris", "ketua", "anggota", "bawaslu", "auditor",
         "gudang", "admin")  # fmt: skip
BOLEH = {"operator", "kasubbag_rendatin"}


def masuk(client, peran="operator"):
    orang = make.orang(f"uji_{peran}", peran)
    client.force_login(orang)
    return orang


def jalankan(jenis: str) -> Job:
    """Do the waiting job as a worker would."""
    job = Job.objects.get(kind=jenis, status="antre")
    job.hasil = get_runner(jenis).run(job)
    Job.objects.filter(pk=job.pk).update(status="selesai", selesai_pada=Now())
    return job


def test_the_walk_from_upload_to_applied(client):
    masuk(client)
    make.periode()
    make.tps(make.TALISE, 1)
    isi = berkas(baris("1"), baris("2", KELAMIN="P"), baris("3", KELURAHAN="TALISEE"))
    jawab = client.post(
        reverse("pdpb:impor_baru"),
        {"jenis": "dpt", "periode": "2026-tw4", "kamus": "2024", "pengirim": "KPU Provinsi", "berkas": [isi]},
    )
    batch = ImporBatch.objects.get()
    assert jawab.url == reverse("pdpb:impor_kolom", args=[batch.pk])
    halaman = client.get(jawab.url).content.decode()
    assert "Langkah 2 dari 5" in halaman
    assert "7271••••••••••••" in halaman
    assert "7271011708909101" not in halaman
    assert client.get(reverse("pdpb:impor_periksa", args=[batch.pk])).status_code == 302
    jawab = client.post(jawab.url)
    job = jalankan("pdpb.periksa_impor")
    assert jawab.url == reverse("jobs:detail", args=[job.pk])
    halaman = client.get(job.hasil["tautan"]).content.decode()
    assert "kelurahan_tidak_dikenal" in halaman
    assert "Unduh 1 baris bermasalah dari daftar.csv" in halaman
    satu = client.get(job.hasil["tautan"], {"kode": "kelurahan_tidak_dikenal"}).content.decode()
    assert "TALISEE" in satu
    assert client.get(job.hasil["tautan"], {"kode": "tidak-ada"}).status_code == 404
    halaman = client.get(reverse("pdpb:impor_dampak", args=[batch.pk])).content.decode()
    assert "ARIF BK" in halaman
    terapkan = reverse("pdpb:impor_terapkan", args=[batch.pk])
    assert "1 baris tidak diterapkan" in client.get(terapkan).content.decode()
    assert client.post(terapkan, {}).status_code == 422
    assert not aktif()
    client.post(terapkan, {"terima_peringatan": "on"})
    job = jalankan("pdpb.terapkan_impor")
    assert len(aktif()) == 2
    halaman = client.get(job.hasil["tautan"]).content.decode()
    assert "Impor ini belum dapat ditutup" in halaman
    assert batch.berkas.get().berkas_masuk.sha256 in halaman
    get_runner("pdpb.terapkan_impor").run(job)
    assert len(aktif()) == 2, "a second run of the same job only reports"
    batch.refresh_from_db()
    assert (batch.status, batch.peringatan_diterima_oleh.username) == ("diterapkan", "uji_operator")
    acara = client.get(reverse("pdpb:impor_berita_acara", args=[batch.pk])).content.decode()
    assert "KPU Provinsi" in acara
    kalimat = set(Jejak.objects.filter(objek_jenis="pdpb.imporbatch").values_list("tindakan", flat=True))
    assert {"pdpb.unggah_impor", "pdpb.periksa_impor", "pdpb.terapkan_impor"} <= kalimat


def test_mending_explaining_and_undoing_have_pages(client):
    batch = muat(baris("1"), baris("2", KELURAHAN="TALISEE"), baris("3", KELURAHAN="TALISEE"))
    masuk(client, "kasubbag_rendatin")
    unduh = reverse("pdpb:impor_ditolak", args=[batch.pk, 1])
    isi = b"".join(client.get(unduh).streaming_content)
    assert LogAkses.objects.get(tindakan="ekspor").jumlah == 2
    baik = b"\r\n".join(isi.replace(b"TALISEE", b"TALISE").split(b"\r\n")[:2]) + b"\r\n"
    susulan = reverse("pdpb:impor_susulan", args=[batch.pk])
    assert client.get(susulan).status_code == 200
    client.post(susulan, {"berkas": [ContentFile(baik, name="s.csv")]})
    jalankan("pdpb.periksa_impor")
    wajib = {"terima_peringatan": "on", "alasan": "susulan dari kelurahan"}
    client.post(reverse("pdpb:impor_terapkan", args=[batch.pk]), wajib)
    jalankan("pdpb.terapkan_impor")
    assert len(aktif()) == 2
    jelaskan = reverse("pdpb:impor_jelaskan", args=[batch.pk])
    assert client.post(jelaskan, {"jumlah": "1", "penjelasan": "pendek"}).status_code == 422
    client.post(jelaskan, {"jumlah": "1", "penjelasan": "Baris rusak pada berkas asal"})
    batch.refresh_from_db()
    assert batch.status == "selesai"
    batal = reverse("pdpb:impor_batalkan", args=[batch.pk])
    assert "keluar dari daftar" in client.get(batal).content.decode()
    client.post(batal, {"alasan": "salah berkas dari kelurahan"})
    assert not aktif()
    assert "Dibatalkan" in client.get(reverse("pdpb:impor_detail", args=[batch.pk])).content.decode()


def test_columns_can_be_chosen_and_a_column_used_twice_is_refused(client):
    masuk(client)
    isi = [berkas(baris("1"), kepala=KEPALA.replace("NAMA", "X1"))]
    batch = impor.unggah(isi, jenis="dpt", periode=make.periode(), oleh=make.sari(), pengirim="Kelurahan")
    url = reverse("pdpb:impor_kolom", args=[batch.pk])
    assert client.post(url, headers={"referer": f"http://testserver{url}"}).status_code in {302, 409}
    assert not Job.objects.exists(), "a file without names is not checked"
    awal = {"urut": "1", "pemisah": "#", "sandi": "utf-8", "urutan_tanggal": "dmy"}
    peta = batch.berkas.get().ringkasan["pemetaan"]
    judul = KEPALA.replace("NAMA", "X1").split("#")
    milik = {j: k for k, j in peta.items()}
    pilihan = {f"kolom_{n}": milik.get(j, "nama") for n, j in enumerate(judul)}
    jawab = client.post(url, awal | pilihan | {"kolom_0": "nik"})
    assert jawab.status_code == 422
    assert "dipilih untuk dua kolom" in jawab.content.decode()
    assert client.post(url, awal | pilihan).status_code == 302
    assert batch.berkas.get().ringkasan["pemetaan"]["nama"] == "X1"
    assert client.post(url, awal | pilihan | {"sandi": "cp1252"}).status_code == 302
    assert batch.berkas.get().ringkasan["sandi"] == "cp1252"


def test_a_refused_upload_says_why_and_keeps_the_list_empty(client):
    masuk(client)
    make.periode()
    data = {"jenis": "dpt", "periode": "2026-tw4", "kamus": "2024", "pengirim": "x"}
    assert client.post(reverse("pdpb:impor_baru"), data).status_code == 422
    jahat = ContentFile(b"MZ\x90 ini program", name="a.csv")
    jawab = client.post(reverse("pdpb:impor_baru"), data | {"berkas": [jahat]}, follow=True)
    assert "berisi program, bukan tabel CSV" in jawab.content.decode()
    assert not ImporBatch.objects.exists()


@pytest.mark.parametrize("metode", ["get", "post"])
@pytest.mark.parametrize("pola", urlpatterns_impor, ids=lambda p: p.name)
def test_only_the_desk_of_imports_opens_its_pages(client, pola, metode):
    batch = muat(baris("1"), baris("2", KELURAHAN="TALISEE"))
    isi = {k: v for k, v in (("pk", batch.pk), ("urut", 1)) if f":{k}>" in str(pola.pattern)}
    url = reverse(f"pdpb:{pola.name}", kwargs=isi)
    for peran in PERAN:
        masuk(client, peran)
        status = getattr(client, metode)(url).status_code
        assert (status != 404) is (peran in BOLEH), (peran, status)
    client.logout()
    assert reverse("account_login") in getattr(client, metode)(url).url


def test_the_list_that_waits_counts_what_the_card_counts(client):
    masuk(client)
    muat(baris("1"))
    muat(baris("2", KELURAHAN="TALISEE"))
    impor.unggah([berkas(baris("1"))], jenis="dpt", periode=make.periode(), oleh=make.sari())
    isi = client.get(reverse("pdpb:impor_daftar"), {"belum": "1"}).content.decode()
    assert len(re.findall(r"<tr><td>", isi)) == 2
    assert len(re.findall(r"<tr><td>", client.get(reverse("pdpb:impor_daftar")).content.decode())) == 3


def test_no_page_of_an_import_shows_a_nik(client):
    batch = muat(baris("1", NIK="7271011708909177", KELAMIN="P"), baris("2", NIK="727101170890917"))
    masuk(client)
    for nama in ("detail", "kolom", "periksa", "dampak", "berita_acara", "batalkan", "laporan"):
        jawab = client.get(reverse(f"pdpb:impor_{nama}", args=[batch.pk]))
        isi = b"".join(jawab.streaming_content) if jawab.streaming else jawab.content
        assert not re.search(rb"7271[0-9]{8}", re.sub(rb"[0-9a-f]{64}", b"", isi)), nama
    assert Pendaftaran.objects.aktif().count() == 2


def test_pages_cost_few_queries(client, django_assert_max_num_queries):
    batch = muat(*(baris(str(n), KELAMIN="P") for n in range(1, 31)))
    masuk(client)
    for nama, batas in (("daftar", 14), ("detail", 22), ("periksa", 20)):
        url = reverse("pdpb:impor_daftar") if nama == "daftar" else reverse(f"pdpb:impor_{nama}", args=[batch.pk])
        client.get(url)
        with django_assert_max_num_queries(batas):
            client.get(url)
