"""A petugas at the door with a phone of 360 pixels: one row after the other, large buttons, a photograph, no script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pdpb.models import BarisCoktas, Perubahan
from tests import make
from tests.browser.conftest import LAYAR
from tests.browser.periksa import pelanggaran, periksa, ukur
from tests.pdpb import lapangan


@pytest.fixture(scope="module")
def lapangan_isi(peladen, tmp_path_factory):
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("coktas")
    with override_settings(DATA_DIR=folder, MEDIA_ROOT=folder / "berkas"):
        make.komisioner()
        orang = lapangan.wilayah()
        satu = lapangan.kegiatan(lapangan.rizal(), orang={k: v for k, v in orang.items() if k != "diminta"})
        yield {"orang": orang, "kegiatan": satu}


def test_a_petugas_fills_in_the_rows_without_script(orang, lapangan_isi):
    page = orang(lapangan.rizal(), "ponsel", java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Tugas coktas Anda").first.click()
    expect(page.get_by_text("Terisi 0 dari 2")).to_be_visible()
    page.get_by_role("link", name="DIDUGA MENINGGAL").click()
    tombol = page.get_by_role("main").get_by_role("link", name="Meninggal", exact=True)
    kotak = tombol.bounding_box()
    assert kotak is not None
    assert kotak["height"] >= 48
    assert kotak["width"] >= 300
    tombol.click()
    page.get_by_role("button", name="Simpan hasil").click()
    expect(page.locator(".ringkasan-galat")).to_contain_text("Pemberi keterangan")
    page.get_by_label("Dokumen yang diperlihatkan").select_option("Akta kematian")
    page.get_by_label("Foto", exact=False).set_input_files(
        {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": lapangan.JPG}
    )
    page.get_by_label("Pemberi keterangan").fill("Ani, anak")
    page.get_by_role("button", name="Simpan hasil").click()
    expect(page.get_by_text("DIDUGA MENINGGAL: meninggal, sudah dicatat.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("HJ. TUA SEKALI")
    page.get_by_role("link", name="Sesuai").click()
    page.get_by_label("Pemberi keterangan").fill("Yang bersangkutan")
    page.get_by_role("button", name="Simpan hasil").click()
    expect(page.get_by_text("Semua baris Anda pada kegiatan ini sudah diisi.")).to_be_visible()
    assert set(BarisCoktas.objects.values_list("hasil", flat=True)) == {"meninggal", "sesuai"}
    usulan = Perubahan.objects.get(pemilih=lapangan_isi["orang"]["diduga"].pemilih)
    assert usulan.bukti.sumber_informasi == "coktas"


ALAMAT = [
    ("rizal", "petugas_coktas", "coktas_tugas", ()),
    ("rizal", "petugas_coktas", "coktas_satu", ("baris",)),
    ("wati", "verifikator", "coktas_daftar", ()),
    ("wati", "verifikator", "coktas_calon", ()),
    ("wati", "verifikator", "coktas_calon_satu", (make.TALISE,)),
    ("wati", "verifikator", "coktas_detail", ("kegiatan",)),
    ("wati", "verifikator", "coktas_selesai", ("kegiatan",)),
    ("wati", "verifikator", "kematian_daftar", ()),
    ("wati", "verifikator", "kematian_detail", ("diminta",)),
    ("wati", "verifikator", "kematian_surat", (make.TALISE,)),
    ("dewi", "auditor", "kematian_daftar", ()),
    ("dewi", "auditor", "coktas_detail", ("kegiatan",)),
    ("sari", "operator", "kematian_lapor", ("diminta",)),
]


@pytest.mark.parametrize(("nama", "peran", "halaman", "isi"), ALAMAT, ids=[f"{a[2]}-{a[1]}" for a in ALAMAT])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(orang, lapangan_isi, nama, peran, halaman, isi):
    satu = lapangan_isi["kegiatan"]
    tempat = {
        "kegiatan": satu.pk,
        "baris": lapangan.baris(satu, lapangan_isi["orang"]["tua"]).pk,
        "diminta": lapangan_isi["orang"]["diminta"].pemilih_id,
    }
    page = orang(make.orang(nama, peran))
    jawaban = page.goto(reverse(f"pdpb:{halaman}", args=[tempat.get(a, a) for a in isi]))
    assert jawaban is not None
    assert jawaban.status == 200
    periksa(page)


@pytest.mark.parametrize("hasil", BarisCoktas.Hasil.values)
def test_each_form_of_a_result_also_with_its_errors(orang, lapangan_isi, hasil):
    satu = lapangan_isi["kegiatan"]
    baris = lapangan.baris(satu, lapangan_isi["orang"]["tua"])
    page = orang(lapangan.rizal(), "ponsel")
    page.goto(reverse("pdpb:coktas_isi", args=[baris.pk, hasil]))
    assert pelanggaran(page) == []
    page.get_by_role("button", name="Simpan hasil").click()
    expect(page.locator(".ringkasan-galat")).to_be_visible()
    for ukuran in (LAYAR["ponsel"], LAYAR["kantor"]):
        ukur(page, ukuran)
        assert pelanggaran(page) == []
    ukur(page, {"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
