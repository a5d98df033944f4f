"""Files that were made to be fetched and were not, or are old, leave the disk; what is signed or registered never."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from kpupalu.aturan.models import nilai_bulat
from kpupalu.audit.catatan import catat
from kpupalu.jobs.models import Job
from kpupalu.lib.waktu import sekarang
from kpupalu.naskah.models import Revisi, ScanBasah
from pdpb.actions.ekspor import akhiri_ekspor_lewat, folder
from pdpb.actions.paket import folder_paket, paket_lewat
from pdpb.cetakan import PEKERJAAN_REKAP, folder_cetakan
from pdpb.cetakan_coktas import PEKERJAAN_LEMBAR
from pdpb.cetakan_impor import PEKERJAAN_IMPOR
from pdpb.models import EksporDaftar, PaketPeriode
from pdpb.ppk.cetakan import PEKERJAAN_BANDING
from pdpb.saran.cetakan import PEKERJAAN_JAWABAN

ATURAN_UMUR = "simpan_cetakan_rekap"
# A file that a worker is still writing, or has not registered yet, is younger than this.
SELA = timedelta(days=2)
# Prints that can be made again from what is stored, by the name of their file; none is a document of the office.
_JENIS = {
    "rekap": PEKERJAAN_REKAP,
    "lembar-coktas": PEKERJAAN_LEMBAR,
    "berita-impor": PEKERJAAN_IMPOR,
    "jawaban-saran": PEKERJAAN_JAWABAN,
    "banding-ppk": PEKERJAAN_BANDING,
}
_CETAKAN = re.compile(rf"\A({'|'.join(_JENIS)})-(\d{{1,18}})\.pdf\Z")


@dataclass(frozen=True, slots=True)
class Dibersihkan:
    """How many went: exports whose day was over, old prints, packages, leftovers; and prints kept as registered."""

    ekspor: int = 0
    cetakan: int = 0
    sisa: int = 0
    terdaftar: int = 0
    paket: int = 0

    def __str__(self) -> str:
        return (
            f"{self.ekspor} ekspor lewat, {self.cetakan} cetakan lama, {self.paket} paket lama, dan {self.sisa} berkas "
            "sisa dihapus; "
            f"{self.terdaftar} cetakan terdaftar dibiarkan"
        )


def bersihkan(*, oleh=None, uji_coba: bool = False) -> Dibersihkan:
    """Delete expired exports, prints and packages older than the dated rules, and leftovers of killed workers.

    Nothing outside the folders of exports, packages and prints is looked at, links are not followed, and a print
    whose digest is that of a document's file or scan stays. Each export, package and print gets its entry of history,
    the whole run one more. With *uji_coba* nothing is deleted and the counts say what would be. Two runs at once
    delete a file once.
    """
    kini = sekarang()
    lewat = EksporDaftar.objects.filter(status=EksporDaftar.Status.SIAP, kedaluwarsa_pada__lte=kini)
    ekspor = lewat.count() if uji_coba else akhiri_ekspor_lewat()
    sisa = sum(uji_coba or _hapus(berkas) for berkas in _sisa(kini))
    cetakan = terdaftar = 0
    for berkas, job in _cetakan_lama(kini):
        sidik = _sidik(berkas)
        if Revisi.objects.filter(sha256=sidik).exists() or ScanBasah.objects.filter(sha256=sidik).exists():
            terdaftar += 1
        elif sidik and (uji_coba or _hapus_cetakan(berkas, job, sidik, oleh)):
            cetakan += 1
    hasil = Dibersihkan(ekspor, cetakan, sisa, terdaftar, paket_lewat(uji_coba=uji_coba))
    jumlah = hasil.ekspor + hasil.cetakan + hasil.sisa + hasil.paket
    if not uji_coba and jumlah:
        catat("pdpb.bersihkan_berkas", None, oleh=oleh, jumlah=jumlah, kalimat=f"{hasil}.")
    return hasil


def _sidik(berkas: Path) -> str:
    """SHA-256 of *berkas*, "" when it is gone meanwhile."""
    try:
        return sha256(berkas.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def _hapus_cetakan(berkas: Path, job: Job | None, sidik: str, oleh) -> bool:
    """Write the history of *berkas* and delete it; neither happens when somebody else was quicker."""
    with transaction.atomic():
        if job:
            catat("pdpb.cetakan_dihapus", job, oleh=oleh, kalimat=f"Menghapus cetakan lama, sidik {sidik}")
        dihapus = _hapus(berkas)
        if not dihapus:
            transaction.set_rollback(True)
    return dihapus


def _hapus(berkas: Path) -> bool:
    """Delete *berkas*; False when somebody else was quicker."""
    try:
        berkas.unlink()
    except FileNotFoundError:
        return False
    return True


def _berkas(di: Path) -> Iterator[tuple[Path, datetime]]:
    """Plain files directly in *di* and when each was last written."""
    if not di.is_dir():
        return
    with os.scandir(di) as isi:
        for satu in sorted(isi, key=lambda s: s.name):
            try:
                rincian = satu.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            if stat.S_ISREG(rincian.st_mode):
                yield Path(satu.path), datetime.fromtimestamp(rincian.st_mtime, tz=UTC)


def _sisa(kini: datetime) -> Iterator[Path]:
    """Half-written files, and files of exports and packages that no row waits to give out."""
    ekspor = EksporDaftar.objects.filter(status=EksporDaftar.Status.SIAP)
    paket = PaketPeriode.objects.filter(status=PaketPeriode.Status.SIAP)
    ditunggu = {*ekspor.values_list("berkas", flat=True), *paket.values_list("berkas", flat=True)}
    for berkas, ditulis in (*_berkas(folder()), *_berkas(folder_paket()), *_berkas(folder_cetakan())):
        setengah = berkas.suffix == ".tmp"
        tidak_ditunggu = berkas.parent in (folder(), folder_paket()) and berkas.name not in ditunggu
        if kini - ditulis > SELA and (setengah or tidak_ditunggu):
            yield berkas


def _cetakan_lama(kini: datetime) -> Iterator[tuple[Path, Job | None]]:
    """Prints of ``_JENIS`` older than the rule in force today, each with the job that printed it."""
    umur = timedelta(days=nilai_bulat(ATURAN_UMUR, pada=kini.date()))
    for berkas, ditulis in _berkas(folder_cetakan()):
        if cocok := _CETAKAN.match(berkas.name):
            job = Job.objects.filter(pk=int(cocok[2]), kind=_JENIS[cocok[1]]).first()
            if kini - ((job and job.selesai_pada) or ditulis) > umur and not (job and job.belum_selesai):
                yield berkas, job
