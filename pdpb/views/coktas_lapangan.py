"""Coktas at the door: the rows of one petugas, one at a time, with large buttons."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses, riwayat_untuk
from kpupalu.imports.lampiran import TIPE, jenis_berkas
from kpupalu.lib import Refused
from pdpb.actions.coktas import boleh_ditarik, isi_hasil, tarik_hasil, versi_kini
from pdpb.cetakan_coktas import per_rt_baris
from pdpb.coktas import ALASAN
from pdpb.forms.coktas import HasilForm, TarikForm
from pdpb.models import BarisCoktas

ISI, LIHAT = "pdpb.isi_coktas", "pdpb.lihat_coktas"
_KAITAN = ("kegiatan__kelurahan", "kegiatan__periode", "versi__identitas", "versi__kelurahan", "pemilih", "petugas")


def _urut(baris):
    return baris.select_related(*_KAITAN).order_by("kegiatan", "versi__rw", "versi__rt", "versi__nama", "pk")


@hak(ISI)
def tugas(request: HttpRequest) -> HttpResponse:
    """The rows that are assigned to the reader and wait, by RT; those done are counted and may be read again."""
    pakai("telusur_pemilih", oleh=request.user)
    semua = list(_urut(BarisCoktas.objects.ditugaskan(request.user)))
    catat_akses("lihat", None, oleh=request.user, objek_label="Tugas coktas", jumlah=len(semua))
    kegiatan = {}
    for baris in semua:
        kegiatan.setdefault(baris.kegiatan, []).append(baris)
    isi = [
        {
            "kegiatan": satu,
            "terisi": [b for b in baris if b.hasil],
            "kelompok": per_rt_baris([b for b in baris if not b.hasil]),
            "jumlah": len(baris),
        }
        for satu, baris in kegiatan.items()
    ]
    return render(request, "pdpb/coktas/tugas.html", {"isi": isi, "bagian": "Data Pemilih"})


def _baris(request: HttpRequest, pk: int) -> BarisCoktas:
    """The row if it is the reader's to visit; 404 for anybody else's."""
    return get_object_or_404(BarisCoktas.objects.ditugaskan(request.user).select_related(*_KAITAN), pk=pk)


@hak(ISI)
def satu(request: HttpRequest, pk: int) -> HttpResponse:
    """One row: who, where, what to ask, and a button for each result."""
    pakai("baca_pemilih", oleh=request.user)
    baris = _baris(request, pk)
    catat_akses("lihat", baris.pemilih, oleh=request.user, tujuan=f"Coktas {baris.kegiatan_id}")
    return render(request, "pdpb/coktas/satu.html", _konteks(request, baris))


def _konteks(request: HttpRequest, baris: BarisCoktas, **lain) -> dict:
    sebab = [ALASAN[a] for a in baris.alasan if a in ALASAN]
    return {
        "b": baris,
        "v": baris.versi,
        "sebab": sebab,
        "pilihan": BarisCoktas.Hasil.choices,
        "boleh_tarik": boleh_ditarik(baris, oleh=request.user),
        "remah": [("Tugas coktas", reverse("pdpb:coktas_tugas"))],
        "bagian": "Data Pemilih",
        "riwayat": riwayat_untuk(baris, request.user),
        **lain,
    }


@hak(ISI)
def isi(request: HttpRequest, pk: int, hasil: str) -> HttpResponse:
    """Fill in one result; sent twice it counts once, and the next row follows."""
    baris = _baris(request, pk)
    if hasil not in BarisCoktas.Hasil.values:
        raise Http404
    versi = versi_kini(baris)
    data, berkas = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = HasilForm(data, berkas, hasil=hasil, versi=versi, initial={"kunci": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            baris = isi_hasil(baris, form.kunjungan(), oleh=request.user, kunci=form.cleaned_data["kunci"])
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            return _lanjut(request, baris)
    pakai("baca_pemilih", oleh=request.user)
    catat_akses("lihat", baris.pemilih, oleh=request.user, tujuan=f"Coktas {baris.kegiatan_id}")
    konteks = _konteks(request, baris, form=form, hasil=BarisCoktas.Hasil(hasil))
    konteks["remah"].append((baris.versi.nama, reverse("pdpb:coktas_satu", args=[pk])))
    return render(request, "pdpb/coktas/isi.html", konteks, status=422 if form.errors else 200)


def _lanjut(request: HttpRequest, baris: BarisCoktas) -> HttpResponse:
    """Say what was recorded and go on to the next row of the reader, or back to the list."""
    kalimat = f"{baris.versi.nama}: {baris.get_hasil_display().lower()}, sudah dicatat."
    if baris.tanpa_usulan:
        messages.warning(request, f"{kalimat} Belum menjadi usulan: {baris.tanpa_usulan}")
    else:
        messages.success(request, kalimat)
    sisa = BarisCoktas.objects.ditugaskan(request.user).filter(kegiatan=baris.kegiatan, hasil="")
    berikut = _urut(sisa).first()
    return redirect("pdpb:coktas_satu", berikut.pk) if berikut else redirect("pdpb:coktas_tugas")


@hak(LIHAT, ISI)
def tarik(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a result entered wrongly back, with the reason; for who entered it and who runs coktas."""
    kaitan = ("kegiatan__kelurahan", "kegiatan__periode", "versi", "pemilih", "usulan__periode")
    baris = get_object_or_404(BarisCoktas.objects.for_user(request.user).select_related(*kaitan), pk=pk)
    if not boleh_ditarik(baris, oleh=request.user):
        raise Http404
    di_kantor = request.user.has_perm(LIHAT)
    kembali = baris.kegiatan.get_absolute_url() if di_kantor else reverse("pdpb:coktas_satu", args=[pk])
    form = TarikForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            tarik_hasil(baris, alasan=form.cleaned_data["alasan"], oleh=request.user)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            messages.success(request, f"Hasil {baris.versi.nama} ditarik; baris ini belum dikunjungi lagi.")
            return redirect(kembali)
    pakai("baca_pemilih", oleh=request.user)
    catat_akses("lihat", baris.pemilih, oleh=request.user, tujuan=f"Menarik hasil coktas {baris.kegiatan_id}")
    return render(request, "ui/konfirmasi.html", _tarik(baris, form, kembali), status=422 if form.errors else 200)


def _tarik(baris: BarisCoktas, form: TarikForm, kembali: str) -> dict:
    akibat = ["Baris ini kembali belum dikunjungi; isinya tetap dapat dibaca pada riwayat."]
    if baris.kaitan == BarisCoktas.Kaitan.DIBUAT:
        akibat.append(f"Usulan nomor {baris.usulan_id} yang dibuat kunjungan ini ikut ditarik.")
    elif baris.kaitan == BarisCoktas.Kaitan.DILENGKAPI:
        akibat.append(f"Bukti dari kunjungan ini dilepas dari usulan nomor {baris.usulan_id}.")
    return {
        "judul": f"Tarik hasil {baris.versi.nama}: {baris.get_hasil_display().lower()}", "bagian": "Data Pemilih",
        "remah": [(str(baris.kegiatan), kembali)], "akibat": akibat, "form": form, "tombol": "Tarik hasil",
        "dapat_dibatalkan": "Tidak dapat dibatalkan; isi lagi hasilnya sesudah dikunjungi.", "batal": kembali,
        "genting": True,
    }  # fmt: skip


@hak(LIHAT, ISI)
@require_GET
def foto(request: HttpRequest, pk: int) -> HttpResponse:
    """The photograph of one visit, to save and never to run: for the petugas of the row and those with the right.

    It may show a NIK, so that of somebody else's visit needs the right to see one.
    """
    baris = get_object_or_404(
        BarisCoktas.objects.for_user(request.user).exclude(foto="").select_related("pemilih"), pk=pk
    )
    if baris.diisi_oleh_id != request.user.pk and not request.user.has_perm("pdpb.lihat_nik"):
        raise Http404
    pakai("buka_nik", oleh=request.user)
    try:
        with baris.foto.open("rb") as berkas:
            isi_berkas = berkas.read()
    except FileNotFoundError as galat:
        raise Refused("Foto ini tidak ditemukan di penyimpanan. Hubungi admin sekarang juga.") from galat
    catat_akses("lihat", baris.pemilih, oleh=request.user, objek_label=f"Foto {baris}")
    jenis = jenis_berkas(isi_berkas) or ""
    jawaban = HttpResponse(isi_berkas, content_type=TIPE.get(jenis, "application/octet-stream"))
    jawaban["Content-Disposition"] = f'attachment; filename="coktas-{pk}.{jenis or "bin"}"'
    jawaban["Cache-Control"] = "no-store"
    return jawaban


urlpatterns = [
    path("coktas/tugas/", tugas, name="coktas_tugas"),
    path("coktas/tugas/<int:pk>/", satu, name="coktas_satu"),
    path("coktas/tugas/<int:pk>/<slug:hasil>/", isi, name="coktas_isi"),
    path("coktas/baris/<int:pk>/tarik/", tarik, name="coktas_tarik"),
    path("coktas/baris/<int:pk>/foto/", foto, name="coktas_foto"),
]
