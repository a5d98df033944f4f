"""Who may work on a job now: taking it, staying alive, letting it go.

Every write here is one conditional UPDATE on the job's own row, so two workers, a duplicate delivery and a worker
that wakes up late all get a clear answer from the database and need no other lock.
"""

import logging
import threading
import time
from types import TracebackType
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import F
from django.db.models.functions import Coalesce, Now

from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import JobStopped, LeaseLost

log = logging.getLogger(__name__)

SECONDS_BETWEEN_WRITES = 0.5


def take_lease(pk: int) -> Job | None:
    """The job, now running under a fresh token; None if it has ended or a living worker has it."""
    token = uuid4()
    taken = (
        Job.objects.available()
        .filter(pk=pk)
        .update(
            status=Job.Status.BERJALAN,
            token=token,
            percobaan=F("percobaan") + 1,
            mulai_pada=Coalesce("mulai_pada", Now()),
            percobaan_pada=Now(),
            detak_pada=Now(),
        )
    )
    return Job.objects.select_related("requested_by").held_by(token).first() if taken else None


class Lease:
    """The lease of one running job; a context manager around the runner.

    A thread with a database connection of its own writes the heartbeat, and with it the latest progress, and
    learns whether the person asked to stop or another worker took over. With ``threaded=False`` (work done in
    the caller's process and transaction, as in unit tests) the same writes are made by ``report`` itself.
    """

    def __init__(self, job: Job, *, threaded: bool = True) -> None:
        self.job, self.token = job, job.token
        self.lost = self.stop_asked = False
        self._dirty = False
        self._done = threading.Event()
        self._last_write = time.monotonic()
        self._thread = threading.Thread(target=self._beat_until_done, daemon=True) if threaded else None

    def __enter__(self) -> "Lease":
        self.job.lease = self
        if self._thread:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        if self._thread:
            self._thread.join()
        self.job.lease = None

    def report(self) -> None:
        """Progress has changed: have it written soon; raise JobStopped or LeaseLost where that is so."""
        self._dirty = True
        silent = time.monotonic() - self._last_write
        if silent > settings.JOB_LEASE_SECONDS or (not self._thread and silent >= SECONDS_BETWEEN_WRITES):
            # Paused for longer than the lease lasts (or nobody else writes): do not trust what we knew before.
            self._beat()
        if self.lost:
            raise LeaseLost(f"pekerjaan {self.job.pk} sudah diambil alih")
        if self.stop_asked:
            raise JobStopped

    def hold(self) -> None:
        """Lock the job row in the caller's transaction; LeaseLost if the token is no longer ours.

        A process that is paused while it holds this lock would keep every other worker out. So PostgreSQL ends
        the session when the commit does not follow within the lease.
        """
        ours = Job.objects.select_for_update(no_key=True).held_by(self.token).filter(pk=self.job.pk)
        if not ours.values_list("pk").first():
            self.lost = True
            raise LeaseLost(f"pekerjaan {self.job.pk} sudah diambil alih")
        with connection.cursor() as cursor:
            limit = f"{settings.JOB_LEASE_SECONDS}s"
            cursor.execute("select set_config('idle_in_transaction_session_timeout', %s, true)", [limit])

    def _beat_until_done(self) -> None:
        try:
            while not self._done.wait(SECONDS_BETWEEN_WRITES):
                silent = time.monotonic() - self._last_write
                if self._dirty or silent >= settings.JOB_LEASE_SECONDS / 5:
                    self._try_beat()
        finally:
            connection.close()

    def _try_beat(self) -> None:
        try:
            self._beat()
        except DatabaseError:
            # The database may come back before the lease ends; if not, another worker resumes the job.
            log.warning("Detak pekerjaan %s tidak tersimpan.", self.job.pk)
            connection.close()

    def _beat(self) -> None:
        self._dirty = False
        ours = Job.objects.held_by(self.token).filter(pk=self.job.pk)
        if not ours.update(detak_pada=Now(), **progress(self.job)):
            self.lost = True
            return
        self._last_write = time.monotonic()
        self.stop_asked = ours.filter(diminta_berhenti_pada__isnull=False).exists()


def progress(job: Job) -> dict[str, Any]:
    """The progress fields as the runner last reported them."""
    return {
        "selesai_satuan": job.selesai_satuan,
        "total_satuan": job.total_satuan,
        "langkah": job.langkah,
    }


def finish(job: Job, token: Any, *, status: str, **fields: Any) -> bool:
    """End the job with *status* and *fields*; False, and nothing written, if *token* no longer holds it."""
    ended = (
        Job.objects.held_by(token)
        .filter(pk=job.pk)
        .update(status=status, selesai_pada=Now(), token=None, **progress(job), **fields)
    )
    if not ended:
        log.warning("Hasil pekerjaan %s diabaikan karena pelaksana lain sudah mengambil alih.", job.pk)
    return bool(ended)
