"""SIDALIH side by side: sheets for its upload grid, its files, and what it made of each row."""

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.kalender.tenggat import tenggat
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.ui.daftar import ambil_halaman_dari
from pdpb import sidalih
from pdpb.actions import sidalih as tindakan
from pdpb.forms.sidalih import BerkasForm, HasilForm, SaringBarisForm, SaringLembarForm, UnggahForm
from pdpb.models import BarisSidalih, BerkasSidalih, LembarSidalih, Periode, RekapSidalih
from pdpb.models.sidalih import ATURAN_UNGGAH
from pdpb.views.perubahan import nomor_dari
from pdpb.views.unduhan import XLSX, unduhan

LIHAT, KELOLA = "pdpb.lihat_pemilih", tindakan.PERM
H, L = BarisSidalih.Hasil, LembarSidalih.Status
_INDUK = ("SIDALIH", "pdpb:sidalih_daftar")


def _halaman(request: HttpRequest, template: str, **isi) -> HttpResponse:
    salah = any(isi.get(nama) is not None and isi[nama].errors for nama in ("form",))
    isi = {"bagian": "Data Pemilih", "remah": [(_INDUK[0], reverse(_INDUK[1]))]} | isi
    return render(request, template, isi, status=422 if salah else 200)


def _periode(request: HttpRequest) -> Periode | None:
    """The period of ``?periode=``, else the open one, else the newest."""
    semua = Periode.objects.all()
    kode = request.GET.get("periode", "").replace("\0", "")
    return semua.filter(pk=kode).first() or semua.filter(status=Periode.Status.TERBUKA).first() or semua.first()


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """The sheets of a period, how far they are, and what waits to be put on one."""
    periode = _periode(request)
    if periode is None:
        return _halaman(request, "pdpb/sidalih/daftar.html", remah=[], periode=None)
    lembar = LembarSidalih.objects.for_user(request.user).filter(periode=periode)
    hal = (
        _saring_lembar(lembar, request.GET)
        .select_related("periode", "kelurahan", "diunggah_oleh")
        .annotate(
            banyak=Count("baris", filter=Q(baris__digantikan=False)),
            terjawab=Count("baris", filter=Q(baris__digantikan=False, baris__hasil=H.DITERIMA)),
        )
    )
    return _halaman(
        request, "pdpb/sidalih/daftar.html", remah=[], periode=periode, semua_periode=Periode.objects.all(),
        belum=tindakan.belum_dilembarkan(periode), angka=_angka(request.user, periode),
        halaman=ambil_halaman_dari(request, hal, ("-id",)),
        form_saring=SaringLembarForm({**request.GET.dict(), "periode": periode.pk}),
        berkas=BerkasSidalih.objects.filter(periode=periode).select_related("berkas", "diterima_oleh")[:10],
        riwayat=riwayat_untuk(periode, request.user),
    )  # fmt: skip


def _saring_lembar(lembar: QuerySet[LembarSidalih], query) -> QuerySet[LembarSidalih]:
    if query.get("status") in L.values:
        lembar = lembar.filter(status=query["status"])
    if kelurahan := query.get("kelurahan", "").replace("\0", ""):
        lembar = lembar.filter(kelurahan=kelurahan)
    return lembar


def _baris(user, periode: Periode) -> QuerySet[BarisSidalih]:
    return BarisSidalih.objects.for_user(user).filter(lembar__periode=periode)


def _angka(user, periode: Periode) -> list[dict]:
    hitung = dict(_baris(user, periode).berlaku().order_by().values_list("hasil").annotate(n=Count("pk")))
    batal = _baris(user, periode).filter(diunggah=True, digantikan=True).count()
    alamat = reverse("pdpb:sidalih_rekonsiliasi", args=[periode.pk])
    angka = [{"label": label, "nilai": hitung.get(h, 0), "tautan": f"{alamat}?hasil={h}"} for h, label in H.choices]
    if batal:
        kata = "Diganti sesudah diunggah"
        angka.append({"label": kata, "nilai": batal, "tautan": f"{alamat}?hasil=batal", "genting": True})
    return angka


@hak(KELOLA)
@require_POST
def susun(request: HttpRequest, kode: str) -> HttpResponse:
    """Put everything that stands on no sheet onto sheets."""
    periode = get_object_or_404(Periode, pk=kode)
    hasil = tindakan.susun_lembar(periode, oleh=request.user)
    if hasil.lembar:
        messages.success(
            request, f"{ribuan(hasil.lembar)} lembar dengan {ribuan(hasil.baris)} baris disusun. Langkah berikutnya: "
            "unduh, unggah ke SIDALIH, lalu catat.",
        )  # fmt: skip
    else:
        messages.info(request, "Semua perubahan yang disetujui sudah ada pada lembar.")
    if hasil.digantikan:
        messages.warning(
            request, f"{ribuan(hasil.digantikan)} baris lama tidak berlaku lagi karena perubahannya diubah."
        )
    return redirect(f"{reverse('pdpb:sidalih_daftar')}?periode={periode.pk}")


# --- One sheet ----------------------------------------------------------------------------------------------------
def _lembar(request: HttpRequest, pk: int) -> LembarSidalih:
    semua = LembarSidalih.objects.for_user(request.user).select_related("periode", "kelurahan", "dibuat_oleh")
    return get_object_or_404(semua, pk=pk)


@hak(LIHAT)
def lembar(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet with its rows, masked."""
    satu = _lembar(request, pk)
    pakai("telusur_pemilih", oleh=request.user)
    baris = satu.baris.select_related("identitas", "perubahan__kategori")
    hal = ambil_halaman_dari(request, baris, ("urut",))
    catat_akses("lihat", satu, oleh=request.user, jumlah=len(hal))
    return _halaman(
        request, "pdpb/sidalih/lembar.html", lembar=satu, halaman=hal, kelola=request.user.has_perm(KELOLA),
        target=tenggat(ATURAN_UNGGAH, satu.disusun) if satu.status == L.MENUNGGU else None,
        jumlah=satu.baris.filter(digantikan=False).count(), riwayat=riwayat_untuk(satu, request.user),
    )  # fmt: skip


@hak(KELOLA)
@require_POST
def unduh(request: HttpRequest, pk: int) -> HttpResponse:
    """The file for the upload grid, with whole NIK and NKK; counted and logged."""
    satu = _lembar(request, pk)
    pakai("unduh_lembar_sidalih", oleh=request.user)
    isi = tindakan.ambil_lembar(satu, oleh=request.user)
    bentuk = "csv" if request.POST.get("bentuk") == "csv" else "xlsx"
    catat_akses("ekspor", satu, oleh=request.user, tujuan=f"Unggah ke SIDALIH, {satu.kode}", jumlah=len(isi))
    nama = f"{satu.kode.replace('/', '-')}-{satu.kelurahan_id}.{bentuk}"
    if bentuk == "csv":
        return unduhan(sidalih.csv_grid(isi), "text/csv; charset=utf-8", nama)
    return unduhan(sidalih.xlsx_grid(isi), XLSX, nama)


@hak(KELOLA)
def diunggah(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the sheet was uploaded."""
    satu = _lembar(request, pk)
    form = UnggahForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            tindakan.catat_unggah(satu, oleh=request.user, catatan=form.cleaned_data["catatan"])
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(
                request, f"{satu.kode} dicatat diunggah. Langkah berikutnya: unggah jawaban SIDALIH ke sini."
            )
            return redirect(satu)
    return _halaman(
        request, "ui/konfirmasi.html", judul=f"Catat {satu.kode} sudah diunggah", form=form, tombol="Catat diunggah",
        akibat=["Nama Anda dan waktunya dicatat sebagai pengunggah.", "Baris lembar ini menunggu jawaban SIDALIH."],
        dapat_dibatalkan="Tidak dapat dibatalkan. Catat hanya sesudah SIDALIH menerima berkasnya.",
        batal=satu.get_absolute_url(),
    )  # fmt: skip


# --- What came back -----------------------------------------------------------------------------------------------
@hak(KELOLA)
def berkas(request: HttpRequest, kode: str) -> HttpResponse:
    """Receive a file of SIDALIH; reading it is a job."""
    periode = get_object_or_404(Periode, pk=kode)
    form = BerkasForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        isi = form.cleaned_data
        try:
            _, job = tindakan.terima_berkas(periode, isi["berkas"], jenis=isi["jenis"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            if job:
                return redirect("jobs:detail", job)
            messages.info(request, "Berkas yang sama sudah pernah dibaca, jadi tidak ada yang berubah.")
            return redirect("pdpb:sidalih_rekonsiliasi", kode)
    return _halaman(
        request, "ui/formulir.html", judul=f"Unggah berkas SIDALIH {periode.nama}", form=form,
        tombol="Unggah dan periksa",
        konteks="Berkas disegel. Sistem ini tidak pernah masuk ke SIDALIH dan tidak menyimpan kata sandinya.",
        batal=f"{reverse('pdpb:sidalih_daftar')}?periode={kode}",
    )  # fmt: skip


@hak(LIHAT)
@require_safe
def rekonsiliasi(request: HttpRequest, kode: str) -> HttpResponse:
    """Row by row what SIDALIH made of our changes, and its counts beside ours."""
    form = HasilForm() if request.user.has_perm(KELOLA) else None
    return _halaman_rekonsiliasi(request, get_object_or_404(Periode, pk=kode), form)


@hak(KELOLA)
@require_POST
def catat(request: HttpRequest, kode: str) -> HttpResponse:
    """Answer the ticked rows by hand, or let them be sent again; the page with its error when that cannot be."""
    periode = get_object_or_404(Periode, pk=kode)
    form = HasilForm(request.POST)
    if form.is_valid():
        try:
            _tindak(request, periode, form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            kembali = reverse("pdpb:sidalih_rekonsiliasi", args=[kode])
            return redirect(f"{kembali}?{request.GET.urlencode()}")
    return _halaman_rekonsiliasi(request, periode, form)


def _halaman_rekonsiliasi(request: HttpRequest, periode: Periode, form: HasilForm | None) -> HttpResponse:
    pakai("telusur_pemilih", oleh=request.user)
    baris = saring(_baris(request.user, periode), request.GET)
    kaitan = ("lembar__kelurahan", "lembar__periode", "identitas", "berkas")
    hal = ambil_halaman_dari(request, baris.select_related(*kaitan), ("id",))
    catat_akses("lihat", None, oleh=request.user, objek_label=f"Rekonsiliasi SIDALIH {periode}", jumlah=len(hal))
    return _halaman(
        request, "pdpb/sidalih/rekonsiliasi.html", periode=periode, form=form, halaman=hal, jumlah=baris.count(),
        form_saring=SaringBarisForm(request.GET or None), angka=_angka(request.user, periode),
        wilayah=_per_kelurahan(request.user, periode),
        dicentang={str(n) for n in nomor_dari(request.POST.getlist("id"))},
    )  # fmt: skip


def saring(baris: QuerySet[BarisSidalih], query) -> QuerySet[BarisSidalih]:
    """The rows that a query string asks for; rows replaced since only when they are asked for."""
    hasil = query.get("hasil", "")
    baris = baris.filter(digantikan=True, diunggah=True) if hasil == "batal" else baris.filter(digantikan=False)
    if hasil in H.values:
        baris = baris.filter(hasil=hasil)
    if kelurahan := query.get("kelurahan", "").replace("\0", ""):
        baris = baris.filter(lembar__kelurahan=kelurahan)
    return baris


def _tindak(request: HttpRequest, periode: Periode, isi: dict) -> None:
    ids = nomor_dari(request.POST.getlist("id"))
    if not ids:
        raise Refused("Belum ada baris yang dicentang.")
    if isi["tindakan"] == "ulang":
        n = tindakan.kirim_ulang(ids, periode=periode, oleh=request.user)
        messages.success(request, f"{ribuan(n)} baris disiapkan. Susun lembar untuk mengirimnya lagi.")
    else:
        n = tindakan.catat_hasil(ids, isi["tindakan"], periode=periode, oleh=request.user, pesan=isi["pesan"])
        messages.success(request, f"Hasil {ribuan(n)} baris dicatat.")
    if n < len(ids):
        messages.info(request, f"{ribuan(len(ids) - n)} baris dilewati karena belum diunggah atau tidak perlu.")


def _per_kelurahan(user, periode: Periode) -> list[dict]:
    """Per kelurahan of our sheets or of SIDALIH's lists: how many rows got each result, and its count of voters."""
    hasil: dict[str, dict] = {}
    baris = _baris(user, periode).berlaku().order_by()
    for kode, nama, h, n in baris.values_list("lembar__kelurahan", "lembar__kelurahan__nama", "hasil").annotate(
        n=Count("pk")
    ):
        hasil.setdefault(kode, {"nama": nama, "hasil": {}, "rekap": {}})["hasil"][h] = n
    for r in RekapSidalih.objects.filter(periode=periode).select_related("kelurahan"):
        satu = hasil.setdefault(r.kelurahan_id, {"nama": r.kelurahan.nama, "hasil": {}, "rekap": {}})
        satu["rekap"][r.jenis_kelamin], satu["pada"] = r.jumlah, r.pada
    return [
        {"kode": kode, **satu, "angka": [satu["hasil"].get(h, 0) for h in H.values],
         "jumlah": sum(satu["rekap"].values()) if satu["rekap"] else None}
        for kode, satu in sorted(hasil.items())
    ]  # fmt: skip


urlpatterns = [
    path("sidalih/", daftar, name="sidalih_daftar"),
    path("sidalih/lembar/<int:pk>/", lembar, name="sidalih_lembar"),
    path("sidalih/lembar/<int:pk>/unduh/", unduh, name="sidalih_unduh"),
    path("sidalih/lembar/<int:pk>/diunggah/", diunggah, name="sidalih_diunggah"),
    path("sidalih/<slug:kode>/susun/", susun, name="sidalih_susun"),
    path("sidalih/<slug:kode>/berkas/", berkas, name="sidalih_berkas"),
    path("sidalih/<slug:kode>/rekonsiliasi/", rekonsiliasi, name="sidalih_rekonsiliasi"),
    path("sidalih/<slug:kode>/tindakan/", catat, name="sidalih_tindakan"),
]
