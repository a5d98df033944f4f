"""The desk's own first page, what the daily check found, and the registers to fetch."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.daftar import ambil_halaman_dari
from ppid import register
from ppid import tenggat_permohonan as jam
from ppid.actions.jawaban import TERBUKA
from ppid.actions.publikasi import tulis_ringkasan
from ppid.anomali.jalankan import nilai
from ppid.anomali.registri import pemeriksaan
from ppid.forms.laporan import NilaiAnomaliForm, RegisterForm, RingkasanForm, SaringAnomaliForm
from ppid.models import Anomali, InformasiDikecualikan, InformasiPublik, PermintaanUnit, Permohonan
from ppid.views.informasi import XLSX, jawab_berkas
from ppid.views.permohonan import baris_antrean, remah, satu

LIHAT, ANOMALI, DIP = "ppid.lihat_permohonan", "ppid.lihat_anomali", ("ppid.lihat_dip", "ppid.catat_dik")
WARNA = {"tinggi": "bahaya", "sedang": "awas", "rendah": "info"}
PER_DAFTAR = 25
"""Rows of one list of the desk's first page; the heading says how many there are in all."""


@hak(LIHAT)
def meja(request: HttpRequest) -> HttpResponse:
    """What is late, due today, due on the next working day, what units owe, what the daily check found."""
    hari, semua = hari_ini(), Permohonan.objects.for_user(request.user)
    kelompok = []
    for kunci, judul, pilih in (
        ("terlambat", "Lewat waktu", jam.terlambat(hari)),
        ("hari_ini", "Jatuh tempo hari ini", jam.jatuh_pada(hari)),
        ("besok", "Jatuh tempo hari kerja berikutnya", jam.jatuh_pada(jam.hari_kerja_berikut(hari))),
    ):
        baris = list(semua.filter(pk__in=pilih).order_by("diterima_pada", "pk")[:PER_DAFTAR])
        kelompok.append({"judul": judul, "jumlah": len(pilih), "daftar": baris_antrean(baris),
                         "url": f"{reverse('ppid:daftar')}?antrean={kunci}"})  # fmt: skip
    unit = PermintaanUnit.objects.for_user(request.user).filter(status__in=TERBUKA, tenggat__lt=hari)
    anomali = Anomali.objects.for_user(request.user).terbuka()
    isi = {
        "kelompok": kelompok, "terbuka": semua.terbuka().count(), "anomali": list(anomali[:10]),
        "jumlah_anomali": anomali.count(), "unit": list(unit.select_related("unit", "permohonan")[:PER_DAFTAR]),
        "warna": WARNA,
    }  # fmt: skip
    _warnai(isi["anomali"])
    catat_akses(
        "lihat", None, oleh=request.user, objek_label="Meja kerja PPID", jumlah=sum(k["jumlah"] for k in kelompok)
    )
    return render(request, "ppid/meja.html", isi)


def _warnai(semua: list[Anomali]) -> None:
    """Give each finding its colour and the name of its check."""
    for a in semua:
        periksa = pemeriksaan(a.kode)
        a.warna, a.nama = WARNA[a.tingkat], periksa.nama if periksa else a.kode


@hak(ANOMALI)
def anomali(request: HttpRequest) -> HttpResponse:
    """The findings, the gravest first; without a filter those that wait for somebody."""
    form = SaringAnomaliForm(request.GET or None)
    isi = form.cleaned_data if form.is_valid() else getattr(form, "cleaned_data", {})
    semua = Anomali.objects.for_user(request.user)
    keadaan = isi.get("keadaan") or ""
    if keadaan == "dinilai":
        semua = semua.berlaku().exclude(dinilai_pada=None)
    elif keadaan == "berakhir":
        semua = semua.exclude(berakhir_pada=None)
    elif not keadaan:
        semua = semua.terbuka()
    for nama in ("tingkat", "kode"):
        if isi.get(nama):
            semua = semua.filter(**{nama: isi[nama]})
    halaman = ambil_halaman_dari(request, semua, ("urutan", "id"))
    _warnai(list(halaman))
    return render(request, "ppid/anomali.html", {"form": form, "halaman": halaman, "jumlah": semua.count()})


@hak(ANOMALI)
def anomali_satu(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding: what it means, since when, and, where a person may, a reason why it is no fault."""
    a = get_object_or_404(Anomali.objects.for_user(request.user).select_related("dinilai_oleh"), pk=pk)
    _warnai([a])
    periksa, form = pemeriksaan(a.kode), NilaiAnomaliForm(request.POST or None)
    boleh = bool(periksa and periksa.boleh_dinilai) and request.user.has_perm("ppid.nilai_anomali")
    boleh = boleh and a.dinilai_pada is None and a.berakhir_pada is None
    if request.method == "POST" and form.is_valid():
        try:
            nilai(a, alasan=form.cleaned_data["alasan"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Anomali dinilai. Tandanya berakhir sendiri bila sebabnya hilang.")
            return redirect(a)
    isi = {"a": a, "periksa": periksa, "form": form, "boleh": boleh, "riwayat": riwayat_untuk(a, request.user)}
    return render(request, "ppid/anomali_satu.html", isi, status=422 if form.errors else 200)


# --- Registers ---------------------------------------------------------------------------------------------------
@hak("ppid.ekspor_register")
def unduh_register(request: HttpRequest) -> HttpResponse:
    """Fetch the register of a year; each is logged with its purpose, and one with who asks is limited."""
    form = RegisterForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return _register(request, form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
    isi: dict[str, Any] = {
        "judul": "Register permohonan informasi", **remah(), "form": form, "tombol": "Unduh XLSX", "unduh": True,
        "batal": reverse("ppid:daftar"), "konteks": "Kolom menurut register baku. Setiap unduhan dicatat.",
    }  # fmt: skip
    return render(request, "ui/formulir.html", isi, status=422 if form.errors else 200)


def _register(request: HttpRequest, isi: dict[str, Any]) -> HttpResponse:
    tahun, identitas = isi["tahun"], bool(isi.get("identitas"))
    if identitas:
        pakai("ekspor_register", oleh=request.user)
    baris = list(register.permohonan_tahun(tahun))
    kata = "dengan identitas pemohon" if identitas else "tanpa identitas pemohon"
    catat_akses("ekspor", None, oleh=request.user, tujuan=isi["tujuan"], jumlah=len(baris),
                objek_label=f"Register permohonan {tahun}, {kata}")  # fmt: skip
    keterangan = f"KPU Kota Palu, {kata}. Diunduh {request.user} untuk: {isi['tujuan']}."
    berkas = register.permohonan_xlsx(baris, tahun=tahun, identitas=identitas, keterangan=keterangan)
    return jawab_berkas(berkas, XLSX, f"register-permohonan-{tahun}.xlsx")


@hak(*DIP)
@require_GET
def dip_pdf(request: HttpRequest) -> HttpResponse:
    """The published list of public information on lying sheets."""
    baris = InformasiPublik.objects.terbit().select_related("unit").order_by("kategori", "judul", "pk")
    return jawab_berkas(register.dip_pdf(baris, pada=hari_ini()), "application/pdf", "dip.pdf")


@hak(*DIP)
@require_GET
def dik(request: HttpRequest, bentuk: str) -> HttpResponse:
    """The list of excepted information as a sheet or on paper."""
    baris = InformasiDikecualikan.objects.order_by("informasi", "-mulai", "pk")
    if bentuk == "pdf":
        return jawab_berkas(register.dik_pdf(baris, pada=hari_ini()), "application/pdf", "dik.pdf")
    return jawab_berkas(register.dik_xlsx(baris, pada=hari_ini()), XLSX, "dik.xlsx")


@hak("ppid.olah_permohonan")
def ringkasan(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the public register says of a request."""
    p = satu(request, pk)
    form = RingkasanForm(request.POST or None, initial={"versi": p.versi, "teks": p.publikasi})
    if request.method == "POST" and form.is_valid():
        try:
            tulis_ringkasan(p, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Ringkasan untuk umum disimpan.")
            return redirect(p)
    isi = {
        "judul": f"Ringkasan untuk umum: {p.nomor}", **remah(p), "form": form, "tombol": "Simpan",
        "batal": p.get_absolute_url(),
        "konteks": "Tampil pada register umum bersama nomor, tanggal, hasil, dan lamanya.",
    }  # fmt: skip
    return render(request, "ui/formulir.html", isi, status=422 if form.errors else 200)


urlpatterns = [
    path("meja/", meja, name="meja"),
    path("anomali/", anomali, name="anomali"),
    path("anomali/<int:pk>/", anomali_satu, name="anomali_satu"),
    path("register/", unduh_register, name="register"),
    path("dip/pdf/", dip_pdf, name="dip_pdf"),
    path("dik/xlsx/", dik, {"bentuk": "xlsx"}, name="dik_xlsx"),
    path("dik/pdf/", dik, {"bentuk": "pdf"}, name="dik_pdf"),
    path("permohonan/<int:pk>/ringkasan/", ringkasan, name="ringkasan"),
]
