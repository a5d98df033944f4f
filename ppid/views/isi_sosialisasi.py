"""What belongs to an event: speakers, budget, materials, evaluation; and what everybody may read about events."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST, require_safe

from kpupalu.accounts.akses import hak, publik
from kpupalu.audit.catatan import catat_akses
from kpupalu.imports.lampiran import TIPE
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.rapat.forms import RapatForm
from kpupalu.rapat.models import Rapat
from kpupalu.ui.daftar import ambil_halaman_dari
from ppid.actions import isi_sosialisasi as aksi
from ppid.forms.sosialisasi import (
    EvaluasiForm,
    MateriForm,
    NarasumberForm,
    PertanyaanForm,
    PosAnggaranForm,
    RealisasiForm,
    SuratNarasumberForm,
)
from ppid.models import ButirEvaluasi, Materi, Narasumber, PosAnggaran, Sosialisasi
from ppid.views.informasi import jawab_berkas
from ppid.views.sosialisasi import KELOLA, LIHAT, SPJ, remah, satu


@dataclass(frozen=True, slots=True)
class Bagian:
    """One kind of rows below an event: model, form, and its word."""

    model: type[models.Model]
    form: type[forms.ModelForm]
    kata: str


BAGIAN = {
    "narasumber": Bagian(Narasumber, NarasumberForm, "narasumber"),
    "anggaran": Bagian(PosAnggaran, PosAnggaranForm, "pos anggaran"),
    "pertanyaan": Bagian(ButirEvaluasi, PertanyaanForm, "pertanyaan evaluasi"),
}


def _formulir(request: HttpRequest, s: Sosialisasi, form, judul: str, tombol: str = "Simpan", **lain) -> HttpResponse:
    isi = {"judul": judul, **remah(s), "form": form, "tombol": tombol, "batal": s.get_absolute_url(), **lain}
    return render(request, "ui/formulir.html", isi, status=422 if form.errors else 200)


def _baris(s: Sosialisasi, bagian: Bagian, nomor: int) -> Any:
    return get_object_or_404(bagian.model._default_manager.filter(sosialisasi=s), pk=nomor)


@hak(KELOLA)
def baris(request: HttpRequest, pk: int, bagian: str, nomor: int | None = None) -> HttpResponse:
    """Add one row to an event, or change one."""
    s, b = satu(request, pk), BAGIAN[bagian]
    ada = _baris(s, b, nomor) if nomor else b.model()
    form = b.form(request.POST or None, instance=ada)
    if request.method == "POST" and form.is_valid():
        try:
            aksi.simpan_baris(s, form.instance, form.cleaned_data, oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{b.kata.capitalize()} disimpan.")
            return redirect(s)
    return _formulir(request, s, form, f"{'Ubah' if nomor else 'Tambah'} {b.kata}")


@hak(KELOLA)
def hapus(request: HttpRequest, pk: int, bagian: str, nomor: int) -> HttpResponse:
    """Ask, then take one row out of an event."""
    s, b = satu(request, pk), BAGIAN[bagian]
    ada = _baris(s, b, nomor)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            aksi.hapus_baris(s, ada, oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{b.kata.capitalize()} dihapus. Riwayatnya tetap ada.")
            return redirect(s)
    isi = {
        "judul": f"Hapus {b.kata}: {ada}", **remah(s), "form": form, "tombol": "Hapus", "genting": True,
        "akibat": ["Barisnya hilang dari sosialisasi ini dan tetap tercatat pada riwayat."],
        "batal": s.get_absolute_url(),
    }  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


@hak(KELOLA)
def surat_narasumber(request: HttpRequest, pk: int, nomor: int) -> HttpResponse:
    """Draft the letter to a speaker's institution."""
    s = satu(request, pk)
    n = _baris(s, BAGIAN["narasumber"], nomor)
    form = SuratNarasumberForm(request.POST or None, initial={"tanggal": hari_ini()})
    if request.method == "POST" and form.is_valid():
        try:
            aksi.minta_narasumber(s, n, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Konsep surat disusun. Buka suratnya untuk disiapkan dan dikirim.")
            return redirect(s)
    return _formulir(request, s, form, f"Susun surat kepada {n.lembaga}", "Susun surat")


@hak(SPJ)
def realisasi(request: HttpRequest, pk: int, nomor: int) -> HttpResponse:
    """What was spent on one line of the budget."""
    s = satu(request, pk)
    pos = _baris(s, BAGIAN["anggaran"], nomor)
    form = RealisasiForm(request.POST or None, instance=pos)
    if request.method == "POST" and form.is_valid():
        try:
            aksi.catat_realisasi(s, pos, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Realisasi disimpan.")
            return redirect(s)
    return _formulir(request, s, form, f"Catat realisasi: {pos.uraian}")


@hak(KELOLA)
def unggah(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file that was shown at the event."""
    s = satu(request, pk)
    form = MateriForm(request.POST or None, request.FILES or None, sosialisasi=s)
    if request.method == "POST" and form.is_valid():
        try:
            aksi.unggah_materi(s, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Materi disimpan untuk kantor. PPID dapat menerbitkannya.")
            return redirect(s)
    kata = "Materi baru terlihat masyarakat setelah PPID menerbitkannya. Jangan memuat data pribadi."
    return _formulir(request, s, form, "Unggah materi", "Unggah", konteks=kata)


@hak(aksi.TERBITKAN)
@require_POST
def terbit(request: HttpRequest, pk: int, nomor: int) -> HttpResponse:
    """Publish a material or take it off the site again."""
    s = satu(request, pk)
    m = get_object_or_404(s.materi, pk=nomor)
    try:
        aksi.ubah_terbit(s, m, terbit=request.POST.get("terbit") == "ya", oleh=request.user)
    except Refused as galat:
        messages.error(request, str(galat))
    else:
        messages.success(request, "Materi diterbitkan." if request.POST.get("terbit") == "ya" else "Materi ditarik.")
    return redirect(s)


@hak(LIHAT)
@require_GET
def materi(request: HttpRequest, pk: int, nomor: int) -> HttpResponse:
    """The file of a material for officers."""
    m = get_object_or_404(satu(request, pk).materi, pk=nomor)
    catat_akses("lihat", m.sosialisasi, oleh=request.user, objek_label=m.judul)
    return jawab_berkas(aksi.baca_materi(m), TIPE[m.tipe], f"materi-{m.pk}.{m.tipe}")


@hak(KELOLA)
def evaluasi(request: HttpRequest, pk: int) -> HttpResponse:
    """The counts of the evaluation sheet on one page, with what follows from them."""
    s = satu(request, pk)
    awal = {"versi": s.versi, "ringkasan": s.ringkasan_evaluasi, "saran": s.saran}
    form = EvaluasiForm(request.POST or None, butir=list(s.evaluasi.all()), initial=awal)
    if request.method == "POST" and form.is_valid():
        data = {k: form.cleaned_data[k] for k in ("versi", "ringkasan", "saran")}
        try:
            aksi.simpan_evaluasi(s, angka=form.angka(), oleh=request.user, **data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Evaluasi disimpan.")
            return redirect(s)
    isi = {"s": s, **remah(s), "form": form}
    return render(request, "ppid/sosialisasi_evaluasi.html", isi, status=422 if form.errors else 200)


@hak("rapat.kelola_rapat")
def rapat(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a coordination meeting about the date."""
    s = satu(request, pk)
    awal = Rapat(judul=f"Rapat koordinasi {s.judul}"[:200], tempat="Daring", acara="Waktu pelaksanaan\nKesepakatan")
    form = RapatForm(request.POST or None, instance=awal, tetap=["jenis"])
    if request.method == "POST" and form.is_valid():
        try:
            hasil = aksi.jadwalkan_koordinasi(s, form.save(commit=False), oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Rapat koordinasi dijadwalkan.")
            return redirect(hasil)
    return _formulir(request, s, form, "Jadwalkan rapat koordinasi", "Jadwalkan")


# --- What everybody may read -------------------------------------------------------------------------------------
@publik
@require_safe
def pengumuman(request: HttpRequest) -> HttpResponse:
    """The events to come with day, hour and place, and the published materials of all. Nobody is named."""
    datang = Sosialisasi.objects.diumumkan(hari_ini()).select_related("rapat")
    terbit_ = Materi.objects.filter(terbit=True, sosialisasi__status__in=Sosialisasi.BERTANGGAL)
    baris_ = terbit_.select_related("sosialisasi", "narasumber")
    isi = {"datang": datang, "halaman": ambil_halaman_dari(request, baris_, ("-id",)), "jumlah": baris_.count()}
    return render(request, "ppid/publik/sosialisasi.html", isi)


@publik
@require_GET
def materi_publik(request: HttpRequest, nomor: int) -> HttpResponse:
    """A published material as it was sealed."""
    m = get_object_or_404(Materi, pk=nomor, terbit=True, sosialisasi__status__in=Sosialisasi.BERTANGGAL)
    return jawab_berkas(aksi.baca_materi(m), TIPE[m.tipe], f"materi-{m.pk}.{m.tipe}")


_DI = "sosialisasi/<int:pk>"
urlpatterns = [
    *(path(f"{_DI}/{b}/tambah/", baris, {"bagian": b}, name=f"sosialisasi_{b}_baru") for b in BAGIAN),
    *(path(f"{_DI}/{b}/<int:nomor>/", baris, {"bagian": b}, name=f"sosialisasi_{b}") for b in BAGIAN),
    *(path(f"{_DI}/{b}/<int:nomor>/hapus/", hapus, {"bagian": b}, name=f"sosialisasi_{b}_hapus") for b in BAGIAN),
    path(f"{_DI}/narasumber/<int:nomor>/surat/", surat_narasumber, name="sosialisasi_narasumber_surat"),
    path(f"{_DI}/anggaran/<int:nomor>/realisasi/", realisasi, name="sosialisasi_realisasi"),
    path(f"{_DI}/materi/unggah/", unggah, name="sosialisasi_materi_baru"),
    path(f"{_DI}/materi/<int:nomor>/", materi, name="sosialisasi_materi"),
    path(f"{_DI}/materi/<int:nomor>/terbit/", terbit, name="sosialisasi_materi_terbit"),
    path(f"{_DI}/evaluasi/", evaluasi, name="sosialisasi_evaluasi"),
    path(f"{_DI}/rapat/", rapat, name="sosialisasi_rapat"),
    path("informasi/sosialisasi/", pengumuman, name="sosialisasi_pengumuman"),
    path("informasi/sosialisasi/materi/<int:nomor>/", materi_publik, name="sosialisasi_materi_publik"),
]
