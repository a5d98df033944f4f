"""Work of a period that a person would wait for: freezing runs in the background."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import runner
from pdpb.actions.periode import bekukan
from pdpb.models import Periode


@runner("pdpb.bekukan", label="Membekukan periode", satuan="langkah", perm="pdpb.bekukan_periode")
def bekukan_periode(job: Job) -> dict[str, Any]:
    """Freeze ``params["periode"]``. A second run of the same job finds the period frozen and only reports it."""
    periode = Periode.objects.get(pk=job.params["periode"])
    if not periode.snapshot_set.filter(pekerjaan=job.pk).exists():
        with transaction.atomic():
            bekukan(periode, oleh=job.requested_by, lapor=job.report, pekerjaan=job.pk)
            job.hold_lease()
    return {"tautan": reverse("pdpb:periode_detail", args=[periode.pk])}
