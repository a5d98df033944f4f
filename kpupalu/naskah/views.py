"""Pages of the official documents for staff: list, detail, file, signing, and the acts around it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from kpupalu.accounts.akses import hak, masuk
from kpupalu.audit.bacaan import riwayat_untuk
from kpupalu.audit.catatan import catat_akses
from kpupalu.naskah import basah, dasar, penyedia, simpanan
from kpupalu.naskah import penandatanganan as ttd
from kpupalu.naskah.catatan_ttd import JENIS_CATATAN, orang_dan_catatan, pokok_dari
from kpupalu.naskah.forms import (
    AlasanForm,
    BandingForm,
    HalanganForm,
    KosongForm,
    PindaianForm,
    TandaTanganForm,
    TandaTanganNikForm,
    UlangiForm,
)
from kpupalu.naskah.models import Naskah, Penandatangan, SertifikatPenanda

S = Naskah.Status
JENIS_BERKAS = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
ISI_FORMULIR = require_http_methods(["GET", "HEAD", "POST"])


def ambil(request: HttpRequest, pk: int) -> Naskah:
    """The document *pk* if the person may read it; otherwise it does not exist."""
    return get_object_or_404(
        Naskah.objects.for_user(request.user).select_related("jenis", "menggantikan", "pekerjaan"), pk=pk
    )


def catat_baca(request: HttpRequest, naskah: Naskah) -> None:
    """Log the reading of a document that holds personal data: its kind names the right to read it."""
    if naskah.jenis.hak_baca:
        catat_akses("lihat", naskah, oleh=request.user, tujuan="Membaca naskah")


def kirim(isi: bytes, judul: str, nama_berkas: str = ".pdf") -> HttpResponse:
    """A stored file to read in the browser, never kept by a cache, named by *judul* without slashes."""
    akhiran = nama_berkas.rpartition(".")[2]
    jawab = HttpResponse(isi, content_type=JENIS_BERKAS[akhiran])
    nama = slugify(judul.replace("/", "-").replace(".", "-"))
    jawab["Content-Disposition"] = f'inline; filename="{nama}.{akhiran}"'
    jawab["Cache-Control"] = "no-store"
    return jawab


@masuk
@require_GET
def daftar(request: HttpRequest) -> HttpResponse:
    """What waits for my signature, then the other documents I may read."""
    boleh = Naskah.objects.for_user(request.user).select_related("jenis")
    menunggu = list(Naskah.objects.menunggu(request.user).select_related("jenis"))
    return render(
        request,
        "naskah/daftar.html",
        {
            "menunggu": menunggu,
            "naskah": boleh.exclude(pk__in=[n.pk for n in menunggu])[:200],
            "penanda": request.user.has_perm("naskah.tandatangani_naskah"),
        },
    )


@masuk
@require_GET
@never_cache
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: status, facts, signers, files, and what the person may do now."""
    naskah = ambil(request, pk)
    catat_baca(request, naskah)
    user = request.user
    boleh_ttd = ttd.boleh_tandatangan(naskah, user)
    return render(
        request,
        "naskah/detail.html",
        {
            "naskah": naskah,
            "orang": orang_dan_catatan(naskah),
            "pokok": pokok_dari(naskah),
            "revisi": naskah.revisi.order_by("-urut"),
            "scan": naskah.scan.select_related("diunggah_oleh", "dibanding_oleh"),
            "tertanda": naskah.penandatangan.filter(status=Penandatangan.Status.MENANDATANGANI).count(),
            "pengganti": naskah.pengganti.order_by("-versi").first(),
            "boleh_ttd": boleh_ttd,
            "alasan_ttd": boleh_ttd.reason if naskah.penandatangan.filter(user=user.pk).exists() else "",
            "tindakan_lain": _tindakan(naskah, user),
            "tanpa_sertifikat": ttd.belum_bersertifikat(naskah) if user.has_perm("naskah.siapkan_naskah") else [],
            "baris_riwayat": riwayat_untuk(naskah, user),
        },
    )


def _tindakan(naskah: Naskah, user) -> list[tuple[str, str]]:
    """Label and address of what *user* may do with *naskah* besides signing."""
    hasil = []

    def tambah(label: str, nama: str) -> None:
        hasil.append((label, reverse(f"naskah:{nama}", args=[naskah.pk])))

    if user.has_perm("naskah.siapkan_naskah"):
        if naskah.status == S.KONSEP:
            tambah("Cetak ulang" if naskah.nomor else "Siapkan untuk ditandatangani", "siapkan")
            if not naskah.nomor and user.has_perm("naskah.ketik_nomor"):
                tambah("Ketik nomor sendiri", "siapkan_ketik")
        if naskah.status in {S.KONSEP, S.SIAP}:
            if naskah.cara == Naskah.Cara.ELEKTRONIK:
                tambah("Pakai tanda tangan basah", "basah")
            if naskah.kode_jenis != JENIS_CATATAN:
                tambah("Tarik naskah", "tarik")
        if naskah.status == S.SIAP and naskah.cara == Naskah.Cara.BASAH:
            tambah("Unggah pindaian", "pindaian")
        if naskah.status in {S.SIAP, S.SEBAGIAN}:
            if naskah.kode_jenis != JENIS_CATATAN:
                tambah("Catat halangan penanda tangan", "halangan")
            tambah("Ulangi sebagai versi baru", "ulangi")
    selesai = naskah.status in {S.LENGKAP, S.DITANDATANGANI_BASAH}
    if user.has_perm("naskah.umumkan_naskah") and selesai and not naskah.subjek_id:
        tambah("Umumkan", "umumkan")
    return hasil


@masuk
@require_GET
def berkas(request: HttpRequest, pk: int, urut: int | None = None) -> HttpResponse:
    """The newest file of a document, or its revision *urut*; for whoever may read the document."""
    naskah = ambil(request, pk)
    catat_baca(request, naskah)
    revisi = naskah.terbaru if urut is None else naskah.revisi.filter(urut=urut).first()
    if revisi is None:
        raise Http404
    return kirim(simpanan.baca(revisi.berkas), f"{naskah.nomor}-r{revisi.urut}")


@masuk
@require_GET
def berkas_scan(request: HttpRequest, pk: int, scan: int) -> HttpResponse:
    """A scan of the paper, labelled as a copy."""
    naskah = ambil(request, pk)
    catat_baca(request, naskah)
    pindaian = get_object_or_404(naskah.scan, pk=scan)
    return kirim(simpanan.baca(pindaian.berkas), f"salinan-{naskah.nomor}", pindaian.berkas)


@masuk
@require_GET
def konsep(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft printed on the spot with KONSEP across its pages."""
    naskah = ambil(request, pk)
    catat_baca(request, naskah)
    if naskah.status != S.KONSEP:
        raise Http404
    return kirim(dasar.cetak_konsep(naskah).pdf, f"konsep-{naskah.judul[:60]}")


@hak("naskah.tandatangani_naskah")
@ISI_FORMULIR
@never_cache
def tandatangani(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a commissioner: the file, its digest, who signed, the statement, the passphrase."""
    naskah = ambil(request, pk)
    if not naskah.penandatangan.filter(user=request.user.pk, hadir=True).exists():
        raise Http404
    verdict, terbaru = ttd.boleh_tandatangan(naskah, request.user), naskah.terbaru
    if not verdict or terbaru is None:
        messages.info(request, verdict.reason or "Naskah belum selesai dicetak.")
        return redirect(naskah)
    jenis_form = TandaTanganNikForm if naskah.penyedia == "bsre" else TandaTanganForm
    form = jenis_form(request.POST or None, initial={"digest": terbaru.sha256}, jenis=naskah.jenis.nama)
    if request.method == "POST" and form.is_valid():
        try:
            ttd.tandatangani(
                naskah,
                oleh=request.user,
                sandi=form.cleaned_data["sandi"],
                digest_dibaca=form.cleaned_data["digest"],
                nik=form.cleaned_data.get("nik", ""),
            )
        except penyedia.SandiSalah as salah:
            form.add_error("sandi", str(salah))
        else:
            messages.success(request, "Tanda tangan Anda tersimpan. Tidak ada lagi yang perlu Anda lakukan.")
            return redirect(naskah)
    return render(
        request,
        "naskah/tandatangani.html",
        {
            "naskah": naskah,
            "form": form,
            "terbaru": terbaru,
            "saya": naskah.penandatangan.get(user=request.user.pk),
            "catatan": naskah.kode_jenis == JENIS_CATATAN,
            "orang": naskah.penandatangan.order_by("urut"),
            "sertifikat": SertifikatPenanda.objects.filter(user=request.user.pk, dicabut_pada=None).first(),
        },
    )


@hak("naskah.tandatangani_naskah")
@ISI_FORMULIR
def menolak(request: HttpRequest, pk: int) -> HttpResponse:
    """A signer declares, with a reason, not to sign."""
    naskah = ambil(request, pk)
    saya = naskah.penandatangan.filter(user=request.user.pk, hadir=True).first()
    if saya is None:
        raise Http404
    form = AlasanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        catatan = ttd.tolak_tandatangan(
            naskah, penanda=saya, sebab="menolak", alasan=form.cleaned_data["alasan"], oleh=request.user
        )
        messages.success(request, f"Tersimpan sebagai catatan penandatanganan nomor {catatan.nomor}, sedang dicetak.")
        return redirect(naskah)
    return konfirmasi(
        request,
        naskah,
        "Tidak menandatangani naskah ini",
        form,
        "Catat tidak menandatangani",
        [
            "Alasan Anda dicatat dalam catatan penandatanganan bernomor; halaman verifikasi menyebut nomornya saja.",
            "Berkas naskah tidak berubah, dan Anda tidak dapat menandatanganinya sesudah ini.",
        ],
    )


def konfirmasi(request, naskah, judul, form, tombol, akibat, *, genting=True, dapat_dibatalkan="") -> HttpResponse:
    """The page before an act that counts, in the office's common layout."""
    return render(
        request,
        "ui/konfirmasi.html",
        {
            "judul": judul,
            "bagian": "Naskah dinas",
            "remah": [("Naskah dinas", reverse("naskah:daftar")), (str(naskah), naskah.get_absolute_url())],
            "konteks": str(naskah),
            "form": form,
            "tombol": tombol,
            "akibat": akibat,
            "genting": genting,
            "dapat_dibatalkan": dapat_dibatalkan,
            "batal": naskah.get_absolute_url(),
        },
    )


@hak("naskah.siapkan_naskah")
@ISI_FORMULIR
def siapkan(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and print; afterwards the person watches the job."""
    naskah = ambil(request, pk)
    if request.method == "POST":
        naskah = dasar.siapkan(naskah, by=request.user)
        messages.success(request, f"Nomor {naskah.nomor} diberikan. Naskah sedang dicetak.")
        return redirect("jobs:detail", naskah.pekerjaan_id)
    return konfirmasi(
        request,
        naskah,
        "Siapkan naskah untuk ditandatangani",
        KosongForm(),
        "Beri nomor dan cetak",
        [
            "Naskah mendapat nomor dari buku agenda; nomor itu tidak dapat dipakai lagi untuk naskah lain.",
            "Isi naskah dibekukan dan dicetak satu kali.",
        ],
        genting=False,
        dapat_dibatalkan="Sebelum ada yang menandatangani, naskah masih dapat ditarik; nomornya menjadi batal.",
    )


def _dengan_alasan(request, pk, judul, tombol, akibat, lakukan, pesan) -> HttpResponse:
    naskah = ambil(request, pk)
    form = AlasanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lakukan(naskah, by=request.user, alasan=form.cleaned_data["alasan"])
        messages.success(request, pesan)
        return redirect(naskah)
    return konfirmasi(request, naskah, judul, form, tombol, akibat)


@hak("naskah.siapkan_naskah")
@ISI_FORMULIR
def tarik(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an unsigned document."""
    akibat = ["Naskah tidak dapat ditandatangani lagi.", "Nomornya ditandai batal dan tidak dipakai ulang."]
    return _dengan_alasan(request, pk, "Tarik naskah", "Tarik naskah", akibat, dasar.tarik, "Naskah telah ditarik.")


@hak("naskah.siapkan_naskah")
@ISI_FORMULIR
def pakai_basah(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose ink for the whole document."""
    akibat = [
        "Semua penanda tangan menandatangani cetakan kertas; tombol tanda tangan elektronik tertutup.",
        "Nomor tetap sama. Pindaian kertas diunggah lalu dibandingkan oleh orang lain.",
    ]
    return _dengan_alasan(
        request,
        pk,
        "Pakai tanda tangan basah",
        "Pakai tanda tangan basah",
        akibat,
        basah.pilih_basah,
        "Naskah ini ditandatangani di atas kertas.",
    )


@hak("naskah.siapkan_naskah")
@ISI_FORMULIR
def halangan(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a signer can no longer sign."""
    naskah = ambil(request, pk)
    orang = naskah.penandatangan.filter(hadir=True, status=Penandatangan.Status.MENUNGGU)
    form = HalanganForm(request.POST or None, orang=orang)
    if request.method == "POST" and form.is_valid():
        isi = form.cleaned_data
        catatan = ttd.tolak_tandatangan(
            naskah, penanda=isi["penanda"], sebab="berhalangan", alasan=isi["alasan"], oleh=request.user
        )
        messages.success(request, f"Tersimpan sebagai catatan penandatanganan nomor {catatan.nomor}, sedang dicetak.")
        return redirect(naskah)
    akibat = [
        "Orang itu tidak dapat menandatangani naskah ini lagi.",
        "Catatan penandatanganan bernomor dicetak sebagai naskah sendiri; berkas naskah ini tidak berubah.",
    ]
    return konfirmasi(request, naskah, "Catat halangan penanda tangan", form, "Catat halangan", akibat)


@hak("naskah.siapkan_naskah")
@ISI_FORMULIR
def ulangi(request: HttpRequest, pk: int) -> HttpResponse:
    """The way on when signing cannot go on: the same content as a new version, also on paper."""
    naskah = ambil(request, pk)
    form = UlangiForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        baru = dasar.ulangi(naskah, by=request.user, **form.cleaned_data)
        messages.success(request, f"Versi {baru.versi} dibuat sebagai konsep. Langkah berikutnya: siapkan naskah ini.")
        return redirect(baru)
    akibat = [
        "Naskah ini menjadi diganti. Tanda tangan yang sudah ada tidak terbawa ke versi baru.",
        "Versi baru berisi sama, mendapat nomor baru, dan ditandatangani dari awal.",
    ]
    return konfirmasi(request, naskah, "Ulangi sebagai versi baru", form, "Buat versi baru", akibat)


@hak("naskah.umumkan_naskah")
@ISI_FORMULIR
def umumkan(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a complete document public. One about something is announced together with it, by its work area."""
    naskah = ambil(request, pk)
    if naskah.subjek_id:
        raise Http404
    if request.method == "POST":
        dasar.umumkan(naskah, by=request.user)
        messages.success(request, "Naskah telah diumumkan. Siapa pun dapat mengunduhnya dari halaman verifikasi.")
        return redirect(naskah)
    akibat = ["Siapa pun dapat mengunduh berkas ini dari halaman verifikasi."]
    return konfirmasi(request, naskah, "Umumkan naskah", KosongForm(), "Umumkan", akibat, genting=False)


@hak("naskah.siapkan_naskah")
@ISI_FORMULIR
def pindaian(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload the scan of the paper."""
    naskah = ambil(request, pk)
    form = PindaianForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        basah.unggah_scan(naskah, berkas=form.cleaned_data["berkas"].read(), by=request.user)
        messages.success(request, "Pindaian tersimpan. Minta orang lain membandingkannya dengan naskah kertas.")
        return redirect(naskah)
    akibat = ["Pindaian menunggu dibandingkan oleh orang lain sebelum naskah dinyatakan ditandatangani."]
    return konfirmasi(request, naskah, "Unggah pindaian naskah", form, "Unggah pindaian", akibat, genting=False)


@hak("naskah.siapkan_naskah")
@ISI_FORMULIR
def banding(request: HttpRequest, pk: int, scan: int) -> HttpResponse:
    """The second person compares scan and paper."""
    naskah = ambil(request, pk)
    pindaian = get_object_or_404(naskah.scan, pk=scan)
    form = BandingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        basah.banding_scan(pindaian, **form.cleaned_data, by=request.user)
        messages.success(request, "Hasil perbandingan tersimpan.")
        return redirect(naskah)
    akibat = ["Bila sesuai, naskah menjadi ditandatangani basah dan pindaian ini terdaftar sebagai salinan."]
    return konfirmasi(
        request, naskah, "Bandingkan pindaian dengan naskah kertas", form, "Simpan hasil", akibat, genting=False
    )
