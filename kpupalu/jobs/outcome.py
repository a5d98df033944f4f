"""What became of one attempt, in words that a person can use."""

import errno
import logging
import re
import traceback
from dataclasses import dataclass, field
from typing import Any

from django.db import InterfaceError, OperationalError, connection

from kpupalu.jobs.models import Job, masked, nomor_kejadian_baru
from kpupalu.jobs.registry import JobFailed, JobStopped, LeaseLost, Runner, UnknownKind, get_runner
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks

log = logging.getLogger(__name__)

# PostgreSQL repeats the values of the row in its DETAIL line: names and birth dates, which no mask of digits finds.
_NILAI_BARIS = re.compile(r"(DETAIL|CONTEXT):.*")
_JEJAK_TERPANJANG = 20_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the job ends: the fields of the row that are written with the last status."""

    status: str
    pesan: str = ""
    hasil: dict[str, Any] = field(default_factory=dict)
    nomor_kejadian: str = ""
    traceback: str = ""

    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def execute(job: Job) -> Outcome | None:
    """Run *job* once and say how it ended; None when it is not ours to end, or the database is out of reach.

    Every failure becomes an outcome, also those that are no ``Exception`` (a renderer's fatal error). Only an
    order to leave the process passes, and then the job is resumed by another worker.
    """
    try:
        runner = get_runner(job.kind)
        if job.percobaan > runner.max_percobaan:
            return _died_too_often(job, runner)
        _check_right(job, runner)
        hasil = runner.run(job)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001
        return _failure(job, error)
    return Outcome(
        Job.Status.SELESAI_SEBAGIAN if job.sebagian else Job.Status.SELESAI,
        pesan=samarkan_teks(job.pesan),
        hasil=masked(job.hasil if hasil is None else hasil),
    )


def _check_right(job: Job, runner: Runner) -> None:
    user = job.requested_by
    if not user.is_active:
        raise Refused("Pekerjaan tidak dijalankan karena akun peminta sudah tidak aktif.")
    if runner.perm and not user.has_perm(runner.perm):
        raise Refused("Pekerjaan tidak dijalankan karena peminta tidak lagi berwenang melakukannya.")


def _failure(job: Job, error: BaseException) -> Outcome | None:
    match error:
        case LeaseLost():
            log.warning("Pekerjaan %s dilepas karena sudah diambil alih.", job.pk)
            return None
        case InterfaceError() | OperationalError() if not connection.is_usable():
            # Nothing is known about the work, and nothing can be written: the next attempt looks what is there.
            log.warning("Pekerjaan %s terputus dari basis data dan akan dilanjutkan.", job.pk)
            return None
        case JobStopped():
            return Outcome(Job.Status.DIHENTIKAN, pesan=_stopped_sentence(job))
        case JobFailed() | Refused():
            return Outcome(Job.Status.GAGAL, pesan=samarkan_teks(str(error)))
    return _incident(job, _sentence(error), masked_traceback(error))


def _stopped_sentence(job: Job) -> str:
    sampai = f" setelah {job.kemajuan}" if job.kemajuan else ""
    return f"Pekerjaan dihentikan atas permintaan{sampai}."


def _sentence(error: BaseException) -> str:
    if isinstance(error, UnknownKind):
        return "Pekerjaan tidak dapat dijalankan karena bagian sistem yang mengerjakannya tidak terpasang."
    if disk_full(error):
        return (
            "Pekerjaan gagal karena ruang penyimpanan peladen penuh. Hubungi pengelola sistem untuk menambah ruang, "
            "lalu jalankan kembali pekerjaan ini."
        )
    return "Maaf, pekerjaan gagal karena gangguan pada sistem."


def disk_full(error: BaseException | None) -> bool:
    """True if *error*, or what caused it, says that a disk or quota is full, here or at the database."""
    seen = 0
    while error is not None and seen < 20:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if getattr(error, "sqlstate", None) == "53100":
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    return False


def masked_traceback(error: BaseException) -> str:
    """The traceback without NIK, NKK, secrets or the row values that PostgreSQL quotes."""
    teks = "".join(traceback.format_exception(error))
    return samarkan_teks(_NILAI_BARIS.sub(r"\1: [disamarkan]", teks))[-_JEJAK_TERPANJANG:]


def _incident(job: Job, sentence: str, jejak: str) -> Outcome:
    nomor = nomor_kejadian_baru()
    log.error("Pekerjaan %s (%s) gagal, kejadian %s.\n%s", job.pk, job.kind, nomor, jejak)
    pesan = f"{sentence} Sampaikan nomor kejadian {nomor} kepada pengelola sistem."
    return Outcome(Job.Status.GAGAL, pesan=pesan, nomor_kejadian=nomor, traceback=jejak)


def _died_too_often(job: Job, runner: Runner) -> Outcome:
    return _incident(
        job,
        f"Pekerjaan terhenti di tengah jalan berkali-kali ({runner.max_percobaan} kali) "
        "sehingga tidak dilanjutkan lagi.",
        f"Pelaksana berhenti tanpa kabar pada {runner.max_percobaan} percobaan.",
    )
