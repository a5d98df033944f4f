"""Lists of voters that another kabupaten/kota reports too: their rows, our answers, the reply sheet."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib import Refused
from kpupalu.ui.daftar import ambil_halaman_dari
from pdpb.actions.lintas import (
    batalkan_jawaban,
    boleh,
    jawab,
    jawab_tidak_ada,
    kembalikan_jawaban,
    konfirmasi_jawaban,
    konfirmasi_tidak_ada,
)
from pdpb.forms.ganda import AlasanForm, BuktiPutusanForm, JawabanForm, SaringLintasForm
from pdpb.models import ImporBatch, JawabanLintas, PasanganGanda, Pendaftaran
from pdpb.resources import balasan_lintas_xlsx
from pdpb.views.unduhan import XLSX, unduhan

LIHAT, PUTUSKAN, KONFIRMASI = "pdpb.lihat_pemilih", "pdpb.putuskan_ganda", "pdpb.konfirmasi_ganda"
S = JawabanLintas.Status
TIDAK_ADA = JawabanLintas.Jawaban.TIDAK_ADA


def _semua_batch():
    lintas = ImporBatch.objects.filter(jenis=ImporBatch.Jenis.LINTAS, status=ImporBatch.Status.SELESAI)
    return lintas.annotate(
        banyak=Count("jawaban_lintas"), terjawab=Count("jawaban_lintas", filter=Q(jawaban_lintas__status=S.SELESAI))
    )


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """The lists that were applied, newest first, each with how many rows are answered."""
    halaman = ambil_halaman_dari(request, _semua_batch(), ("-id",))
    return render(request, "pdpb/lintas/daftar.html", {"halaman": halaman})


def saring(user, query):
    """The rows that a query string asks for; the same function serves the lists, the cards and the next row."""
    baris = JawabanLintas.objects.for_user(user)
    if query.get("status") in S.values:
        baris = baris.filter(status=query["status"])
    if query.get("antrean") == "konfirmasi":
        baris = baris.filter(status=S.DIUSULKAN).exclude(pengusul=user)
    if query.get("padan") in ("ada", "tidak"):
        baris = baris.filter(pemilih__isnull=query["padan"] == "tidak")
    return baris


@hak(LIHAT)
def baris(request: HttpRequest, batch: int | None = None) -> HttpResponse:
    """The rows of one list, or of all of them, in the order of the files."""
    impor = get_object_or_404(_semua_batch(), pk=batch) if batch else None
    semua = saring(request.user, request.GET).select_related("batch", "perubahan", "pengusul")
    semua = semua.filter(batch=impor) if impor else semua
    pakai("telusur_pemilih", oleh=request.user)
    halaman = ambil_halaman_dari(request, semua, ("batch", "berkas_urut", "baris", "id"))
    orang = Pendaftaran.objects.filter(pemilih__in=[b.pemilih_id for b in halaman if b.pemilih_id])
    nama = {v.pemilih_id: v for v in orang.select_related("kelurahan").order_by("pk")}
    catat_akses("lihat", None, oleh=request.user, objek_label="Daftar ganda lintas daerah", jumlah=len(nama))
    sisa = JawabanLintas.objects.filter(batch=impor, pemilih=None) if impor else JawabanLintas.objects.none()
    return render(
        request,
        "pdpb/lintas/baris.html",
        {
            "batch": impor,
            "form": SaringLintasForm(request.GET or None),
            "jumlah": semua.count(),
            "halaman": halaman,
            "baris": [(b, nama.get(b.pemilih_id)) for b in halaman],
            "tanpa_padanan": sisa.filter(status=S.MENUNGGU).count(),
            "tanpa_padanan_usul": sisa.filter(status=S.DIUSULKAN).exclude(pengusul=request.user).count(),
            "kueri": f"?{request.GET.urlencode()}" if request.GET else "",
        },
    )


def _satu(request: HttpRequest, pk: int) -> JawabanLintas:
    semua = JawabanLintas.objects.for_user(request.user).select_related(
        "batch", "pemilih", "bukti", "pengusul", "pengonfirmasi", "perubahan__kategori"
    )
    return get_object_or_404(semua, pk=pk)


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One row with our voter, if any, and the form of the answer; the next waiting row opens after it."""
    satu = _satu(request, pk)
    pakai("baca_pemilih", oleh=request.user)
    form = None
    if not boleh(satu, "jawab", oleh=request.user):
        form = JawabanForm(request.POST or None, baris=satu)
        if request.method == "POST" and form.is_valid():
            try:
                jawab(
                    satu,
                    jawaban=form.cleaned_data["jawaban"],
                    alasan=form.cleaned_data["alasan"],
                    bukti=form.susun(oleh=request.user),
                    oleh=request.user,
                )
            except Refused as galat:
                form.add_error(None, str(galat))
            else:
                messages.success(request, f"Jawaban untuk {satu} diusulkan. Petugas lain mengonfirmasinya.")
                return _berikutnya(request, satu, S.MENUNGGU)
    return _halaman(request, satu, form=form)


def _berikutnya(request: HttpRequest, satu: JawabanLintas, status: str) -> HttpResponse:
    """The next row of the same list that waits in *status* for this person, else the list."""
    lanjut = saring(request.user, request.GET).filter(batch=satu.batch, status=status).exclude(pk=satu.pk)
    if status == S.DIUSULKAN:
        lanjut = lanjut.exclude(pengusul=request.user)
    lanjut = lanjut.order_by("berkas_urut", "baris")
    sesudah = Q(berkas_urut=satu.berkas_urut, baris__gt=satu.baris) | Q(berkas_urut__gt=satu.berkas_urut)
    kueri = f"?{request.GET.urlencode()}" if request.GET else ""
    if tujuan := lanjut.filter(sesudah).first() or lanjut.first():
        return redirect(f"{reverse('pdpb:lintas_detail', args=[tujuan.pk])}{kueri}")
    return redirect(f"{reverse('pdpb:lintas_baris', args=[satu.batch_id])}{kueri}")


def _halaman(request: HttpRequest, satu: JawabanLintas, *, form=None, form_alasan=None) -> HttpResponse:
    versi, pasangan, pernah = None, [], []
    if satu.pemilih_id:
        catat_akses("lihat", satu.pemilih, oleh=request.user, objek_label=f"{satu.pemilih} ({satu})")
        semua = Pendaftaran.objects.filter(pemilih=satu.pemilih).select_related("kelurahan", "tps", "identitas")
        versi = semua.order_by("-akhir", "-id").filter(akhir=None).first() or semua.order_by("-id").first()
        pasangan = PasanganGanda.objects.for_user(request.user).menyentuh([satu.pemilih_id])
        pernah = JawabanLintas.objects.for_user(request.user).filter(pemilih=satu.pemilih, status=S.SELESAI)
        pernah = pernah.exclude(pk=satu.pk)
    berkas = satu.batch.berkas.filter(urut=satu.berkas_urut).select_related("berkas_masuk").first()
    isi = {
        "j": satu,
        "v": versi,
        "berkas": berkas.berkas_masuk.nama if berkas else "",
        "pasangan": pasangan,
        "pernah": pernah,
        "form": form,
        "form_alasan": form_alasan or AlasanForm(),
        "riwayat": riwayat_untuk(satu, request.user),
        "kueri": f"?{request.GET.urlencode()}" if request.GET else "",
        **{f"bisa_{x}": not boleh(satu, x, oleh=request.user) for x in ("konfirmasi", "kembalikan", "batalkan")},
    }
    salah = any(x is not None and x.errors for x in (form, form_alasan))
    return render(request, "pdpb/lintas/detail.html", isi, status=422 if salah else 200)


@hak(KONFIRMASI)
@require_POST
def konfirmasikan(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the answer of another; the next row that waits for it opens."""
    satu = konfirmasi_jawaban(_satu(request, pk), oleh=request.user)
    messages.success(request, f"Jawaban untuk {satu} dikonfirmasi.")
    return _berikutnya(request, satu, S.DIUSULKAN)


_LEPAS = {"kembalikan": kembalikan_jawaban, "batalkan": batalkan_jawaban}


@hak(KONFIRMASI)
@require_POST
def lepas(request: HttpRequest, pk: int, langkah: str) -> HttpResponse:
    """Send an answer back, or undo it, with a reason."""
    satu, form = _satu(request, pk), AlasanForm(request.POST)
    if form.is_valid():
        try:
            _LEPAS[langkah](satu, alasan=form.cleaned_data["alasan"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Baris ini menunggu jawaban lagi.")
            kueri = f"?{request.GET.urlencode()}" if request.GET else ""
            return redirect(f"{reverse('pdpb:lintas_detail', args=[pk])}{kueri}")
    return _halaman(request, satu, form_alasan=form)


@hak(PUTUSKAN)
def tidak_ada(request: HttpRequest, batch: int) -> HttpResponse:
    """Propose "tidak ditemukan" for every waiting row of a list that has no voter of ours."""
    impor = get_object_or_404(_semua_batch(), pk=batch)
    form = BuktiPutusanForm(request.POST or None)
    kembali = reverse("pdpb:lintas_baris", args=[batch])
    if request.method == "POST" and form.is_valid():
        try:
            banyak = jawab_tidak_ada(
                impor, alasan=form.cleaned_data["alasan"], bukti=form.susun(oleh=request.user), oleh=request.user
            )
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"“Tidak ditemukan” diusulkan untuk {banyak} baris.")
            return redirect(kembali)
    banyak = JawabanLintas.objects.filter(batch=impor, pemilih=None, status=S.MENUNGGU).count()
    return render(
        request,
        "ui/konfirmasi.html",
        {
            "judul": "Jawab “tidak ditemukan”",
            "bagian": "Data Pemilih",
            "remah": [("Lintas daerah", reverse("pdpb:lintas_daftar")), (str(impor), kembali)],
            "akibat": [f"{banyak} baris yang NIK-nya tidak ada dalam daftar kita mendapat satu jawaban yang sama."],
            "dapat_dibatalkan": "Jawaban berlaku setelah petugas lain mengonfirmasinya.",
            "form": form,
            "tombol": "Usulkan jawaban",
            "batal": kembali,
        },
        status=422 if form.errors else 200,
    )


@hak(KONFIRMASI)
@require_POST
def konfirmasi_banyak(request: HttpRequest, batch: int) -> HttpResponse:
    """Confirm every "tidak ditemukan" of a list that another proposed."""
    banyak = konfirmasi_tidak_ada(get_object_or_404(_semua_batch(), pk=batch), oleh=request.user)
    messages.success(request, f"{banyak} jawaban “tidak ditemukan” dikonfirmasi.")
    return redirect("pdpb:lintas_baris", batch)


@hak(LIHAT)
@require_GET
def balasan(request: HttpRequest, batch: int) -> HttpResponse:
    """The reply sheet as XLSX; the download is logged."""
    impor = get_object_or_404(_semua_batch(), pk=batch)
    pakai("ekspor_daftar", oleh=request.user)
    catat_akses("ekspor", impor, oleh=request.user, jumlah=impor.banyak, objek_label=f"Balasan lintas daerah {impor}")
    return unduhan(balasan_lintas_xlsx(impor), XLSX, f"balasan-lintas-{batch}.xlsx")


urlpatterns = [
    path("lintas/", daftar, name="lintas_daftar"),
    path("lintas/baris/", baris, name="lintas_semua"),
    path("lintas/baris/<int:pk>/", detail, name="lintas_detail"),
    path("lintas/baris/<int:pk>/konfirmasi/", konfirmasikan, name="lintas_konfirmasi"),
    path("lintas/baris/<int:pk>/kembalikan/", lepas, {"langkah": "kembalikan"}, name="lintas_kembalikan"),
    path("lintas/baris/<int:pk>/batalkan/", lepas, {"langkah": "batalkan"}, name="lintas_batalkan"),
    path("lintas/<int:batch>/", baris, name="lintas_baris"),
    path("lintas/<int:batch>/tidak-ada/", tidak_ada, name="lintas_tidak_ada"),
    path("lintas/<int:batch>/konfirmasi/", konfirmasi_banyak, name="lintas_konfirmasi_banyak"),
    path("lintas/<int:batch>/balasan/", balasan, name="lintas_balasan"),
]
