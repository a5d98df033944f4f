"""The period as a task list, from open to announced, and the acts on it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import riwayat_untuk
from kpupalu.jobs.actions import start_job
from kpupalu.lib import Refused
from kpupalu.lib.angka import ribuan
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.dasar import calon_anggota, siapkan
from kpupalu.naskah.models import Naskah
from kpupalu.surat.models import Instansi
from pdpb.actions.naskah import buat_berita_acara, naskah_periode, umumkan_rekap
from pdpb.actions.paket import paket_terbaru
from pdpb.actions.pengumuman import daftar_tempat
from pdpb.actions.periode import (
    TERTUNDA,
    buka_periode,
    minta_buka_kembali,
    setujui_buka_kembali,
    ubah_periode,
)
from pdpb.actions.rapat import catat_masukan, ringkasan, tidak_hadir_pleno
from pdpb.forms.periode import BeritaAcaraForm, BukaKembaliForm, MasukanForm, PeriodeForm, SetujuiBukaForm
from pdpb.invarian import gagal, periksa
from pdpb.models import BukaKembali, ImporBatch, Pengumuman, Periode, Perubahan, Snapshot
from pdpb.pleno import masukan_pleno
from pdpb.rekap import rekap
from pdpb.views.prapleno import SIAPA

LIHAT = "pdpb.lihat_rekap"
S = Periode.Status
_REMAH = {"bagian": "Data Pemilih"}
_SINGKAT = {"triwulan": "tw", "bulanan": "b", "semester": "s"}


def _periode(kode: str) -> Periode:
    return get_object_or_404(Periode, pk=kode)


def _halaman(request: HttpRequest, template: str, periode: Periode | None = None, **isi) -> HttpResponse:
    remah = [("Periode", reverse("pdpb:periode_daftar"))]
    if periode:
        remah.append((periode.nama, reverse("pdpb:periode_detail", args=[periode.pk])))
    salah = bool(isi.get("form") and isi["form"].errors)
    isi = {**_REMAH, "remah": remah, "periode": periode, **isi}
    return render(request, template, isi, status=422 if salah else 200)


def _ditolak(form, tindakan) -> bool:
    """Carry *tindakan* out; True if the office's rules refuse, with the sentence on *form* and nothing typed lost."""
    try:
        tindakan()
    except Refused as galat:
        form.add_error(None, str(galat))
        return True
    return False


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """All periods, newest first."""
    return _halaman(request, "pdpb/periode/daftar.html", remah=[], daftar=Periode.objects.all())


@hak(LIHAT)
def detail(request: HttpRequest, kode: str) -> HttpResponse:
    """What has been done in the period and what comes next."""
    periode = _periode(kode)
    rapat = ringkasan(periode)
    return _halaman(
        request,
        "pdpb/periode/detail.html",
        remah=[("Periode", reverse("pdpb:periode_daftar"))],
        periode=periode,
        tugas=_tugas(periode, request.user, rapat),
        rapat=rapat,
        masukan=masukan_pleno(periode),
        naskah=naskah_periode(periode),
        kota=rekap(periode).kota,
        snapshot=Snapshot.objects.filter(periode=periode).select_related("dibekukan_oleh"),
        permintaan=BukaKembali.objects.filter(periode=periode).select_related("diminta_oleh", "disetujui_oleh"),
        riwayat=riwayat_untuk(periode, request.user),
    )


def _tugas(periode: Periode, user, rapat_periode: list[dict]) -> list[dict[str, str]]:
    """The task list: each task with its state in words; the closing tasks name what is missing."""
    perubahan = Perubahan.objects.filter(periode=periode)
    menunggu = perubahan.filter(status__in=["diusulkan", "perlu_coktas"]).count()
    tertunda = perubahan.filter(status="ditangguhkan").count()
    siap = perubahan.filter(status="diverifikasi").count()
    ada_impor = ImporBatch.objects.filter(periode=periode).exists()
    ada_usulan = perubahan.exists()
    impor = ImporBatch.objects.filter(periode=periode, status__in=["diunggah", "diperiksa", "diterapkan"]).count()
    beku = periode.status != S.TERBUKA
    naskah = naskah_periode(periode)
    daftar = reverse("pdpb:perubahan_daftar")
    belum = [] if beku else [f"{p.kode} {p.wilayah}" for p in gagal(periksa(rekap(periode)))]
    kode = [periode.pk]
    antrean = f"{daftar}?periode={periode.pk}&antrean="
    ba = reverse("pdpb:berita_acara", args=kode)
    if naskah:
        boleh_ba = Naskah.objects.for_user(user).filter(pk=naskah.pk).exists()
        ba = naskah.get_absolute_url()
    else:
        boleh_ba = user.has_perm("pdpb.siapkan_ba")
    butir = [
        (
            "Tetapkan tanggal dan tempat pleno",
            reverse("pdpb:periode_ubah", args=kode),
            "pdpb.kelola_periode",
            bool(periode.tanggal_pleno),
            "",
        ),
        ("Impor berkas yang diterima", reverse("pdpb:impor_daftar"), "pdpb.impor_daftar", ada_impor and not impor,
         f"{impor} impor belum tuntas" if impor else "Belum ada berkas yang diimpor"),
        ("Verifikasi usulan", f"{antrean}verifikasi", "pdpb.lihat_pemilih", ada_usulan and not menunggu,
         f"{ribuan(menunggu)} menunggu verifikasi" if menunggu else "Belum ada usulan"),
        ("Setujui usulan", f"{antrean}setujui", "pdpb.lihat_pemilih", ada_usulan and not (menunggu or siap),
         f"{ribuan(siap)} menunggu persetujuan" if siap else "Menunggu verifikasi" if menunggu else "Belum ada usulan"),
        *_tertunda(tertunda, antrean, beku),
        ("Periksa rekapitulasi", reverse("pdpb:rekap_periksa", args=kode), LIHAT, not belum,
         f"{len(belum)} identitas belum terpenuhi"),
        ("Periksa sebelum pleno", reverse("pdpb:prapleno", args=kode), any(map(user.has_perm, SIAPA)), beku,
         "Naskah, penanda tangan, aturan, dan data yang diperlukan berita acara"),
        *_rapat(periode, rapat_periode),
        ("Bekukan periode", reverse("pdpb:bekukan", args=kode), "pdpb.bekukan_periode", beku, "Menunggu kasubbag"),
        ("Siapkan dan tanda tangani berita acara", ba, boleh_ba, periode.status in (S.DITETAPKAN, S.DIUMUMKAN),
         naskah.get_status_display() if naskah else "Belum dimulai"),
        ("Umumkan", reverse("pdpb:umumkan", args=kode), "pdpb.umumkan_rekap", periode.status == S.DIUMUMKAN, ""),
        *_sesudah_pleno(periode, naskah),
    ]  # fmt: skip
    return [
        _butir(judul, tautan if _boleh(user, boleh) else "", selesai, sisa)
        for judul, tautan, boleh, selesai, sisa in butir
    ]


def _rapat(periode: Periode, daftar: list[dict]) -> list[tuple]:
    """The tasks of the meetings: coordination where one is scheduled or can be, and the pleno."""
    rapat = {r["rapat"].jenis: r for r in daftar}

    def butir(judul: str, jenis: str) -> tuple:
        satu = rapat.get(jenis)
        if satu is None:
            tautan = reverse("pdpb:rapat_baru", args=[periode.pk, jenis])
            return (judul, tautan, "pdpb.kelola_periode", False, "Belum dijadwalkan")
        selesai = satu["hadir"] > 0 or satu["rapat"].status in ("notula_disahkan", "selesai")
        kata = f"{satu['rapat'].get_status_display()}, {satu['hadir']} dari {satu['diundang']} instansi hadir"
        return (judul, satu["rapat"].get_absolute_url(), "rapat.lihat_rapat", selesai, kata)

    forum = "koordinasi" if "koordinasi" in rapat else "forum"
    return [butir("Rapat atau forum koordinasi", forum), butir("Rapat pleno", "pleno")]


def _sesudah_pleno(periode: Periode, naskah: Naskah | None) -> list[tuple]:
    """The tasks after the signatures: copies to everybody entitled, the boards, the package of it all."""
    penerima = Instansi.objects.filter(aktif=True, terima_salinan=True)
    sudah = naskah.pengiriman.filter(dibatalkan=False, instansi__isnull=False).values("instansi") if naskah else []
    belum = penerima.exclude(pk__in=sudah).count()
    tempat = Pengumuman.objects.filter(periode=periode).count()
    semua = len(daftar_tempat())
    lihat = ("surat.kirim_surat", "surat.lihat_semua_surat")
    return [
        ("Kirim salinan berita acara", reverse("pdpb:salinan", args=[periode.pk]), lihat, bool(naskah) and not belum,
         f"{belum} penerima belum dikirimi"),
        ("Catat tempat pengumuman", reverse("pdpb:papan", args=[periode.pk]), LIHAT, tempat >= semua,
         f"{tempat} dari {semua} tempat tercatat"),
        ("Susun paket triwulan", reverse("pdpb:paket", args=[periode.pk]), "pdpb.lihat_paket",
         paket_terbaru(periode) is not None, "Belum disusun"),
    ]  # fmt: skip


def _tertunda(jumlah: int, antrean: str, beku: bool) -> list[tuple]:
    """The task of what was postponed, while it can still be decided in this period."""
    if not jumlah or beku:
        return []
    sisa = f"{ribuan(jumlah)} dibawa ke periode berikutnya bila tidak diputuskan"
    return [("Usulan yang ditangguhkan", f"{antrean}tertunda", "pdpb.lihat_pemilih", False, sisa)]


def _boleh(user, boleh: bool | str | tuple[str, ...]) -> bool:
    """Whether a task is linked: decided already, or by any of these rights."""
    if isinstance(boleh, bool):
        return boleh
    return any(user.has_perm(perm) for perm in ((boleh,) if isinstance(boleh, str) else boleh))


def _butir(judul: str, tautan: str, selesai: bool, keterangan: str = "") -> dict[str, str]:
    return {
        "judul": judul,
        "tautan": tautan,
        "status": "Selesai" if selesai else "Belum selesai",
        "jenis": "baik" if selesai else "tunggu",
        "keterangan": "" if selesai else keterangan,
    }


@hak("pdpb.kelola_periode")
def baru(request: HttpRequest) -> HttpResponse:
    """Open the next period after the latest one."""
    terakhir = Periode.objects.first()
    form = PeriodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        periode = form.save(commit=False)
        periode.kode = (
            f"{periode.tahun}-{ {'triwulan': 'tw', 'bulanan': 'b', 'semester': 's'}[periode.jenis] }{periode.urutan}"
        )
        periode.sebelumnya = terakhir
        if not _ditolak(form, lambda: buka_periode(periode, oleh=request.user)):
            messages.success(request, f"{periode.nama} dibuka. Langkah berikutnya: impor berkas atau catat perubahan.")
            return redirect("pdpb:periode_detail", periode.pk)
    return _halaman(request, "ui/formulir.html", judul="Buka periode baru", form=form, tombol="Buka periode")


@hak("pdpb.kelola_periode")
def ubah(request: HttpRequest, kode: str) -> HttpResponse:
    """Change the dates, place and legal bases of an open period."""
    periode = _periode(kode)
    form = PeriodeForm(request.POST or None, instance=periode)
    if request.method == "POST" and form.is_valid():
        baru = form.save(commit=False)
        if not _ditolak(form, lambda: ubah_periode(baru, oleh=request.user, dilihat=form.dilihat)):
            messages.success(request, "Pengaturan periode disimpan.")
            return redirect("pdpb:periode_detail", kode)
        form.perlihatkan(_periode(kode))
    return _halaman(
        request, "ui/formulir.html", periode, judul="Ubah periode", form=form, tombol="Simpan",
        batal=reverse("pdpb:periode_detail", args=[kode]),
    )  # fmt: skip


@hak("pdpb.kelola_periode")
def masukan(request: HttpRequest, kode: str) -> HttpResponse:
    """Add a remark of the pleno to the period; it stands in the minutes."""
    periode = _periode(kode)
    form = MasukanForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and not _ditolak(form, lambda: catat_masukan(periode, form.cleaned_data, oleh=request.user))
    ):
        messages.success(request, "Masukan dicatat dan akan tercetak dalam berita acara.")
        return redirect("pdpb:periode_detail", kode)
    return _halaman(
        request, "ui/formulir.html", periode, judul="Catat masukan pleno", form=form, tombol="Catat masukan",
        batal=reverse("pdpb:periode_detail", args=[kode]),
    )  # fmt: skip


def _sebelum_pleno(periode: Periode) -> list[str]:
    """A word of caution while the pleno that the minutes will name has not been held yet."""
    if periode.tanggal_pleno is None or periode.tanggal_pleno <= hari_ini():
        return []
    return [f"Pleno tercatat pada {tanggal_panjang(periode.tanggal_pleno)}, belum berlangsung hari ini."]


@hak("pdpb.bekukan_periode")
def bekukan(request: HttpRequest, kode: str) -> HttpResponse:
    """Say what freezing does, then start it as a job."""
    periode = _periode(kode)
    if request.method == "POST":
        job = start_job("pdpb.bekukan", by=request.user, kunci=f"bekukan-{periode.pk}", periode=periode.pk)
        return redirect("jobs:detail", job.pk)
    kota = rekap(periode).kota.total
    sisa = Perubahan.objects.filter(periode=periode, status__in=TERTUNDA).count()
    return _halaman(
        request,
        "ui/konfirmasi.html",
        periode,
        judul=f"Bekukan {periode.nama}",
        akibat=[
            f"{ribuan(kota.sekarang)} pemilih dan {ribuan(kota.baru + kota.tms + kota.ubah)} perubahan dikunci.",
            f"{ribuan(sisa)} usulan yang belum disetujui tidak ikut dan dibawa ke periode berikutnya.",
            "Sesudah ini tidak ada perubahan yang dapat disetujui pada periode ini.",
            *_sebelum_pleno(periode),
        ],
        dapat_dibatalkan="Dapat dibuka kembali dengan surat dan persetujuan orang kedua, selama belum ditandatangani.",
        tombol="Bekukan periode",
        batal=reverse("pdpb:periode_detail", args=[kode]),
    )  # fmt: skip


@hak("pdpb.minta_buka_kembali")
def minta_buka(request: HttpRequest, kode: str) -> HttpResponse:
    """Ask that a frozen period be opened again."""
    periode = _periode(kode)
    form = BukaKembaliForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and not _ditolak(form, lambda: minta_buka_kembali(periode, **form.cleaned_data, oleh=request.user))
    ):
        messages.success(request, "Permintaan dikirim dan menunggu persetujuan Ketua atau Sekretaris.")
        return redirect("pdpb:periode_detail", kode)
    return _halaman(
        request, "ui/konfirmasi.html", periode, judul="Minta periode dibuka kembali", form=form,
        akibat=["Versi beku tetap tersimpan dan ditandai digantikan.", "Versi berikutnya memuat tabel perbedaannya."],
        tombol="Minta dibuka kembali", batal=reverse("pdpb:periode_detail", args=[kode]), genting=True,
    )  # fmt: skip


@hak("pdpb.setujui_buka_kembali")
def setujui_buka(request: HttpRequest, kode: str, pk: int) -> HttpResponse:
    """Grant a request to reopen, by somebody other than who asked."""
    periode = _periode(kode)
    permintaan = get_object_or_404(BukaKembali, pk=pk, periode=periode, disetujui_oleh=None)
    form = SetujuiBukaForm(request.POST or None, initial={"sampai": hari_ini()})
    if request.method == "POST" and form.is_valid():
        sampai = form.cleaned_data["sampai"]
        if not _ditolak(form, lambda: setujui_buka_kembali(permintaan, oleh=request.user, sampai=sampai)):
            messages.success(request, f"{periode.nama} dibuka kembali.")
            return redirect("pdpb:periode_detail", kode)
    return _halaman(
        request, "ui/konfirmasi.html", periode, judul="Setujui membuka kembali", form=form,
        akibat=[f"Diminta oleh {permintaan.diminta_oleh}: {permintaan.alasan} (surat {permintaan.nomor_surat})."],
        tombol="Buka kembali", batal=reverse("pdpb:periode_detail", args=[kode]), genting=True,
    )  # fmt: skip


@hak("pdpb.siapkan_ba")
def berita_acara(request: HttpRequest, kode: str) -> HttpResponse:
    """Note who was absent, then draft, number and print the minutes."""
    periode = _periode(kode)
    if naskah := naskah_periode(periode):
        return redirect(naskah)
    if periode.status != S.DIBEKUKAN:
        messages.warning(request, "Berita acara disusun dari periode yang dibekukan. Bekukan periode ini lebih dahulu.")
        return redirect("pdpb:periode_detail", kode)
    absen = tidak_hadir_pleno(periode)
    form = BeritaAcaraForm(
        request.POST or None,
        calon=calon_anggota(periode.tanggal_pleno),
        initial={f"absen_{pk}": alasan for pk, alasan in absen.items()},
    )
    if request.method == "POST" and form.is_valid():
        naskah = buat_berita_acara(
            periode, oleh=request.user, tidak_hadir=form.tidak_hadir, cara=form.cleaned_data["cara"]
        )
        if "siapkan" in request.POST:
            naskah = siapkan(naskah, by=request.user)
        return redirect(naskah)
    return _halaman(
        request, "ui/formulir.html", periode, judul="Susun berita acara", form=form, tombol="Susun konsep",
        konteks="Ketidakhadiran menurut daftar hadir pleno sudah terisi; dicetak sebelum ada yang menandatangani.",
        batal=reverse("pdpb:periode_detail", args=[kode]),
    )  # fmt: skip


@hak("pdpb.umumkan_rekap")
def umumkan(request: HttpRequest, kode: str) -> HttpResponse:
    """Publish the quarter after its minutes are complete."""
    periode = _periode(kode)
    if request.method == "POST":
        umumkan_rekap(periode, oleh=request.user)
        messages.success(request, f"Rekapitulasi {periode.nama} diumumkan.")
        return redirect("pdpb:pengumuman", kode)
    return _halaman(
        request, "ui/konfirmasi.html", periode, judul=f"Umumkan rekapitulasi {periode.nama}",
        akibat=["Halaman publik menampilkan jumlah per kecamatan dan kelurahan, berita acara, dan sidik data.",
                "Tidak ada data pribadi yang ditampilkan."],
        tombol="Umumkan", batal=reverse("pdpb:periode_detail", args=[kode]),
    )  # fmt: skip


urlpatterns = [
    path("periode/", daftar, name="periode_daftar"),
    path("periode/baru/", baru, name="periode_baru"),
    path("periode/<slug:kode>/", detail, name="periode_detail"),
    path("periode/<slug:kode>/ubah/", ubah, name="periode_ubah"),
    path("periode/<slug:kode>/masukan/", masukan, name="masukan"),
    path("periode/<slug:kode>/bekukan/", bekukan, name="bekukan"),
    path("periode/<slug:kode>/buka-kembali/", minta_buka, name="buka_minta"),
    path("periode/<slug:kode>/buka-kembali/<int:pk>/", setujui_buka, name="buka_setujui"),
    path("periode/<slug:kode>/berita-acara/", berita_acara, name="berita_acara"),
    path("periode/<slug:kode>/umumkan/", umumkan, name="umumkan"),
]
