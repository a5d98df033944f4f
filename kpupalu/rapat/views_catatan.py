"""Pages of what a meeting leaves: remarks, tasks, the notula."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from kpupalu.accounts.akses import hak
from kpupalu.rapat import actions as aksi
from kpupalu.rapat import notulen as catatan
from kpupalu.rapat.forms import (
    AlasanForm,
    HasilForm,
    MasukanForm,
    NotulenForm,
    SahkanForm,
    TindakLanjutForm,
    UbahMasukanForm,
)
from kpupalu.rapat.models import Masukan, Notulen, Rapat
from kpupalu.rapat.views import CATAT, ISI_FORMULIR, KELOLA, LIHAT, ambil, halaman
from kpupalu.surat.halaman import berhasil, ditolak


@hak(CATAT)
@ISI_FORMULIR
def masukan(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a remark and its answer."""
    rapat = ambil(request, pk)
    form = MasukanForm(request.POST or None, rapat=rapat)
    if berhasil(
        request, form, lambda: aksi.catat_masukan(rapat, **form.cleaned_data, by=request.user), "Masukan dicatat."
    ):
        return redirect(rapat)
    return halaman(request, rapat, "Catat masukan", form, "Catat masukan")


def _masukan(request: HttpRequest, pk: int, masukan: int) -> tuple[Rapat, Masukan]:
    rapat = ambil(request, pk)
    return rapat, get_object_or_404(rapat.masukan.filter(dicabut=False), pk=masukan)


@hak(CATAT)
@ISI_FORMULIR
def ubah_masukan(request: HttpRequest, pk: int, masukan: int) -> HttpResponse:
    """Correct a remark."""
    rapat, satu = _masukan(request, pk, masukan)
    form = UbahMasukanForm(request.POST or None, instance=satu)
    if request.method == "POST" and form.is_valid():
        isi = form.cleaned_data
        if not ditolak(
            form,
            lambda: aksi.ubah_masukan(
                satu, isi=isi["isi"], jawaban=isi["jawaban"], dilihat=isi["versi"], by=request.user
            ),
        ):
            messages.success(request, "Masukan disimpan.")
            return redirect(rapat)
    return halaman(request, rapat, f"Ubah masukan {satu.lembaga}", form, "Simpan masukan")


@hak(CATAT)
@ISI_FORMULIR
def cabut_masukan(request: HttpRequest, pk: int, masukan: int) -> HttpResponse:
    """Take back a remark recorded by mistake."""
    rapat, satu = _masukan(request, pk, masukan)
    form = AlasanForm(request.POST or None)
    if berhasil(
        request,
        form,
        lambda: aksi.cabut_masukan(satu, **form.cleaned_data, by=request.user),
        "Masukan dicabut dan tidak tercetak.",
    ):
        return redirect(rapat)
    return halaman(
        request, rapat, f"Cabut masukan {satu.lembaga}", form, "Cabut masukan", template="ui/konfirmasi.html",
        genting=True, akibat=["Masukan tidak tercetak dalam notula dan berita acara, tetapi tetap tersimpan."],
    )  # fmt: skip


@hak(CATAT)
@ISI_FORMULIR
def tindak_lanjut(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was agreed to do."""
    rapat = ambil(request, pk)
    form = TindakLanjutForm(request.POST or None, rapat=rapat)
    if berhasil(
        request,
        form,
        lambda: aksi.tambah_tindak_lanjut(rapat, **form.cleaned_data, by=request.user),
        "Tindak lanjut dicatat.",
    ):
        return redirect(rapat)
    return halaman(request, rapat, "Catat tindak lanjut", form, "Catat tindak lanjut")


@hak(LIHAT)
@ISI_FORMULIR
def hasil_tindak_lanjut(request: HttpRequest, pk: int, tindak: int) -> HttpResponse:
    """Say how far a task is."""
    rapat = ambil(request, pk)
    satu = get_object_or_404(rapat.tindak_lanjut, pk=tindak)
    form = HasilForm(request.POST or None, instance=satu)
    if request.method == "POST" and form.is_valid():
        isi = form.cleaned_data
        if not ditolak(form, lambda: aksi.perbarui_tindak_lanjut(satu, **isi, by=request.user)):
            messages.success(request, "Tindak lanjut diperbarui.")
            return redirect(rapat)
    return halaman(request, rapat, "Perbarui tindak lanjut", form, "Simpan", konteks=satu.uraian)


@hak(CATAT)
@ISI_FORMULIR
def notulen(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the notula."""
    rapat = ambil(request, pk)
    ada = Notulen.objects.filter(rapat=rapat).first()
    form = NotulenForm(request.POST or None, instance=ada)
    if request.method == "POST" and form.is_valid():
        isi = dict(form.cleaned_data)
        dilihat = isi.pop("versi") or 0
        if not ditolak(form, lambda: catatan.simpan(rapat, isi, dilihat=dilihat, by=request.user)):
            messages.success(request, "Notula disimpan. Langkah berikutnya: siapkan untuk ditandatangani.")
            return redirect(rapat)
    return halaman(request, rapat, "Susun notula", form, "Simpan notula")


@hak(KELOLA)
@ISI_FORMULIR
def sahkan(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the notula an official document."""
    rapat = ambil(request, pk)
    form = SahkanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        naskah = catatan.sahkan(rapat, by=request.user, cara=form.cleaned_data["cara"])
        messages.success(request, f"Nomor {naskah.nomor} diberikan. Notula sedang dicetak.")
        return redirect("jobs:detail", naskah.pekerjaan_id)
    return halaman(
        request, rapat, "Siapkan notula untuk ditandatangani", form, "Beri nomor dan cetak",
        template="ui/konfirmasi.html",
        akibat=[f"Notula ditandatangani {rapat.pimpinan or 'pimpinan yang belum ditunjuk'} sebagai pimpinan rapat.",
                "Kehadiran, masukan, dan tindak lanjut dicetak seperti yang tercatat sekarang."],
        dapat_dibatalkan="Sebelum ditandatangani, naskahnya masih dapat ditarik; nomornya menjadi batal.",
    )  # fmt: skip


urlpatterns = [
    path("<int:pk>/masukan/", masukan, name="masukan"),
    path("<int:pk>/masukan/<int:masukan>/", ubah_masukan, name="masukan_ubah"),
    path("<int:pk>/masukan/<int:masukan>/cabut/", cabut_masukan, name="masukan_cabut"),
    path("<int:pk>/tindak-lanjut/", tindak_lanjut, name="tindak_lanjut"),
    path("<int:pk>/tindak-lanjut/<int:tindak>/", hasil_tindak_lanjut, name="tindak_lanjut_hasil"),
    path("<int:pk>/notula/", notulen, name="notulen"),
    path("<int:pk>/notula/siapkan/", sahkan, name="sahkan"),
]
