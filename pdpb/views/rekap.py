"""The recap on screen and as XLSX, its checks, and what two versions tell differently."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from kpupalu.accounts.akses import hak
from kpupalu.ui.grafik import batang
from kpupalu.ui.peta import Ubin, peta_garis
from kpupalu.wilayah.models import TPS, Kecamatan, Kelurahan
from pdpb.banding import bandingkan, sebelumnya
from pdpb.cetakan import TINGKAT, baris_rekap, jumlahkan
from pdpb.invarian import catatan, gagal, periksa
from pdpb.models import Kategori, Periode, Snapshot
from pdpb.mutu import mutu_beku
from pdpb.rekap import Rekap, Sel, rekap, rekap_beku
from pdpb.resources import rekap_xlsx
from pdpb.views.cetak import versi_diminta
from pdpb.views.unduhan import XLSX, unduhan

LIHAT = "pdpb.lihat_rekap"


def _data(request: HttpRequest, periode: Periode) -> Rekap:
    """The figures to show: of the frozen version that was asked for, else those in force."""
    snapshot = versi_diminta(request, periode)
    return rekap_beku(snapshot) if snapshot else rekap(periode)


@hak(LIHAT)
def halaman(request: HttpRequest, kode: str) -> HttpResponse:
    """The recap of one period at one level; frozen figures once it is frozen."""
    periode = get_object_or_404(Periode, pk=kode)
    tingkat = request.GET.get("tingkat", "kecamatan")
    tingkat = tingkat if tingkat in TINGKAT else "kecamatan"
    di_bawah = request.GET.get("wilayah", "").replace("\0", "")
    data = _data(request, periode)
    jenis = dict(TPS.objects.values_list("pk", "jenis"))
    menurut_jenis = data.menurut(lambda kelurahan, tps: jenis.get(tps or 0, TPS.Jenis.REGULER))
    baris = baris_rekap(data, tingkat, di_bawah)
    return render(
        request,
        "pdpb/rekap/halaman.html",
        {
            "periode": periode,
            "data": data,
            "baris": baris,
            "jumlah": jumlahkan(baris),
            "angka_lama": bool(data.snapshot and data.snapshot.digantikan),
            "tingkat": tingkat,
            "pilihan_tingkat": TINGKAT,
            "wilayah": Kecamatan.objects.filter(pk=di_bawah).first() or Kelurahan.objects.filter(pk=di_bawah).first(),
            "jenis_tps": [(label, menurut_jenis.get(nilai, Sel())) for nilai, label in TPS.Jenis.choices],
            "rincian": rincian(data, di_bawah),
            "grafik": grafik_kecamatan(data, periode),
            "peta": _peta(data, periode),
            "salah": gagal(periksa(data)),
            "mutu": mutu_beku(data.snapshot) if data.snapshot else None,
        },
    )


def rincian(data: Rekap, di_bawah: str) -> list[dict]:
    """Every reason that occurs in the areas below *di_bawah*, with its counts."""
    return [
        {
            "jenis": k.jenis,
            "kategori": k,
            "L": data.jumlah_rincian(k.jenis, k.slug, di_bawah, "L"),
            "P": data.jumlah_rincian(k.jenis, k.slug, di_bawah, "P"),
            "total": data.jumlah_rincian(k.jenis, k.slug, di_bawah),
        }
        for k in Kategori.objects.all()
        if data.jumlah_rincian(k.jenis, k.slug, di_bawah)
    ]


def _versi(data: Rekap) -> str:
    """What a link from the figures of a replaced version carries so that it stays in that version."""
    return f"&versi={data.snapshot.versi}" if data.snapshot and data.snapshot.digantikan else ""


def grafik_kecamatan(data: Rekap, periode: Periode, *, tautan: bool = True):
    """Voters per kecamatan as bars, each a link to its kelurahan unless *tautan* is off."""
    nilai = [
        (nama, sel.total.sekarang, f"?tingkat=kelurahan&wilayah={kode}{_versi(data)}" if tautan else "")
        for kode, nama, sel in baris_rekap(data, "kecamatan")
    ]
    return batang(f"Pemilih per kecamatan, {periode.nama}", sorted(nilai, key=lambda n: -n[1]), satuan="pemilih")


def _peta(data: Rekap, periode: Periode, *, tautan: bool = True):
    kelurahan, sel = data.daftar_kelurahan(), data.kelurahan
    ubin = [
        Ubin(
            k.kode,
            k.nama,
            k.kecamatan.nama,
            sel.get(k.kode, Sel()).total.sekarang,
            f"{reverse('pdpb:rekap', args=[periode.pk])}?tingkat=tps&wilayah={k.kode}{_versi(data)}" if tautan else "",
        )
        for k in kelurahan
    ]
    return peta_garis(f"Pemilih per kelurahan, {periode.nama}", ubin, satuan="pemilih")


@hak(LIHAT)
def pemeriksaan(request: HttpRequest, kode: str) -> HttpResponse:
    """Every identity of the recap, those that fail first, with difference and likely cause."""
    periode = get_object_or_404(Periode, pk=kode)
    data = _data(request, periode)
    hasil = periksa(data)
    return render(
        request,
        "pdpb/rekap/pemeriksaan.html",
        {
            "periode": periode,
            "data": data,
            "salah": gagal(hasil),
            "catatan": catatan(hasil),
            "jumlah": len(hasil),
            "ringkas": _ringkas(hasil),
        },
    )


def _ringkas(hasil) -> list[tuple[str, str, int, int]]:
    urut: dict[tuple[str, str], list[bool]] = {}
    for p in hasil:
        urut.setdefault((p.kode, p.aturan), []).append(p.lulus is not False)
    return [(kode, aturan, len(semua), semua.count(False)) for (kode, aturan), semua in urut.items()]


@hak(LIHAT)
def banding(request: HttpRequest, kode: str, versi: int) -> HttpResponse:
    """What version *versi* of a period tells differently from the one before it; 404 for a first version."""
    periode = get_object_or_404(Periode, pk=kode)
    baru = get_object_or_404(Snapshot, periode=periode, versi=versi)
    lama = sebelumnya(baru)
    if lama is None:
        raise Http404
    return render(request, "pdpb/cetak/banding.html", {"periode": periode, "banding": bandingkan(lama, baru)})


@hak(LIHAT)
def xlsx(request: HttpRequest, kode: str) -> HttpResponse:
    """The recap as a spreadsheet: kecamatan, kelurahan and TPS below each other, values only."""
    periode = get_object_or_404(Periode, pk=kode)
    return unduhan(rekap_xlsx(_data(request, periode)), XLSX, f"rekap-{periode.pk}.xlsx", pribadi=False)


urlpatterns = [
    path("rekap/<slug:kode>/", halaman, name="rekap"),
    path("rekap/<slug:kode>/pemeriksaan/", pemeriksaan, name="rekap_periksa"),
    path("rekap/<slug:kode>/xlsx/", xlsx, name="rekap_xlsx"),
    path("rekap/<slug:kode>/banding/<int:versi>/", banding, name="rekap_banding"),
]
