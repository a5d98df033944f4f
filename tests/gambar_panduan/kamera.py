"""Taking the pictures: a browser at the office's screen, the part that matters, few colours."""

import io
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM, CHROMIUM_ARGS
from tests.gambar_panduan.daftar import Foto

LAYAR = {"kantor": {"width": 1366, "height": 768}, "ponsel": {"width": 390, "height": 780}}
SABAR = 15_000
# Interface text needs few colours; without dithering flat areas stay flat and small.
WARNA = 96
# The mark of an invented office comes into the part that is pictured; long lists are shown by their first rows.
_SIAPKAN = """([buang, baris, potong]) => {
  document.querySelectorAll(buang.join(',')).forEach(e => e.remove());
  document.querySelectorAll('main table').forEach(t => [...t.tBodies].forEach(b =>
    [...b.rows].slice(baris).forEach(r => r.remove())));
  document.querySelectorAll('main ul.tugas').forEach(u => [...u.children].slice(baris).forEach(r => r.remove()));
  const pita = document.querySelector('.tanda-contoh');
  const bagian = document.querySelector(potong);
  if (pita && bagian && !bagian.contains(pita)) bagian.prepend(pita);
  document.activeElement?.blur();
}"""
BUANG = ("main section:has(> #judul-riwayat)",)


def potret(alamat: str, foto: Iterable[tuple[Foto, str, str]], folder: Path, cerita) -> list[str]:
    """Write the picture of each (photo, address, session key) into *folder*; return the pages that failed."""
    gagal = []
    with sync_playwright() as main:
        browser = main.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
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
    page.evaluate(_SIAPKAN, [[*BUANG, *foto.buang], foto.baris, foto.potong])
    kotak = page.locator(foto.potong).first.bounding_box()
    if kotak is None:
        raise ValueError(f"{foto.potong} tidak tampak")
    if foto.sampai:
        akhir = page.locator(foto.sampai).first.bounding_box()
        if akhir is None:
            raise ValueError(f"{foto.sampai} tidak tampak")
        kotak["height"] = akhir["y"] + akhir["height"] + 14 - kotak["y"]
    if foto.tinggi:
        kotak["height"] = min(kotak["height"], foto.tinggi)
    return page.screenshot(clip=kotak, full_page=True, animations="disabled", caret="hide")


def kecilkan(isi: bytes) -> bytes:
    """The same picture with a palette."""
    gambar = Image.open(io.BytesIO(isi)).convert("RGB")
    palet = gambar.quantize(colors=WARNA, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    keluar = io.BytesIO()
    palet.save(keluar, "PNG", optimize=True)
    return keluar.getvalue()
