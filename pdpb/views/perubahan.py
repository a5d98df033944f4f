"""Proposed changes: the queue, one change, one new proposal, and steps taken with many at once."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.imports.lampiran import TIPE, jenis_berkas
from kpupalu.lib import Refused
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.ui.daftar import ambil_halaman_dari
from pdpb.actions.perubahan import ambil_langkah, boleh_dilengkapi, lengkapi_bukti, usulkan
from pdpb.forms.pemilih import BaruForm, BuktiForm, ElemenForm, MutasiForm, SaringPerubahanForm, TmsForm
from pdpb.langkah import LANGKAH, Langkah
from pdpb.models import Kategori, Pendaftaran, Periode, Perubahan, RiwayatPerubahan
from pdpb.models.perubahan import ELEMEN

LIHAT = "pdpb.lihat_pemilih"
# The check page carries every id in one form; the server reads at most 5,000 fields.
MAKS_MASSAL = 4_900
_ANTREAN = {
    "verifikasi": ["diusulkan", "perlu_coktas"],
    "setujui": ["diverifikasi"],
    "tertunda": ["ditangguhkan", "perlu_coktas"],
}


# The step that a queue waits for.
_UTAMA = {"verifikasi": "verifikasi", "setujui": "setujui"}
_CIP = {"dihitung": "Hanya yang dihitung", "sejak": "Disetujui sejak", "tujuan": "Tujuan", "batch": "Impor nomor"}


class MassalForm(forms.Form):
    """A step for many changes: a reason where the step asks for one, and one shared document."""

    catatan = forms.CharField(label="Alasan atau catatan", required=False, max_length=240)


def _cip(request: HttpRequest) -> list[dict[str, str]]:
    """The filters that came with a link and have no field of their own, each with the address that drops it."""
    cip = []
    for nama, label in _CIP.items():
        if nilai := request.GET.get(nama):
            sisa = request.GET.copy()
            for kunci in (nama, "setelah", "sebelum"):
                sisa.pop(kunci, None)
            if nama == "sejak" and (hari := _tanggal(nilai)):
                nilai = tanggal_panjang(hari)
            kata = label if nama == "dihitung" else f"{label} {nilai}"
            cip.append({"label": kata, "tautan_hapus": f"?{sisa.urlencode()}"})
    return cip


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
    pakai("telusur_pemilih", oleh=request.user)
    baris = saring(request.user, request.GET).select_related(
        "kategori", "periode", "kelurahan", "versi_dasar", "pengusul"
    )
    langkah = [x for x in LANGKAH.values() if request.user.has_perm(x.perm) and not x.hanya_sendiri]
    halaman = ambil_halaman_dari(request, baris, ("id",))
    catat_akses("lihat", None, oleh=request.user, objek_label="Daftar perubahan", jumlah=len(halaman))
    return render(
        request,
        "pdpb/perubahan/daftar.html",
        {
            "form": SaringPerubahanForm(request.GET or None),
            "jumlah": baris.count(),
            "halaman": halaman,
            "langkah": langkah,
            "utama": _UTAMA.get(request.GET.get("antrean", "")),
            "cip": _cip(request),
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
            "uji_petik__contoh__uji",
        ),
        pk=pk,
    )
    pakai("baca_pemilih", oleh=request.user)
    catat_akses("lihat", perubahan.pemilih or perubahan, oleh=request.user, objek_label=f"Perubahan {perubahan}")
    return render(
        request,
        "pdpb/perubahan/detail.html",
        {
            "p": perubahan,
            "beda": _beda(perubahan),
            "langkah": _langkah_terbuka(perubahan, request.user),
            "boleh_lengkapi": boleh_dilengkapi(perubahan, oleh=request.user),
            "boleh_tarik": _boleh_tarik(perubahan, request.user),
            "jejak": RiwayatPerubahan.objects.filter(perubahan=perubahan).select_related("oleh"),
            "riwayat": riwayat_untuk(perubahan, request.user),
            "form_bukti": BuktiForm(),
        },
    )


def _langkah_terbuka(perubahan: Perubahan, user) -> list[Langkah]:
    """The steps of an examiner that *user* may take with this change as it stands."""
    return [x for x in LANGKAH.values() if perubahan.status in x.dari and user.has_perm(x.perm) and not x.hanya_sendiri]


def _boleh_tarik(perubahan: Perubahan, user) -> bool:
    """Whether *user* may withdraw this change: an own one that nobody has verified yet."""
    return perubahan.pengusul_id == user.pk and perubahan.status in LANGKAH["tarik"].dari


@hak("pdpb.usul_perubahan")
def tarik(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an own proposal with a reason, on a page of its own."""
    perubahan = get_object_or_404(Perubahan.objects.for_user(request.user), pk=pk, pengusul=request.user)
    form = MassalForm(request.POST or None)
    form.fields["catatan"].required = True
    if request.method == "POST" and form.is_valid():
        alasan = form.cleaned_data["catatan"]
        try:
            hasil = ambil_langkah([pk], "tarik", oleh=request.user, periode=perubahan.periode, catatan=alasan)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            if pk in hasil.berhasil:
                messages.success(request, "Usulan ditarik kembali.")
                return redirect("pdpb:perubahan_detail", pk)
            form.add_error(None, hasil.ditolak.get(pk, "Usulan ini tidak dapat ditarik lagi."))
    batal = reverse("pdpb:perubahan_detail", args=[pk])
    return render(
        request,
        "ui/konfirmasi.html",
        {
            "judul": f"Tarik kembali: {perubahan}",
            "bagian": "Data Pemilih",
            "remah": [("Perubahan", reverse("pdpb:perubahan_daftar")), (str(perubahan), batal)],
            "akibat": ["Usulan ini tidak lagi menunggu pemeriksaan dan tidak mengubah angka."],
            "dapat_dibatalkan": "Tidak dapat dibatalkan; usulkan lagi bila perlu.",
            "form": form,
            "tombol": "Tarik kembali",
            "batal": batal,
            "genting": True,
        },
        status=422 if form.errors else 200,
    )


@hak("pdpb.usul_perubahan", "pdpb.verifikasi_perubahan")
def lengkapi(request: HttpRequest, pk: int) -> HttpResponse:
    """Put evidence with a proposal that waits for it."""
    perubahan = get_object_or_404(Perubahan.objects.for_user(request.user), pk=pk)
    form = BuktiForm(request.POST or None, request.FILES or None)
    form.fields["jenis_dokumen"].required = True
    form.fields["jenis_dokumen"].help_text = "Misalnya: Akta kematian, KTP-el, Kartu Keluarga."
    if request.method == "POST" and form.is_valid():
        try:
            lengkapi_bukti(perubahan, bukti=form.susun(oleh=request.user), oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Bukti dilengkapi. Usulan ini sekarang dapat diverifikasi.")
            return redirect("pdpb:perubahan_detail", pk)
    batal = reverse("pdpb:perubahan_detail", args=[pk])
    return render(
        request,
        "ui/formulir.html",
        {
            "judul": f"Lengkapi bukti: {perubahan}",
            "bagian": "Data Pemilih",
            "remah": [("Perubahan", reverse("pdpb:perubahan_daftar")), (str(perubahan), batal)],
            "form": form,
            "tombol": "Simpan bukti",
            "batal": batal,
        },
        status=422 if form.errors else 200,
    )


def _beda(perubahan: Perubahan) -> list[tuple[str, object, object]]:
    """``(label, old, proposed)`` for each element the change carries."""
    dasar = perubahan.versi_dasar
    return [
        (_LABEL.get(nama, nama), _kata(nama, getattr(dasar, nama, None)), _kata(nama, nilai))
        for nama, nilai in perubahan.elemen_baru.items()
    ]


_LABEL = {"rt": "RT", "rw": "RW", "status_ktpel": "Status KTP-el"} | {
    nama: nama.replace("_", " ").capitalize() for nama in ELEMEN if nama not in ("rt", "rw", "status_ktpel")
}


def _kata(nama: str, nilai: object) -> object:
    """The value as people read it: the words of a code, a date written out."""
    if nama == "tanggal_lahir":
        hari = _tanggal(nilai) if isinstance(nilai, str) else nilai
        return tanggal_panjang(hari) if hari else nilai
    return dict(Pendaftaran._meta.get_field(nama).choices or ()).get(nilai, nilai)


@hak("pdpb.lihat_nik")
@require_GET
def berkas_bukti(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan that proves one change, to save and never to run; a scan shows a NIK, so it needs that right."""
    perubahan = get_object_or_404(
        Perubahan.objects.for_user(request.user).select_related("bukti", "pemilih").exclude(bukti__berkas=""),
        pk=pk,
        bukti__isnull=False,
    )
    pakai("buka_nik", oleh=request.user)
    try:
        with perubahan.bukti.berkas.open("rb") as berkas:
            isi = berkas.read()
    except FileNotFoundError as galat:
        raise Refused("Berkas bukti ini tidak ditemukan di penyimpanan. Hubungi admin sekarang juga.") from galat
    catat_akses("lihat", perubahan.pemilih or perubahan, oleh=request.user, objek_label=f"Bukti {perubahan}")
    jenis = jenis_berkas(isi) or ""
    jawaban = HttpResponse(isi, content_type=TIPE.get(jenis, "application/octet-stream"))
    jawaban["Content-Disposition"] = f'attachment; filename="bukti-{pk}.{jenis or "bin"}"'
    jawaban["Cache-Control"] = "no-store"
    return jawaban


def periode_terbuka() -> Periode:
    """The open period; refuses when there is none."""
    periode = Periode.objects.filter(status=Periode.Status.TERBUKA).first()
    if periode is None:
        raise Refused("Tidak ada periode yang terbuka. Minta kasubbag membuka periode lebih dahulu.")
    return periode


@hak("pdpb.usul_perubahan")
def usul_baru(request: HttpRequest) -> HttpResponse:
    """Propose a new voter."""
    periode = periode_terbuka()
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
    periode = periode_terbuka()
    versi = get_object_or_404(
        Pendaftaran.objects.for_user(request.user).aktif().select_related("identitas", "tps"), pemilih=pk
    )
    form, judul, isi = form_usul(request, versi, jenis)
    bukti = BuktiForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and bukti.is_valid():
        jawaban = _usulkan(request, form, bukti, periode, pemilih=versi.pemilih, **isi(form))
        if jawaban:
            return jawaban
    pakai("baca_pemilih", oleh=request.user)
    catat_akses("lihat", versi.pemilih, oleh=request.user, tujuan=judul)
    return _halaman_usul(request, form, bukti, periode, judul, versi)


def form_usul(request: HttpRequest, versi: Pendaftaran, jenis: str):
    """``(form, title, fields of usulkan from the form)`` for a change *jenis* of somebody in the list."""
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
    path("perubahan/<int:pk>/", detail, name="perubahan_detail"),
    path("perubahan/<int:pk>/lengkapi-bukti/", lengkapi, name="perubahan_lengkapi"),
    path("perubahan/<int:pk>/tarik/", tarik, name="perubahan_tarik"),
    path("perubahan/<int:pk>/bukti/", berkas_bukti, name="perubahan_bukti"),
    path("pemilih/<int:pk>/usul/tms/", usul, {"jenis": "tms"}, name="usul_tms"),
    path("pemilih/<int:pk>/usul/ubah/", usul, {"jenis": "ubah"}, name="usul_ubah"),
    path("pemilih/<int:pk>/usul/mutasi/", usul, {"jenis": "mutasi"}, name="usul_mutasi"),
]
