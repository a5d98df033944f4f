"""Excepted information with the refusals that rest on it, and consequence tests from proposal to answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.daftar import ambil_halaman_dari
from ppid.actions import pengecualian as aksi
from ppid.forms.daftar import (
    CabutForm,
    CatatanForm,
    DikForm,
    JawabanUjiForm,
    KirimProvinsiForm,
    PendapatForm,
    UjiForm,
    VersiForm,
)
from ppid.models import Butir, InformasiDikecualikan, UjiKonsekuensi
from ppid.models.dikecualikan import HURUF_PASAL_17

LIHAT, CATAT, MINTA = "ppid.lihat_dip", "ppid.catat_dik", "ppid.lihat_permohonan"
UJI = ("ppid.usul_uji", "ppid.pendapat_uji", CATAT, MINTA)
U = UjiKonsekuensi.Status
KEADAAN = {
    "belum": ("Belum berlaku", "info"), "berlaku": ("Berlaku", "baik"), "berakhir": ("Berakhir", "awas"),
    "dicabut": ("Dicabut", "bahaya"),
}  # fmt: skip
WARNA = {
    U.USULAN: "info", U.PERTIMBANGAN: "info", U.KE_PROVINSI: "info", U.DIKECUALIKAN: "awas", U.TERBUKA: "baik",
    U.DITARIK: "netral",
}  # fmt: skip


def beri_keadaan(semua) -> None:
    """Give each exception its word and colour of today."""
    hari = hari_ini()
    for d in semua:
        d.kata, d.warna = KEADAAN[d.keadaan(hari)]


@hak(LIHAT, CATAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """The list of excepted information, with how many refusals rest on what no longer holds."""
    baris = InformasiDikecualikan.objects.all()
    halaman = ambil_halaman_dari(request, baris, ("informasi", "id"))
    beri_keadaan(list(halaman))
    isi = {"halaman": halaman, "jumlah": baris.count(), "tinjau": 0}
    if request.user.has_perm(MINTA):
        isi["tinjau"] = aksi.perlu_ditinjau(hari_ini()).count()
    return render(request, "ppid/dik_daftar.html", isi)


@hak(LIHAT, CATAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One exception and every refusal that rests on it, flagged where it does not hold any more."""
    d = get_object_or_404(InformasiDikecualikan, pk=pk)
    beri_keadaan([d])
    isi: dict[str, Any] = {
        "d": d, "huruf": HURUF_PASAL_17[d.pasal_17], "penolakan": None,
        "riwayat": riwayat_untuk(d, request.user),
        "uji_terlihat": UjiKonsekuensi.objects.for_user(request.user).filter(dik=d),
    }  # fmt: skip
    if request.user.has_perm(MINTA):
        isi["penolakan"] = _tandai(aksi.penolakan(d))
        catat_akses("lihat", None, oleh=request.user, objek_label=f"Penolakan menurut {d.keputusan}",
                    jumlah=len(isi["penolakan"]))  # fmt: skip
    return render(request, "ppid/dik.html", isi)


def _tandai(baris) -> list[Butir]:
    """The refusals with what is wrong with their ground; empty where it held and still holds."""
    hari, semua = hari_ini(), list(baris.select_related("permohonan", "dikecualikan"))
    for b in semua:
        d = b.dikecualikan
        if not d.berlaku_pada(b.diputus_pada):
            b.tanda, b.warna = "Dasar tidak berlaku pada hari diputuskan", "bahaya"
        elif not d.berlaku_pada(hari):
            b.tanda, b.warna = f"Dasar sudah {d.keadaan(hari)}: tinjau kembali", "awas"
        else:
            b.tanda, b.warna = "", ""
    return semua


@hak(MINTA)
def tinjau(request: HttpRequest) -> HttpResponse:
    """Every refusal whose ground was revoked, has ended, or did not hold when it was decided."""
    halaman = _tandai(aksi.perlu_ditinjau(hari_ini()))
    catat_akses("lihat", None, oleh=request.user, objek_label="Penolakan yang dasarnya tidak berlaku",
                jumlah=len(halaman))  # fmt: skip
    return render(request, "ppid/dik_tinjau.html", {"penolakan": halaman})


@hak(CATAT)
def catat(request: HttpRequest) -> HttpResponse:
    """Record an exception from its decision."""
    form = DikForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            d = aksi.catat_dik(isi=form.cleaned_data, oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Keputusan dicatat. Penolakan kini dapat bersandar padanya selama berlaku.")
            return redirect(d)
    isi = {
        "judul": "Catat informasi dikecualikan", "bagian": "PPID", "form": form, "tombol": "Catat keputusan",
        "remah": [("Informasi dikecualikan", reverse("ppid:dik_daftar"))], "batal": reverse("ppid:dik_daftar"),
        "konteks": "Hanya dari keputusan KPU atau KPU Provinsi. KPU Kota tidak menetapkan pengecualian sendiri.",
    }  # fmt: skip
    return render(request, "ui/formulir.html", isi, status=422 if form.errors else 200)


@hak(CATAT)
def cabut(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the decision that revokes an exception."""
    d = get_object_or_404(InformasiDikecualikan, pk=pk)
    form = CabutForm(request.POST or None, initial={"versi": d.versi})
    banyak = aksi.penolakan(d).count()
    if request.method == "POST" and form.is_valid():
        try:
            aksi.cabut_dik(d, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Pencabutan dicatat. Tinjau penolakan yang bersandar pada keputusan ini.")
            return redirect(d)
    akibat = ["Penolakan baru tidak dapat lagi bersandar padanya.", f"{banyak} penolakan yang ada diberi tanda."]
    isi = {
        "judul": f"Catat pencabutan: {d.informasi}", "bagian": "PPID", "form": form, "tombol": "Catat pencabutan",
        "remah": [("Informasi dikecualikan", reverse("ppid:dik_daftar"))], "akibat": akibat, "genting": True,
        "batal": d.get_absolute_url(),
    }  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


# --- Consequence tests -------------------------------------------------------------------------------------------
@hak(*UJI)
def uji_daftar(request: HttpRequest) -> HttpResponse:
    """The tests a person may see, newest first."""
    baris = UjiKonsekuensi.objects.for_user(request.user).select_related("unit")
    if request.GET.get("keadaan") == "menunggu":
        baris = baris.filter(status=U.PERTIMBANGAN, pendapat_oleh=None)
    elif request.GET.get("keadaan") in U.values:
        baris = baris.filter(status=request.GET["keadaan"])
    halaman = ambil_halaman_dari(request, baris, ("-id",))
    for u in halaman:
        u.warna = WARNA[U(u.status)]
    isi = {"halaman": halaman, "jumlah": baris.count(), "boleh_usul": request.user.has_perm("ppid.usul_uji")}
    return render(request, "ppid/uji_daftar.html", isi)


def _satu(request: HttpRequest, pk: int) -> UjiKonsekuensi:
    semua = UjiKonsekuensi.objects.for_user(request.user)
    return get_object_or_404(semua.select_related("unit", "diusulkan_oleh", "pendapat_oleh", "dik"), pk=pk)


@hak(*UJI)
def uji(request: HttpRequest, pk: int) -> HttpResponse:
    """One test: the sheet of Perki 1/2021 Pasal 49, the opinion, the letter, the answer, and what waits for it."""
    u = _satu(request, pk)
    butir = list(u.butir.select_related("permohonan")) if request.user.has_perm(MINTA) else []
    catat_akses("lihat", u, oleh=request.user)
    isi = {
        "u": u, "warna": WARNA[U(u.status)], "huruf": HURUF_PASAL_17[u.pasal_17], "butir": butir,
        "tindakan": _tindakan(u, request.user), "riwayat": riwayat_untuk(u, request.user),
    }  # fmt: skip
    return render(request, "ppid/uji.html", isi)


@hak("ppid.usul_uji")
def uji_usulkan(request: HttpRequest) -> HttpResponse:
    """Propose a test."""
    form = UjiForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            u = aksi.usulkan_uji(isi=form.cleaned_data, oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"Usulan {u.nomor} dicatat. PPID memintakan pendapat tim pertimbangan.")
            return redirect(u)
    isi = {
        "judul": "Usulkan uji konsekuensi", "bagian": "PPID", "form": form, "tombol": "Usulkan",
        "remah": [("Uji konsekuensi", reverse("ppid:uji_daftar"))], "batal": reverse("ppid:uji_daftar"),
        "konteks": "Waktu jawab permohonan tetap berjalan. Yang memutuskan adalah KPU atau KPU Provinsi.",
    }  # fmt: skip
    return render(request, "ui/formulir.html", isi, status=422 if form.errors else 200)


@dataclass(frozen=True, slots=True)
class Langkah:
    """One step of a test: form, act, button, what will happen, from which states, with which right."""

    form: type[forms.Form]
    aksi: Callable[..., Any]
    label: str
    akibat: str
    dari: tuple[str, ...]
    hak: str
    genting: bool = False


_LANGKAH = {
    "pertimbangan": Langkah(
        VersiForm, aksi.minta_pendapat, "Minta pendapat tim", "Anggota KPU Kota memberi pendapat.", (U.USULAN,), CATAT
    ),
    "pendapat": Langkah(
        PendapatForm, aksi.beri_pendapat, "Beri pendapat", "Pendapat Anda disertakan ke KPU Provinsi.",
        (U.PERTIMBANGAN,), "ppid.pendapat_uji",
    ),
    "kirim": Langkah(
        KirimProvinsiForm, aksi.kirim_ke_provinsi, "Catat surat ke KPU Provinsi", "Usulan menunggu jawaban.",
        (U.PERTIMBANGAN,), CATAT,
    ),
    "jawaban": Langkah(
        JawabanUjiForm, aksi.catat_jawaban, "Catat jawaban", "Usulan selesai menurut jawaban itu.",
        (U.KE_PROVINSI,), CATAT,
    ),
    "tarik": Langkah(
        CatatanForm, aksi.tarik_uji, "Tarik usulan", "Butir yang menunggu uji ini perlu diputuskan kembali.",
        UjiKonsekuensi.BERJALAN, "", True,
    ),
}  # fmt: skip


def _tindakan(u: UjiKonsekuensi, user) -> list[tuple[str, str]]:
    """``(label, address)`` of the steps open to *user* now."""
    hasil = []
    for nama, x in _LANGKAH.items():
        boleh = u.status in x.dari and (not x.hak or user.has_perm(x.hak))
        if nama == "tarik":
            boleh = boleh and (u.diusulkan_oleh_id == user.pk or user.has_perm(CATAT))
        if nama == "pendapat":
            boleh = boleh and u.diusulkan_oleh_id != user.pk
        if nama == "kirim":
            boleh = boleh and bool(u.pendapat_tim)
        if boleh:
            hasil.append((x.label, reverse(f"ppid:uji_{nama}", args=[u.pk])))
    return hasil


@hak(*UJI)
def uji_langkah(request: HttpRequest, pk: int, nama: str) -> HttpResponse:
    """Take one step with a test; the act refuses whoever may not."""
    u, x = _satu(request, pk), _LANGKAH[nama]
    form = x.form(request.POST or None, initial={"versi": u.versi})
    if request.method == "POST" and form.is_valid():
        try:
            x.aksi(u, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{x.label} berhasil.")
            return redirect(u)
    isi = {
        "judul": f"{x.label}: {u.nomor}", "bagian": "PPID", "form": form, "tombol": x.label, "akibat": [x.akibat],
        "remah": [("Uji konsekuensi", reverse("ppid:uji_daftar"))], "genting": x.genting, "batal": u.get_absolute_url(),
    }  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


urlpatterns = [
    path("dik/", daftar, name="dik_daftar"),
    path("dik/catat/", catat, name="dik_catat"),
    path("dik/tinjau/", tinjau, name="dik_tinjau"),
    path("dik/<int:pk>/", detail, name="dik"),
    path("dik/<int:pk>/cabut/", cabut, name="dik_cabut"),
    path("uji/", uji_daftar, name="uji_daftar"),
    path("uji/usulkan/", uji_usulkan, name="uji_usulkan"),
    path("uji/<int:pk>/", uji, name="uji"),
    *(path(f"uji/<int:pk>/{nama}/", uji_langkah, {"nama": nama}, name=f"uji_{nama}") for nama in _LANGKAH),
]
