"""Work of the field in the background: printing the sheets of coktas, reading lists of suspicions."""

import os
from datetime import date
from hashlib import sha256
from typing import Any

from django.urls import reverse

from kpupalu.audit.catatan import catat_akses
from kpupalu.imports.models import BerkasMasuk
from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import runner
from pdpb.actions.coktas import lembar_kerja
from pdpb.actions.dugaan import PEKERJAAN_DUGAAN, muat_daftar, ringkas
from pdpb.cetakan_coktas import PEKERJAAN_LEMBAR, berkas_lembar, cetak_lembar
from pdpb.models import KegiatanCoktas


@runner(PEKERJAAN_LEMBAR, label="Mencetak lembar kerja coktas", perm="pdpb.kelola_coktas", dapat_dihentikan=True)
def cetak_lembar_coktas(job: Job) -> dict[str, Any]:
    """Print the field sheets of ``params["kegiatan"]``; printing twice gives one file. Logged as a print of persons."""
    kegiatan = KegiatanCoktas.objects.select_related("kelurahan__kecamatan", "periode").get(pk=job.params["kegiatan"])
    job.report(0, 1, "Mencetak lembar kerja")
    baris = lembar_kerja(kegiatan)
    pdf = cetak_lembar(kegiatan, baris, oleh=str(job.requested_by))
    tujuan = berkas_lembar(job.pk)
    tujuan.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sementara = tujuan.with_suffix(".tmp")
    sementara.write_bytes(pdf)
    os.replace(sementara, tujuan)
    catat_akses("cetak", None, oleh=job.requested_by, jumlah=len(baris), objek_label=f"Lembar kerja {kegiatan}")
    job.report(1, 1, "Selesai")
    return {
        "tautan": reverse("pdpb:coktas_lembar", args=[job.pk]),
        "sha256": sha256(pdf).hexdigest(),
        "ukuran": len(pdf),
    }


@runner(PEKERJAAN_DUGAAN, label="Memuat daftar dugaan", satuan="baris", perm="pdpb.catat_kematian")
def muat_dugaan(job: Job) -> dict[str, Any]:
    """Read the list ``params["berkas"]``; reading it twice opens no question twice."""
    masuk = BerkasMasuk.objects.get(pk=job.params["berkas"])
    hasil = muat_daftar(
        masuk,
        sumber=job.params["sumber"],
        tanggal=date.fromisoformat(job.params["tanggal"]),
        oleh=job.requested_by,
        lapor=lambda n: job.report(n, None, "Mencocokkan baris"),
    )
    return {"tautan": reverse("pdpb:kematian_dimuat", args=[job.pk]), **ringkas(hasil)}
