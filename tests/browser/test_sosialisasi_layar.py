"""Events on a screen: WCAG at three sizes, empty, filled, and with errors; the way from plan to announcement."""

from datetime import time, timedelta

import pytest

from kpupalu.lib.waktu import hari_ini
from kpupalu.organisasi.models import MasaJabatan, Pegawai
from kpupalu.surat.models import Instansi
from ppid.actions import isi_sosialisasi, sosialisasi
from ppid.models import Narasumber, PosAnggaran
from tests import make
from tests.browser.periksa import periksa


@pytest.fixture(scope="module")
def kantor(peladen) -> dict:
    """A plan and an announced event; who works there."""
    ppid, arifin = make.orang("nirma", "pejabat_ppid", "kasubbag"), make.orang("arifin", "sekretaris")
    pegawai = Pegawai.objects.create(nama="Arifin", user=arifin)
    MasaJabatan.objects.create(pegawai=pegawai, jabatan="sekretaris", mulai=hari_ini() - timedelta(days=400))
    isi = {
        "judul": "Kenali hak atas informasi", "tujuan": "Memahami hak", "sasaran": "Badan publik", "tempat": "Aula",
        "tanggal_usulan": hari_ini() + timedelta(days=30),
    }  # fmt: skip
    rencana = sosialisasi.rencanakan(isi=isi | {"judul": "Rencana"}, oleh=ppid)
    s = sosialisasi.rencanakan(isi=isi, oleh=ppid)
    pos = isi_sosialisasi.simpan_baris(s, PosAnggaran(), {"uraian": "Konsumsi", "rencana": 500_000}, oleh=ppid)
    n = {"asal": "lsm", "lembaga": "Lembaga Contoh", "topik": "Hak", "kesediaan": "bersedia"}
    isi_sosialisasi.simpan_baris(s, Narasumber(), n, oleh=ppid)
    kpu = Instansi.objects.get(nama="KPU Republik Indonesia")
    sosialisasi.koordinasikan(s, kepada=kpu, surat_tanggal=hari_ini(), surat_nomor="7/SD", versi=1, oleh=ppid)
    jawaban = {
        "hasil": "disetujui", "melalui": "surel", "jawaban_nomor": "", "jawaban_tanggal": hari_ini(),
        "tanggal_disepakati": isi["tanggal_usulan"], "catatan": "",
    }  # fmt: skip
    sosialisasi.catat_jawaban(s, isi=jawaban, versi=2, oleh=ppid)
    s = sosialisasi.setujui(s, mulai=time(9), selesai=time(12), tempat="Aula", pimpinan=pegawai, versi=3, oleh=arifin)
    return {"r": rencana.pk, "s": s.pk, "pos": pos.pk, "b": s.evaluasi.first().pk, "nirma": ppid, "arifin": arifin}


HALAMAN = [
    ("", "informasi/sosialisasi/"), ("nirma", "sosialisasi/"), ("nirma", "sosialisasi/?antrean=spj"),
    ("nirma", "sosialisasi/rencanakan/"), ("nirma", "sosialisasi/{r}/"), ("nirma", "sosialisasi/{s}/"),
    ("nirma", "sosialisasi/{r}/koordinasi/"), ("nirma", "sosialisasi/{s}/undang/"),
    ("nirma", "sosialisasi/{s}/evaluasi/"), ("nirma", "sosialisasi/{s}/materi/unggah/"),
    ("nirma", "sosialisasi/{s}/pertanyaan/{b}/hapus/"), ("arifin", "sosialisasi/{s}/tempat/"),
]  # fmt: skip


@pytest.mark.parametrize(("siapa", "alamat"), HALAMAN, ids=[alamat for _, alamat in HALAMAN])
def test_axe_finds_nothing_on_the_events(orang, kantor, siapa, alamat):
    page = orang(kantor.get(siapa))
    page.goto("/ppid/" + alamat.format(**kantor))
    periksa(page)
    if tombol := page.get_by_role("button", name="Simpan rencana").or_(page.get_by_role("button", name="Unggah")).all():
        tombol[-1].click()
        periksa(page)
