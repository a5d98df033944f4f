"""The history of the whole office and the access log, for those who check it. Reading them is itself logged."""

from django.apps import apps
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.audit.bacaan import baris
from kpupalu.audit.catatan import catat_akses
from kpupalu.audit.models import Jejak, LogAkses, Pemakaian

PER_HALAMAN = 50
TERBARU = 200


def _potong(request, queryset: models.QuerySet) -> tuple[list, int | None]:
    """The rows older than ``?sebelum=<id>``, newest first, and where the next page begins (None at the end)."""
    sebelum = request.GET.get("sebelum", "")
    if sebelum:
        if not sebelum.isascii() or not sebelum.isdigit() or len(sebelum) > 18:
            raise Http404
        queryset = queryset.filter(pk__lt=int(sebelum))
    isi = list(queryset.order_by("-id")[: PER_HALAMAN + 1])
    return isi[:PER_HALAMAN], isi[PER_HALAMAN - 1].pk if len(isi) > PER_HALAMAN else None


@hak("audit.baca_jejak")
@require_GET
def jejak(request) -> HttpResponse:
    """Every act, newest first, of one kind of object with ``?jenis=``; personal fields masked for the reader."""
    jenis = request.GET.get("jenis", "")[:100]
    queryset = Jejak.objects.filter(objek_jenis=jenis) if jenis else Jejak.objects.all()
    isi, lanjut = _potong(request, queryset)
    catat_akses("lihat", None, oleh=request.user, objek_label="Riwayat seluruh kantor", jumlah=len(isi))
    konteks = {
        "baris": [baris(entri, request.user) for entri in isi],
        "lanjut": lanjut,
        "jenis": jenis,
        "nama_jenis": nama_jenis(jenis),
        "pilihan": sorted(
            ((satu, nama_jenis(satu)) for satu in jenis_terpakai()), key=lambda pasang: pasang[1].lower()
        ),
    }
    return render(request, "audit/jejak.html", konteks)


@hak("audit.baca_log_akses")
@require_GET
def log_akses(request) -> HttpResponse:
    """Every reading of personal data, newest first."""
    isi, lanjut = _potong(request, LogAkses.objects.all())
    catat_akses("lihat", None, oleh=request.user, objek_label="Catatan akses data pribadi", jumlah=len(isi))
    return render(request, "audit/log_akses.html", {"entri": isi, "lanjut": lanjut})


@hak("audit.baca_jejak")
@require_GET
def batas_tercapai(request) -> HttpResponse:
    """Who reached which limit, newest first; with ``?sejak=<date>`` from that day on."""
    queryset = Pemakaian.objects.filter(dilampaui_pada__isnull=False).select_related("pengguna")
    sejak = hari_dari(request.GET.get("sejak", ""))
    if sejak:
        queryset = queryset.filter(dilampaui_pada__date__gte=sejak)
    return render(request, "audit/batas.html", {"baris": queryset[:TERBARU], "sejak": sejak, "terbaru": TERBARU})


def hari_dari(teks: str):
    """The day that *teks* names; 404 for anything else that is said."""
    try:
        hari = parse_date(teks)
    except ValueError:
        hari = None
    if teks and hari is None:
        raise Http404
    return hari


def nama_jenis(jenis: str) -> str:
    """What people call the objects of *jenis* (``pdpb.perubahan``); the code itself where its table is gone."""
    try:
        return str(apps.get_model(jenis)._meta.verbose_name)
    except (LookupError, ValueError):
        return jenis


def jenis_terpakai() -> list[str]:
    """The kinds of objects that stand in history, by hops through the index instead of reading it all."""
    terpakai, akhir = [], ""
    while berikut := Jejak.objects.filter(objek_jenis__gt=akhir).order_by("objek_jenis").values_list("objek_jenis")[:1]:
        akhir = berikut[0][0]
        terpakai.append(akhir)
    return terpakai
