"""Tells the starter of a worker that it takes work: the file named by ``BERKAS_SIAP`` appears."""

import os
from pathlib import Path

from celery.signals import worker_ready


@worker_ready.connect
def tulis_tanda(**_kwargs: object) -> None:
    """The file that the starter waits for exists."""
    if berkas := os.environ.get("BERKAS_SIAP"):
        Path(berkas).touch()
