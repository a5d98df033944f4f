"""Identities that are due to be destroyed, proposals, and the decision of a second person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import riwayat_untuk
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.daftar import ambil_halaman_dari
from ppid.actions import pemusnahan
from ppid.forms.berkas import AlasanForm
from ppid.models import Pemusnahan

USUL, SETUJU = "ppid.usul_pemusnahan", "ppid.setujui_pemusnahan"
S = Pemusnahan.Status
WARNA = {S.DIUSULKAN: "awas", S.DIMUSNAHKAN: "baik", S.DITOLAK: "netral"}
_JUDUL = "Pemusnahan identitas"


@hak(USUL, SETUJU)
def daftar(request: HttpRequest) -> HttpResponse:
    """What is due today, and every proposal, the newest first; a POST proposes all that is due."""
    if request.method == "POST":
        usulan = pemusnahan.usulkan(oleh=request.user)
        messages.success(request, "Usulan dibuat. Sekretaris menyetujui atau menolaknya.")
        return redirect(usulan)
    semua = Pemusnahan.objects.select_related("diusulkan_oleh", "naskah")
    isi = {
        "judul": _JUDUL, "bagian": "PPID", "tempo": pemusnahan.jatuh_tempo(hari_ini()),
        "halaman": ambil_halaman_dari(request, semua, ("-id",)), "batas": pemusnahan.batas_simpan(hari_ini()),
    }  # fmt: skip
    return render(request, "ppid/pemusnahan_daftar.html", isi)


@hak(USUL, SETUJU)
def satu(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: which requests, who decided, the minutes."""
    u = get_object_or_404(Pemusnahan.objects.select_related("diusulkan_oleh", "diputus_oleh", "naskah"), pk=pk)
    isi = {
        "u": u, "warna": WARNA[S(u.status)], "permohonan": u.permohonan.order_by("pk"), "judul": str(u),
        "bagian": "PPID",
        "remah": [(_JUDUL, reverse("ppid:pemusnahan_daftar"))], "riwayat": riwayat_untuk(u, request.user),
    }  # fmt: skip
    return render(request, "ppid/pemusnahan.html", isi)


@hak(SETUJU)
def setujui(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, on a page that says what will be gone for ever."""
    u = get_object_or_404(Pemusnahan, pk=pk)
    if request.method == "POST":
        pemusnahan.setujui(u, oleh=request.user)
        messages.success(request, "Identitas dimusnahkan. Berita acaranya menunggu tanda tangan.")
        return redirect(u)
    isi = {
        "judul": "Setujui pemusnahan", "bagian": "PPID", "genting": True, "tombol": "Musnahkan identitas",
        "remah": [(_JUDUL, reverse("ppid:pemusnahan_daftar")), (str(u), u.get_absolute_url())],
        "akibat": [f"Nomor dan salinan identitas pada {u.permohonan.count()} permohonan dihapus dari penyimpanan.",
                   "Tindakan ini tidak dapat dibatalkan. Baris register dan surat jawaban tetap ada.",
                   "Berita acara bernomor dicetak dan ditandatangani PPID dan Atasan PPID."],
        "batal": u.get_absolute_url(),
    }  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi)


@hak(SETUJU)
def tolak(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a proposal with a reason."""
    u, form = get_object_or_404(Pemusnahan, pk=pk), AlasanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pemusnahan.tolak_pemusnahan(u, catatan=form.cleaned_data["catatan"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Usulan ditolak. Identitasnya tetap tersimpan.")
            return redirect(u)
    isi = {
        "judul": "Tolak pemusnahan", "bagian": "PPID", "form": form, "tombol": "Tolak usulan",
        "akibat": ["Identitas tetap tersimpan dan muncul lagi pada daftar jatuh tempo."], "batal": u.get_absolute_url(),
        "remah": [(_JUDUL, reverse("ppid:pemusnahan_daftar")), (str(u), u.get_absolute_url())],
    }  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


urlpatterns = [
    path("pemusnahan/", daftar, name="pemusnahan_daftar"),
    path("pemusnahan/<int:pk>/", satu, name="pemusnahan"),
    path("pemusnahan/<int:pk>/setujui/", setujui, name="pemusnahan_setujui"),
    path("pemusnahan/<int:pk>/tolak/", tolak, name="pemusnahan_tolak"),
]
