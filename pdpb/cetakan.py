"""The recap on paper: every level of one period as a lying table that says it is no minutes."""

from pathlib import Path
from typing import Any

from django.conf import settings

from kpupalu.lib import Refused
from kpupalu.lib.waktu import WITA, sekarang
from kpupalu.naskah.cetak import cetak
from kpupalu.wilayah.models import TPS, Kecamatan, Kelurahan
from pdpb.models import Kategori
from pdpb.rekap import Angka, Rekap, Sel

# The job that prints one; its number is in the name of the file.
PEKERJAAN_REKAP = "pdpb.cetak_rekap"
TINGKAT = {"kecamatan": "Kecamatan", "kelurahan": "Kelurahan", "tps": "TPS"}


def folder_cetakan() -> Path:
    """Where printed recaps stand until they are old."""
    return Path(settings.DATA_DIR) / "cetakan"


def berkas_cetakan(pekerjaan: int) -> Path:
    """The printed recap of job number *pekerjaan*."""
    return folder_cetakan() / f"rekap-{pekerjaan}.pdf"


def baris_rekap(data: Rekap, tingkat: str, di_bawah: str = "") -> list[tuple[str, str, Sel]]:
    """``(code, name, figures)`` of the areas of one level whose code begins with *di_bawah*, none left out."""
    if tingkat == "kecamatan":
        sel = data.kecamatan
        return [(k.kode, k.nama, sel.get(k.kode, Sel())) for k in Kecamatan.objects.filter(kode__startswith=di_bawah)]
    if tingkat == "kelurahan":
        sel = data.kelurahan
        kelurahan = [k for k in data.daftar_kelurahan() if k.kode.startswith(di_bawah)]
        return [(k.kode, k.nama, sel.get(k.kode, Sel())) for k in kelurahan]
    tps = {t.pk: t for t in TPS.objects.filter(kelurahan__kode__startswith=di_bawah).select_related("kelurahan")}
    kosong = dict(Kelurahan.objects.values_list("kode", "nama"))
    return [
        (kelurahan, str(tps[id_]) if id_ in tps else f"Belum ditempatkan di TPS, {kosong[kelurahan]}", sel)
        for (kelurahan, id_), sel in sorted(
            data.sel.items(), key=lambda i: (i[0][0], tps[i[0][1]].nomor if i[0][1] in tps else 0)
        )
        if kelurahan.startswith(di_bawah)
    ]


def sumber_data(data: Rekap) -> str:
    """Where figures come from, as of when, and which version: the line that stands with every total."""
    if data.snapshot is None:
        return f"Sumber: sistem KPU Kota Palu, ANGKA BERJALAN (belum dibekukan). Keadaan per {saat()}."
    s = data.snapshot
    ganti = ", SUDAH DIGANTIKAN" if s.digantikan else ""
    beku = f"{s.dibekukan_pada.astimezone(WITA):%d-%m-%Y %H.%M} WITA"
    return f"Sumber: sistem KPU Kota Palu, data beku versi {s.versi}{ganti}. Keadaan per {beku}. Sidik data {s.digest}."


def saat() -> str:
    """This minute in Palu, as a foot line says it."""
    return f"{sekarang():%d-%m-%Y %H.%M} WITA"


def dicetak(oleh: str) -> str:
    """How a foot line begins: who printed and when, with a dot behind; "" when nobody is named."""
    return f"Dicetak oleh {oleh}, {saat()} · " if oleh else ""


def _tiga(sel: Sel, kolom: str) -> list[int]:
    return [getattr(sel.L, kolom), getattr(sel.P, kolom), getattr(sel.total, kolom)]


def _angka_rekap(sel: Sel) -> list[int]:
    t: Angka = sel.total
    return [*_tiga(sel, "sebelumnya"), t.baru, t.tms, t.ubah, t.masuk, t.keluar, *_tiga(sel, "sekarang")]


def jumlahkan(baris: list[tuple[str, str, Sel]]) -> Sel:
    """The sum of the figures of *baris*."""
    jumlah = Sel()
    for _, _, sel in baris:
        jumlah += sel
    return jumlah


def cetak_rekap(data: Rekap, *, di_bawah: str = "", kertas: str = "a4", oleh: str) -> bytes:
    """The recap of *data* as PDF on lying A4 or F4: every level, TPS kinds, reasons; it says it is no minutes.

    Only areas whose code begins with *di_bawah*. With *oleh* "" the foot names neither person nor minute, and frozen
    figures give the same bytes whenever they are printed. Refused when the sums of two levels differ.
    """
    area = Kelurahan.objects.filter(pk=di_bawah).first() or Kecamatan.objects.filter(pk=di_bawah).first()
    tingkat, jumlah = _tingkat(data, di_bawah)
    jenis = dict(TPS.objects.values_list("pk", "jenis"))
    di_sini = Rekap(data.periode, {k: s for k, s in data.sel.items() if k[0].startswith(di_bawah)}, {})
    menurut = di_sini.menurut(lambda kelurahan, tps: jenis.get(tps or 0, TPS.Jenis.REGULER))
    saringan = f"{area._meta.verbose_name} {area}" if area else ""
    isi = {
        "judul": f"Rekapitulasi data pemilih {data.periode.nama}",
        "periode": data.periode.nama,
        "kertas": kertas,
        "kaki": f"{dicetak(oleh)}saringan: {saringan or 'tidak ada'} · bukan berita acara",
        "sumber": f"{sumber_data(data)} Saringan: {saringan or 'tidak ada'}.",
        "saringan": saringan,
        "tingkat": tingkat,
        "kolom": range(1, 14),
        "jenis_tps": [
            {"nama": label, "angka": _tiga(menurut.get(nilai, Sel()), "sekarang")} for nilai, label in TPS.Jenis.choices
        ],
        "rincian": _rincian(data, di_bawah),
        "koreksi": {"L": jumlah.L.koreksi, "P": jumlah.P.koreksi},
    }
    return cetak("pdpb/cetak/rekap.html", isi).pdf


def _tingkat(data: Rekap, di_bawah: str) -> tuple[list[dict[str, Any]], Sel]:
    """The levels to print, from the kecamatan down or from where the filter begins, and their common sum."""
    hasil: list[dict[str, Any]] = []
    jumlah = Sel()
    for nama, label in list(TINGKAT.items())[(1 if len(di_bawah) > 8 else 0) :]:
        baris = baris_rekap(data, nama, di_bawah)
        lama, jumlah = jumlah, jumlahkan(baris)
        if hasil and lama != jumlah:
            raise Refused(f"Jumlah per {label} tidak sama dengan tingkat di atasnya (R3). Cetakan tidak dibuat.")
        isi = [{"nama": nama_, "angka": _angka_rekap(sel)} for _, nama_, sel in baris]
        hasil.append(
            {
                "judul": f"Rekapitulasi per {label}",
                "label": label,
                "baris": isi,
                "jumlah": _angka_rekap(jumlah),
                "halaman_baru": nama == "tps" and bool(hasil),
            }
        )
    return hasil, jumlah


def _rincian(data: Rekap, di_bawah: str) -> list[dict[str, Any]]:
    hasil = []
    for k in Kategori.objects.all():
        angka = [data.jumlah_rincian(k.jenis, k.slug, di_bawah, jk) for jk in ("L", "P", "")]
        if angka[2]:
            hasil.append({"jenis": k.get_jenis_display(), "kategori": k.nama, "angka": angka})
    return hasil
