"""A citizen on a phone without script, the officers, the approved change, and the ticket that says it is answered."""

import re

import pytest
from playwright.sync_api import expect

from pdpb.models import Tanggapan
from tests import make
from tests.browser.periksa import periksa
from tests.pdpb.isian import PDF

TUTUP = {"name": "surat-kematian.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture(scope="module")
def daftar(peladen):
    """One voter in the list, and an open period."""
    make.pemilih(nama="LAILA CONTOH", jenis_kelamin="P")
    return make.selesai_daftar()


def judul(page):
    return page.get_by_role("heading", level=1)


def test_a_report_goes_its_whole_way(orang, daftar):
    warga = orang(layar="ponsel", java_script_enabled=False)
    kode = warga_melapor(warga)
    sari = orang(make.sari())
    operator_mengusulkan(sari)
    tiket_berkata(warga, kode, "Sedang diperiksa")
    verifikator_dan_kasubbag(orang)
    tiket_berkata(warga, kode, "Dijawab")
    expect(warga.get_by_role("heading", name="Jawaban")).to_be_visible()
    expect(warga.get_by_text("Laila")).to_have_count(0)
    warga.get_by_role("button", name="Tutup tiket pada peramban ini").click()
    warga.goto("/data-pemilih/tanggapan/tiket/lihat/")
    expect(judul(warga)).to_have_text("Lihat tiket tanggapan")


def warga_melapor(page) -> str:
    page.goto("/data-pemilih/pengumuman/")
    page.get_by_role("link", name="Sampaikan tanggapan").click()
    page.get_by_label("Sudah meninggal dunia").check()
    page.get_by_role("button", name="Kirim tanggapan").click()
    expect(page.locator(".ringkasan-galat")).to_contain_text("Tuliskan nama Anda")
    expect(page.get_by_label("Sudah meninggal dunia")).to_be_checked()
    page.get_by_label("Keluarga saya").check()
    page.get_by_label("Nama orang itu").fill("Laila Contoh")
    page.get_by_label("Tanggal lahir orang itu").fill("17-08-1990")
    page.get_by_label("Kelurahan tempat tinggalnya").select_option(make.TALISE)
    page.get_by_label("Foto atau dokumen").set_input_files(TUTUP)
    page.get_by_label("Nama Anda").fill("Warga Contoh")
    page.get_by_label(re.compile("Saya setuju")).check()
    page.get_by_role("button", name="Kirim tanggapan").click()
    expect(judul(page)).to_have_text("Tanda terima tanggapan")
    return page.locator("#kode-tiket").inner_text()


def operator_mengusulkan(page) -> None:
    page.goto("/")
    page.get_by_role("link", name="1 Tanggapan masyarakat").click()
    page.get_by_role("link", name=re.compile(r"^\d{4}-\d{5}$")).click()
    page.get_by_role("link", name="Nyatakan lengkap").click()
    page.get_by_role("button", name="Nyatakan lengkap").click()
    page.get_by_role("link", name="Cocokkan dengan pemilih").click()
    page.get_by_role("button", name=re.compile("Cocok.*LAILA CONTOH")).click()
    expect(page.get_by_role("status").first).to_contain_text("dicocokkan")
    page.get_by_role("link", name="Usulkan TMS").click()
    expect(page.get_by_label("Sebab TMS")).to_have_value("meninggal")
    page.get_by_label("Jenis dokumen").fill("Surat keterangan kematian")
    page.get_by_role("button", name="Ajukan usulan").click()
    expect(page.get_by_role("status").first).to_contain_text("Tiket mengikuti usulan ini")


def verifikator_dan_kasubbag(orang) -> None:
    p = Tanggapan.objects.get().perubahan_id
    for siapa, tombol in ((make.wati(), "Verifikasi"), (make.budi(), "Setujui")):
        page = orang(siapa)
        page.goto(f"/data-pemilih/perubahan/{p}/")
        page.get_by_role("button", name=tombol, exact=True).click()
        page.get_by_role("button", name=f"{tombol} 1 perubahan").click()
        expect(page.get_by_role("status").first).to_contain_text(f"{tombol} berhasil")


def tiket_berkata(page, kode: str, kata: str) -> None:
    page.goto("/data-pemilih/tanggapan/tiket/")
    page.get_by_label("Kode tiket").fill(kode.lower())
    page.get_by_role("button", name="Lihat tiket").click()
    expect(page.locator(".judul-baris .tag")).to_have_text(kata)


def test_axe_on_receipt_and_ticket(orang, daftar):
    """Pages that only the session of a reporter reaches."""
    page = orang(layar="ponsel")
    warga_melapor_cepat(page)
    periksa(page)
    page.goto("/data-pemilih/tanggapan/tiket/lihat/")
    periksa(page)
    Tanggapan.objects.filter(status="diterima").update(status="perlu_dilengkapi", kekurangan=["ktp", "datang"])
    page.reload()
    page.get_by_role("button", name="Kirim kelengkapan").click()
    expect(page.locator(".ringkasan-galat")).to_be_visible()
    periksa(page)


def warga_melapor_cepat(page) -> None:
    page.goto("/data-pemilih/tanggapan/")
    page.get_by_label("Hal lain tentang data pemilih").check()
    page.get_by_label("Diri saya sendiri").check()
    page.get_by_label("Kelurahan tempat tinggalnya").select_option(make.LERE)
    page.get_by_label("Keterangan").fill("Nama pada undangan keliru")
    page.get_by_label("Nama Anda").fill("Warga Contoh")
    page.get_by_label(re.compile("Saya setuju")).check()
    page.get_by_role("button", name="Kirim tanggapan").click()
    expect(judul(page)).to_have_text("Tanda terima tanggapan")
