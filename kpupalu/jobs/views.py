"""The list of jobs, one job with its progress, and the button that stops it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kpupalu.jobs.actions import may_stop, stop_job
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused

PER_PAGE = 25


@login_required
@never_cache
@require_GET
def daftar(request: HttpRequest) -> HttpResponse:
    """One's own jobs, newest first; with the right to see all, everybody's on request (``?milik=semua``)."""
    boleh_semua = request.user.has_perm("jobs.lihat_semua_pekerjaan")
    semua = boleh_semua and request.GET.get("milik") == "semua"
    status = request.GET.get("status", "")
    jobs = Job.objects.for_user(request.user).select_related("requested_by")
    if not semua:
        jobs = jobs.filter(requested_by=request.user)
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


@login_required
@never_cache
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One job; asked by htmx, only the part that changes and when to ask again."""
    job = get_object_or_404(Job.objects.for_user(request.user).select_related("requested_by"), pk=pk)
    kali = _times_asked(request)
    jeda = poll_seconds(kali)
    context = {
        "job": job,
        "boleh_henti": bool(may_stop(job, request.user)),
        "berikut": kali + 1,
        "jeda": jeda,
        # A screen reader hears of progress at most every ten seconds, and of the end at once.
        "umumkan": not job.belum_selesai or jeda >= 10 or kali % 4 == 0,
        "bagian": request.htmx,
    }
    return render(request, "jobs/_kemajuan.html" if request.htmx else "jobs/detail.html", context)


def _times_asked(request: HttpRequest) -> int:
    kali = request.GET.get("kali", "")
    return min(int(kali), 10_000) if kali.isdecimal() else 0


def poll_seconds(kali: int) -> int:
    """Seconds until the page asks again after *kali* answers: 3 in the first minute, then ever more patient."""
    if kali < 20:
        return 3
    return 5 if kali < 50 else 15


@login_required
@require_POST
def hentikan(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the job, or say why not, and show it again."""
    job = get_object_or_404(Job.objects.for_user(request.user), pk=pk)
    try:
        job = stop_job(job, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        sudah = "Pekerjaan dihentikan." if not job.belum_selesai else "Pekerjaan akan segera berhenti."
        messages.success(request, sudah)
    return redirect("jobs:detail", pk=pk)
