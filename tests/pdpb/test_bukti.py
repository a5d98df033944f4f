"""Evidence: which files are taken, under which name, who may read them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pdpb.actions.perubahan import ambil_langkah
from pdpb.models import Bukti, Perubahan
from tests import make
from tests.pdpb.isian import PDF, kalimat, sebagai

pytestmark = pytest.mark.django_db


def kirim_bukti(client, versi, berkas, **lain):
    isi = {"kategori": "meninggal", "jenis_dokumen": "Akta", "sumber_informasi": "lain", "berkas": berkas} | lain
    return client.post(reverse("pdpb:usul_tms", args=[versi.pemilih_id]), isi)


@pytest.mark.parametrize(
    ("nama", "isi"),
    [
        ("kosong.pdf", b""),
        ("halaman.pdf", b"<html><script>alert(1)</script></html>"),
        ("gambar.png", b"GIF89a" + b"0" * 50),
        ("besar.pdf", PDF + b"0" * (6 * 1024 * 1024)),
        ("isi.pdf", b"\x00" * 20 + PDF),
        ("arsip.pdf", b"PK\x03\x04" + b"0" * 50),
    ],
)
def test_a_file_that_is_no_evidence_is_refused(client, data_dir, nama, isi):
    versi = make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    assert kirim_bukti(client, versi, SimpleUploadedFile(nama, isi)).status_code == 422
    assert Bukti.objects.count() == Perubahan.objects.count() == 0
    assert [p for p in data_dir.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("nama", ["../../etc/7271080101209001.pdf", "/etc/passwd.pdf", "a.html", "x.svg", "..\\b.exe"])
def test_evidence_is_stored_under_a_name_of_our_own(client, data_dir, nama):
    versi = make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    kirim_bukti(client, versi, SimpleUploadedFile(nama, PDF))
    bukti = Bukti.objects.get()
    assert len(bukti.sha256) == 64
    assert bukti.berkas.name.startswith("bukti/")
    assert bukti.berkas.name.endswith(f"/{bukti.sha256}.pdf")
    assert (data_dir / "berkas" / bukti.berkas.name).read_bytes() == PDF


def test_a_file_without_the_kind_of_document_is_not_dropped_silently(client, data_dir):
    versi = make.pemilih()
    make.selesai_daftar()
    sebagai(client, make.sari())
    for isi in ({"nomor": "12/AK/2026"}, {"berkas": SimpleUploadedFile("a.pdf", PDF)}):
        lengkap = {"kategori": "meninggal", "jenis_dokumen": "", "sumber_informasi": "lain"} | isi
        jawaban = client.post(reverse("pdpb:usul_tms", args=[versi.pemilih_id]), lengkap)
        assert jawaban.status_code == 422, isi
    assert Perubahan.objects.count() == 0


def test_evidence_is_read_by_those_with_the_right_only_and_reading_is_logged(client, data_dir):
    from kpupalu.audit.models import LogAkses

    versi = make.pemilih()
    make.selesai_daftar()
    kirim_bukti(sebagai(client, make.sari()), versi, SimpleUploadedFile("a.html", PDF + b"<script>1</script>"))
    satu = Perubahan.objects.get()
    alamat = reverse("pdpb:perubahan_bukti", args=[satu.pk])
    assert alamat in kalimat(client.get(reverse("pdpb:perubahan_detail", args=[satu.pk])))
    jawaban = sebagai(client, make.wati()).get(alamat)
    assert jawaban.status_code == 200
    assert jawaban["Content-Type"] == "application/pdf"
    assert jawaban["X-Content-Type-Options"] == "nosniff"
    assert jawaban["Content-Disposition"].startswith("attachment")
    assert "no-store" in jawaban["Cache-Control"]
    assert b"".join(jawaban.streaming_content if jawaban.streaming else [jawaban.content]).startswith(PDF)
    assert LogAkses.objects.filter(pelaku=make.wati(), objek_label__startswith="Bukti").count() == 1
    for peran in ("bawaslu", "auditor", "sekretaris", "gudang", "admin", "ketua", "anggota"):
        assert sebagai(client, make.orang(f"orang-{peran}", peran)).get(alamat).status_code == 404, peran
    client.logout()
    assert client.get(alamat).status_code == 302


def test_the_evidence_of_a_verified_change_cannot_be_exchanged(client):
    versi = make.pemilih()
    per = make.selesai_daftar()
    satu = make.usul("meninggal", versi, per=per)
    asal = Perubahan.objects.get(pk=satu).bukti_id
    ambil_langkah([satu], "verifikasi", oleh=make.wati(), periode=per)
    sebagai(client, make.budi()).post(
        reverse("pdpb:perubahan_massal"),
        {"id": satu, "langkah": "setujui", "lanjut": "1", "jenis_dokumen": "Palsu", "sumber_informasi": "lain"},
    )
    assert Perubahan.objects.get(pk=satu).bukti_id == asal
    assert not Bukti.objects.filter(jenis_dokumen="Palsu").exists()
