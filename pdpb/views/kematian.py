"""The waiting room of suspected deaths: the queue, one person, and the letters to the lurah."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.models import Naskah
from kpupalu.ui.daftar import ambil_halaman_dari
from kpupalu.wilayah.models import Kelurahan
from pdpb.actions.dugaan import PEKERJAAN_DUGAAN, terima_daftar
from pdpb.actions.kematian import laporkan, nyatakan_hidup, susun_surat, terima_dokumen, tindak_lanjuti
from pdpb.forms.kematian import (
    DaftarDugaanForm,
    DokumenForm,
    HidupForm,
    LaporForm,
    SaringKematianForm,
    SuratForm,
    TindakLanjutForm,
)
from pdpb.kematian import (
    bertarget,
    hari_menunggu,
    hari_palu,
    jumlah_per_kelurahan,
    keadaan,
    lewat_target,
    ruang_tunggu,
    target_lama,
    target_pada,
    target_tanggal,
)
from pdpb.models import BarisCoktas, Dugaan, Pendaftaran, Periode, SuratKematian
from pdpb.views.perubahan import nomor_dari

LIHAT, CATAT = "pdpb.lihat_pemilih", "pdpb.catat_kematian"
_BAGIAN = {"bagian": "Data Pemilih"}
# A letter that nobody reads to the end helps nobody; more people get a second letter.
MAKS_SURAT = 100


def saring(user, query):
    """The rows of the queue that a query string asks for, and the filter's form."""
    form = SaringKematianForm({k: v.replace("\0", "") for k, v in query.items()})
    isi = form.cleaned_data if form.is_valid() else {}
    baris = ruang_tunggu(user, asal=isi.get("asal", ""))
    if isi.get("kelurahan"):
        baris = baris.filter(kelurahan=isi["kelurahan"])
    if isi.get("lewat"):
        baris = lewat_target(baris)
    if target := isi.get("target"):
        baris = bertarget(baris, target, target)
    return baris, form


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """Everybody who waits, the longest first; counts per kelurahan lead to its rows and its letter."""
    pakai("telusur_pemilih", oleh=request.user)
    baris, form = saring(request.user, request.GET)
    halaman = ambil_halaman_dari(request, baris.select_related("kelurahan"), ("sejak", "id"))
    _lengkapi(halaman.baris)
    catat_akses("lihat", None, oleh=request.user, objek_label="Ruang tunggu kematian", jumlah=len(halaman))
    wilayah_semua = jumlah_per_kelurahan(ruang_tunggu(request.user))
    wilayah = (
        Kelurahan.objects.filter(pk=form.cleaned_data.get("kelurahan") or "-").first() if form.is_valid() else None
    )
    return render(
        request,
        "pdpb/kematian/daftar.html",
        {
            "form": form,
            "halaman": halaman,
            "jumlah": baris.count() if any(request.GET.values()) else sum(k["n"] for k in wilayah_semua),
            "per_kelurahan": wilayah_semua,
            "target": target_lama(),
            "lewat": sum(k["lewat"] for k in wilayah_semua),
            "wilayah": wilayah,
            "surat": SuratKematian.objects.filter(kelurahan=wilayah).select_related("dibuat_oleh") if wilayah else [],
        },
    )


def _lengkapi(baris: list[Pendaftaran]) -> None:
    """Each of *baris* knows its ``keadaan`` and how many days it waits."""
    semua, target = keadaan(v.pemilih_id for v in baris), target_tanggal(v.sejak for v in baris)
    for versi in baris:
        versi.keadaan = semua[versi.pemilih_id]
        versi.hari = hari_menunggu(versi.sejak)
        versi.terlambat = target[hari_palu(versi.sejak)].tanggal < hari_ini()


def _orang(request: HttpRequest, pk: int) -> Pendaftaran:
    """The latest version of one person, waiting or not; 404 without the right or when there is none."""
    kaitan = ("pemilih", "kelurahan__kecamatan", "identitas")
    versi = (
        Pendaftaran.objects.for_user(request.user).filter(pemilih=pk).select_related(*kaitan).order_by("-id").first()
    )
    if versi is None:
        raise Http404
    return versi


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One suspected death: sources, what is missing, whom to ask, what was tried, and its history."""
    pakai("baca_pemilih", oleh=request.user)
    return _halaman(request, _orang(request, pk))


def _halaman(request: HttpRequest, versi: Pendaftaran, **form) -> HttpResponse:
    menunggu = ruang_tunggu(request.user).filter(pemilih=versi.pemilih_id).first()
    catat_akses("lihat", versi.pemilih, oleh=request.user, tujuan="Ruang tunggu kematian")
    kini = {"tanggal": hari_ini()}
    isi = {
        "tindak": TindakLanjutForm(initial=kini | {"kunci": uuid4()}),
        "dokumen": DokumenForm(prefix="dok"),
        "hidup": HidupForm(prefix="hidup"),
    } | form
    salah = next((f for f in form.values() if f.errors), None)
    return render(
        request,
        "pdpb/kematian/detail.html",
        _BAGIAN
        | isi
        | {
            "v": versi,
            "menunggu": menunggu,
            "hari": hari_menunggu(menunggu.sejak) if menunggu else 0,
            "target": target_pada(menunggu.sejak) if menunggu else None,
            "hari_ini": hari_ini(),
            "k": keadaan([versi.pemilih_id])[versi.pemilih_id],
            "laporan_lama": Dugaan.objects.filter(pemilih=versi.pemilih_id, status=Dugaan.Status.SELESAI),
            "kunjungan": BarisCoktas.objects.filter(pemilih=versi.pemilih_id).exclude(hasil="").order_by("-pk"),
            "riwayat": riwayat_untuk(versi.pemilih, request.user),
            "galat": salah,
            "ada_galat": bool(salah),
        },
        status=422 if salah else 200,
    )


@hak(CATAT)
def lapor(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a report of a death without a document."""
    versi = _orang(request, pk)
    form = LaporForm(request.POST or None, initial={"tanggal": hari_ini()})
    if request.method == "POST" and form.is_valid():
        try:
            laporkan(versi.pemilih, jenis=Dugaan.Jenis.MENINGGAL, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Laporan dicatat. Orang ini menunggu dokumen dan tetap ada dalam daftar.")
            return redirect("pdpb:kematian_detail", pk)
    pakai("baca_pemilih", oleh=request.user)
    catat_akses("lihat", versi.pemilih, oleh=request.user, tujuan="Mencatat dugaan meninggal")
    return render(
        request,
        "ui/formulir.html",
        _BAGIAN
        | {
            "judul": f"Catat dugaan meninggal: {versi.nama}",
            "konteks": "Laporan tanpa dokumen tidak mengubah daftar dan angka.",
            "remah": [("Ruang tunggu kematian", reverse("pdpb:kematian_daftar"))],
            "form": form,
            "tombol": "Catat laporan",
            "batal": reverse("pdpb:pemilih_detail", args=[pk]),
        },
        status=422 if form.errors else 200,
    )


@hak(CATAT)
@require_POST
def tindak(request: HttpRequest, pk: int) -> HttpResponse:
    """Record one attempt to get the document."""
    versi = _orang(request, pk)
    form = TindakLanjutForm(request.POST)
    if form.is_valid():
        try:
            tindak_lanjuti(versi.pemilih, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Tindak lanjut dicatat.")
            return redirect("pdpb:kematian_detail", pk)
    return _halaman(request, versi, tindak=form)


@hak(CATAT)
@require_POST
def dokumen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in the document; the proposal goes on to verification."""
    versi = _orang(request, pk)
    form = DokumenForm(request.POST, request.FILES, prefix="dok")
    if form.is_valid():
        periode = Periode.objects.filter(status=Periode.Status.TERBUKA).first()
        try:
            bukti = form.susun(oleh=request.user)
            usulan = terima_dokumen(versi.pemilih, bukti=bukti, periode=periode, oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Dokumen diterima. Langkah berikutnya: verifikasi oleh petugas lain.")
            return redirect("pdpb:perubahan_detail", usulan.pk)
    return _halaman(request, versi, dokumen=form)


@hak("pdpb.verifikasi_perubahan")
@require_POST
def hidup(request: HttpRequest, pk: int) -> HttpResponse:
    """Close every question about somebody who is alive."""
    versi = _orang(request, pk)
    form = HidupForm(request.POST, prefix="hidup")
    if form.is_valid():
        try:
            nyatakan_hidup(versi.pemilih, alasan=form.cleaned_data["alasan"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Dicatat masih hidup. Dugaan ditutup dan orang ini tetap dalam daftar.")
            return redirect("pdpb:kematian_detail", pk)
    return _halaman(request, versi, hidup=form)


@hak(CATAT)
def surat(request: HttpRequest, kode: str) -> HttpResponse:
    """Draft the letter to one lurah with the ticked people; those in no letter yet are ticked already."""
    kelurahan = get_object_or_404(Kelurahan.objects.select_related("kecamatan"), pk=kode)
    form = SuratForm(request.POST or None, initial={"tanggal": hari_ini(), "kunci": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            dipilih = nomor_dari(request.POST.getlist("id"))
            _, naskah = susun_surat(kelurahan, pemilih=dipilih, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Konsep surat disusun. Langkah berikutnya: beri nomor dan cetak.")
            return redirect(naskah)
    pakai("telusur_pemilih", oleh=request.user)
    menunggu = ruang_tunggu(request.user).filter(kelurahan=kelurahan).order_by("sejak", "id")
    baris = list(menunggu[:MAKS_SURAT])
    _lengkapi(baris)
    catat_akses("lihat", None, oleh=request.user, objek_label=f"Calon surat Lurah {kelurahan}", jumlah=len(baris))
    dipilih = set(nomor_dari(request.POST.getlist("id")))
    for v in baris:
        v.dipilih = v.pemilih_id in dipilih if request.method == "POST" else not v.keadaan.surat
    return render(
        request,
        "pdpb/kematian/surat.html",
        {"form": form, "kelurahan": kelurahan, "baris": baris, "jumlah": menunggu.count(), "maks": MAKS_SURAT},
        status=422 if form.errors else 200,
    )


@hak(CATAT)
def muat(request: HttpRequest) -> HttpResponse:
    """Take in a list of suspicions; reading it is a job."""
    form = DaftarDugaanForm(request.POST or None, request.FILES or None, initial={"tanggal": hari_ini()})
    if request.method == "POST" and form.is_valid():
        try:
            job = terima_daftar(oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error("berkas", str(galat))
        else:
            return redirect("jobs:detail", job.pk)
    return render(
        request,
        "ui/formulir.html",
        _BAGIAN
        | {
            "judul": "Muat daftar dugaan",
            "konteks": "Misalnya C-Pemberitahuan yang kembali. Setiap baris menjadi dugaan; daftar pemilih tetap.",
            "remah": [("Ruang tunggu kematian", reverse("pdpb:kematian_daftar"))],
            "form": form,
            "tombol": "Unggah dan muat",
            "batal": reverse("pdpb:kematian_daftar"),
        },
        status=422 if form.errors else 200,
    )


@hak(CATAT)
def dimuat(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a list: counts, and the row numbers that were left out."""
    job = get_object_or_404(Job.objects.for_user(request.user), pk=pk, kind=PEKERJAAN_DUGAAN, status="selesai")
    h = job.hasil
    angka = [
        {"label": "Baris dibaca", "nilai": h["dibaca"]},
        {"label": "Dugaan baru", "nilai": h["baru"]},
        {"label": "Sudah tercatat", "nilai": h["sudah_ada"]},
        {"label": "Tidak ada dalam daftar", "nilai": h["tidak_ditemukan"]},
        {"label": "NIK milik dua baris", "nilai": h["lebih_dari_satu"]},
        {"label": "Alasan lain", "nilai": h["tanpa_dugaan"]},
    ]
    return render(request, "pdpb/kematian/dimuat.html", {"job": job, "angka": angka, "h": h})


@hak(LIHAT)
def surat_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """From a letter to its document, for those who may read it."""
    satu = get_object_or_404(SuratKematian, pk=pk)
    naskah = Naskah.objects.for_user(request.user).subjek(satu._meta.label_lower, satu.pk).first()
    if naskah is None:
        raise Http404
    return redirect(naskah)


urlpatterns = [
    path("kematian/", daftar, name="kematian_daftar"),
    path("kematian/muat/", muat, name="kematian_muat"),
    path("kematian/muat/<int:pk>/", dimuat, name="kematian_dimuat"),
    path("kematian/surat/<str:kode>/", surat, name="kematian_surat"),
    path("kematian/naskah/<int:pk>/", surat_detail, name="kematian_naskah"),
    path("kematian/<int:pk>/", detail, name="kematian_detail"),
    path("kematian/<int:pk>/lapor/", lapor, name="kematian_lapor"),
    path("kematian/<int:pk>/tindak-lanjut/", tindak, name="kematian_tindak"),
    path("kematian/<int:pk>/dokumen/", dokumen, name="kematian_dokumen"),
    path("kematian/<int:pk>/hidup/", hidup, name="kematian_hidup"),
]
