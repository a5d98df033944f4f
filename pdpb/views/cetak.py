"""Printing: the recap and the minutes of an import as PDF, and the register of lists by name that were given out."""

from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import riwayat_untuk
from kpupalu.jobs.actions import start_job
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.waktu import sekarang
from kpupalu.ui.daftar import ambil_halaman_dari
from kpupalu.wilayah.models import Kecamatan, Kelurahan
from pdpb.actions.ekspor import (
    ambil_ekspor,
    minta_ekspor,
    pekerjaan_gagal,
    putuskan_ekspor,
    sebab_tertutup,
    susun_ulang,
)
from pdpb.cetakan import PEKERJAAN_REKAP, berkas_cetakan
from pdpb.cetakan_impor import PEKERJAAN_IMPOR
from pdpb.forms.ekspor import CetakRekapForm, EksporForm, PutuskanEksporForm
from pdpb.models import EksporDaftar, ImporBatch, Periode, Snapshot
from pdpb.pekerjaan_cetak import berkas_impor

REKAP, CETAK, LIHAT = "pdpb.lihat_rekap", "pdpb.cetak_daftar_nama", "pdpb.lihat_ekspor"
IMPOR = "pdpb.impor_daftar"
SETUJUI = "pdpb.setujui_ekspor"
_BUKU = ("Buku ekspor", "pdpb:ekspor_daftar")


def _halaman(request: HttpRequest, template: str, **isi) -> HttpResponse:
    salah = bool(isi.get("form") and isi["form"].errors)
    return render(request, template, {"bagian": "Data Pemilih", **isi}, status=422 if salah else 200)


def versi_diminta(request: HttpRequest, periode: Periode) -> Snapshot | None:
    """The frozen version that ``?versi=`` names, None without it; 404 for one that does not exist."""
    versi = request.GET.get("versi", "")
    if not versi:
        return None
    if not versi.isdecimal() or len(versi) > 4:
        raise Http404
    return get_object_or_404(Snapshot, periode=periode, versi=int(versi))


# --- The recap ----------------------------------------------------------------------------------------------------
@hak(REKAP)
def rekap(request: HttpRequest, kode: str) -> HttpResponse:
    """Choose the paper, then print the recap as the page before showed it: its version and its area."""
    periode = get_object_or_404(Periode, pk=kode)
    snapshot = versi_diminta(request, periode)
    di_bawah = request.GET.get("wilayah", "").replace("\0", "")
    area = Kecamatan.objects.filter(pk=di_bawah).first() or Kelurahan.objects.filter(pk=di_bawah).first()
    form = CetakRekapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        job = start_job(
            PEKERJAAN_REKAP, by=request.user, periode=periode.pk, snapshot=snapshot.pk if snapshot else None,
            wilayah=area.pk if area else "", kertas=form.cleaned_data["kertas"],
        )  # fmt: skip
        return redirect("jobs:detail", job.pk)
    return _halaman(
        request, "ui/formulir.html", judul=f"Cetak rekapitulasi {periode.nama}", form=form, tombol="Cetak PDF",
        konteks=f"Wilayah: {area or 'seluruh Kota Palu'}. "
        f"{f'Data beku versi {snapshot.versi}' if snapshot else 'Angka yang berlaku sekarang'}. "
        "Cetakan ini bukan berita acara.",
        batal=reverse("pdpb:rekap", args=[kode]), remah=[(periode.nama, reverse("pdpb:periode_detail", args=[kode]))],
    )  # fmt: skip


def _cetakan(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job.objects.for_user(request.user), pk=pk, kind=PEKERJAAN_REKAP, status="selesai")


LEWAT_MASA = "Cetakan ini sudah dihapus karena lewat masa simpannya. Cetak lagi bila masih diperlukan."


def _sudah_dihapus(request: HttpRequest, job: Job) -> HttpResponse:
    """An old print is gone: say so where a new one is asked for."""
    messages.info(request, LEWAT_MASA)
    return redirect("pdpb:rekap_cetak", job.params["periode"])


@hak(REKAP)
def rekap_cetakan(request: HttpRequest, pk: int) -> HttpResponse:
    """A printed recap: what it shows, its digest, and the file."""
    job = _cetakan(request, pk)
    if not berkas_cetakan(job.pk).is_file():
        return _sudah_dihapus(request, job)
    periode = get_object_or_404(Periode, pk=job.params["periode"])
    area = job.params.get("wilayah", "")
    return _halaman(
        request, "pdpb/cetak/rekap_siap.html", job=job, periode=periode,
        area=Kecamatan.objects.filter(pk=area).first() or Kelurahan.objects.filter(pk=area).first(),
    )  # fmt: skip


@hak(REKAP)
def rekap_unduh(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The PDF of a printed recap; it holds no personal data."""
    job = _cetakan(request, pk)
    try:
        isi = berkas_cetakan(job.pk).open("rb")
    except FileNotFoundError:
        return _sudah_dihapus(request, job)
    return FileResponse(isi, as_attachment=True, filename=f"rekap-{job.params['periode']}-{job.pk}.pdf")


# --- The minutes of an import -------------------------------------------------------------------------------------
@hak(IMPOR)
@require_POST
def impor_cetak(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the minutes of an import that was applied; the work itself is a job."""
    batch = get_object_or_404(ImporBatch, pk=pk, diterapkan_pada__isnull=False)
    job = start_job(PEKERJAAN_IMPOR, by=request.user, batch=batch.pk)
    return redirect("jobs:detail", job.pk)


def _cetakan_impor(request: HttpRequest, pk: int) -> Job:
    jobs = Job.objects.for_user(request.user)
    return get_object_or_404(jobs, pk=pk, kind=PEKERJAAN_IMPOR, status="selesai")


def _berita_dihapus(request: HttpRequest, job: Job) -> HttpResponse:
    messages.info(request, LEWAT_MASA)
    return redirect("pdpb:impor_detail", job.params["batch"])


@hak(IMPOR)
def impor_cetakan(request: HttpRequest, pk: int) -> HttpResponse:
    """The printed minutes of an import: of which, its digest, and the file."""
    job = _cetakan_impor(request, pk)
    if not berkas_impor(job).is_file():
        return _berita_dihapus(request, job)
    batch = get_object_or_404(ImporBatch.objects.select_related("periode"), pk=job.params["batch"])
    return _halaman(request, "pdpb/cetak/impor_siap.html", job=job, batch=batch)


@hak(IMPOR)
def impor_cetakan_unduh(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The PDF of the minutes of an import; it holds no voter."""
    job = _cetakan_impor(request, pk)
    nama = f"berita-acara-impor-{job.params['batch']}-{job.pk}.pdf"
    try:
        isi = berkas_impor(job).open("rb")
    except FileNotFoundError:
        return _berita_dihapus(request, job)
    return FileResponse(isi, as_attachment=True, filename=nama)


# --- Lists by name ------------------------------------------------------------------------------------------------
@hak(LIHAT, CETAK)
def ekspor_daftar(request: HttpRequest) -> HttpResponse:
    """The register: every list that was asked for, newest first."""
    baris = EksporDaftar.objects.select_related("kelurahan", "kecamatan", "snapshot", "periode", "diminta_oleh")
    if request.GET.get("menunggu"):
        baris = baris.filter(status=EksporDaftar.Status.MENUNGGU).exclude(diminta_oleh=request.user)
    halaman = ambil_halaman_dari(request, baris, ("-id",))
    return _halaman(request, "pdpb/cetak/ekspor_daftar.html", halaman=halaman, menunggu=request.GET.get("menunggu"))


@hak(CETAK)
def ekspor_baru(request: HttpRequest) -> HttpResponse:
    """State what is given out, to whom and why; it is built at once, or waits for the second person."""
    awal = {"periode": request.GET.get("periode") or Periode.objects.values_list("pk", flat=True).first()}
    form = EksporForm(request.POST or None, initial=awal)
    if request.method == "POST" and form.is_valid():
        try:
            ekspor = minta_ekspor(oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            if ekspor.nik_penuh:
                messages.success(request, f"{ekspor.nomor} menunggu persetujuan Ketua atau Sekretaris.")
                return redirect(ekspor)
            return redirect("jobs:detail", ekspor.pekerjaan)
    return _halaman(
        request, "ui/formulir.html", judul="Minta daftar bernama", form=form, tombol="Buat daftar",
        konteks="Daftar ini memuat data pribadi. Permintaan, penerima, dan setiap unduhan dicatat.",
        batal=reverse(_BUKU[1]), remah=[(_BUKU[0], reverse(_BUKU[1]))],
    )  # fmt: skip


@hak(LIHAT, CETAK)
def ekspor_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry of the register; whoever asked finds the link here."""
    ekspor = get_object_or_404(EksporDaftar.objects.select_related("kelurahan", "kecamatan", "snapshot"), pk=pk)
    milik = ekspor.diminta_oleh_id == request.user.pk and request.user.has_perm(CETAK)
    return _halaman(
        request, "pdpb/cetak/ekspor_detail.html", ekspor=ekspor, milik=milik,
        gagal=pekerjaan_gagal(ekspor), boleh_unduh=milik and ekspor.dapat_diunduh(sekarang()),
        lewat=ekspor.status == EksporDaftar.Status.SIAP and not ekspor.dapat_diunduh(sekarang()),
        boleh_putuskan=ekspor.status == EksporDaftar.Status.MENUNGGU and request.user.has_perm(SETUJUI)
        and ekspor.diminta_oleh_id != request.user.pk,
        riwayat=riwayat_untuk(ekspor, request.user),
    )  # fmt: skip


@hak(SETUJUI)
def ekspor_putuskan(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or reject the whole NIK, by somebody other than who asked."""
    ekspor = get_object_or_404(EksporDaftar, pk=pk, status=EksporDaftar.Status.MENUNGGU)
    form = PutuskanEksporForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        setuju = form.cleaned_data["putusan"] == "setuju"
        try:
            putuskan_ekspor(ekspor, setuju=setuju, oleh=request.user, alasan=form.cleaned_data["alasan"])
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{ekspor.nomor} {'disetujui dan disusun' if setuju else 'ditolak'}.")
            return redirect(ekspor)
    return _halaman(
        request, "ui/konfirmasi.html", judul=f"Putuskan {ekspor.nomor}", form=form, tombol="Simpan putusan",
        genting=True, batal=ekspor.get_absolute_url(), remah=[(_BUKU[0], reverse(_BUKU[1]))],
        akibat=[f"{ekspor.diminta_oleh} meminta {ekspor.get_jenis_display()} {ekspor.wilayah} dengan NIK "
                f"dan nomor KK lengkap untuk {ekspor.penerima}.",
                f"Tujuan: {ekspor.tujuan}. Dasar hukum: {ekspor.dasar_hukum}.",
                "Bila disetujui, peminta dapat mengunduh berkasnya satu kali dalam 24 jam."],
    )  # fmt: skip


@hak(CETAK)
@require_POST
def ekspor_ulang(request: HttpRequest, pk: int) -> HttpResponse:
    """Build a list again whose work has failed, and go to watch it."""
    ekspor = get_object_or_404(EksporDaftar, pk=pk, diminta_oleh=request.user)
    try:
        ekspor = susun_ulang(ekspor, oleh=request.user)
    except Refused as galat:
        messages.error(request, str(galat))
        return redirect(ekspor)
    return redirect("jobs:detail", ekspor.pekerjaan)


@hak(CETAK)
def ekspor_unduh(request: HttpRequest, kode: str) -> HttpResponse | FileResponse:
    """The link that works once: GET says what it gives, POST gives it and closes it."""
    ekspor = get_object_or_404(EksporDaftar, kode_unduh=kode, diminta_oleh=request.user)
    if not ekspor.dapat_diunduh(sekarang()):
        return _tertutup(request, ekspor, sebab_tertutup(ekspor))
    if request.method != "POST":
        return _halaman(request, "pdpb/cetak/unduh.html", ekspor=ekspor)
    try:
        berkas = ambil_ekspor(ekspor, oleh=request.user)
    except Refused as galat:
        return _tertutup(request, ekspor, str(galat))
    jawaban = FileResponse(berkas, as_attachment=True, filename=Path(ekspor.berkas).name)
    jawaban["Cache-Control"] = "no-store"
    return jawaban


def _tertutup(request: HttpRequest, ekspor: EksporDaftar, sebab: str) -> HttpResponse:
    return render(request, "pdpb/cetak/tertutup.html", {"ekspor": ekspor, "sebab": sebab}, status=404)


urlpatterns = [
    path("rekap/<slug:kode>/cetak/", rekap, name="rekap_cetak"),
    path("rekap/cetakan/<int:pk>/", rekap_cetakan, name="rekap_cetakan"),
    path("rekap/cetakan/<int:pk>/unduh/", rekap_unduh, name="rekap_unduh"),
    path("impor/<int:pk>/berita-acara/cetak/", impor_cetak, name="impor_cetak"),
    path("impor/cetakan/<int:pk>/", impor_cetakan, name="impor_cetakan"),
    path("impor/cetakan/<int:pk>/unduh/", impor_cetakan_unduh, name="impor_cetakan_unduh"),
    path("ekspor/", ekspor_daftar, name="ekspor_daftar"),
    path("ekspor/baru/", ekspor_baru, name="ekspor_baru"),
    path("ekspor/<int:pk>/", ekspor_detail, name="ekspor_detail"),
    path("ekspor/<int:pk>/putuskan/", ekspor_putuskan, name="ekspor_putuskan"),
    path("ekspor/<int:pk>/ulang/", ekspor_ulang, name="ekspor_ulang"),
    path("ekspor/unduh/<str:kode>/", ekspor_unduh, name="ekspor_unduh"),
]
