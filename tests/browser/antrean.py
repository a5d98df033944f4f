"""One real Redis and one real Celery worker for the tests that need a job done while a browser looks on."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from kpupalu.celery import app

AKAR = Path(__file__).resolve().parents[2]
SABAR = 60


class Antrean:
    """The queue and its worker. The worker has the test's database and folder of private files."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.siap = folder, folder / "siap"
        self.url = f"redis+socket://{folder}/redis.sock"
        self.redis: subprocess.Popen | None = None
        self.pekerja: subprocess.Popen | None = None

    def nyalakan(self) -> None:
        """Redis answers and the worker takes work."""
        perintah = [shutil.which("redis-server") or "redis-server", "--port", "0", "--unixsocket", "redis.sock"]
        self.redis = self._proses([*perintah, "--save", ""], "redis")
        self._tunggu((self.folder / "redis.sock").exists)
        alamat = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
        perintah = [sys.executable, "-m", "celery", "-A", "kpupalu", "worker", "-c", "1", "-I", "kpupalu.demo.pekerja"]
        self.pekerja = self._proses(
            [*perintah, "--without-gossip", "--without-mingle", "--without-heartbeat"],
            "pekerja",
            DATABASE_URL=alamat.geturl(),
            CELERY_BROKER_URL=self.url,
            DATA_DIR=str(settings.DATA_DIR),
            BERKAS_SIAP=str(self.siap),
        )
        self._tunggu(self.siap.exists)

    def _proses(self, perintah: list[str], nama: str, **lingkungan: str) -> subprocess.Popen:
        with (self.folder / f"{nama}.log").open("a") as log:
            return subprocess.Popen(
                perintah,
                cwd=AKAR if nama == "pekerja" else self.folder,
                env=os.environ | lingkungan,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _tunggu(self, syarat: Callable[[], bool]) -> None:
        batas = time.monotonic() + SABAR
        while not syarat():
            mati = [p for p in (self.redis, self.pekerja) if p and p.poll() is not None]
            if mati or time.monotonic() > batas:
                catatan = "\n".join(log.read_text()[-1500:] for log in sorted(self.folder.glob("*.log")))
                pytest.fail(f"antrean tidak menyala\n{catatan}", pytrace=False)
            time.sleep(0.05)

    @contextmanager
    def ditahan(self):
        """The worker does nothing inside this block, as if it were busy elsewhere."""
        assert self.pekerja
        os.killpg(self.pekerja.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.pekerja.pid, signal.SIGCONT)

    def matikan(self) -> None:
        """Both are gone, whatever they were doing."""
        for proses in filter(None, (self.pekerja, self.redis)):
            with suppress(ProcessLookupError):
                os.killpg(proses.pid, signal.SIGKILL)
            proses.wait()


@contextmanager
def antrean_hidup(folder: Path):
    """A running ``Antrean`` that this process, and so the test's own web server, sends its jobs to."""
    antrean = Antrean(folder)
    with pytest.MonkeyPatch.context() as patch:
        # Celery asks this variable first, each time; its pool still knows the queue of other tests.
        patch.setenv("CELERY_BROKER_URL", antrean.url)
        app._after_fork()
        try:
            antrean.nyalakan()
            yield antrean
        finally:
            antrean.matikan()
            app._after_fork()
