"""What a page sends for and what it weighs: nothing foreign, nothing the policy stops, nothing heavy."""

import gzip
from urllib.parse import urlsplit

import pytest

from tests.browser.kantor import HALAMAN, isi_kantor, pengguna

# Conventions §19, compressed.
KB = {"document": 60, "stylesheet": 35, "script": 25, "image": 50}
# A page of the guide is its pictures: two or three, loaded as the reader comes near (decision 0005).
KB_PANDUAN = KB | {"image": 200}
SATU_SAJA = list({h.nama: h for h in HALAMAN if not h.tekan}.values())


@pytest.fixture(scope="module")
def kantor(peladen):
    return isi_kantor()


@pytest.fixture
def layar(orang):
    """Open a page as somebody; also what it asked for and what the browser complained about."""

    def buka(user):
        page, jawaban, keluhan = orang(user), [], []
        page.on("response", lambda j: jawaban.append(j))
        page.on("requestfailed", lambda r: keluhan.append(f"gagal: {r.url}"))
        page.on("console", lambda m: keluhan.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: keluhan.append(str(e)))
        return page, jawaban, keluhan

    return buka


@pytest.mark.parametrize("halaman", SATU_SAJA, ids=[h.id for h in SATU_SAJA])
def test_page_is_light_and_asks_nobody_else(layar, kantor, peladen, halaman):
    page, jawaban, keluhan = layar(pengguna(halaman.peran))
    page.goto(halaman.url(kantor), wait_until="networkidle" if halaman.nama == "beranda" else "load")
    tuan = urlsplit(peladen).netloc
    asing = [j.url for j in jawaban if urlsplit(j.url).netloc != tuan and not j.url.startswith("data:")]
    assert asing == []
    # The page that says "not there" is a 404 and the one about a wrong day a 422, which the console repeats.
    biasa = {"tidak-ada": "404", "mesin-waktu-salah": "422"}.get(halaman.nama)
    assert [k for k in keluhan if not biasa or biasa not in k] == []
    batas = KB_PANDUAN if halaman.nama.startswith("panduan-") else KB
    assert berat(jawaban, batas) == dict.fromkeys(KB, "")


def berat(jawaban, batas: dict[str, int]) -> dict[str, str]:
    """Per kind what exceeds its budget, in words; empty where it keeps it."""
    byte = dict.fromkeys(KB, 0)
    for satu in jawaban:
        jenis = satu.request.resource_type
        # The browser asks for the icon of the page on its own account.
        jenis = "image" if satu.url.endswith(".svg") else jenis
        assert jenis in byte, f"{jenis}: {satu.url}"
        byte[jenis] += len(gzip.compress(satu.body())) if satu.ok or satu.status == 404 else 0
    return {jenis: f"{n} byte" if n > batas[jenis] * 1024 else "" for jenis, n in byte.items()}
