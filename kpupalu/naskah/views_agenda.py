"""The agenda books: what was given out, what was passed over, and typing a number oneself."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.audit.bacaan import riwayat_untuk
from kpupalu.lib import Refused
from kpupalu.naskah import dasar
from kpupalu.naskah.forms import NomorBebasForm, NomorKetikForm
from kpupalu.naskah.models import BukuAgenda, JenisNaskah, Naskah
from kpupalu.naskah.penomoran import ketik_nomor, periksa_ketikan
from kpupalu.naskah.views import ISI_FORMULIR, ambil

LIHAT, KETIK = "naskah.view_bukuagenda", "naskah.ketik_nomor"
PER_HALAMAN = 100
_BUKU = ("Buku agenda", "naskah:agenda")


def _halaman(request: HttpRequest, template: str, **isi: Any) -> HttpResponse:
    salah = bool(isi.get("form") and isi["form"].errors)
    return render(request, template, {"bagian": "Naskah dinas", **isi}, status=422 if salah else 200)


@hak(LIHAT, KETIK)
@require_GET
def daftar(request: HttpRequest) -> HttpResponse:
    """Every book with its last number, its gaps, its typed and its cancelled numbers."""
    buku = BukuAgenda.objects.annotate(
        jumlah=Count("entri"),
        diketik=Count("entri", filter=Q(entri__diketik=True)),
        batal=Count("entri", filter=Q(entri__batal=True)),
    ).order_by("-tahun", "kode")
    nama: dict[str, set[str]] = {}
    for kode, satu in JenisNaskah.objects.values_list("buku", "nama"):
        nama.setdefault(kode, set()).add(satu)
    baris = [(satu, ", ".join(sorted(nama.get(satu.kode, ()))), satu.nomor_terakhir - satu.jumlah) for satu in buku]
    return _halaman(request, "naskah/agenda.html", baris=baris)


@hak(LIHAT, KETIK)
@require_GET
def rinci(request: HttpRequest, pk: int) -> HttpResponse:
    """One book: its gaps, and its entries from the newest down; *diketik* shows the typed ones alone."""
    buku = get_object_or_404(BukuAgenda, pk=pk)
    entri = buku.entri.select_related("oleh").order_by("-urut")
    if saring := request.GET.get("diketik", ""):
        entri = entri.filter(diketik=True)
    sebelum = request.GET.get("sebelum", "")
    if sebelum.isdecimal() and len(sebelum) < 10:
        entri = entri.filter(urut__lt=int(sebelum))
    isi = list(entri[: PER_HALAMAN + 1])
    naskah = dict(
        Naskah.objects.for_user(request.user).filter(nomor__in=[e.nomor for e in isi]).values_list("nomor", "pk")
    )
    return _halaman(
        request, "naskah/agenda_buku.html", buku=buku, celah=buku.celah(), diketik=saring,
        baris=[(e, naskah.get(e.nomor)) for e in isi[:PER_HALAMAN]],
        lanjut=isi[PER_HALAMAN - 1].urut if len(isi) > PER_HALAMAN else None, riwayat=riwayat_untuk(buku, request.user),
    )  # fmt: skip


@hak(KETIK)
@ISI_FORMULIR
@never_cache
def ketik(request: HttpRequest) -> HttpResponse:
    """Record the number of a document made outside this system: look at it first, then record it."""
    form = NomorBebasForm(request.POST or None)

    def periksa() -> str:
        isi = form.cleaned_data
        return periksa_ketikan(isi["jenis"], isi["urut"], isi["tanggal"])

    def lakukan() -> HttpResponse:
        nomor = ketik_nomor(**form.cleaned_data, by=request.user)
        messages.success(request, f"Nomor {nomor} tercatat di buku agenda.")
        buku = BukuAgenda.objects.get(entri__nomor=nomor)
        return redirect("naskah:agenda_buku", buku.pk)

    return _dua_langkah(
        request, form, periksa, lakukan, judul="Ketik nomor sendiri", tombol="Catat nomor", batal=reverse(_BUKU[1]),
        remah=[(_BUKU[0], reverse(_BUKU[1]))],
        konteks="Untuk naskah yang nomornya diberikan di luar sistem, misalnya di atas kertas ketika sistem mati.",
    )  # fmt: skip


@hak(KETIK)
@ISI_FORMULIR
@never_cache
def ketik_untuk(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare a draft under a number somebody chose: look at it first, then number and print."""
    naskah = ambil(request, pk)
    if naskah.nomor or not dasar.boleh_siapkan(naskah, request.user):
        raise Http404
    form = NomorKetikForm(request.POST or None)

    def periksa() -> str:
        return periksa_ketikan(naskah.jenis, form.cleaned_data["urut"], naskah.tanggal, naskah.isi.get("triwulan"))

    def lakukan() -> HttpResponse:
        baru = dasar.siapkan(naskah, by=request.user, **form.cleaned_data)
        messages.success(request, f"Nomor {baru.nomor} diberikan. Naskah sedang dicetak.")
        return redirect("jobs:detail", baru.pekerjaan_id)

    return _dua_langkah(
        request, form, periksa, lakukan, judul="Siapkan dengan nomor yang diketik", tombol="Beri nomor ini dan cetak",
        batal=reverse("naskah:siapkan", args=[pk]), konteks=str(naskah),
        remah=[("Naskah dinas", reverse("naskah:daftar")), (str(naskah), naskah.get_absolute_url())],
    )  # fmt: skip


def _dua_langkah(
    request: HttpRequest, form, periksa: Callable[[], str], lakukan: Callable[[], HttpResponse], **isi: Any
) -> HttpResponse:
    """The first press shows the whole nomor, the second (``catat``) records it; a refusal stands above the form."""
    nomor = ""
    if request.method == "POST" and form.is_valid():
        try:
            nomor = periksa()
            if request.POST.get("catat") == nomor:
                return lakukan()
        except Refused as tolak:
            form.add_error(None, str(tolak))
            nomor = ""
    isi |= {"sembunyi": {"catat": nomor}} if nomor else {"tombol": "Periksa nomor"}
    return _halaman(request, "naskah/ketik_nomor.html", form=form, nomor=nomor, **isi)
