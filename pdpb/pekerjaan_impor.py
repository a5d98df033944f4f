"""Checking and applying an import in the background; each may be run again after a worker's death."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import runner
from pdpb.impor import periksa, terapkan
from pdpb.models import ImporBatch

S = ImporBatch.Status


@runner("pdpb.periksa_impor", label="Memeriksa impor", satuan="persen", perm="pdpb.impor_daftar")
def periksa_impor(job: Job) -> dict[str, Any]:
    """Check batch ``params["batch"]``; checking twice gives the same findings."""
    batch = ImporBatch.objects.get(pk=job.params["batch"])
    with transaction.atomic():
        periksa(batch, lapor=job.report, oleh=job.requested_by)
        job.hold_lease()
    return {"tautan": reverse("pdpb:impor_periksa", args=[batch.pk])}


@runner("pdpb.terapkan_impor", label="Menerapkan impor", satuan="persen", perm="pdpb.terapkan_impor")
def terapkan_impor(job: Job) -> dict[str, Any]:
    """Apply batch ``params["batch"]`` as its starter confirmed it; a run whose work is committed only reports it."""
    batch = ImporBatch.objects.get(pk=job.params["batch"])
    if batch.ringkasan.get("pekerjaan_terapkan") != job.pk:
        with transaction.atomic():
            batch = terapkan(
                batch,
                oleh=job.requested_by,
                terima_peringatan=job.params.get("terima", False),
                alasan=batch.ringkasan.get("alasan_ajuan", ""),
                lapor=job.report,
            )
            batch.ringkasan["pekerjaan_terapkan"] = job.pk
            batch.save(update_fields=["ringkasan"])
            job.hold_lease()
    if batch.status == S.DITERAPKAN:
        job.note_partial("Ada baris yang belum dimuat. Perbaiki lewat berkas susulan, atau jelaskan alasannya.")
    return {"tautan": reverse("pdpb:impor_detail", args=[batch.pk])}
