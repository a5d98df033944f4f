"""Deciding pairs with the keyboard, and as a person without script does it."""

import re

import pytest
from playwright.sync_api import expect

from pdpb.models import PasanganGanda
from tests import make
from tests.pdpb.pasangan_uji import ALASAN, kembar, pasangan

DAFTAR = "/data-pemilih/ganda/"


@pytest.fixture
def tiga(peladen):
    baris = [pasangan(*kembar()) for _ in range(2)] + [pasangan(*kembar(), kelas="G4", tingkat="Mungkin")]
    make.selesai_daftar()
    return baris


def isi(page, bukti="Kartu Keluarga"):
    page.get_by_label("Jenis bukti").select_option(bukti)
    page.get_by_label("Alasan").first.fill(ALASAN)


def diusulkan(page, pasangan_):
    expect(page.get_by_role("status").first).to_contain_text(f"untuk {pasangan_} diusulkan")


def test_the_keyboard_decides_and_the_next_pair_opens(orang, tiga):
    satu, dua, mungkin = tiga
    page = orang(make.sari())
    page.goto(DAFTAR)
    page.get_by_role("link", name=str(satu), exact=True).click()
    expect(page.get_by_role("row", name=re.compile("^RT"))).to_contain_text("berbeda")
    expect(page.get_by_role("row", name=re.compile("^Nama MOH"))).not_to_contain_text("berbeda")
    # A digit typed into a field is a digit.
    page.get_by_label("Alasan").first.fill("")
    page.get_by_label("Alasan").first.press("2")
    expect(page.get_by_label("Alasan").first).to_have_value("2")
    isi(page)
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("1")
    diusulkan(page, satu)
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(dua))
    # The kind of evidence is kept for the next; the reason is not.
    expect(page.get_by_label("Jenis bukti")).to_have_value("Kartu Keluarga")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("3")
    expect(page.locator(".ringkasan-galat")).to_be_focused()
    isi(page)
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("3")
    diusulkan(page, dua)
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(mungkin))
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    assert [PasanganGanda.objects.get(pk=p.pk).putusan for p in tiga] == ["sama", "lapangan", ""]


def test_shortcuts_can_be_switched_off(orang, tiga):
    page = orang(make.sari())
    page.goto(tiga[0].get_absolute_url())
    page.keyboard.press("?")
    page.locator("[data-pintasan-aktif]").uncheck()
    page.keyboard.press("Escape")
    isi(page)
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("2")
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(tiga[0]))
    assert PasanganGanda.objects.get(pk=tiga[0].pk).status == "menunggu"


def test_without_script_the_buttons_do_it_and_a_second_officer_confirms(orang, tiga):
    satu = tiga[0]
    page = orang(make.sari(), java_script_enabled=False)
    page.goto(satu.get_absolute_url())
    page.get_by_label(re.compile("Baris B")).check()
    isi(page)
    page.get_by_role("button", name="Sama orang").click()
    diusulkan(page, satu)
    lain = orang(make.wati(), java_script_enabled=False)
    lain.goto("/")
    lain.get_by_role("link", name=re.compile("Konfirmasi data ganda")).first.click()
    lain.get_by_role("link", name=str(satu), exact=True).click()
    lain.get_by_role("button", name="Konfirmasi: sama orang").click()
    expect(lain.get_by_role("status").first).to_contain_text("dikonfirmasi")
    satu.refresh_from_db()
    assert (satu.status, satu.perubahan.pemilih_id) == ("dikonfirmasi", satu.a_id)
