"""Lets a worker of the kill tests stand still at one named step of a real runner, on its first attempt.

Loaded with ``celery worker -I tests.worker.jeda``. The step is named by the file ``jeda`` in UJI_DIR; the worker
says in ``sampai`` that it got there, and waits to be killed.
"""

import os
import time
from pathlib import Path

from kpupalu.jobs.models import Job

_report = Job.report


def report(self: Job, done: int, total: int | None = None, langkah: str = "") -> None:
    folder = Path(os.environ["UJI_DIR"])
    _report(self, done, total, langkah)
    if self.percobaan == 1 and langkah and (folder / "jeda").read_text() == langkah:
        (folder / "sampai").write_text(langkah)
        time.sleep(120)


Job.report = report
