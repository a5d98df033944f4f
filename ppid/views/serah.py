"""Costs, receipts and the other letters of a request."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses
from kpupalu.lib import Refused
from ppid.actions import penyerahan, surat
from ppid.cetakan import cetak_kuitansi, cetak_tanda_terima
from ppid.forms.berkas import BiayaForm, KirimSuratForm, RalatForm, SuratForm
from ppid.models import BerkasJawaban, Jawaban, Pembayaran, Penyerahan, Permohonan

PEMOHON, PUTUS, OLAH = "ppid.lihat_pemohon", "ppid.putus_butir", "ppid.olah_permohonan"
J = Jawaban.Jenis


def bagian_penyerahan(p: Permohonan, user) -> dict[str, Any]:
    """What the page of a request says about files, costs, receipts, and letters that may be printed now."""
    return {
        "berkas": list(BerkasJawaban.objects.for_user(user).filter(butir__permohonan=p).select_related("butir")),
        "total_biaya": penyerahan.total_biaya(p),
        "bayar": Pembayaran.objects.filter(permohonan=p).first(),
        "terima": Penyerahan.objects.filter(permohonan=p).first(),
        "surat_terbuka": [
            (f"Siapkan {j.label[0].lower()}{j.label[1:]}", reverse("ppid:surat_siapkan", args=[p.pk, j.value]))
            for j in surat.surat_terbuka(p, user)
        ],
        "boleh_unggah": user.has_perm("ppid.olah_berkas") and p.status in ("diproses", "siap_kirim", "dijawab"),
    }


def _satu(request: HttpRequest, pk: int) -> Permohonan:
    return get_object_or_404(Permohonan.objects.for_user(request.user).select_related("data"), pk=pk)


def _remah(p: Permohonan) -> dict[str, Any]:
    return {
        "bagian": "PPID",
        "remah": [("Permohonan informasi", reverse("ppid:daftar")), (p.nomor, p.get_absolute_url())],
    }


@hak(PUTUS)
def biaya(request: HttpRequest, pk: int, urut: int) -> HttpResponse:
    """Set what an item costs."""
    p = _satu(request, pk)
    butir = get_object_or_404(p.butir, urut=urut)
    awal: dict[str, Any] = {"versi": p.versi}
    for r in butir.rincian_biaya.select_related("tarif"):
        awal[f"jumlah_{r.tarif.komponen}"] = r.jumlah
    form = BiayaForm(request.POST or None, initial=awal)
    if request.method == "POST" and form.is_valid():
        try:
            penyerahan.tetapkan_biaya(butir, baris=form.baris(), versi=form.cleaned_data["versi"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"Biaya butir {urut} ditetapkan.")
            return redirect(p)
    isi = {"judul": f"Biaya butir {urut}: {p.nomor}", **_remah(p), "form": form, "tombol": "Tetapkan biaya",
           "batal": p.get_absolute_url(),
           "konteks": "Melihat dan salinan berkas tidak dipungut biaya. Kosongkan bila tanpa biaya."}  # fmt: skip
    return render(request, "ui/formulir.html", isi, status=422 if form.errors else 200)


def _pdf(isi: bytes, nama: str) -> HttpResponse:
    jawab = HttpResponse(isi, content_type="application/pdf")
    jawab["Content-Disposition"] = f'inline; filename="{nama}.pdf"'
    jawab["Cache-Control"] = "no-store"
    return jawab


@hak(PEMOHON)
@require_GET
def kuitansi(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of the payment as PDF."""
    p = _satu(request, pk)
    bayar = get_object_or_404(Pembayaran.objects.select_related("permohonan__data", "diterima_oleh"), permohonan=p)
    pakai("ppid_baca_pemohon", oleh=request.user)
    catat_akses("cetak", p, oleh=request.user, objek_label=f"{bayar}")
    return _pdf(cetak_kuitansi(bayar), f"kuitansi-{p.pk}")


@hak(PEMOHON)
@require_GET
def tanda_terima_serah(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of the handover as PDF."""
    p = _satu(request, pk)
    serah = get_object_or_404(Penyerahan.objects.select_related("permohonan__data", "diserahkan_oleh"), permohonan=p)
    pakai("ppid_baca_pemohon", oleh=request.user)
    catat_akses("cetak", p, oleh=request.user, objek_label=f"{serah}")
    return _pdf(cetak_tanda_terima(serah), f"tanda-terima-{p.pk}")


@hak(PUTUS)
def surat_siapkan(request: HttpRequest, pk: int, jenis: str) -> HttpResponse:
    """Print one of the letters; an empty element is named."""
    p = _satu(request, pk)
    if jenis not in (J.KEKURANGAN, J.PERPANJANGAN, J.PENOLAKAN, J.RALAT):
        raise Http404
    label = J(jenis).label
    kelas = RalatForm if jenis == J.RALAT else SuratForm
    form = kelas(request.POST or None, initial={"versi": p.versi})
    if request.method == "POST" and form.is_valid():
        try:
            if jenis == J.RALAT:
                hasil = surat.siapkan_ralat(p, oleh=request.user, **form.cleaned_data)
            else:
                hasil = surat.siapkan_surat(p, jenis=jenis, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{hasil} disiapkan. Lanjutkan dengan tanda tangan PPID.")
            return redirect(p)
    isi = {"judul": f"{label}: {p.nomor}", **_remah(p), "form": form, "tombol": "Siapkan surat",
           "akibat": ["Surat diberi nomor dan dicetak, lalu ditandatangani PPID."],
           "batal": p.get_absolute_url()}  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


@hak(OLAH)
def surat_kirim(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that one of the letters went out."""
    satu = get_object_or_404(
        Jawaban.objects.select_related("permohonan", "naskah").filter(
            permohonan__in=Permohonan.objects.for_user(request.user)
        ),
        pk=pk,
    )
    p = satu.permohonan
    form = KirimSuratForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            surat.kirim_surat(satu, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{satu} tercatat terkirim.")
            return redirect(p)
    isi = {"judul": f"Catat terkirim: {satu}", **_remah(p), "form": form, "tombol": "Catat terkirim",
           "batal": p.get_absolute_url()}  # fmt: skip
    return render(request, "ui/formulir.html", isi, status=422 if form.errors else 200)


_P = "permohonan/<int:pk>/"
urlpatterns = [
    path(f"{_P}butir/<int:urut>/biaya/", biaya, name="biaya"),
    path(f"{_P}kuitansi/", kuitansi, name="kuitansi"),
    path(f"{_P}tanda-terima/", tanda_terima_serah, name="tanda_terima_serah"),
    path(f"{_P}surat/<slug:jenis>/", surat_siapkan, name="surat_siapkan"),
    path("surat-jawaban/<int:pk>/terkirim/", surat_kirim, name="surat_kirim"),
]
