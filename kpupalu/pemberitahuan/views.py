"""One's notifications: newest first, opened one by one, marked as read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from kpupalu.accounts.akses import masuk
from kpupalu.lib.angka import ribuan
from kpupalu.pemberitahuan.actions import tandai_dibaca
from kpupalu.pemberitahuan.models import Pemberitahuan

UKURAN = 30


@masuk
@require_GET
def daftar(request: HttpRequest) -> HttpResponse:
    """Unread ones of the reader, or all (``?semua=1``), newest first; ``?sebelum=`` goes on."""
    milik = Pemberitahuan.objects.for_user(request.user)
    semua = request.GET.get("semua") == "1"
    baris = milik if semua else milik.belum_dibaca()
    if (sebelum := request.GET.get("sebelum", "")).isdecimal():
        baris = baris.filter(pk__lt=min(int(sebelum[:20]), 2**63 - 1))
    isi = list(baris.order_by("-pk")[: UKURAN + 1])
    konteks = {
        "pemberitahuan": isi[:UKURAN],
        "berikut": isi[UKURAN - 1].pk if len(isi) > UKURAN else None,
        "lanjutan": bool(sebelum),
        "semua": semua,
        "belum": milik.belum_dibaca().count(),
    }
    return render(request, "pemberitahuan/daftar.html", konteks)


@masuk
@require_POST
def buka(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and go to what it is about. A POST, so that no prefetch marks anything."""
    satu = get_object_or_404(Pemberitahuan.objects.for_user(request.user), pk=pk)
    tandai_dibaca(request.user, satu.pk)
    return redirect(satu.tautan)


@masuk
@require_POST
def baca_semua(request: HttpRequest) -> HttpResponse:
    """Mark all of the reader's notifications as read."""
    jumlah = tandai_dibaca(request.user)
    messages.success(request, f"{ribuan(jumlah)} pemberitahuan ditandai sudah dibaca.")
    return redirect("pemberitahuan:daftar")
