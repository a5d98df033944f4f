"""What people do with jobs: ask for one, stop one."""

from typing import Any

from django.db import IntegrityError, transaction

from kpupalu.jobs.models import Job, refuse_personal_numbers
from kpupalu.jobs.registry import Runner, get_runner
from kpupalu.jobs.tasks import queue_new_job
from kpupalu.lib import ALLOWED, Refused, Verdict
from kpupalu.lib.waktu import sekarang


def start_job(kind: str, *, by, kunci: str | None = None, **params: Any) -> Job:
    """The job asked for by *by*, recorded now and queued once the running transaction has committed.

    *params* are ids and small choices; a value shaped like a NIK is a ValidationError, a kind without runner an
    UnknownKind. With *kunci* (of this kind) an unfinished job under the same key is returned instead of a second
    one, or Refused if somebody else asked for it. A queue that is down changes nothing for the caller: the row
    waits and ``resume_stalled_jobs`` queues it later.
    """
    runner = get_runner(kind)
    refuse_personal_numbers([params, kunci])
    job = _unfinished(runner, kunci, by) or _create(runner, kunci, by, params)
    if job.status == Job.Status.ANTRE and job.diantrekan_pada is None:
        transaction.on_commit(lambda: queue_new_job(job.pk), robust=True)
    return job


def _unfinished(runner: Runner, kunci: str | None, by) -> Job | None:
    if not kunci:
        return None
    job = Job.objects.unfinished().filter(kind=runner.kind, kunci=kunci).first()
    if job and job.requested_by_id != by.pk:
        raise Refused(
            f"{job.label} sedang dikerjakan atas permintaan {job.requested_by}. Tunggu sampai pekerjaan itu selesai."
        )
    return job


def _create(runner: Runner, kunci: str | None, by, params: dict[str, Any]) -> Job:
    try:
        with transaction.atomic():
            return Job.objects.create(
                kind=runner.kind, params=params, kunci=kunci or "", requested_by=by, satuan=runner.satuan
            )
    except IntegrityError:
        # Somebody committed the same key between our look and our insert: theirs is the one, if still unfinished.
        if not kunci:
            raise
        return _unfinished(runner, kunci, by) or _create(runner, kunci, by, params)


def may_stop(job: Job, user) -> Verdict:
    """Whether *user* may ask *job* to stop now."""
    if not job.belum_selesai:
        return Verdict("Pekerjaan ini sudah berakhir.")
    if not (job.runner and job.runner.dapat_dihentikan):
        return Verdict("Pekerjaan ini tidak dapat dihentikan di tengah jalan. Tunggu sampai selesai.")
    if job.diminta_berhenti_pada:
        return Verdict("Permintaan untuk menghentikan pekerjaan ini sudah diterima.")
    if job.requested_by_id != user.pk and not user.has_perm("jobs.hentikan_semua_pekerjaan"):
        return Verdict("Hanya peminta pekerjaan ini yang dapat menghentikannya.")
    return ALLOWED


def stop_job(job: Job, *, by) -> Job:
    """Stop a waiting job at once; ask a running one to stop at its next report. Refused by ``may_stop``."""
    verdict = may_stop(job, by)
    if not verdict:
        raise Refused(verdict.reason)
    asked = {"diminta_berhenti_pada": sekarang(), "diminta_berhenti_oleh": by}
    row = Job.objects.filter(pk=job.pk)
    if not row.filter(status=Job.Status.ANTRE).update(
        status=Job.Status.DIHENTIKAN, selesai_pada=sekarang(), pesan="Pekerjaan dihentikan sebelum mulai.", **asked
    ):
        row.filter(status=Job.Status.BERJALAN).update(**asked)
    job.refresh_from_db()
    return job
