"""Proofs from the frozen roll: given at the desk, fetched by who gave them, checked by anybody."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kpupalu.accounts.akses import hak, publik
from kpupalu.aturan.models import nilai_bulat
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.pembatasan import boleh_lagi
from kpupalu.ui.daftar import ambil_halaman_dari
from kpupalu.wilayah.models import Kelurahan
from pdpb.actions.bukti import ambil_bukti, baris_bertanda, beri_bukti, snapshot_bertanda
from pdpb.bukti import MEDAN, HasilBaris, HasilSalinan
from pdpb.cetakan_bukti import cetak_bukti
from pdpb.forms.bukti import LABEL, BeriBuktiForm, PeriksaBuktiForm
from pdpb.models import PemberianBukti, Pemilih, Pendaftaran
from pdpb.pohon import nilai

BERI, BUKU = "pdpb.beri_bukti", "pdpb.lihat_ekspor"
BARIS_TAMPIL = 50


@hak(BERI)
def beri(request: HttpRequest, pk: int) -> HttpResponse:
    """Check who stands at the desk, choose what the proof shows, enter it in the register."""
    pemilih = get_object_or_404(Pemilih, pk=pk)
    if not Pendaftaran.objects.for_user(request.user).filter(pemilih=pk).exists():
        raise Http404
    form = BeriBuktiForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        isi = form.cleaned_data
        try:
            bukti = beri_bukti(pemilih, medan=isi["medan"], pengenal=isi["pengenal"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{bukti.nomor} dicatat. Unduh berkas dan cetak lembarnya hari ini.")
            return redirect(bukti)
    else:
        pakai("baca_pemilih", oleh=request.user)
        catat_akses("lihat", pemilih, oleh=request.user, tujuan="Menyiapkan bukti terdaftar")
    snapshot = snapshot_bertanda()
    baris = baris_bertanda(snapshot, pemilih)
    return render(
        request,
        "pdpb/bukti/beri.html",
        {"pemilih": pemilih, "snapshot": snapshot, "versi": baris and baris.pendaftaran, "form": form},
        status=422 if form.errors else 200,
    )


@hak(BERI, BUKU)
def daftar(request: HttpRequest) -> HttpResponse:
    """The register of proofs, newest first; it names no voter."""
    semua = PemberianBukti.objects.for_user(request.user).select_related("snapshot__periode", "diberikan_oleh")
    return render(request, "pdpb/bukti/daftar.html", {"halaman": ambil_halaman_dari(request, semua, ("-id",))})


def _satu(request: HttpRequest, pk: int) -> PemberianBukti:
    kaitan = ("snapshot__periode", "pendaftaran__pemilih", "diberikan_oleh")
    return get_object_or_404(PemberianBukti.objects.for_user(request.user).select_related(*kaitan), pk=pk)


@hak(BERI, BUKU)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry of the register; who gave the proof fetches its files here on that day."""
    bukti = _satu(request, pk)
    return render(
        request,
        "pdpb/bukti/detail.html",
        {
            "bukti": bukti,
            "medan": [LABEL[nama] for nama in bukti.medan],
            "boleh_ambil": bukti.dapat_diambil(request.user),
            "riwayat": riwayat_untuk(bukti, request.user),
        },
    )


def _kirim(isi: bytes, jenis: str, nama: str) -> HttpResponse:
    jawaban = HttpResponse(isi, content_type=jenis)
    jawaban["Content-Disposition"] = f'attachment; filename="{nama}"'
    jawaban["Cache-Control"] = "no-store"
    return jawaban


@hak(BERI)
@require_POST
def unduh(request: HttpRequest, pk: int) -> HttpResponse:
    """The JSON file, to be put on what the citizen brought."""
    bukti = _satu(request, pk)
    try:
        isi = ambil_bukti(bukti, oleh=request.user, bentuk="berkas JSON")
    except Refused as galat:
        messages.error(request, str(galat))
        return redirect(bukti)
    return _kirim(isi, "application/json", f"bukti-{bukti.nomor.replace('/', '-')}.json")


@hak(BERI)
@require_POST
def cetak(request: HttpRequest, pk: int) -> HttpResponse:
    """The printable sheet: the fields shown, the root, how to check, and the whole proof as a code."""
    bukti = _satu(request, pk)
    try:
        isi = ambil_bukti(bukti, oleh=request.user, bentuk="lembar cetak")
    except Refused as galat:
        messages.error(request, str(galat))
        return redirect(bukti)
    alamat = f"{settings.URL_PUBLIK.rstrip('/')}{reverse('pdpb:bukti_periksa')}"
    pdf = cetak_bukti(bukti, isi, alamat=alamat, label=LABEL)
    return _kirim(pdf, "application/pdf", f"bukti-{bukti.nomor.replace('/', '-')}.pdf")


@publik
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def periksa(request: HttpRequest) -> HttpResponse:
    """Anybody checks a file of proof. What is shown of a person is what the file itself shows; nothing is kept."""
    form = PeriksaBuktiForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    isi: dict = {"form": form}
    if request.method == "POST":
        maks = nilai_bulat("periksa_bukti_publik", pada=hari_ini())
        if not boleh_lagi(request, "bukti", maks=maks):
            jawaban = render(request, "naskah/verifikasi_terbatas.html", status=429)
            jawaban["Retry-After"] = "600"
            return jawaban
        if form.is_valid() and form.hasil:
            isi |= {"putusan": nilai(form.hasil), "kepala": form.hasil.kepala} | _tampil(form.hasil)
    return render(request, "pdpb/bukti/periksa.html", isi, status=422 if form.errors else 200)


def _tampil(hasil: HasilBaris | HasilSalinan) -> dict:
    if isinstance(hasil, HasilBaris):
        nama = hasil.terbuka.get("kelurahan")
        tempat = Kelurahan.objects.filter(pk=nama).first() if nama and "\0" not in nama else None
        terbuka = [(LABEL[medan], hasil.terbuka[medan]) for medan in MEDAN if medan in hasil.terbuka]
        return {"terbuka": terbuka, "tempat": tempat, "tertutup": len(MEDAN) - len(terbuka)}
    salah = [nomor for nomor, cocok in enumerate(hasil.cocok, start=1) if not cocok]
    return {
        "salinan": hasil,
        "banyak": len(hasil.cocok),
        "cocok": len(hasil.cocok) - len(salah),
        "salah": salah[:BARIS_TAMPIL],
        "salah_lain": max(len(salah) - BARIS_TAMPIL, 0),
    }


@publik
@require_GET
def skrip(request: HttpRequest) -> HttpResponse:
    """The program that checks a proof without this system."""
    isi = (Path(settings.BASE_DIR) / "docs" / "periksa_bukti.py").read_bytes()
    jawaban = HttpResponse(isi, content_type="text/x-python; charset=utf-8")
    jawaban["Content-Disposition"] = 'attachment; filename="periksa_bukti.py"'
    return jawaban


urlpatterns = [
    path("pemilih/<int:pk>/bukti/", beri, name="bukti_beri"),
    path("bukti/", daftar, name="bukti_daftar"),
    path("bukti/<int:pk>/", detail, name="bukti_detail"),
    path("bukti/<int:pk>/unduh/", unduh, name="bukti_unduh"),
    path("bukti/<int:pk>/cetak/", cetak, name="bukti_cetak"),
    path("periksa-bukti/", periksa, name="bukti_periksa"),
    path("periksa-bukti/periksa_bukti.py", skrip, name="bukti_skrip"),
]
