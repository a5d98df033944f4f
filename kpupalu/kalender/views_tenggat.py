"""One running term with its days, and the list of the rules behind all terms."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import masuk
from kpupalu.audit.bacaan import baris
from kpupalu.audit.models import Jejak
from kpupalu.kalender.forms import AturanForm
from kpupalu.kalender.models import AturanTenggat, TenggatBerjalan
from kpupalu.lib.waktu import hari_ini

BANYAK_RIWAYAT = 100


@masuk
@require_GET
def tenggat(request: HttpRequest, pk: int) -> HttpResponse:
    """One term: its last day, its rule, every day of the way, and what happened to the terms of the same object."""
    satu = get_object_or_404(TenggatBerjalan.objects.for_user(request.user).select_related("aturan"), pk=pk)
    jejak = Jejak.objects.filter(
        objek_jenis=satu.subjek_label, objek_id=satu.subjek_id, tindakan__startswith="tenggat_"
    ).order_by("-id")[:BANYAK_RIWAYAT]
    isi = {
        "tenggat": satu,
        "lewat": satu.lewat(),
        "hari_ini": hari_ini(),
        "riwayat": [baris(entri, request.user) for entri in jejak],
    }
    return render(request, "kalender/tenggat.html", isi)


@masuk
@require_GET
def aturan(request: HttpRequest) -> HttpResponse:
    """The rules in force today: how many days, from when, on which basis, and whether somebody has confirmed it."""
    kini = hari_ini()
    semua = AturanTenggat.objects.filter(Q(akhir__isnull=True) | Q(akhir__gte=kini), mulai__lte=kini)
    form = AturanForm(request.GET, forum=sorted(set(semua.order_by().values_list("forum", flat=True))))
    if form.is_valid():
        if forum := form.cleaned_data["forum"]:
            semua = semua.filter(forum=forum)
        if kata := form.cleaned_data["kata"].strip():
            kolom = ("kode", "nama", "perkara", "dasar_hukum", "pelaku")
            syarat = Q()
            for nama in kolom:
                syarat |= Q(**{f"{nama}__icontains": kata})
            semua = semua.filter(syarat)
        if form.cleaned_data["kepastian"]:
            semua = semua.filter(kepastian=form.cleaned_data["kepastian"])
    isi = {"aturan": list(semua.order_by("forum", "kode")), "form": form}
    return render(request, "kalender/aturan.html", isi, status=422 if form.errors else 200)
