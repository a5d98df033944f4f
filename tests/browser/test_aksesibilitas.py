"""Nobody is shut out: axe on every page in its states, the keyboard, 320 pixels, and no JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from kpupalu.accounts.models import User
from kpupalu.jobs.models import Job
from kpupalu.lib.waktu import sekarang
from pdpb.models import Pendaftaran
from tests import make
from tests.browser.conftest import LAYAR
from tests.browser.kantor import FRASA, HALAMAN, Halaman, isi_kantor, pengguna
from tests.browser.kibor import jalan, tab_sampai

ATURAN = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
          "resultTypes": ["violations"]}  # fmt: skip
# Elements that reach beyond the edge of the page, unless the page does not scroll sideways after all.
_LEBIH = """() => document.documentElement.scrollWidth <= 320 ? [] :
  [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 321)
    .slice(0, 4).map(e => e.tagName + '.' + e.className + ' ' + e.innerText?.slice(0, 40))"""


@pytest.fixture(scope="module")
def kantor(peladen):
    return isi_kantor()


def buka(orang, halaman: Halaman, tempat: dict, **lain) -> Page:
    """The page as its person sees it; where a button is to be pressed, after that, with its errors."""
    page = orang(pengguna(halaman.peran), **lain)
    page.goto(halaman.url(tempat))
    if halaman.tekan:
        page.get_by_role("main").get_by_role("button", name=halaman.tekan, exact=True).last.click()
        expect(page.locator(".ringkasan-galat").first).to_be_visible()
    return page


def ukur(page: Page, ukuran: dict) -> None:
    """Give the window another size and wait until the page has drawn itself in it."""
    page.set_viewport_size(ukuran)
    page.evaluate("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")


def pelanggaran(page: Page) -> list[str]:
    """What axe finds: rule and the place of each."""
    hasil = Axe().run(page, options=ATURAN).response["violations"]
    return [
        f"{v['id']}: {n['target'][0]}: {n['failureSummary'].splitlines()[-1].strip()}"
        for v in hasil
        for n in v["nodes"]
    ]


@pytest.mark.parametrize("halaman", HALAMAN, ids=[h.id for h in HALAMAN])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(orang, kantor, halaman):
    """At the office's screen and on a phone; and at 320 pixels, which is also 1280 at 400 %, the page fits."""
    page = buka(orang, halaman, kantor)
    for nama, ukuran in LAYAR.items():
        ukur(page, ukuran)
        assert pelanggaran(page) == [], nama
    ukur(page, {"width": 320, "height": 640})
    assert page.evaluate(_LEBIH) == [], "melebar ke samping pada 320 piksel"


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
