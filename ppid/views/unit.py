"""What a unit is asked: its own queue, one question, its answer, and what the desk does with the answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.kalender.models import TenggatBerjalan
from kpupalu.lib import Refused
from kpupalu.ui.daftar import ambil_halaman_dari
from ppid.actions import jawaban
from ppid.forms.permohonan import CatatanForm, JawabUnitForm, VersiForm
from ppid.models import PermintaanUnit

_MELIHAT = ("ppid.jawab_unit", "ppid.lihat_permohonan")
P = PermintaanUnit.Status
_WARNA = {P.MENUNGGU: "awas", P.DIKEMBALIKAN: "awas", P.DIJAWAB: "info", P.DITERIMA: "baik", P.DITARIK: "netral"}


@hak(*_MELIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """The questions to the units a person may see, the most urgent first."""
    baris = PermintaanUnit.objects.for_user(request.user).select_related("unit", "permohonan")
    if request.GET.get("antrean") == "saya":
        baris = baris.filter(unit__pegawai__user=request.user, status__in=jawaban.TERBUKA)
    halaman = ambil_halaman_dari(request, baris, ("tenggat", "id"))
    for u in halaman:
        u.warna = _WARNA[P(u.status)]
    return render(request, "ppid/unit_daftar.html", {"halaman": halaman, "jumlah": baris.count()})


def _satu(request: HttpRequest, pk: int) -> PermintaanUnit:
    semua = PermintaanUnit.objects.for_user(request.user).select_related("unit", "permohonan", "dijawab_oleh")
    return get_object_or_404(semua, pk=pk)


@hak(*_MELIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One question with its items, clock and answer. It never says who asks."""
    u = _satu(request, pk)
    catat_akses("lihat", u, oleh=request.user)
    sendiri = request.user.has_perm("ppid.jawab_unit") and u.unit.pegawai_set.filter(user=request.user).exists()
    olah = request.user.has_perm("ppid.olah_permohonan")
    isi = {
        "u": u, "warna": _WARNA[P(u.status)], "butir": u.butir.all(),
        "tenggat": TenggatBerjalan.objects.subjek(u).select_related("aturan"),
        "boleh_jawab": sendiri and u.status in jawaban.TERBUKA, "boleh_terima": olah and u.status == P.DIJAWAB,
        "boleh_tarik": olah and u.status in jawaban.TERBUKA, "riwayat": riwayat_untuk(u, request.user),
    }  # fmt: skip
    return render(request, "ppid/unit.html", isi)


_LANGKAH = {
    "jawab": (JawabUnitForm, jawaban.jawab_unit, "Jawab permintaan", "Jawaban dikirim kepada petugas layanan PPID."),
    "terima": (
        VersiForm,
        jawaban.terima_jawaban_unit,
        "Terima jawaban",
        "Jawaban unit dipakai untuk memutuskan butir.",
    ),
    "kembalikan": (
        CatatanForm,
        jawaban.kembalikan_ke_unit,
        "Kembalikan untuk diperbaiki",
        "Unit menjawab sekali lagi.",
    ),
    "tarik": (CatatanForm, jawaban.tarik_permintaan, "Tarik permintaan", "Unit tidak perlu menjawab lagi."),
}


@hak(*_MELIHAT)
def langkah(request: HttpRequest, pk: int, nama: str) -> HttpResponse:
    """Take one step with a question; the act refuses whoever may not."""
    u = _satu(request, pk)
    kelas, aksi, label, akibat = _LANGKAH[nama]
    form = kelas(request.POST or None, initial={"versi": u.versi})
    if request.method == "POST" and form.is_valid():
        try:
            aksi(u, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{label} berhasil.")
            return redirect(u)
    isi = {
        "judul": f"{label}: {u.permohonan.nomor}", "bagian": "PPID", "form": form, "tombol": label, "akibat": [akibat],
        "remah": [("Permintaan kepada unit", reverse("ppid:unit_daftar"))], "batal": u.get_absolute_url(),
    }  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


urlpatterns = [
    path("unit/", daftar, name="unit_daftar"),
    path("unit/<int:pk>/", detail, name="unit"),
    *(path(f"unit/<int:pk>/{nama}/", langkah, {"nama": nama}, name=f"unit_{nama}") for nama in _LANGKAH),
]
