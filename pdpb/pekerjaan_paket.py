"""Writing the package of a quarter in the background."""

import os
from pathlib import Path
from typing import Any

from django.db import transaction

from kpupalu.jobs.models import Job
from kpupalu.jobs.registry import JobFailed, runner
from kpupalu.naskah.cetak import CetakGagal
from kpupalu.naskah.simpanan import BerkasRusak
from pdpb.actions.paket import PEKERJAAN_PAKET, berkas_paket, buang_sisa_paket, catat_siap, folder_paket
from pdpb.berkas_daftar import satu_potret
from pdpb.models import PaketPeriode, Periode
from pdpb.paket import Isi, Tertulis, susun_isi, tulis


@runner(
    PEKERJAAN_PAKET, label="Menyusun paket triwulan", satuan="berkas", perm="pdpb.susun_paket", dapat_dihentikan=True
)
def susun_paket(job: Job) -> dict[str, Any]:
    """Write the archive of ``params["paket"]`` and enter it; a run that finds it entered only reports it.

    Everything in it is of one instant, however long printing takes and whatever others do meanwhile.
    A run after a worker's death begins anew under a name of its own, because letters may have come in meanwhile.
    """
    paket = PaketPeriode.objects.select_related("periode").get(pk=job.params["paket"])
    if paket.status == PaketPeriode.Status.DISUSUN:
        job.report(0, None, "Mengumpulkan isi paket")
        folder_paket().mkdir(parents=True, exist_ok=True, mode=0o700)
        sementara = folder_paket() / f"{job.pk}.{job.percobaan}.tmp"
        buang_sisa_paket(kecuali=sementara.name)
        try:
            with satu_potret():
                isi = susun_isi(Periode.objects.get(pk=paket.periode_id))
                hasil = tulis(isi, sementara, job.report)
            _daftarkan(job, paket, isi, hasil, sementara)
        except (BerkasRusak, CetakGagal) as galat:
            raise JobFailed(f"Paket tidak dapat disusun: {galat}. Pulihkan berkas itu dari cadangan.") from galat
        finally:
            sementara.unlink(missing_ok=True)
    return {"tautan": paket.get_absolute_url()}


def _daftarkan(job: Job, paket: PaketPeriode, isi: Isi, hasil: Tertulis, sementara: Path) -> None:
    sementara.chmod(0o600)
    job.report(len(isi.bagian), len(isi.bagian), "Mendaftarkan paket")
    with transaction.atomic():
        os.replace(sementara, berkas_paket(paket))
        catat_siap(
            paket, sha256=hasil.sha256, ukuran=hasil.ukuran, sidik_manifes=hasil.sidik_manifes, jumlah=hasil.jumlah,
            kurang=[k.uraian for k in isi.boleh_kurang],
        )  # fmt: skip
        job.hold_lease()
