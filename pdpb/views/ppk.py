"""The recap of a PPK beside ours: what came for each kecamatan, what differs line by line, and what is said."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import riwayat_untuk
from kpupalu.imports.berkas import tempat
from kpupalu.jobs.actions import start_job
from kpupalu.jobs.models import Job
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.wilayah.models import Kecamatan
from pdpb.actions import ppk as tindakan
from pdpb.actions.ppk import KOLOM_KETIK
from pdpb.cetakan import sumber_data
from pdpb.forms.ppk import JelaskanForm, KetikForm, TarikForm, UnggahForm
from pdpb.models import Periode, RekapPPK
from pdpb.pekerjaan_cetak import berkas_banding
from pdpb.ppk import Hasil, Keadaan, banding, banding_semua
from pdpb.ppk.cetakan import PEKERJAAN_BANDING
from pdpb.rekap import Rekap, rekap, rekap_beku
from pdpb.resources import banding_ppk_xlsx
from pdpb.views.cetak import LEWAT_MASA, versi_diminta

LIHAT, KELOLA = "pdpb.lihat_rekap", tindakan.PERM
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _remah(periode: Periode, *lain: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Rekap PPK", f"{reverse('pdpb:ppk_daftar')}?periode={periode.pk}"), *lain]


def _halaman(request: HttpRequest, template: str, form=None, **isi) -> HttpResponse:
    isi = {"bagian": "Data Pemilih", "form": form} | isi
    return render(request, template, isi, status=422 if form is not None and form.errors else 200)


@hak(LIHAT)
@require_safe
def daftar(request: HttpRequest) -> HttpResponse:
    """Every kecamatan of a period: its recap in force, or that there is none, and how many lines differ."""
    kode = request.GET.get("periode", "").replace("\0", "")
    semua = Periode.objects.all()
    periode = semua.filter(pk=kode).first() or semua.filter(status=Periode.Status.TERBUKA).first() or semua.first()
    if periode is None:
        return _halaman(request, "pdpb/ppk/daftar.html", periode=None)
    hasil = {h.rekap.kecamatan_id: h for h in banding_semua(periode, rekap(periode))}
    lama = RekapPPK.objects.for_user(request.user).filter(periode=periode).exclude(status=RekapPPK.Status.BERLAKU)
    return _halaman(
        request, "pdpb/ppk/daftar.html", periode=periode, semua_periode=semua,
        baris=[(k, hasil.get(k.pk)) for k in Kecamatan.objects.all()], ada=len(hasil),
        lama=lama.select_related("kecamatan", "periode", "dimuat_oleh")[:50], kelola=request.user.has_perm(KELOLA),
    )  # fmt: skip


@hak(KELOLA)
def unggah(request: HttpRequest, kode: str) -> HttpResponse:
    """Receive the file of one PPK."""
    periode = get_object_or_404(Periode, pk=kode)
    awal = {"kecamatan": request.GET.get("kecamatan", "").replace("\0", "")}
    form = UnggahForm(*((request.POST, request.FILES) if request.method == "POST" else ()), initial=awal)
    if request.method == "POST" and form.is_valid():
        isi = form.cleaned_data
        try:
            satu, baru = tindakan.muat(periode, isi["kecamatan"], isi["berkas"], oleh=request.user, asal=isi["asal"])
        except Refused as galat:
            form.add_error("berkas", str(galat))
        else:
            return _dimuat(request, satu, baru=baru)
    return _halaman(
        request, "ui/formulir.html", form, judul=f"Unggah rekap PPK {periode.nama}", tombol="Unggah dan bandingkan",
        konteks="Berkas disegel dan dibandingkan. Angka kita tidak berubah karenanya.", remah=_remah(periode),
        batal=f"{reverse('pdpb:ppk_daftar')}?periode={kode}",
    )  # fmt: skip


def _dimuat(request: HttpRequest, satu: RekapPPK, *, baru: bool) -> HttpResponse:
    if baru:
        messages.success(request, f"{satu} dimuat. Langkah berikutnya: jelaskan baris yang berbeda.")
    else:
        messages.info(request, f"Isinya sama dengan versi {satu.versi} yang berlaku, jadi tidak ada yang berubah.")
    return redirect(satu)


@hak(KELOLA)
def ketik(request: HttpRequest, kode: str, kecamatan: str) -> HttpResponse:
    """Type the figures of one PPK from paper."""
    periode = get_object_or_404(Periode, pk=kode)
    wilayah = get_object_or_404(Kecamatan, pk=kecamatan)
    form = KetikForm(request.POST if request.method == "POST" else None, kecamatan=wilayah)
    if request.method == "POST" and form.is_valid():
        try:
            satu, baru = tindakan.muat_ketikan(
                periode, wilayah, form.angka(), oleh=request.user, asal=form.cleaned_data["asal"]
            )
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            return _dimuat(request, satu, baru=baru)
    return _halaman(
        request, "pdpb/ppk/ketik.html", form, periode=periode, kecamatan=wilayah, remah=_remah(periode),
        kolom=[judul for _, judul in KOLOM_KETIK], batal=f"{reverse('pdpb:ppk_daftar')}?periode={kode}",
    )  # fmt: skip


def _satu(request: HttpRequest, pk: int) -> RekapPPK:
    kaitan = ("periode", "kecamatan", "berkas", "dimuat_oleh")
    return get_object_or_404(RekapPPK.objects.for_user(request.user).select_related(*kaitan), pk=pk)


def _hasil(request: HttpRequest, satu: RekapPPK) -> tuple[Hasil, Rekap]:
    """The comparison with the figures in force, or with the frozen version that the address asks for."""
    snapshot = versi_diminta(request, satu.periode)
    data = rekap_beku(snapshot) if snapshot else rekap(satu.periode)
    return banding(satu, data), data


@hak(LIHAT)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One recap held against ours; ``?tampil=semua`` shows the lines that are the same too."""
    return _halaman_detail(request, _satu(request, pk))


def _halaman_detail(request: HttpRequest, satu: RekapPPK, form: JelaskanForm | None = None) -> HttpResponse:
    hasil, data = _hasil(request, satu)
    semua = request.GET.get("tampil") == "semua"
    boleh = request.user.has_perm(KELOLA) and satu.status == RekapPPK.Status.BERLAKU and not request.GET.get("versi")
    angka = [{"label": label, "nilai": hasil.banyak(k)} for k, label in _LABEL]
    return _halaman(
        request, "pdpb/ppk/detail.html", form or (JelaskanForm() if boleh else None), satu=satu, hasil=hasil,
        baris=hasil.baris if semua else hasil.berbeda, semua=semua, boleh=boleh, sumber=sumber_data(data),
        angka=[*angka, {"label": "Belum dijelaskan", "nilai": hasil.belum, "genting": bool(hasil.belum)}],
        remah=_remah(satu.periode), riwayat=riwayat_untuk(satu, request.user),
        dicentang=set(request.POST.getlist("baris")),
    )  # fmt: skip


_LABEL = (
    (Keadaan.SAMA, "Sama"), (Keadaan.BEDA, "Berbeda"), (Keadaan.TIDAK_ADA, "Tidak ada pada PPK"),
    (Keadaan.ASING, "Tidak dikenal"), (Keadaan.KEMBAR, "Dua kali"),
)  # fmt: skip


@hak(KELOLA)
@require_POST
def jelaskan(request: HttpRequest, pk: int) -> HttpResponse:
    """Write one explanation or follow-up to the ticked lines."""
    satu, form = _satu(request, pk), JelaskanForm(request.POST)
    if form.is_valid():
        try:
            n = tindakan.jelaskan(
                satu, [k.replace("\0", "") for k in request.POST.getlist("baris")], oleh=request.user,
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{ribuan(n)} baris dijelaskan.")
            return redirect(satu)
    return _halaman_detail(request, satu, form)


@hak(KELOLA)
def tarik(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the version in force back."""
    satu = _satu(request, pk)
    form = TarikForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            tindakan.tarik(satu, alasan=form.cleaned_data["alasan"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{satu} ditarik. Muat rekap yang benar bila sudah ada.")
            return redirect(satu)
    return _halaman(
        request, "ui/konfirmasi.html", form, judul=f"Tarik {satu}", tombol="Tarik rekap", genting=True,
        akibat=["Rekap ini tidak lagi dibandingkan; berkas, baris, dan penjelasannya tetap dapat dibaca."],
        dapat_dibatalkan="Tidak dapat dibatalkan; unggah lagi bila perlu.", batal=satu.get_absolute_url(),
        remah=_remah(satu.periode, (str(satu), satu.get_absolute_url())),
    )  # fmt: skip


@hak(LIHAT)
@require_safe
def xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole comparison as a spreadsheet, for the pleno."""
    satu = _satu(request, pk)
    hasil, data = _hasil(request, satu)
    jawaban = HttpResponse(banding_ppk_xlsx(hasil, data), content_type=XLSX)
    nama = f"banding-ppk-{satu.periode_id}-{satu.kecamatan_id}-v{satu.versi}.xlsx"
    jawaban["Content-Disposition"] = f'attachment; filename="{nama}"'
    return jawaban


@hak(LIHAT)
@require_POST
def cetak(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the comparison, with the version of ours that the page showed; the work itself is a job."""
    satu = _satu(request, pk)
    beku = versi_diminta(request, satu.periode)
    job = start_job(PEKERJAAN_BANDING, by=request.user, rekap=satu.pk, snapshot=beku.pk if beku else None)
    return redirect("jobs:detail", job.pk)


def _cetakan(request: HttpRequest, pk: int) -> tuple[Job, RekapPPK]:
    jobs = Job.objects.for_user(request.user)
    job = get_object_or_404(jobs, pk=pk, kind=PEKERJAAN_BANDING, status="selesai")
    return job, _satu(request, job.params["rekap"])


def _sudah_dihapus(request: HttpRequest, satu: RekapPPK) -> HttpResponse:
    messages.info(request, LEWAT_MASA)
    return redirect(satu)


@hak(LIHAT)
@require_safe
def cetakan(request: HttpRequest, pk: int) -> HttpResponse:
    """A printed comparison: of which recap, its digest, and the file."""
    job, satu = _cetakan(request, pk)
    if not berkas_banding(job).is_file():
        return _sudah_dihapus(request, satu)
    return _halaman(request, "pdpb/cetak/banding_ppk_siap.html", job=job, satu=satu)


@hak(LIHAT)
@require_safe
def cetakan_unduh(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The PDF of a printed comparison; it holds no voter."""
    job, satu = _cetakan(request, pk)
    nama = f"banding-ppk-{satu.periode_id}-{satu.kecamatan_id}-v{satu.versi}-{job.pk}.pdf"
    try:
        isi = berkas_banding(job).open("rb")
    except FileNotFoundError:
        return _sudah_dihapus(request, satu)
    return FileResponse(isi, as_attachment=True, filename=nama)


@hak(KELOLA)
@require_safe
def asli(request: HttpRequest, pk: int) -> FileResponse:
    """The sealed original, to save and never to run."""
    satu = _satu(request, pk)
    akhiran = satu.berkas.nama.rpartition(".")[2].lower()
    nama = f"rekap-ppk-{satu.periode_id}-{satu.kecamatan_id}-v{satu.versi}.{akhiran if akhiran.isalnum() else 'bin'}"
    jawaban = FileResponse(
        tempat(satu.berkas).open("rb"), as_attachment=True, filename=nama, content_type="application/octet-stream"
    )
    jawaban["Cache-Control"] = "no-store"
    return jawaban


urlpatterns = [
    path("rekap-ppk/", daftar, name="ppk_daftar"),
    path("rekap-ppk/<int:pk>/", detail, name="ppk_detail"),
    path("rekap-ppk/<int:pk>/jelaskan/", jelaskan, name="ppk_jelaskan"),
    path("rekap-ppk/<int:pk>/tarik/", tarik, name="ppk_tarik"),
    path("rekap-ppk/<int:pk>/xlsx/", xlsx, name="ppk_xlsx"),
    path("rekap-ppk/<int:pk>/cetak/", cetak, name="ppk_cetak"),
    path("rekap-ppk/cetakan/<int:pk>/", cetakan, name="ppk_cetakan"),
    path("rekap-ppk/cetakan/<int:pk>/unduh/", cetakan_unduh, name="ppk_cetakan_unduh"),
    path("rekap-ppk/<int:pk>/asli/", asli, name="ppk_asli"),
    path("rekap-ppk/<slug:kode>/unggah/", unggah, name="ppk_unggah"),
    path("rekap-ppk/<slug:kode>/ketik/<str:kecamatan>/", ketik, name="ppk_ketik"),
]
