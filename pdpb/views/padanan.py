"""Pilih orangnya: rows of an agency's list without a number, one by one or the sure ones together; what goes back."""

import tempfile
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.samaran import samarkan_nik
from kpupalu.ui.daftar import ambil_halaman_dari
from pdpb.actions.padanan import (
    SEKALI,
    ambil,
    dipegang_lain,
    kemajuan,
    kemajuan_kelurahan,
    kemajuan_petugas,
    pastikan_banyak,
    pegang,
    putuskan,
    putuskan_lagi,
    susulkan,
)
from pdpb.forms.padanan import SaringPadananForm
from pdpb.impor.kembali import baris_kembali, kembali
from pdpb.impor.nik import jelaskan_nik
from pdpb.impor.padanan_susulan import menunggu_susulan
from pdpb.models import ImporBatch, Kategori, PadananBaris, Pendaftaran, Periode, Perubahan
from pdpb.models.padanan import BELUM_DIPUTUS
from pdpb.resources import daftar_kembali_xlsx
from pdpb.views.impor import mulai_periksa

PILIH, IMPOR = "pdpb.pilih_orang", "pdpb.impor_daftar"
S = PadananBaris.Status


def _batch(pk: int) -> ImporBatch:
    semua = ImporBatch.objects.select_related("periode").filter(jenis=ImporBatch.Jenis.PERUBAHAN)
    return get_object_or_404(semua, pk=pk)


def _padanan(request: HttpRequest, pk: int, nomor: int) -> PadananBaris:
    semua = PadananBaris.objects.for_user(request.user).select_related("batch__periode", "dipegang_oleh", "perubahan")
    return get_object_or_404(semua, pk=nomor, batch=pk)


def _saringan(request: HttpRequest) -> dict[str, str]:
    """The filter of a query string that the queue understands."""
    form = SaringPadananForm(request.GET)
    isi = form.cleaned_data if form.is_valid() else {}
    return {k: isi[k] for k in ("kelurahan", "status") if isi.get(k)}


def _ke(nama: str, *args: int, **kueri: str) -> HttpResponse:
    alamat = reverse(f"pdpb:{nama}", args=args)
    return redirect(f"{alamat}?{urlencode(kueri)}" if kueri else alamat)


@hak(PILIH)
def daftar(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the list is, who works on it, and its rows; nothing of the roll is shown here."""
    batch, saringan = _batch(pk), _saringan(request)
    pakai("telusur_pemilih", oleh=request.user)
    baris = PadananBaris.objects.for_user(request.user).filter(batch=batch).select_related("kelurahan", "diputus_oleh")
    if saringan.get("kelurahan"):
        baris = baris.filter(kelurahan__kode__startswith=saringan["kelurahan"])
    if status := saringan.get("status"):
        baris = baris.filter(status__in=BELUM_DIPUTUS) if status == "belum" else baris.filter(status=status)
    angka = kemajuan(batch)
    halaman = ambil_halaman_dari(request, baris, ("id",))
    catat_akses("lihat", batch, oleh=request.user, tujuan="Pilih orangnya", jumlah=len(halaman))
    isi = {
        "batch": batch,
        "form": SaringPadananForm(request.GET or None),
        "halaman": halaman,
        "angka": angka,
        "semua": sum(angka.values()),
        "sisa": sum(angka[s] for s in BELUM_DIPUTUS),
        "petugas": kemajuan_petugas(batch),
        "kelurahan": kemajuan_kelurahan(batch),
        "kueri": f"?{urlencode(saringan)}" if saringan else "",
        "sekali": SEKALI,
        "terbuka": batch.periode.status == Periode.Status.TERBUKA,
        "menunggu_susulan": len(menunggu_susulan(batch)) if batch.diterapkan_pada else 0,
        "riwayat": riwayat_untuk(batch, request.user, 20),
    }
    return render(request, "pdpb/padanan/daftar.html", isi)


@hak(PILIH)
@require_POST
def ambil_(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the next free row, or a page of proposed ones, and open it."""
    batch, saringan = _batch(pk), _saringan(request)
    if "banyak" in request.POST:
        saringan["status"] = S.DICOCOKKAN
        if ambil(batch, oleh=request.user, banyak=SEKALI, **saringan):
            return _ke("padanan_pasti", batch.pk, **_saringan(request))
    elif baris := ambil(batch, oleh=request.user, **saringan):
        return _ke("padanan_detail", batch.pk, baris[0].pk, **saringan)
    messages.info(request, "Tidak ada baris yang bebas dengan saringan ini. Sisanya sudah diputuskan atau dikerjakan.")
    return _ke("padanan_daftar", batch.pk, **_saringan(request))


@hak(PILIH)
def detail(request: HttpRequest, pk: int, nomor: int) -> HttpResponse:
    """One row beside its candidates; choosing opens the next row of the same filter. Every candidate is logged."""
    padanan = _padanan(request, pk, nomor)
    galat = ""
    if request.method == "POST":
        try:
            return _putuskan(request, padanan)
        except Refused as sebab:
            galat = str(sebab)
    pakai("baca_pemilih", oleh=request.user)
    padanan = pegang(padanan, oleh=request.user)
    calon = _calon(padanan, request.user)
    for satu in calon:
        catat_akses("lihat", satu["versi"].pemilih, oleh=request.user, objek_label=f"Calon untuk {padanan}")
    isi = {
        "p": padanan,
        "batch": padanan.batch,
        "calon": calon,
        "isian": _isian(padanan, calon),
        "galat": galat,
        "bisa": _bisa(padanan, request.user),
        "bisa_lagi": _bisa_lagi(padanan),
        "pemegang": padanan.dipegang_oleh if dipegang_lain(padanan, request.user) else None,
        "kategori": Kategori.objects.filter(pk=padanan.isi.get("kategori")).first(),
        "kueri": f"?{urlencode(_saringan(request))}" if _saringan(request) else "",
        "riwayat": riwayat_untuk(padanan, request.user),
    }
    jawaban = render(request, "pdpb/padanan/detail.html", isi, status=409 if galat else 200)
    jawaban["Cache-Control"] = "no-store"
    return jawaban


def _bisa_lagi(padanan: PadananBaris) -> bool:
    if padanan.perubahan:
        return padanan.perubahan.status == Perubahan.Status.DITOLAK
    return padanan.status not in BELUM_DIPUTUS


def _bisa(padanan: PadananBaris, user) -> bool:
    terbuka = padanan.batch.periode.status == Periode.Status.TERBUKA
    return terbuka and padanan.status in BELUM_DIPUTUS and not dipegang_lain(padanan, user)


def _putuskan(request: HttpRequest, padanan: PadananBaris) -> HttpResponse:
    teks = request.POST.get("versi", "")
    if teks != "tidak_ada" and not (teks.isascii() and teks.isdigit() and len(teks) <= 18):
        raise Refused("Pilih satu orang, atau nyatakan tidak ada.")
    versi = None if teks == "tidak_ada" else int(teks)
    putuskan(padanan, versi=versi, oleh=request.user)
    kata = "orangnya dipastikan" if versi else "dinyatakan tidak ada di daftar"
    messages.success(request, f"Baris {padanan.baris}: {kata}.")
    saringan = _saringan(request)
    lanjut = ambil(padanan.batch, oleh=request.user, sesudah=padanan.pk, **saringan)
    if lanjut:
        return _ke("padanan_detail", padanan.batch_id, lanjut[0].pk, **saringan)
    return _ke("padanan_daftar", padanan.batch_id, **saringan)


def _calon(padanan: PadananBaris, user) -> list[dict]:
    """The candidates of *padanan* as they stand on the roll now, each with why it is one; numbers stay masked."""
    versi = (
        Pendaftaran.objects.for_user(user)
        .select_related("pemilih", "identitas", "kelurahan", "tps")
        .in_bulk([c["versi"] for c in padanan.calon])
    )
    return [
        {
            "versi": v,
            "alasan": c["alasan"],
            "tentang_nik": jelaskan_nik(v.identitas.nik, v.tanggal_lahir, v.jenis_kelamin),
            "dipilih": v.pk == padanan.pilihan_id,
        }
        for c in padanan.calon
        if (v := versi.get(c["versi"]))
    ]


def _isian(padanan: PadananBaris, calon: list[dict]) -> list[dict]:
    """Element by element what the row states and what each candidate has; *beda* where both say something else."""
    isi = padanan.isi
    baris = [
        ("Nama", "nama", lambda v: v.nama),
        ("Tanggal lahir", "tanggal_lahir", lambda v: f"{v.tanggal_lahir:%d-%m-%Y}" if v.tanggal_lahir else ""),
        ("Jenis kelamin", "jenis_kelamin", lambda v: v.jenis_kelamin),
        ("Tempat lahir", "tempat_lahir", lambda v: v.tempat_lahir),
        ("Alamat", "alamat", lambda v: v.alamat),
        ("RT", "rt", lambda v: v.rt),
        ("RW", "rw", lambda v: v.rw),
        ("Kelurahan", "kelurahan", lambda v: v.kelurahan.nama),
        ("NIK", "nik", lambda v: samarkan_nik(v.identitas.nik)),
    ]
    hasil = []
    for nama, kunci, ambil_isi in baris:
        tertulis = isi.get(kunci, "")
        semua = [ambil_isi(c["versi"]) for c in calon]
        # Masks tell nothing apart; whether two NIK differ is said in the reasons.
        sel = [{"isi": s, "beda": kunci != "nik" and bool(tertulis and s) and not _setara(tertulis, s)} for s in semua]
        hasil.append({"nama": nama, "kode": kunci == "nik", "tertulis": tertulis, "calon": sel})
    return hasil


def _setara(a: str, b: str) -> bool:
    """Whether two cells are written alike but for capitals, blanks and leading zeros."""
    return " ".join(a.upper().split()).lstrip("0") == " ".join(b.upper().split()).lstrip("0")


@hak(PILIH)
def pasti(request: HttpRequest, pk: int) -> HttpResponse:
    """Proposed persons that this officer has open, side by side; those ticked are confirmed. Logged."""
    batch = _batch(pk)
    if request.method == "POST":
        ids = [int(n) for n in request.POST.getlist("id") if n.isascii() and n.isdigit() and len(n) <= 18]
        jumlah = pastikan_banyak(batch, ids, oleh=request.user)
        messages.success(request, f"{ribuan(jumlah)} orang dipastikan.")
        if ambil(batch, oleh=request.user, banyak=SEKALI, **_saringan(request) | {"status": S.DICOCOKKAN}):
            return _ke("padanan_pasti", batch.pk, **_saringan(request))
        return _ke("padanan_daftar", batch.pk, **_saringan(request))
    pakai("telusur_pemilih", oleh=request.user)
    milik = PadananBaris.objects.for_user(request.user).filter(
        batch=batch, dipegang_oleh=request.user, status=S.DICOCOKKAN
    )
    baris = list(milik.select_related("pilihan__kelurahan", "pilihan__pemilih", "pilihan__tps").order_by("pk")[:SEKALI])
    if baris:
        catat_akses("lihat", batch, oleh=request.user, tujuan="Pastikan orang hasil pencocokan", jumlah=len(baris))
    for satu in baris:
        satu.alasan = next((c["alasan"] for c in satu.calon if c["versi"] == satu.pilihan_id), [])
    kueri = f"?{urlencode(_saringan(request))}" if _saringan(request) else ""
    jawaban = render(request, "pdpb/padanan/pasti.html", {"batch": batch, "baris": baris, "kueri": kueri})
    jawaban["Cache-Control"] = "no-store"
    return jawaban


@hak(PILIH)
@require_POST
def lagi(request: HttpRequest, pk: int, nomor: int) -> HttpResponse:
    """Decide a row anew."""
    padanan = putuskan_lagi(_padanan(request, pk, nomor), oleh=request.user)
    messages.info(request, f"Baris {padanan.baris} dibuka kembali. Pilih orangnya.")
    return _ke("padanan_detail", pk, padanan.pk, **_saringan(request))


@hak(IMPOR)
@require_POST
def susulkan_(request: HttpRequest, pk: int) -> HttpResponse:
    """Let rows whose person is settled come in as a supplement, and check it."""
    batch = _batch(pk)
    jumlah = susulkan(batch, oleh=request.user)
    messages.success(request, f"{ribuan(jumlah)} baris dimasukkan sebagai berkas susulan dan diperiksa.")
    return mulai_periksa(request, _batch(pk))


# --- What goes back ----------------------------------------------------------------------------------------------
@hak(IMPOR)
def kembalikan(request: HttpRequest, pk: int) -> HttpResponse:
    """The covering page of the rows that go back to the agency: how many, why, in which file. Holds no voter."""
    batch = _batch(pk)
    if batch.status == ImporBatch.Status.DIUNGGAH:
        return redirect("pdpb:impor_kolom", batch.pk)
    hasil = kembali(batch)
    nama = dict(batch.berkas.values_list("urut", "berkas_masuk__nama"))
    isi = {
        "batch": batch,
        "jumlah": hasil.jumlah,
        "menunggu": hasil.menunggu,
        "sebab": hasil.sebab(),
        "berkas": [{"urut": u, "nama": nama[u], "jumlah": len(b)} for u, b in sorted(hasil.baris.items())],
    }
    return render(request, "pdpb/padanan/kembalikan.html", isi)


@hak(IMPOR)
def kembalikan_xlsx(request: HttpRequest, pk: int, urut: int) -> FileResponse:
    """Those rows of one file as XLSX in the agency's layout, with the answer in a last column. Logged."""
    batch = _batch(pk)
    if not (jumlah := len(kembali(batch).baris.get(urut, {}))):
        raise Http404
    pakai("ekspor_daftar", oleh=request.user)
    catat_akses("ekspor", batch, oleh=request.user, tujuan="Dikembalikan ke pengirim", jumlah=jumlah)
    berkas = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it once it is sent
    daftar_kembali_xlsx(baris_kembali(batch, urut), berkas)
    berkas.seek(0)
    jawaban = FileResponse(berkas, as_attachment=True, filename=f"dikembalikan-impor-{batch.pk}-{urut}.xlsx")
    jawaban["Cache-Control"] = "no-store"
    return jawaban


urlpatterns = [
    path("impor/<int:pk>/pilih/", daftar, name="padanan_daftar"),
    path("impor/<int:pk>/pilih/ambil/", ambil_, name="padanan_ambil"),
    path("impor/<int:pk>/pilih/pasti/", pasti, name="padanan_pasti"),
    path("impor/<int:pk>/pilih/susulkan/", susulkan_, name="padanan_susulkan"),
    path("impor/<int:pk>/pilih/<int:nomor>/", detail, name="padanan_detail"),
    path("impor/<int:pk>/pilih/<int:nomor>/lagi/", lagi, name="padanan_lagi"),
    path("impor/<int:pk>/kembalikan/", kembalikan, name="impor_kembalikan"),
    path("impor/<int:pk>/kembalikan/<int:urut>/", kembalikan_xlsx, name="impor_kembalikan_xlsx"),
]
