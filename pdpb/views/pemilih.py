"""The voter list: browse, find for a purpose, read one person's whole history. Every reading is logged."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses
from kpupalu.ui.daftar import ambil_halaman_dari, sekitar_jumlah
from kpupalu.wilayah.models import TPS
from pdpb.forms.pemilih import CariForm, SaringPemilihForm, TujuanForm
from pdpb.models import Pemilih, Pendaftaran, Periode, Perubahan, RekapSel, RiwayatPerubahan, Temuan
from pdpb.models.perubahan import ELEMEN

LIHAT = "pdpb.lihat_pemilih"
MAKS_HASIL = 50


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """The list, filtered, in pages by key; masked."""
    pakai("telusur_pemilih", oleh=request.user)
    form = SaringPemilihForm(request.GET or None)
    baris = Pendaftaran.objects.for_user(request.user).aktif()
    isi = form.cleaned_data if form.is_valid() else {}
    if isi.get("kelurahan"):
        baris = baris.filter(kelurahan=isi["kelurahan"])
    if isi.get("tps"):
        baris = baris.filter(tps__nomor=isi["tps"])
    if isi.get("jenis_kelamin"):
        baris = baris.filter(jenis_kelamin=isi["jenis_kelamin"])
    if isi.get("temuan"):
        terbuka = Temuan.objects.filter(pemilih=OuterRef("pemilih"), status=Temuan.Status.TERBUKA)
        baris = baris.filter(Exists(terbuka))
    halaman = ambil_halaman_dari(request, baris.values(*_TERBACA), ("nama", "id"))
    catat_akses("lihat", None, oleh=request.user, objek_label="Daftar pemilih", jumlah=len(halaman))
    return render(
        request,
        "pdpb/pemilih/daftar.html",
        {
            "form": form,
            "halaman": halaman,
            "baris": _terbaca(halaman.baris),
            "jumlah": _jumlah(isi, baris),
            "cip": _cip(request, form),
        },
    )


# What a line of a list shows; whole objects of a page full of rows cost more than reading the rows.
_TERBACA = (
    "id", "pemilih", "nama", "jenis_kelamin", "tanggal_lahir", "rt", "rw", "kelurahan__nama", "tps__nomor",
    "tps__jenis",
)  # fmt: skip


def _terbaca(baris: Iterable[dict]) -> list[dict[str, Any]]:
    """Rows of ``_TERBACA`` in the words of the table, each with the address of its page."""
    awal, akhir = reverse("pdpb:pemilih_detail", args=[0]).rsplit("0", 1)
    return [
        {
            "tautan": f"{awal}{v['pemilih']}{akhir}",
            "nama": v["nama"],
            "jenis_kelamin": v["jenis_kelamin"],
            "tahun": str(v["tanggal_lahir"].year) if v["tanggal_lahir"] else "–",
            "kelurahan": v["kelurahan__nama"],
            "tps": f"{v['tps__nomor']:03d}" if v["tps__nomor"] else "–",
            "loksus": v["tps__jenis"] == TPS.Jenis.LOKSUS,
            "rt_rw": f"{v['rt']}/{v['rw']}",
        }
        for v in baris
    ]


def _jumlah(isi: dict, baris) -> tuple[int, bool]:
    """How many rows: exact from the summary where it can tell, else the planner's estimate; and which of the two."""
    if isi.get("temuan"):
        return sekitar_jumlah(baris), False
    sel = RekapSel.objects.all()
    if isi.get("kelurahan"):
        sel = sel.filter(kelurahan=isi["kelurahan"])
    if isi.get("tps"):
        sel = sel.filter(tps__nomor=isi["tps"])
    if isi.get("jenis_kelamin"):
        sel = sel.filter(jenis_kelamin=isi["jenis_kelamin"])
    return sel.aggregate(n=Coalesce(Sum("jumlah"), 0))["n"], True


def _cip(request: HttpRequest, form) -> list[dict[str, str]]:
    """The filters in force as chips, each with the address that drops it."""
    cip = []
    for nama in form.fields:
        nilai = request.GET.get(nama)
        if nilai:
            sisa = request.GET.copy()
            for kunci in (nama, "setelah", "sebelum"):
                sisa.pop(kunci, None)
            cip.append({"label": f"{form.fields[nama].label}: {nilai}", "tautan_hapus": f"?{sisa.urlencode()}"})
    return cip


@hak(LIHAT)
def cari(request: HttpRequest) -> HttpResponse:
    """Find voters by name or NIK. POST only carries what is personal; the purpose is logged, the result masked."""
    form = CariForm(request.POST or None)
    hasil, lebih = None, False
    if request.method == "POST" and form.is_valid():
        pakai("cari_pemilih", oleh=request.user)
        hasil = _terbaca(temukan(request.user, form.cleaned_data).values(*_TERBACA)[: MAKS_HASIL + 1])
        lebih, hasil = len(hasil) > MAKS_HASIL, hasil[:MAKS_HASIL]
        catat_akses(
            "cari", None, oleh=request.user, tujuan=form.cleaned_data["tujuan"], jumlah=len(hasil),
            objek_label="Pencarian pemilih",
        )  # fmt: skip
    return render(
        request,
        "pdpb/pemilih/cari.html",
        {"form": form, "hasil": hasil, "lebih": lebih, "maks": MAKS_HASIL},
        status=422 if form.errors else 200,
    )


def temukan(user, isi: dict):
    """Open versions whose name holds every word of the query, or whose NIK is the query."""
    baris = Pendaftaran.objects.for_user(user).aktif().order_by("nama", "id")
    if isi["kelurahan"]:
        baris = baris.filter(kelurahan=isi["kelurahan"])
    angka = isi["kata"].replace(" ", "").replace(".", "")
    if angka.isdigit():
        return baris.filter(identitas__nik=angka)
    cocok = Q()
    for kata in isi["kata"].upper().split():
        cocok &= Q(nama__icontains=kata)
    return baris.filter(cocok)


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: the row as it is, every version it had, every change, every open finding."""
    pakai("baca_pemilih", oleh=request.user)
    return _halaman_detail(request, pk, TujuanForm())


_KAITAN = ("pemilih", "kelurahan__kecamatan", "tps", "identitas")


def _semua_versi(request: HttpRequest, pk: int) -> list[Pendaftaran]:
    """Every version of one person, newest first; each says whether there are changes and findings at all, so that the
    page of somebody without any asks for none, and whether a period is open."""
    milik = {"pemilih": OuterRef("pemilih")}
    semua = Pendaftaran.objects.for_user(request.user).filter(pemilih=pk).select_related(*_KAITAN)
    return list(
        semua.annotate(
            ada_perubahan=Exists(Perubahan.objects.filter(**milik)),
            ada_temuan=Exists(Temuan.objects.filter(**milik)),
            ada_terbuka=Exists(Periode.objects.filter(status=Periode.Status.TERBUKA)),
        ).order_by("-id")
    )


def _perubahan(versi: list[Pendaftaran], pk: int) -> list[Perubahan]:
    """The changes of one person; those that opened or closed a version are set there."""
    if not versi[0].ada_perubahan and not any(v.dibuka_id or v.ditutup_id for v in versi):  # type: ignore[attr-defined]
        return []
    perubahan = list(Perubahan.objects.filter(pemilih=pk).select_related("kategori", "periode", "pengusul"))
    menurut_pk = {p.pk: p for p in perubahan}
    for v in versi:
        if v.dibuka_id in menurut_pk:
            v.dibuka = menurut_pk[v.dibuka_id]
        if v.ditutup_id in menurut_pk:
            v.ditutup = menurut_pk[v.ditutup_id]
    return perubahan


def _halaman_detail(request: HttpRequest, pk: int, form_tujuan: TujuanForm) -> HttpResponse:
    versi = _semua_versi(request, pk)
    if not versi:
        raise Http404
    pemilih = versi[0].pemilih
    catat_akses("lihat", pemilih, oleh=request.user)
    perubahan = _perubahan(versi, pk)
    langkah = RiwayatPerubahan.objects.filter(perubahan__in=perubahan).select_related("oleh", "perubahan")
    kini = next((v for v in versi if v.akhir is None), None)
    terbuka = request.session.pop("nik_dibuka", None) == pk and request.user.has_perm("pdpb.lihat_nik")
    return render(
        request,
        "pdpb/pemilih/detail.html",
        {
            "pemilih": pemilih,
            "kini": kini,
            "tampil": kini or versi[0],
            "nik_terbuka": terbuka,
            "riwayat": [rincian_versi(v, lama) for v, lama in zip(versi, [*versi[1:], None], strict=True)],
            "perubahan": perubahan,
            "langkah": langkah if perubahan else [],
            "temuan": Temuan.objects.filter(pemilih=pk) if versi[0].ada_temuan else [],
            "dapat_diusulkan": _dapat_diusulkan(request.user, kini),
            "form_tujuan": form_tujuan,
            "ada_galat": bool(form_tujuan.errors),
        },
        status=422 if form_tujuan.errors else 200,
    )


def _dapat_diusulkan(user, kini: Pendaftaran | None) -> bool:
    return kini is not None and kini.ada_terbuka and user.has_perm("pdpb.usul_perubahan")


def rincian_versi(versi: Pendaftaran, lama: Pendaftaran | None) -> dict:
    """One version with what made it differ from the version before: ``(label, old, new)``; digits of NIK masked."""
    rincian = []
    for nama in (*ELEMEN, "kelurahan", "tps"):
        dulu, kini = getattr(lama, nama, None), getattr(versi, nama)
        if lama and dulu != kini:
            rincian.append((Pendaftaran._meta.get_field(nama).verbose_name.capitalize(), dulu, kini))
    if lama and lama.identitas_id != versi.identitas_id:
        rincian.append(("NIK atau nomor KK", "disamarkan", "disamarkan"))
    return {"versi": versi, "rincian": rincian}


@hak("pdpb.lihat_nik")
@require_POST
def buka_nik(request: HttpRequest, pk: int) -> HttpResponse:
    """Show NIK and NKK once, on the next page only; who, whom and why are logged."""
    pemilih = get_object_or_404(Pemilih, pk=pk)
    form = TujuanForm(request.POST)
    if not form.is_valid():
        return _halaman_detail(request, pk, form)
    pakai("buka_nik", oleh=request.user)
    catat_akses("lihat", pemilih, oleh=request.user, tujuan=f"NIK dibuka: {form.cleaned_data['tujuan']}")
    request.session["nik_dibuka"] = pk
    return redirect(reverse("pdpb:pemilih_detail", args=[pk]))


urlpatterns = [
    path("pemilih/", daftar, name="pemilih_daftar"),
    path("pemilih/cari/", cari, name="pemilih_cari"),
    path("pemilih/<int:pk>/", detail, name="pemilih_detail"),
    path("pemilih/<int:pk>/buka-nik/", buka_nik, name="pemilih_buka_nik"),
]
