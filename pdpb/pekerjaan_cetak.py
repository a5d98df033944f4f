"""Printing in the background: the recap, the minutes of an import, and lists by name that are given out."""

import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse

from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import runner
from pdpb.actions.ekspor import akhiri_ekspor_lewat, buang_sisa, catat_siap, folder
from pdpb.actions.surat_jawaban import surat_lembar
from pdpb.berkas_daftar import satu_potret, tulis_daftar
from pdpb.berkas_selisih import tulis_selisih
from pdpb.cetakan import PEKERJAAN_REKAP, berkas_cetakan, cetak_rekap, folder_cetakan
from pdpb.cetakan_impor import PEKERJAAN_IMPOR, cetak_berita_impor
from pdpb.models import EksporDaftar, ImporBatch, LembarJawaban, Periode, RekapPPK, Snapshot
from pdpb.ppk import banding
from pdpb.ppk.cetakan import PEKERJAAN_BANDING, cetak_banding
from pdpb.rekap import Rekap, rekap, rekap_beku, rekap_berjalan
from pdpb.saran.cetakan import PEKERJAAN_JAWABAN, cetak_jawaban


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


def berkas_impor(job: Job) -> Path:
    """Where the printed minutes of the import of *job* stand."""
    return folder_cetakan() / f"berita-impor-{job.pk}.pdf"


@runner(PEKERJAAN_IMPOR, label="Mencetak berita acara impor", perm="pdpb.impor_daftar", dapat_dihentikan=True)
def cetak_berita_acara_impor(job: Job) -> dict[str, Any]:
    """Print the minutes of the import ``params["batch"]``; printing twice gives one file."""
    batch = ImporBatch.objects.select_related("periode").get(pk=job.params["batch"])
    job.report(0, 1, "Mencetak berita acara impor")
    pdf = cetak_berita_impor(batch, oleh=str(job.requested_by))
    _tulis(berkas_impor(job), pdf)
    job.report(1, 1, "Selesai")
    return {
        "tautan": reverse("pdpb:impor_cetakan", args=[job.pk]),
        "sha256": sha256(pdf).hexdigest(),
        "ukuran": len(pdf),
    }


def berkas_jawaban(job: Job) -> Path:
    """Where the printed reply sheet of *job* stands."""
    return folder_cetakan() / f"jawaban-saran-{job.pk}.pdf"


@runner(PEKERJAAN_JAWABAN, label="Mencetak lembar jawaban", perm="pdpb.lihat_saran", dapat_dihentikan=True)
def cetak_jawaban_saran(job: Job) -> dict[str, Any]:
    """Print the confirmed sheet ``params["lembar"]``; printing twice gives one file."""
    lembar = LembarJawaban.objects.select_related("surat", "diajukan_oleh", "dikonfirmasi_oleh").get(
        pk=job.params["lembar"]
    )
    job.report(0, 1, "Mencetak lembar jawaban")
    surat = surat_lembar(lembar)
    nomor = surat.naskah.nomor if surat and surat.naskah else ""
    pdf = cetak_jawaban(lembar, oleh=str(job.requested_by), nomor_surat=nomor)
    _tulis(berkas_jawaban(job), pdf)
    job.report(1, 1, "Selesai")
    return {
        "tautan": reverse("pdpb:saran_cetakan", args=[job.pk]),
        "sha256": sha256(pdf).hexdigest(),
        "ukuran": len(pdf),
    }


def berkas_banding(job: Job) -> Path:
    """Where the printed comparison of *job* stands."""
    return folder_cetakan() / f"banding-ppk-{job.pk}.pdf"


@runner(PEKERJAAN_BANDING, label="Mencetak perbandingan PPK", perm="pdpb.lihat_rekap", dapat_dihentikan=True)
def cetak_banding_ppk(job: Job) -> dict[str, Any]:
    """Compare the recap ``params["rekap"]`` with ours as it stands, or with the frozen ``snapshot``, and print it."""
    satu = RekapPPK.objects.select_related("periode", "kecamatan", "berkas", "dimuat_oleh").get(pk=job.params["rekap"])
    beku = job.params.get("snapshot")
    job.report(0, 1, "Mencetak perbandingan")
    with satu_potret():
        data = rekap_beku(Snapshot.objects.get(pk=beku, periode=satu.periode)) if beku else rekap(satu.periode)
        hasil = banding(satu, data)
    pdf = cetak_banding(hasil, data, oleh=str(job.requested_by))
    _tulis(berkas_banding(job), pdf)
    job.report(1, 1, "Selesai")
    return {
        "tautan": reverse("pdpb:ppk_cetakan", args=[job.pk]),
        "sha256": sha256(pdf).hexdigest(),
        "ukuran": len(pdf),
        "versi": data.snapshot.versi if data.snapshot else 0,
    }


def _tulis(tujuan: Path, isi: bytes) -> None:
    """Store *isi* whole or not at all, for the owner of the process alone."""
    tujuan.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sementara = tujuan.with_suffix(".tmp")
    sementara.write_bytes(isi)
    os.replace(sementara, tujuan)


@runner(
    "pdpb.ekspor_daftar", label="Menyusun daftar bernama", satuan="baris", perm="pdpb.cetak_daftar_nama",
    dapat_dihentikan=True,
)  # fmt: skip
def ekspor_daftar(job: Job) -> dict[str, Any]:
    """Build the file of ``params["ekspor"]`` under a name of its own; a run that finds it built only reports it.

    A run after a worker's death begins anew, because the figures of an open period may have moved meanwhile.
    """
    akhiri_ekspor_lewat()
    ekspor = EksporDaftar.objects.select_related(
        "kelurahan__kecamatan", "kecamatan", "snapshot", "periode", "diminta_oleh"
    ).get(pk=job.params["ekspor"])
    if ekspor.status == EksporDaftar.Status.DISIAPKAN:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        # One folder per attempt: a worker that wakes up late neither writes into nor removes what is of the next.
        sementara = folder() / f"{job.pk}.{job.percobaan}.tmp"
        buang_sisa(kecuali=sementara.name)
        sementara.mkdir(exist_ok=True, mode=0o700)
        try:
            _susun(job, ekspor, sementara / "daftar")
        finally:
            shutil.rmtree(sementara, ignore_errors=True)
    return {"tautan": ekspor.get_absolute_url()}


def _susun(job: Job, ekspor: EksporDaftar, sementara: Path) -> None:
    def hitung() -> Rekap:
        return rekap_beku(ekspor.snapshot) if ekspor.snapshot else rekap_berjalan(ekspor.periode)

    if ekspor.jenis == EksporDaftar.Jenis.SELISIH:
        jumlah, akhiran = tulis_selisih(ekspor, sementara, job.report)
    else:
        jumlah, akhiran = tulis_daftar(ekspor, hitung, sementara, job.report)
    with open(sementara, "rb") as isi:
        sidik, ukuran = sha256(), 0
        while potong := isi.read(1 << 20):
            sidik.update(potong)
            ukuran += len(potong)
    berkas = f"{ekspor.nomor.replace('/', '-')}-{ekspor.jenis}-{ekspor.kode_wilayah or 'kota'}.{akhiran}"
    with transaction.atomic():
        os.replace(sementara, folder() / berkas)
        catat_siap(ekspor, berkas=berkas, sha256=sidik.hexdigest(), ukuran=ukuran, jumlah=jumlah)
        job.hold_lease()
