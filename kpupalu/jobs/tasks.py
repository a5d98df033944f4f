"""The two Celery tasks: do one job, and find the jobs that nobody is doing."""

import logging
import time
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from kpupalu.jobs.lease import Lease, finish, take_lease
from kpupalu.jobs.models import Job
from kpupalu.jobs.outcome import execute

log = logging.getLogger(__name__)

SECONDS_TO_FIRST_DELIVERY = 5
SECONDS_TO_SECOND_DELIVERY = 60
SECONDS_OF_REST = 30


@shared_task(bind=True, name="kpupalu.jobs.tasks.run_job")
def run_job(self, pk: int) -> None:
    """Do job *pk* if nobody else does; a second delivery of the same message ends here without effect."""
    job = take_lease(pk)
    if job is None:
        return
    token = job.token
    with Lease(job, threaded=not self.request.is_eager):
        outcome = execute(job)
    if outcome:
        if not connection.in_atomic_block:
            # The runner may have failed because the database went away; the ending needs a connection that works.
            connection.close_if_unusable_or_obsolete()
        finish(job, token, **outcome.fields())


class _Queue:
    """Whether the queue answered lately. Asking a dead one costs seconds that a person would wait."""

    rest_until = 0.0


def queue_new_job(pk: int) -> bool:
    """``queue_job`` for a person's request: not even tried for a while after the queue was out of reach."""
    return time.monotonic() >= _Queue.rest_until and queue_job(pk)


def queue_job(pk: int) -> bool:
    """Hand the job to the queue and note when; False, with the row as it was, if the queue is out of reach."""
    try:
        run_job.apply_async((pk,), retry=False)
    except (OperationalError, OSError) as error:
        log.warning("Antrean tidak terjangkau (%s); pekerjaan %s diantrekan kembali nanti.", error, pk)
        _Queue.rest_until = time.monotonic() + SECONDS_OF_REST
        return False
    _Queue.rest_until = 0.0
    Job.objects.filter(pk=pk).update(diantrekan_pada=Now())
    return True


# An expired message is dropped: while every worker is busy, these must not pile up in the queue.
@shared_task(name="kpupalu.jobs.tasks.resume_stalled_jobs", expires=14)
def resume_stalled_jobs() -> int:
    """Queue again what was never delivered or whose worker went silent; the number of jobs queued.

    Delivering a job twice is harmless, so this asks the rows and not the queue what is missing.
    """
    now, lease = Now(), timedelta(seconds=settings.JOB_LEASE_SECONDS)
    undelivered = Q(status=Job.Status.ANTRE) & (
        Q(diantrekan_pada=None, dibuat_pada__lt=now - timedelta(seconds=SECONDS_TO_FIRST_DELIVERY))
        | Q(diantrekan_pada__lt=now - timedelta(seconds=SECONDS_TO_SECOND_DELIVERY))
    )
    silent = Q(status=Job.Status.BERJALAN, diantrekan_pada=None) | Q(
        status=Job.Status.BERJALAN, diantrekan_pada__lt=now - lease
    )
    missing = Job.objects.available().filter(undelivered | silent).order_by("pk").values_list("pk", flat=True)
    queued = 0
    for pk in missing:
        if not queue_job(pk):
            break
        queued += 1
    return queued
