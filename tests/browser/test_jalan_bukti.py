"""A proof from the desk to somebody else's phone, and the page of trust, as their people see them."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pdpb.models import Pendaftaran, Periode
from tests import make
from tests.browser.kantor import isi_kantor, pengguna
from tests.browser.periksa import periksa


@pytest.fixture(scope="module")
def kantor(peladen):
    tempat = isi_kantor()
    make.triwulan_lalu(Periode.objects.get(pk=tempat["lama"]))
    return tempat


def test_from_the_desk_to_the_phone_of_whoever_is_shown_it(orang, kantor, tmp_path):
    page = orang(pengguna("operator"))
    page.goto(reverse("pdpb:pemilih_detail", args=[kantor["terdaftar"]]))
    page.get_by_role("link", name="Beri bukti terdaftar").click()
    page.get_by_label("KTP-el", exact=True).check()
    page.get_by_label(re.compile("Wajah orang")).check()
    page.get_by_role("button", name="Catat dan siapkan bukti").click()
    expect(page.get_by_text(re.compile("BKT-.* dicatat"))).to_be_visible()
    periksa(page)
    with page.expect_download() as lembar:
        page.get_by_role("button", name="Cetak lembar bukti").click()
    assert lembar.value.suggested_filename.endswith(".pdf")
    with page.expect_download() as berkas:
        page.get_by_role("button", name="Unduh berkas bukti").click()
    jalur = tmp_path / "bukti.json"
    berkas.value.save_as(jalur)
    for lain in ({}, {"java_script_enabled": False}):
        telepon = orang(None, "ponsel", **lain)
        telepon.goto(reverse("pdpb:bukti_periksa"))
        telepon.get_by_label("Berkas bukti").set_input_files(jalur)
        telepon.get_by_role("button", name="Periksa bukti").click()
        expect(telepon.get_by_role("status").get_by_text("Sah", exact=True)).to_be_visible()
        nama = Pendaftaran.objects.filter(pemilih=kantor["terdaftar"]).first().nama
        expect(telepon.get_by_text(nama)).to_be_visible()
        if not lain:
            periksa(telepon)


def test_a_changed_file_is_told_apart(orang, kantor, tmp_path):
    page = orang(None)
    page.goto(reverse("pdpb:bukti_periksa"))
    page.get_by_label(re.compile("isi kode QR")).fill("bukan bukti")
    page.get_by_role("button", name="Periksa bukti").click()
    expect(page.locator(".ringkasan-galat")).to_be_visible()


def test_the_page_of_trust_with_trends_is_for_everybody(orang, kantor):
    for lain in ({}, {"java_script_enabled": False}):
        page = orang(None, **lain)
        page.goto(reverse("pdpb:pengumuman", args=[kantor["lama"]]))
        expect(page.get_by_role("heading", name="Apa yang berubah")).to_be_visible()
        expect(page.get_by_role("img", name="Jumlah pemilih dari waktu ke waktu")).to_be_visible()
        expect(page.get_by_role("rowheader", name="Talise", exact=True)).to_be_visible()
        if not lain:
            periksa(page)


def test_the_page_of_trust_prints_its_figures_and_no_button(orang, kantor):
    page = orang(None)
    page.goto(reverse("pdpb:pengumuman", args=[kantor["lama"]]))
    masuk = page.get_by_role("link", name="Masuk", exact=True)
    expect(masuk).to_be_visible()
    page.emulate_media(media="print")
    expect(masuk).to_be_hidden()
    expect(page.get_by_role("table", name="Pemilih per kelurahan")).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
