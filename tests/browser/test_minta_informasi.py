"""A citizen asks for information without account; the desk, a unit and the PPID answer, and the citizen sees it."""

import re

import pytest
from playwright.sync_api import Page, expect

from kpupalu.demo.kantor import buat_kantor
from kpupalu.demo.layanan_informasi import angkat_pejabat
from ppid.models import Permohonan
from tests.browser.periksa import periksa
from tests.browser.tugas import FRASA, SANDI, masuk


@pytest.fixture(scope="module")
def kantor(peladen):
    """The people of the office, with a PPID."""
    buat_kantor(sandi=SANDI)
    angkat_pejabat(frasa=FRASA)


def isi_formulir(page: Page) -> None:
    page.goto("/ppid/informasi/ajukan/")
    page.get_by_label("Informasi yang Anda minta").fill("Jumlah TPS per kelurahan")
    page.get_by_label("Tujuan penggunaan").fill("Penelitian kampus")
    page.get_by_label("Salinan berkas").check()
    page.get_by_label("Diunduh dari halaman tiket").check()
    page.get_by_label("Perorangan").check()
    page.get_by_label("Nama", exact=True).fill("Warga Contoh")
    page.get_by_role("textbox", name="Alamat").fill("Jalan Contoh Nomor 1")
    page.get_by_role("textbox", name="Surel (opsional)").fill("warga@contoh.example")
    page.get_by_label(re.compile("Saya setuju")).check()


def langkah(page: Page, p: Permohonan, tautan: str, tombol: str) -> None:
    """Open the request, choose a step, press the button of its page."""
    page.goto(p.get_absolute_url())
    page.get_by_role("link", name=tautan, exact=True).click()
    page.get_by_role("main").get_by_role("button", name=tombol, exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("berhasil")


def test_asked_on_the_site_worked_on_by_three_and_seen_by_who_asked(kantor, orang):
    warga = orang()
    warga.goto("/ppid/informasi/ajukan/")
    warga.get_by_role("main").get_by_role("button", name="Kirim permohonan").click()
    expect(warga.locator(".ringkasan-galat").first).to_be_visible()
    periksa(warga)
    isi_formulir(warga)
    warga.get_by_role("button", name="Kirim permohonan").click()
    expect(warga.get_by_role("status").first).to_contain_text("terdaftar")
    kode = warga.locator("#kode-tiket").inner_text()
    periksa(warga)
    p = Permohonan.objects.get()

    indah = masuk(orang(), "indah")
    indah.goto("/ppid/permohonan/")
    periksa(indah)
    langkah(indah, p, "Nyatakan lengkap", "Nyatakan lengkap")
    indah.get_by_role("link", name="Minta kepada unit").click()
    indah.get_by_label("Unit", exact=True).select_option(label="Hukum dan Sumber Daya Manusia")
    indah.get_by_label(re.compile("Jumlah TPS")).check()
    indah.get_by_label("Yang diminta").fill("Mohon jumlah TPS per kelurahan")
    indah.get_by_role("main").get_by_role("button", name="Minta kepada unit").click()
    expect(indah.get_by_role("status").first).to_contain_text("berhasil")
    periksa(indah)

    nirma = masuk(orang(), "nirma")
    nirma.goto("/ppid/unit/")
    periksa(nirma)
    nirma.get_by_role("link", name=p.nomor).click()
    periksa(nirma)
    nirma.get_by_role("link", name="Jawab", exact=True).click()
    nirma.get_by_label("Ya", exact=True).check()
    nirma.get_by_label("Jawaban", exact=True).fill("Terlampir pada daftar TPS.")
    nirma.get_by_role("main").get_by_role("button", name="Jawab permintaan").click()
    expect(nirma.get_by_text("Unit menguasai informasi ini.")).to_be_visible()
    nirma.goto(p.get_absolute_url())
    nirma.get_by_role("link", name="Putuskan butir 1").click()
    periksa(nirma)
    nirma.get_by_label("Diberikan", exact=True).check()
    nirma.get_by_label(re.compile("Materi yang diberikan")).fill("Jumlah TPS per kelurahan")
    nirma.get_by_label("Bentuk yang diberikan").select_option("softcopy")
    nirma.get_by_role("main").get_by_role("button", name="Putuskan butir").click()
    expect(nirma.get_by_role("status").first).to_contain_text("diputuskan")

    warga.goto("/ppid/informasi/tiket/")
    warga.get_by_label("Nomor pendaftaran").fill(p.nomor)
    warga.get_by_label("Kode tiket").fill(kode.lower())
    warga.get_by_role("button", name="Lihat tiket").click()
    expect(warga.get_by_text("Sedang diproses").first).to_be_visible()
    periksa(warga)
