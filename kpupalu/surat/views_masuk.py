"""Pages of the incoming letters: agenda, one letter with its chain, and what one may do with it."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.views import kirim
from kpupalu.surat import documents
from kpupalu.surat import masuk as aksi
from kpupalu.surat.forms import (
    BalasanForm,
    CatatanForm,
    DisposisiForm,
    HasilForm,
    KosongForm,
    SaringMasukForm,
    SuratMasukForm,
)
from kpupalu.surat.halaman import berhasil, cip, ditolak, sehalaman, tampil
from kpupalu.surat.lampiran import kirim_lampiran
from kpupalu.surat.models import Disposisi, Sifat, SuratKeluar, SuratMasuk

BACA, KELOLA = "surat.baca_surat", "surat.kelola_surat_masuk"
ISI_FORMULIR = require_http_methods(["GET", "HEAD", "POST"])
S = SuratMasuk.Status
D = Disposisi.Status


def ambil(request: HttpRequest, pk: int) -> SuratMasuk:
    """The letter *pk* if the person may read it; otherwise it does not exist."""
    return get_object_or_404(
        SuratMasuk.objects.for_user(request.user).select_related("instansi", "berkas", "balasan__naskah"), pk=pk
    )


def _saring(surat: QuerySet, form: SaringMasukForm, user) -> QuerySet:
    if not form.is_valid():
        return surat
    isi = form.cleaned_data
    if kata := isi["kata"].strip():
        # The subject of a secret letter is found by nobody, because no list may show it.
        hal = Q(hal__icontains=kata) & ~Q(sifat=Sifat.RAHASIA)
        surat = surat.filter(
            hal | Q(pengirim__icontains=kata) | Q(nomor_agenda__icontains=kata) | Q(nomor_surat__icontains=kata)
        )
    if isi["status"]:
        surat = surat.filter(status=isi["status"])
    if isi["antrean"] in ("saya", "terlambat"):
        milik = Disposisi.objects.filter(kepada=user, status__in=[D.MENUNGGU, D.DIKERJAKAN])
        if isi["antrean"] == "terlambat":
            milik = milik.filter(batas__lt=hari_ini())
        surat = surat.filter(pk__in=milik.values("surat"))
    elif isi["antrean"] == "pimpinan":
        surat = surat.filter(status=S.DI_PIMPINAN)
    elif isi["antrean"] == "terbuka":
        surat = surat.exclude(status__in=[S.SELESAI, S.ARSIP])
    return surat


@hak(BACA)
@require_GET
def daftar(request: HttpRequest) -> HttpResponse:
    """The agenda as far as the person may see it, newest first."""
    form = SaringMasukForm(request.GET or None)
    surat = _saring(SuratMasuk.objects.for_user(request.user), form, request.user)
    return tampil(
        request,
        "surat/masuk_daftar.html",
        halaman=sehalaman(request, surat),
        saring=form,
        cip=cip(request, form),
        hari_ini=hari_ini(),
    )


@hak(BACA)
@require_GET
@never_cache
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: what it is, its chain, what the person may do now. Reading is logged where it must be."""
    surat = ambil(request, pk)
    aksi.tandai_dibaca(surat, request.user)
    if aksi.perlu_dicatat_baca(surat):
        catat_akses("lihat", surat, oleh=request.user, tujuan="Membaca surat masuk")
    milik = aksi.disposisi_terbuka(surat, request.user)
    kelola = request.user.has_perm(KELOLA)
    return tampil(
        request,
        "surat/masuk_detail.html",
        surat=surat,
        rantai=surat.disposisi.select_related("dari", "kepada"),
        milik=milik,
        boleh_disposisi=aksi.boleh_disposisi(surat, request.user),
        boleh_naikkan=kelola and surat.status == S.DIAGENDAKAN,
        boleh_jawab=(kelola or milik) and surat.status in {S.DIDISPOSISI, S.DIPROSES},
        boleh_selesai=(kelola or request.user.has_perm("surat.disposisi_surat"))
        and surat.status in {S.DI_PIMPINAN, S.DIDISPOSISI, S.DIPROSES, S.DIJAWAB},
        boleh_arsip=kelola and surat.status in {S.SELESAI, S.DI_PIMPINAN},
        hari_ini=hari_ini(),
        riwayat=riwayat_untuk(surat, request.user),
    )


def _berkas_dibaca(request: HttpRequest, surat: SuratMasuk, tindakan: str) -> None:
    if aksi.perlu_dicatat_baca(surat):
        catat_akses(tindakan, surat, oleh=request.user, tujuan="Membuka berkas surat masuk")


@hak(BACA)
@require_GET
def berkas(request: HttpRequest, pk: int) -> HttpResponse:
    """The sealed file of the letter."""
    surat = ambil(request, pk)
    if surat.berkas is None:
        raise Http404
    _berkas_dibaca(request, surat, "lihat")
    return kirim_lampiran(surat.berkas, f"surat-masuk-{surat.nomor_agenda}")


@hak(BACA)
@require_GET
def lembar(request: HttpRequest, pk: int) -> HttpResponse:
    """The disposition sheet as PDF."""
    surat = ambil(request, pk)
    _berkas_dibaca(request, surat, "cetak")
    return kirim(documents.lembar_disposisi(surat), f"disposisi-{surat.nomor_agenda}")


@hak(KELOLA)
@ISI_FORMULIR
def baru(request: HttpRequest) -> HttpResponse:
    """Record a letter that arrived."""
    form = SuratMasukForm(
        request.POST or None, request.FILES or None, initial={"tanggal_terima": f"{hari_ini():%d-%m-%Y}"}
    )
    if request.method == "POST" and form.is_valid():
        surat = form.save(commit=False)
        if not ditolak(form, lambda: aksi.agendakan(surat, berkas=form.cleaned_data.get("berkas"), by=request.user)):
            messages.success(
                request,
                f"Surat dicatat dengan nomor agenda {surat.nomor_agenda}. Langkah berikutnya: naikkan ke pimpinan.",
            )
            return redirect(surat)
    return tampil(
        request, "ui/formulir.html", judul="Catat surat masuk", form=form, tombol="Catat surat",
        remah=[("Surat masuk", reverse("surat:masuk_daftar"))], batal=reverse("surat:masuk_daftar"),
    )  # fmt: skip


def _halaman(request: HttpRequest, surat: SuratMasuk, judul: str, form, tombol: str, **lain) -> HttpResponse:
    return tampil(
        request, lain.pop("template", "ui/formulir.html"), judul=judul, form=form, tombol=tombol,
        remah=[("Surat masuk", reverse("surat:masuk_daftar")), (str(surat), surat.get_absolute_url())],
        batal=surat.get_absolute_url(), konteks=f"{surat.pengirim}: {surat.hal_daftar}", **lain,
    )  # fmt: skip


@hak(KELOLA)
@require_POST
def naikkan(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay the letter before the leadership."""
    surat = aksi.naikkan(ambil(request, pk), by=request.user)
    messages.success(request, "Surat dinaikkan ke pimpinan dan menunggu disposisi.")
    return redirect(surat)


@hak(BACA)
@ISI_FORMULIR
def disposisi(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an instruction, or pass one's own on."""
    surat = ambil(request, pk)
    if not (request.user.has_perm("surat.disposisi_surat") or aksi.disposisi_terbuka(surat, request.user)):
        raise Http404
    if not (verdict := aksi.boleh_disposisi(surat, request.user)):
        messages.info(request, verdict.reason)
        return redirect(surat)
    form = DisposisiForm(request.POST or None, orang=aksi.penerima_disposisi(request.user))
    if berhasil(
        request, form, lambda: aksi.disposisikan(surat, **form.cleaned_data, by=request.user), "Disposisi disimpan."
    ):
        return redirect(surat)
    return _halaman(request, surat, "Disposisi", form, "Simpan disposisi")


def _disposisi_saya(request: HttpRequest, pk: int) -> tuple[SuratMasuk, Disposisi]:
    surat = ambil(request, pk)
    milik = aksi.disposisi_terbuka(surat, request.user)
    if milik is None:
        raise Http404
    return surat, milik


@hak(BACA)
@require_POST
def kerjakan(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin with one's instruction."""
    surat, milik = _disposisi_saya(request, pk)
    aksi.kerjakan(milik, by=request.user)
    messages.success(request, "Disposisi ditandai sedang Anda kerjakan.")
    return redirect(surat)


@hak(BACA)
@ISI_FORMULIR
def hasil(request: HttpRequest, pk: int) -> HttpResponse:
    """Report the result of one's instruction, or give it back."""
    surat, milik = _disposisi_saya(request, pk)
    form = HasilForm(request.POST or None)
    if berhasil(
        request, form, lambda: aksi.akhiri(milik, **form.cleaned_data, by=request.user), "Hasil disposisi tersimpan."
    ):
        return redirect(surat)
    return _halaman(request, surat, "Laporkan hasil disposisi", form, "Simpan hasil")


@hak(BACA)
@ISI_FORMULIR
def jawab(request: HttpRequest, pk: int) -> HttpResponse:
    """Link the letter that answers this one."""
    surat = ambil(request, pk)
    bernomor = SuratKeluar.objects.for_user(request.user).exclude(naskah=None).exclude(naskah__nomor="")
    form = BalasanForm(request.POST or None, surat=bernomor.select_related("naskah"))
    if berhasil(
        request,
        form,
        lambda: aksi.jawab(surat, form.cleaned_data["balasan"], by=request.user),
        "Surat balasan ditautkan.",
    ):
        return redirect(surat)
    return _halaman(request, surat, "Tautkan surat balasan", form, "Tautkan balasan")


@hak(KELOLA, "surat.disposisi_surat")
@ISI_FORMULIR
def selesaikan(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the letter."""
    surat = ambil(request, pk)
    form = CatatanForm(request.POST or None)
    if berhasil(
        request, form, lambda: aksi.selesaikan(surat, **form.cleaned_data, by=request.user), "Surat dinyatakan selesai."
    ):
        return redirect(surat)
    return _halaman(request, surat, "Selesaikan surat", form, "Selesaikan surat")


@hak(KELOLA)
@ISI_FORMULIR
def arsipkan(request: HttpRequest, pk: int) -> HttpResponse:
    """File the letter."""
    surat = ambil(request, pk)
    if request.method == "POST":
        aksi.arsipkan(surat, by=request.user)
        messages.success(request, "Surat diarsipkan.")
        return redirect(surat)
    return _halaman(
        request, surat, "Arsipkan surat", KosongForm(), "Arsipkan surat", template="ui/konfirmasi.html",
        akibat=["Surat keluar dari daftar yang belum selesai dan tidak dapat didisposisi lagi."],
    )  # fmt: skip


urlpatterns = [
    path("masuk/", daftar, name="masuk_daftar"),
    path("masuk/baru/", baru, name="masuk_baru"),
    path("masuk/<int:pk>/", detail, name="masuk"),
    path("masuk/<int:pk>/berkas/", berkas, name="masuk_berkas"),
    path("masuk/<int:pk>/lembar-disposisi/", lembar, name="masuk_lembar"),
    path("masuk/<int:pk>/naikkan/", naikkan, name="masuk_naikkan"),
    path("masuk/<int:pk>/disposisi/", disposisi, name="masuk_disposisi"),
    path("masuk/<int:pk>/kerjakan/", kerjakan, name="masuk_kerjakan"),
    path("masuk/<int:pk>/hasil/", hasil, name="masuk_hasil"),
    path("masuk/<int:pk>/jawab/", jawab, name="masuk_jawab"),
    path("masuk/<int:pk>/selesai/", selesaikan, name="masuk_selesai"),
    path("masuk/<int:pk>/arsip/", arsipkan, name="masuk_arsip"),
]
