"""What the pages of letters share: pages of a list, forms that keep what was typed, the confirmation page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kpupalu.lib import Refused

UKURAN = 50


def sehalaman(request: HttpRequest, baris: QuerySet) -> Page:
    """The page ``?halaman=`` of *baris*; the nearest one for a number that does not exist."""
    return Paginator(baris, UKURAN).get_page(request.GET.get("halaman"))


def tampil(request: HttpRequest, template: str, bagian: str = "Surat", **isi: Any) -> HttpResponse:
    """Render *template*; status 422 when the form in it has errors."""
    salah = bool(isi.get("form") and isi["form"].errors)
    return render(request, template, {"bagian": bagian, **isi}, status=422 if salah else 200)


def ditolak(form, tindakan: Callable[[], Any]) -> bool:
    """Carry *tindakan* out; True if the office's rules refuse, with the sentence on *form* and nothing typed lost."""
    try:
        tindakan()
    except Refused as galat:
        form.add_error(None, str(galat))
        return True
    return False


def berhasil(request: HttpRequest, form, tindakan: Callable[[], Any], pesan: str) -> bool:
    """True once *form* was sent, is valid, and *tindakan* was carried out; *pesan* then stands on the next page."""
    if request.method != "POST" or not form.is_valid() or ditolak(form, tindakan):
        return False
    messages.success(request, pesan)
    return True


def cip(request: HttpRequest, form) -> list[dict[str, str]]:
    """The filters in force as removable chips."""
    hasil = []
    for bidang in form:
        nilai = request.GET.get(bidang.name, "")
        if not nilai:
            continue
        label = dict(getattr(bidang.field, "choices", [])).get(nilai, nilai)
        data = request.GET.copy()
        data.pop(bidang.name, None)
        data.pop("halaman", None)
        hasil.append({"label": f"{bidang.label}: {label}", "tautan_hapus": f"?{data.urlencode()}"})
    return hasil
