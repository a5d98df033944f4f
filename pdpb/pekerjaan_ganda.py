"""Comparing rows in the background: the whole roll on demand, and what each import and approval changed."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from kpupalu.audit.catatan import catat
from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import runner
from pdpb.ganda import pencarian
from pdpb.kunci import kunci_banding
from pdpb.models import Pendaftaran, Perubahan
from pdpb.pasangan import HasilSimpan, simpan


@runner("pdpb.cari_ganda", label="Mencari data ganda", satuan="persen", perm="pdpb.cari_ganda")
def cari_ganda(job: Job) -> dict[str, Any]:
    """Compare the whole roll and store the pairs; a second run of the same job only confirms them."""
    with transaction.atomic():
        hasil = bandingkan_semua(job.report)
        _catat(job, hasil)
        job.hold_lease()
    return _hasil(hasil)


@runner("pdpb.cari_ganda_berubah", label="Membandingkan data yang berubah", perm="pdpb.cari_ganda")
def cari_ganda_berubah(job: Job) -> dict[str, Any]:
    """Compare the voters that ``params["perubahan"]`` (ids) or the import ``params["batch"]`` touched."""
    with transaction.atomic():
        pemilih = _pemilih(job.params)
        if len(pemilih) > pencarian.SATU_PER_SATU:
            hasil = bandingkan_semua(job.report)
        else:
            kunci_banding()
            hasil = simpan(pencarian.cari_untuk(pemilih), cakupan=pemilih)
        _catat(job, hasil)
        job.hold_lease()
    return _hasil(hasil)


def _pemilih(params: dict[str, Any]) -> set[int]:
    if batch := params.get("batch"):
        versi = Pendaftaran.objects.filter(Q(batch=batch) | Q(ditutup_batch=batch))
        return set(versi.values_list("pemilih", flat=True))
    perubahan = Perubahan.objects.filter(pk__in=params.get("perubahan", []))
    return {pk for pk in perubahan.values_list("pemilih", flat=True) if pk is not None}


def bandingkan_semua(lapor: Callable[[int, int, str], None]) -> HasilSimpan:
    """Compare every row with every other that it may be, and store the pairs; call it in a transaction."""
    kunci_banding()
    return simpan(pencarian.cari_semua(lapor), cakupan=None)


def _catat(job: Job, hasil: HasilSimpan) -> None:
    if hasil.baru or hasil.ditanya_lagi or hasil.ditutup:
        kalimat = (
            f"Membandingkan baris daftar: {hasil.baru} pasangan baru, {hasil.ditanya_lagi} ditanyakan lagi, "
            f"{hasil.ditutup} tidak berlaku lagi"
        )
        catat("pdpb.cari_ganda", None, oleh=job.requested_by, asal="sistem", jumlah=hasil.baru, kalimat=kalimat)


def _hasil(hasil: HasilSimpan) -> dict[str, Any]:
    return {
        "tautan": reverse("pdpb:ganda_daftar"),
        "baru": hasil.baru,
        "tetap": hasil.tetap,
        "ditanya_lagi": hasil.ditanya_lagi,
        "ditutup": hasil.ditutup,
    }
