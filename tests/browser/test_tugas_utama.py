"""The main job through the pages alone: from 46 files to minutes that five people signed and anybody can verify.

The generator's truth file says which figures must come out; nothing here is put into place behind the pages but the
people, the TPS and the letter that makes one of them a stand-in.
"""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kpupalu.accounts.models import PelaksanaHarian, User
from kpupalu.demo.kantor import buat_kantor, buat_kunci_tanda_tangan
from kpupalu.demo.pembangkit import buat
from kpupalu.demo.tugas import SELESAI, muat_tps
from kpupalu.lib.angka import ribuan
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.models import Naskah
from pdpb.models import PasanganGanda, Pendaftaran, Periode, Perubahan
from tests.browser.antrean import antrean_hidup
from tests.kernel.bertanda import sambung, timpa_halaman

SANDI, FRASA = "kata sandi contoh 2026", "frasa tanda tangan contoh"
KODE = "2026-tw3"
PERIODE = "/data-pemilih/periode/"
GANDA = "/data-pemilih/ganda/"
TUNGGU_PEKERJAAN = 60_000
SEKARANG = """rows => rows.map(r => [r.querySelector('a').search,
    [...r.cells].slice(-3).map(c => c.innerText.trim().replaceAll('.', '').replace(/^-$/, '0'))])"""


@pytest.fixture(scope="module")
def kantor(peladen, tmp_path_factory):
    """People with their keys, TPS, and the files of a small city; the queue runs."""
    folder = tmp_path_factory.mktemp("kantor")
    kiriman = buat(folder / "kiriman", skala=0.01, masa=SELESAI)
    muat_tps(kiriman.tps)
    buat_kantor(sandi=SANDI)
    buat_kunci_tanda_tangan(sandi=FRASA)
    with antrean_hidup(folder) as antrean:
        yield kiriman, json.loads(kiriman.kebenaran.read_text()), antrean


def masuk(page: Page, nama: str, sandi: str = SANDI) -> Page:
    """*nama* logs in through the login page."""
    page.goto("/")
    page.get_by_label("Nama pengguna").fill(nama)
    page.get_by_label("Kata sandi").fill(sandi)
    page.get_by_role("button", name="Masuk").click()
    return page


def sampai_selesai(page: Page) -> None:
    """Look at the page of a job, which turns by itself, until it offers the result; then open it."""
    expect(page).to_have_url(re.compile(r"/pekerjaan/\d+/"))
    expect(page.locator("#kemajuan")).to_contain_text("Buka hasil", timeout=TUNGGU_PEKERJAAN)
    page.locator("#buka-hasil").click()


def judul(page: Page):
    return page.get_by_role("heading", level=1)


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


def kasubbag_membuka_periode(page: Page) -> None:
    page.goto(PERIODE)
    page.get_by_role("link", name="Buka periode baru").click()
    page.get_by_label("Tahun").fill("2026")
    page.get_by_label("Urutan").fill("3")
    for label, tanggal in (
        ("Tanggal mulai", SELESAI.mulai),
        ("Tanggal akhir", SELESAI.akhir),
        ("Tanggal pleno", SELESAI.cut_off),
    ):
        page.get_by_label(label).fill(f"{tanggal:%d-%m-%Y}")
    page.get_by_label("Tempat pleno").fill("Aula Kantor KPU Kota Palu")
    page.get_by_role("button", name="Buka periode").click()
    expect(page.get_by_role("status").first).to_contain_text("Triwulan III Tahun 2026 dibuka")


def operator_mengimpor(page: Page, berkas: list[Path], *, jenis: str, pengirim: str) -> None:
    page.goto("/data-pemilih/impor/")
    page.get_by_role("link", name="Unggah berkas").first.click()
    page.get_by_label(jenis).check()
    page.get_by_label("Pengirim").fill(pengirim)
    page.get_by_label("Berkas", exact=True).set_input_files(berkas)
    page.get_by_role("button", name="Unggah").click()
    expect(page.get_by_text(f"{len(berkas)} berkas diterima")).to_be_visible()
    expect(page.get_by_text("Langkah 2 dari 5")).to_be_visible()
    page.get_by_role("button", name="Periksa berkas").click()
    sampai_selesai(page)
    expect(page.get_by_text("Langkah 3 dari 5")).to_be_visible()
    page.get_by_role("link", name="Tinjau dampak").click()
    expect(page.get_by_text("Langkah 4 dari 5")).to_be_visible()
    page.get_by_role("link", name="Lanjutkan ke penerapan").click()
    if (peringatan := page.get_by_label("Saya telah membaca peringatannya")).count():
        peringatan.check()
    if (alasan := page.get_by_label("Alasan perubahan jumlah")).count():
        alasan.fill("Daftar dasar pertama; sebelumnya kosong.")
    page.get_by_role("button", name="Terapkan impor").click()
    sampai_selesai(page)
    expect(judul(page)).to_contain_text("Impor nomor")


def _massal(page: Page, antrean: str, langkah: str, banyak: int) -> None:
    """Choose the whole queue and take one step with it, past the page that says what will happen."""
    page.goto(f"/data-pemilih/perubahan/?periode={KODE}&antrean={antrean}")
    page.get_by_label(f"Semua {banyak} perubahan").check()
    page.get_by_role("button", name=langkah, exact=True).click()
    expect(page.get_by_text(f"{banyak} perubahan dipilih")).to_be_visible()
    page.get_by_role("button", name=f"{langkah} {banyak} perubahan").click()


def verifikator_memverifikasi_semua(page: Page, banyak: int) -> None:
    _massal(page, "verifikasi", "Verifikasi", banyak)
    expect(page.get_by_text(f"{banyak} berhasil, 0 dilewati")).to_be_visible()


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
    _massal(page, "setujui", "Setujui", banyak)
    expect(page.get_by_text(f"0 berhasil, {banyak} dilewati")).to_be_visible()
    expect(page.get_by_role("table", name="Sebab dilewati")).to_contain_text("Pengusul")
    assert not Perubahan.objects.filter(status="disetujui").exists()


def kasubbag_menyetujui_semua(page: Page, banyak: int) -> None:
    _massal(page, "setujui", "Setujui", banyak)
    expect(page.get_by_text(f"{banyak} berhasil, 0 dilewati")).to_be_visible()


def dua_petugas_memutuskan_nik_sama(budi: Page, sari: Page, lukman: Page) -> None:
    """Every pair with one NIK stays, as one decides and another confirms; the recap may not be frozen before."""
    budi.goto("/pekerjaan/")
    budi.get_by_role("link", name="Membandingkan data yang berubah").first.click()
    expect(budi.locator("#buka-hasil")).to_be_visible(timeout=TUNGGU_PEKERJAAN)
    banyak = 0
    for kelas in ("G1", "G2", "G6"):
        sari.goto(f"{GANDA}?status=menunggu&kelas={kelas}")
        pasangan = sari.get_by_role("link", name=re.compile(r"^Pasangan \d+$"))
        if not pasangan.count():
            continue
        pasangan.first.click()
        while sari.get_by_role("heading", name="Putuskan").count():
            sari.get_by_label("Jenis bukti").select_option("Perbandingan kedua baris")
            sari.get_by_label("Alasan").first.fill("Menunggu jawaban Disdukcapil; kedua baris tetap.")
            sari.get_by_role("button", name="Menunggu Disdukcapil").click()
            expect(sari.get_by_role("status").first).to_contain_text("diusulkan")
            banyak += 1
    assert banyak
    lukman.goto(f"{GANDA}?antrean=konfirmasi")
    lukman.get_by_role("link", name=re.compile(r"^Pasangan \d+$")).first.click()
    for _ in range(banyak):
        lukman.get_by_role("button", name="Konfirmasi: menunggu disdukcapil").click()
        expect(lukman.get_by_role("status").first).to_contain_text("dikonfirmasi")
    assert PasanganGanda.objects.filter(status="dikonfirmasi").count() == banyak


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


def kasubbag_menyiapkan_berita_acara(page: Page) -> Naskah:
    page.get_by_role("link", name="Siapkan dan tanda tangani berita acara").click()
    page.get_by_role("button", name="Susun konsep").click()
    page.get_by_role("link", name="Siapkan untuk ditandatangani").click()
    page.get_by_role("button", name="Beri nomor dan cetak").click()
    sampai_selesai(page)
    expect(page.get_by_text("menunggu tanda tangan pertama")).to_be_visible()
    naskah = Naskah.objects.get(kode_jenis="ba-rekap-pdpb")
    assert Periode.objects.get(pk=KODE).status == "dibekukan"
    return naskah


def _buka_tandatangani(page: Page) -> Page:
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=re.compile("tanda tangan", re.IGNORECASE)).click()
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Baca dan tanda tangani").click()
    expect(page.get_by_role("link", name="Buka PDF yang akan ditandatangani")).to_be_visible()
    return page


def _tandatangani(page: Page, frasa: str = FRASA) -> None:
    page.get_by_label("Saya telah membaca berita acara ini").check()
    page.get_by_label("Frasa sandi tanda tangan").fill(frasa)
    page.get_by_role("button", name="Tanda tangani").click()


def lima_anggota_menandatangani(orang, naskah: Naskah) -> None:
    tersimpan = "Tanda tangan Anda tersimpan"
    rahma, yusran, wayan, hasna = (
        _buka_tandatangani(masuk(orang(), nama)) for nama in ("rahma", "yusran", "wayan", "hasna")
    )
    _tandatangani(rahma, "bukan frasa yang benar")
    expect(rahma.locator(".ringkasan-galat")).to_be_focused()
    assert rahma.get_by_label("Frasa sandi tanda tangan").input_value() == ""
    assert naskah.revisi.count() == 1
    _tandatangani(rahma)
    expect(rahma.get_by_text(tersimpan)).to_be_visible()

    _tandatangani(yusran)
    expect(yusran.get_by_text("Naskah sudah bertambah tanda tangan. Muat ulang halaman")).to_be_visible()
    assert naskah.revisi.count() == 2
    martha = _buka_tandatangani(masuk(orang(layar="ponsel"), "martha"))
    for page in (yusran, martha):
        page.reload()
        _tandatangani(page)
        expect(page.get_by_text(tersimpan)).to_be_visible()
    for page in (wayan, hasna):
        page.reload()
        _tandatangani(page)
        expect(page.get_by_text(tersimpan)).to_be_visible()
    naskah.refresh_from_db()
    assert naskah.status == "lengkap"
    assert naskah.revisi.count() == 6
    assert not Perubahan.objects.filter(periode=KODE, status="disetujui").exists()


def kasubbag_mengumumkan(page: Page) -> None:
    page.goto(f"{PERIODE}{KODE}/")
    page.get_by_role("link", name="Umumkan").click()
    page.get_by_role("button", name="Umumkan").click()
    expect(page).to_have_url(re.compile(rf"/pengumuman/{KODE}/$"))


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
