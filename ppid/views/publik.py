"""The public pages: ask without an account, and follow a request with its number and secret code.

The code is sent by POST and then lives in the session, never in an address.
"""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kpupalu.accounts.akses import publik
from kpupalu.aturan.models import nilai_bulat
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.pembatasan import boleh_lagi
from ppid.actions.berkas import baca_rilis
from ppid.actions.keberatan import isi_awal_formulir
from ppid.actions.penyerahan import berkas_pemohon, catat_unduhan
from ppid.actions.permohonan import daftarkan, lengkapi
from ppid.documents import isi_tanda_bukti
from ppid.forms.permohonan import LengkapiForm, PermohonanPublikForm, TiketForm
from ppid.langkah import KEKURANGAN, TAHAP_PUBLIK, tahap_publik
from ppid.mirip import entri_mirip, jawaban_mirip
from ppid.models import LampiranPermohonan, Permohonan
from ppid.models.penyerahan import batas_unduh
from ppid.views.berkas import unduhan

SESI = "tiket_permohonan"
SEHARI = timedelta(days=1)
_TERBATAS = (
    "Terlalu banyak kiriman dari jaringan Anda. Tunggu sepuluh menit, lalu kirim lagi. Isian Anda masih ada di bawah; "
    "lampiran perlu dipilih kembali."
)


def _maks(kode: str) -> int:
    return nilai_bulat(kode, pada=hari_ini())


def _boleh_kirim(request: HttpRequest) -> bool:
    sekali = boleh_lagi(request, "permohonan", maks=_maks("ppid_maks_kirim"))
    sehari = boleh_lagi(request, "permohonan-sehari", maks=_maks("ppid_maks_kirim_sehari"), selama=SEHARI)
    return sekali and sehari


def _jawab(request: HttpRequest, template: str, form, *, terbatas: bool = False, **isi) -> HttpResponse:
    jawaban = render(request, template, {"form": form, **isi}, status=429 if terbatas else 422 if form.errors else 200)
    if terbatas:
        jawaban["Retry-After"] = "600"
    return jawaban


@publik
@never_cache
def ajukan(request: HttpRequest) -> HttpResponse:
    """The form; sent once it gives number, code and last day at once, sent again it leads to the same receipt.

    What is already published about the same thing is shown once before that.
    """
    form, terbatas = PermohonanPublikForm(request.POST or None, request.FILES or None), False
    if request.method == "POST" and form.is_valid():
        if tersedia := _mungkin_tersedia(request, form):
            return tersedia
        terbatas = not _boleh_kirim(request)
        if terbatas:
            form.add_error(None, _TERBATAS)
        elif jawaban := _daftarkan(request, form):
            return jawaban
    return _jawab(request, "ppid/publik/formulir.html", form, terbatas=terbatas)


def _mungkin_tersedia(request: HttpRequest, form: PermohonanPublikForm) -> HttpResponse | None:
    """Once, before anything is registered: what was published or answered about the same thing.

    Not when files came along: a browser cannot keep them for a second sending.
    """
    if form.cleaned_data["sudah_lihat"] or request.FILES:
        return None
    teks = " ".join(form.isi()["butir"])
    entri, terjawab = entri_mirip(teks), jawaban_mirip(teks)
    if not entri and not terjawab:
        return None
    isian = request.POST.copy()
    isian["sudah_lihat"] = "1"
    isi = {"form": PermohonanPublikForm(isian), "entri": entri, "terjawab": terjawab, "sudah_ada": True}
    return render(request, "ppid/publik/formulir.html", isi)


def _daftarkan(request: HttpRequest, form: PermohonanPublikForm) -> HttpResponse | None:
    try:
        p, baru = daftarkan(**form.isi())
    except Refused as galat:
        form.add_error(None, str(galat))
        return None
    request.session[SESI] = p.pk
    if baru:
        messages.success(request, "Permohonan Anda terdaftar. Simpan nomor dan kode tiket di bawah ini.")
    else:
        messages.info(request, "Formulir ini sudah kami terima sebelumnya. Untuk hal lain, isi formulir baru.")
    return redirect("ppid:tanda_terima")


def _tiket(request: HttpRequest) -> Permohonan | None:
    pk = request.session.get(SESI)
    return Permohonan.objects.filter(pk=pk).first() if pk else None


@publik
@never_cache
def tanda_terima(request: HttpRequest) -> HttpResponse:
    """The receipt of the ticket of this session: number, code, last day and how it was counted."""
    p = _tiket(request)
    if p is None:
        return redirect("ppid:tiket")
    return render(request, "ppid/publik/tanda_bukti.html", isi_tanda_bukti(p))


@publik
@never_cache
def tiket(request: HttpRequest) -> HttpResponse:
    """Type number and code; a wrong pair is answered the same whatever is wrong with it, and only so often."""
    form, terbatas = TiketForm(request.POST or None), False
    if request.method == "POST":
        terbatas = not boleh_lagi(request, "tiket-permohonan", maks=_maks("ppid_maks_tiket"))
        if terbatas:
            form.add_error(None, "Terlalu banyak pemeriksaan dari jaringan Anda. Tunggu sepuluh menit, lalu coba lagi.")
        elif form.is_valid():
            p = Permohonan.objects.filter(nomor__iexact=form.cleaned_data["nomor"].strip()).first()
            if p and constant_time_compare(p.kode, form.cleaned_data["kode"]):
                request.session[SESI] = p.pk
                return redirect("ppid:tiket_lihat")
            form.add_error(None, "Nomor dan kode ini tidak cocok. Periksa kembali huruf dan angkanya.")
    return _jawab(request, "ppid/publik/tiket.html", form, terbatas=terbatas)


@publik
@never_cache
def tiket_lihat(request: HttpRequest) -> HttpResponse:
    """Where the request stands, what is missing, when the answer is due and why, the answer of each item."""
    p = _tiket(request)
    if p is None:
        return redirect("ppid:tiket")
    form, terbatas = LengkapiForm(request.POST or None, request.FILES or None), False
    if request.method == "POST" and form.is_valid():
        terbatas = not _boleh_kirim(request)
        try:
            if terbatas:
                raise Refused(_TERBATAS)
            berkas = [(LampiranPermohonan.Jenis.LAIN, x) for x in form.cleaned_data["berkas"]]
            lengkapi(p, lampiran=berkas, keterangan=form.cleaned_data["keterangan"])
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Kelengkapan Anda kami terima dan diperiksa petugas.")
            return redirect("ppid:tiket_lihat")
    kini, kata = tahap_publik(p.status)
    dijawab = p.dijawab_pada is not None
    berkas, tertahan = berkas_pemohon(p)
    return _jawab(
        request, "ppid/publik/status.html", form, terbatas=terbatas, langkah=TAHAP_PUBLIK, kini=kini, kata=kata,
        kurang=[KEKURANGAN[k] for k in p.kekurangan], dijawab=dijawab,
        menunggu=p.status == Permohonan.Status.BELUM_LENGKAP, keberatan=list(p.keberatan.all()),
        hak_keberatan=isi_awal_formulir(p, hari_ini()), dicabut=p.status == Permohonan.Status.DICABUT,
        berkas=berkas, tertahan=tertahan, batas=batas_unduh(p), **isi_tanda_bukti(p),
    )  # fmt: skip


@publik
@never_cache
@require_GET
def tiket_berkas(request: HttpRequest, pk: int) -> HttpResponse:
    """One released file of the ticket of this session, as long as it may be downloaded; each download is counted."""
    p = _tiket(request)
    if p is None:
        return redirect("ppid:tiket")
    berkas = next((b for b in berkas_pemohon(p)[0] if b.pk == pk), None)
    if berkas is None:
        raise Http404
    if not boleh_lagi(request, "unduh-jawaban", maks=_maks("ppid_maks_unduh")):
        raise Refused("Terlalu banyak unduhan dari jaringan Anda. Tunggu sepuluh menit, lalu coba lagi.")
    jawab = unduhan(berkas, baca_rilis(berkas))
    catat_unduhan(berkas)
    return jawab


@publik
@require_POST
def tiket_tutup(request: HttpRequest) -> HttpResponse:
    """Forget the ticket in this browser, which others may use."""
    request.session.pop(SESI, None)
    messages.success(request, "Tiket ditutup pada peramban ini. Nomor dan kode Anda tetap berlaku.")
    return redirect("ppid:tiket")


urlpatterns = [
    path("informasi/ajukan/", ajukan, name="ajukan"),
    path("informasi/tanda-terima/", tanda_terima, name="tanda_terima"),
    path("informasi/tiket/", tiket, name="tiket"),
    path("informasi/tiket/lihat/", tiket_lihat, name="tiket_lihat"),
    path("informasi/tiket/berkas/<int:pk>/", tiket_berkas, name="tiket_berkas"),
    path("informasi/tiket/tutup/", tiket_tutup, name="tiket_tutup"),
]
