"""The page of the one search box."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import masuk
from kpupalu.cari.sumber import TERPENDEK, cari, memuat_nik, rapikan, sumber_untuk
from kpupalu.lib.samaran import samarkan_teks


@masuk
@never_cache
@require_GET
def halaman(request: HttpRequest) -> HttpResponse:
    """Results of ``?kata=`` by group, five of each; one group at length with ``&kelompok=``."""
    kata = rapikan(request.GET.get("kata", ""))
    sumber = sumber_untuk(request.user)
    pilihan = next((s for s in sumber if s.slug == request.GET.get("kelompok")), None)
    isi = {
        "kata": samarkan_teks(kata),
        "pendek": 0 < len(kata) < TERPENDEK,
        "nik": memuat_nik(kata),
        "kelompok": cari(request.user, kata, pilihan.slug if pilihan else ""),
        "pilihan": pilihan,
        "sumber": sumber,
    }
    return render(request, "cari/halaman.html", isi)
