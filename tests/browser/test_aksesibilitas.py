"""Nobody is shut out: axe on every page in its states, the keyboard, 320 pixels, and no JavaScript."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from kpupalu.accounts.models import User
from kpupalu.jobs.models import Job
from kpupalu.lib.waktu import sekarang
from pdpb.models import Pendaftaran
from tests import make
from tests.browser.conftest import LAYAR
from tests.browser.kantor import FRASA, HALAMAN, Halaman, isi_kantor, pengguna
from tests.browser.kibor import jalan, tab_sampai
from tests.browser.periksa import buka, periksa


@pytest.fixture(scope="module")
def kantor(peladen):
    return isi_kantor()


@pytest.mark.parametrize("halaman", HALAMAN, ids=[h.id for h in HALAMAN])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(orang, kantor, halaman):
    """At the office's screen and on a phone; and at 320 pixels, which is also 1280 at 400 %, the page fits."""
    periksa(buka(orang, halaman, kantor))


def test_axe_on_the_pages_of_many_at_once(orang, kantor):
    """The check page, the same with its error, and the outcome: reached by a form, not by an address."""
    page = buka(orang, Halaman("perubahan", "verifikator", ("pdpb:perubahan_daftar",), "?status=diusulkan"), kantor)
    page.get_by_label(re.compile("Semua .* perubahan")).check()
    page.get_by_role("button", name="Tangguhkan").click()
    periksa(page)
    page.get_by_role("button", name=re.compile("Tangguhkan .* perubahan")).click()
    expect(page.locator(".ringkasan-galat")).to_be_focused()
    periksa(page)
    page.set_viewport_size(LAYAR["kantor"])
    page.get_by_label("Alasan atau catatan").fill("Menunggu surat lurah")
    page.get_by_role("button", name=re.compile("Tangguhkan .* perubahan")).click()
    expect(page.get_by_text("berhasil, 0 dilewati")).to_be_visible()
    periksa(page)


def test_axe_on_what_a_search_found(orang, kantor):
    page = buka(orang, Halaman("cari", "operator", ("pdpb:pemilih_cari",)), kantor)
    page.get_by_label("Nama atau NIK").fill("contoh")
    page.get_by_label("Tujuan akses").fill("mencocokkan akta")
    page.get_by_role("button", name="Cari").click()
    expect(page.get_by_role("table", name="Hasil pencarian")).to_be_visible()
    periksa(page)


def test_axe_on_setting_up_the_second_factor(orang, kantor):
    page = buka(orang, Halaman("pasang", "operator", ("mfa_activate_totp",)), kantor)
    page.get_by_label("Kata sandi").fill(make.SANDI)
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_label("Kode dari aplikasi")).to_be_visible()
    periksa(page)


# --- Keyboard ----------------------------------------------------------------------------------------------------
JALUR = [
    Halaman("masuk", "", ("account_login",)),
    Halaman("usul-baru", "operator", ("pdpb:usul_baru",), tekan="Ajukan usulan"),
    Halaman("impor-kolom", "operator", ("pdpb:impor_kolom", "impor")),
    Halaman("tandatangani", "rahma", ("naskah:tandatangani", "siap")),
    Halaman("perubahan", "verifikator", ("pdpb:perubahan_daftar",)),
]


@pytest.mark.parametrize("halaman", JALUR, ids=[h.id for h in JALUR])
def test_tab_reaches_everything_in_order_and_shows_where_it_is(orang, kantor, halaman):
    page = buka(orang, halaman, kantor)
    harus, henti = jalan(page)
    assert [h["uji"] for h in henti] == harus
    assert henti[0]["nama"] == "Lompat ke isi utama"
    assert [h["nama"] for h in henti if not h["terlihat"]] == [], "fokus tidak terlihat"
    assert [h["nama"] for h in henti if not h["di_layar"]] == [], "fokus di luar layar"


def test_skip_link_leads_past_the_menu(orang, kantor):
    page = buka(orang, Halaman("beranda", "operator", ("beranda",)), kantor)
    page.keyboard.press("Tab")
    expect(page.locator(".lompat")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#isi")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_errors_take_the_focus_and_lead_to_their_field(orang, kantor):
    page = buka(orang, Halaman("masukan", "kasubbag_rendatin", ("pdpb:masukan", "kini"), tekan="Catat masukan"), kantor)
    expect(page.locator(".ringkasan-galat")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Lembaga")).to_be_focused()
    assert page.title().startswith("Galat: ")


def test_login_with_keys_alone(orang, kantor):
    page = orang()
    page.goto("/")
    tab_sampai(page, page.get_by_label("Nama pengguna"))
    page.keyboard.type("uji_operator")
    page.keyboard.press("Tab")
    page.keyboard.type(make.SANDI)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Beranda")


def test_import_step_with_keys_alone(orang, kantor):
    """The first choice of a column is changed with the arrow keys and kept."""
    page = buka(orang, Halaman("impor-kolom", "operator", ("pdpb:impor_kolom", "impor")), kantor)
    tanggal = page.get_by_label("Urutan tanggal").first
    tab_sampai(page, tanggal)
    page.keyboard.press("ArrowDown")
    tab_sampai(page, page.get_by_role("button", name="Simpan susunan kolom").first)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Susunan kolom disimpan")).to_be_visible()
    expect(page.get_by_label("Urutan tanggal").first).to_have_value("mdy")


def test_signing_with_keys_alone(orang, kantor):
    page = buka(orang, Halaman("tandatangani", "rahma", ("naskah:tandatangani", "siap")), kantor)
    tab_sampai(page, page.get_by_label("Saya telah membaca berita acara ini"))
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(FRASA)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tanda tangan Anda tersimpan")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


# --- Without JavaScript ------------------------------------------------------------------------------------------
@pytest.fixture
def tanpa_js(orang):
    """``orang`` whose browser runs no script at all."""
    return lambda user=None: orang(user, java_script_enabled=False)


def test_without_javascript_login_and_filter(tanpa_js, kantor):
    page = tanpa_js()
    page.goto(reverse("pdpb:pemilih_daftar"))
    page.get_by_label("Nama pengguna").fill("uji_verifikator")
    page.get_by_label("Kata sandi").fill(make.SANDI)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Daftar pemilih")
    page.get_by_label("Jenis kelamin").select_option("P")
    page.get_by_role("button", name="Terapkan saringan").click()
    perempuan = Pendaftaran.objects.aktif().filter(jenis_kelamin="P").count()
    expect(page.get_by_text(f"{perempuan} pemilih dengan saringan ini")).to_be_visible()
    page.get_by_role("link", name="hapus saringan ini").click()
    expect(page.get_by_text(f"{Pendaftaran.objects.aktif().count()} pemilih dengan saringan ini")).to_be_visible()


def test_without_javascript_propose(tanpa_js, kantor):
    page = tanpa_js(pengguna("operator"))
    page.goto(reverse("pdpb:usul_tms", args=[kantor["pemilih"]]))
    page.get_by_role("button", name="Ajukan usulan").click()
    expect(page.locator(".ringkasan-galat")).to_contain_text("Sebab TMS")
    page.get_by_label("Sebab TMS").select_option("meninggal")
    page.get_by_label("Jenis dokumen").fill("Akta kematian")
    page.get_by_role("button", name="Ajukan usulan").click()
    expect(page.get_by_role("status").first).to_contain_text("Usulan dicatat")


def test_without_javascript_sign(tanpa_js, kantor):
    page = tanpa_js(User.objects.get(username="arif"))
    page.goto(reverse("naskah:tandatangani", args=[kantor["siap"]]))
    page.get_by_label("Saya telah membaca berita acara ini").check()
    page.get_by_label("Frasa sandi tanda tangan").fill(FRASA)
    page.get_by_role("button", name="Tanda tangani").click()
    expect(page.get_by_text("Tanda tangan Anda tersimpan")).to_be_visible()


def test_without_javascript_the_page_of_a_job_is_asked_again(tanpa_js, kantor):
    page = tanpa_js(pengguna("operator"))
    page.goto(reverse("jobs:detail", args=[kantor["kerja_antre"]]))
    expect(page.locator("#kemajuan")).to_contain_text("Menunggu giliran")
    Job.objects.filter(pk=kantor["kerja_antre"]).update(
        status="gagal", pesan="Dihentikan oleh uji.", selesai_pada=sekarang()
    )
    page.get_by_role("link", name="Muat ulang keadaan terbaru").click()
    expect(page.locator("#kemajuan")).to_contain_text("Dihentikan oleh uji.")
