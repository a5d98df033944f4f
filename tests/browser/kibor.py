"""Walking through a page with the Tab key, as somebody without a mouse does."""

from playwright.sync_api import Page

# What Tab must reach: of a group of radio buttons one, of a closed <details> only its summary.
_HARUS = """() => {
  const semua = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  const grup = new Set();
  return semua.filter(e => {
    if (e.disabled || e.tabIndex < 0 || !e.checkVisibility({visibilityProperty: true})) return false;
    if (e.type !== 'radio') return true;
    const kunci = e.form ? e.name : e.id;
    if (grup.has(kunci)) return false;
    return grup.add(kunci);
  }).map((e, i) => { e.dataset.uji = e.type === 'radio' ? 'radio ' + e.name : String(i); return e.dataset.uji; });
}"""
_KINI = """() => {
  const e = document.activeElement, gaya = getComputedStyle(e), kotak = e.getBoundingClientRect();
  if (e === document.body) return null;
  return {
    uji: e.type === 'radio' ? 'radio ' + e.name : e.dataset.uji,
    nama: (e.getAttribute('aria-label') || e.innerText || e.name || e.tagName).trim().slice(0, 60),
    terlihat: gaya.outlineStyle !== 'none' && parseFloat(gaya.outlineWidth) >= 2,
    di_layar: kotak.bottom > 0 && kotak.top < innerHeight && kotak.right > 0 && kotak.left < innerWidth,
  };
}"""


def jalan(page: Page, maks: int = 250) -> tuple[list[str], list[dict]]:
    """What Tab ought to reach in the order of the page, and each stop of one round through it, from the top."""
    harus = page.evaluate(_HARUS)
    henti: list[dict] = []
    for _ in range(maks):
        page.keyboard.press("Tab")
        kini = page.evaluate(_KINI)
        if kini and henti and kini["uji"] == henti[0]["uji"]:
            break
        if kini:
            henti.append(kini)
    # A page with errors begins at their summary, and so does the round.
    awal = next((n for n, h in enumerate(henti) if h["uji"] == harus[0]), 0)
    return harus, henti[awal:] + henti[:awal]


def tab_sampai(page: Page, sasaran, maks: int = 120) -> None:
    """Press Tab until *sasaran* has the focus; fails when it never gets it."""
    for _ in range(maks):
        if sasaran.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab tidak sampai ke {sasaran}")
