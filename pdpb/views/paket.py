"""The packages of a closed quarter: what belongs to it, what is missing, making one, fetching it."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from kpupalu.accounts.akses import hak
from kpupalu.audit.bacaan import baris, riwayat
from pdpb.actions.paket import TINDAKAN, berkas_paket, buka_paket, minta_paket, pekerjaan_paket
from pdpb.models import PaketPeriode, Periode
from pdpb.paket import susun_isi
from pdpb.paket.isi import PERNYATAAN

LIHAT, SUSUN = "pdpb.lihat_paket", "pdpb.susun_paket"


@hak(LIHAT)
def paket(request: HttpRequest, kode: str) -> HttpResponse:
    """What the package of this quarter would hold now, what it lacks, and the packages that were made."""
    periode = get_object_or_404(Periode, pk=kode)
    isi = susun_isi(periode)
    job = pekerjaan_paket(periode)
    return render(
        request,
        "pdpb/paket/halaman.html",
        {
            "bagian": "Data Pemilih",
            "remah": [
                ("Periode", reverse("pdpb:periode_daftar")),
                (periode.nama, reverse("pdpb:periode_detail", args=[kode])),
            ],
            "periode": periode,
            "isi": isi,
            "pernyataan": PERNYATAAN,
            "pekerjaan": job,
            "milik": bool(job and job.requested_by_id == request.user.pk),
            "daftar": PaketPeriode.objects.for_user(request.user)
            .filter(periode=periode)
            .siap()
            .select_related("diminta_oleh"),
            "riwayat": [baris(e, request.user) for e in riwayat(periode).filter(tindakan__in=TINDAKAN)[:50]],
        },
    )


@hak(SUSUN)
@require_POST
def susun(request: HttpRequest, kode: str) -> HttpResponse:
    """Start making a package, or go to watch the one that is being made."""
    periode = get_object_or_404(Periode, pk=kode)
    satu = minta_paket(periode, oleh=request.user)
    job = pekerjaan_paket(periode)
    if job and job.requested_by_id == request.user.pk:
        return redirect("jobs:detail", job.pk)
    messages.info(request, f"Paket {satu.nomor} sedang disusun atas permintaan {satu.diminta_oleh}.")
    return redirect(satu)


@hak(LIHAT)
@require_GET
def unduh(request: HttpRequest, kode: str, urut: int) -> FileResponse:
    """The archive itself, sent in pieces; every time it is fetched is written to the access log."""
    satu = get_object_or_404(
        PaketPeriode.objects.for_user(request.user).select_related("periode"), periode=kode, urut=urut
    )
    jawaban = FileResponse(
        buka_paket(satu, oleh=request.user),
        as_attachment=True,
        filename=berkas_paket(satu).name,
        content_type="application/zip",
    )
    jawaban["Cache-Control"] = "no-store"
    return jawaban


urlpatterns = [
    path("periode/<slug:kode>/paket/", paket, name="paket"),
    path("periode/<slug:kode>/paket/susun/", susun, name="paket_susun"),
    path("periode/<slug:kode>/paket/<int:urut>/unduh/", unduh, name="paket_unduh"),
]
