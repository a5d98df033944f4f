"""Proposed changes: the queue, one change, one new proposal, and steps taken with many at once."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib import Refused
from kpupalu.ui.daftar import ambil_halaman_dari
from pdpb.actions.perubahan import ambil_langkah, usulkan
from pdpb.forms.pemilih import BaruForm, BuktiForm, ElemenForm, MutasiForm, SaringPerubahanForm, TmsForm, jenis_berkas
from pdpb.langkah import LANGKAH
from pdpb.models import Kategori, Pendaftaran, Periode, Perubahan, RiwayatPerubahan

LIHAT = "pdpb.lihat_pemilih"
# The check page carries every id in one form; the server reads at most 5,000 fields.
MAKS_MASSAL = 4_900
JENIS_BUKTI = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
_ANTREAN = {
    "verifikasi": ["diusulkan", "perlu_coktas"],
    "setujui": ["diverifikasi"],
    "tertunda": ["ditangguhkan", "perlu_coktas"],
}


def saring(user, query):
    """The changes that a query string asks for; the same function serves the list and the numbers that link to it."""
    baris = Perubahan.objects.for_user(user)
    query = {kunci: isi.replace("\0", "") for kunci, isi in query.items()}
    if query.get("periode"):
        baris = baris.filter(periode=query["periode"])
    if query.get("dihitung"):
        baris = baris.dihitung()
    if query.get("status"):
        baris = baris.filter(status=query["status"])
    if query.get("antrean") in _ANTREAN:
        baris = baris.filter(status__in=_ANTREAN[query["antrean"]])
    if query.get("jenis"):
        baris = baris.filter(jenis=query["jenis"])
    if query.get("kategori"):
        baris = baris.filter(kategori=query["kategori"])
    if query.get("wilayah"):
        awal = query["wilayah"]
        lama = Q(jenis__in=["tms", "mutasi"], versi_lama__kelurahan__kode__startswith=awal)
        baru = Q(jenis__in=["baru", "ubah"], versi_baru__kelurahan__kode__startswith=awal)
        belum = Q(versi_lama=None, versi_baru=None, kelurahan__kode__startswith=awal)
        baris = baris.filter(lama | baru | belum)
    if query.get("tujuan"):
        baris = baris.filter(versi_baru__kelurahan__kode__startswith=query["tujuan"])
    if sejak := _tanggal(query.get("sejak", "")):
        baris = baris.filter(disetujui_pada__date__gte=sejak)
    if batch := nomor_dari([query.get("batch", "")]):
        baris = baris.filter(batch=batch[0])
    return baris


def nomor_dari(teks: Iterable[str]) -> list[int]:
    """The row numbers among *teks*; what cannot be one is left out (``²`` is a digit to Python, but no number)."""
    return [int(t) for t in teks if t.isascii() and t.isdigit() and len(t) <= 18]


def _tanggal(teks: str):
    """The day that *teks* names, or None for anything that is no day."""
    try:
        return parse_date(teks)
    except ValueError:
        return None


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """The queue or the filtered list of changes; the count equals the number that led here."""
    baris = saring(request.user, request.GET).select_related(
        "kategori", "periode", "kelurahan", "versi_dasar", "pengusul"
    )
    langkah = [x for x in LANGKAH.values() if request.user.has_perm(x.perm)]
    return render(
        request,
        "pdpb/perubahan/daftar.html",
        {
            "form": SaringPerubahanForm(request.GET or None),
            "jumlah": baris.count(),
            "halaman": ambil_halaman_dari(request, baris, ("id",)),
            "langkah": langkah,
            "periode": Periode.objects.filter(status=Periode.Status.TERBUKA).first(),
            "maks": MAKS_MASSAL,
        },
    )


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One change: what it changes, its evidence, its steps, and what the reader may do with it now."""
    perubahan = get_object_or_404(
        Perubahan.objects.for_user(request.user).select_related(
            "kategori",
            "periode",
            "pemilih",
            "versi_dasar",
            "versi_lama",
            "versi_baru",
            "bukti",
            "pengusul",
            "kelurahan",
        ),
        pk=pk,
    )
    catat_akses("lihat", perubahan.pemilih or perubahan, oleh=request.user, objek_label=f"Perubahan {perubahan}")
    return render(
        request,
        "pdpb/perubahan/detail.html",
        {
            "p": perubahan,
            "beda": _beda(perubahan),
            "langkah": [x for x in LANGKAH.values() if perubahan.status in x.dari and request.user.has_perm(x.perm)],
            "jejak": RiwayatPerubahan.objects.filter(perubahan=perubahan).select_related("oleh"),
            "riwayat": riwayat_untuk(perubahan, request.user),
            "form_bukti": BuktiForm(),
        },
    )


def _beda(perubahan: Perubahan) -> list[tuple[str, object, object]]:
    """``(label, old, proposed)`` for each element the change carries."""
    dasar = perubahan.versi_dasar
    return [
        (Pendaftaran._meta.get_field(nama).verbose_name.capitalize(), getattr(dasar, nama, None), nilai)
        for nama, nilai in perubahan.elemen_baru.items()
    ]


@hak("pdpb.lihat_nik")
@require_GET
def berkas_bukti(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan that proves one change, to save and never to run; a scan shows a NIK, so it needs that right."""
    perubahan = get_object_or_404(
        Perubahan.objects.for_user(request.user).select_related("bukti", "pemilih").exclude(bukti__berkas=""),
        pk=pk,
        bukti__isnull=False,
    )
    try:
        with perubahan.bukti.berkas.open("rb") as berkas:
            isi = berkas.read()
    except FileNotFoundError as galat:
        raise Refused("Berkas bukti ini tidak ditemukan di penyimpanan. Hubungi admin sekarang juga.") from galat
    catat_akses("lihat", perubahan.pemilih or perubahan, oleh=request.user, objek_label=f"Bukti {perubahan}")
    jenis = jenis_berkas(isi) or ""
    jawaban = HttpResponse(isi, content_type=JENIS_BUKTI.get(jenis, "application/octet-stream"))
    jawaban["Content-Disposition"] = f'attachment; filename="bukti-{pk}.{jenis or "bin"}"'
    jawaban["Cache-Control"] = "no-store"
    return jawaban


class MassalForm(forms.Form):
    """A step for many changes: a reason where the step asks for one, and one shared document."""

    catatan = forms.CharField(label="Alasan atau catatan", required=False, max_length=240)


@hak("pdpb.verifikasi_perubahan", "pdpb.setujui_perubahan")
@require_POST
def massal(request: HttpRequest) -> HttpResponse:
    """Check page, then the step with every selected change; the result page says what came of each."""
    langkah = LANGKAH.get(request.POST.get("langkah", ""))
    if langkah is None or not request.user.has_perm(langkah.perm):
        raise Refused("Pilih tindakan yang tersedia bagi Anda.")
    ids = _terpilih(request)
    if not ids:
        raise Refused("Belum ada perubahan yang dipilih. Centang paling sedikit satu baris.")
    data, berkas = (request.POST, request.FILES) if "lanjut" in request.POST else (None, None)
    form = MassalForm(data)
    # The shared document is asked for, and so read, only where the step needs one and some change has none.
    tanpa_bukti = Perubahan.objects.filter(pk__in=ids, bukti=None).count()
    bukti = BuktiForm(data, berkas) if langkah.perlu_bukti and tanpa_bukti else None
    if data and form.is_valid() and (bukti is None or bukti.is_valid()):
        try:
            return _jalankan(request, langkah, ids, form.cleaned_data["catatan"], bukti)
        except Refused as galat:
            # Back on this page: it is reached by POST only, and what was ticked must not be lost.
            form.add_error(None, str(galat))
    return render(
        request,
        "pdpb/perubahan/periksa_massal.html",
        {
            "langkah": langkah,
            "ids": ids,
            "form": form,
            "form_bukti": bukti,
            "tanpa_bukti": tanpa_bukti,
            "kembali": request.POST.get("kembali", ""),
        },
        status=422 if form.errors or (bukti and bukti.errors) else 200,
    )


def _terpilih(request: HttpRequest) -> list[int]:
    """The ids ticked on the page, or with *semua* every change of the filtered list."""
    if "semua" in request.POST:
        ids = saring(request.user, QueryDict(request.POST.get("saringan", ""))).values_list("pk", flat=True)
        ids = list(ids.order_by("pk")[: MAKS_MASSAL + 1])
    else:
        ids = nomor_dari(request.POST.getlist("id"))
    if len(ids) > MAKS_MASSAL:
        raise Refused(f"Paling banyak {MAKS_MASSAL} perubahan sekali jalan. Persempit saringan lebih dahulu.")
    return ids


@transaction.atomic
def _jalankan(request: HttpRequest, langkah, ids: list[int], catatan: str, bukti: BuktiForm | None) -> HttpResponse:
    dokumen = bukti.susun(oleh=request.user) if bukti else None
    berhasil, ditolak = 0, {}
    for periode in Periode.objects.filter(perubahan__in=ids).distinct():
        hasil = ambil_langkah(ids, langkah.nama, oleh=request.user, periode=periode, catatan=catatan, bukti=dokumen)
        berhasil += len(hasil.berhasil)
        ditolak |= hasil.ditolak
    if len(ids) == 1 and not ditolak:
        messages.success(request, f"{langkah.label} berhasil.")
        return redirect("pdpb:perubahan_detail", ids[0])
    baris = Perubahan.objects.filter(pk__in=ditolak).select_related("kategori", "versi_dasar")
    return render(
        request,
        "pdpb/perubahan/hasil_massal.html",
        {"langkah": langkah, "berhasil": berhasil, "ditolak": [(p, ditolak[p.pk]) for p in baris]},
    )


def _periode_terbuka() -> Periode:
    periode = Periode.objects.filter(status=Periode.Status.TERBUKA).first()
    if periode is None:
        raise Refused("Tidak ada periode yang terbuka. Minta kasubbag membuka periode lebih dahulu.")
    return periode


@hak("pdpb.usul_perubahan")
def usul_baru(request: HttpRequest) -> HttpResponse:
    """Propose a new voter."""
    periode = _periode_terbuka()
    form = BaruForm(request.POST or None)
    bukti = BuktiForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and bukti.is_valid():
        isi = form.cleaned_data
        return _usulkan(
            request, form, bukti, periode, isi["kategori"], elemen=form.elemen(), nik=isi["nik"], nkk=isi["nkk"],
            kelurahan_tujuan=form.kelurahan, tps_tujuan=form.tps,
        ) or _halaman_usul(request, form, bukti, periode, "Usulkan pemilih baru")  # fmt: skip
    return _halaman_usul(request, form, bukti, periode, "Usulkan pemilih baru")


@hak("pdpb.usul_perubahan")
def usul(request: HttpRequest, pk: int, jenis: str) -> HttpResponse:
    """Propose TMS, a correction or a move of somebody in the list."""
    periode = _periode_terbuka()
    versi = get_object_or_404(
        Pendaftaran.objects.for_user(request.user).aktif().select_related("identitas", "tps"), pemilih=pk
    )
    form, judul, isi = _form_usul(request, versi, jenis)
    bukti = BuktiForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and bukti.is_valid():
        jawaban = _usulkan(request, form, bukti, periode, pemilih=versi.pemilih, **isi(form))
        if jawaban:
            return jawaban
    return _halaman_usul(request, form, bukti, periode, judul, versi)


def _form_usul(request: HttpRequest, versi: Pendaftaran, jenis: str):
    data = request.POST or None
    if jenis == "tms":
        return TmsForm(data), "Usulkan TMS", lambda f: {
            "kategori": f.cleaned_data["kategori"], "bertahan": f.bertahan, "catatan": f.cleaned_data["catatan"],
        }  # fmt: skip
    if jenis == "mutasi":
        return (
            MutasiForm(data),
            "Usulkan mutasi dalam kota",
            lambda f: {
                "kategori": Kategori.objects.get(pk="pindah_dalam_kota"),
                "kelurahan_tujuan": f.kelurahan,
                "tps_tujuan": f.tps,
                "elemen": {k: f.cleaned_data[k] for k in ("alamat", "rt", "rw")},
            },
        )
    awal = {nama: getattr(versi, nama) for nama in ElemenForm.base_fields if hasattr(versi, nama)}
    return (
        ElemenForm(data, initial=awal),
        "Usulkan perbaikan data",
        lambda f: {
            "kategori": Kategori.objects.get(pk="elemen_data"),
            "elemen": f.elemen(),
            "nik": f.cleaned_data["nik"],
            "nkk": f.cleaned_data["nkk"],
        },
    )


def _usulkan(request: HttpRequest, form, bukti: BuktiForm, periode: Periode, kategori: Kategori, **isi):
    """Redirect to the new change; or None with the refusal put on the form, so that nothing typed is lost."""
    try:
        perubahan = usulkan(
            periode=periode, kategori=kategori, oleh=request.user, bukti=bukti.susun(oleh=request.user), **isi
        )
    except Refused as galat:
        form.add_error(None, str(galat))
        return None
    messages.success(request, "Usulan dicatat. Langkah berikutnya: verifikasi oleh petugas lain.")
    return redirect("pdpb:perubahan_detail", perubahan.pk)


def _halaman_usul(request: HttpRequest, form, bukti, periode: Periode, judul: str, versi=None) -> HttpResponse:
    batal = reverse("pdpb:pemilih_detail", args=[versi.pemilih_id]) if versi else reverse("pdpb:perubahan_daftar")
    return render(
        request,
        "pdpb/perubahan/usul.html",
        {"form": form, "form_bukti": bukti, "periode": periode, "judul": judul, "versi": versi, "batal": batal},
        status=422 if form.errors or bukti.errors else 200,
    )


urlpatterns = [
    path("perubahan/", daftar, name="perubahan_daftar"),
    path("perubahan/baru/", usul_baru, name="usul_baru"),
    path("perubahan/tindakan/", massal, name="perubahan_massal"),
    path("perubahan/<int:pk>/", detail, name="perubahan_detail"),
    path("perubahan/<int:pk>/bukti/", berkas_bukti, name="perubahan_bukti"),
    path("pemilih/<int:pk>/usul/tms/", usul, {"jenis": "tms"}, name="usul_tms"),
    path("pemilih/<int:pk>/usul/ubah/", usul, {"jenis": "ubah"}, name="usul_ubah"),
    path("pemilih/<int:pk>/usul/mutasi/", usul, {"jenis": "mutasi"}, name="usul_mutasi"),
]
