"""The public verification pages: no login, nothing personal beyond the document itself, limited per address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from kpupalu.accounts.akses import publik
from kpupalu.lib import Refused
from kpupalu.naskah import pki, simpanan
from kpupalu.naskah.catatan import terdaftar_kode, terdaftar_untuk
from kpupalu.naskah.catatan_ttd import orang_dan_catatan, pokok_dari
from kpupalu.naskah.forms import BerkasPdfForm, KodeForm
from kpupalu.naskah.models import Naskah, ScanBasah
from kpupalu.naskah.pembatasan import boleh_lagi
from kpupalu.naskah.penyedia.lokal import folder_ca
from kpupalu.naskah.periksa import Hasil, kepercayaan_kantor, periksa, potongan
from kpupalu.naskah.views import kirim

MAKS_LIHAT = 60
MAKS_PERIKSA = 12
S = Naskah.Status
ISI_FORMULIR = require_http_methods(["GET", "HEAD", "POST"])


def _terbatas(request: HttpRequest) -> HttpResponse:
    jawab = render(request, "naskah/verifikasi_terbatas.html", status=429)
    jawab["Retry-After"] = "600"
    return jawab


def terbuka_kode(kode: str) -> Naskah:
    """The printed document with this code; drafts do not exist for the public."""
    naskah = (
        Naskah.objects.select_related("jenis", "menggantikan")
        .filter(kode_verifikasi=kode.upper(), siap_pada__isnull=False)
        .first()
    )
    if naskah is None:
        raise Http404
    return naskah


def boleh_diunduh(naskah: Naskah) -> bool:
    """Only a complete file of a kind meant for the public leaves the office, also after a newer version came."""
    return naskah.jenis.unduh_publik and naskah.lengkap_pada is not None and naskah.status != S.DITARIK


@publik
@ISI_FORMULIR
@never_cache
def verifikasi(request: HttpRequest) -> HttpResponse:
    """Enter a code, or upload a file without one."""
    form, unggah, hasil = KodeForm(), BerkasPdfForm(), None
    if request.method == "POST" and "periksa" in request.POST:
        unggah = BerkasPdfForm(request.POST, request.FILES)
        if not boleh_lagi(request, "periksa", maks=MAKS_PERIKSA):
            return _terbatas(request)
        if unggah.is_valid():
            hasil = _periksa(unggah.cleaned_data["berkas"].read(), None)
    elif request.method == "POST":
        form = KodeForm(request.POST)
        if not boleh_lagi(request, "lihat", maks=MAKS_LIHAT):
            return _terbatas(request)
        if form.is_valid():
            kode = form.cleaned_data["kode"]
            if Naskah.objects.filter(kode_verifikasi=kode, siap_pada__isnull=False).exists():
                return redirect("verifikasi_kode", kode)
            form.add_error("kode", "Kode ini tidak terdaftar. Periksa kembali huruf dan angkanya.")
    konteks = {"form": form, "unggah": unggah, "hasil": hasil, "ada_galat": bool(unggah.errors)}
    return render(request, "naskah/verifikasi.html", konteks)


@publik
@ISI_FORMULIR
@never_cache
def verifikasi_kode(request: HttpRequest, kode: str) -> HttpResponse:
    """The facts of one document, and the answer to an uploaded copy."""
    unggah, hasil = BerkasPdfForm(), None
    if not boleh_lagi(request, "lihat", maks=MAKS_LIHAT):
        return _terbatas(request)
    naskah = terbuka_kode(kode)
    if request.method == "POST":
        unggah = BerkasPdfForm(request.POST, request.FILES)
        if not boleh_lagi(request, "periksa", maks=MAKS_PERIKSA):
            return _terbatas(request)
        if unggah.is_valid():
            hasil = _periksa(unggah.cleaned_data["berkas"].read(), naskah)
    return render(
        request,
        "naskah/verifikasi_kode.html",
        {
            "naskah": naskah,
            "orang": orang_dan_catatan(naskah),
            "pokok": pokok_dari(naskah),
            "jumlah_tanda": naskah.penandatangan.filter(status="menandatangani").count(),
            "terbaru": naskah.terbaru,
            "scan": naskah.scan.filter(hasil=ScanBasah.Hasil.SESUAI).first(),
            "pengganti": naskah.pengganti.filter(siap_pada__isnull=False).order_by("-versi").first(),
            "boleh_diunduh": boleh_diunduh(naskah),
            "unggah": unggah,
            "form": unggah,
            "hasil": hasil,
        },
    )


def _periksa(pdf: bytes, naskah: Naskah | None) -> Hasil:
    """Judge *pdf* against the register; with *naskah* against that document."""
    catatan = terdaftar_kode(naskah.kode_verifikasi) if naskah else terdaftar_untuk(potongan(pdf))
    return periksa(pdf, terdaftar=catatan, kepercayaan=kepercayaan_kantor())


@publik
@require_GET
def unduh(request: HttpRequest, kode: str) -> HttpResponse:
    """The complete signed file, or the registered scan of a document signed in ink."""
    if not boleh_lagi(request, "lihat", maks=MAKS_LIHAT):
        return _terbatas(request)
    naskah = terbuka_kode(kode)
    if not boleh_diunduh(naskah):
        raise Http404
    scan, terbaru = naskah.scan.filter(hasil=ScanBasah.Hasil.SESUAI).first(), naskah.terbaru
    if naskah.cara == Naskah.Cara.BASAH and scan is not None:
        return kirim(simpanan.baca(scan.berkas), f"salinan-{naskah.nomor}", scan.berkas)
    if terbaru is None:
        raise Http404
    return kirim(simpanan.baca(terbaru.berkas), naskah.nomor)


@publik
@require_GET
def akar(request: HttpRequest) -> HttpResponse:
    """The root certificate of the office's trial CA, to check signatures without this site."""
    try:
        pem = (folder_ca() / "akar.pem").read_bytes()
    except OSError as salah:
        raise Refused("Sertifikat akar belum dibuat karena belum ada penanda tangan yang bersertifikat.") from salah
    jawab = HttpResponse(pem, content_type="application/x-pem-file")
    jawab["Content-Disposition"] = 'attachment; filename="akar.pem"'
    return jawab


@publik
@require_GET
def cara(request: HttpRequest) -> HttpResponse:
    """How to check a file without us."""
    ada = (folder_ca() / "akar.pem").is_file()
    sidik = pki.sidik(pki.muat(folder_ca()).akar) if ada else ""
    return render(request, "naskah/verifikasi_cara.html", {"ada": ada, "sidik_akar": sidik})
