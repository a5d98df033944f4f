"""Taking the pictures: a browser at the office's screen, the part that matters, few colours."""

import io
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM, CHROMIUM_ARGS
from tests.gambar_panduan.daftar import Foto

LAYAR = {"kantor": {"width": 1366, "height": 768}, "ponsel": {"width": 390, "height": 780}}
SABAR = 15_000
# The colours that a picture has most of; text keeps its edges, flat areas stay as they are.
WARNA = 192
# Air around the part, so that it does not stick to the edge; a panel has neighbours nearer than a page has.
TEPI = {"main": 16, "body": 0, "#content": 0}
TEPI_PANEL = 6
# The mark of an invented office comes into the part that is pictured; long lists are shown by their first rows.
_SIAPKAN = """(bagian, [buang, baris]) => {
  document.querySelectorAll(buang.join(',')).forEach(e => e.remove());
  document.querySelectorAll('main table').forEach(t => [...t.tBodies].forEach(b =>
    [...b.rows].slice(baris).forEach(r => r.remove())));
  const pita = document.querySelector('.tanda-contoh');
  if (pita && !bagian.contains(pita)) bagian.prepend(pita);
  document.activeElement?.blur();
  window.scrollTo(0, 0);
}"""
# A cut never goes through a line: it moves up to where the lowest whole line ends.
_POTONG = """(bagian, y) => {
  const pilih = 'tr, p, li, h2, h3, dt, dd, label, input, select, button, legend, summary, .tombol';
  const garis = [...bagian.querySelectorAll(pilih)]
    .map(e => e.getBoundingClientRect()).filter(k => k.height > 0 && k.height < 160);
  for (let n = 0; n < 20; n++) {
    const kena = garis.filter(k => k.top < y - 1 && k.bottom > y + 1);
    if (!kena.length) break;
    y = Math.min(...kena.map(k => k.top));
  }
  return y;
}"""
BUANG = ("main section:has(> #judul-riwayat)",)


def potret(alamat: str, foto: Iterable[tuple[Foto, str, str]], folder: Path, cerita) -> list[str]:
    """Write the picture of each (photo, address, session key) into *folder*; return the pages that failed."""
    gagal = []
    with sync_playwright() as main:
        # The browser's own words, such as those of a file field, are Indonesian too.
        bahasa = dict(os.environ, LANGUAGE="id")
        browser = main.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_ARGS, "--lang=id"], env=bahasa)
        for satu, jalur, sesi in foto:
            try:
                isi = _satu(browser, alamat, satu, jalur, sesi)
            except Exception as galat:  # noqa: BLE001 - the others are still wanted; the command fails at its end
                gagal.append(f"{satu.nama}: {str(galat).splitlines()[0]}")
                cerita(f"GAGAL {gagal[-1]}")
                continue
            (folder / f"{satu.nama}.png").write_bytes(isi)
            cerita(f"{satu.nama}: {len(isi) // 1000} kB")
        browser.close()
    return gagal


def _satu(browser: Browser, alamat: str, foto: Foto, jalur: str, sesi: str) -> bytes:
    konteks = browser.new_context(
        base_url=alamat, viewport=LAYAR[foto.layar], locale="id-ID", timezone_id="Asia/Makassar",
        is_mobile=foto.layar == "ponsel", has_touch=foto.layar == "ponsel",
    )  # fmt: skip
    konteks.set_default_timeout(SABAR)
    if sesi:
        konteks.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sesi, "url": alamat}])
    try:
        page = konteks.new_page()
        jawaban = page.goto(jalur)
        if jawaban is None or jawaban.status != 200 or jawaban.request.redirected_from:
            raise ValueError(f"{jalur} dijawab {jawaban.status if jawaban else 'kosong'}, {page.url}")
        if foto.langkah:
            foto.langkah(page)
            page.wait_for_load_state("networkidle")
        return kecilkan(_ambil(page, foto))
    finally:
        konteks.close()


def _ambil(page: Page, foto: Foto) -> bytes:
    bagian = page.locator(foto.potong).first
    bagian.evaluate(_SIAPKAN, [[*BUANG, *foto.buang], foto.baris])
    kotak = bagian.bounding_box()
    if kotak is None:
        raise ValueError(f"{foto.potong} tidak tampak")
    tepi = TEPI.get(foto.potong, TEPI_PANEL)
    bawah = kotak["y"] + kotak["height"] + tepi
    if foto.tinggi and foto.tinggi < kotak["height"]:
        bawah = bagian.evaluate(_POTONG, kotak["y"] + foto.tinggi)
    kiri, atas = max(kotak["x"] - tepi, 0), max(kotak["y"] - tepi, 0)
    kanan = min(kotak["x"] + kotak["width"] + tepi, LAYAR[foto.layar]["width"])
    potongan = {"x": kiri, "y": atas, "width": kanan - kiri, "height": bawah - atas}
    return page.screenshot(clip=potongan, full_page=True, animations="disabled", caret="hide")


def _jarak(satu: tuple[int, ...], lain: tuple[int, ...]) -> int:
    return sum((a - b) ** 2 for a, b in zip(satu, lain, strict=True))


def kecilkan(isi: bytes) -> bytes:
    """The same picture with a palette: its most frequent colours exactly, each rare one as the nearest of them."""
    gambar = Image.open(io.BytesIO(isi)).convert("RGB")
    banyak = sorted(gambar.getcolors(gambar.width * gambar.height) or [], reverse=True)
    palet = [warna for _, warna in banyak[:WARNA]]
    nomor = {warna: n for n, warna in enumerate(palet)}
    for _, warna in banyak[WARNA:]:
        nomor[warna] = min(range(len(palet)), key=lambda n: _jarak(palet[n], warna))
    kecil = Image.new("P", gambar.size)
    kecil.putpalette([nilai for warna in palet for nilai in warna])
    titik = gambar.tobytes()
    kecil.putdata([nomor[titik[n], titik[n + 1], titik[n + 2]] for n in range(0, len(titik), 3)])
    keluar = io.BytesIO()
    kecil.save(keluar, "PNG", optimize=True)
    return keluar.getvalue()
