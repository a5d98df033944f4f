"""The release gate: upload, findings, blacking out by looking at the page, proof, letting go."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib import Refused
from ppid.actions import berkas as aksi
from ppid.forms.berkas import KotakForm, NyatakanForm, SelForm, TeksForm, TemuanForm, UnggahBerkasForm
from ppid.forms.permohonan import CatatanForm, VersiForm
from ppid.models import BerkasJawaban, Permohonan
from ppid.rilis import kotak_pasir

OLAH, ASAL, LEPAS = "ppid.olah_berkas", "ppid.baca_berkas_asal", "ppid.lepas_berkas"
TAMPIL = 200
"""Findings that one page shows."""


def unduhan(berkas: BerkasJawaban, isi: bytes, *, sebutan: str = "") -> HttpResponse:
    """*isi* to save and never to run, under a name without a person."""
    jawab = HttpResponse(isi, content_type=kotak_pasir.TIPE[berkas.tipe])
    jawab["Content-Disposition"] = f'attachment; filename="informasi{sebutan}-{berkas.pk}.{berkas.tipe}"'
    jawab["Cache-Control"] = "no-store"
    return jawab


def _satu(request: HttpRequest, pk: int) -> BerkasJawaban:
    semua = BerkasJawaban.objects.for_user(request.user).select_related("butir__permohonan", "lolos_oleh")
    return get_object_or_404(semua, pk=pk)


def _remah(b: BerkasJawaban | None, p: Permohonan) -> dict[str, Any]:
    jejak = [("Permohonan informasi", reverse("ppid:daftar")), (p.nomor, p.get_absolute_url())]
    if b:
        jejak.append((b.judul, b.get_absolute_url()))
    return {"bagian": "PPID", "remah": jejak}


@hak(OLAH)
def unggah(request: HttpRequest, pk: int, urut: int) -> HttpResponse:
    """Take in a file for an item; what was found in it is on the next page."""
    p = get_object_or_404(Permohonan.objects.for_user(request.user), pk=pk)
    butir = get_object_or_404(p.butir, urut=urut)
    form = UnggahBerkasForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kiriman = form.cleaned_data["berkas"]
        try:
            b = aksi.unggah(butir, nama=kiriman.name, isi=kiriman.read(), judul=form.cleaned_data["judul"],
                            oleh=request.user)  # fmt: skip
        except Refused as galat:
            form.add_error("berkas", str(galat))
        else:
            messages.success(request, f"Berkas disimpan dan diperiksa: {len(b.temuan)} temuan.")
            return redirect(b)
    isi = {
        "judul": f"Unggah berkas butir {urut}: {p.nomor}", **_remah(None, p), "form": form,
        "tombol": "Unggah dan periksa", "batal": p.get_absolute_url(),
        "konteks": "Belum ada yang diberikan sebelum berkas ini Anda periksa dan lepas.",
    }  # fmt: skip
    return render(request, "ui/formulir.html", isi, status=422 if form.errors else 200)


@hak("ppid.lihat_permohonan")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a file stands: findings and what became of each, marks, the proven version and its digest."""
    b = _satu(request, pk)
    temuan = aksi.keadaan_temuan(b)
    terbuka = sum(t["keadaan"] == "terbuka" for t in temuan)
    catat_akses("lihat", b, oleh=request.user)
    urut = {"terbuka": 0, "dinyatakan": 1, "dihitamkan": 2, "dibuang": 3}
    temuan.sort(key=lambda t: urut[t["keadaan"]])
    dapat = not b.lolos and not b.ditarik_pada and b.butir.permohonan.status in aksi.TERBUKA
    isi = {
        "b": b, "p": b.butir.permohonan, "temuan": temuan[:TAMPIL], "jumlah": len(temuan), "terbuka": terbuka,
        "kurang": [] if b.lolos else aksi.kurang_untuk_lepas(b), "dapat": dapat,
        "riwayat": riwayat_untuk(b, request.user),
    }  # fmt: skip
    return render(request, "ppid/berkas.html", isi)


@hak(ASAL)
@never_cache
@require_GET
def asal(request: HttpRequest, pk: int) -> HttpResponse:
    """The sealed original, for the desk alone; every reading is logged and limited."""
    b = _satu(request, pk)
    pakai("ppid_baca_asal", oleh=request.user)
    catat_akses("ekspor", b, oleh=request.user, objek_label=f"Berkas asal {b.judul}")
    return unduhan(b, aksi.baca_asal(b), sebutan="-asal")


@hak("ppid.lihat_permohonan")
@never_cache
@require_GET
def rilis(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that is or will be given out; before it is let go only the desk reads it."""
    b = _satu(request, pk)
    if not b.rilis or not (b.lolos or request.user.has_perm(ASAL)):
        raise Http404
    catat_akses("ekspor", b, oleh=request.user, objek_label=f"Versi rilis {b.judul}")
    return unduhan(b, aksi.baca_rilis(b))


@hak(ASAL)
@never_cache
@require_GET
def gambar(request: HttpRequest, pk: int, hal: int) -> HttpResponse:
    """One page of the original as a picture with a grid in mm and the marked boxes."""
    b = _satu(request, pk)
    if not b.berhalaman:
        raise Http404
    pakai("ppid_baca_asal", oleh=request.user)
    catat_akses("lihat", b, oleh=request.user, objek_label=f"Halaman {hal} berkas asal {b.judul}")
    _, isi = kotak_pasir.suruh("lihat", b.tipe, aksi.baca_asal(b), hal=hal, coretan=b.coretan)
    return HttpResponse(isi, content_type="image/png", headers={"Cache-Control": "no-store"})


# --- Blacking out ------------------------------------------------------------------------------------------------
def _formulir(b: BerkasJawaban, hal: int, data=None, pilih: str = "") -> dict[str, forms.Form]:
    """The forms of the page by their name; the one that was sent is bound to *data*."""
    awal = {"versi": b.versi, "hal": hal, "huruf": "h"}
    kelas: dict[str, Callable[..., forms.Form]] = {"temuan": TemuanForm}
    if b.berhalaman:
        kelas["kotak"] = KotakForm
    if b.tipe == "pdf":
        kelas["teks"] = TeksForm
    if b.bentuk.get("lembar"):
        kelas["sel"] = lambda *a, **k: SelForm(*a, berkas=b, **k)
    hasil = {}
    for nama, buat in kelas.items():
        isi_awal = {k: v for k, v in awal.items() if nama != "teks" or k != "hal"}
        hasil[nama] = buat(data if nama == pilih else None, initial=isi_awal, auto_id=f"id_{nama}_%s")
    return hasil


_CORET = {"kotak": aksi.coret_kotak, "teks": aksi.coret_teks, "sel": aksi.coret_sel, "temuan": aksi.coret_temuan}


@hak(ASAL)
@never_cache
def hitamkan(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a page and mark what is to be black: by box, by words, by cells, or all findings at once."""
    b = _satu(request, pk)
    banyak = len(b.bentuk.get("halaman", []))
    hal = _halaman(request.GET.get("hal", ""), banyak)
    nama = request.POST.get("bagian", "")
    form = _formulir(b, hal, request.POST if request.method == "POST" else None, nama)
    salah: forms.Form | None = None
    if request.method == "POST":
        try:
            if nama == "hapus":
                versi = int(request.POST.get("versi") or 0)
                aksi.hapus_coretan(b, nomor=int(request.POST.get("nomor") or 0), versi=versi, oleh=request.user)
                return _kembali(request, b, hal, "Penghitaman dihapus.")
            if nama in form and form[nama].is_valid():
                _CORET[nama](b, oleh=request.user, **form[nama].cleaned_data)
                return _kembali(request, b, hal, "Bagian ditandai. Buat versi rilis sesudah semuanya ditandai.")
        except (Refused, ValueError) as galat:
            if nama not in form:
                raise Refused(str(galat) if isinstance(galat, Refused) else "Muat ulang halamannya.") from galat
            form[nama].add_error(None, str(galat))
        salah = form.get(nama)
    isi = {
        "b": b, "hal": hal, "banyak": banyak, "nomor_halaman": range(1, banyak + 1), "formulir": form, "form": salah,
        "ukuran": b.bentuk["halaman"][hal - 1] if banyak else None, "coretan": b.coretan,
        **_remah(b, b.butir.permohonan),
        "terbuka": len(aksi.temuan_terbuka(b)), **{f"bagian_{n}": {"bagian": n} for n in form},
    }  # fmt: skip
    return render(request, "ppid/hitamkan.html", isi, status=422 if salah is not None else 200)


def _halaman(teks: str, banyak: int) -> int:
    nomor = int(teks) if teks.isascii() and teks.isdigit() and len(teks) < 6 else 1
    return min(max(nomor, 1), max(banyak, 1))


def _kembali(request: HttpRequest, b: BerkasJawaban, hal: int, kata: str) -> HttpResponse:
    messages.success(request, kata)
    return redirect(f"{reverse('ppid:berkas_hitamkan', args=[b.pk])}?hal={hal}")


# --- Acts on a page of their own ---------------------------------------------------------------------------------
def _tindakan(request, pk: int, *, judul: str, akibat: list[str], buat, kerja, kata: str, genting: bool = False):
    """The page of one act: *buat* makes its form, *kerja* does it with the cleaned fields."""
    b = _satu(request, pk)
    form = buat(b, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kerja(b, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, kata)
            return redirect(b)
    isi = {"judul": f"{judul}: {b.judul}", **_remah(b, b.butir.permohonan), "akibat": akibat, "form": form,
           "tombol": judul, "genting": genting, "batal": b.get_absolute_url()}  # fmt: skip
    return render(request, "ui/konfirmasi.html", isi, status=422 if form.errors else 200)


@hak(LEPAS)
def nyatakan(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why findings may stay."""
    return _tindakan(
        request, pk, judul="Nyatakan temuan", kerja=aksi.nyatakan, kata="Temuan dinyatakan.",
        akibat=["Yang Anda pilih tetap terbaca pada berkas yang diberikan. Nama dan alasan Anda dicatat."],
        buat=lambda b, data: NyatakanForm(data, initial={"versi": b.versi}, terbuka=aksi.temuan_terbuka(b)),
    )  # fmt: skip


def _versi(b: BerkasJawaban, data) -> VersiForm:
    return VersiForm(data, initial={"versi": b.versi})


@hak(OLAH)
def buat_rilis(request: HttpRequest, pk: int) -> HttpResponse:
    """Make and prove the version to give out."""
    return _tindakan(
        request, pk, judul="Buat versi rilis", kerja=aksi.buat_rilis, buat=_versi,
        kata="Versi rilis dibuat dan dibuktikan. Buka dan baca sebelum dilepas.",
        akibat=[
            "Sifat dokumen, komentar, dan semua yang tersembunyi ditinggalkan.",
            "Bila ada penghitaman, halaman PDF menjadi gambar sehingga tidak ada teks di bawah kotak.",
            "Hasilnya dibaca kembali; bila ada yang tersisa, versi rilis tidak disimpan.",
        ],
    )  # fmt: skip


@hak(LEPAS)
def lepas(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the proven version go out."""
    return _tindakan(
        request, pk, judul="Lepas berkas", kerja=aksi.lepas, buat=_versi, kata="Berkas dilepas.", genting=True,
        akibat=["Sesudah permohonan dijawab, pemohon dapat mengunduh versi rilis dari halaman tiketnya.",
                "Yang sudah diunduh tidak dapat ditarik kembali."],
    )  # fmt: skip


@hak(OLAH)
def tarik(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file back."""
    return _tindakan(
        request, pk, judul="Tarik berkas", kerja=aksi.tarik_berkas, kata="Berkas ditarik.", genting=True,
        akibat=["Berkas ini tidak dapat diunduh lagi. Berkas asal tetap tersimpan."],
        buat=lambda b, data: CatatanForm(data, initial={"versi": b.versi}),
    )  # fmt: skip


_B = "berkas-jawaban/<int:pk>/"
urlpatterns = [
    path("permohonan/<int:pk>/butir/<int:urut>/berkas/", unggah, name="berkas_unggah"),
    path(_B, detail, name="berkas"),
    path(f"{_B}asal/", asal, name="berkas_asal"),
    path(f"{_B}rilis/", rilis, name="berkas_rilis"),
    path(f"{_B}halaman/<int:hal>/", gambar, name="berkas_halaman"),
    path(f"{_B}hitamkan/", hitamkan, name="berkas_hitamkan"),
    path(f"{_B}nyatakan/", nyatakan, name="berkas_nyatakan"),
    path(f"{_B}buat-rilis/", buat_rilis, name="berkas_buat_rilis"),
    path(f"{_B}lepas/", lepas, name="berkas_lepas"),
    path(f"{_B}tarik/", tarik, name="berkas_tarik"),
]
