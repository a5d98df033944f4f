"""The main job through the pages alone: from 46 files to minutes that five people signed and anybody can verify.

The generator's truth file says which figures must come out; nothing here is put into place behind the pages but the
people, the TPS and the letter that makes one of them a stand-in.
"""

import json
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from kpupalu.accounts.models import PelaksanaHarian, User
from kpupalu.lib.angka import ribuan
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.models import Naskah
from pdpb.models import Pendaftaran, Perubahan
from tests.browser.antrean import antrean_hidup
from tests.browser.tugas import (
    KODE,
    PERIODE,
    bubuhkan,
    buka_tandatangani,
    dua_petugas_memutuskan_nik_sama,
    kantor_kecil,
    kasubbag_membuka_periode,
    kasubbag_mengumumkan,
    kasubbag_menyetujui_semua,
    kasubbag_menyiapkan_berita_acara,
    massal,
    masuk,
    operator_mengimpor,
    sampai_selesai,
    verifikator_memverifikasi_semua,
)
from tests.kernel.bertanda import sambung, timpa_halaman

SEKARANG = """rows => rows.map(r => [r.querySelector('a').search,
    [...r.cells].slice(-3).map(c => c.innerText.trim().replaceAll('.', '').replace(/^-$/, '0'))])"""


@pytest.fixture(scope="module")
def kantor(peladen, tmp_path_factory):
    """A small office with its files; the queue runs."""
    folder = tmp_path_factory.mktemp("kantor")
    kiriman = kantor_kecil(folder)
    with antrean_hidup(folder) as antrean:
        yield kiriman, json.loads(kiriman.kebenaran.read_text()), antrean


def test_the_main_job_from_a_voter_file_to_a_verified_copy(kantor, orang):
    kiriman, benar, antrean = kantor
    sari, lukman, budi = (masuk(orang(), nama) for nama in ("sari", "lukman", "budi"))
    kasubbag_membuka_periode(budi)
    operator_mengimpor(sari, kiriman.dpt, jenis="Daftar dasar (DPT)", pengirim="KPU RI (contoh)")
    assert Pendaftaran.objects.aktif().count() == benar["dpt"]["kota"]["jumlah"]
    operator_mengimpor(sari, [kiriman.perubahan], jenis="Daftar perubahan", pengirim="Subbag Rendatin (contoh)")
    verifikator_memverifikasi_semua(lukman, kiriman.jumlah_usul)
    pengusul_tidak_menyetujui_usulannya(sari, kiriman.jumlah_usul)
    kasubbag_menyetujui_semua(budi, kiriman.jumlah_usul)
    dua_petugas_memutuskan_nik_sama(budi, sari, lukman)
    rekap_sama_dengan_kebenaran(budi, benar)
    kasubbag_membekukan(budi, antrean)
    naskah = kasubbag_menyiapkan_berita_acara(budi)
    lima_anggota_menandatangani(orang, naskah)
    kasubbag_mengumumkan(budi)
    warga_memeriksa(orang(), benar, naskah)


def pengusul_tidak_menyetujui_usulannya(page: Page, banyak: int) -> None:
    """The operator stands in for the kasubbag and so may approve, but not what she proposed herself."""
    PelaksanaHarian.objects.create(
        pejabat=User.objects.get(username="budi"),
        pengganti=User.objects.get(username="sari"),
        mulai=hari_ini() - timedelta(days=1),
        sampai=hari_ini() + timedelta(days=1),
        nomor_surat="01/SPT/2026",
        alasan="Dinas luar",
    )
    massal(page, "setujui", "Setujui", banyak)
    expect(page.get_by_text(f"0 berhasil, {banyak} dilewati")).to_be_visible()
    expect(page.get_by_role("table", name="Sebab dilewati")).to_contain_text("Pengusul")
    assert not Perubahan.objects.filter(status="disetujui").exists()


def rekap_sama_dengan_kebenaran(page: Page, benar: dict) -> None:
    """Every kelurahan on the page, and the city below, as the generator counted them."""
    page.goto(f"/data-pemilih/rekap/{KODE}/?tingkat=kelurahan")
    tabel = page.get_by_role("table", name="Rekapitulasi per wilayah")
    # The last three cells of each row: L, P, L+P; a zero is printed as a dash.
    baris = dict(tabel.locator("tbody tr").evaluate_all(SEKARANG))
    assert len(baris) == 46
    for kode, angka in benar["hasil"]["kelurahan"].items():
        assert [int(n) for n in baris[f"?tingkat=tps&wilayah={kode}"]] == [angka[k] for k in ("L", "P", "jumlah")], kode
    assert tabel.locator("tfoot td").all_inner_texts()[-3:] == [
        ribuan(benar["hasil"]["kota"][k]) for k in ("L", "P", "jumlah")
    ]


def kasubbag_membekukan(page: Page, antrean) -> None:
    """The page of the job says that it waits, then turns by itself once the worker has time."""
    page.goto(f"{PERIODE}{KODE}/")
    page.get_by_role("link", name="Bekukan periode").click()
    with antrean.ditahan():
        page.get_by_role("button", name="Bekukan periode").click()
        expect(page.locator("#kemajuan")).to_contain_text("Anda boleh menutup halaman ini")
        expect(page.locator("#buka-hasil")).to_have_count(0)
    sampai_selesai(page)
    expect(page.get_by_role("heading", name="Angka beku")).to_be_visible()


def lima_anggota_menandatangani(orang, naskah: Naskah) -> None:
    tersimpan = "Tanda tangan Anda tersimpan"
    rahma, yusran, wayan, hasna = (
        buka_tandatangani(masuk(orang(), nama)) for nama in ("rahma", "yusran", "wayan", "hasna")
    )
    bubuhkan(rahma, "bukan frasa yang benar")
    expect(rahma.locator(".ringkasan-galat")).to_be_focused()
    assert rahma.get_by_label("Frasa sandi tanda tangan").input_value() == ""
    assert naskah.revisi.count() == 1
    bubuhkan(rahma)
    expect(rahma.get_by_text(tersimpan)).to_be_visible()

    bubuhkan(yusran)
    expect(yusran.get_by_text("Naskah sudah bertambah tanda tangan. Muat ulang halaman")).to_be_visible()
    assert naskah.revisi.count() == 2
    martha = buka_tandatangani(masuk(orang(layar="ponsel"), "martha"))
    for page in (yusran, martha):
        page.reload()
        bubuhkan(page)
        expect(page.get_by_text(tersimpan)).to_be_visible()
    for page in (wayan, hasna):
        page.reload()
        bubuhkan(page)
        expect(page.get_by_text(tersimpan)).to_be_visible()
    naskah.refresh_from_db()
    assert naskah.status == "lengkap"
    assert naskah.revisi.count() == 6
    assert not Perubahan.objects.filter(periode=KODE, status="disetujui").exists()


def warga_memeriksa(page: Page, benar: dict, naskah: Naskah) -> None:
    """Somebody without an account reads the figures, takes the file and holds two copies against the register."""
    kota = benar["hasil"]["kota"]
    page.goto(f"/data-pemilih/pengumuman/{KODE}/")
    expect(page.get_by_role("main")).to_contain_text(
        f"Jumlah pemilih Kota Palu sekarang {ribuan(kota['jumlah'])} orang"
    )
    page.get_by_role("link", name="Unduh dan periksa keasliannya").click()
    expect(page).to_have_url(re.compile(f"/verifikasi/{naskah.kode_verifikasi}/$"))
    jawaban = page.request.get(page.get_by_role("link", name="Unduh naskah asli").get_attribute("href"))
    asli = jawaban.body()
    assert asli.startswith(b"%PDF-")
    for isi, hasil in ((asli, "Sah"), (sambung(asli, timpa_halaman), "Isi berubah setelah ditandatangani")):
        page.get_by_label("Berkas PDF").set_input_files(
            {"name": "ba.pdf", "mimeType": "application/pdf", "buffer": isi}
        )
        page.get_by_role("button", name="Periksa berkas").click()
        expect(page.locator(".alert-judul").first).to_have_text(hasil)
