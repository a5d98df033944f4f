"""Work of a period that a person would wait for: freezing runs in the background."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import runner
from pdpb.actions.bukti import susun_pohon
from pdpb.actions.periode import bekukan
from pdpb.models import Periode


@runner("pdpb.bekukan", label="Membekukan periode", satuan="langkah", perm="pdpb.bekukan_periode")
def bekukan_periode(job: Job) -> dict[str, Any]:
    """Freeze ``params["periode"]``, then build its digest tree. A second run of the same job does what is left."""
    periode = Periode.objects.get(pk=job.params["periode"])
    snapshot = periode.snapshot_set.filter(pekerjaan=job.pk).first()
    if snapshot is None:
        with transaction.atomic():
            snapshot = bekukan(periode, oleh=job.requested_by, lapor=job.report, pekerjaan=job.pk)
            job.hold_lease()
    job.report(5, 6, "Menyusun pohon bukti")
    with transaction.atomic():
        susun_pohon(snapshot)
        job.hold_lease()
    job.report(6, 6, "Selesai")
    return {"tautan": reverse("pdpb:periode_detail", args=[periode.pk])}
