"""Runners for the kill tests; real workers load this module with ``celery worker -I tests.worker.pelari``.

Each writes countable rows into the table ``uji_satuan`` that the test makes. The table has no unique key on
purpose: work done twice shows as rows that are there twice.
"""

import os
import signal
import time
from pathlib import Path

from django.db import connection, transaction

from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import runner

SEMUA, SEKALI = 200, 20
TABEL = """create table uji_satuan (job bigint not null, satuan int not null, pid int not null)"""


def berhenti_di(job: Job, titik: str) -> None:
    """Where the job names this point, and only on its first attempt: say so in a file and wait to be killed."""
    if job.params.get("titik") == titik and job.percobaan == 1:
        Path(os.environ["UJI_DIR"], f"{job.pk}-{titik}").touch()
        time.sleep(60)


def tidur_di(job: Job, titik: str) -> None:
    """Where the job names this point: leave the own pid in a file and stop, as a machine put to sleep would."""
    if job.params.get("tidur") == titik and job.percobaan == 1:
        Path(os.environ["UJI_DIR"], f"{job.pk}-{titik}").write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGSTOP)


def sudah(job: Job) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from uji_satuan where job = %s", [job.pk])
        return cursor.fetchone()[0]


@runner("uji.hitung", label="Menghitung satuan", satuan="baris", dapat_dihentikan=True)
def hitung(job: Job) -> dict:
    """Write SEMUA rows in transactions of SEKALI, going on where the committed rows end."""
    berhenti_di(job, "sesudah_sewa")
    job.report(sudah(job), SEMUA, "Menulis")
    while (awal := sudah(job)) < SEMUA:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                "insert into uji_satuan values (%s, %s, %s)",
                [(job.pk, satuan, os.getpid()) for satuan in range(awal, awal + SEKALI)],
            )
            if awal == 5 * SEKALI:
                berhenti_di(job, "di_dalam_transaksi")
                tidur_di(job, "sebelum_memegang")
            job.hold_lease()
            if awal == 5 * SEKALI:
                tidur_di(job, "sambil_memegang")
        job.report(awal + SEKALI)
        if awal == 5 * SEKALI:
            berhenti_di(job, "di_tengah")
            tidur_di(job, "di_antara")
        time.sleep(job.params.get("jeda", 0))
    berhenti_di(job, "sebelum_ditutup")
    return {"tautan": f"/hasil/{job.pk}/"}


@runner("uji.mati", label="Selalu mati", max_percobaan=2)
def mati(job: Job) -> None:
    """Leave one row as a trace of the attempt, then take the whole process down as the kernel would."""
    with connection.cursor() as cursor:
        cursor.execute("insert into uji_satuan values (%s, %s, %s)", [job.pk, job.percobaan, os.getpid()])
    os.kill(os.getpid(), signal.SIGKILL)


@runner("uji.putus", label="Terputus dari basis data")
def putus(job: Job) -> None:
    """Lose the database connection once, as when the server restarts."""
    with connection.cursor() as cursor:
        cursor.execute("insert into uji_satuan values (%s, %s, %s)", [job.pk, job.percobaan, os.getpid()])
        if job.percobaan == 1:
            cursor.execute("select pg_terminate_backend(pg_backend_pid())")
