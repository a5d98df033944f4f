"""Acts of the main job through the pages, each as the person does it who is in charge of it."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from kpupalu.demo.kantor import buat_kantor, buat_kunci_tanda_tangan
from kpupalu.demo.pembangkit import buat
from kpupalu.demo.tugas import SELESAI, muat_tps
from kpupalu.naskah.models import Naskah
from pdpb.models import PasanganGanda, Periode

SANDI, FRASA = "kata sandi contoh 2026", "frasa tanda tangan contoh"
KODE = "2026-tw3"
PERIODE = "/data-pemilih/periode/"
GANDA = "/data-pemilih/ganda/"
TUNGGU_PEKERJAAN = 60_000


def kantor_kecil(folder: Path):
    """People with their keys, TPS, and the files of a small city; what the generator wrote is returned."""
    kiriman = buat(folder / "kiriman", skala=0.01, masa=SELESAI)
    muat_tps(kiriman.tps)
    buat_kantor(sandi=SANDI)
    buat_kunci_tanda_tangan(sandi=FRASA)
    return kiriman


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


def massal(page: Page, antrean: str, langkah: str, banyak: int) -> None:
    """Choose the whole queue and take one step with it, past the page that says what will happen."""
    page.goto(f"/data-pemilih/perubahan/?periode={KODE}&antrean={antrean}")
    page.get_by_label(f"Semua {banyak} perubahan").check()
    page.get_by_role("button", name=langkah, exact=True).click()
    expect(page.get_by_text(f"{banyak} perubahan dipilih")).to_be_visible()
    page.get_by_role("button", name=f"{langkah} {banyak} perubahan").click()


def verifikator_memverifikasi_semua(page: Page, banyak: int) -> None:
    massal(page, "verifikasi", "Verifikasi", banyak)
    expect(page.get_by_text(f"{banyak} berhasil, 0 dilewati")).to_be_visible()


def kasubbag_menyetujui_semua(page: Page, banyak: int) -> None:
    massal(page, "setujui", "Setujui", banyak)
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


def buka_tandatangani(page: Page) -> Page:
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=re.compile("tanda tangan", re.IGNORECASE)).click()
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Baca dan tanda tangani").click()
    expect(page.get_by_role("link", name="Buka PDF yang akan ditandatangani")).to_be_visible()
    return page


def bubuhkan(page: Page, frasa: str = FRASA) -> None:
    page.get_by_label("Saya telah membaca berita acara ini").check()
    page.get_by_label("Frasa sandi tanda tangan").fill(frasa)
    page.get_by_role("button", name="Tanda tangani").click()


def kasubbag_mengumumkan(page: Page) -> None:
    page.goto(f"{PERIODE}{KODE}/")
    page.get_by_role("link", name="Umumkan").click()
    page.get_by_role("button", name="Umumkan").click()
    expect(page).to_have_url(re.compile(rf"/pengumuman/{KODE}/$"))
