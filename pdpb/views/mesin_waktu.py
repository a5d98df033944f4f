"""The time machine: the list on any past day, and why it changed between two days."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode

from kpupalu.accounts.akses import hak
from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses
from kpupalu.lib import Refused
from kpupalu.lib.kata import tanggal_pendek
from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.daftar import ambil_halaman_dari
from kpupalu.ui.grafik import garis as gambar_garis
from kpupalu.wilayah.models import Kecamatan, Kelurahan
from pdpb import mesin_waktu
from pdpb.actions.ekspor import minta_selisih
from pdpb.forms.mesin_waktu import EksporSelisihForm, WaktuForm
from pdpb.mesin_waktu.selisih import ARAH

REKAP, NAMA, CETAK = "pdpb.lihat_rekap", "pdpb.lihat_pemilih", "pdpb.cetak_daftar_nama"
_TITIK = 24


def _kueri(form: WaktuForm, **lain) -> str:
    """The area and the days of a valid form as a query string; *lain* replaces or adds, None drops."""
    isi = {n: form.cleaned_data.get(n) for n in ("wilayah", "tps", "sejak", "pada")} | lain
    teks = {n: f"{v:%d-%m-%Y}" if isinstance(v, date) else v for n, v in isi.items() if v not in (None, "")}
    return f"?{urlencode(teks)}"


def _baca(request: HttpRequest, **awal) -> WaktuForm:
    return WaktuForm({**awal, **request.GET.dict()})


@hak(REKAP)
def halaman(request: HttpRequest) -> HttpResponse:
    """How many were in the list of an area at the end of a day, of which kind, and the way of the number there."""
    form = _baca(request)
    isi: dict = {"form": form, "boleh_nama": request.user.has_perm(NAMA), "boleh_cetak": request.user.has_perm(CETAK)}
    if form.is_valid():
        sejak, pada = form.cleaned_data["sejak"], form.cleaned_data["pada"]
        nama, garis = str(form.area), mesin_waktu.garis_waktu(form.area)
        tanda = mesin_waktu.tanda_snapshot(form.area, garis)
        isi |= {
            "area": nama, "pada": pada, "sejak": sejak, "kueri": _kueri(form),
            "satu_tps": form.area.tps is not None,
            "keadaan": mesin_waktu.keadaan(form.area, pada), "tanda": tanda,
            "grafik": _grafik(nama, garis, tanda, [d for d in (sejak, pada) if d]),
            "hari_ini": pada == hari_ini(), "anak_tertaut": form.area.tingkat in ("kota", "kecamatan"),
        }  # fmt: skip
        if sejak:
            isi |= _persamaan(form, isi["keadaan"])
    return render(request, "pdpb/mesin_waktu/halaman.html", isi, status=422 if form.errors else 200)


def _persamaan(form: WaktuForm, akhir: mesin_waktu.Keadaan) -> dict:
    sejak = form.cleaned_data["sejak"]
    awal = mesin_waktu.keadaan(form.area, sejak).jumlah
    beda = mesin_waktu.selisih(form.area, sejak, akhir.pada)
    suku = [(s, _kueri(form, arah=s.arah, kunci=s.kunci)) for s in beda.suku]
    return {"awal": awal, "selisih": beda, "suku": suku, "cocok": beda.cocok(awal, akhir.jumlah)}


def _grafik(nama: str, garis, tanda, dipilih: list[date]):
    """The line through at most some two dozen days, every frozen version, and the days that were chosen."""
    hari = [h for h, _ in garis]
    langkah = max(len(hari) // _TITIK, 1)
    titik = sorted({*hari[::langkah], *hari[-1:], *dipilih, *(t.hari for t in tanda)})
    beku = {t.hari: t.beku for t in tanda}
    return gambar_garis(
        f"Jumlah pemilih {nama} dari waktu ke waktu",
        [tanggal_pendek(h) for h in titik],
        {
            "Daftar": [mesin_waktu.jumlah_pada(garis, h) for h in titik],
            "Data beku": [beku.get(h) for h in titik],
        },
        satuan="pemilih",
        dari_nol=False,
        catatan="Jarak antara titik tidak menurut lamanya waktu.",
    )


def _wajib(request: HttpRequest, *, sejak: bool = False) -> WaktuForm:
    """The form of a page that is only reached with a valid area and days; 404 otherwise."""
    form = _baca(request)
    if not form.is_valid() or (sejak and not form.cleaned_data["sejak"]):
        raise Http404
    return form


@hak(NAMA)
def daftar_nama(request: HttpRequest) -> HttpResponse:
    """Who was in the list of one kelurahan or TPS at the end of a day, in pages by key; masked and logged."""
    form = _wajib(request)
    if form.area.tingkat not in ("kelurahan", "tps"):
        raise Http404
    pakai("telusur_pemilih", oleh=request.user)
    pada = form.cleaned_data["pada"]
    baris = mesin_waktu.baris_pada(form.area, pada, user=request.user).select_related("kelurahan", "tps")
    halaman_ = ambil_halaman_dari(request, baris, ("nama", "id"))
    area = str(form.area)
    label = f"Daftar {area} pada {pada:%d-%m-%Y}"
    catat_akses("lihat", None, oleh=request.user, objek_label=label, jumlah=len(halaman_))
    return render(
        request, "pdpb/mesin_waktu/nama.html",
        {"area": area, "pada": pada, "halaman": halaman_, "kembali": _kueri(form),
         "jumlah": mesin_waktu.jumlah_pada(mesin_waktu.garis_waktu(form.area), pada)},
    )  # fmt: skip


@hak(NAMA)
def selisih(request: HttpRequest) -> HttpResponse:
    """Every row that explains a difference: who, which act, which evidence; masked and logged."""
    form = _wajib(request, sejak=True)
    pakai("telusur_pemilih", oleh=request.user)
    ujung = (form.area, form.cleaned_data["sejak"], form.cleaned_data["pada"])
    arah, kunci = (request.GET.get(n, "").replace("\0", "")[:40] for n in ("arah", "kunci"))
    versi = mesin_waktu.baris_berubah(*ujung, user=request.user, arah=arah, kunci=kunci)
    halaman_ = ambil_halaman_dari(request, versi, ("nama", "id"))
    area = str(form.area)
    label = f"Selisih {area} dari {ujung[1]:%d-%m-%Y} sampai {ujung[2]:%d-%m-%Y}"
    catat_akses("lihat", None, oleh=request.user, objek_label=label, jumlah=len(halaman_))
    return render(
        request, "pdpb/mesin_waktu/selisih.html",
        {"area": area, "dari": ujung[1], "sampai": ujung[2], "halaman": halaman_, "pilihan": ARAH.items(),
         "baris": mesin_waktu.rinci(*ujung, halaman_.baris), "kembali": _kueri(form),
         "saringan": _saringan(mesin_waktu.selisih(*ujung), arah, kunci)},
    )  # fmt: skip


def _saringan(beda: mesin_waktu.Selisih, arah: str, kunci: str) -> tuple[str, int]:
    """The filter in force in words, and how many rows it leaves."""
    sisa = [s for s in beda.suku if (arah not in ARAH or s.arah == arah) and (not kunci or s.kunci == kunci)]
    return sisa[0].nama if kunci and len(sisa) == 1 else ARAH.get(arah, ""), sum(s.angka.total for s in sisa)


@hak(CETAK)
def ekspor(request: HttpRequest) -> HttpResponse:
    """Ask for the difference as a spreadsheet by name; it stands in the register of exports like every such list."""
    form_waktu = _wajib(request, sejak=True)
    area = form_waktu.area
    if area.tps is not None:
        raise Http404
    form = EksporSelisihForm(request.POST or None)
    sejak, pada = form_waktu.cleaned_data["sejak"], form_waktu.cleaned_data["pada"]
    if request.method == "POST" and form.is_valid():
        wilayah = Kelurahan.objects.filter(pk=area.kode).first() or Kecamatan.objects.filter(pk=area.kode).first()
        try:
            satu = minta_selisih(wilayah=wilayah, dari=sejak, sampai=pada, oleh=request.user, **form.cleaned_data)
        except Refused as galat:
            form.add_error(None, str(galat))
        else:
            return redirect("jobs:detail", satu.pekerjaan)
    return render(
        request, "ui/formulir.html",
        {"judul": "Minta selisih sebagai XLSX", "bagian": "Data Pemilih", "form": form, "tombol": "Buat berkas",
         "konteks": f"{area}, akhir hari {sejak:%d-%m-%Y} sampai akhir hari {pada:%d-%m-%Y}. Berkas memuat nama tanpa "
         "NIK dan nomor KK. Permintaan, penerima, dan unduhan dicatat.",
         "batal": reverse("pdpb:mesin_waktu") + _kueri(form_waktu),
         "remah": [("Mesin waktu", reverse("pdpb:mesin_waktu") + _kueri(form_waktu))]},
        status=422 if form.errors else 200,
    )  # fmt: skip


urlpatterns = [
    path("mesin-waktu/", halaman, name="mesin_waktu"),
    path("mesin-waktu/nama/", daftar_nama, name="mesin_waktu_nama"),
    path("mesin-waktu/selisih/", selisih, name="mesin_waktu_selisih"),
    path("mesin-waktu/selisih/ekspor/", ekspor, name="mesin_waktu_ekspor"),
]
