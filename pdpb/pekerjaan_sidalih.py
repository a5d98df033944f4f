"""Reading a file of SIDALIH in the background; it may be run again after a worker's death."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import runner
from pdpb.actions.sidalih import PEKERJAAN, rekonsiliasi
from pdpb.models import BerkasSidalih


@runner(PEKERJAAN, label="Membaca berkas SIDALIH", satuan="baris", perm="pdpb.kelola_sidalih", dapat_dihentikan=True)
def baca_sidalih(job: Job) -> dict[str, Any]:
    """Reconcile ``params["berkas"]``; a run that finds it read only reports it."""
    berkas = BerkasSidalih.objects.select_related("periode").get(pk=job.params["berkas"])
    with transaction.atomic():
        rekonsiliasi(berkas, oleh=job.requested_by, lapor=job.report)
        job.hold_lease()
    return {"tautan": reverse("pdpb:sidalih_rekonsiliasi", args=[berkas.periode_id])}
