"""The lists of public and excepted information on a screen: WCAG at three sizes, filled and with errors."""

from datetime import date

import pytest

from kpupalu.imports.lampiran import Lampiran
from kpupalu.organisasi.models import Pegawai, Subbagian
from ppid.actions import informasi, pengecualian
from tests import make
from tests.browser.periksa import periksa

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(scope="module")
def kantor(peladen) -> dict:
    """One published entry past due, one exception, one test; who works there."""
    sub, _ = Subbagian.objects.get_or_create(kode="hukum", defaults={"nama": "Subbagian Hukum"})
    kepala, ppid = make.orang("tono", "kasubbag"), make.orang("nirma", "pejabat_ppid")
    Pegawai.objects.create(nama="Tono", user=kepala, subbagian=sub)
    lama = date(2025, 1, 2)
    isi = {
        "kategori": "berkala", "judul": "Laporan keuangan", "ringkasan": "Neraca", "unit": sub,
        "penanggung_jawab": "Kepala Subbagian Hukum", "dibuat_pada": lama, "dibuat_di": "Palu",
        "bentuk": "salinan berkas", "retensi": "5 tahun", "frekuensi_bulan": 6, "dimutakhirkan_pada": lama,
        "tautan": "https://contoh.id/laporan",
    }  # fmt: skip
    e = informasi.usulkan(isi=isi, berkas=Lampiran(PDF, "pdf"), oleh=kepala)
    e = informasi.verifikasi(e, versi=1, oleh=ppid)
    e = informasi.tetapkan(e, sk="SK 1/2025", pada=lama, versi=2, oleh=ppid)
    d = pengecualian.catat_dik(oleh=ppid, isi={
        "informasi": "Riwayat kesehatan calon", "pasal_17": "h", "dasar_hukum": "UU 14/2008", "penetap": "kpu",
        "konsekuensi_dibuka": "Rahasia pribadi", "konsekuensi_ditutup": "", "keputusan": "1/2025",
        "tanggal_keputusan": lama, "mulai": lama, "berakhir": None,
    })  # fmt: skip
    u = pengecualian.usulkan_uji(oleh=kepala, isi={
        "informasi": "Berita acara klarifikasi", "unit": sub, "pasal_17": "h", "dasar_hukum": "UU 14/2008",
        "sifat": "Dua lembar", "bahaya": "Data pribadi", "kepentingan_publik": "Pengawasan", "pertimbangan": "",
        "jangka_waktu": "5 tahun",
    })  # fmt: skip
    return {"e": e.pk, "d": d.pk, "u": u.pk, "tono": kepala, "nirma": ppid}


HALAMAN = [
    ("", "/ppid/informasi/"), ("", "/ppid/informasi/berkala/"), ("", "/ppid/informasi/serta-merta/"),
    ("", "/ppid/informasi/cari/?q=7271012505909001"), ("", "/ppid/informasi/entri/{e}/"),
    ("", "/ppid/informasi/dikecualikan/"), ("", "/ppid/informasi/ajukan/"), ("tono", "/ppid/dip/"),
    ("tono", "/ppid/dip/{e}/"), ("tono", "/ppid/dip/usulkan/"), ("tono", "/ppid/dip/{e}/mutakhirkan/"),
    ("nirma", "/ppid/dip/{e}/tarik/"), ("nirma", "/ppid/dik/"), ("nirma", "/ppid/dik/{d}/"),
    ("nirma", "/ppid/dik/catat/"), ("nirma", "/ppid/dik/tinjau/"), ("nirma", "/ppid/uji/"), ("nirma", "/ppid/uji/{u}/"),
]  # fmt: skip


@pytest.mark.parametrize(("siapa", "alamat"), HALAMAN, ids=[alamat for _, alamat in HALAMAN])
def test_axe_finds_nothing_on_the_lists(orang, kantor, siapa, alamat):
    page = orang(kantor.get(siapa))
    page.goto(alamat.format(**kantor))
    periksa(page)
