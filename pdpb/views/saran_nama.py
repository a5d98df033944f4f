"""One name of a letter: who it is, what is answered, and proposing the change that Bawaslu asks for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses
from kpupalu.lib import Refused
from pdpb.actions.jawaban_saran import jawab, perubahan_terkait, usulkan_dari
from pdpb.actions.saran import cocokkan
from pdpb.forms.pemilih import BaruForm
from pdpb.forms.saran import TIDAK_ADA, BuktiSaranForm, CocokForm, JawabForm
from pdpb.models import ButirSaran, Kategori, Pemilih, Pendaftaran, Periode, SaranPerbaikan
from pdpb.saran import Calon, calon
from pdpb.views.perubahan import form_usul, periode_terbuka
from pdpb.views.saran import JAWAB, NAMA, halaman

_KAITAN = ("surat__berkas", "identitas", "kelurahan", "dugaan", "pemilih", "perubahan__periode", "perubahan__kategori",
           "cocok_oleh", "dijawab_oleh")  # fmt: skip


def _butir(request: HttpRequest, pk: int) -> ButirSaran:
    surat = SaranPerbaikan.objects.for_user(request.user)
    return get_object_or_404(ButirSaran.objects.filter(surat__in=surat).select_related(*_KAITAN), pk=pk)


@hak(NAMA)
def nama(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one name; say who it is or answer it. The two forms are told apart by ``langkah``."""
    butir = _butir(request, pk)
    pakai("baca_pemilih", oleh=request.user)
    daftar_calon, perubahan = calon(butir), perubahan_terkait(butir)
    langkah = request.POST.get("langkah", "") if request.user.has_perm(JAWAB) else ""
    kini = TIDAK_ADA if butir.tidak_terdaftar else str(butir.pemilih_id or "")
    form = CocokForm(
        request.POST if langkah == "cocok" else None, calon=_dengan(daftar_calon, butir), initial={"pilihan": kini}
    )
    awal = {"jawaban": butir.jawaban, "perubahan": butir.perubahan_id or "", "alasan": butir.alasan}
    form2 = JawabForm(request.POST if langkah == "jawab" else None, perubahan=perubahan, initial=awal)
    if langkah and (tujuan := _kerjakan(request, butir, langkah, form, form2)):
        return tujuan
    catat_akses("lihat", butir.pemilih or butir.surat, oleh=request.user, objek_label=str(butir))
    terbuka = Periode.objects.filter(status=Periode.Status.TERBUKA).exists()
    kerja = butir.surat.status == SaranPerbaikan.Status.DIKERJAKAN and request.user.has_perm(JAWAB)
    return halaman(
        request, "pdpb/saran/nama.html", butir.surat, butir=butir, form=form, form2=form2, calon=daftar_calon,
        kerja=kerja, versi=_versi(butir), tetangga=_tetangga(butir),
        langkah_cocok={"langkah": "cocok"}, langkah_jawab={"langkah": "jawab"},
        boleh_usul=kerja and terbuka and not butir.jawaban and request.user.has_perm("pdpb.usul_perubahan"),
    )  # fmt: skip


def _dengan(daftar_calon: list[Calon], butir: ButirSaran) -> list[Calon]:
    """The suggestions, and whoever was chosen though not suggested."""
    versi = _versi(butir)
    if versi is None or any(c.versi.pemilih_id == versi.pemilih_id for c in daftar_calon):
        return daftar_calon
    return [*daftar_calon, Calon(versi, "dipilih petugas")]


def _versi(butir: ButirSaran) -> Pendaftaran | None:
    """The latest row of the voter that *butir* was said to be."""
    semua = Pendaftaran.objects.filter(pemilih=butir.pemilih_id).select_related(
        "pemilih", "kelurahan", "tps", "identitas"
    )
    return semua.order_by("-pk").first() if butir.pemilih_id else None


def _tetangga(butir: ButirSaran) -> dict[str, ButirSaran | None]:
    semua = ButirSaran.objects.filter(surat=butir.surat_id)
    return {
        "lanjut": semua.filter(urut__gt=butir.urut, jawaban="").first(),
        "dulu": semua.filter(urut__lt=butir.urut).order_by("-urut").first(),
    }


def _kerjakan(request: HttpRequest, butir: ButirSaran, langkah: str, form, form2) -> HttpResponse | None:
    """Do what was asked and go back to the name; None with the refusal on the form."""
    satu = form if langkah == "cocok" else form2
    if langkah == "hapus":
        try:
            jawab(butir, "", oleh=request.user)
        except Refused as galat:
            messages.error(request, str(galat))
        return redirect("pdpb:saran_nama", butir.pk)
    if langkah not in ("cocok", "jawab") or not satu.is_valid():
        return None
    isi = satu.cleaned_data
    try:
        if langkah == "cocok":
            orang = isi.get("pemilih")
            if orang is None and isi["pilihan"] != TIDAK_ADA:
                orang = get_object_or_404(Pemilih, pk=isi["pilihan"])
            cocokkan(butir, orang, oleh=request.user)
            messages.success(request, "Pencocokan disimpan. Langkah berikutnya: jawab nama ini.")
        else:
            jawab(butir, isi["jawaban"], oleh=request.user, perubahan=isi["perubahan"], alasan=isi["alasan"])
            messages.success(request, "Jawaban disimpan.")
    except Refused as galat:
        satu.add_error(None, str(galat))
        return None
    return redirect("pdpb:saran_nama", butir.pk)


@hak("pdpb.usul_perubahan")
def usul(request: HttpRequest, pk: int, jenis: str) -> HttpResponse:
    """Propose the change that the letter asks for; it becomes the answer to the name."""
    butir = _butir(request, pk)
    periode = periode_terbuka()
    form, judul, isi, versi = _form(request, butir, jenis)
    bukti = BuktiSaranForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid() and bukti.is_valid():
        rincian = isi(form)
        try:
            perubahan = usulkan_dari(
                butir, rincian.pop("kategori"), periode=periode, oleh=request.user,
                bukti=bukti.susun(oleh=request.user), **rincian,
            )  # fmt: skip
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"Usulan dicatat sebagai perubahan no. {perubahan.pk} dan menjawab nama ini.")
            return redirect("pdpb:saran_nama", butir.pk)
    if versi:
        pakai("baca_pemilih", oleh=request.user)
        catat_akses("lihat", versi.pemilih, oleh=request.user, objek_label=f"Usulan untuk {butir}")
    return render(
        request, "pdpb/perubahan/usul.html",
        {"form": form, "form_bukti": bukti, "periode": periode, "judul": judul, "versi": versi,
         "batal": reverse("pdpb:saran_nama", args=[pk]),
         "remah": [("Saran Bawaslu", reverse("pdpb:saran_daftar")),
                   (butir.surat.nomor, butir.surat.get_absolute_url())]},
        status=422 if form.errors or bukti.errors else 200,
    )  # fmt: skip


def _form(request: HttpRequest, butir: ButirSaran, jenis: str):
    """(form, title, what ``usulkan`` takes of it, the voter's row) of a proposal of kind *jenis*."""
    if jenis == Kategori.Jenis.BARU:
        awal = {"nama": butir.nama, "nik": butir.identitas.nik if butir.identitas else "", "alamat": butir.alamat,
                "tanggal_lahir": butir.tanggal_lahir, "jenis_kelamin": butir.jenis_kelamin,
                "kelurahan": butir.kelurahan_id, "kategori": butir.dugaan_id}  # fmt: skip
        # The digits that Bawaslu sent are shown to those alone who may read a NIK, and that is counted and logged.
        if not request.user.has_perm("pdpb.lihat_nik") or request.method == "POST":
            awal["nik"] = ""
        elif awal["nik"]:
            pakai("buka_nik", oleh=request.user)
            catat_akses("lihat", butir.surat, oleh=request.user, tujuan="NIK dibuka: usulan pemilih baru", jumlah=1)
        form = BaruForm(request.POST if request.method == "POST" else None, initial=awal)
        return form, "Usulkan pemilih baru dari saran Bawaslu", _isi_baru, None
    versi = get_object_or_404(
        Pendaftaran.objects.for_user(request.user).aktif().select_related("identitas", "tps", "kelurahan"),
        pemilih=butir.pemilih_id or 0,
    )
    form, judul, isi = form_usul(request, versi, jenis)
    if jenis == Kategori.Jenis.TMS and request.method != "POST":
        form.initial["kategori"] = butir.dugaan_id
    return form, f"{judul} dari saran Bawaslu", isi, versi


def _isi_baru(form: BaruForm) -> dict:
    isi = form.cleaned_data
    return {
        "kategori": isi["kategori"], "elemen": form.elemen(), "nik": isi["nik"], "nkk": isi["nkk"],
        "kelurahan_tujuan": form.kelurahan, "tps_tujuan": form.tps,
    }  # fmt: skip


urlpatterns = [
    path("saran/nama/<int:pk>/", nama, name="saran_nama"),
    *(
        path(f"saran/nama/<int:pk>/usul/{jenis}/", usul, {"jenis": jenis}, name=f"saran_usul_{jenis}")
        for jenis in Kategori.Jenis.values
    ),
]
