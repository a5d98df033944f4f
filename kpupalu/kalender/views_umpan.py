"""The feed of one person, and the page on which its address is made and revoked."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kpupalu.accounts.akses import masuk, publik
from kpupalu.kalender.models.umpan import UmpanKalender, pemilik_umpan
from kpupalu.kalender.target import target_untuk
from kpupalu.kalender.umpan import buat_umpan, cabut_umpan, ical
from kpupalu.lib.waktu import hari_ini, sekarang

KE_BELAKANG, KE_DEPAN = timedelta(days=30), timedelta(days=366)


@masuk
@require_GET
def umpan(request: HttpRequest) -> HttpResponse:
    """Whether the reader has an address; it is never shown again."""
    milik = UmpanKalender.objects.filter(pemilik_id=request.user.pk, dicabut_pada=None).first()
    return render(request, "kalender/umpan.html", {"umpan": milik})


@masuk
@never_cache
@require_POST
def umpan_baru(request: HttpRequest) -> HttpResponse:
    """Make a new address and show it, this once."""
    alamat = settings.URL_PUBLIK + reverse("kalender:umpan_ics", args=[buat_umpan(request.user)])
    milik = UmpanKalender.objects.filter(pemilik_id=request.user.pk, dicabut_pada=None).first()
    return render(request, "kalender/umpan.html", {"umpan": milik, "alamat": alamat})


@masuk
@require_POST
def umpan_cabut(request: HttpRequest) -> HttpResponse:
    """Revoke the address of the reader."""
    if cabut_umpan(request.user):
        messages.success(
            request, "Alamat umpan kalender dicabut. Aplikasi kalender yang memakainya berhenti diperbarui."
        )
    return redirect("kalender:umpan")


@publik
@never_cache
@require_GET
def umpan_ics(request: HttpRequest, rahasia: str) -> HttpResponse:
    """The feed that *rahasia* opens, with the rights its owner has today; 404 for anything else."""
    user = pemilik_umpan(rahasia, pada=hari_ini())
    if user is None:
        raise Http404
    target = target_untuk(user, hari_ini() - KE_BELAKANG, hari_ini() + KE_DEPAN)
    isi = ical(target, situs=settings.URL_PUBLIK, nama=f"Tenggat {settings.NAMA_SATKER}", pada=sekarang())
    return HttpResponse(isi, content_type="text/calendar; charset=utf-8")
