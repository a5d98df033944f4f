"""The steps an officer takes with a citizen's report: complete, match, propose, answer, reject, reopen."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses
from kpupalu.lib import Refused
from pdpb.actions import tanggapan as tindakan
from pdpb.forms.pemilih import BaruForm
from pdpb.forms.tanggapan import (
    BukaForm,
    BuktiTanggapanForm,
    CariCalonForm,
    JawabForm,
    KekuranganForm,
    LengkapForm,
    LengkapiForm,
    TolakForm,
)
from pdpb.langkah_tanggapan import LANGKAH_TANGGAPAN
from pdpb.models import Kategori, Pemilih, Pendaftaran, Tanggapan
from pdpb.views.pemilih import MAKS_HASIL, temukan
from pdpb.views.perubahan import form_usul, periode_terbuka
from pdpb.views.tanggapan import ALAMAT, CATAT, LAZIM, TANGANI, USUL, USULAN, ambil, remah


@dataclass(frozen=True, slots=True)
class _Halaman:
    """The page of one simple step: its form, what will happen, and whether the button warns."""

    form: type[forms.Form]
    akibat: str
    genting: bool = False


_LANGKAH = {
    "nyatakan_lengkap": _Halaman(LengkapForm, "Tanggapan ini dinyatakan lengkap dan diperiksa."),
    "minta_kelengkapan": _Halaman(KekuranganForm, "Pelapor membaca yang kurang pada halaman tiketnya."),
    "jawab": _Halaman(JawabForm, "Tiket menjadi Dijawab tanpa perubahan daftar pemilih."),
    "tolak": _Halaman(TolakForm, "Tiket menjadi Dijawab. Pelapor membaca kalimat baku pada halaman tiketnya.", True),
    "buka_kembali": _Halaman(BukaForm, "Tanggapan ini diperiksa kembali dan tiketnya tidak lagi Dijawab."),
}


@hak(TANGANI)
def langkah(request: HttpRequest, pk: int, nama: str) -> HttpResponse:
    """Take one step on a page of its own; a report that somebody else changed meanwhile is not overwritten."""
    tanggapan, halaman = ambil(request, pk), _LANGKAH[nama]
    form = halaman.form(request.POST or None, initial={"versi": tanggapan.versi})
    if request.method == "POST" and form.is_valid():
        try:
            getattr(tindakan, nama)(tanggapan, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{tanggapan}: {LANGKAH_TANGGAPAN[nama].label.lower()} berhasil.")
            return redirect("pdpb:tanggapan_detail", pk)
    return render(
        request,
        "ui/konfirmasi.html",
        {
            "judul": f"{LANGKAH_TANGGAPAN[nama].label}: {tanggapan}", **remah(tanggapan), "akibat": [halaman.akibat],
            "form": form, "tombol": LANGKAH_TANGGAPAN[nama].label, "genting": halaman.genting,
            "batal": reverse("pdpb:tanggapan_detail", args=[pk]),
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


@hak(CATAT)
def lengkapi(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a reporter brought to the office."""
    tanggapan = ambil(request, pk)
    form = LengkapiForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            tindakan.lengkapi(tanggapan, **form.cleaned_data, oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Kelengkapan dicatat. Periksa, lalu nyatakan lengkap.")
            return redirect("pdpb:tanggapan_detail", pk)
    return render(
        request,
        "ui/formulir.html",
        {"judul": f"Catat kelengkapan: {tanggapan}", **remah(tanggapan), "form": form, "tombol": "Catat kelengkapan",
         "batal": reverse("pdpb:tanggapan_detail", args=[pk])},
        status=422 if form.errors else 200,
    )  # fmt: skip


@hak(TANGANI)
def cocokkan(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the voter: first those the report itself points to, then by other words. Each search is logged."""
    tanggapan = ambil(request, pk)
    if request.method == "POST" and "pemilih" in request.POST:
        return _pilih(request, tanggapan)
    cari = request.method == "POST"
    form = CariCalonForm(request.POST if cari else None, initial={"versi": tanggapan.versi})
    pakai("cari_pemilih", oleh=request.user)
    hasil = []
    if not cari:
        hasil = list(_calon(request.user, tanggapan)[: MAKS_HASIL + 1])
    elif form.is_valid():
        hasil = list(temukan(request.user, form.cleaned_data)[: MAKS_HASIL + 1])
    if not form.errors:
        catat_akses("cari", None, oleh=request.user, tujuan=str(tanggapan), jumlah=len(hasil),
                    objek_label="Pencarian pemilih untuk tanggapan")  # fmt: skip
    return render(
        request,
        "pdpb/tanggapan/cocokkan.html",
        {"t": tanggapan, "data": tanggapan.data, "form": form, "hasil": hasil[:MAKS_HASIL], "cari": cari,
         "lebih": len(hasil) > MAKS_HASIL, "maks": MAKS_HASIL},
        status=422 if form.errors else 200,
    )  # fmt: skip


def _calon(user, tanggapan: Tanggapan):
    """Open versions with the NIK of the report, or its name with its birth date or its kelurahan."""
    data, aktif = tanggapan.data, Pendaftaran.objects.for_user(user).aktif()
    sama = Q(nama=data.orang_nama, kelurahan=tanggapan.kelurahan_id)
    if data.orang_tanggal_lahir:
        sama |= Q(nama=data.orang_nama, tanggal_lahir=data.orang_tanggal_lahir)
    if data.identitas:
        # Asked apart: an OR over two tables would read the whole list.
        senik = aktif.filter(identitas__nik=data.identitas.nik).values_list("pk", flat=True)
        sama |= Q(pk__in=list(senik[:MAKS_HASIL]))
    return aktif.filter(sama).select_related("kelurahan", "tps").order_by("nama", "id")


class _PilihForm(forms.Form):
    versi = forms.IntegerField(min_value=1)
    pemilih = forms.ModelChoiceField(Pemilih.objects.all())


def _pilih(request: HttpRequest, tanggapan: Tanggapan) -> HttpResponse:
    form = _PilihForm(request.POST)
    if not form.is_valid():
        raise Refused("Pilih satu pemilih dari hasil pencarian.")
    tindakan.cocokkan(tanggapan, **form.cleaned_data, oleh=request.user)
    messages.success(request, "Tanggapan dicocokkan. Langkah berikutnya: jadikan usulan, jawab, atau tolak.")
    return redirect("pdpb:tanggapan_detail", tanggapan.pk)


@hak(USUL)
def usulkan(request: HttpRequest, pk: int, jenis: str) -> HttpResponse:
    """The proposal form, begun from the report; with the evidence that came with it."""
    tanggapan, periode = ambil(request, pk), periode_terbuka()
    form, judul, isi = _form(request, tanggapan, jenis)
    bukti = BuktiTanggapanForm(request.POST or None, tanggapan=tanggapan)
    if request.method == "POST" and form.is_valid() and bukti.is_valid():
        b = bukti.cleaned_data
        try:
            perubahan = tindakan.jadikan_usulan(
                tanggapan, versi=b["versi"], periode=periode, bukti=bukti.susun(oleh=request.user),
                lampiran=b["lampiran"], oleh=request.user, **isi(form),
            )  # fmt: skip
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Usulan dicatat. Tiket mengikuti usulan ini sampai disetujui atau ditolak.")
            return redirect("pdpb:perubahan_detail", perubahan.pk)
    pakai("baca_pemilih", oleh=request.user)
    catat_akses("lihat", tanggapan.pemilih or tanggapan, oleh=request.user, tujuan=f"Usulan dari {tanggapan}")
    return render(
        request,
        "pdpb/tanggapan/usulkan.html",
        {"t": tanggapan, "form": form, "form_bukti": bukti, "periode": periode, "judul": judul},
        status=422 if form.errors or bukti.errors else 200,
    )


def _form(request: HttpRequest, tanggapan: Tanggapan, jenis: str):
    """``(form, title, function that gives the fields of usulkan)``, with what the report says already filled in."""
    kategori = LAZIM.get(tanggapan.jenis, ("", ""))[1]
    if jenis != "baru":
        aktif = Pendaftaran.objects.for_user(request.user).aktif().select_related("identitas", "tps", "pemilih")
        versi = get_object_or_404(aktif, pemilih=tanggapan.pemilih_id)
        form, judul, isi = form_usul(request, versi, jenis)
        if jenis == "tms":
            form.initial["kategori"] = kategori
        return form, f"{judul}: {tanggapan}", lambda f: {"pemilih": versi.pemilih, **isi(f)}
    data = tanggapan.data
    awal = {"nama": data.orang_nama, "tanggal_lahir": data.orang_tanggal_lahir, "kelurahan": tanggapan.kelurahan_id,
            "alamat": data.orang_alamat, "kategori": Kategori.objects.filter(pk=kategori).first()}  # fmt: skip
    form = BaruForm(request.POST or None, initial=awal)
    if data.identitas:
        # The digits are not shown: left empty, the field means those of the report.
        form.fields["nik"].required = False
        form.fields["nik"].help_text = "Kosongkan untuk memakai NIK yang tertulis pada tanggapan."
    return form, f"Usulkan pemilih baru: {tanggapan}", lambda f: {
        "kategori": f.cleaned_data["kategori"], "elemen": f.elemen(), "nkk": f.cleaned_data["nkk"],
        "nik": f.cleaned_data["nik"] or data.identitas.nik, "kelurahan_tujuan": f.kelurahan, "tps_tujuan": f.tps,
    }  # fmt: skip


urlpatterns = [
    path(f"{ALAMAT}<int:pk>/kelengkapan/", lengkapi, name="tanggapan_lengkapi"),
    path(f"{ALAMAT}<int:pk>/cocokkan/", cocokkan, name="tanggapan_cocokkan"),
    *[
        path(f"{ALAMAT}<int:pk>/usulkan/{jenis}/", usulkan, {"jenis": jenis}, name=f"tanggapan_usulkan_{jenis}")
        for jenis in USULAN
    ],
    *[
        path(f"{ALAMAT}<int:pk>/{nama.replace('_', '-')}/", langkah, {"nama": nama}, name=f"tanggapan_{nama}")
        for nama in _LANGKAH
    ],
]
