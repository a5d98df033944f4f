"""Redis and real workers for the kill tests."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from kpupalu.celery import app
from kpupalu.jobs.models import Job
from kpupalu.jobs.tasks import resume_stalled_jobs

SEWA = 2
AKAR = Path(__file__).resolve().parents[2]


class Layanan:
    """One Redis and the workers of these tests; each worker leads a process group of its own."""

    def __init__(self, folder: Path, modul: str = "pelari") -> None:
        self.modul = modul
        self.folder, self.redis, self.workers = folder, None, []
        self.url = f"redis+socket://{folder}/redis.sock"

    def tunggu(self, syarat: Callable[[], object], apa: str, detik: float = 25) -> None:
        """Wait until *syarat* is true; fail with *apa* and what the workers last wrote after *detik* seconds,
        or at once when a worker has died by itself."""
        batas = time.monotonic() + detik
        while not syarat():
            mati = [proses for proses in self.workers if proses.poll() is not None]
            if mati or time.monotonic() > batas:
                catatan = "\n".join(log.read_text()[-1500:] for log in sorted(self.folder.glob("*.log")))
                pytest.fail(f"tidak terjadi: {apa}; worker mati: {len(mati)}\n{catatan}", pytrace=False)
            time.sleep(0.05)

    def nyalakan_redis(self) -> None:
        self.redis = subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", "redis.sock", "--appendonly", "yes", "--save", ""],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            preexec_fn=os.setsid,
        )
        self.tunggu((self.folder / "redis.sock").exists, "Redis menyala")

    def matikan_redis(self) -> None:
        self.redis.terminate()
        self.redis.wait()
        (self.folder / "redis.sock").unlink(missing_ok=True)

    def nyalakan_worker(self, nama: str = "w") -> subprocess.Popen:
        alamat = urlsplit(os.environ.get("DATABASE_URL", "postgresql://localhost/kantor"))
        lingkungan = os.environ | {
            "DATABASE_URL": alamat._replace(path=f"/{connection.settings_dict['NAME']}").geturl(),
            "CELERY_BROKER_URL": self.url,
            "JOB_LEASE_SECONDS": str(SEWA),
            "UJI_DIR": str(self.folder),
        }
        perintah = [sys.executable, "-m", "celery", "-A", "kpupalu", "worker", "-I", f"tests.worker.{self.modul}"]
        pilihan = ["-c", "1", "-n", f"{nama}@%h", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        with (self.folder / f"{nama}.log").open("a") as catatan:
            proses = subprocess.Popen(
                perintah + pilihan, cwd=AKAR, env=lingkungan, stdout=catatan, stderr=catatan, preexec_fn=os.setsid
            )
        self.workers.append(proses)
        return proses

    def bunuh(self, proses: subprocess.Popen) -> None:
        """SIGKILL the worker and its children at once, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(proses.pid, signal.SIGKILL)
        proses.wait()
        self.workers.remove(proses)

    def satu_worker(self) -> subprocess.Popen:
        """The worker that survived the test before this one, or a new one."""
        return self.workers[0] if self.workers else self.nyalakan_worker()


@contextmanager
def berjalan(folder: Path, modul: str = "pelari"):
    """Redis for as long as the block runs; workers started inside load ``tests.worker.<modul>``."""
    layanan = Layanan(folder, modul)
    layanan.nyalakan_redis()
    with pytest.MonkeyPatch.context() as patch:
        # Celery asks this variable first, each time. Its pool still knows the queue of the other tests.
        patch.setenv("CELERY_BROKER_URL", layanan.url)
        app._after_fork()
        yield layanan
    app._after_fork()
    for proses in list(layanan.workers):
        layanan.bunuh(proses)
    layanan.matikan_redis()


def pulihkan(layanan: Layanan, *jobs: Job) -> None:
    """Do what beat does, more often, until every job has ended."""

    def berakhir() -> bool:
        resume_stalled_jobs()
        return not Job.objects.unfinished().filter(pk__in=[job.pk for job in jobs]).exists()

    layanan.tunggu(berakhir, f"pekerjaan berakhir: {list(Job.objects.values_list('pk', 'status', 'percobaan'))}")
    for job in jobs:
        job.refresh_from_db()
