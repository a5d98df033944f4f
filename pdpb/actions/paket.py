"""The register of packages: ask for one, enter it when it was written, hand it out, let its file go after its time."""

from datetime import timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from kpupalu.aturan.models import nilai_bulat
from kpupalu.audit.catatan import catat, catat_akses
from kpupalu.jobs.actions import start_job
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.waktu import sekarang
from pdpb.kunci import kunci_periode
from pdpb.models import PaketPeriode, Periode
from pdpb.pleno import naskah_ba

PEKERJAAN_PAKET = "pdpb.susun_paket"
ATURAN_UMUR = "simpan_paket"
TINDAKAN = ("pdpb.minta_paket", "pdpb.paket_siap", "pdpb.paket_dihapus")
"""What the history of a period says about its packages."""
S = PaketPeriode.Status


def folder_paket() -> Path:
    """The private folder of packages."""
    return Path(settings.DATA_DIR) / "paket"


def berkas_paket(paket: PaketPeriode) -> Path:
    """Where the archive of *paket* lies, or will lie."""
    return folder_paket() / (paket.berkas or f"paket-{paket.periode_id}-{paket.urut:02d}.zip")


@transaction.atomic
def minta_paket(periode: Periode, *, oleh) -> PaketPeriode:
    """Enter the next package of *periode* and start writing it; one that is being written is returned instead.

    Work that has failed or was stopped starts again under the same number. Refuses without the right, and before the
    minutes are completely signed; whatever else must be there the work itself asks for when it begins.
    """
    if not oleh.has_perm("pdpb.susun_paket"):
        raise Refused("Anda tidak berwenang menyusun paket triwulan.")
    periode = kunci_periode(periode)
    ba = naskah_ba(periode.pk)
    if ba is None or not ba.selesai_ditandatangani:
        raise Refused("Paket disusun setelah berita acara lengkap ditandatangani. Lengkapi tanda tangannya dahulu.")
    paket = PaketPeriode.objects.filter(periode=periode, status=S.DISUSUN).first()
    if paket is None:
        urut = (PaketPeriode.objects.filter(periode=periode).aggregate(n=Max("urut"))["n"] or 0) + 1
        paket = PaketPeriode.objects.create(periode=periode, urut=urut, diminta_oleh=oleh)
    elif (job := _pekerjaan(paket)) and job.belum_selesai:
        return paket
    job = start_job(PEKERJAAN_PAKET, by=oleh, kunci=f"paket-{paket.pk}", paket=paket.pk)
    paket.pekerjaan, paket.diminta_oleh, paket.diminta_pada = job.pk, oleh, sekarang()
    paket.save(update_fields=["pekerjaan", "diminta_oleh", "diminta_pada"])
    catat("pdpb.minta_paket", periode, oleh=oleh, kalimat=f"Menyusun paket {paket.nomor}")
    return paket


def _pekerjaan(paket: PaketPeriode) -> Job | None:
    return Job.objects.filter(pk=paket.pekerjaan or 0).first()


def pekerjaan_paket(periode: Periode) -> Job | None:
    """The work on the package of *periode* that is being written or was not finished; None when there is none."""
    paket = PaketPeriode.objects.filter(periode=periode, status=S.DISUSUN).first()
    return _pekerjaan(paket) if paket else None


def catat_siap(
    paket: PaketPeriode, *, sha256: str, ukuran: int, sidik_manifes: str, jumlah: int, kurang: list[str]
) -> None:
    """Mark the archive of *paket* as written; a second call for the same package changes nothing."""
    berubah = PaketPeriode.objects.filter(pk=paket.pk, status=S.DISUSUN).update(
        status=S.SIAP, berkas=berkas_paket(paket).name, sha256=sha256, ukuran=ukuran, sidik_manifes=sidik_manifes,
        jumlah_berkas=jumlah, kurang=kurang, siap_pada=sekarang(),
    )  # fmt: skip
    if berubah:
        kalimat = f"Paket {paket.nomor} siap, {jumlah} berkas, sidik manifes {sidik_manifes}"
        catat("pdpb.paket_siap", paket.periode, oleh=None, jumlah=jumlah, kalimat=kalimat)


def paket_terbaru(periode: Periode) -> PaketPeriode | None:
    """The newest package of *periode* that was written, also when its file is gone; None without one."""
    return PaketPeriode.objects.filter(periode=periode).siap().first()


def sidik_paket(periode: Periode) -> list[tuple[str, str]]:
    """``(digest, number of the first package that has it)`` of every package of *periode*, newest first."""
    semua = PaketPeriode.objects.filter(periode=periode).siap()
    hasil = {p.sidik_manifes: p.nomor for p in semua}
    return list(hasil.items())


def buka_paket(paket: PaketPeriode, *, oleh) -> IO[bytes]:
    """The archive of *paket* opened for reading; written to the access log, because it names people.

    Refuses without the right, a package that is not written, and one whose file is gone.
    """
    if not oleh.has_perm("pdpb.lihat_paket"):
        raise Refused("Anda tidak berwenang mengunduh paket triwulan.")
    if paket.status != S.SIAP:
        raise Refused(f"Berkas paket {paket.nomor} tidak ada. Susun paket kembali dari halaman periode.")
    try:
        berkas = berkas_paket(paket).open("rb")
    except OSError as galat:
        raise Refused(f"Berkas paket {paket.nomor} tidak ditemukan. Susun paket kembali.") from galat
    catat_akses("ekspor", paket, oleh=oleh, tujuan=f"Mengunduh paket {paket.periode.nama}")
    return berkas


def paket_lewat(*, uji_coba: bool = False) -> int:
    """Delete the archives older than the dated rule, each with an entry of history; how many there were.

    Their rows and digests stay. With *uji_coba* nothing is deleted.
    """
    kini = sekarang()
    batas = kini - timedelta(days=nilai_bulat(ATURAN_UMUR, pada=kini.date()))
    lama = PaketPeriode.objects.filter(status=S.SIAP, siap_pada__lte=batas)
    return lama.count() if uji_coba else sum(_hapus(pk) for pk in lama.values_list("pk", flat=True))


@transaction.atomic
def _hapus(pk: int) -> bool:
    paket = PaketPeriode.objects.select_for_update().select_related(None).get(pk=pk)
    if paket.status != S.SIAP:
        return False
    paket.status, paket.dihapus_pada = S.DIHAPUS, sekarang()
    paket.save(update_fields=["status", "dihapus_pada"])
    catat(
        "pdpb.paket_dihapus",
        paket.periode,
        oleh=None,
        kalimat=f"Menghapus berkas paket {paket.nomor}, lewat masa simpan",
    )
    jalur = berkas_paket(paket)
    transaction.on_commit(lambda: jalur.unlink(missing_ok=True))
    return True


def buang_sisa_paket(*, kecuali: str = "") -> None:
    """Remove what killed attempts left half written: of jobs that have ended, or are at a later attempt."""
    for sisa in folder_paket().glob("[0-9]*.[0-9]*.tmp"):
        pekerjaan, percobaan = map(int, sisa.stem.split("."))
        if (
            sisa.name != kecuali
            and not Job.objects.unfinished().filter(pk=pekerjaan, percobaan__lte=percobaan).exists()
        ):
            sisa.unlink(missing_ok=True)
