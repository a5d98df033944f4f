"""The queue of requests, one request, and each step of an officer on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.kalender.models import TenggatBerjalan
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_nik
from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.daftar import ambil_halaman_dari
from ppid import tenggat_permohonan as jam
from ppid.actions import jawaban, penyerahan, permohonan
from ppid.documents import cetak_tanda_bukti, hasil_permohonan, kurang_untuk_surat, sisa_hari
from ppid.forms.permohonan import (
    BayarForm,
    CatatanForm,
    CatatPermohonanForm,
    KekuranganForm,
    KirimForm,
    LengkapForm,
    LengkapiForm,
    MintaUnitForm,
    PutusButirForm,
    SaringForm,
    SerahkanForm,
    SiapkanForm,
)
from ppid.langkah import KEKURANGAN, LANGKAH
from ppid.mirip import entri_mirip, jawaban_mirip
from ppid.models import Anomali, Butir, LampiranPermohonan, Permohonan
from ppid.views.lampiran import jawab_lampiran
from ppid.views.serah import bagian_penyerahan

LIHAT, PEMOHON, TERIMA = "ppid.lihat_permohonan", "ppid.lihat_pemohon", "ppid.terima_permohonan"
S = Permohonan.Status
WARNA = {
    S.TERDAFTAR: "info", S.BELUM_LENGKAP: "awas", S.DIPROSES: "info", S.SIAP_KIRIM: "info", S.DIJAWAB: "baik",
    S.SELESAI: "baik", S.TIDAK_DAPAT_DIPROSES: "netral", S.DICABUT: "netral",
}  # fmt: skip
_ANTREAN = {"terbuka": Permohonan.TERBUKA, "dijawab": (S.DIJAWAB,), "tutup": Permohonan.TUTUP}
_JATUH_TEMPO: dict[str, Callable[[date], set[int]]] = {
    "terlambat": jam.terlambat,
    "hari_ini": jam.jatuh_pada,
    "besok": lambda hari: jam.jatuh_pada(jam.hari_kerja_berikut(hari)),
}


def saring(user, query) -> Any:
    """Requests *user* may see that *query* asks for; what is no choice filters nothing."""
    baris = Permohonan.objects.for_user(user)
    form = SaringForm(query)
    form.is_valid()
    isi = form.cleaned_data
    if isi.get("antrean") in _JATUH_TEMPO:
        baris = baris.filter(pk__in=_JATUH_TEMPO[isi["antrean"]](hari_ini()))
    elif isi.get("antrean"):
        baris = baris.filter(status__in=_ANTREAN[isi["antrean"]])
    return baris.filter(kanal=isi["kanal"]) if isi.get("kanal") else baris


@dataclass(frozen=True, slots=True)
class Baris:
    """One request of the queue: its first item, the nearest running term of its answer, the counted days left."""

    p: Permohonan
    butir: str
    warna: str
    tenggat: TenggatBerjalan | None
    sisa: int | None


def baris_antrean(semua: list[Permohonan]) -> list[Baris]:
    """The rows of the queue, in two queries for all of them."""
    butir = dict(Butir.objects.filter(permohonan__in=semua, urut=1).values_list("permohonan", "uraian"))
    tenggat = {t.subjek_id: t for t in jam.jawab_dari(semua).order_by("-tanggal")}
    hasil = []
    for p in semua:
        t = tenggat.get(str(p.pk))
        sisa = sisa_hari(t, hari_ini()) if t else None
        hasil.append(Baris(p, butir.get(p.pk, ""), WARNA[S(p.status)], t, sisa))
    return hasil


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """The queue, newest first, each with its last day and the working days that are left."""
    baris = saring(request.user, request.GET)
    halaman = ambil_halaman_dari(request, baris, ("-diterima_pada", "-id"))
    catat_akses("lihat", None, oleh=request.user, objek_label="Antrean permohonan informasi", jumlah=len(halaman))
    isi = {"form": SaringForm(request.GET or None), "halaman": halaman, "jumlah": baris.count()}
    isi["daftar"] = baris_antrean(list(halaman))
    return render(request, "ppid/daftar.html", isi)


def satu(request: HttpRequest, pk: int) -> Permohonan:
    """The request, if the person may see it; 404 otherwise."""
    return get_object_or_404(Permohonan.objects.for_user(request.user).select_related("data", "dicatat_oleh"), pk=pk)


def remah(p: Permohonan | None = None) -> dict[str, Any]:
    """Breadcrumb of the desk's pages."""
    jejak = [("Permohonan informasi", reverse("ppid:daftar"))]
    if p:
        jejak.append((p.nomor, reverse("ppid:permohonan", args=[p.pk])))
    return {"bagian": "PPID", "remah": jejak}


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is asked, how every term is counted, units, letters, and what may be done with it now."""
    p = satu(request, pk)
    boleh = request.user.has_perm(PEMOHON)
    if boleh:
        pakai("ppid_baca_pemohon", oleh=request.user)
    catat_akses("lihat", p, oleh=request.user)
    tenggat = list(jam.semua(p).order_by("tanggal"))
    return render(
        request,
        "ppid/permohonan.html",
        {
            "p": p, "data": p.data if boleh else None, "nik": samarkan_nik(p.data.nomor_identitas) if boleh else "",
            "warna": WARNA[S(p.status)], "butir": list(p.butir.select_related("dikecualikan", "informasi", "uji")),
            "tenggat": tenggat, "hasil": hasil_permohonan(p), "kurang": [KEKURANGAN[k] for k in p.kekurangan],
            "unit": list(p.permintaan_unit.select_related("unit")), "lampiran": list(p.lampiran.all()),
            "surat": list(p.jawaban.select_related("naskah")), "serupa": permohonan.serupa(p) if boleh else [],
            "belum": kurang_untuk_surat(p) if p.status == S.DIPROSES else [],
            "tindakan": _tindakan(p, request.user), "boleh_putus": request.user.has_perm("ppid.putus_butir"),
            "keberatan": list(p.keberatan.all()) if request.user.has_perm("ppid.lihat_keberatan") else [],
            "anomali": Anomali.objects.for_user(request.user).terbuka().tentang(p),
            "riwayat": riwayat_untuk(p, request.user), **bagian_penyerahan(p, request.user),
        },
    )  # fmt: skip


def _tindakan(p: Permohonan, user) -> list[tuple[str, str]]:
    """``(label, address)`` of every step open to *user*; items are decided from their own rows."""
    hasil = [
        (x.label, reverse(f"ppid:{x.nama}", args=[p.pk]))
        for x in permohonan.langkah_terbuka(p, user)
        if x.nama not in ("putus_butir", "tetapkan_biaya")
    ]
    if p.status == S.BELUM_LENGKAP and user.has_perm(TERIMA):
        hasil.append(("Catat kelengkapan", reverse("ppid:catat_kelengkapan", args=[p.pk])))
    if p.status != S.DICABUT and user.has_perm(TERIMA) and not p.keberatan.terbuka().exists():
        hasil.append(("Catat keberatan", reverse("ppid:catat_keberatan", args=[p.pk])))
    if p.dijawab_pada and user.has_perm("ppid.olah_permohonan"):
        hasil.append(("Ringkasan untuk umum", reverse("ppid:ringkasan", args=[p.pk])))
    return hasil


@hak(TERIMA)
def catat(request: HttpRequest) -> HttpResponse:
    """Take a request at the desk, from a letter, an e-mail or the telephone; the receipt is printed at once."""
    form = CatatPermohonanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            p, baru = permohonan.daftarkan(**form.isi(), oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            kata = "terdaftar. Cetak tanda buktinya untuk pemohon." if baru else "sudah terdaftar sebelumnya."
            messages.success(request, f"{p} {kata}")
            return redirect(p)
    isi = {
        "judul": "Catat permohonan informasi", **remah(), "form": form, "tombol": "Daftarkan permohonan",
        "batal": reverse("ppid:daftar"), "konteks": "Untuk yang datang, bersurat, menelepon, atau mengirim surel.",
    }  # fmt: skip
    return render(request, "ui/formulir.html", isi, status=422 if form.errors else 200)


@hak(TERIMA)
@require_GET
def tanda_bukti(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt as PDF, with every counted and skipped day and the code of the ticket page."""
    p = satu(request, pk)
    catat_akses("cetak", p, oleh=request.user, objek_label=f"Tanda bukti {p.nomor}")
    jawab = HttpResponse(cetak_tanda_bukti(p, oleh=str(request.user)), content_type="application/pdf")
    jawab["Content-Disposition"] = f'inline; filename="tanda-bukti-{p.pk}.pdf"'
    jawab["Cache-Control"] = "no-store"
    return jawab


@hak(PEMOHON)
@require_GET
def lampiran(request: HttpRequest, pk: int, nomor: int) -> HttpResponse:
    """One file of a request, to save and never to run; refused when its bytes are not those that came."""
    p = satu(request, pk)
    baris = get_object_or_404(LampiranPermohonan, pk=nomor, permohonan=p, dimusnahkan_pada=None)
    return jawab_lampiran(request, p, baris, f"permohonan-{p.pk}")


# --- Steps -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Halaman:
    """The page of one step: its form, the act, what will happen, whether the form needs the request to be built."""

    form: Callable[..., forms.Form]
    aksi: Callable[..., Any]
    akibat: str
    genting: bool = False
    perlu_permohonan: bool = False


_HALAMAN = {
    "nyatakan_lengkap": Halaman(
        LengkapForm, permohonan.nyatakan_lengkap, "Permohonan diproses, dan tenggat jawabnya dihitung.",
        perlu_permohonan=True,
    ),
    "minta_kelengkapan": Halaman(
        KekuranganForm, permohonan.minta_kelengkapan,
        "Pemohon membaca yang kurang pada halaman tiketnya. Bila diberitahukan tepat waktu, waktu jawab berhenti.",
    ),
    "nyatakan_tidak_dapat": Halaman(
        CatatanForm, permohonan.nyatakan_tidak_dapat,
        "Ini bukan penolakan menurut Pasal 17. Pemohon dapat mengajukan lagi kapan saja.", True,
    ),
    "minta_unit": Halaman(
        MintaUnitForm, jawaban.minta_unit, "Unit diberi tahu dan waktunya mulai dihitung.", perlu_permohonan=True
    ),
    "perpanjang": Halaman(
        CatatanForm, permohonan.perpanjang_waktu, "Tenggat bertambah satu kali. Alasannya dibaca pemohon.", True
    ),
    "siapkan_jawaban": Halaman(
        SiapkanForm, jawaban.siapkan_jawaban, "Surat diberi nomor dan dicetak, lalu ditandatangani PPID."
    ),
    "batalkan_jawaban": Halaman(CatatanForm, jawaban.batalkan_jawaban, "Butir dapat diputuskan kembali.", True),
    "kirim_jawaban": Halaman(KirimForm, jawaban.kirim_jawaban, "Tenggat jawab berhenti pada tanggal kirim."),
    "serahkan": Halaman(SerahkanForm, penyerahan.serahkan, "Tanda terima diberi nomor, dan permohonan selesai."),
    "catat_pembayaran": Halaman(BayarForm, penyerahan.catat_pembayaran, "Kuitansi diberi nomor dan dapat dicetak."),
    "tutup": Halaman(CatatanForm, jawaban.tutup, "Permohonan selesai tanpa penyerahan."),
    "cabut": Halaman(CatatanForm, permohonan.cabut, "Permohonan ditutup atas kehendak pemohon.", True),
}  # fmt: skip


@hak(LIHAT)
def langkah(request: HttpRequest, pk: int, nama: str) -> HttpResponse:
    """Take one step; what the person may not do is refused by the act, and nothing typed is lost."""
    p, halaman = satu(request, pk), _HALAMAN[nama]
    lain = {"permohonan": p} if halaman.perlu_permohonan else {}
    form = halaman.form(request.POST or None, initial={"versi": p.versi}, **lain)
    if request.method == "POST" and form.is_valid():
        try:
            halaman.aksi(p, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{p}: {LANGKAH[nama].label.lower()} berhasil.")
            return redirect(p)
    isi = {
        "judul": f"{LANGKAH[nama].label}: {p.nomor}", **remah(p), "akibat": [halaman.akibat], "form": form,
        "tombol": LANGKAH[nama].label, "genting": halaman.genting, "batal": reverse("ppid:permohonan", args=[pk]),
    }  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


@hak("ppid.putus_butir")
def putus_butir(request: HttpRequest, pk: int, urut: int) -> HttpResponse:
    """Decide one item; the page shows what the units said about it."""
    p = satu(request, pk)
    butir = get_object_or_404(p.butir, urut=urut)
    awal = {f: getattr(butir, f) for f in ("hasil", "penjelasan", "bentuk", "informasi", "badan_lain", "tersedia_pada",
                                           "bagian_dihitamkan", "dikecualikan", "uji")}  # fmt: skip
    if (pakai_entri := request.GET.get("informasi", "")).isdecimal():
        awal |= {"hasil": Butir.Hasil.TERSEDIA, "informasi": pakai_entri}
    form = PutusButirForm(request.POST or None, initial={**awal, "versi": p.versi})
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        try:
            jawaban.putus_butir(butir, hasil=c["hasil"], isi=form.bidang(), versi=c["versi"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"Butir {urut} diputuskan.")
            return redirect(p)
    isi = {
        "judul": f"Putuskan butir {urut}: {p.nomor}", **remah(p), "form": form, "tombol": "Putuskan butir",
        "batal": reverse("ppid:permohonan", args=[pk]), "butir": butir,
        "unit": butir.permintaan_unit.select_related("unit").exclude(jawaban=""),
        "entri": entri_mirip(butir.uraian), "terjawab": jawaban_mirip(butir.uraian, selain=p.pk),
    }  # fmt: skip
    return render(request, "ppid/putus_butir.html", isi, status=422 if form.errors else 200)


@hak(TERIMA)
def catat_kelengkapan(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what an applicant brought to the office."""
    p = satu(request, pk)
    form = LengkapiForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            isi_ = [(LampiranPermohonan.Jenis.LAIN, x) for x in form.cleaned_data["berkas"]]
            permohonan.lengkapi(p, lampiran=isi_, keterangan=form.cleaned_data["keterangan"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Kelengkapan dicatat. Periksa, lalu nyatakan lengkap.")
            return redirect(p)
    isi = {"judul": f"Catat kelengkapan: {p.nomor}", **remah(p), "form": form, "tombol": "Catat kelengkapan",
           "batal": reverse("ppid:permohonan", args=[pk])}  # fmt: skip
    return render(request, "ui/formulir.html", isi, status=422 if form.errors else 200)


_P = "permohonan/<int:pk>/"
urlpatterns = [
    path("permohonan/", daftar, name="daftar"),
    path("permohonan/catat/", catat, name="catat"),
    path(_P, detail, name="permohonan"),
    path(f"{_P}tanda-bukti/", tanda_bukti, name="tanda_bukti"),
    path(f"{_P}lampiran/<int:nomor>/", lampiran, name="lampiran"),
    path(f"{_P}kelengkapan/", catat_kelengkapan, name="catat_kelengkapan"),
    path(f"{_P}butir/<int:urut>/", putus_butir, name="putus_butir"),
    *(
        path(f"{_P}{nama.replace('_', '-')}/", langkah, {"nama": nama}, name=nama)
        for nama in _HALAMAN
    ),
]  # fmt: skip
