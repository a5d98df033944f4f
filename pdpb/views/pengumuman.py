"""The public page of an announced quarter: figures in plain words, trends, the signed minutes, how to check them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from kpupalu.accounts.akses import publik
from kpupalu.aturan.models import nilai_bulat
from kpupalu.lib.angka import ribuan
from kpupalu.lib.kata import romawi
from kpupalu.ui.grafik import Grafik, garis
from pdpb.actions.naskah import naskah_periode
from pdpb.actions.paket import sidik_paket
from pdpb.cetakan import baris_rekap
from pdpb.models import Periode
from pdpb.publik import Titik, tren
from pdpb.rekap import Rekap, Sel, rekap_beku, snapshot_berlaku
from pdpb.views.rekap import grafik_kecamatan, rincian


@publik
def pengumuman(request: HttpRequest, kode: str) -> HttpResponse:
    """One announced quarter, in figures of at least a kelurahan; not a word about a person."""
    periode = get_object_or_404(Periode, pk=kode, status=Periode.Status.DIUMUMKAN)
    data = rekap_beku(snapshot_berlaku(periode))
    titik = tren(periode)
    return render(
        request,
        "pdpb/rekap/pengumuman.html",
        {
            "periode": periode,
            "data": data,
            "naskah": naskah_periode(periode),
            "paket": sidik_paket(periode),
            "kecamatan": baris_rekap(data, "kecamatan"),
            "kelurahan": _kelurahan(data),
            "rincian": _gabung_kecil(rincian(data, ""), periode),
            "grafik": grafik_kecamatan(data, periode, tautan=False),
            "tren": _tren(titik) if len(titik) > 1 else [],
        },
    )


def _kelurahan(data: Rekap) -> list[tuple[str, str, Sel]]:
    """``(kelurahan, kecamatan, figures)``, none left out."""
    sel = data.kelurahan
    return [(k.nama, k.kecamatan.nama, sel.get(k.kode, Sel())) for k in data.daftar_kelurahan()]


def _gabung_kecil(semua: list[dict], periode: Periode) -> list[tuple[str, str, int]]:
    """``(kind, reason, count)`` for the public: reasons of a few people are one line per kind, without their names."""
    batas = nilai_bulat("rekap_batas_sel_kecil", pada=periode.cut_off_umur)
    hasil, kecil = [], dict[str, int]()
    for r in semua:
        jenis = r["kategori"].get_jenis_display()
        if r["total"] < batas:
            kecil[jenis] = kecil.get(jenis, 0) + r["total"]
        else:
            hasil.append((jenis, r["kategori"].nama, r["total"]))
    return hasil + [(jenis, f"Sebab lain, masing-masing di bawah {batas} orang", n) for jenis, n in kecil.items()]


_SINGKAT = {Periode.Jenis.TRIWULAN: "TW", Periode.Jenis.SEMESTER: "Sem.", Periode.Jenis.BULANAN: "Bln."}


def _label(periode: Periode) -> str:
    return f"{_SINGKAT[Periode.Jenis(periode.jenis)]} {romawi(periode.urutan)} {periode.tahun}"


def _tren(titik: list[Titik]) -> list[Grafik]:
    """How many voters, and how many changes, from quarter to quarter."""
    label = [_label(satu.periode) for satu in titik]
    jumlah = [satu.angka.total.sekarang for satu in titik]
    awal, akhir = jumlah[0], jumlah[-1]
    arah = "naik" if akhir > awal else "turun" if akhir < awal else "tetap"
    bacaan = f"Jumlah pemilih {arah} dari {ribuan(awal)} pada {label[0]} menjadi {ribuan(akhir)} pada {label[-1]}."
    if arah == "tetap":
        bacaan = f"Jumlah pemilih tetap {ribuan(akhir)} sejak {label[0]}."
    perubahan = {
        nama: [getattr(satu.angka.total, kolom) for satu in titik]
        for nama, kolom in (("Baru", "baru"), ("TMS", "tms"), ("Perbaikan", "ubah"))
    }
    return [
        garis("Jumlah pemilih dari waktu ke waktu", label, {"Pemilih": jumlah}, bacaan=bacaan, dari_nol=False),
        garis("Perubahan dari waktu ke waktu", label, perubahan, satuan="orang"),
    ]


@publik
def pengumuman_daftar(request: HttpRequest) -> HttpResponse:
    """Every announced quarter, newest first."""
    return render(
        request,
        "pdpb/rekap/pengumuman_daftar.html",
        {"daftar": Periode.objects.filter(status=Periode.Status.DIUMUMKAN)},
    )


urlpatterns = [
    path("pengumuman/", pengumuman_daftar, name="pengumuman_daftar"),
    path("pengumuman/<slug:kode>/", pengumuman, name="pengumuman"),
]
