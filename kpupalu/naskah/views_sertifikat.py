"""The page of a signer's own certificate."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from kpupalu.accounts.akses import hak
from kpupalu.lib import waktu
from kpupalu.naskah import sertifikat
from kpupalu.naskah.forms import AlasanForm, SertifikatForm
from kpupalu.naskah.models import SertifikatPenanda
from kpupalu.naskah.views import ISI_FORMULIR


@hak("naskah.tandatangani_naskah")
@ISI_FORMULIR
@never_cache
def sertifikat_saya(request: HttpRequest) -> HttpResponse:
    """Own certificate: what it says, and how to make a new one under a new passphrase."""
    form = SertifikatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sertifikat.terbitkan_sertifikat(request.user, sandi=form.cleaned_data["sandi"], by=request.user)
        messages.success(request, "Sertifikat Anda siap dipakai. Simpan frasa sandinya di tempat yang aman.")
        return redirect("naskah:sertifikat")
    semua = list(SertifikatPenanda.objects.filter(user=request.user.pk))
    kini = waktu.sekarang()
    berlaku = next((s for s in semua if s.berlaku(kini)), None)
    return render(
        request,
        "naskah/sertifikat.html",
        {"form": form, "berlaku": berlaku, "lama": [s for s in semua if s is not berlaku]},
    )


@hak("naskah.tandatangani_naskah")
@ISI_FORMULIR
def cabut(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one's own certificate."""
    milik = get_object_or_404(SertifikatPenanda, pk=pk, user=request.user.pk, dicabut_pada=None)
    form = AlasanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sertifikat.cabut_sertifikat(milik, alasan=form.cleaned_data["alasan"], by=request.user)
        messages.success(request, "Sertifikat dicabut. Buat sertifikat baru sebelum menandatangani lagi.")
        return redirect("naskah:sertifikat")
    return render(
        request,
        "ui/konfirmasi.html",
        {
            "judul": "Cabut sertifikat",
            "bagian": "Naskah dinas",
            "form": form,
            "tombol": "Cabut sertifikat",
            "genting": True,
            "akibat": [
                "Sertifikat ini tidak dapat dipakai lagi untuk menandatangani.",
                "Tanda tangan yang sudah dibuat sebelum pencabutan tetap sah.",
            ],
            "batal": reverse("naskah:sertifikat"),
        },
    )
