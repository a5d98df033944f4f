"""Opening a page in one of its states, and holding it against WCAG 2.2 AA at three sizes."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAYAR
from tests.browser.kantor import Halaman, pengguna

ATURAN = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
          "resultTypes": ["violations"]}  # fmt: skip
# Elements that reach beyond the edge of the page, unless the page does not scroll sideways after all.
_LEBIH = """() => document.documentElement.scrollWidth <= 320 ? [] :
  [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 321)
    .slice(0, 4).map(e => e.tagName + '.' + e.className + ' ' + e.innerText?.slice(0, 40))"""


def buka(orang, halaman: Halaman, tempat: dict, **lain) -> Page:
    """The page as its person sees it; where a button is to be pressed, after that, with its errors."""
    page = orang(pengguna(halaman.peran), **lain)
    jawaban = page.goto(halaman.url(tempat))
    assert jawaban is not None
    assert (jawaban.status == 404) == (halaman.nama == "tidak-ada"), jawaban
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


def periksa(page: Page) -> None:
    """Axe finds nothing at the office's screen and on a phone; at 320 pixels, 1280 at 400 %, the page fits."""
    for nama, ukuran in LAYAR.items():
        ukur(page, ukuran)
        assert pelanggaran(page) == [], nama
    ukur(page, {"width": 320, "height": 640})
    assert page.evaluate(_LEBIH) == [], "melebar ke samping pada 320 piksel"
