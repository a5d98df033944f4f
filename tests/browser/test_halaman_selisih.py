"""The selisih doctor as Bawaslu uses it: paste a recap, upload two, read why it does not add up."""

import json
import random
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pdpb import selisih
from tests.browser.kantor import Halaman, isi_kantor
from tests.browser.periksa import buka, periksa
from tests.pdpb.rekap_rusak import buat

TERBIT = Path(selisih.__file__).parents[1] / "data" / "rekap-publik"
HALAMAN = Halaman("selisih", "bawaslu", ("pdpb:selisih",))


@pytest.fixture(scope="module")
def kantor(peladen):
    return isi_kantor()


def test_a_pasted_recap_gets_its_verdict(orang, kantor):
    page = buka(orang, HALAMAN, kantor, layar="ponsel")
    page.get_by_label("Tempel rekap").fill((TERBIT / "palu-2022-tw3.json").read_text(encoding="utf-8"))
    page.get_by_role("button", name="Periksa rekap").click()
    expect(page.get_by_text("Rekap ini tidak cocok: 1 dari 6 pemeriksaan tidak terpenuhi.")).to_be_visible()
    expect(page.get_by_role("table", name="Yang tidak terpenuhi").get_by_text("247.038")).to_be_visible()
    periksa(page)


def test_files_with_several_mistakes_are_readable_without_javascript(orang, kantor, tmp_path):
    data = buat(random.Random(6))
    wilayah = data["angka"]["wilayah"]
    wilayah[2]["sekarang"]["perempuan"] += 1
    wilayah[4]["wilayah"][1]["sekarang"] = dict(wilayah[4]["wilayah"][0]["sekarang"])
    (tmp_path / "rusak.json").write_text(json.dumps(data), encoding="utf-8")
    page = buka(orang, HALAMAN, kantor, java_script_enabled=False)
    berkas = [TERBIT / "palu-2021-08.json", tmp_path / "rusak.json"]
    page.get_by_label("Atau unggah berkas JSON").set_input_files(berkas)
    page.get_by_role("button", name="Periksa rekap").click()
    expect(page.get_by_role("heading", name="Agustus 2021")).to_be_visible()
    expect(page.get_by_text("semuanya terpenuhi")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="tersalin dari baris").first).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="kelebihan 1").first).to_be_visible()
