"""A step taken with many proposed changes at once: the check page, the step, and what came of each."""

from collections import Counter

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat_akses
from kpupalu.lib import Refused
from pdpb.actions.perubahan import ambil_langkah
from pdpb.forms.pemilih import BuktiForm
from pdpb.langkah import LANGKAH
from pdpb.models import Periode, Perubahan
from pdpb.views.perubahan import MAKS_MASSAL, MassalForm, nomor_dari, saring

# The result page names this many of those that were left out; the rest it counts, by reason.
MAKS_DISEBUT = 20


@hak("pdpb.verifikasi_perubahan", "pdpb.setujui_perubahan")
@require_POST
def massal(request: HttpRequest) -> HttpResponse:
    """Check page, then the step with every selected change; the result page says what came of each."""
    langkah = LANGKAH.get(request.POST.get("langkah", ""))
    if langkah is None or not request.user.has_perm(langkah.perm):
        raise Refused("Pilih tindakan yang tersedia bagi Anda.")
    ids = _terpilih(request)
    if not ids:
        raise Refused("Belum ada perubahan yang dipilih. Centang paling sedikit satu baris.")
    data, berkas = (request.POST, request.FILES) if "lanjut" in request.POST else (None, None)
    form = MassalForm(data)
    form.fields["catatan"].required = langkah.perlu_catatan
    # The shared document is asked for, and so read, only where the step needs one and some change has none.
    tanpa_bukti = Perubahan.objects.filter(pk__in=ids, bukti=None).count()
    bukti = BuktiForm(data, berkas) if langkah.perlu_bukti and tanpa_bukti else None
    if data and form.is_valid() and (bukti is None or bukti.is_valid()):
        try:
            return _jalankan(request, langkah, ids, form.cleaned_data["catatan"], bukti)
        except Refused as galat:
            # Back on this page: it is reached by POST only, and what was ticked must not be lost.
            form.add_error(None, str(galat))
    return render(
        request,
        "pdpb/perubahan/periksa_massal.html",
        {
            "langkah": langkah,
            "ids": ids,
            "form": form,
            "form_bukti": bukti,
            "tanpa_bukti": tanpa_bukti,
            "kembali": _kembali(request),
        },
        status=422 if form.errors or (bukti and bukti.errors) else 200,
    )


def _kembali(request: HttpRequest) -> str:
    """Where the selection was made, if that is a page of ours; else the list."""
    tujuan = request.POST.get("kembali", "")
    aman = url_has_allowed_host_and_scheme(tujuan, allowed_hosts=None) and tujuan.startswith("/")
    return tujuan if aman else reverse("pdpb:perubahan_daftar")


def _terpilih(request: HttpRequest) -> list[int]:
    """The ids ticked on the page, or with *semua* every change of the filtered list."""
    if "semua" in request.POST:
        ids = saring(request.user, QueryDict(request.POST.get("saringan", ""))).values_list("pk", flat=True)
        ids = list(ids.order_by("pk")[: MAKS_MASSAL + 1])
    else:
        ids = nomor_dari(request.POST.getlist("id"))
    if len(ids) > MAKS_MASSAL:
        raise Refused(f"Paling banyak {MAKS_MASSAL} perubahan sekali jalan. Persempit saringan lebih dahulu.")
    return ids


@transaction.atomic
def _jalankan(request: HttpRequest, langkah, ids: list[int], catatan: str, bukti: BuktiForm | None) -> HttpResponse:
    dokumen = bukti.susun(oleh=request.user) if bukti else None
    berhasil, ditolak = 0, {}
    for periode in Periode.objects.filter(perubahan__in=ids).distinct():
        hasil = ambil_langkah(ids, langkah.nama, oleh=request.user, periode=periode, catatan=catatan, bukti=dokumen)
        berhasil += len(hasil.berhasil)
        ditolak |= hasil.ditolak
    if len(ids) == 1 and not ditolak:
        messages.success(request, f"{langkah.label} berhasil untuk perubahan nomor {ids[0]}.")
        return redirect(_kembali(request))
    baris = Perubahan.objects.filter(pk__in=sorted(ditolak)[:MAKS_DISEBUT]).select_related("kategori", "versi_dasar")
    catat_akses("lihat", None, oleh=request.user, objek_label="Hasil tindakan massal", jumlah=len(baris))
    return render(
        request,
        "pdpb/perubahan/hasil_massal.html",
        {
            "langkah": langkah,
            "kembali": _kembali(request),
            "berhasil": berhasil,
            "dilewati": len(ditolak),
            "ditolak": [(p, ditolak[p.pk]) for p in baris],
            "lain": max(len(ditolak) - MAKS_DISEBUT, 0),
            "sebab": Counter(ditolak.values()).most_common(),
        },
    )


urlpatterns = [path("perubahan/tindakan/", massal, name="perubahan_massal")]
