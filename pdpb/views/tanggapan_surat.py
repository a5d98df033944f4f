"""What a reporter gets on paper: the receipt, and the letter of answer."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat_akses
from kpupalu.surat.halaman import ditolak
from kpupalu.surat.models import SuratKeluar
from pdpb.actions.surat_jawaban import surat_tanggapan, susun_surat_tanggapan
from pdpb.cetakan_tanggapan import cetak_tanda_terima
from pdpb.models import Tanggapan
from pdpb.views.tanggapan import ALAMAT, TANGANI, ambil, remah
from pdpb.views.unduhan import unduhan


@hak(TANGANI)
@require_GET
def cetak_terima(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt as PDF; its code opens the ticket page, so printing it is logged."""
    tanggapan = ambil(request, pk)
    catat_akses("cetak", tanggapan, oleh=request.user, tujuan="Tanda terima")
    pdf = cetak_tanda_terima(tanggapan, oleh=str(request.user))
    return unduhan(pdf, "application/pdf", f"tanda-terima-{tanggapan.nomor}.pdf")


class SuratForm(forms.Form):
    """The letter may tell what the public page does not, so only to somebody who was identified."""

    diperiksa = forms.BooleanField(
        label="Identitas penerima surat sudah diperiksa dan ia pelapornya",
        error_messages={"required": "Periksa identitas penerima, lalu centang."},
    )


@hak(TANGANI)
def surat(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the letter of answer, after the officer says that its receiver was identified; then it is a letter."""
    tanggapan, form = ambil(request, pk), SuratForm(request.POST or None)
    if lama := surat_tanggapan(tanggapan):
        return _buka(request, tanggapan, lama)
    if (
        request.method == "POST"
        and form.is_valid()
        and not ditolak(form, lambda: susun_surat_tanggapan(tanggapan, oleh=request.user))
    ):
        catat_akses("lihat", tanggapan, oleh=request.user, tujuan="Surat jawaban, identitas penerima diperiksa")
        messages.success(request, "Konsep surat jawaban disusun. Langkah berikutnya: siapkan untuk ditandatangani.")
        return redirect(surat_tanggapan(tanggapan) or reverse("pdpb:tanggapan_detail", args=[pk]))
    return render(
        request,
        "ui/konfirmasi.html",
        {
            "judul": f"Susun surat jawaban: {tanggapan}", **remah(tanggapan), "form": form, "tombol": "Susun surat",
            "akibat": [
                "Surat jawaban memuat nama pelapor dan isi jawaban. Berikan hanya kepada pelapor sendiri.",
                "Surat menjadi konsep surat keluar. Nomor diberikan saat surat disiapkan untuk ditandatangani.",
            ],
            "batal": reverse("pdpb:tanggapan_detail", args=[pk]),
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


def _buka(request: HttpRequest, tanggapan: Tanggapan, lama: SuratKeluar) -> HttpResponse:
    """The letter, or for those who may not open it, by whom it was drafted."""
    if SuratKeluar.objects.for_user(request.user).filter(pk=lama.pk).exists():
        return redirect(lama)
    messages.info(request, f"Surat jawaban sudah disusun oleh {lama.dibuat_oleh}. Minta ia melanjutkannya.")
    return redirect("pdpb:tanggapan_detail", tanggapan.pk)


urlpatterns = [
    path(f"{ALAMAT}<int:pk>/tanda-terima/", cetak_terima, name="tanggapan_cetak_terima"),
    path(f"{ALAMAT}<int:pk>/surat/", surat, name="tanggapan_surat"),
]
