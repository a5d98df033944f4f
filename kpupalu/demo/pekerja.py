"""Loaded by a worker of one machine: it says when it takes work, and its children never outlive it."""

import os
from pathlib import Path

from celery.signals import beat_embedded_init, worker_process_init, worker_ready

from kpupalu.demo.proses import mati_bersama_induk


@worker_ready.connect
def tulis_tanda(**_kwargs: object) -> None:
    """The file ``BERKAS_SIAP``, which the starter waits for, exists."""
    if berkas := os.environ.get("BERKAS_SIAP"):
        Path(berkas).touch()


@worker_process_init.connect
@beat_embedded_init.connect
def ikut_mati(**_kwargs: object) -> None:
    """This child is killed with the worker; a busy one or the clock would otherwise go on alone."""
    mati_bersama_induk()
