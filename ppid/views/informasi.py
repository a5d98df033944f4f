"""The list of public information for officers: the list, one entry, each step on a page of its own, the sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.imports.lampiran import TIPE
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.daftar import ambil_halaman_dari
from ppid.actions import informasi as aksi
from ppid.forms.daftar import (
    CatatanForm,
    InformasiForm,
    PembaruanForm,
    PutusPembaruanForm,
    SaringDipForm,
    TetapkanForm,
    VersiForm,
)
from ppid.lembar import dip_xlsx
from ppid.models import InformasiPublik, Pemutakhiran

LIHAT, USUL, TETAPKAN = "ppid.lihat_dip", "ppid.usul_dip", "ppid.tetapkan_dip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
S, J = InformasiPublik.Status, Pemutakhiran.Jenis
WARNA = {
    S.USULAN: "info", S.DIKEMBALIKAN: "awas", S.DIVERIFIKASI: "info", S.TERBIT: "baik", S.DITARIK: "netral",
}  # fmt: skip


def _saring(user, query) -> tuple[Any, SaringDipForm]:
    """Entries *user* may see that *query* asks for, and the form; what is no choice filters nothing."""
    baris, form = InformasiPublik.objects.for_user(user), SaringDipForm(query or None)
    isi = form.cleaned_data if form.is_valid() else getattr(form, "cleaned_data", {})
    if isi.get("keadaan") == "perlu":
        baris = baris.perlu_dimutakhirkan(hari_ini())
    elif isi.get("keadaan") == "menunggu":
        diajukan = Pemutakhiran.objects.filter(jenis=J.DIAJUKAN, keputusan=None)
        baris = baris.terbit().filter(pk__in=diajukan.values("informasi"))
    elif isi.get("keadaan"):
        baris = baris.filter(status=isi["keadaan"])
    for nama in ("kategori", "unit"):
        if isi.get(nama):
            baris = baris.filter(**{nama: isi[nama]})
    return baris.cari(isi.get("q") or "").select_related("unit"), form


@hak(LIHAT, USUL)
def daftar(request: HttpRequest) -> HttpResponse:
    """The list with its filters, by title."""
    baris, form = _saring(request.user, request.GET)
    halaman = ambil_halaman_dari(request, baris, ("judul", "id"))
    for e in halaman:
        e.warna = WARNA[S(e.status)]
    isi = {"halaman": halaman, "jumlah": baris.count(), "form": form, "kueri": request.GET.urlencode()}
    return render(request, "ppid/dip_daftar.html", isi)


@hak(LIHAT, USUL)
@require_GET
def xlsx(request: HttpRequest) -> HttpResponse:
    """The filtered list as a sheet with the columns of Perki 1/2021."""
    baris, _ = _saring(request.user, request.GET)
    catat_akses("ekspor", None, oleh=request.user, objek_label="Daftar informasi publik", jumlah=baris.count())
    saringan = "Menurut saringan pada layar." if request.GET else "Tanpa saringan."
    return jawab_berkas(dip_xlsx(baris.order_by("kategori", "judul", "pk"), saringan=saringan), XLSX, "dip.xlsx")


def jawab_berkas(isi: bytes, tipe: str, nama: str) -> HttpResponse:
    """A file to save and never to run."""
    jawab = HttpResponse(isi, content_type=tipe)
    jawab["Content-Disposition"] = f'attachment; filename="{nama}"'
    jawab["Cache-Control"] = "no-store"
    return jawab


def _satu(request: HttpRequest, pk: int) -> InformasiPublik:
    semua = InformasiPublik.objects.for_user(request.user)
    return get_object_or_404(semua.select_related("unit", "diusulkan_oleh", "diverifikasi_oleh"), pk=pk)


def _remah(e: InformasiPublik | None = None) -> dict[str, Any]:
    jejak = [("Daftar informasi publik", reverse("ppid:dip_daftar"))]
    if e:
        jejak.append((e.judul, e.get_absolute_url()))
    return {"bagian": "PPID", "remah": jejak}


@hak(LIHAT, USUL)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: its columns, its refreshes, downloads, history, and what may be done with it now."""
    e = _satu(request, pk)
    unduhan = list(e.unduhan.order_by("-pada")[:30])
    isi = {
        "e": e, "warna": WARNA[S(e.status)], "pemutakhiran": e.pemutakhiran.select_related("oleh"),
        "menunggu": aksi.menunggu(e), "unduhan": unduhan, "jumlah_unduhan": sum(u.jumlah for u in unduhan),
        "tindakan": _tindakan(e, request.user), "riwayat": riwayat_untuk(e, request.user),
    }  # fmt: skip
    return render(request, "ppid/dip.html", isi)


@hak(LIHAT, USUL)
@require_GET
def berkas(request: HttpRequest, pk: int, nomor: int | None = None) -> HttpResponse:
    """The sealed file of an entry, or of one of its refreshes."""
    e = _satu(request, pk)
    baris = get_object_or_404(e.pemutakhiran.exclude(berkas=""), pk=nomor) if nomor else e
    if not baris.berkas:
        raise Refused("Entri ini tidak memuat berkas.")
    return jawab_berkas(aksi.baca_berkas(baris), TIPE[baris.tipe], f"informasi-{pk}.{baris.tipe}")


@hak(USUL)
def usulkan(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Propose an entry of the own unit, or correct one's own proposal."""
    e = _satu(request, pk) if pk else None
    awal = {"versi": e.versi} if e else {}
    form = InformasiForm(request.POST or None, request.FILES or None, instance=e, initial=awal, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            if e:
                versi = form.cleaned_data["versi"] or 0
                hasil = aksi.perbaiki(e, isi=form.isi(), berkas=form.berkas(), versi=versi, oleh=request.user)
            else:
                hasil = aksi.usulkan(isi=form.isi(), berkas=form.berkas(), oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Usulan disimpan. PPID memverifikasinya sebelum ditetapkan.")
            return redirect(hasil)
    isi = {
        "judul": "Perbaiki usulan informasi publik" if e else "Usulkan informasi publik", **_remah(), "form": form,
        "tombol": "Ajukan", "batal": e.get_absolute_url() if e else reverse("ppid:dip_daftar"),
        "konteks": "Jangan memuat data pribadi. Setelah terbit, siapa pun dapat membacanya.",
    }  # fmt: skip
    return render(request, "ui/formulir.html", isi, status=422 if form.errors else 200)


@dataclass(frozen=True, slots=True)
class Langkah:
    """One step: form, act, button, what will happen, from which states, with which right."""

    form: type[forms.Form]
    aksi: Callable[..., Any]
    label: str
    akibat: str
    dari: tuple[str, ...]
    hak: str
    genting: bool = False


_LANGKAH = {
    "verifikasi": Langkah(VersiForm, aksi.verifikasi, "Verifikasi", "Usulan siap ditetapkan.", (S.USULAN,), TETAPKAN),
    "tetapkan": Langkah(
        TetapkanForm, aksi.tetapkan, "Tetapkan dan terbitkan", "Siapa pun dapat membacanya di situs.",
        (S.DIVERIFIKASI,), TETAPKAN,
    ),
    "kembalikan": Langkah(
        CatatanForm, aksi.kembalikan, "Kembalikan untuk diperbaiki", "Unit memperbaiki usulannya.",
        (S.USULAN, S.DIVERIFIKASI), TETAPKAN,
    ),
    "mutakhirkan": Langkah(
        PembaruanForm, aksi.ajukan_pembaruan, "Ajukan pembaruan", "Isi yang lama tetap tampil sampai PPID menerbitkan.",
        (S.TERBIT,), USUL,
    ),
    "putuskan": Langkah(
        PutusPembaruanForm, aksi.putuskan_pembaruan, "Putuskan pembaruan",
        "Bila diterbitkan, isi baru menggantikan yang lama di situs.", (S.TERBIT,), TETAPKAN,
    ),
    "tarik": Langkah(
        CatatanForm, aksi.tarik, "Tarik dari daftar", "Entri tidak lagi tampil di situs. Riwayatnya tetap ada.",
        (S.USULAN, S.DIKEMBALIKAN, S.DIVERIFIKASI, S.TERBIT), TETAPKAN, True,
    ),
}  # fmt: skip


def _tindakan(e: InformasiPublik, user) -> list[tuple[str, str]]:
    """``(label, address)`` of the steps open to *user*: what they would be refused is not offered."""
    sendiri = aksi.unit_sendiri(user).filter(pk=e.unit_id).exists()
    ada = aksi.menunggu(e)
    hasil = []
    if e.status in (S.USULAN, S.DIKEMBALIKAN) and e.diusulkan_oleh_id == user.pk:
        hasil.append(("Perbaiki usulan", reverse("ppid:dip_perbaiki", args=[e.pk])))
    for nama, x in _LANGKAH.items():
        boleh = e.status in x.dari and user.has_perm(x.hak)
        if nama in ("verifikasi", "tetapkan"):
            boleh = boleh and e.diusulkan_oleh_id != user.pk
        if nama == "mutakhirkan":
            boleh = boleh and sendiri and ada is None
        if nama == "putuskan":
            boleh = boleh and ada is not None and ada.oleh_id != user.pk
        if boleh:
            hasil.append((x.label, reverse(f"ppid:dip_{nama}", args=[e.pk])))
    return hasil


@hak(USUL, TETAPKAN)
def langkah(request: HttpRequest, pk: int, nama: str) -> HttpResponse:
    """Take one step; what the person may not do is refused by the act, and nothing typed is lost."""
    e, x = _satu(request, pk), _LANGKAH[nama]
    form = x.form(request.POST or None, request.FILES or None, initial={"versi": e.versi})
    if request.method == "POST" and form.is_valid():
        try:
            x.aksi(e, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{x.label} berhasil.")
            return redirect(e)
    isi = {
        "judul": f"{x.label}: {e.judul}", **_remah(e), "akibat": [x.akibat], "form": form, "tombol": x.label,
        "genting": x.genting, "batal": e.get_absolute_url(),
    }  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


urlpatterns = [
    path("dip/", daftar, name="dip_daftar"),
    path("dip/xlsx/", xlsx, name="dip_xlsx"),
    path("dip/usulkan/", usulkan, name="dip_usulkan"),
    path("dip/<int:pk>/", detail, name="dip"),
    path("dip/<int:pk>/perbaiki/", usulkan, name="dip_perbaiki"),
    path("dip/<int:pk>/berkas/", berkas, name="dip_berkas"),
    path("dip/<int:pk>/berkas/<int:nomor>/", berkas, name="dip_berkas_lama"),
    *(path(f"dip/<int:pk>/{nama}/", langkah, {"nama": nama}, name=f"dip_{nama}") for nama in _LANGKAH),
]
