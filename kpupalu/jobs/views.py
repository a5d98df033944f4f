"""The list of jobs, one job with its progress, and the button that stops it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from kpupalu.accounts.akses import latar, masuk
from kpupalu.jobs.actions import may_stop, stop_job
from kpupalu.jobs.models import Job

PER_PAGE = 25


@masuk
@require_GET
def daftar(request: HttpRequest) -> HttpResponse:
    """One's own jobs, newest first; with the right to see all, everybody's on request (``?milik=semua``)."""
    boleh_semua = request.user.has_perm("jobs.lihat_semua_pekerjaan")
    semua = boleh_semua and request.GET.get("milik") == "semua"
    status = request.GET.get("status", "")
    jobs = Job.objects.for_user(request.user).select_related("requested_by")
    if not semua:
        jobs = jobs.filter(requested_by=request.user.pk)
    if status in Job.Status.values:
        jobs = jobs.filter(status=status)
    if (sebelum := request.GET.get("sebelum", "")).isdecimal():
        jobs = jobs.filter(pk__lt=min(int(sebelum), 2**63 - 1))
    rows = list(jobs.order_by("-pk")[: PER_PAGE + 1])
    context = {
        "jobs": rows[:PER_PAGE],
        "sesudah": rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None,
        "lanjutan": bool(sebelum),
        "pilihan_status": Job.Status.choices,
        "status": status,
        "boleh_semua": boleh_semua,
        "semua": semua,
    }
    return render(request, "jobs/daftar.html", context)


@masuk
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One job: how far it is, or how it ended."""
    return render(request, "jobs/detail.html", _progress(request, _job(request, pk), kali=0))


@masuk
@latar
@require_GET
def kemajuan(request: HttpRequest, pk: int) -> HttpResponse:
    """For htmx: the part of ``detail`` that changes, and when to ask again. Anybody else is sent to the page."""
    if request.headers.get("HX-Request") != "true":
        return redirect("jobs:detail", pk=pk)
    angka = request.GET.get("kali", "")
    kali = min(int(angka), 10_000) if angka.isdecimal() and len(angka) < 10 else 1
    return render(request, "jobs/_kemajuan.html", _progress(request, _job(request, pk), kali=kali))


def _job(request: HttpRequest, pk: int) -> Job:
    mine = Job.objects.for_user(request.user).select_related("requested_by", "diminta_berhenti_oleh")
    return get_object_or_404(mine, pk=pk)


def _progress(request: HttpRequest, job: Job, *, kali: int) -> dict[str, Any]:
    """Context of the progress box after the page has asked *kali* times (0: the page itself)."""
    jeda = poll_seconds(kali)
    return {
        "job": job,
        "boleh_henti": bool(may_stop(job, request.user)),
        "berikut": kali + 1,
        "jeda": jeda,
        # A screen reader hears of progress at most every ten seconds, and of the end at once.
        "umumkan": kali > 0 and (not job.belum_selesai or jeda >= 10 or kali % 4 == 0),
    }


def poll_seconds(kali: int) -> int:
    """Seconds until the page asks again after *kali* answers: 3 in the first minute, then ever more patient."""
    if kali < 20:
        return 3
    return 5 if kali < 50 else 15


@masuk
@require_POST
def hentikan(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the job and show it again; Refused where ``may_stop`` says no."""
    job = stop_job(_job(request, pk), by=request.user)
    berhenti = "Pekerjaan akan segera berhenti." if job.belum_selesai else "Pekerjaan dihentikan."
    messages.success(request, berhenti)
    return redirect("jobs:detail", pk=pk)
