"""The selisih doctor on screen: any recap that is pasted or uploaded, and the office's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from kpupalu.accounts.akses import hak
from kpupalu.audit.catatan import catat
from kpupalu.imports.batas import MB
from kpupalu.lib.angka import ribuan
from pdpb.forms.selisih import MAKS_TEMPEL, RekapForm
from pdpb.models import Periode
from pdpb.publik import rekap_json
from pdpb.rekap import rekap, rekap_beku, snapshot_berlaku
from pdpb.selisih import MAKS_BERKAS, dari_data, periksa
from pdpb.selisih.ringkasan import BARIS_TAMPIL, ringkas
from pdpb.views.cetak import versi_diminta

LIHAT = "pdpb.lihat_rekap"
BATAS = f"{MAKS_BERKAS // MB} MB untuk berkas, {MAKS_TEMPEL // MB} MB untuk yang ditempel"


@hak(LIHAT)
def periksa_rekap(request: HttpRequest) -> HttpResponse:
    """Paste or upload a recap and read what does not add up. Only the history entry is kept, no figure."""
    form = RekapForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        hasil = periksa([dok for _, dok in form.dokumen])
        semua = [ringkas(nama, temuan) for (nama, _), temuan in zip(form.dokumen, hasil, strict=True)]
        salah = sum(len(satu.salah) for satu in semua)
        nama = ", ".join(satu.judul for satu in semua)[:150]
        catat(
            "periksa_rekap",
            None,
            oleh=request.user,
            kalimat=f"Memeriksa rekap ({nama}): {ribuan(salah)} tidak terpenuhi",
            jumlah=len(semua),
        )
        return render(request, "pdpb/selisih/hasil.html", {"semua": semua, "batas_baris": BARIS_TAMPIL})
    salah = 422 if form.errors else 200
    return render(request, "pdpb/selisih/periksa.html", {"form": form, "batas": BATAS}, status=salah)


@hak(LIHAT)
def rekap_kita(request: HttpRequest, kode: str) -> HttpResponse:
    """The same examination of our own recap, or of one frozen version, held against the period before it."""
    periode = get_object_or_404(Periode, pk=kode)
    snapshot = versi_diminta(request, periode)
    data = rekap_beku(snapshot) if snapshot else rekap(periode)
    rangkaian = [rekap_json(data)]
    lama = periode.sebelumnya and snapshot_berlaku(periode.sebelumnya)
    if lama:
        rangkaian.insert(0, rekap_json(rekap_beku(lama)))
    temuan = periksa(dari_data(rangkaian, "Rekap ini"))[-1]
    return render(
        request,
        "pdpb/selisih/hasil.html",
        {"semua": [ringkas("", temuan)], "periode": periode, "data": data, "batas_baris": BARIS_TAMPIL},
    )


urlpatterns = [
    path("periksa-rekap/", periksa_rekap, name="selisih"),
    path("rekap/<slug:kode>/periksa-rekap/", rekap_kita, name="rekap_selisih"),
]
