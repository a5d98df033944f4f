"""The public pages of citizens' reports: no account, nothing about anybody in the list, limited per network.

No view here reads the voter list. The code of a ticket is sent by POST and then lives in the session, never in an
address.
"""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kpupalu.accounts.akses import publik
from kpupalu.aturan.models import nilai_bulat
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.pembatasan import boleh_lagi
from pdpb.actions.tanggapan import lengkapi, terima
from pdpb.cetakan_tanggapan import isi_tanda_terima
from pdpb.forms.tanggapan import LengkapiForm, TanggapanPublikForm, TiketForm
from pdpb.langkah_tanggapan import KEKURANGAN, TAHAP_PUBLIK, jawaban_publik, tahap_publik
from pdpb.models import Tanggapan

SESI = "tiket_tanggapan"
SEHARI = timedelta(days=1)
_TERBATAS = (
    "Terlalu banyak kiriman dari jaringan Anda. Tunggu sepuluh menit, lalu kirim lagi. Isian Anda masih ada di bawah; "
    "lampiran perlu dipilih kembali."
)


def _maks(kode: str) -> int:
    return nilai_bulat(kode, pada=hari_ini())


def _boleh_kirim(request: HttpRequest) -> bool:
    """Count one sending by this network against the limits of ten minutes and of a day."""
    sekali = boleh_lagi(request, "tanggapan", maks=_maks("tanggapan_maks_kirim"))
    sehari = boleh_lagi(request, "tanggapan-sehari", maks=_maks("tanggapan_maks_kirim_sehari"), selama=SEHARI)
    return sekali and sehari


def _jawab(request: HttpRequest, template: str, form, *, terbatas: bool = False, **isi) -> HttpResponse:
    status = 429 if terbatas else 422 if form.errors else 200
    jawaban = render(request, template, {"form": form, **isi}, status=status)
    if terbatas:
        jawaban["Retry-After"] = "600"
    return jawaban


@publik
@never_cache
def baru(request: HttpRequest) -> HttpResponse:
    """The form; sent once it gives a receipt at once, sent again it leads to the same receipt."""
    form, terbatas = TanggapanPublikForm(request.POST or None, request.FILES or None), False
    if request.method == "POST":
        if not boleh_lagi(request, "tanggapan-isi", maks=_maks("tanggapan_maks_tiket")):
            terbatas = True
        elif form.is_valid():
            terbatas = not _boleh_kirim(request)
            if not terbatas and (jawaban := _terima(request, form)):
                return jawaban
        if terbatas:
            form.add_error(None, _TERBATAS)
    return _jawab(request, "pdpb/tanggapan/publik_formulir.html", form, terbatas=terbatas)


def _terima(request: HttpRequest, form: TanggapanPublikForm) -> HttpResponse | None:
    try:
        tanggapan, baru_ = terima(**form.isi())
    except Refused as galat:
        form.add_error(None, str(galat))
        return None
    request.session[SESI] = tanggapan.pk
    if baru_:
        messages.success(request, "Tanggapan Anda kami terima. Simpan kode tiket di bawah ini.")
    else:
        messages.info(request, "Formulir ini sudah kami terima sebelumnya. Untuk hal lain, isi formulir baru.")
    return redirect("pdpb:tanggapan_terima")


def _tiket(request: HttpRequest) -> Tanggapan | None:
    """The ticket opened in this session, with its state."""
    pk = request.session.get(SESI)
    return Tanggapan.objects.dengan_keadaan().filter(pk=pk).first() if pk else None


@publik
@never_cache
def tanda_terima(request: HttpRequest) -> HttpResponse:
    """The receipt of the ticket of this session, to print or to photograph."""
    tanggapan = _tiket(request)
    if tanggapan is None:
        return redirect("pdpb:tanggapan_tiket")
    return render(request, "pdpb/tanggapan/tanda_terima.html", isi_tanda_terima(tanggapan))


@publik
@never_cache
def tiket(request: HttpRequest) -> HttpResponse:
    """Type the code; a wrong one is answered the same whatever is wrong with it, and only so often."""
    form, terbatas = TiketForm(request.POST or None), False
    if request.method == "POST":
        terbatas = not boleh_lagi(request, "tiket", maks=_maks("tanggapan_maks_tiket"))
        if terbatas:
            form.add_error(None, "Terlalu banyak pemeriksaan dari jaringan Anda. Tunggu sepuluh menit, lalu coba lagi.")
        elif form.is_valid():
            ketemu = Tanggapan.objects.filter(kode=form.cleaned_data["tiket"]).values_list("pk", flat=True).first()
            if ketemu:
                request.session[SESI] = ketemu
                return redirect("pdpb:tanggapan_lihat")
            form.add_error("tiket", "Kode ini tidak terdaftar. Periksa kembali huruf dan angkanya.")
    return _jawab(request, "pdpb/tanggapan/publik_tiket.html", form, terbatas=terbatas)


@publik
@never_cache
def lihat(request: HttpRequest) -> HttpResponse:
    """Where the report stands, what is missing, and the answer; with a form while something is missing."""
    tanggapan = _tiket(request)
    if tanggapan is None:
        return redirect("pdpb:tanggapan_tiket")
    form, terbatas = LengkapiForm(request.POST or None, request.FILES or None), False
    if request.method == "POST" and form.is_valid():
        terbatas = not _boleh_kirim(request)
        try:
            if terbatas:
                raise Refused(_TERBATAS)
            lengkapi(tanggapan, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Kelengkapan Anda kami terima. Tanggapan ini diperiksa kembali.")
            return redirect("pdpb:tanggapan_lihat")
    kini, kata = tahap_publik(tanggapan.kini)
    return _jawab(
        request, "pdpb/tanggapan/publik_status.html", form, terbatas=terbatas, t=tanggapan, langkah=TAHAP_PUBLIK,
        kini=kini, kata=kata, kurang=[KEKURANGAN[k] for k in tanggapan.kekurangan if k in KEKURANGAN],
        jawaban=jawaban_publik(tanggapan.kini, tanggapan.alasan_tolak),
    )  # fmt: skip


@publik
@require_POST
def tutup(request: HttpRequest) -> HttpResponse:
    """Forget the ticket in this browser, which others may use."""
    request.session.pop(SESI, None)
    messages.success(request, "Tiket ditutup pada peramban ini. Kode tiket Anda tetap berlaku.")
    return redirect("pdpb:tanggapan_tiket")


urlpatterns = [
    path("tanggapan/", baru, name="tanggapan_baru"),
    path("tanggapan/tanda-terima/", tanda_terima, name="tanggapan_terima"),
    path("tanggapan/tiket/", tiket, name="tanggapan_tiket"),
    path("tanggapan/tiket/lihat/", lihat, name="tanggapan_lihat"),
    path("tanggapan/tiket/tutup/", tutup, name="tanggapan_tutup"),
]
