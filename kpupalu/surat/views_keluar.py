"""Pages of the outgoing letters and of what was delivered to whom."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.models import Naskah
from kpupalu.naskah.views import kirim as kirim_pdf
from kpupalu.surat import documents, keluar, pengiriman
from kpupalu.surat.forms import AlasanForm, KirimForm, SaringKeluarForm, SiapkanForm, SuratKeluarForm, TerimaForm
from kpupalu.surat.halaman import berhasil, cip, ditolak, sehalaman, tampil
from kpupalu.surat.lampiran import kirim_lampiran
from kpupalu.surat.models import Instansi, Pengiriman, SuratKeluar
from kpupalu.surat.models.keluar import GUGUR
from kpupalu.surat.pelengkap import perlu_dicatat_baca

BACA, SUSUN, KIRIM = "surat.baca_surat", "surat.susun_surat", "surat.kirim_surat"
ISI_FORMULIR = require_http_methods(["GET", "HEAD", "POST"])
_BUKU = ("Surat keluar", "surat:keluar_daftar")


def ambil(request: HttpRequest, pk: int) -> SuratKeluar:
    """The letter *pk* if the person may read it; otherwise it does not exist."""
    return get_object_or_404(
        SuratKeluar.objects.for_user(request.user).select_related("naskah__pekerjaan", "klasifikasi", "dibuat_oleh"),
        pk=pk,
    )


def _catat_baca(request: HttpRequest, surat: SuratKeluar) -> None:
    if perlu_dicatat_baca(surat):
        catat_akses("lihat", surat, oleh=request.user, tujuan="Membaca surat keluar")


def _saring(surat: QuerySet, form: SaringKeluarForm) -> QuerySet:
    if not form.is_valid():
        return surat
    isi = form.cleaned_data
    if kata := isi["kata"].strip():
        tujuan = Q(pk__in=SuratKeluar.objects.filter(tujuan__nama__icontains=kata).values("pk"))
        surat = surat.filter(Q(hal__icontains=kata) | Q(naskah__nomor__icontains=kata) | tujuan)
    if isi["jenis"]:
        surat = surat.filter(kode_jenis=isi["jenis"])
    if isi["status"] == "dibatalkan":
        surat = surat.filter(dibatalkan=True)
    elif isi["status"] == "konsep":
        surat = surat.filter(Q(naskah=None) | Q(naskah__status__in=[*GUGUR, "konsep"]), dibatalkan=False)
    elif isi["status"]:
        surat = surat.filter(naskah__status=isi["status"])
    return surat


@hak(BACA)
@require_GET
def daftar(request: HttpRequest) -> HttpResponse:
    """The outgoing book as far as the person may see it, newest first."""
    form = SaringKeluarForm(request.GET or None)
    surat = _saring(SuratKeluar.objects.for_user(request.user), form)
    return tampil(
        request,
        "surat/keluar_daftar.html",
        halaman=sehalaman(request, surat.select_related("naskah").prefetch_related("tujuan")),
        saring=form,
        cip=cip(request, form),
    )


@hak(BACA)
@require_GET
@never_cache
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: its state, text, addressees, deliveries, history."""
    surat = ambil(request, pk)
    _catat_baca(request, surat)
    boleh_naskah = surat.naskah and Naskah.objects.for_user(request.user).filter(pk=surat.naskah_id).exists()
    return tampil(
        request,
        "surat/keluar_detail.html",
        surat=surat,
        nama_jenis=dict(keluar.jenis_surat()).get(surat.kode_jenis, surat.kode_jenis),
        tujuan=surat.tujuan.all(),
        paragraf=documents.paragraf(surat.isi),
        naskah=surat.naskah if boleh_naskah else None,
        kiriman=surat.naskah.pengiriman.select_related("instansi") if surat.naskah else [],
        boleh_ubah=keluar.boleh_ubah(surat, request.user),
        boleh_siapkan=surat.konsep and request.user.has_perm("naskah.siapkan_naskah"),
        boleh_kirim=boleh_naskah and surat.naskah.selesai_ditandatangani and request.user.has_perm(KIRIM),
        riwayat=riwayat_untuk(surat, request.user),
    )


@hak(SUSUN)
@ISI_FORMULIR
def baru(request: HttpRequest) -> HttpResponse:
    """Draft a letter."""
    form = SuratKeluarForm(request.POST or None, initial={"tanggal": f"{hari_ini():%d-%m-%Y}"})
    if request.method == "POST" and form.is_valid():
        surat = form.surat()
        if not ditolak(form, lambda: keluar.susun(surat, **form.tujuan, by=request.user)):
            messages.success(request, "Konsep surat disimpan. Periksa hasilnya pada Lihat konsep.")
            return redirect(surat)
    return tampil(
        request, "ui/formulir.html", judul="Susun surat keluar", form=form, tombol="Simpan konsep",
        remah=[(_BUKU[0], reverse(_BUKU[1]))], batal=reverse(_BUKU[1]),
    )  # fmt: skip


def _halaman(request: HttpRequest, surat: SuratKeluar, judul: str, form, tombol: str, **lain) -> HttpResponse:
    return tampil(
        request, lain.pop("template", "ui/formulir.html"), judul=judul, form=form, tombol=tombol,
        remah=[(_BUKU[0], reverse(_BUKU[1])), (str(surat), surat.get_absolute_url())],
        batal=surat.get_absolute_url(), **lain,
    )  # fmt: skip


@hak(SUSUN)
@ISI_FORMULIR
def ubah(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a draft."""
    surat = ambil(request, pk)
    if not (verdict := keluar.boleh_ubah(surat, request.user)):
        messages.info(request, verdict.reason)
        return redirect(surat)
    form = SuratKeluarForm(request.POST or None, instance=surat)
    if request.method == "POST" and form.is_valid():
        dilihat = form.cleaned_data["versi"] or 0
        if not ditolak(form, lambda: keluar.ubah(form.surat(), **form.tujuan, dilihat=dilihat, by=request.user)):
            messages.success(request, "Konsep surat disimpan.")
            return redirect(surat)
    return _halaman(request, surat, "Ubah konsep surat", form, "Simpan konsep")


@hak(BACA)
@require_GET
def konsep(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as PDF with KONSEP across it."""
    surat = ambil(request, pk)
    if not surat.konsep:
        raise Http404
    _catat_baca(request, surat)
    return kirim_pdf(documents.pratinjau(surat), f"konsep-{surat.hal[:60]}")


@hak("naskah.siapkan_naskah")
@ISI_FORMULIR
def siapkan(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and print; afterwards the person watches the job."""
    surat = ambil(request, pk)
    form = SiapkanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        surat = keluar.siapkan_surat(surat, by=request.user, cara=form.cleaned_data["cara"])
        messages.success(request, f"Nomor {surat.naskah.nomor} diberikan. Surat sedang dicetak.")
        return redirect("jobs:detail", surat.naskah.pekerjaan_id)
    calon = documents.penanda_pada(surat.penanda, surat.tanggal)
    return _halaman(
        request, surat, "Siapkan surat untuk ditandatangani", form, "Beri nomor dan cetak",
        template="ui/konfirmasi.html",
        akibat=[
            "Surat mendapat nomor dari buku surat keluar; nomor itu tidak dipakai lagi untuk surat lain.",
            f"Penanda tangan: {calon.nama}, {calon.jabatan}.",
            "Isi surat dibekukan dan dicetak satu kali.",
        ],
        dapat_dibatalkan="Sebelum ditandatangani, naskahnya masih dapat ditarik; nomornya menjadi batal.",
    )  # fmt: skip


@hak(SUSUN)
@ISI_FORMULIR
def batalkan(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    surat = ambil(request, pk)
    form = AlasanForm(request.POST or None)
    if berhasil(
        request, form, lambda: keluar.batalkan(surat, **form.cleaned_data, by=request.user), "Konsep surat dibatalkan."
    ):
        return redirect(surat)
    return _halaman(
        request, surat, "Batalkan konsep surat", form, "Batalkan konsep", template="ui/konfirmasi.html", genting=True,
        akibat=["Konsep ini tidak dapat dilanjutkan lagi, tetapi tetap tersimpan dengan alasannya."],
    )  # fmt: skip


# --- Deliveries ---------------------------------------------------------------------------------------------------
def _naskah(request: HttpRequest, pk: int) -> Naskah:
    return get_object_or_404(Naskah.objects.for_user(request.user).exclude(nomor=""), pk=pk)


def _kembali(request: HttpRequest, bawaan: str) -> str:
    """Where the person came from, if that is a page of this office."""
    asal = request.GET.get("dari", "")
    return asal if url_has_allowed_host_and_scheme(asal, allowed_hosts=None) and asal.startswith("/") else bawaan


@hak(BACA)
@require_GET
@never_cache
def pengiriman_naskah(request: HttpRequest, naskah: int) -> HttpResponse:
    """Who received a document, with receipt, date, channel and digest."""
    berkas = _naskah(request, naskah)
    return tampil(
        request,
        "surat/pengiriman.html",
        naskah=berkas,
        kiriman=berkas.pengiriman.select_related("instansi", "melalui", "bukti"),
        boleh_kirim=berkas.selesai_ditandatangani and request.user.has_perm(KIRIM),
        riwayat=riwayat_untuk(berkas, request.user),
    )


@hak(KIRIM)
@ISI_FORMULIR
def kirim(request: HttpRequest, naskah: int) -> HttpResponse:
    """Record that a document goes to some recipients now."""
    berkas = _naskah(request, naskah)
    kembali = _kembali(request, reverse("surat:pengiriman", args=[naskah]))
    sudah = berkas.pengiriman.filter(dibatalkan=False)
    nama_sudah = set(sudah.values_list("nama", flat=True))
    form = KirimForm(
        request.POST or None,
        instansi=Instansi.objects.filter(aktif=True).exclude(pk__in=sudah.exclude(instansi=None).values("instansi")),
        orang=[nama for nama in pengiriman.perorangan(berkas) if nama not in nama_sudah],
        initial={"tanggal": f"{hari_ini():%d-%m-%Y}", "kepada": _usul_penerima(request, berkas)},
    )
    if request.method == "POST" and form.is_valid():
        isi = form.cleaned_data
        if not ditolak(
            form,
            lambda: pengiriman.kirim(
                berkas, form.penerima, kanal=isi["kanal"], tanggal=isi["tanggal"], by=request.user
            ),
        ):
            messages.success(request, f"{len(form.penerima)} pengiriman dicatat dengan nomor tanda terima.")
            return redirect(kembali)
    return tampil(
        request, "ui/formulir.html", judul="Catat pengiriman", form=form, tombol="Catat pengiriman",
        konteks=f"{berkas.judul}, nomor {berkas.nomor}. Sidik berkas dicatat untuk setiap penerima.", batal=kembali,
        remah=[("Pengiriman", reverse("surat:pengiriman", args=[naskah]))],
    )  # fmt: skip


def _usul_penerima(request: HttpRequest, naskah: Naskah) -> list[int]:
    """Ticked beforehand: ``?kepada=`` of the page one came from, else the addressees of the letter."""
    if diminta := [int(i) for i in request.GET.getlist("kepada") if i.isdecimal() and len(i) < 10]:
        return diminta
    surat = SuratKeluar.objects.filter(naskah=naskah).first()
    return [t.instansi_id for t in surat.tujuan.all() if t.instansi_id] if surat else []


def _kiriman(request: HttpRequest, pk: int) -> Pengiriman:
    boleh = Naskah.objects.for_user(request.user)
    return get_object_or_404(Pengiriman.objects.filter(naskah__in=boleh).select_related("naskah", "instansi"), pk=pk)


@hak(KIRIM)
@ISI_FORMULIR
def terima(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who took it."""
    kiriman = _kiriman(request, pk)
    kembali = _kembali(request, reverse("surat:pengiriman", args=[kiriman.naskah_id]))
    form = TerimaForm(request.POST or None, request.FILES or None, initial={"tanggal": f"{hari_ini():%d-%m-%Y}"})
    if berhasil(
        request,
        form,
        lambda: pengiriman.terima(kiriman, **form.cleaned_data, by=request.user),
        f"Tanda terima {kiriman.nomor} dilengkapi.",
    ):
        return redirect(kembali)
    return tampil(
        request, "ui/formulir.html", judul=f"Catat penerimaan {kiriman.nomor}", form=form, tombol="Simpan penerimaan",
        konteks=f"{kiriman.tujuan}, dikirim {kiriman.dikirim_pada:%d-%m-%Y}.", batal=kembali,
        remah=[("Pengiriman", reverse("surat:pengiriman", args=[kiriman.naskah_id]))],
    )  # fmt: skip


@hak(KIRIM)
@ISI_FORMULIR
def batalkan_kiriman(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a delivery recorded by mistake."""
    kiriman = _kiriman(request, pk)
    kembali = _kembali(request, reverse("surat:pengiriman", args=[kiriman.naskah_id]))
    form = AlasanForm(request.POST or None)
    if berhasil(
        request,
        form,
        lambda: pengiriman.batalkan_kiriman(kiriman, **form.cleaned_data, by=request.user),
        f"Pengiriman {kiriman.nomor} ditandai batal.",
    ):
        return redirect(kembali)
    return tampil(
        request, "ui/konfirmasi.html", judul=f"Batalkan pengiriman {kiriman.nomor}", form=form,
        tombol="Batalkan pengiriman", genting=True, batal=kembali,
        akibat=["Nomor tanda terima ini tetap terpakai.", f"{kiriman.tujuan} dapat dicatat lagi sebagai penerima."],
        remah=[("Pengiriman", reverse("surat:pengiriman", args=[kiriman.naskah_id]))],
    )  # fmt: skip


@hak(BACA)
@require_GET
def tanda_terima(request: HttpRequest, naskah: int) -> HttpResponse:
    """The receipts of a document as PDF, one page each."""
    kiriman = list(_naskah(request, naskah).pengiriman.filter(dibatalkan=False).select_related("instansi", "melalui"))
    if not kiriman:
        raise Http404
    return kirim_pdf(documents.tanda_terima(kiriman), f"tanda-terima-{naskah}")


@hak(BACA)
@require_GET
def bukti(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan of a signed receipt."""
    kiriman = _kiriman(request, pk)
    if kiriman.bukti is None:
        raise Http404
    return kirim_lampiran(kiriman.bukti, f"tanda-terima-{kiriman.nomor}")


urlpatterns = [
    path("keluar/", daftar, name="keluar_daftar"),
    path("keluar/baru/", baru, name="keluar_baru"),
    path("keluar/<int:pk>/", detail, name="keluar"),
    path("keluar/<int:pk>/ubah/", ubah, name="keluar_ubah"),
    path("keluar/<int:pk>/konsep/", konsep, name="keluar_konsep"),
    path("keluar/<int:pk>/siapkan/", siapkan, name="keluar_siapkan"),
    path("keluar/<int:pk>/batalkan/", batalkan, name="keluar_batalkan"),
    path("pengiriman/<int:naskah>/", pengiriman_naskah, name="pengiriman"),
    path("pengiriman/<int:naskah>/kirim/", kirim, name="kirim"),
    path("pengiriman/<int:naskah>/tanda-terima/", tanda_terima, name="tanda_terima"),
    path("kiriman/<int:pk>/terima/", terima, name="terima"),
    path("kiriman/<int:pk>/batalkan/", batalkan_kiriman, name="kiriman_batalkan"),
    path("kiriman/<int:pk>/bukti/", bukti, name="kiriman_bukti"),
]
