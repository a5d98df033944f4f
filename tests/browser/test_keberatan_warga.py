"""A refused citizen objects on the ticket page; the superior decides and signs; the citizen sees it."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from kpupalu.accounts.models import User
from kpupalu.demo.kantor import buat_kantor
from kpupalu.demo.layanan_informasi import isi_permohonan
from kpupalu.jobs.tasks import run_job
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah import penandatanganan
from kpupalu.naskah.models import Naskah
from ppid.actions import berkas, jawaban
from ppid.models import BerkasJawaban, Keberatan, Permohonan, Sengketa
from tests.browser.periksa import periksa
from tests.browser.tugas import FRASA, SANDI, masuk


@pytest.fixture(scope="module")
def kantor(peladen):
    """The people of the office, with a PPID, its superior, and the requests of the demo."""
    buat_kantor(sandi=SANDI)
    isi_permohonan(frasa=FRASA)


def dalam_utas(fungsi, *isi):
    """Run *fungsi* where no event loop of the browser runs, with connections of its own."""

    def jalan():
        try:
            return fungsi(*isi)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as utas:
        return utas.submit(jalan).result()


def cetak_dan_tandatangani(naskah: Naskah, username: str) -> None:
    """Print the letter as the worker does, and sign it as *username*."""
    run_job.apply((naskah.pekerjaan_id,), throw=True)
    naskah = Naskah.objects.get(pk=naskah.pk)
    user = User.objects.get(username=username)
    penandatanganan.tandatangani(naskah, oleh=user, sandi=FRASA, digest_dibaca=naskah.terbaru.sha256)


def langkah(page: Page, k: Keberatan, tautan: str) -> None:
    page.goto(k.get_absolute_url())
    page.get_by_role("link", name=tautan, exact=True).click()


def tekan(page: Page, tombol: str) -> None:
    page.get_by_role("main").get_by_role("button", name=tombol, exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("berhasil")


def jawab() -> Permohonan:
    """Answer the request of the demo whose item is decided already, signed by the PPID and sent today."""
    desk, pejabat = User.objects.get(username="indah"), User.objects.get(username="nirma")
    p = Permohonan.objects.get(status="diproses", butir__hasil="diberikan")
    for b in BerkasJawaban.objects.hidup().filter(butir__permohonan=p):
        berkas.tarik_berkas(b, catatan="Diserahkan di atas kertas", versi=b.versi, oleh=desk)
    p.refresh_from_db()
    surat = jawaban.siapkan_jawaban(p, versi=p.versi, oleh=pejabat)
    dalam_utas(cetak_dan_tandatangani, surat.naskah, "nirma")
    isi = {"pada": hari_ini(), "cara": "unduh", "bukti": "Diunduh pemohon"}
    return jawaban.kirim_jawaban(p, versi=p.versi + 1, oleh=desk, **isi)


def test_objected_on_the_ticket_decided_signed_and_seen_by_who_objected(kantor, orang):
    p = jawab()
    warga = orang(layar="ponsel")
    warga.goto("/ppid/informasi/tiket/")
    warga.get_by_label("Nomor pendaftaran").fill(p.nomor)
    warga.get_by_label("Kode tiket").fill(p.kode)
    warga.get_by_role("button", name="Lihat tiket").click()
    warga.get_by_role("link", name="Ajukan keberatan").click()
    periksa(warga)
    warga.get_by_label(re.compile("f. Pengenaan biaya")).check()
    warga.get_by_label("Apa yang terjadi").fill("Saya diminta membayar, padahal salinan berkas tidak berbiaya.")
    warga.get_by_role("button", name="Kirim keberatan").click()
    expect(warga.get_by_role("status").first).to_contain_text("terdaftar dengan nomor")
    periksa(warga)
    k = Keberatan.objects.get(permohonan=p)

    arifin = masuk(orang(), "arifin")
    arifin.goto("/ppid/keberatan/?antrean=putus")
    periksa(arifin)
    arifin.get_by_role("link", name=k.nomor).click()
    periksa(arifin)
    langkah(arifin, k, "Mulai telaah")
    tekan(arifin, "Mulai telaah")
    langkah(arifin, k, "Putuskan keberatan")
    arifin.get_by_label("Dikabulkan seluruhnya").check()
    arifin.get_by_label("Pertimbangan").fill("Salinan berkas memang tidak dikenai biaya.")
    arifin.get_by_label("Perintah kepada PPID").fill("Berikan salinan tanpa biaya.")
    periksa(arifin)
    tekan(arifin, "Putuskan keberatan")
    naskah = Naskah.objects.get(kode_jenis="ppid-tanggapan", subjek_id=str(k.pk))
    dalam_utas(cetak_dan_tandatangani, naskah, "arifin")

    indah = masuk(orang(), "indah")
    langkah(indah, k, "Catat tanggapan terkirim")
    indah.get_by_label("Bukti pengiriman").fill("Surel terkirim")
    tekan(indah, "Catat tanggapan terkirim")
    langkah(indah, k, "Catat perintah dilaksanakan")
    indah.get_by_label("Yang dilaksanakan dan buktinya").fill("Salinan dikirim lewat surel tanpa biaya.")
    tekan(indah, "Catat perintah dilaksanakan")
    periksa(indah)

    warga.reload()
    expect(warga.get_by_text("Dikabulkan seluruhnya").first).to_be_visible()
    expect(warga.get_by_text("Sengketa ke Komisi Informasi paling lambat").first).to_be_visible()
    periksa(warga)


def test_the_dispute_of_the_demo_names_its_hearing_and_who_attends(kantor, orang):
    s = Sengketa.objects.get()
    nirma = masuk(orang(), "nirma")
    nirma.goto("/ppid/sengketa/")
    periksa(nirma)
    nirma.get_by_role("link", name=s.nomor).click()
    expect(nirma.get_by_role("heading", name="Sidang", exact=True)).to_be_visible()
    periksa(nirma)
    nirma.get_by_role("link", name="Catat sidang").click()
    periksa(nirma)
