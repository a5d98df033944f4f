"""The desk's first page, findings, the yearly report and its public side on a screen: WCAG at three sizes."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from kpupalu.kalender.models import TenggatBerjalan
from kpupalu.lib.waktu import hari_ini, sekarang
from kpupalu.organisasi.models import Pegawai, Subbagian
from ppid.actions import informasi, laporan, permohonan
from ppid.anomali.jalankan import jalankan_semua
from ppid.models import Anomali, Butir, Permohonan
from tests import make
from tests.browser.periksa import periksa


def _minta(*butir: str, hari: int, oleh=None) -> Permohonan:
    return permohonan.daftarkan(
        kunci=uuid4(), butir=butir, oleh=oleh,
        isi={"kanal": "surat" if oleh else "web", "jenis_pemohon": "perorangan", "cara_memperoleh": "softcopy",
             "cara_kirim": "surel", "diterima_pada": sekarang() - timedelta(days=hari)},
        data={"nama": "Warga Contoh", "alamat": "Jl. Contoh 1", "surel": "warga@contoh.id", "tujuan": "Penelitian"},
    )[0]  # fmt: skip


@pytest.fixture(scope="module")
def kantor(peladen) -> dict:
    """An answered and a late request, one published entry, the report of this year, findings; who works there."""
    indah, nirma, tono = (
        make.orang("indah", "ppid"),
        make.orang("nirma", "pejabat_ppid"),
        make.orang("tono", "kasubbag"),
    )
    sub, _ = Subbagian.objects.get_or_create(kode="hukum", defaults={"nama": "Subbagian Hukum"})
    Pegawai.objects.create(nama="Tono", user=tono, subbagian=sub)
    e = informasi.usulkan(berkas=None, oleh=tono, isi={
        "kategori": "setiap_saat", "judul": "Daftar lokasi TPS per kelurahan", "ringkasan": "Letak TPS", "unit": sub,
        "penanggung_jawab": "Kepala", "dibuat_pada": date(2025, 1, 2), "dibuat_di": "Palu", "bentuk": "salinan berkas",
        "retensi": "5 tahun", "frekuensi_bulan": None, "dimutakhirkan_pada": date(2025, 1, 2), "tautan": "",
    })  # fmt: skip
    e = informasi.verifikasi(e, versi=1, oleh=nirma)
    informasi.tetapkan(e, sk="SK 1/2025", pada=date(2025, 1, 2), versi=2, oleh=nirma)
    _minta("Anggaran kegiatan", hari=60, oleh=indah)
    p = _minta("Daftar lokasi TPS per kelurahan", hari=2)
    p = permohonan.nyatakan_lengkap(p, versi=p.versi, oleh=indah)
    q = _minta("Rencana kerja", hari=1)
    TenggatBerjalan.objects.subjek(q).terbuka().update(status="selesai", ditutup_tanggal=hari_ini())
    q.butir.update(hasil=Butir.Hasil.DIBERIKAN, diputus_oleh=nirma, diputus_pada=hari_ini(), dikuasai=True)
    Permohonan.objects.filter(pk=q.pk).update(
        status="dijawab", dijawab_pada=hari_ini(), publikasi="Rencana kerja tahunan kantor"
    )
    tahun = hari_ini().year
    laporan.buka_laporan(tahun, oleh=indah)
    jalankan_semua()
    return {"p": p.pk, "q": q.pk, "tahun": tahun, "indah": indah, "nirma": nirma, "bulan": hari_ini().month,
            "mundur": Anomali.objects.get(kode="tanggal-nomor", rinci="mundur", label__startswith="1/").pk}  # fmt: skip


HALAMAN = [
    ("indah", "/ppid/meja/"), ("indah", "/ppid/anomali/"), ("nirma", "/ppid/anomali/{mundur}/"),
    ("indah", "/ppid/permohonan/{q}/ringkasan/"), ("nirma", "/ppid/permohonan/{p}/butir/1/"),
    ("indah", "/ppid/register/"), ("indah", "/ppid/laporan/"), ("indah", "/ppid/laporan/{tahun}/"),
    ("indah", "/ppid/laporan/{tahun}/angka/diterima/"), ("indah", "/ppid/laporan/{tahun}/narasi/"),
    ("nirma", "/ppid/laporan/{tahun}/bekukan/"), ("indah", "/ppid/rekap-dip/"),
    ("nirma", "/ppid/rekap-dip/{tahun}/{bulan}/"), ("", "/ppid/kinerja/"), ("", "/ppid/informasi/register/"),
]  # fmt: skip


@pytest.mark.parametrize(("siapa", "alamat"), HALAMAN, ids=[alamat for _, alamat in HALAMAN])
def test_axe_finds_nothing_on_the_pages_of_the_desks_year(orang, kantor, siapa, alamat):
    page = orang(kantor.get(siapa))
    jawab = page.goto(alamat.format(**kantor))
    assert jawab is not None
    assert jawab.status == 200
    periksa(page)


def test_a_citizen_sees_what_is_there_before_the_request_leaves(orang, kantor):
    page = orang(None, java_script_enabled=False)
    page.goto("/ppid/informasi/ajukan/")
    page.get_by_label("Informasi yang Anda minta").fill("Daftar lokasi TPS per kelurahan")
    page.get_by_label("Tujuan penggunaan").fill("Penelitian")
    for pilih in ("Salinan berkas", "Surel", "Perorangan"):
        page.get_by_role("radio", name=pilih, exact=True).check()
    page.get_by_label("Nama", exact=True).fill("Warga Contoh")
    page.get_by_label("Alamat", exact=True).fill("Jl. Contoh 1")
    page.get_by_role("textbox", name="Surel").fill("warga@contoh.id")
    page.get_by_role("checkbox", name="Saya setuju").check()
    page.get_by_role("button", name="Kirim permohonan").click()
    expect(page.get_by_role("heading", name="Mungkin sudah tersedia")).to_be_visible()
    page.get_by_role("button", name="Tetap kirim permohonan").click()
    expect(page.get_by_text("Kode tiket:")).to_be_visible()
