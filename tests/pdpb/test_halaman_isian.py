"""What a wrong input gets, and steps taken with many changes at once."""

import pytest
from django.conf import settings
from django.urls import reverse

from pdpb.models import (
    Perubahan,
)
from pdpb.views.perubahan import MAKS_MASSAL
from tests import make
from tests.pdpb.halaman import alamat, masuk

pytestmark = pytest.mark.django_db


BARU = {
    "kategori": "genap_17", "nik": "7271084411090001", "nkk": "7271080101209001", "nama": "Nur Contoh",
    "tanggal_lahir": "04-11-2009", "jenis_kelamin": "P", "status_kawin": "B", "rt": "1", "rw": "2", "disabilitas": "0",
    "status_ktpel": "S", "kelurahan": make.TALISE, "tps": "1", "sumber_informasi": "lain",
}  # fmt: skip
PERIODE = {
    "jenis": "triwulan", "tahun": "2027", "urutan": "1", "mulai": "01-01-2027", "akhir": "31-03-2027",
    "dasar_hukum": "PKPU 1/2025",
}  # fmt: skip
SALAH = [
    ("usul_baru", "operator", BARU | {"nik": "72710844110900"}, "NIK harus tepat 16 angka", "72710844110900"),
    ("usul_baru", "operator", BARU | {"nkk": "abc"}, "Nomor KK harus tepat 16 angka", "Nur Contoh"),
    ("usul_baru", "operator", BARU | {"tanggal_lahir": "31-02-2009"}, "Tanggal tidak dikenal", "31-02-2009"),
    ("usul_baru", "operator", BARU | {"tanggal_lahir": "04-11-2126"}, "di masa depan", "04-11-2126"),
    ("usul_baru", "operator", BARU | {"tanggal_lahir": "04-11-1809"}, "tidak wajar", "04-11-1809"),
    ("usul_baru", "operator", BARU | {"tanggal_lahir": "04-11-2020"}, "belum memenuhi syarat umur", "04-11-2020"),
    ("usul_baru", "operator", BARU | {"rt": "dua"}, "RT ditulis dengan angka", 'value="dua"'),
    ("usul_baru", "operator", BARU | {"tps": "88"}, "TPS dengan nomor ini tidak ada", 'value="88"'),
    ("usul_baru", "operator", BARU | {"kelurahan": "72.71.99.9999"}, "Masukkan pilihan yang valid", "Nur Contoh"),
    ("usul_baru", "operator", BARU | {"nama": ""}, "masih kosong", "7271084411090001"),
    ("usul_baru", "operator", BARU | {"nama": "x" * 121}, "120 karakter", "x" * 121),
    ("usul_tms", "operator", {"kategori": "ganda", "catatan": "dua baris"}, "Isi DPID baris aktif", "dua baris"),
    ("usul_tms", "operator", {"kategori": "tidak_dikenal", "catatan": "lama"}, "pilihan", "lama"),
    ("usul_mutasi", "operator", {"kelurahan": make.LERE, "tps": "77", "alamat": "JL. X"}, "tidak ada di", "JL. X"),
    ("usul_mutasi", "operator", {"kelurahan": make.LERE, "rt": "satu"}, "RT ditulis dengan angka", "satu"),
    ("usul_ubah", "operator", {"nama": "Ma'ruf", "rw": "kosong"}, "RW ditulis dengan angka", "kosong"),
    ("pemilih_cari", "operator", {"kata": "ab", "tujuan": "mencocokkan akta"}, "3 karakter", "mencocokkan akta"),
    ("pemilih_cari", "operator", {"kata": "siti", "tujuan": ""}, "masih kosong", "siti"),
    ("pemilih_buka_nik", "operator", {"tujuan": "cek"}, "5 karakter", 'value="cek"'),
    ("periode_baru", "kasubbag_rendatin", PERIODE | {"akhir": "01-01-2020"}, "lebih awal daripada", "01-01-2020"),
    ("periode_baru", "kasubbag_rendatin", PERIODE | {"mulai": "kemarin"}, "Tanggal tidak dikenal", "kemarin"),
    ("periode_baru", "kasubbag_rendatin", PERIODE, "belum ditetapkan", "PKPU 1/2025"),
    ("periode_baru", "kasubbag_rendatin", PERIODE | {"tahun": "2026", "urutan": "4"}, "sudah ada", "PKPU 1/2025"),
    ("periode_ubah", "kasubbag_rendatin", PERIODE | {"tanggal_pleno": "01-01-2020"}, "tidak mungkin sebelum", "2020"),
    (
        "masukan",
        "kasubbag_rendatin",
        {"lembaga": "Bawaslu", "isi": "", "jawaban": "Ya"},
        "masih kosong",
        "Bawaslu",
    ),
    ("buka_minta", "operator", {"nomor_surat": "1/X", "alasan": "pendek"}, "10 karakter", "1/X"),
    ("buka_minta", "operator", {"nomor_surat": "1/X", "alasan": "alasan cukup panjang"}, "dibekukan", "alasan cukup"),
    ("buka_setujui", "ketua", {"sampai": "besok"}, "Tanggal tidak dikenal", "besok"),
    ("buka_setujui", "ketua", {"sampai": "31-12-2099"}, "tidak lagi dibekukan", "31-12-2099"),
]


@pytest.mark.parametrize(("nama", "peran", "data", "kalimat", "tersimpan"), SALAH)
def test_wrong_input_gets_a_sentence_and_stays_in_the_form(client, kantor, nama, peran, data, kalimat, tersimpan):
    masuk(client, peran)
    url = alamat(nama, kantor)
    jawaban = client.post(url, data, headers={"referer": f"http://testserver{url}"})
    isi = jawaban.content.decode()
    assert jawaban.status_code in (200, 422)
    assert kalimat in isi.replace("&#x27;", "'")
    assert tersimpan in isi.replace("&#x27;", "'")
    assert "Ada isian yang perlu diperbaiki" in isi
    assert "<title>Galat:" in isi


def test_a_filter_that_cannot_be_says_so_and_shows_no_error_page(client, kantor):
    masuk(client, "operator")
    for kueri in ("tps=abc", "tps=0", "kelurahan=x", "jenis_kelamin=Q", "ukuran=7", "setelah=palsu", "sebelum=palsu"):
        assert client.get(reverse("pdpb:pemilih_daftar") + f"?{kueri}").status_code == 200, kueri
    for kueri in ("periode=x", "sejak=2026-99-99", "batch=x", "wilayah='", "jenis=x", "antrean=x", "status=%00"):
        assert client.get(reverse("pdpb:perubahan_daftar") + f"?{kueri}").status_code == 200, kueri
    for kueri in ("tingkat=x", "wilayah='", "wilayah=99"):
        assert client.get(reverse("pdpb:rekap", args=["2026-tw4"]) + f"?{kueri}").status_code == 200, kueri


def test_evidence_that_is_not_what_it_says_is_refused(client, kantor):
    from django.core.files.uploadedfile import SimpleUploadedFile

    masuk(client, "operator")
    palsu = SimpleUploadedFile("akta.pdf", b"MZ\x90\x00 bukan pdf", "application/pdf")
    jawaban = client.post(
        alamat("usul_tms", kantor), {"kategori": "meninggal", "jenis_dokumen": "Akta", "berkas": palsu}
    )
    assert jawaban.status_code == 422
    assert "bukan PDF, JPG, atau PNG" in jawaban.content.decode()


def test_a_step_with_many_shows_the_check_page_then_the_outcome_of_each(client, kantor):
    masuk(client, "verifikator")
    ids = list(Perubahan.objects.filter(status__in=["diusulkan", "disetujui"]).values_list("pk", flat=True))
    usulan = Perubahan.objects.filter(status="diusulkan").count()
    url = reverse("pdpb:perubahan_massal")
    periksa = client.post(url, {"langkah": "verifikasi", "id": ids}).content.decode()
    assert f"{len(ids)} perubahan dipilih" in periksa
    assert Perubahan.objects.filter(status="diusulkan").exists()
    hasil = client.post(url, {"langkah": "verifikasi", "id": ids, "lanjut": "1", "sumber_informasi": "lain"})
    assert f"{usulan} berhasil, {len(ids) - usulan} dilewati" in hasil.content.decode()
    assert not Perubahan.objects.filter(status="diusulkan").exists()


def test_a_refused_step_keeps_the_selection_and_says_why(client, kantor):
    """The check page is reached by POST only: going back to it by GET would lose everything ticked."""
    masuk(client, "verifikator")
    satu = Perubahan.objects.filter(status="diusulkan").first()
    url = reverse("pdpb:perubahan_massal")
    data = {"langkah": "tolak", "id": satu.pk, "lanjut": "1", "catatan": "pendek"}
    jawaban = client.post(url, data, headers={"referer": f"http://testserver{url}"})
    isi = jawaban.content.decode()
    assert jawaban.status_code == 422
    assert "memerlukan alasan" in isi
    assert f'name="id" value="{satu.pk}"' in isi
    assert 'value="pendek"' in isi


def test_the_largest_selection_fits_into_one_form():
    assert MAKS_MASSAL + 20 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
