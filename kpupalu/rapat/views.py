"""Pages of the meetings: list, one meeting as a task list, schedule, participants, attendance, invitation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.models import Naskah
from kpupalu.naskah.views import kirim as kirim_pdf
from kpupalu.rapat import actions as aksi
from kpupalu.rapat import documents
from kpupalu.rapat.forms import (
    BarisHadirForm,
    HentikanForm,
    KosongForm,
    PesertaForm,
    RapatForm,
    SaringForm,
    UndanganForm,
)
from kpupalu.rapat.langkah import langkah
from kpupalu.rapat.models import Rapat, TindakLanjut
from kpupalu.rapat.penjaga import KEHADIRAN, MASUKAN, boleh
from kpupalu.surat.halaman import berhasil, cip, ditolak, sehalaman, tampil

LIHAT, KELOLA, CATAT = "rapat.lihat_rapat", "rapat.kelola_rapat", "rapat.catat_rapat"
ISI_FORMULIR = require_http_methods(["GET", "HEAD", "POST"])
S = Rapat.Status


def ambil(request: HttpRequest, pk: int) -> Rapat:
    """The meeting *pk* if the person may read about it; otherwise it does not exist."""
    rapat = Rapat.objects.for_user(request.user).select_related("pimpinan", "notulis", "undangan__naskah")
    return get_object_or_404(rapat, pk=pk)


def halaman(request: HttpRequest, rapat: Rapat, judul: str, form, tombol: str, **lain) -> HttpResponse:
    """A page that is one form about *rapat*."""
    return tampil(
        request, lain.pop("template", "ui/formulir.html"), "Rapat", judul=judul, form=form, tombol=tombol,
        remah=[("Rapat", reverse("rapat:daftar")), (str(rapat), rapat.get_absolute_url())],
        batal=rapat.get_absolute_url(), **lain,
    )  # fmt: skip


@hak(LIHAT)
@require_GET
def daftar(request: HttpRequest) -> HttpResponse:
    """All meetings, newest first."""
    form = SaringForm(request.GET or None)
    rapat = Rapat.objects.for_user(request.user)
    if form.is_valid():
        rapat = rapat.filter(**{m: form.cleaned_data[m] for m in ("jenis", "status") if form.cleaned_data[m]})
        if tugas := form.cleaned_data["tugas"]:
            milik = TindakLanjut.objects.filter(pic=request.user, status__in=["belum", "proses"])
            milik = milik.filter(tenggat__lt=hari_ini()) if tugas == "terlambat" else milik
            rapat = rapat.filter(pk__in=milik.values("rapat"))
    return tampil(
        request, "rapat/daftar.html", "Rapat", halaman=sehalaman(request, rapat), saring=form, cip=cip(request, form)
    )


@hak(LIHAT)
@require_GET
@never_cache
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: its steps, participants, remarks, tasks, notula, history."""
    rapat = ambil(request, pk)
    user = request.user
    notulen = getattr(rapat, "notulen", None)
    terbuka = rapat.status not in aksi.TUTUP
    naskah = notulen.naskah if notulen else None
    return tampil(
        request,
        "rapat/detail.html",
        "Rapat",
        rapat=rapat,
        tugas=langkah(rapat, user),
        anggota=rapat.anggota.select_related("pegawai"),
        peserta=rapat.peserta.select_related("instansi"),
        masukan=rapat.masukan.all(),
        tindak_lanjut=rapat.tindak_lanjut.select_related("pic"),
        notulen=notulen,
        naskah=naskah if naskah and Naskah.objects.for_user(user).filter(pk=naskah.pk).exists() else None,
        terbuka=terbuka,
        boleh_kelola=terbuka and user.has_perm(KELOLA),
        boleh_catat=terbuka and user.has_perm(CATAT),
        kata_masukan=boleh(rapat, MASUKAN),
        hari_ini=hari_ini(),
        riwayat=riwayat_untuk(rapat, user),
    )


@hak(KELOLA)
@ISI_FORMULIR
def baru(request: HttpRequest) -> HttpResponse:
    """Call a meeting that belongs to no work area."""
    form = RapatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rapat = form.save(commit=False)
        if not ditolak(form, lambda: aksi.jadwalkan(rapat, by=request.user)):
            messages.success(request, "Rapat dijadwalkan. Langkah berikutnya: atur peserta dan susun undangan.")
            return redirect(rapat)
    return tampil(
        request, "ui/formulir.html", "Rapat", judul="Jadwalkan rapat", form=form, tombol="Jadwalkan rapat",
        remah=[("Rapat", reverse("rapat:daftar"))], batal=reverse("rapat:daftar"),
    )  # fmt: skip


@hak(KELOLA)
@ISI_FORMULIR
def ubah(request: HttpRequest, pk: int) -> HttpResponse:
    """Change time, place or agenda."""
    rapat = ambil(request, pk)
    form = RapatForm(request.POST or None, instance=rapat)
    if request.method == "POST" and form.is_valid():
        baru_ = form.save(commit=False)
        dilihat = form.cleaned_data["versi"] or 0
        if not ditolak(form, lambda: aksi.ubah_jadwal(baru_, dilihat=dilihat, by=request.user)):
            messages.success(request, "Rapat disimpan. Periksa apakah undangan perlu disusun ulang.")
            return redirect(rapat)
    return halaman(request, rapat, "Ubah rapat", form, "Simpan")


@hak(KELOLA)
@ISI_FORMULIR
def peserta(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who is invited."""
    rapat = ambil(request, pk)
    form = PesertaForm(request.POST or None, rapat=rapat)
    if request.method == "POST" and form.is_valid():
        dipilih = list(form.cleaned_data["instansi"])
        if not ditolak(form, lambda: aksi.atur_peserta(rapat, dipilih, by=request.user)):
            messages.success(request, f"{len(dipilih)} instansi diundang.")
            return redirect(rapat)
    return halaman(request, rapat, "Atur peserta rapat", form, "Simpan peserta")


@hak(KELOLA)
@ISI_FORMULIR
def undangan(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the invitation as an outgoing letter."""
    rapat = ambil(request, pk)
    form = UndanganForm(request.POST or None, initial={"tanggal": f"{min(hari_ini(), rapat.tanggal):%d-%m-%Y}"})
    if request.method == "POST" and form.is_valid():
        try:
            surat = aksi.buat_undangan(rapat, tanggal=form.cleaned_data["tanggal"], by=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Konsep undangan disusun. Periksa, lalu siapkan untuk ditandatangani.")
            return redirect(surat)
    return halaman(
        request, rapat, "Susun undangan", form, "Susun konsep undangan",
        konteks=f"Satu surat untuk {rapat.peserta.count()} instansi; daftar tujuannya dicetak sebagai lampiran.",
    )  # fmt: skip


@hak(LIHAT)
@require_GET
def daftar_hadir(request: HttpRequest, pk: int) -> HttpResponse:
    """The attendance list as PDF."""
    rapat = ambil(request, pk)
    catat_akses("cetak", rapat, oleh=request.user, tujuan="Mencetak daftar hadir", jumlah=rapat.peserta.count())
    return kirim_pdf(documents.daftar_hadir(rapat), f"daftar-hadir-{rapat.pk}")


@hak(CATAT)
@ISI_FORMULIR
@never_cache
def kehadiran(request: HttpRequest, pk: int) -> HttpResponse:
    """Attendance of everybody on one page; rows that did not change are left alone."""
    rapat = ambil(request, pk)
    data = request.POST or None
    anggota = [BarisHadirForm(data, baris=a) for a in rapat.anggota.select_related("pegawai")]
    tamu = [BarisHadirForm(data, baris=p) for p in rapat.peserta.select_related("instansi")]
    galat = ""
    sah = [f.is_valid() for f in (*anggota, *tamu)]
    if data is not None and all(sah):
        try:
            jumlah = aksi.catat_kehadiran(
                rapat, peserta=[f.hadir() for f in tamu], anggota=[f.hadir() for f in anggota], by=request.user
            )
        except aksi.SudahBerubah as salah:
            galat = str(salah)
            _perlihatkan([*anggota, *tamu], salah.baris)
        except Refused as salah:
            galat = str(salah)
        else:
            messages.success(request, f"Kehadiran disimpan, {jumlah} baris berubah.")
            return redirect(rapat)
    elif data is not None:
        galat = "Formulir ini tidak lengkap. Muat ulang halaman, lalu isi lagi."
    isi = {
        "rapat": rapat,
        "anggota": anggota,
        "peserta": tamu,
        "kalimat_galat": galat,
        "ada_galat": bool(galat),
        "kata_penjaga": boleh(rapat, KEHADIRAN).reason,
        "remah": [("Rapat", reverse("rapat:daftar")), (str(rapat), rapat.get_absolute_url())],
    }
    jawab = tampil(request, "rapat/kehadiran.html", "Rapat", **isi)
    jawab.status_code = 422 if galat else 200
    return jawab


def _perlihatkan(forms: list[BarisHadirForm], baris) -> None:
    """The person has been told how *baris* stands now; the next sending is compared with that."""
    for form in forms:
        if form.baris == baris:
            form.data = form.data.copy()
            form.data[form.add_prefix("versi")] = str(baris.versi)


@hak(KELOLA)
@ISI_FORMULIR
def hentikan(request: HttpRequest, pk: int) -> HttpResponse:
    """Postpone or call off."""
    rapat = ambil(request, pk)
    form = HentikanForm(request.POST or None)
    if berhasil(
        request,
        form,
        lambda: aksi.hentikan(rapat, **form.cleaned_data, by=request.user),
        "Rapat ditandai. Beri tahu para undangan.",
    ):
        return redirect(rapat)
    return halaman(
        request, rapat, "Tunda atau batalkan rapat", form, "Simpan", template="ui/konfirmasi.html", genting=True,
        akibat=["Rapat yang ditunda dijadwalkan lagi dengan Ubah rapat.", "Rapat yang dibatalkan tetap tersimpan."],
    )  # fmt: skip


@hak(KELOLA)
@ISI_FORMULIR
def tutup(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the meeting."""
    rapat = ambil(request, pk)
    if request.method == "POST":
        aksi.tutup(rapat, by=request.user)
        messages.success(request, "Rapat ditutup.")
        return redirect(rapat)
    return halaman(
        request, rapat, "Tutup rapat", KosongForm(), "Tutup rapat", template="ui/konfirmasi.html",
        akibat=["Tidak ada lagi yang dapat dicatat pada rapat ini."],
    )  # fmt: skip


urlpatterns = [
    path("", daftar, name="daftar"),
    path("baru/", baru, name="baru"),
    path("<int:pk>/", detail, name="detail"),
    path("<int:pk>/ubah/", ubah, name="ubah"),
    path("<int:pk>/peserta/", peserta, name="peserta"),
    path("<int:pk>/undangan/", undangan, name="undangan"),
    path("<int:pk>/daftar-hadir/", daftar_hadir, name="daftar_hadir"),
    path("<int:pk>/kehadiran/", kehadiran, name="kehadiran"),
    path("<int:pk>/hentikan/", hentikan, name="hentikan"),
    path("<int:pk>/tutup/", tutup, name="tutup"),
]
