"""A quarter as its people live it: from the first list to the page of trust and a proof in a voter's hand.

The main job has a test of its own; this one holds what stands around it: a letter of Bawaslu answered by two people,
the look at everything before the pleno, and what the public can check for itself afterwards.
"""

import json
import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from kpupalu.lib.angka import ribuan
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.models import Naskah
from pdpb.models import LembarJawaban, Pendaftaran, Snapshot
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
    masuk,
    operator_mengimpor,
    sampai_selesai,
    verifikator_memverifikasi_semua,
)
from tests.pdpb.surat_bawaslu import PDF, daftar_xlsx

ANGGOTA = ("rahma", "yusran", "martha", "wayan", "hasna")
SURAT = "121/PM.00.02/K.ST-11/10/2026"
ALASAN = "Menunggu akta kematian dari Disdukcapil."


@pytest.fixture(scope="module")
def kantor(peladen, tmp_path_factory):
    """A small office with its files; the queue runs."""
    folder = tmp_path_factory.mktemp("triwulan")
    kiriman = kantor_kecil(folder)
    with antrean_hidup(folder):
        yield kiriman, json.loads(kiriman.kebenaran.read_text())


def test_a_quarter_from_the_first_list_to_a_proof_in_a_voters_hand(kantor, orang, tmp_path):
    kiriman, benar = kantor
    sari, lukman, budi, fatma = (masuk(orang(), nama) for nama in ("sari", "lukman", "budi", "fatma"))
    kasubbag_membuka_periode(budi)
    operator_mengimpor(sari, kiriman.dpt, jenis="Daftar dasar (DPT)", pengirim="KPU RI (contoh)")
    operator_mengimpor(sari, [kiriman.perubahan], jenis="Daftar perubahan", pengirim="Subbag Rendatin (contoh)")
    verifikator_memverifikasi_semua(lukman, kiriman.jumlah_usul)
    kasubbag_menyetujui_semua(budi, kiriman.jumlah_usul)
    dua_petugas_memutuskan_nik_sama(budi, sari, lukman)
    disebut = Pendaftaran.objects.aktif().select_related("identitas", "kelurahan").order_by("-pk")[0]
    operator_menjawab_bawaslu(sari, disebut)
    kasubbag_mengonfirmasi_jawaban(budi)
    bawaslu_membaca_jawaban(fatma, disebut)
    kasubbag_memeriksa_sebelum_pleno(budi)
    kasubbag_membekukan(budi)
    naskah = kasubbag_menyiapkan_berita_acara(budi)
    lima_anggota_menandatangani(orang, naskah)
    kasubbag_mengumumkan(budi)
    warga_membaca_pengumuman(orang(layar="ponsel"), benar, naskah)
    bukti = operator_memberi_bukti(sari, disebut, tmp_path)
    siapa_pun_memeriksa_bukti(orang(layar="ponsel"), disebut, bukti)


def operator_menjawab_bawaslu(page: Page, versi: Pendaftaran) -> None:
    """Record the letter, read its list, match the one voter, say why nothing is done yet, hand the sheet on."""
    baris = [[1, versi.nama, versi.identitas.nik, "001", versi.kelurahan.nama, "", "Meninggal dunia"]]
    page.goto(reverse("pdpb:saran_baru"))
    page.get_by_label("Nomor surat").fill(SURAT)
    for label in ("Tanggal surat", "Tanggal diterima"):
        page.get_by_label(label).fill(f"{hari_ini():%d-%m-%Y}")
    page.get_by_label("Perihal").fill("Saran perbaikan daftar pemilih")
    for label, nama, isi in (
        ("Pindaian surat", "surat.pdf", PDF),
        ("Daftar nama dari Bawaslu", "lampiran.xlsx", daftar_xlsx(baris).read()),
    ):
        page.get_by_label(label).set_input_files({"name": nama, "mimeType": "application/octet-stream", "buffer": isi})
    page.get_by_role("button", name="Catat surat").click()
    page.get_by_role("button", name="Baca nama").click()
    page.get_by_role("button", name="Cocokkan 1 nama yang NIK dan namanya sama").click()
    page.get_by_role("link", name=versi.nama, exact=True).click()
    page.get_by_label("Belum dapat ditindaklanjuti").check()
    page.get_by_label("Alasan atau yang masih kurang").fill(ALASAN)
    page.get_by_role("button", name="Simpan jawaban").click()
    page.get_by_role("navigation", name="Remah roti").get_by_role("link", name=SURAT).click()
    page.get_by_role("button", name="Ajukan lembar jawaban").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(SURAT)
    expect(page.get_by_role("button", name="Ajukan lembar jawaban")).to_have_count(0)


def kasubbag_mengonfirmasi_jawaban(page: Page) -> None:
    """The second person finds the sheet among what waits, and confirms it."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=re.compile("jawaban", re.IGNORECASE)).first.click()
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Baca dan putuskan").click()
    page.get_by_label("Konfirmasi lembar jawaban").check()
    page.get_by_role("button", name="Simpan putusan").click()
    expect(page.get_by_role("heading", name="Lembar jawaban")).to_be_visible()
    assert LembarJawaban.objects.filter(surat__nomor=SURAT).count() == 1


def bawaslu_membaca_jawaban(page: Page, versi: Pendaftaran) -> None:
    """Bawaslu reads the answer to its letter, and no NIK in it."""
    page.get_by_role("navigation", name="Menu utama").get_by_role("link", name="Saran Bawaslu").click()
    page.get_by_role("link", name=SURAT).first.click()
    isi = page.get_by_role("main")
    expect(isi).to_contain_text(ALASAN)
    expect(isi).not_to_contain_text(versi.identitas.nik)


def kasubbag_memeriksa_sebelum_pleno(page: Page) -> None:
    """Nothing that the minutes need is missing."""
    page.goto(f"{PERIODE}{KODE}/")
    page.get_by_role("link", name="Periksa sebelum pleno").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa sebelum pleno")
    belum = page.get_by_role("row").filter(has=page.get_by_text("Belum siap", exact=True))
    assert belum.all_inner_texts() == []


def kasubbag_membekukan(page: Page) -> None:
    page.goto(f"{PERIODE}{KODE}/")
    page.get_by_role("link", name="Bekukan periode").click()
    page.get_by_role("button", name="Bekukan periode").click()
    sampai_selesai(page)
    expect(page.get_by_role("heading", name="Angka beku")).to_be_visible()


def lima_anggota_menandatangani(orang, naskah: Naskah) -> None:
    for nama in ANGGOTA:
        page = buka_tandatangani(masuk(orang(), nama))
        bubuhkan(page)
        expect(page.get_by_text("Tanda tangan Anda tersimpan")).to_be_visible()
    naskah.refresh_from_db()
    assert (naskah.status, naskah.revisi.count()) == ("lengkap", 6)


def warga_membaca_pengumuman(page: Page, benar: dict, naskah: Naskah) -> None:
    """From the foot of any public page to the quarter: the figures, the digest and the signed file."""
    page.goto(reverse("verifikasi"))
    page.get_by_role("contentinfo").get_by_role("link", name="Pengumuman data pemilih").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("Triwulan III Tahun 2026")).first.click()
    isi = page.get_by_role("main")
    expect(isi).to_contain_text(f"sekarang {ribuan(benar['hasil']['kota']['jumlah'])} orang")
    expect(isi).to_contain_text(naskah.nomor)
    expect(isi).to_contain_text(Snapshot.objects.get(periode=KODE).akar)
    page.get_by_role("link", name="Unduh dan periksa keasliannya").click()
    berkas = page.request.get(page.get_by_role("link", name="Unduh naskah asli").get_attribute("href")).body()
    page.get_by_label("Berkas PDF").set_input_files({"name": "ba.pdf", "mimeType": "application/pdf", "buffer": berkas})
    page.get_by_role("button", name="Periksa berkas").click()
    expect(page.locator(".alert-judul").first).to_have_text("Sah")


def operator_memberi_bukti(page: Page, versi: Pendaftaran, folder):
    """At the desk: the voter's own row, looked up by NIK, proven in a file to take home."""
    page.goto(reverse("pdpb:pemilih_cari"))
    page.get_by_label("Nama atau NIK").fill(versi.identitas.nik)
    page.get_by_label("Tujuan akses").fill("Permintaan bukti di loket")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("main").get_by_role("link", name=versi.nama).first.click()
    page.get_by_role("link", name="Beri bukti terdaftar").click()
    page.get_by_label("KTP-el", exact=True).check()
    page.get_by_label(re.compile("Wajah orang")).check()
    page.get_by_role("button", name="Catat dan siapkan bukti").click()
    with page.expect_download() as berkas:
        page.get_by_role("button", name="Unduh berkas bukti").click()
    berkas.value.save_as(folder / "bukti.json")
    return folder / "bukti.json"


def siapa_pun_memeriksa_bukti(page: Page, versi: Pendaftaran, bukti) -> None:
    """The file proves the row; with one letter of the name changed it proves nothing."""
    for isi, hasil in ((bukti.read_bytes(), "Sah"), (_nama_lain(bukti, versi.nama), None)):
        page.goto(reverse("pdpb:bukti_periksa"))
        page.get_by_label("Berkas bukti").set_input_files(
            {"name": "bukti.json", "mimeType": "application/json", "buffer": isi}
        )
        page.get_by_role("button", name="Periksa bukti").click()
        judul = page.get_by_role("status").locator(".alert-judul")
        expect(judul).to_be_visible()
        if hasil:
            expect(judul).to_have_text(hasil)
            expect(page.get_by_role("main")).to_contain_text(versi.nama)
        else:
            expect(judul).not_to_have_text("Sah")


def _nama_lain(bukti, nama: str) -> bytes:
    isi = bukti.read_text()
    assert nama in isi
    return isi.replace(nama, nama[:-1] + ("A" if nama[-1] != "A" else "B")).encode()
