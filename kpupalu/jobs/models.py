"""The job row: what a person watches and what survives the death of everything else."""

import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.http import url_has_allowed_host_and_scheme

from kpupalu.jobs.registry import Runner, UnknownKind, get_runner
from kpupalu.lib.angka import ribuan
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini, sekarang

if TYPE_CHECKING:
    from kpupalu.jobs.lease import Lease

# Sixteen digits standing alone, also in groups of four: the shape of a NIK or NKK. A digest or a UUID has none.
_ENAM_BELAS_DIGIT = re.compile(r"(?<![0-9A-Za-z])\d{4}([ .-]?)\d{4}\1\d{4}\1\d{4}(?![0-9A-Za-z])")
_HURUF_KEJADIAN = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def refuse_personal_numbers(value: Any) -> None:
    """Raise ValidationError if a key or value anywhere in *value* is shaped like a NIK or NKK."""
    if isinstance(value, dict):
        for key, inner in value.items():
            refuse_personal_numbers(key)
            refuse_personal_numbers(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            refuse_personal_numbers(inner)
    elif _ENAM_BELAS_DIGIT.search(str(value)):
        raise ValidationError("Parameter pekerjaan hanya berisi id, bukan nomor 16 angka.")


def masked(value: Any) -> Any:
    """*value* with the same shape and every number shaped like a NIK or NKK masked."""
    if isinstance(value, dict):
        return {masked(str(key)): masked(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [masked(inner) for inner in value]
    found = _ENAM_BELAS_DIGIT.search(str(value))
    return _ENAM_BELAS_DIGIT.sub(lambda m: m[0][:4] + "•" * 12, str(value)) if found else value


def nomor_kejadian_baru() -> str:
    """``K-20261124-AB12CD``: today's date in WITA and six letters that are easy to read over the telephone."""
    return f"K-{hari_ini():%Y%m%d}-{''.join(secrets.choice(_HURUF_KEJADIAN) for _ in range(6))}"


class JobQuerySet(models.QuerySet["Job"]):
    def for_user(self, user) -> Self:
        """The jobs *user* asked for; everybody's with ``jobs.lihat_semua_pekerjaan``; none when logged out."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("jobs.lihat_semua_pekerjaan"):
            return self
        return self.filter(requested_by=user)

    def unfinished(self) -> Self:
        return self.filter(status__in=Job.BELUM_SELESAI)

    def available(self) -> Self:
        """Waiting jobs, and running ones whose worker has not been heard of for JOB_LEASE_SECONDS.

        Measured by the database's clock alone, because workers on several machines compare against it.
        """
        silent = Q(status=Job.Status.BERJALAN, detak_pada__lt=Now() - _lease())
        return self.filter(Q(status=Job.Status.ANTRE) | silent)

    def held_by(self, token) -> Self:
        """The running job whose lease is *token*: the condition of every write by a worker."""
        return self.filter(status=Job.Status.BERJALAN, token=token)


def _lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


class Job(models.Model):
    """One piece of background work, from the request to its honest end.

    ``status`` is written by ``kpupalu.jobs.lease`` and ``kpupalu.jobs.actions`` only. A worker owns a running
    job as long as ``token`` is its own; ``detak_pada`` says when it was last alive.
    """

    class Status(models.TextChoices):
        ANTRE = "antre", "Menunggu giliran"
        BERJALAN = "berjalan", "Berjalan"
        SELESAI = "selesai", "Selesai"
        SELESAI_SEBAGIAN = "selesai_sebagian", "Selesai sebagian"
        GAGAL = "gagal", "Gagal"
        DIHENTIKAN = "dihentikan", "Dihentikan"

    BELUM_SELESAI = (Status.ANTRE, Status.BERJALAN)

    kind = models.CharField("jenis", max_length=80)
    params = models.JSONField("parameter", default=dict, blank=True, validators=[refuse_personal_numbers])
    kunci = models.CharField(
        "kunci", max_length=120, blank=True, help_text="Pekerjaan yang sama tidak berjalan dua kali sekaligus."
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diminta oleh"
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.ANTRE)
    langkah = models.CharField("langkah sekarang", max_length=200, blank=True)
    satuan = models.CharField(max_length=40, blank=True)
    selesai_satuan = models.PositiveBigIntegerField("satuan yang selesai", default=0)
    total_satuan = models.PositiveBigIntegerField("seluruh satuan", null=True, blank=True)
    hasil = models.JSONField(default=dict, blank=True)
    pesan = models.TextField(blank=True)
    nomor_kejadian = models.CharField(max_length=20, blank=True, db_index=True)
    traceback = models.TextField("jejak galat", blank=True)

    dibuat_pada = models.DateTimeField(default=sekarang, editable=False)
    diantrekan_pada = models.DateTimeField(null=True, editable=False)
    mulai_pada = models.DateTimeField(null=True, editable=False)
    percobaan_pada = models.DateTimeField("percobaan ini mulai", null=True, editable=False)
    selesai_pada = models.DateTimeField(null=True, editable=False)
    detak_pada = models.DateTimeField("kabar terakhir", null=True, editable=False)
    percobaan = models.PositiveSmallIntegerField("percobaan ke", default=0, editable=False)
    token = models.UUIDField(null=True, editable=False)
    diminta_berhenti_pada = models.DateTimeField(null=True, editable=False)
    diminta_berhenti_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )

    objects = JobQuerySet.as_manager()
    lease: "Lease | None" = None

    class Meta:
        verbose_name = "pekerjaan"
        verbose_name_plural = "pekerjaan"
        ordering = ["-pk"]
        permissions = [
            ("lihat_semua_pekerjaan", "Melihat pekerjaan semua orang"),
            ("hentikan_semua_pekerjaan", "Menghentikan pekerjaan semua orang"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "kunci"],
                condition=Q(status__in=["antre", "berjalan"]) & ~Q(kunci=""),
                name="jobs_job_kunci_satu_yang_berjalan",
            ),
            models.CheckConstraint(
                condition=~Q(status="berjalan") | Q(token__isnull=False, detak_pada__isnull=False),
                name="jobs_job_berjalan_punya_pemegang",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["antre", "berjalan"]) | Q(selesai_pada__isnull=False),
                name="jobs_job_berakhir_punya_waktu",
            ),
        ]
        indexes = [
            models.Index(fields=["requested_by", "-id"], name="jobs_job_milik"),
            models.Index(
                fields=["status"], condition=Q(status__in=["antre", "berjalan"]), name="jobs_job_belum_selesai"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.get_status_display().lower()})"

    # --- for runners ---

    def report(self, done: int, total: int | None = None, langkah: str = "") -> None:
        """Tell the person how far the work is; cheap enough to call for every row.

        Stored at most twice a second, on a connection of its own: visible also while the runner's transaction is
        open, and never a lock that the runner holds. Raises JobStopped when the person asked to stop and
        LeaseLost when another worker has taken the job over.
        """
        self.selesai_satuan = done
        if total is not None:
            self.total_satuan = total
        if langkah:
            self.langkah = samarkan_teks(langkah)[:200]
        if self.lease:
            self.lease.report()

    def hold_lease(self) -> None:
        """Keep the lease until the running transaction ends; LeaseLost if it is gone already.

        Called as the last statement of a transaction it makes the commit safe: a worker that was paused past
        its lease cannot commit what another one has done meanwhile. Nothing slow may follow it.
        """
        if self.lease:
            self.lease.hold()

    def note_partial(self, pesan: str) -> None:
        """The work ends as *selesai sebagian*; *pesan* says in a sentence what was left out and why."""
        self.sebagian, self.pesan = True, pesan

    sebagian = False

    # --- for people ---

    @property
    def runner(self) -> Runner | None:
        """The runner of this job, None if the area that offered it is no longer installed."""
        try:
            return get_runner(self.kind)
        except UnknownKind:
            return None

    @property
    def label(self) -> str:
        return self.runner.label if self.runner else self.kind

    @property
    def belum_selesai(self) -> bool:
        return self.status in self.BELUM_SELESAI

    @property
    def tautan(self) -> str:
        """The path of the result inside this site, empty for anything that leads elsewhere."""
        tautan = str(self.hasil.get("tautan", "")) if isinstance(self.hasil, dict) else ""
        own = tautan.startswith("/") and url_has_allowed_host_and_scheme(tautan, allowed_hosts=None)
        return tautan if own else ""

    @property
    def jenis_tag(self) -> str:
        """The colour of the status tag and of the closing sentence."""
        return _JENIS_TAG[self.Status(self.status)]

    @property
    def kemajuan(self) -> str:
        """``12.400 dari 279.084 baris`` or ``40 persen``; empty while nothing was counted."""
        if not self.selesai_satuan and self.total_satuan is None:
            return ""
        if self.satuan == "persen":
            return f"{self.persen} persen" if self.persen is not None else ""
        dari = f" dari {ribuan(self.total_satuan)}" if self.total_satuan is not None else ""
        return f"{ribuan(self.selesai_satuan)}{dari} {self.satuan}".rstrip()

    @property
    def persen(self) -> int | None:
        """Whole per cent done, at most 100; None while the whole is not known."""
        return min(100, self.selesai_satuan * 100 // self.total_satuan) if self.total_satuan else None

    @property
    def perkiraan(self) -> str:
        """``sekitar 4 menit lagi``, from the pace of this attempt; empty when it would be a guess."""
        if self.status != self.Status.BERJALAN or self.percobaan_pada is None:
            return ""
        if not (self.total_satuan and self.selesai_satuan):
            return ""
        berlalu = (sekarang() - self.percobaan_pada).total_seconds()
        sisa = berlalu * (self.total_satuan - self.selesai_satuan) / self.selesai_satuan
        if berlalu < 3 or sisa <= 0:
            return ""
        return "kurang dari satu menit lagi" if sisa < 60 else f"sekitar {ribuan(round(sisa / 60))} menit lagi"

    @property
    def keterangan_tunggu(self) -> str:
        """Why an unfinished job seems to stand still, in a sentence; empty when it does not."""
        batas = sekarang() - _lease()
        if self.status == self.Status.ANTRE and self.dibuat_pada < batas:
            return "Pekerjaan belum mulai karena antrean penuh atau layanan latar belakang belum berjalan."
        if self.status == self.Status.BERJALAN and self.detak_pada and self.detak_pada < batas:
            return "Pelaksana pekerjaan tidak memberi kabar; pekerjaan akan dilanjutkan secara otomatis."
        return ""


_JENIS_TAG = {
    Job.Status.ANTRE: "tunggu",
    Job.Status.BERJALAN: "info",
    Job.Status.SELESAI: "baik",
    Job.Status.SELESAI_SEBAGIAN: "awas",
    Job.Status.GAGAL: "bahaya",
    Job.Status.DIHENTIKAN: "netral",
}
