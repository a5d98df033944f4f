"""Data ganda: the pairs, one pair side by side, deciding it, confirming what another decided."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses
from kpupalu.jobs.actions import start_job
from kpupalu.lib import Refused
from kpupalu.ui.daftar import ambil_halaman_dari
from pdpb.actions.ganda import (
    batalkan,
    boleh,
    boleh_dipilihkan,
    kembalikan,
    konfirmasi,
    putuskan,
    saran_bertahan,
    tarik,
)
from pdpb.forms.ganda import AlasanForm, PutusanForm, SaringGandaForm
from pdpb.forms.pemilih import TujuanForm
from pdpb.models import PasanganGanda, Periode, Perubahan, RiwayatGanda
from pdpb.models.ganda import Putusan, TingkatGanda
from pdpb.views.pemilih import rincian_versi
from pdpb.views.sandingan import MAKS_KELUARGA, keluarga, sandingkan, terkini, versi_berdua

LIHAT, PUTUSKAN, KONFIRMASI = "pdpb.lihat_pemilih", "pdpb.putuskan_ganda", "pdpb.konfirmasi_ganda"
S = PasanganGanda.Status
BELUM_SELESAI = (S.MENUNGGU, S.DIUSULKAN, S.DIKONFIRMASI)
URUTAN = ("tingkat", "id")


# --- The list ----------------------------------------------------------------------------------------------------
def saring(user, query):
    """The pairs that a query string asks for; the same function serves the list, the counts and the next pair."""
    isi = {kunci: nilai.replace("\0", "") for kunci, nilai in query.items()}
    baris = PasanganGanda.objects.for_user(user)
    status = isi.get("status", "")
    if status in S.values:
        baris = baris.filter(status=status)
    elif status != "semua":
        baris = baris.filter(status__in=BELUM_SELESAI)
    if isi.get("antrean") == "konfirmasi":
        baris = baris.filter(status=S.DIUSULKAN).exclude(pengusul=user)
    if isi.get("tingkat") in map(str, TingkatGanda.values):
        baris = baris.filter(tingkat=isi["tingkat"])
    if isi.get("kelas"):
        baris = baris.filter(kelas=isi["kelas"])
    if isi.get("kelurahan"):
        awal = isi["kelurahan"]
        baris = baris.filter(
            Q(versi_a__kelurahan__kode__startswith=awal) | Q(versi_b__kelurahan__kode__startswith=awal)
        )
    return baris


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """The pairs with their reasons in words, the surest first; how many of each level wait."""
    pakai("telusur_pemilih", oleh=request.user)
    baris = saring(request.user, request.GET).select_related("versi_a__kelurahan", "versi_b__kelurahan")
    halaman = ambil_halaman_dari(request, baris, URUTAN)
    catat_akses("lihat", None, oleh=request.user, objek_label="Daftar data ganda", jumlah=len(halaman))
    menunggu = PasanganGanda.objects.for_user(request.user).filter(status=S.MENUNGGU)
    per_tingkat = dict(menunggu.values_list("tingkat").annotate(n=Count("pk")))
    return render(
        request,
        "pdpb/ganda/daftar.html",
        {
            "form": SaringGandaForm(request.GET or None),
            "jumlah": baris.count(),
            "halaman": halaman,
            "per_tingkat": [(t, per_tingkat.get(t.value, 0)) for t in TingkatGanda],
            "antrean": request.GET.get("antrean") == "konfirmasi",
            "kueri": request.GET.urlencode(),
        },
    )


@hak("pdpb.cari_ganda")
@require_POST
def cari(request: HttpRequest) -> HttpResponse:
    """Compare the whole roll in the background; asked for twice, the job that runs is shown."""
    job = start_job("pdpb.cari_ganda", by=request.user, kunci="seluruh-daftar")
    return redirect("jobs:detail", job.pk)


# --- One pair ----------------------------------------------------------------------------------------------------
def _pasangan(request: HttpRequest, pk: int) -> PasanganGanda:
    semua = PasanganGanda.objects.for_user(request.user).select_related(
        "versi_a", "versi_b", "bertahan", "bukti", "periode", "pengusul", "pengonfirmasi", "perubahan"
    )
    return get_object_or_404(semua, pk=pk)


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Two rows side by side, and, for those who may, the decision; the next pair of the filter opens after it."""
    pasangan = _pasangan(request, pk)
    pakai("baca_pemilih", oleh=request.user)
    bisa = not boleh(pasangan, "usulkan", oleh=request.user) or not boleh(pasangan, "ganti", oleh=request.user)
    form = None
    if bisa:
        awal = {"jenis_dokumen": request.session.get("bukti_ganda", "")}
        form = PutusanForm(request.POST or None, pasangan=pasangan, initial=awal)
        if request.method == "POST" and form.is_valid() and _putuskan(request, pasangan, form):
            return _berikutnya(request, pasangan, S.MENUNGGU)
    return _halaman(request, pasangan, form=form)


def _putuskan(request: HttpRequest, pasangan: PasanganGanda, form: PutusanForm) -> bool:
    putusan = request.POST.get("putusan", "")
    if putusan == Putusan.SAMA and not form.cleaned_data["bertahan"]:
        form.add_error("bertahan", "Pilih baris yang bertahan.")
        return False
    periode = Periode.objects.filter(status=Periode.Status.TERBUKA).first()
    if periode is None:
        form.add_error(None, "Tidak ada periode yang terbuka. Minta kasubbag membuka periode lebih dahulu.")
        return False
    try:
        putuskan(
            pasangan,
            putusan=putusan,
            alasan=form.cleaned_data["alasan"],
            bukti=form.susun(oleh=request.user),
            periode=periode,
            oleh=request.user,
            bertahan=form.cleaned_data["bertahan"] if putusan == Putusan.SAMA else None,
            dilihat=_dilihat(request),
        )
    except Refused as galat:
        form.add_error(None, str(galat))
        return False
    request.session["bukti_ganda"] = form.cleaned_data["jenis_dokumen"]
    kata = Putusan(putusan).label.lower()
    messages.success(request, f"Putusan “{kata}” untuk {pasangan} diusulkan. Petugas lain mengonfirmasinya.")
    return True


def _dilihat(request: HttpRequest) -> tuple[int, int]:
    """The versions that the page showed when the decision was made."""
    teks = [request.POST.get(nama, "") for nama in ("versi_a", "versi_b")]
    if not all(t.isascii() and t.isdigit() and len(t) <= 18 for t in teks):
        raise Refused("Halaman ini tidak lengkap. Muat ulang pasangan ini, lalu putuskan lagi.")
    return int(teks[0]), int(teks[1])


def _berikutnya(request: HttpRequest, pasangan: PasanganGanda, status: str) -> HttpResponse:
    """The next pair of the same filter that waits in *status* for this person, else the list."""
    baris = saring(request.user, request.GET).filter(status=status).exclude(pk=pasangan.pk).order_by(*URUTAN)
    if status == S.DIUSULKAN:
        baris = baris.exclude(pengusul=request.user)
    sesudah = Q(tingkat__gt=pasangan.tingkat) | Q(tingkat=pasangan.tingkat, pk__gt=pasangan.pk)
    lanjut = baris.filter(sesudah).first() or baris.first()
    kueri = f"?{request.GET.urlencode()}" if request.GET else ""
    tujuan = reverse("pdpb:ganda_detail", args=[lanjut.pk]) if lanjut else reverse("pdpb:ganda_daftar")
    return redirect(f"{tujuan}{kueri}")


def _halaman(
    request: HttpRequest, pasangan: PasanganGanda, *, form=None, form_alasan=None, form_tujuan=None
) -> HttpResponse:
    versi_a, versi_b = versi_berdua(pasangan)
    a, b = terkini(versi_a), terkini(versi_b)
    for versi in (a, b):
        catat_akses("lihat", versi.pemilih, oleh=request.user, objek_label=f"{versi.pemilih} ({pasangan})")
    anggota = keluarga(a, b)
    if anggota:
        label = f"Anggota keluarga pada {pasangan}"
        catat_akses("lihat", None, oleh=request.user, objek_label=label, jumlah=len(anggota[:MAKS_KELUARGA]))
    saran, sebab_saran = saran_bertahan(a, b)
    if form and not form.is_bound and boleh_dipilihkan(pasangan):
        form.initial["bertahan"] = saran.pemilih_id
    terbuka = request.session.pop("nik_ganda", None) == pasangan.pk and request.user.has_perm("pdpb.lihat_nik")
    isi = {
        "p": pasangan,
        "a": a,
        "b": b,
        "isian": sandingkan(versi_a, versi_b),
        "keluarga": anggota[:MAKS_KELUARGA],
        "keluarga_lebih": len(anggota) > MAKS_KELUARGA,
        "riwayat_a": [rincian_versi(v, x) for v, x in zip(versi_a, [*versi_a[1:], None], strict=True)],
        "riwayat_b": [rincian_versi(v, x) for v, x in zip(versi_b, [*versi_b[1:], None], strict=True)],
        "perubahan": Perubahan.objects.filter(pemilih__in=[pasangan.a_id, pasangan.b_id]).select_related(
            "kategori", "periode"
        ),
        "jejak": RiwayatGanda.objects.filter(pasangan=pasangan).select_related("oleh", "bukti"),
        "form": form,
        "form_alasan": form_alasan or AlasanForm(),
        "form_tujuan": form_tujuan or TujuanForm(),
        "tujuan_galat": bool(form_tujuan),
        "saran": "A" if saran is a else "B",
        "sebab_saran": sebab_saran,
        "dipilihkan": boleh_dipilihkan(pasangan),
        "nik_terbuka": terbuka,
        "kueri": f"?{request.GET.urlencode()}" if request.GET else "",
        **{f"bisa_{x}": not boleh(pasangan, x, oleh=request.user) for x in _LANGKAH_ALASAN},
        "bisa_konfirmasi": not boleh(pasangan, "konfirmasi", oleh=request.user),
    }
    salah = any(x is not None and x.errors for x in (form, form_alasan, form_tujuan))
    return render(request, "pdpb/ganda/detail.html", isi, status=422 if salah else 200)


@hak(KONFIRMASI)
@require_POST
def konfirmasikan(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm what another proposed; the next pair that waits for it opens."""
    pasangan = konfirmasi(_pasangan(request, pk), oleh=request.user)
    kalimat = f"Putusan “{pasangan.get_putusan_display().lower()}” untuk {pasangan} dikonfirmasi."
    if pasangan.perubahan_id:
        kalimat += " Langkah berikutnya: usulan TMS diverifikasi dan disetujui."
    messages.success(request, kalimat)
    return _berikutnya(request, pasangan, S.DIUSULKAN)


_LANGKAH_ALASAN = {"kembalikan": kembalikan, "tarik": tarik, "batalkan": batalkan}
_HASIL = {
    "kembalikan": "dikembalikan; pasangan ini menunggu putusan lagi",
    "tarik": "ditarik; pasangan ini menunggu putusan lagi",
    "batalkan": "dibatalkan; pasangan ini menunggu putusan lagi",
}


@hak(PUTUSKAN, KONFIRMASI)
@require_POST
def lepas(request: HttpRequest, pk: int, langkah: str) -> HttpResponse:
    """Send back, withdraw or undo a decision, with a reason."""
    pasangan, form = _pasangan(request, pk), AlasanForm(request.POST)
    if form.is_valid():
        try:
            _LANGKAH_ALASAN[langkah](pasangan, alasan=form.cleaned_data["alasan"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"Putusan {_HASIL[langkah]}.")
            kueri = f"?{request.GET.urlencode()}" if request.GET else ""
            return redirect(f"{pasangan.get_absolute_url()}{kueri}")
    return _halaman(request, pasangan, form_alasan=form)


@hak("pdpb.lihat_nik")
@require_POST
def buka_nik(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the NIK and NKK of both rows once, on the next page only; who, whom and why are logged."""
    pasangan, form = _pasangan(request, pk), TujuanForm(request.POST)
    if not form.is_valid():
        return _halaman(request, pasangan, form_tujuan=form)
    pakai("buka_nik", oleh=request.user)
    with transaction.atomic():
        for versi in (pasangan.versi_a, pasangan.versi_b):
            catat_akses("lihat", versi.pemilih, oleh=request.user, tujuan=f"NIK dibuka: {form.cleaned_data['tujuan']}")
    request.session["nik_ganda"] = pasangan.pk
    kueri = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{pasangan.get_absolute_url()}{kueri}")


urlpatterns = [
    path("ganda/", daftar, name="ganda_daftar"),
    path("ganda/cari/", cari, name="ganda_cari"),
    path("ganda/<int:pk>/", detail, name="ganda_detail"),
    path("ganda/<int:pk>/konfirmasi/", konfirmasikan, name="ganda_konfirmasi"),
    path("ganda/<int:pk>/kembalikan/", lepas, {"langkah": "kembalikan"}, name="ganda_kembalikan"),
    path("ganda/<int:pk>/tarik/", lepas, {"langkah": "tarik"}, name="ganda_tarik"),
    path("ganda/<int:pk>/batalkan/", lepas, {"langkah": "batalkan"}, name="ganda_batalkan"),
    path("ganda/<int:pk>/buka-nik/", buka_nik, name="ganda_buka_nik"),
]
