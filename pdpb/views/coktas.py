"""Coktas at the office: candidates by risk, planning, the activity with its papers, closing it."""

from uuid import uuid4

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from kpupalu.accounts.akses import hak
from kpupalu.aturan.models import nilai_bulat
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.jobs.actions import start_job
from kpupalu.jobs.models import Job
from kpupalu.kalender.tenggat import tenggat
from kpupalu.lib import Refused
from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.models import Naskah
from kpupalu.ui.daftar import ambil_halaman_dari, ambil_potongan_dari
from kpupalu.wilayah.models import Kelurahan
from pdpb.actions.coktas import (
    JENIS_BA,
    JENIS_TUGAS,
    URUTAN_LEMBAR,
    alihkan,
    batalkan,
    buat_berita_acara,
    buat_surat_tugas,
    mulai_kegiatan,
    naskah_kegiatan,
    selesaikan,
    susun_kegiatan,
)
from pdpb.cetakan_coktas import PEKERJAAN_LEMBAR, berkas_lembar, per_rt_baris
from pdpb.coktas import ALASAN, calon_kelurahan, calon_per_kelurahan, jumlah_hasil, per_rt
from pdpb.forms.coktas import AkhiriForm, AlihkanForm, KegiatanForm, SaringCalonForm
from pdpb.models import BarisCoktas, KegiatanCoktas, Periode
from pdpb.models.coktas import ATURAN_TUTUP
from pdpb.views.perubahan import nomor_dari

LIHAT, KELOLA = "pdpb.lihat_coktas", "pdpb.kelola_coktas"
S = KegiatanCoktas.Status
SEMUA_CALON = 10**6
"""All candidates of a kelurahan are ranked in one query; a page of them is shown."""
_REMAH = ("Coktas", "pdpb:coktas_daftar")


def _remah(*lain: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_REMAH[0], reverse(_REMAH[1])), *lain]


@hak(LIHAT)
def daftar(request: HttpRequest) -> HttpResponse:
    """All activities, newest first, with how far each is."""
    terisi = Count("baris", filter=~Q(baris__hasil=""))
    semua = KegiatanCoktas.objects.for_user(request.user).annotate(jumlah=Count("baris"), terisi=terisi)
    kaitan = semua.select_related("kelurahan", "periode", "dibuat_oleh")
    return render(request, "pdpb/coktas/daftar.html", {"halaman": ambil_halaman_dari(request, kaitan, ("-id",))})


@hak(KELOLA)
def calon(request: HttpRequest) -> HttpResponse:
    """How many people each kelurahan has whom somebody should visit, by reason."""
    jumlah = calon_per_kelurahan()
    baris = [
        {"kelurahan": k, "total": n[""], "sel": [n.get(a, 0) for a in ALASAN]}
        for k in Kelurahan.objects.select_related("kecamatan")
        if (n := jumlah.get(k.pk))
    ]
    baris.sort(key=lambda b: -b["total"])
    return render(
        request,
        "pdpb/coktas/calon.html",
        {"baris": baris, "alasan": [a.label for a in ALASAN.values()], "remah": _remah()},
    )


@hak(KELOLA)
def calon_satu(request: HttpRequest, kode: str) -> HttpResponse:
    """The candidates of one kelurahan by RT, the most pressing first; the ticked ones become an activity."""
    kelurahan = get_object_or_404(Kelurahan.objects.select_related("kecamatan"), pk=kode)
    periode = Periode.objects.filter(status=Periode.Status.TERBUKA).first()
    form = KegiatanForm(request.POST or None, initial={"kunci": uuid4(), "mulai": hari_ini(), "akhir": hari_ini()})
    if request.method == "POST" and form.is_valid():
        try:
            if periode is None:
                raise Refused("Tidak ada periode yang terbuka. Minta kasubbag membuka periode lebih dahulu.")
            isi = form.cleaned_data
            kegiatan = susun_kegiatan(
                kelurahan, periode=periode, pemilih=_terpilih(request, kelurahan), petugas=form.petugas,
                mulai=isi["mulai"], akhir=isi["akhir"], keperluan=isi["keperluan"], oleh=request.user,
                kunci=isi["kunci"],
            )  # fmt: skip
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, "Kegiatan disusun. Langkah berikutnya: surat tugas, lalu mulai kegiatan.")
            return redirect(kegiatan)
    return _halaman_calon(request, kelurahan, form)


def _saringan(request: HttpRequest) -> str:
    saring = SaringCalonForm(request.GET)
    return saring.cleaned_data["alasan"] if saring.is_valid() else ""


def _batas() -> int:
    return nilai_bulat("coktas_baris_maksimum", pada=hari_ini())


def _terpilih(request: HttpRequest, kelurahan: Kelurahan) -> list[int]:
    """The people ticked, or with *semua* everybody whom the page shows."""
    if "semua" in request.POST:
        return [c.pemilih for c in calon_kelurahan(kelurahan.pk, alasan=_saringan(request), batas=_batas())]
    return nomor_dari(request.POST.getlist("id"))


def _halaman_calon(request: HttpRequest, kelurahan: Kelurahan, form: KegiatanForm) -> HttpResponse:
    pakai("telusur_pemilih", oleh=request.user)
    saring = SaringCalonForm(request.GET)
    batas = _batas()
    semua = calon_kelurahan(kelurahan.pk, alasan=_saringan(request), batas=SEMUA_CALON)
    halaman = ambil_potongan_dari(request, semua, lambda c: c.versi)
    catat_akses("lihat", None, oleh=request.user, objek_label=f"Calon coktas Kel. {kelurahan}", jumlah=len(halaman))
    dipilih = set(nomor_dari(request.POST.getlist("id")))
    banyak = {nama: len(isi) for nama, isi in per_rt(semua)}
    kelompok = [(nama, banyak[nama], [(c, c.pemilih in dipilih) for c in isi]) for nama, isi in per_rt(halaman.baris)]
    return render(
        request,
        "pdpb/coktas/calon_satu.html",
        {
            "kelurahan": kelurahan,
            "form": form,
            "saring": saring,
            "kelompok": kelompok,
            "halaman": halaman,
            "jumlah": len(semua),
            "semua": min(len(semua), batas),
            "remah": _remah(("Calon coktas", reverse("pdpb:coktas_calon"))),
        },
        status=422 if form.errors else 200,
    )


def _kegiatan(request: HttpRequest, pk: int) -> KegiatanCoktas:
    kaitan = ("kelurahan__kecamatan", "periode", "dibuat_oleh")
    return get_object_or_404(KegiatanCoktas.objects.for_user(request.user).select_related(*kaitan), pk=pk)


@hak(LIHAT)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: totals, rows by RT with their results, papers, and what may be done now."""
    return _halaman_detail(request, _kegiatan(request, pk))


def _letak_baris(semua: QuerySet[BarisCoktas]) -> tuple[dict[int, int], dict[str, int]]:
    """The number of each row as the field sheets print it, and how many rows each RT has; one query."""
    urut = list(semua.order_by(*URUTAN_LEMBAR).select_related("versi"))
    banyak = {nama: len(isi) for nama, isi in per_rt_baris(urut)}
    return {b.pk: n for n, b in enumerate(urut, start=1)}, banyak


def _halaman_detail(request: HttpRequest, kegiatan: KegiatanCoktas, form: AlihkanForm | None = None) -> HttpResponse:
    pakai("telusur_pemilih", oleh=request.user)
    semua = kegiatan.baris.all()
    halaman = ambil_halaman_dari(request, semua.select_related("versi", "petugas"), URUTAN_LEMBAR)
    nomor, per_rt_semua = _letak_baris(semua)
    catat_akses("lihat", None, oleh=request.user, objek_label=f"{kegiatan}", jumlah=len(halaman))
    naskah = {kode: naskah_kegiatan(kegiatan, kode) for kode in (JENIS_TUGAS, JENIS_BA)}
    boleh = Naskah.objects.for_user(request.user).filter(pk__in=[n.pk for n in naskah.values() if n])
    return render(
        request,
        "pdpb/coktas/detail.html",
        {
            "kegiatan": kegiatan,
            "halaman": halaman,
            "kelompok": [
                (rt, per_rt_semua[rt], [(nomor[b.pk], b) for _, b in isi]) for rt, isi in per_rt_baris(halaman.baris)
            ],
            "angka": [{"label": nama, "nilai": n} for nama, n in jumlah_hasil(kegiatan)],
            "alasan": ALASAN,
            "surat_tugas": naskah[JENIS_TUGAS],
            "ba": naskah[JENIS_BA],
            "boleh_naskah": {n.pk for n in boleh},
            "form": form or AlihkanForm(),
            "kelola": request.user.has_perm(KELOLA),
            "bisa_alih": request.user.has_perm(KELOLA) and kegiatan.status in (S.DISUSUN, S.BERJALAN),
            "target": tenggat(ATURAN_TUTUP, kegiatan.akhir) if kegiatan.status == S.BERJALAN else None,
            "remah": _remah(),
            "riwayat": riwayat_untuk(kegiatan, request.user),
        },
        status=422 if form and form.errors else 200,
    )


@hak(KELOLA)
@require_POST
def alih(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the ticked rows to another petugas."""
    kegiatan = _kegiatan(request, pk)
    form = AlihkanForm(request.POST)
    if form.is_valid():
        petugas = form.orang[form.cleaned_data["petugas"]]
        try:
            n = alihkan(kegiatan, baris=nomor_dari(request.POST.getlist("id")), petugas=petugas, oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{n} baris dialihkan kepada {petugas}.")
            return redirect(kegiatan)
    return _halaman_detail(request, kegiatan, form)


@hak(KELOLA)
@require_POST
def mulai(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the rows to their petugas."""
    kegiatan = _kegiatan(request, pk)
    try:
        mulai_kegiatan(kegiatan, oleh=request.user)
    except Refused as galat:
        messages.error(request, str(galat))
    else:
        messages.success(request, "Kegiatan dimulai. Petugas dapat membuka daftar tugasnya.")
    return redirect(kegiatan)


_AKHIR = {
    "selesai": (selesaikan, "Selesaikan kegiatan", "Hasil tidak dapat diisi lagi; baris yang belum dikunjungi menjadi "
                "calon kembali.", "Langkah berikutnya: susun berita acara."),
    "batal": (batalkan, "Batalkan kegiatan", "Kegiatan dihentikan; semua barisnya menjadi calon kembali.", ""),
}  # fmt: skip


@hak(KELOLA)
def akhiri(request: HttpRequest, pk: int, cara: str) -> HttpResponse:
    """Close or drop an activity, on a page of its own."""
    kegiatan = _kegiatan(request, pk)
    tindakan, judul, akibat, lanjut = _AKHIR[cara]
    form = AkhiriForm(request.POST or None) if request.method != "POST" else AkhiriForm(request.POST)
    sisa = kegiatan.baris.filter(hasil="").count()
    form.fields["alasan"].required = cara == "batal"
    if request.method == "POST" and form.is_valid():
        try:
            tindakan(kegiatan, alasan=form.cleaned_data["alasan"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"{judul} berhasil. {lanjut}".strip())
            return redirect(kegiatan)
    return render(
        request,
        "ui/konfirmasi.html",
        {
            "judul": judul,
            "bagian": "Data Pemilih",
            "remah": _remah((str(kegiatan), kegiatan.get_absolute_url())),
            "akibat": [akibat, *([f"{sisa} baris belum dikunjungi; tuliskan alasannya."] if sisa else [])],
            "dapat_dibatalkan": "Tidak dapat dibatalkan.",
            "form": form,
            "tombol": judul,
            "batal": kegiatan.get_absolute_url(),
            "genting": cara == "batal",
        },
        status=422 if form.errors else 200,
    )


_NASKAH = {"surat-tugas": buat_surat_tugas, "berita-acara": buat_berita_acara}


@hak(KELOLA)
@require_POST
def naskah(request: HttpRequest, pk: int, jenis: str) -> HttpResponse:
    """Draft one of the two documents of an activity and go to it."""
    kegiatan = _kegiatan(request, pk)
    if jenis not in _NASKAH:
        raise Http404
    try:
        dokumen = _NASKAH[jenis](kegiatan, oleh=request.user)
    except Refused as galat:
        messages.error(request, str(galat))
        return redirect(kegiatan)
    messages.success(request, "Konsep disusun. Langkah berikutnya: beri nomor dan cetak.")
    return redirect(dokumen)


@hak(KELOLA)
@require_POST
def cetak_lembar(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the field sheets; the work itself is a job."""
    kegiatan = _kegiatan(request, pk)
    job = start_job(PEKERJAAN_LEMBAR, by=request.user, kegiatan=kegiatan.pk)
    return redirect("jobs:detail", job.pk)


def _lembar(request: HttpRequest, pk: int) -> Job:
    job = get_object_or_404(Job.objects.for_user(request.user), pk=pk, kind=PEKERJAAN_LEMBAR, status="selesai")
    if not berkas_lembar(job.pk).is_file():
        raise Http404
    return job


@hak(KELOLA)
def lembar(request: HttpRequest, pk: int) -> HttpResponse:
    """The printed field sheets: of which activity, the digest, and the file."""
    job = _lembar(request, pk)
    kegiatan = _kegiatan(request, job.params["kegiatan"])
    isi = {"job": job, "kegiatan": kegiatan, "remah": _remah((str(kegiatan), kegiatan.get_absolute_url()))}
    return render(request, "pdpb/coktas/lembar.html", isi)


@hak(KELOLA)
def lembar_unduh(request: HttpRequest, pk: int) -> FileResponse:
    """The PDF of the field sheets; it names voters, so each download is logged."""
    job = _lembar(request, pk)
    kegiatan = _kegiatan(request, job.params["kegiatan"])
    pakai("ekspor_daftar", oleh=request.user)
    label = f"Lembar kerja {kegiatan}"
    catat_akses("cetak", None, oleh=request.user, objek_label=label, jumlah=kegiatan.baris.count())
    jawaban = FileResponse(
        berkas_lembar(job.pk).open("rb"), as_attachment=True, filename=f"lembar-coktas-{kegiatan.pk}-{job.pk}.pdf"
    )
    jawaban["Cache-Control"] = "no-store"
    return jawaban


urlpatterns = [
    path("coktas/", daftar, name="coktas_daftar"),
    path("coktas/calon/", calon, name="coktas_calon"),
    path("coktas/calon/<str:kode>/", calon_satu, name="coktas_calon_satu"),
    path("coktas/<int:pk>/", detail, name="coktas_detail"),
    path("coktas/<int:pk>/alihkan/", alih, name="coktas_alihkan"),
    path("coktas/<int:pk>/mulai/", mulai, name="coktas_mulai"),
    path("coktas/<int:pk>/selesai/", akhiri, {"cara": "selesai"}, name="coktas_selesai"),
    path("coktas/<int:pk>/batal/", akhiri, {"cara": "batal"}, name="coktas_batal"),
    path("coktas/<int:pk>/naskah/<slug:jenis>/", naskah, name="coktas_naskah"),
    path("coktas/<int:pk>/lembar/", cetak_lembar, name="coktas_cetak_lembar"),
    path("coktas/lembar/<int:pk>/", lembar, name="coktas_lembar"),
    path("coktas/lembar/<int:pk>/unduh/", lembar_unduh, name="coktas_lembar_unduh"),
]
