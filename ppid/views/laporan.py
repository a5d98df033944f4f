"""The yearly report: its figures with the rows behind them, its narrative, freezing, printing, sending."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA, hari_ini
from kpupalu.naskah.models import Naskah
from ppid.actions import laporan as aksi
from ppid.forms.laporan import BukaLaporanForm, KirimLaporanForm, NarasiForm
from ppid.forms.permohonan import CatatanForm, VersiForm
from ppid.laporan.angka import cari_angka, susun_angka
from ppid.laporan.cetakan import grafik_layar, laporan_xlsx
from ppid.laporan.kinerja import ramalan
from ppid.laporan.rekap import SUBJEK, dimutakhirkan, nama_bulan
from ppid.models import LaporanTahunan, Pemutakhiran
from ppid.views.informasi import XLSX, jawab_berkas

LIHAT, SUSUN, BEKUKAN = "ppid.lihat_laporan", "ppid.susun_laporan", "ppid.bekukan_laporan"
DIP = ("ppid.lihat_dip", "ppid.tetapkan_dip")
S = LaporanTahunan.Status
WARNA = {S.KONSEP: "info", S.BEKU: "awas", S.TERKIRIM: "baik"}
REKAP_TERBANYAK = 24
"""Months of recaps that the list goes back. A limit of work."""


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """The reports by year, and a box to open one more."""
    form = BukaLaporanForm(request.POST or None, initial={"tahun": hari_ini().year - 1})
    if request.method == "POST" and form.is_valid():
        try:
            laporan = aksi.buka_laporan(form.cleaned_data["tahun"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            return redirect(laporan)
    baris = list(LaporanTahunan.objects.for_user(request.user).defer("beku"))
    for laporan in baris:
        laporan.warna = WARNA[S(laporan.status)]
        laporan.terlambat = laporan.status != S.TERKIRIM and laporan.jatuh_tempo < hari_ini()
    isi = {"daftar": baris, "form": form, "boleh": request.user.has_perm(SUSUN)}
    return render(request, "ppid/laporan_daftar.html", isi, status=422 if form.errors else 200)


def _satu(request: HttpRequest, tahun: int) -> LaporanTahunan:
    semua = LaporanTahunan.objects.for_user(request.user).select_related("dibekukan_oleh")
    return get_object_or_404(semua, tahun=tahun)


def _bagian(laporan: LaporanTahunan) -> list[dict[str, Any]]:
    """The frozen sections, or those of today."""
    return laporan.beku or susun_angka(laporan.tahun, hari_ini())


def _alamat(tahun: int) -> Callable[[str], str]:
    return lambda kode: reverse("ppid:laporan_angka", args=[tahun, kode])


@hak(LIHAT)
def detail(request: HttpRequest, tahun: int) -> HttpResponse:
    """One report: every figure leads to its rows; while the year runs, what it will come to."""
    laporan = _satu(request, tahun)
    bagian = _bagian(laporan)
    for b in bagian:
        b["gambar"] = grafik_layar(b, _alamat(tahun))
        for a in b["angka"]:
            a["url"] = _alamat(tahun)(a["kode"]) if a["baris"] else ""
    isi = {
        "laporan": laporan, "warna": WARNA[S(laporan.status)], "bagian": bagian, "narasi": laporan.narasi,
        "ramalan": ramalan(tahun, hari_ini()) if laporan.status == S.KONSEP else None,
        "naskah": aksi.naskah_laporan(laporan), "tindakan": _tindakan(laporan, request.user),
        "terlambat": laporan.status != S.TERKIRIM and laporan.jatuh_tempo < hari_ini(),
        "riwayat": riwayat_untuk(laporan, request.user),
    }  # fmt: skip
    return render(request, "ppid/laporan.html", isi)


@hak(LIHAT)
def angka(request: HttpRequest, tahun: int, kode: str) -> HttpResponse:
    """The rows behind one figure; of a count there are exactly so many."""
    laporan = _satu(request, tahun)
    satu = cari_angka(_bagian(laporan), kode)
    if satu is None:
        raise Http404
    catat_akses("lihat", laporan, oleh=request.user, objek_label=f"{laporan}: {satu['label']}",
                jumlah=len(satu["baris"]))  # fmt: skip
    isi = {"laporan": laporan, "angka": satu, "tertaut": request.user.has_perm("ppid.lihat_permohonan")}
    return render(request, "ppid/laporan_angka.html", isi)


@hak(LIHAT)
@require_GET
def xlsx(request: HttpRequest, tahun: int) -> HttpResponse:
    """The figures with the register numbers behind each as a sheet."""
    laporan = _satu(request, tahun)
    catat_akses("ekspor", laporan, oleh=request.user)
    return jawab_berkas(laporan_xlsx(laporan, _bagian(laporan)), XLSX, f"laporan-informasi-{tahun}.xlsx")


@hak(SUSUN)
def narasi(request: HttpRequest, tahun: int) -> HttpResponse:
    """Write the narrative."""
    laporan = _satu(request, tahun)
    form = NarasiForm(request.POST or None, instance=laporan, initial={"versi": laporan.versi})
    if request.method == "POST" and form.is_valid():
        try:
            aksi.tulis_narasi(laporan, isi=form.isi(), versi=form.cleaned_data["versi"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Narasi disimpan.")
            return redirect("ppid:laporan", tahun=tahun)
    isi = {
        "judul": f"Narasi laporan {tahun}", **_remah(laporan), "form": form, "tombol": "Simpan",
        "batal": reverse("ppid:laporan", args=[tahun]),
        "konteks": "Bagian yang masih kosong dapat dilengkapi kemudian; semuanya wajib sebelum angka dibekukan.",
    }  # fmt: skip
    return render(request, "ui/formulir.html", isi, status=422 if form.errors else 200)


def _remah(laporan: LaporanTahunan) -> dict[str, Any]:
    jejak = [("Laporan layanan informasi", reverse("ppid:laporan_daftar")),
             (str(laporan.tahun), reverse("ppid:laporan", args=[laporan.tahun]))]  # fmt: skip
    return {"bagian": "PPID", "remah": jejak}


@dataclass(frozen=True, slots=True)
class Langkah:
    """One step: form, act, button, what will happen, in which state, with which right."""

    form: type[forms.Form]
    aksi: Callable[..., Any]
    label: str
    akibat: str
    dari: str
    hak: str
    genting: bool = False


_LANGKAH = {
    "bekukan": Langkah(
        VersiForm, aksi.bekukan, "Bekukan angka", "Angka hari ini disimpan bersama nomor registernya dan tidak berubah "
        "lagi.", S.KONSEP, BEKUKAN,
    ),
    "cetak": Langkah(
        VersiForm, aksi.cetak_laporan, "Siapkan naskah", "Naskah diberi nomor dan dicetak, lalu ditandatangani PPID.",
        S.BEKU, BEKUKAN,
    ),
    "kirim": Langkah(
        KirimLaporanForm, aksi.kirim_laporan, "Catat terkirim", "Tenggat laporan berhenti pada tanggal kirim.", S.BEKU,
        SUSUN,
    ),
    "buka_kembali": Langkah(
        CatatanForm, aksi.buka_kembali, "Buka kembali", "Angka beku dihapus dari laporan dan dihitung lagi.", S.BEKU,
        BEKUKAN, True,
    ),
}  # fmt: skip


def _tindakan(laporan: LaporanTahunan, user) -> list[tuple[str, str]]:
    hasil = []
    if laporan.status == S.KONSEP and user.has_perm(SUSUN):
        hasil.append(("Tulis narasi", reverse("ppid:laporan_narasi", args=[laporan.tahun])))
    for nama, x in _LANGKAH.items():
        if laporan.status == x.dari and user.has_perm(x.hak):
            hasil.append((x.label, reverse(f"ppid:laporan_{nama}", args=[laporan.tahun])))
    return hasil


@hak(SUSUN, BEKUKAN)
def langkah(request: HttpRequest, tahun: int, nama: str) -> HttpResponse:
    """Take one step; what the person may not do is refused by the act, and nothing typed is lost."""
    laporan, x = _satu(request, tahun), _LANGKAH[nama]
    form = x.form(request.POST or None, initial={"versi": laporan.versi})
    if request.method == "POST" and form.is_valid():
        try:
            x.aksi(laporan, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{x.label} berhasil.")
            return redirect("ppid:laporan", tahun=tahun)
    isi = {
        "judul": f"{x.label}: laporan {tahun}", **_remah(laporan), "akibat": [x.akibat], "form": form,
        "tombol": x.label, "genting": x.genting, "batal": reverse("ppid:laporan", args=[tahun]),
    }  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


# --- Monthly recap of the list -----------------------------------------------------------------------------------
def _bulan_mundur() -> list[tuple[int, int]]:
    """The months from the present one back to the first refresh, at most ``REKAP_TERBANYAK``."""
    awal = Pemutakhiran.objects.filter(jenis=Pemutakhiran.Jenis.DITERBITKAN).order_by("pk").first()
    kini = hari_ini().year * 12 + hari_ini().month - 1
    pertama = awal.pada.astimezone(WITA).date() if awal else hari_ini()
    dulu = pertama.year * 12 + pertama.month - 1
    return [divmod(n, 12) for n in range(kini, max(dulu - 1, kini - REKAP_TERBANYAK), -1)]


@hak(*DIP)
def rekap_daftar(request: HttpRequest) -> HttpResponse:
    """Each month with how many entries were refreshed, and its signed recap."""
    naskah = {n.subjek_id: n for n in _naskah_rekap()}
    baris = [
        {"nama": nama_bulan(t, b + 1), "jumlah": len(dimutakhirkan(t, b + 1)), "naskah": naskah.get(f"{t}-{b + 1:02d}"),
         "url": reverse("ppid:rekap_dip", args=[t, b + 1])}
        for t, b in _bulan_mundur()
    ]  # fmt: skip
    return render(request, "ppid/rekap_daftar.html", {"daftar": baris})


def _naskah_rekap():
    return Naskah.objects.filter(kode_jenis=aksi.JENIS_REKAP, subjek_label=SUBJEK).hidup()


@hak(*DIP)
def rekap(request: HttpRequest, tahun: int, bulan: int) -> HttpResponse:
    """What was refreshed in one month; the PPID has it printed once the month is over."""
    if not (1 <= bulan <= 12 and 2010 <= tahun <= hari_ini().year):
        raise Http404
    ditekan, boleh = request.method == "POST", request.user.has_perm("ppid.tetapkan_dip")
    form = forms.Form(request.POST if ditekan else None)
    if ditekan and boleh and form.is_valid():
        try:
            aksi.cetak_rekap(tahun, bulan, oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Rekap diberi nomor dan dicetak. Tandatangani pada halaman naskahnya.")
            return redirect("ppid:rekap_dip", tahun=tahun, bulan=bulan)
    naskah = _naskah_rekap().filter(subjek_id=f"{tahun}-{bulan:02d}").first()
    selesai = (tahun, bulan) < (hari_ini().year, hari_ini().month)
    isi = {"nama": nama_bulan(tahun, bulan), "daftar": dimutakhirkan(tahun, bulan), "naskah": naskah, "form": form,
           "boleh": boleh and selesai and naskah is None, "selesai": selesai}  # fmt: skip
    return render(request, "ppid/rekap.html", isi, status=422 if form.errors else 200)


_L = "laporan/<int:tahun>/"
urlpatterns = [
    path("laporan/", daftar, name="laporan_daftar"),
    path(_L, detail, name="laporan"),
    path(f"{_L}angka/<slug:kode>/", angka, name="laporan_angka"),
    path(f"{_L}xlsx/", xlsx, name="laporan_xlsx"),
    path(f"{_L}narasi/", narasi, name="laporan_narasi"),
    *(path(f"{_L}{n.replace('_', '-')}/", langkah, {"nama": n}, name=f"laporan_{n}") for n in _LANGKAH),
    path("rekap-dip/", rekap_daftar, name="rekap_daftar"),
    path("rekap-dip/<int:tahun>/<int:bulan>/", rekap, name="rekap_dip"),
]
