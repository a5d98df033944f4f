"""The list of disputes, one dispute, its steps, hearings and powers of attorney, each act on a page of its own."""

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
from ppid import tenggat_keberatan as jam
from ppid.actions import sengketa as aksi
from ppid.actions import sidang as aksi_sidang
from ppid.forms.permohonan import CatatanForm
from ppid.forms.sengketa import (
    DaftarSengketaForm,
    HasilMediasiForm,
    HasilSidangForm,
    KuasaForm,
    LaksanakanPutusanForm,
    NaikForm,
    PadaForm,
    PutusanForm,
    SaringSengketaForm,
    SidangForm,
    TetapForm,
    WakilForm,
)
from ppid.jendela import jendela_sengketa
from ppid.langkah_keberatan import SENGKETA
from ppid.models import Keberatan, Sengketa, Sidang

LIHAT, URUS = "ppid.lihat_sengketa", "ppid.urus_sengketa"
S = Sengketa.Status
WARNA = {
    S.TERDAFTAR: "awas", S.PEMERIKSAAN_AWAL: "info", S.MEDIASI: "info", S.AJUDIKASI: "info", S.PUTUSAN: "awas",
    S.PTUN: "info", S.KASASI: "info", S.TETAP: "awas", S.DILAKSANAKAN: "baik", S.DICABUT: "netral",
}  # fmt: skip


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """The disputes, newest first."""
    baris, form = Sengketa.objects.for_user(request.user), SaringSengketaForm(request.GET)
    form.is_valid()
    antrean = form.cleaned_data.get("antrean")
    if antrean == "terbuka":
        baris = baris.terbuka()
    elif antrean == "wakil":
        baris = baris.filter(pk__in=[t["sengketa"].pk for t in aksi_sidang.tanpa_wakil(hari_ini())])
    halaman = ambil_halaman_dari(request, baris.select_related("keberatan__permohonan"), ("-diterima", "-id"))
    mendatang = Sidang.objects.filter(sengketa__in=list(halaman), tanggal__gte=hari_ini(), hadir=None)
    berikut = {x.sengketa_id: x for x in mendatang.order_by("-tanggal", "-pk")}
    for s in halaman:
        s.warna, s.sidang_berikut = WARNA[S(s.status)], berikut.get(s.pk)
    catat_akses("lihat", None, oleh=request.user, objek_label="Daftar sengketa informasi", jumlah=len(halaman))
    isi = {"form": SaringSengketaForm(request.GET or None), "halaman": halaman, "jumlah": baris.count()}
    return render(request, "ppid/sengketa_daftar.html", isi)


def satu(request: HttpRequest, pk: int) -> Sengketa:
    """The dispute, if the person may see it; 404 otherwise."""
    return get_object_or_404(Sengketa.objects.for_user(request.user).select_related("keberatan__permohonan"), pk=pk)


def remah(s: Sengketa | None = None) -> dict[str, Any]:
    """Breadcrumb of the pages of disputes."""
    jejak = [("Sengketa informasi", reverse("ppid:sengketa_daftar"))]
    if s:
        jejak.append((s.nomor, s.get_absolute_url()))
    return {"bagian": "PPID", "remah": jejak}


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One dispute: where it is, its terms, hearings with their representatives, rulings, and what may be done now."""
    s = satu(request, pk)
    catat_akses("lihat", s, oleh=request.user)
    urus, terbuka = request.user.has_perm(URUS), s.status not in Sengketa.TUTUP
    semua = list(s.sidang.select_related("wakil", "kuasa"))
    genting = {t["sidang"].pk for t in aksi_sidang.tanpa_wakil(hari_ini())}
    for sidang in semua:
        sidang.genting = sidang.pk in genting
        sidang.lalu = sidang.tanggal <= hari_ini()
    tindakan = [(x.label, reverse(f"ppid:{x.nama}", args=[s.pk])) for x in aksi.langkah_terbuka(s, request.user)]
    if urus and terbuka:
        tindakan += [("Catat surat kuasa", reverse("ppid:catat_kuasa", args=[s.pk])),
                     ("Catat sidang", reverse("ppid:catat_sidang", args=[s.pk]))]  # fmt: skip
    isi = {
        "s": s, "k": s.keberatan, "warna": WARNA[S(s.status)], "sidang": semua, "kuasa": list(s.kuasa.all()),
        "putusan": list(s.putusan.all()), "tenggat": list(jam.semua(s).order_by("tanggal")), "urus": urus and terbuka,
        "genting": [x for x in semua if x.genting], "tindakan": tindakan,
        "lihat_keberatan": request.user.has_perm("ppid.lihat_keberatan"), "riwayat": riwayat_untuk(s, request.user),
    }  # fmt: skip
    return render(request, "ppid/sengketa.html", isi)


@hak(URUS)
def catat(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a dispute from the notice of the Komisi Informasi."""
    k = get_object_or_404(Keberatan.objects.select_related("permohonan"), pk=pk)
    form = DaftarSengketaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            s, baru = aksi.daftarkan(k, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{s} {'terdaftar.' if baru else 'sudah terdaftar sebelumnya.'}")
            return redirect(s)
    jendela = jendela_sengketa(k, hari_ini())
    akibat = ["Sengketa diberi nomor dari buku SI, dan tenggat Komisi Informasi mulai dihitung."]
    if jendela:
        akibat.append(f"Pemohon dapat mengajukan sejak {jendela[0]:%d-%m-%Y} sampai {jendela[1].tanggal:%d-%m-%Y}.")
    isi = {
        "judul": f"Catat sengketa: {k.nomor}", **remah(), "form": form, "tombol": "Daftarkan sengketa",
        "akibat": akibat, "batal": reverse("ppid:sengketa_daftar"),
    }  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


@dataclass(frozen=True, slots=True)
class Halaman:
    """The page of one act: its form, the act, its name, what will happen."""

    form: Callable[..., forms.Form]
    aksi: Callable[..., Any]
    akibat: str
    label: str = ""
    genting: bool = False


_HALAMAN = {
    "periksa_awal": Halaman(PadaForm, aksi.periksa_awal, "Waktu Komisi Informasi untuk menyelesaikan mulai dihitung."),
    "mulai_mediasi": Halaman(PadaForm, aksi.mulai_mediasi, "Sengketa berada dalam mediasi."),
    "hasil_mediasi": Halaman(
        HasilMediasiForm, aksi.hasil_mediasi,
        "Bila sepakat, catat putusan yang menguatkannya. Bila gagal, sengketa diajudikasi.",
    ),
    "mulai_ajudikasi": Halaman(PadaForm, aksi.mulai_ajudikasi, "Sengketa diajudikasi tanpa mediasi."),
    "catat_putusan": Halaman(
        PutusanForm, aksi.catat_putusan, "Waktu upaya hukum berikutnya dihitung sejak putusan diterima kantor."
    ),
    "ajukan_ptun": Halaman(NaikForm, aksi.ajukan_ptun, "Putusan Komisi Informasi diperiksa PTUN."),
    "ajukan_kasasi": Halaman(NaikForm, aksi.ajukan_kasasi, "Putusan PTUN diperiksa Mahkamah Agung."),
    "nyatakan_tetap": Halaman(TetapForm, aksi.nyatakan_tetap, "Putusan terakhir tidak berubah lagi.", genting=True),
    "laksanakan_putusan": Halaman(LaksanakanPutusanForm, aksi.laksanakan_putusan, "Sengketa selesai."),
    "cabut_sengketa": Halaman(CatatanForm, aksi.cabut_sengketa, "Sengketa dan sidangnya ditutup.", genting=True),
    "catat_kuasa": Halaman(
        KuasaForm, aksi_sidang.catat_kuasa, "Penerima kuasa dapat ditunjuk mewakili kantor pada forum itu.",
        "Catat surat kuasa",
    ),
    "catat_sidang": Halaman(
        SidangForm, aksi_sidang.catat_sidang, "Sidang masuk kalender, dan batas menunjuk wakil dihitung mundur.",
        "Catat sidang",
    ),
}  # fmt: skip


@hak(LIHAT)
def langkah(request: HttpRequest, pk: int, nama: str) -> HttpResponse:
    """Take one step with a dispute; the act refuses whoever may not."""
    s, halaman = satu(request, pk), _HALAMAN[nama]
    label = halaman.label or SENGKETA[nama].label
    form = halaman.form(request.POST or None, initial={"versi": s.versi, "tingkat": s.tingkat})
    return _jalankan(request, s, form, lambda **isi: halaman.aksi(s, **isi), label, halaman.akibat, halaman.genting)


def _jalankan(request, s: Sengketa, form, aksi_, label: str, akibat: str, genting: bool = False) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            aksi_(oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{s}: {label.lower()} berhasil.")
            return redirect(s)
    isi = {
        "judul": f"{label}: {s.nomor}", **remah(s), "akibat": [akibat], "form": form, "tombol": label,
        "genting": genting, "batal": s.get_absolute_url(),
    }  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


def _sidang(request: HttpRequest, pk: int, nomor: int) -> Sidang:
    return get_object_or_404(Sidang.objects.select_related("sengketa"), pk=nomor, sengketa=satu(request, pk))


@hak(LIHAT)
def wakil(request: HttpRequest, pk: int, nomor: int) -> HttpResponse:
    """Name who attends one hearing, among those with a power of attorney for this forum."""
    sidang = _sidang(request, pk, nomor)
    form = WakilForm(request.POST or None, initial={"versi": sidang.sengketa.versi}, sidang=sidang)
    akibat = f"{sidang}. Belum ada surat kuasa? Catat surat kuasa lebih dahulu dari halaman sengketa."
    return _jalankan(
        request, sidang.sengketa, form, lambda **isi: aksi_sidang.tunjuk_wakil(sidang, **isi), "Tunjuk wakil", akibat
    )


@hak(LIHAT)
def hasil_sidang(request: HttpRequest, pk: int, nomor: int) -> HttpResponse:
    """Record whether the office was there and what came of one hearing."""
    sidang = _sidang(request, pk, nomor)
    form = HasilSidangForm(request.POST or None, initial={"versi": sidang.sengketa.versi})
    return _jalankan(
        request, sidang.sengketa, form, lambda **isi: aksi_sidang.catat_hasil(sidang, **isi), "Catat hasil sidang",
        str(sidang),
    )  # fmt: skip


_S = "sengketa/<int:pk>/"
urlpatterns = [
    path("sengketa/", daftar, name="sengketa_daftar"),
    path("keberatan/<int:pk>/sengketa/", catat, name="catat_sengketa"),
    path(_S, detail, name="sengketa"),
    path(f"{_S}sidang/<int:nomor>/wakil/", wakil, name="wakil_sidang"),
    path(f"{_S}sidang/<int:nomor>/hasil/", hasil_sidang, name="hasil_sidang"),
    *(path(f"{_S}{nama.replace('_', '-')}/", langkah, {"nama": nama}, name=nama) for nama in _HALAMAN),
]
