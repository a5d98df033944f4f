"""An officer looks at a page, blacks out what was found, proves it and lets it go; the citizen downloads it."""

import re
from datetime import date
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from kpupalu.accounts.models import User
from kpupalu.demo.kantor import buat_kantor
from kpupalu.demo.layanan_informasi import angkat_pejabat
from kpupalu.lib.waktu import hari_ini
from ppid.actions import jawaban, permohonan
from ppid.models import BerkasJawaban, Butir, Permohonan
from tests.browser.periksa import periksa
from tests.browser.tugas import FRASA, SANDI, masuk
from tests.ppid import berkas_contoh as contoh


@pytest.fixture(scope="module")
def permintaan(peladen) -> Permohonan:
    """A request whose only item is granted in part."""
    buat_kantor(sandi=SANDI)
    angkat_pejabat(frasa=FRASA)
    nirma = User.objects.get(username="nirma")
    p, _ = permohonan.daftarkan(
        kunci=uuid4(),
        isi={"kanal": "web", "jenis_pemohon": "perorangan", "cara_memperoleh": "softcopy", "cara_kirim": "unduh"},
        data={"nama": "Warga Contoh", "alamat": "Jalan Contoh 1", "surel": "warga@contoh.example", "tujuan": "Kajian"},
        butir=["Daftar penerima"], oleh=None,
    )  # fmt: skip
    p = permohonan.nyatakan_lengkap(p, versi=p.versi, oleh=nirma)
    isi = {"penjelasan": "Daftar penerima", "bentuk": "softcopy", "bagian_dihitamkan": "NIK dan kontak, huruf h"}
    jawaban.putus_butir(p.butir.get(), hasil=Butir.Hasil.SEBAGIAN, isi=isi, versi=p.versi, oleh=nirma)
    return Permohonan.objects.get(pk=p.pk)


def test_from_the_upload_to_the_download(permintaan, orang):
    nirma = masuk(orang(), "nirma")
    nirma.goto(permintaan.get_absolute_url())
    nirma.get_by_role("link", name="Unggah berkas butir 1").click()
    nirma.get_by_label("Judul berkas").fill("Daftar penerima")
    nirma.get_by_label("Berkas", exact=True).set_input_files(
        {"name": "daftar.pdf", "mimeType": "application/pdf", "buffer": contoh.pdf_biasa()}
    )
    periksa(nirma)
    nirma.get_by_role("main").get_by_role("button", name="Unggah dan periksa").click()
    expect(nirma.get_by_text("NIK atau nomor KK")).to_be_visible()
    periksa(nirma)
    nirma.get_by_role("link", name="Hitamkan", exact=True).click()
    gambar = nirma.get_by_role("img", name=re.compile("Halaman 1 berkas asal"))
    expect(gambar).to_be_visible()
    assert gambar.evaluate("g => g.decode().then(() => g.naturalWidth)") > 500
    nirma.get_by_role("button", name="Hitamkan semua temuan").click()
    expect(nirma.get_by_role("button", name="Hapus tanda 3")).to_be_visible()
    periksa(nirma)
    nirma.get_by_role("link", name="Selesai menandai").click()
    for langkah in ("Buat versi rilis", "Lepas berkas"):
        nirma.get_by_role("link", name=langkah, exact=True).click()
        nirma.get_by_role("main").get_by_role("button", name=langkah).click()
        expect(nirma.get_by_role("status").first).to_contain_text(re.compile("dibuat|dilepas"))
    periksa(nirma)
    b = BerkasJawaban.objects.get()
    Permohonan.objects.filter(pk=permintaan.pk).update(status="dijawab", dijawab_pada=hari_ini())

    warga = orang()
    warga.goto("/ppid/informasi/tiket/")
    warga.get_by_label("Nomor pendaftaran").fill(permintaan.nomor)
    warga.get_by_label("Kode tiket").fill(permintaan.kode)
    warga.get_by_role("button", name="Lihat tiket").click()
    expect(warga.get_by_text(b.rilis_sha256)).to_be_visible()
    periksa(warga)
    with warga.expect_download() as unduhan:
        warga.get_by_role("link", name=re.compile("Unduh Daftar penerima")).click()
    assert contoh.NIK.encode() not in unduhan.value.path().read_bytes()


def test_the_list_of_identities_to_destroy(permintaan, orang):
    Permohonan.objects.filter(pk=permintaan.pk).update(status="selesai", selesai_pada=date(2023, 1, 2))
    nirma = masuk(orang(), "nirma")
    nirma.goto("/ppid/pemusnahan/")
    periksa(nirma)
    nirma.get_by_role("button", name="Usulkan pemusnahan 1 identitas").click()
    expect(nirma.get_by_text("Menunggu persetujuan")).to_be_visible()
    periksa(nirma)
