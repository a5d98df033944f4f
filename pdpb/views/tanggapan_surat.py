"""What a reporter gets on paper: the receipt, and the letter of answer."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat_akses
from pdpb.cetakan_tanggapan import cetak_surat_jawaban, cetak_tanda_terima
from pdpb.views.tanggapan import ALAMAT, TANGANI, ambil, remah, unduhan


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
    """The letter of answer as PDF, after the officer says that its receiver was identified; logged."""
    tanggapan, form = ambil(request, pk), SuratForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pdf = cetak_surat_jawaban(tanggapan, oleh=str(request.user))
        catat_akses("cetak", tanggapan, oleh=request.user, tujuan="Surat jawaban, identitas penerima diperiksa")
        return unduhan(pdf, "application/pdf", f"jawaban-{tanggapan.nomor}.pdf")
    return render(
        request,
        "ui/konfirmasi.html",
        {
            "judul": f"Cetak surat jawaban: {tanggapan}", **remah(tanggapan), "form": form, "tombol": "Cetak surat",
            "akibat": ["Surat jawaban memuat nama pelapor dan isi jawaban. Berikan hanya kepada pelapor sendiri."],
            "batal": reverse("pdpb:tanggapan_detail", args=[pk]), "unduh": True,
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


urlpatterns = [
    path(f"{ALAMAT}<int:pk>/tanda-terima/", cetak_terima, name="tanggapan_cetak_terima"),
    path(f"{ALAMAT}<int:pk>/surat/", surat, name="tanggapan_surat"),
]
