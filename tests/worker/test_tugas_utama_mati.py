"""The office's own long jobs under SIGKILL: an import that applies, a freeze, a print. Nothing lost or doubled."""

import shutil
import zipfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings as setelan
from django.core.files import File
from django.db import connection

from kpupalu.demo.pembangkit import Masa, buat
from kpupalu.demo.tugas import muat_tps
from kpupalu.jobs.actions import start_job
from kpupalu.jobs.models import Job
from kpupalu.naskah import proses_daftar
from kpupalu.naskah.dasar import siapkan
from kpupalu.naskah.models import EntriAgenda, Naskah, Revisi
from pdpb.actions.naskah import buat_berita_acara
from pdpb.impor import periksa, unggah
from pdpb.models import EksporDaftar, Identitas, ImporBatch, Pemilih, Pendaftaran, Periode, Snapshot, SnapshotBaris
from pdpb.pohon import pohon_rusak
from pdpb.rekap import rekap_berjalan, rekap_dari_baris
from tests import make
from tests.worker.layanan import SEWA, berjalan, pulihkan

pytestmark = [
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server tidak terpasang"),
]


@pytest.fixture(scope="module")
def kiriman(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kiriman")
    buat(folder, skala=0.01, masa=Masa())
    return folder


@pytest.fixture(scope="module")
def layanan(tmp_path_factory, django_db_setup):
    with berjalan(tmp_path_factory.mktemp("redis"), "jeda") as layanan:
        yield layanan


@pytest.fixture(autouse=True)
def _sewa(settings, transactional_db):
    settings.JOB_LEASE_SECONDS = SEWA
    yield
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")


def mati_di(layanan, langkah: str, mulai):
    """Start a job with *mulai*, kill its worker at *langkah*, let another one finish it; return the job."""
    Path(layanan.folder, "jeda").write_text(langkah)
    Path(layanan.folder, "sampai").unlink(missing_ok=True)
    korban = layanan.satu_worker()
    job = mulai()
    layanan.tunggu((layanan.folder / "sampai").exists, f"langkah {langkah}")
    layanan.bunuh(korban)
    layanan.nyalakan_worker()
    pulihkan(layanan, job)
    return job


def daftar_dasar(kiriman) -> ImporBatch:
    muat_tps(kiriman / "tps.csv")
    berkas = [File(b.open("rb"), name=b.name) for b in sorted((kiriman / "dpt").glob("*.csv"))]
    batch = unggah(berkas, jenis="dpt", periode=make.periode(), oleh=make.sari(), pengirim="uji")
    periksa(batch)
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("langkah", ["Menambah pemilih", "Menghitung rekap"])
def test_import_killed_while_it_applies_is_applied_once(layanan, kiriman, langkah):
    batch = daftar_dasar(kiriman)
    dibaca = batch.ringkasan["dibaca"]
    job = mati_di(
        layanan, langkah, lambda: start_job("pdpb.terapkan_impor", by=make.sari(), batch=batch.pk, terima=True)
    )
    assert job.status == "selesai", job.pesan
    batch.refresh_from_db()
    assert batch.status == "selesai"
    assert Pemilih.objects.count() == Pendaftaran.objects.aktif().count() == Identitas.objects.count() == dibaca
    kota = rekap_berjalan(make.periode()).kota.total
    assert (kota.sebelumnya, kota.sekarang) == (dibaca, dibaca)
    # The comparison of rows that an applied import asks for works on; the tables are emptied only after it.
    pulihkan(layanan, *Job.objects.unfinished())


@pytest.mark.parametrize(
    "langkah",
    ["Memeriksa semua identitas rekap", "Menyimpan baris beku", "Menghitung sidik data", "Menyusun pohon bukti"],
)
def test_freeze_killed_at_a_named_step_leaves_one_snapshot(layanan, langkah):
    for _ in range(5):
        make.pemilih()
    per = make.selesai_daftar()
    job = mati_di(layanan, langkah, lambda: start_job("pdpb.bekukan", by=make.budi(), periode=per.pk))
    assert job.status == "selesai", job.pesan
    assert Snapshot.objects.count() == 1
    assert SnapshotBaris.objects.count() == 5
    assert pohon_rusak(Snapshot.objects.exclude(akar="").get()) == ""
    assert Periode.objects.get(pk=per.pk).status == "dibekukan"
    assert rekap_dari_baris(per).kota.total.sekarang == 5


@pytest.mark.parametrize(
    "langkah", ["Menyusun dan mencetak naskah", "Memasang kolom tanda tangan", "Mendaftarkan naskah", "Selesai"]
)
def test_print_killed_at_a_named_step_prints_once_under_one_nomor(layanan, langkah):
    from pdpb.actions.periode import bekukan

    make.komisioner()
    make.pemilih()
    per = make.selesai_daftar()
    bekukan(per, oleh=make.budi())
    naskah = buat_berita_acara(Periode.objects.get(pk=per.pk), oleh=make.budi())
    job = mati_di(layanan, langkah, lambda: siapkan(naskah, by=make.budi()).pekerjaan)
    assert job.status == "selesai", job.pesan
    naskah = Naskah.objects.get(pk=naskah.pk)
    assert (naskah.status, Revisi.objects.count(), EntriAgenda.objects.count()) == ("siap", 1, 1)
    tersimpan = Counter(b.suffix for b in (Path(setelan.DATA_DIR) / "naskah").rglob(f"{naskah.kode_verifikasi}/*"))
    assert tersimpan == {".pdf": 1}


def penyusun_hidup() -> set[int]:
    """The processes on this machine that set lists and were started from this checkout."""
    hidup = set()
    for proses in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if proses_daftar.__file__.encode() in (proses / "cmdline").read_bytes().split(b"\0"):
                hidup.add(int(proses.name))
    return hidup


@pytest.mark.parametrize("langkah", ["Membaca daftar Lere", "Mencetak daftar"])
def test_list_of_the_city_killed_on_the_way_is_built_once_and_leaves_nothing(layanan, langkah):
    """Only the worker is killed: the processes that set pages end because it is gone."""
    from pdpb.actions.ekspor import folder, minta_ekspor

    per = make.kantor_berisi()[1]
    isi = {"jenis": "pemilih", "bentuk": "pdf", "penerima": "Arsip kantor", "tujuan": "Pencermatan daftar"}
    job = mati_di(
        layanan,
        langkah,
        lambda: Job.objects.get(pk=minta_ekspor(periode=per, wilayah=None, oleh=make.budi(), **isi).pekerjaan),
    )
    assert (job.status, job.percobaan) == ("selesai", 2), job.pesan
    ekspor = EksporDaftar.objects.get()
    assert (ekspor.status, ekspor.jumlah_baris) == ("siap", rekap_berjalan(per).kota.total.sekarang)
    assert [p.name for p in folder().iterdir()] == [ekspor.berkas]
    with zipfile.ZipFile(folder() / ekspor.berkas) as arsip:
        assert arsip.testzip() is None
        assert arsip.namelist()[-1] == "daftar-isi.csv"
    layanan.tunggu(lambda: not penyusun_hidup(), "proses penyusun berakhir")


@pytest.mark.parametrize(
    "langkah", ["Mengumpulkan isi paket", "Menulis 05-salinan/tanda-terima.pdf", "Mendaftarkan paket"]
)
def test_package_of_a_quarter_killed_on_the_way_is_written_once_and_leaves_nothing(layanan, langkah):
    from pdpb.actions.paket import berkas_paket, folder_paket, minta_paket
    from pdpb.models import PaketPeriode
    from pdpb.paket.pemeriksaan import periksa_paket
    from tests.pdpb import bangun_paket

    # The quarter is built by hand: no worker may print its documents beside us.
    for proses in list(layanan.workers):
        layanan.bunuh(proses)
    # Tests of pages leave their packages in the same folder; the database they stood in was emptied.
    for sisa in folder_paket().glob("*"):
        sisa.unlink()
    per = bangun_paket.tertutup_di_utas()
    job = mati_di(layanan, langkah, lambda: Job.objects.get(pk=minta_paket(per, oleh=make.budi()).pekerjaan))
    assert (job.status, job.percobaan) == ("selesai", 2), job.pesan
    paket = PaketPeriode.objects.get()
    assert (paket.status, paket.sidik_manifes) == ("siap", periksa_paket(berkas_paket(paket)).sidik_manifes)
    assert periksa_paket(berkas_paket(paket)).utuh
    assert [p.name for p in folder_paket().iterdir()] == [paket.berkas]
    pulihkan(layanan, *Job.objects.unfinished())
