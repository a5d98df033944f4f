"""The confirmed reply sheets: as a table, printed, and behind the letter that carries them."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses
from kpupalu.jobs.actions import start_job
from kpupalu.jobs.models import Job
from kpupalu.surat.models import SuratKeluar
from pdpb.actions.surat_jawaban import surat_lembar, susun_surat_lembar
from pdpb.models import LembarJawaban
from pdpb.pekerjaan_cetak import berkas_jawaban
from pdpb.resources import jawaban_xlsx
from pdpb.saran.cetakan import PEKERJAAN_JAWABAN
from pdpb.views.saran import JAWAB, KONFIRMASI, LIHAT, halaman, lembar_milik
from pdpb.views.unduhan import XLSX, unduhan


@hak(LIHAT)
@require_GET
def xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as a table, for those who may read it."""
    lembar = lembar_milik(request, pk)
    pakai("ekspor_daftar", oleh=request.user)
    catat_akses(
        "ekspor", lembar.surat, oleh=request.user, tujuan="Lembar jawaban untuk Bawaslu", jumlah=len(lembar.isi)
    )
    return unduhan(jawaban_xlsx(lembar), XLSX, f"jawaban-saran-{lembar.surat_id}-{lembar.versi}.xlsx")


@hak(LIHAT)
@require_POST
def cetak(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the sheet; the work itself is a job."""
    lembar = lembar_milik(request, pk)
    return redirect("jobs:detail", start_job(PEKERJAAN_JAWABAN, by=request.user, lembar=lembar.pk).pk)


def _cetakan(request: HttpRequest, pk: int) -> tuple[Job, LembarJawaban]:
    job = get_object_or_404(Job.objects.for_user(request.user), pk=pk, kind=PEKERJAAN_JAWABAN, status="selesai")
    return job, lembar_milik(request, job.params["lembar"])


@hak(LIHAT)
def cetakan(request: HttpRequest, pk: int) -> HttpResponse:
    """A printed sheet: of which letter, its digest, and the file."""
    job, lembar = _cetakan(request, pk)
    return halaman(request, "pdpb/saran/cetakan.html", lembar.surat, job=job, lembar=lembar)


@hak(LIHAT)
def unduh(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The PDF of a printed sheet."""
    job, lembar = _cetakan(request, pk)
    pakai("ekspor_daftar", oleh=request.user)
    try:
        isi = berkas_jawaban(job).open("rb")
    except FileNotFoundError:
        messages.info(request, "Cetakan ini sudah tidak ada. Cetak lagi bila masih diperlukan.")
        return redirect(lembar.surat)
    catat_akses("cetak", lembar.surat, oleh=request.user, tujuan="Lembar jawaban untuk Bawaslu", jumlah=len(lembar.isi))
    jawaban = FileResponse(isi, as_attachment=True, filename=f"jawaban-saran-{lembar.surat_id}-{lembar.versi}.pdf")
    jawaban["Cache-Control"] = "no-store"
    return jawaban


@hak(JAWAB, KONFIRMASI)
@require_POST
def surat(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the letter that carries the sheet to Bawaslu, or open the one there is."""
    lembar = lembar_milik(request, pk)
    ada = surat_lembar(lembar)
    satu = ada or susun_surat_lembar(lembar, oleh=request.user)
    if not SuratKeluar.objects.for_user(request.user).filter(pk=satu.pk).exists():
        messages.info(request, f"Surat jawaban sudah disusun oleh {satu.dibuat_oleh}. Minta ia melanjutkannya.")
        return redirect(lembar.surat)
    if ada is None:
        messages.success(request, "Konsep surat jawaban disusun. Langkah berikutnya: siapkan untuk ditandatangani.")
    return redirect(satu)


urlpatterns = [
    path("saran/lembar/<int:pk>/surat/", surat, name="saran_surat"),
    path("saran/lembar/<int:pk>/xlsx/", xlsx, name="saran_xlsx"),
    path("saran/lembar/<int:pk>/cetak/", cetak, name="saran_cetak"),
    path("saran/cetakan/<int:pk>/", cetakan, name="saran_cetakan"),
    path("saran/cetakan/<int:pk>/unduh/", unduh, name="saran_unduh"),
]
