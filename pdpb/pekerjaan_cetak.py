"""Printing in the background: the recap, and lists by name that are given out."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse

from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import runner
from pdpb.actions.ekspor import akhiri_ekspor_lewat, catat_siap, folder
from pdpb.cetakan import PEKERJAAN_REKAP, berkas_cetakan, cetak_rekap
from pdpb.cetakan_daftar import tulis_daftar
from pdpb.models import EksporDaftar, Periode, Snapshot
from pdpb.rekap import rekap, rekap_beku, rekap_berjalan


@runner(PEKERJAAN_REKAP, label="Mencetak rekapitulasi", perm="pdpb.lihat_rekap", dapat_dihentikan=True)
def cetak_rekap_periode(job: Job) -> dict[str, Any]:
    """Print the recap of ``params["periode"]`` (``snapshot`` for a frozen version); printing twice gives one file."""
    periode = Periode.objects.get(pk=job.params["periode"])
    beku = job.params.get("snapshot")
    data = rekap_beku(Snapshot.objects.get(pk=beku, periode=periode)) if beku else rekap(periode)
    job.report(0, 1, "Mencetak rekapitulasi")
    pdf = cetak_rekap(
        data, di_bawah=job.params.get("wilayah", ""), kertas=job.params["kertas"], oleh=str(job.requested_by)
    )
    _tulis(berkas_cetakan(job.pk), pdf)
    job.report(1, 1, "Selesai")
    versi = data.snapshot.versi if data.snapshot else 0
    return {
        "tautan": reverse("pdpb:rekap_cetakan", args=[job.pk]),
        "sha256": sha256(pdf).hexdigest(),
        "ukuran": len(pdf),
        "versi": versi,
    }


def _tulis(tujuan: Path, isi: bytes) -> None:
    """Store *isi* whole or not at all, for the owner of the process alone."""
    tujuan.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sementara = tujuan.with_suffix(".tmp")
    sementara.write_bytes(isi)
    os.replace(sementara, tujuan)


@runner("pdpb.ekspor_daftar", label="Menyusun daftar bernama", satuan="baris", perm="pdpb.cetak_daftar_nama")
def ekspor_daftar(job: Job) -> dict[str, Any]:
    """Build the file of ``params["ekspor"]`` under a name of its own; a run that finds it built only reports it."""
    akhiri_ekspor_lewat()
    ekspor = EksporDaftar.objects.select_related("kelurahan__kecamatan", "snapshot", "periode", "diminta_oleh").get(
        pk=job.params["ekspor"]
    )
    if ekspor.status == EksporDaftar.Status.DISIAPKAN:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        sementara = folder() / f"{ekspor.pk}.{job.pk}.tmp"
        try:
            _susun(job, ekspor, sementara)
        finally:
            sementara.unlink(missing_ok=True)
    return {"tautan": ekspor.get_absolute_url()}


def _susun(job: Job, ekspor: EksporDaftar, sementara: Path) -> None:
    data = rekap_beku(ekspor.snapshot) if ekspor.snapshot else rekap_berjalan(ekspor.periode)
    jumlah, akhiran = tulis_daftar(ekspor, data, sementara, job.report)
    with open(sementara, "rb") as isi:
        sidik, ukuran = sha256(), 0
        while potong := isi.read(1 << 20):
            sidik.update(potong)
            ukuran += len(potong)
    berkas = f"{ekspor.nomor.replace('/', '-')}-{ekspor.jenis}-{ekspor.kelurahan_id}.{akhiran}"
    with transaction.atomic():
        os.replace(sementara, folder() / berkas)
        catat_siap(ekspor, berkas=berkas, sha256=sidik.hexdigest(), ukuran=ukuran, jumlah=jumlah)
        job.hold_lease()
