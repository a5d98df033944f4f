"""From the period to its meetings, the copies of its minutes, and the places where it is announced."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import riwayat_untuk
from kpupalu.kalender.tenggat import tenggat
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.models import Naskah
from kpupalu.rapat.actions import jadwalkan
from kpupalu.rapat.forms import RapatForm
from kpupalu.rapat.models import Rapat
from kpupalu.surat.halaman import berhasil, cip, ditolak
from kpupalu.surat.lampiran import kirim_lampiran
from kpupalu.surat.models import Instansi
from pdpb.actions.naskah import naskah_periode
from pdpb.actions.pengumuman import cari_tempat, daftar_tempat, pasang, turunkan
from pdpb.actions.rapat import ACARA, rancangan
from pdpb.forms.pengumuman import PasangForm, SaringPapanForm, TurunkanForm
from pdpb.models import Pengumuman, Periode
from pdpb.pleno import rapat_pleno

LIHAT, CATAT = "pdpb.lihat_rekap", "pdpb.catat_pengumuman"


def _periode(kode: str) -> Periode:
    return get_object_or_404(Periode, pk=kode)


def _halaman(request: HttpRequest, template: str, periode: Periode, **isi) -> HttpResponse:
    remah = [
        ("Periode", reverse("pdpb:periode_daftar")),
        (periode.nama, reverse("pdpb:periode_detail", args=[periode.pk])),
        *isi.pop("remah_lain", []),
    ]
    salah = bool(isi.get("form") and isi["form"].errors)
    isi = {"bagian": "Data Pemilih", "remah": remah, "periode": periode, **isi}
    return render(request, template, isi, status=422 if salah else 200)


@hak("pdpb.kelola_periode")
def rapat_baru(request: HttpRequest, kode: str, jenis: str) -> HttpResponse:
    """Schedule a meeting of the period; its one pleno is opened instead when there is one."""
    periode = _periode(kode)
    if jenis not in ACARA:
        raise Http404
    if jenis == Rapat.Jenis.PLENO and (ada := rapat_pleno(periode)):
        return redirect(ada)
    if jenis == Rapat.Jenis.PLENO and periode.tanggal_pleno is None:
        messages.warning(request, "Tanggal pleno belum diisi. Isi tanggal pleno pada periode ini lebih dahulu.")
        return redirect("pdpb:periode_detail", kode)
    tetap = ["jenis", *(["tanggal", "tempat"] if jenis == Rapat.Jenis.PLENO else [])]
    form = RapatForm(request.POST or None, instance=rancangan(periode, jenis), tetap=tetap)
    if request.method == "POST" and form.is_valid():
        rapat = form.save(commit=False)
        if not ditolak(form, lambda: jadwalkan(rapat, by=request.user)):
            messages.success(request, "Rapat dijadwalkan dengan daftar undangan yang lazim. Periksa pesertanya.")
            return redirect(rapat)
    return _halaman(
        request, "ui/formulir.html", periode, judul=f"Jadwalkan {Rapat.Jenis(jenis).label.lower()}", form=form,
        tombol="Jadwalkan rapat", batal=reverse("pdpb:periode_detail", args=[kode]),
    )  # fmt: skip


@hak("surat.kirim_surat", "surat.lihat_semua_surat")
def salinan(request: HttpRequest, kode: str) -> HttpResponse:
    """Who received a copy of the signed minutes, who not yet, and the office's own target for it."""
    periode = _periode(kode)
    naskah = naskah_periode(periode)
    if naskah and not Naskah.objects.for_user(request.user).filter(pk=naskah.pk).exists():
        naskah = None
    kiriman = list(naskah.pengiriman.select_related("instansi", "melalui")) if naskah else []
    sudah = {k.instansi_id for k in kiriman if not k.dibatalkan}
    belum = [i for i in Instansi.objects.filter(aktif=True, terima_salinan=True) if i.pk not in sudah]
    lengkap = bool(naskah and naskah.selesai_ditandatangani)
    kembali = reverse("pdpb:salinan", args=[kode])
    kueri = urlencode([("dari", kembali), *(("kepada", i.pk) for i in belum)])
    return _halaman(
        request, "pdpb/rapat/salinan.html", periode, naskah=naskah, kiriman=kiriman, belum=belum, lengkap=lengkap,
        dari=kembali, kueri_kirim=kueri, target=_target("target_salinan", periode), hari_ini=hari_ini(),
        riwayat=riwayat_untuk(naskah, request.user) if naskah else [],
    )  # fmt: skip


def _target(kode: str, periode: Periode):
    return tenggat(kode, periode.tanggal_pleno) if periode.tanggal_pleno else None


@hak(LIHAT)
def papan(request: HttpRequest, kode: str) -> HttpResponse:
    """The checklist of places: where it hangs since when, the evidence, what is missing."""
    periode = _periode(kode)
    ada = {
        (p.kanal, p.kecamatan_id or p.kelurahan_id or ""): p
        for p in Pengumuman.objects.filter(periode=periode).select_related("kecamatan", "kelurahan")
    }
    baris = [(t, ada.get((t.kanal, t.kecamatan or t.kelurahan))) for t in daftar_tempat()]
    form = SaringPapanForm(request.GET or None)
    tampil = baris
    if form.is_valid():
        kanal, keadaan = form.cleaned_data["kanal"], form.cleaned_data["keadaan"]
        tampil = [(t, p) for t, p in baris if not kanal or t.kanal == kanal]
        tampil = [(t, p) for t, p in tampil if not keadaan or (p.status if p else "belum") == keadaan]
    return _halaman(
        request, "pdpb/rapat/papan.html", periode, baris=tampil, jumlah=len(baris), terpasang=len(ada),
        target=_target("target_pengumuman", periode), saring=form, cip=cip(request, form),
        boleh=request.user.has_perm(CATAT) and periode.status == Periode.Status.DIUMUMKAN,
    )  # fmt: skip


def _remah_papan(kode: str) -> list[tuple[str, str]]:
    return [("Tempat pengumuman", reverse("pdpb:papan", args=[kode]))]


@hak(CATAT)
def papan_pasang(request: HttpRequest, kode: str, kunci: str) -> HttpResponse:
    """Record that the result hangs at one place."""
    periode, tempat = _periode(kode), cari_tempat(kunci)
    if tempat is None:
        raise Http404
    awal = {"tanggal": f"{hari_ini():%d-%m-%Y}", "nama": str(request.user)}
    form = PasangForm(request.POST or None, request.FILES or None, kanal=tempat.kanal, initial=awal)
    if berhasil(
        request, form, lambda: pasang(periode, tempat, **form.isi, oleh=request.user), f"{tempat.nama} dicatat."
    ):
        return redirect("pdpb:papan", kode)
    return _halaman(
        request, "ui/formulir.html", periode, judul=f"Catat pengumuman: {tempat.nama}", form=form, tombol="Simpan",
        batal=reverse("pdpb:papan", args=[kode]), remah_lain=_remah_papan(kode),
    )  # fmt: skip


@hak(CATAT)
def papan_turun(request: HttpRequest, kode: str, pk: int) -> HttpResponse:
    """Record that it was taken down."""
    periode = _periode(kode)
    satu = get_object_or_404(Pengumuman, pk=pk, periode=periode)
    form = TurunkanForm(request.POST or None, initial={"tanggal": f"{hari_ini():%d-%m-%Y}", "nama": str(request.user)})
    if berhasil(
        request, form, lambda: turunkan(satu, **form.cleaned_data, oleh=request.user), f"{satu}: dicatat diturunkan."
    ):
        return redirect("pdpb:papan", kode)
    return _halaman(
        request, "ui/formulir.html", periode, judul=f"Catat diturunkan: {satu}", form=form, tombol="Simpan",
        batal=reverse("pdpb:papan", args=[kode]), remah_lain=_remah_papan(kode),
    )  # fmt: skip


@hak(LIHAT)
def papan_foto(request: HttpRequest, kode: str, pk: int) -> HttpResponse:
    """The photo that proves it."""
    satu = get_object_or_404(Pengumuman.objects.select_related("foto"), pk=pk, periode=_periode(kode))
    if satu.foto is None:
        raise Http404
    return kirim_lampiran(satu.foto, f"pengumuman-{satu.pk}")


urlpatterns = [
    path("periode/<slug:kode>/rapat/<slug:jenis>/", rapat_baru, name="rapat_baru"),
    path("periode/<slug:kode>/salinan/", salinan, name="salinan"),
    path("periode/<slug:kode>/tempat-pengumuman/", papan, name="papan"),
    path("periode/<slug:kode>/tempat-pengumuman/<str:kunci>/pasang/", papan_pasang, name="papan_pasang"),
    path("periode/<slug:kode>/tempat-pengumuman/<int:pk>/turun/", papan_turun, name="papan_turun"),
    path("periode/<slug:kode>/tempat-pengumuman/<int:pk>/foto/", papan_foto, name="papan_foto"),
]
