"""Objecting on the ticket page, without account: the ground worked out from the file, and where the objection stands.

Who may open these pages is who opened the ticket with number and code in this browser. No personal data stand here.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kpupalu.accounts.akses import publik
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from ppid.actions.keberatan import ajukan, isi_awal_formulir
from ppid.documents_keberatan import isi_bukti_keberatan
from ppid.forms.keberatan import KeberatanForm
from ppid.jendela import jendela_sengketa
from ppid.langkah_keberatan import TAHAP_KEBERATAN, tahap_keberatan
from ppid.models import Permohonan
from ppid.views.publik import _TERBATAS, _boleh_kirim, _tiket


@publik
@never_cache
def formulir(request: HttpRequest) -> HttpResponse:
    """The form with the grounds of the file ticked and the last day shown; sent again it leads to the same receipt.

    An objection that comes too late is taken and the page says beforehand what that means; one that is too early is
    not, and the page says from when.
    """
    p = _tiket(request)
    if p is None:
        return redirect("ppid:tiket")
    awal = isi_awal_formulir(p, hari_ini())
    huruf = "".join(a.huruf for a in awal["alasan"])
    form, terbatas = KeberatanForm(request.POST or None, request.FILES or None, permohonan=p, alasan=huruf), False
    if request.method == "POST" and form.is_valid():
        terbatas = not _boleh_kirim(request)
        try:
            if terbatas:
                raise Refused(_TERBATAS)
            k, baru = ajukan(p, **form.isi())
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            kata = f"Keberatan Anda terdaftar dengan nomor {k.nomor}."
            messages.success(request, kata if baru else f"Formulir ini sudah kami terima. {kata}")
            return redirect("ppid:keberatan_saya", pk=k.pk)
    isi = {"form": form, "p": p, "lewat": awal["jendela"] and awal["jendela"].tanggal < hari_ini(),
           "dicabut": p.status == Permohonan.Status.DICABUT, **awal}  # fmt: skip
    jawaban = render(request, "ppid/publik/keberatan_ajukan.html", isi, status=_status(form, terbatas))
    if terbatas:
        jawaban["Retry-After"] = "600"
    return jawaban


def _status(form, terbatas: bool) -> int:
    if terbatas:
        return 429
    return 422 if form.errors else 200


@publik
@never_cache
@require_safe
def lihat(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt and the stage of one objection to the ticket of this session, with every date and how it came."""
    p = _tiket(request)
    if p is None:
        return redirect("ppid:tiket")
    k = get_object_or_404(p.keberatan, pk=pk)
    kini, kata = tahap_keberatan(k.status)
    lewat = k.status in k.TERBUKA and k.batas < hari_ini()
    isi = {
        "langkah": TAHAP_KEBERATAN, "kini": kini, "kata": kata, "lewat": lewat,
        "jendela": jendela_sengketa(k, hari_ini()), **isi_bukti_keberatan(k),
    }  # fmt: skip
    return render(request, "ppid/publik/keberatan.html", isi)


urlpatterns = [
    path("informasi/tiket/keberatan/", formulir, name="ajukan_keberatan"),
    path("informasi/tiket/keberatan/<int:pk>/", lihat, name="keberatan_saya"),
]
