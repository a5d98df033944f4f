"""Choosing whom a row means, with the keyboard and without script, by two officers at once."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from pdpb import impor
from pdpb.models import PadananBaris
from tests import make


@pytest.fixture
def batch(peladen):
    """Three rows with the year of birth wrong, each meaning one of two voters."""
    make.pemilih(nama="RINA MARLINA", tanggal_lahir=date(1970, 3, 4), jenis_kelamin="P")
    make.pemilih(nama="RINA MARLINA", tanggal_lahir=date(1972, 3, 4), jenis_kelamin="P")
    make.selesai_daftar()
    baris = [f"Rina Marlina;P;04-03-1971;Talise;KM-{n};meninggal" for n in range(3)]
    isi = "\n".join(["NAMA ALMARHUM;L/P;TGL LAHIR;KELURAHAN;NO AKTA KEMATIAN;KATEGORI", *baris]).encode()
    berkas = SimpleUploadedFile(f"kematian-{PadananBaris.objects.count()}.csv", isi)
    batch = impor.unggah([berkas], jenis="perubahan", periode=make.periode(), oleh=make.sari(), pengirim="Lurah")
    impor.periksa(batch, oleh=make.sari())
    make.lupakan_sementara()
    return batch


def status(batch):
    return list(PadananBaris.objects.filter(batch=batch).order_by("baris").values_list("status", flat=True))


def test_the_keyboard_chooses_and_two_officers_never_meet(orang, batch):
    satu, dua = orang(make.sari()), orang(make.wati())
    for page in (satu, dua):
        page.goto(reverse("pdpb:padanan_daftar", args=[batch.pk]))
        page.get_by_role("button", name="Ambil baris berikutnya").click()
    expect(satu.get_by_role("heading", level=1)).to_contain_text("baris 2")
    expect(dua.get_by_role("heading", level=1)).to_contain_text("baris 3")
    satu.get_by_role("heading", level=1).click()
    satu.keyboard.press("1")
    expect(satu.get_by_role("heading", level=1)).to_contain_text("baris 4")
    expect(satu.get_by_role("status").first).to_contain_text("Baris 2: orangnya dipastikan")
    satu.goto(dua.url)
    expect(satu.get_by_text("Sedang dikerjakan Wati")).to_be_visible()
    expect(satu.get_by_role("button", name="Tidak ada di daftar")).to_have_count(0)
    dua.get_by_role("heading", level=1).click()
    dua.keyboard.press("9")
    expect(dua.get_by_role("status").first).to_contain_text("tidak ada di daftar")
    assert status(batch) == ["dipastikan", "tidak_ada", "menunggu"]


def test_without_script_the_buttons_do_it(orang, batch):
    page = orang(make.sari(), java_script_enabled=False)
    page.goto(reverse("pdpb:padanan_daftar", args=[batch.pk]))
    page.get_by_role("button", name="Ambil baris berikutnya").click()
    page.get_by_role("button", name="2 · Orang ini").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("baris 3")
    satu = PadananBaris.objects.get(batch=batch, baris=2)
    assert satu.pilihan_id == satu.calon[1]["versi"]
