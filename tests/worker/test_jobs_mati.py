"""Real workers, real Redis, real SIGKILL: nothing lost, nothing doubled, and failure that says so."""

import contextlib
import os
import shutil
import signal
import socket
import threading
import time

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from kombu.exceptions import OperationalError

from kpupalu.celery import app
from kpupalu.jobs.actions import start_job, stop_job
from kpupalu.jobs.models import Job
from kpupalu.jobs.tasks import resume_stalled_jobs, run_job
from tests.worker import pelari
from tests.worker.layanan import SEWA, berjalan, pulihkan

pytestmark = [
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server tidak terpasang"),
]


@pytest.fixture(scope="module")
def layanan(tmp_path_factory, django_db_setup):
    with berjalan(tmp_path_factory.mktemp("redis")) as layanan:
        yield layanan


@pytest.fixture(autouse=True)
def _kosongkan(transactional_db):
    """The history refuses TRUNCATE, also by the emptying after a test; that closes this connection as well."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")


@pytest.fixture
def sari(settings):
    settings.JOB_LEASE_SECONDS = SEWA
    with connection.cursor() as cursor:
        # A lock that nobody lets go must fail the test, not hang it.
        cursor.execute("set statement_timeout = '20s'")
        cursor.execute("drop table if exists uji_satuan")
        cursor.execute(pelari.TABEL)
    yield get_user_model().objects.create(username="sari")
    with connection.cursor() as cursor:
        cursor.execute("drop table uji_satuan")


def satuan(job: Job) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select satuan from uji_satuan where job = %s order by 1", [job.pk])
        return [baris[0] for baris in cursor]


@pytest.mark.parametrize("titik", ["sesudah_sewa", "di_dalam_transaksi", "di_tengah", "sebelum_ditutup"])
def test_worker_killed_at_a_named_point_loses_and_doubles_nothing(layanan, sari, titik):
    korban = layanan.satu_worker()
    job = start_job("uji.hitung", by=sari, titik=titik)
    layanan.tunggu((layanan.folder / f"{job.pk}-{titik}").exists, f"titik {titik}")
    terlihat = len(satuan(job))
    layanan.bunuh(korban)
    layanan.nyalakan_worker()

    pulihkan(layanan, job)

    assert terlihat == {"sesudah_sewa": 0, "di_dalam_transaksi": 100, "di_tengah": 120, "sebelum_ditutup": 200}[titik]
    assert satuan(job) == list(range(pelari.SEMUA))
    assert (job.status, job.percobaan, job.selesai_satuan) == ("selesai", 2, pelari.SEMUA)
    assert job.tautan == f"/hasil/{job.pk}/"


def test_job_whose_worker_always_dies_fails_honestly(layanan, sari):
    layanan.satu_worker()
    job = start_job("uji.mati", by=sari)

    pulihkan(layanan, job)

    assert satuan(job) == [1, 2], "dua percobaan, tidak lebih"
    assert job.status == "gagal"
    assert "terhenti di tengah jalan berkali-kali" in job.pesan
    assert job.nomor_kejadian in job.pesan


def test_queue_that_is_down_loses_no_job_and_fails_no_request(layanan, sari):
    layanan.matikan_redis()
    job = start_job("uji.hitung", by=sari)
    job.refresh_from_db()
    assert (job.status, job.diantrekan_pada) == ("antre", None)
    mulai = time.monotonic()
    kedua = start_job("uji.hitung", by=sari)
    assert time.monotonic() - mulai < 1, "permintaan berikutnya tidak menunggu antrean yang mati"
    assert resume_stalled_jobs() == 0

    layanan.nyalakan_redis()
    layanan.satu_worker()
    pulihkan(layanan, job, kedua)

    for satu in (job, kedua):
        assert satu.status == "selesai"
        assert satuan(satu) == list(range(pelari.SEMUA))


def test_queue_that_is_down_is_asked_once():
    """The transport alone would ask again for six seconds, whatever the publisher says."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        threading.Thread(target=_hang_up, args=(server, asked), daemon=True).start()
        with app.connection_for_write(address) as queue, pytest.raises(OperationalError):
            _ = queue.default_channel
    assert len(asked) == 1


def _hang_up(server, asked):
    with contextlib.suppress(OSError):
        while True:
            call, _ = server.accept()
            asked.append(call)
            call.close()


def test_two_workers_and_many_deliveries_run_a_job_once(layanan, sari):
    layanan.satu_worker()
    layanan.nyalakan_worker("w2")
    jobs = [start_job("uji.hitung", by=sari, jeda=0.05) for _ in range(4)]
    for job in jobs * 5:
        run_job.delay(job.pk)

    pulihkan(layanan, *jobs)

    assert [satuan(job) for job in jobs] == [list(range(pelari.SEMUA))] * 4
    assert {job.percobaan for job in jobs} == {1}


@pytest.mark.parametrize("titik", ["di_antara", "sebelum_memegang", "sambil_memegang"])
def test_worker_paused_past_its_lease_commits_nothing_more(layanan, sari, titik):
    """A machine that sleeps and wakes: its job went to another worker meanwhile, and it must notice."""
    while len(layanan.workers) < 2:
        layanan.nyalakan_worker(f"w{len(layanan.workers)}")
    job = start_job("uji.hitung", by=sari, tidur=titik)
    berkas = layanan.folder / f"{job.pk}-{titik}"
    layanan.tunggu(lambda: berkas.exists() and berkas.read_text(), f"titik {titik}")
    try:
        pulihkan(layanan, job)
    finally:
        os.kill(int(berkas.read_text()), signal.SIGCONT)
    time.sleep(0.7)

    assert satuan(job) == list(range(pelari.SEMUA))
    sesudah = Job.objects.get(pk=job.pk)
    assert (job.status, job.percobaan) == ("selesai", 2)
    assert (sesudah.selesai_pada, sesudah.pesan) == (job.selesai_pada, "")


def test_job_that_loses_the_database_goes_on(layanan, sari):
    layanan.satu_worker()
    job = start_job("uji.putus", by=sari)

    pulihkan(layanan, job)

    assert (job.status, job.percobaan, job.nomor_kejadian) == ("selesai", 2, "")
    assert satuan(job) == [1, 2]


def test_person_stops_a_running_job(layanan, sari):
    layanan.satu_worker()
    job = start_job("uji.hitung", by=sari, jeda=0.3)
    layanan.tunggu(lambda: satuan(job), "pekerjaan mulai menulis")
    job.refresh_from_db()
    stop_job(job, by=sari)

    pulihkan(layanan, job)

    assert job.status == "dihentikan"
    assert 0 < len(satuan(job)) < pelari.SEMUA
    assert "dari 200 baris" in job.pesan
