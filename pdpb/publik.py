"""What other areas and other systems may ask of the voter data: plain figures, no persons."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from kpupalu.wilayah.models import TPS, Kecamatan, Kelurahan
from pdpb.models import Periode, SnapshotSel
from pdpb.rekap import KOLOM, Angka, Rekap, Sel

VERSI_SKEMA = 1
BANYAK_TREN = 12
"""How many quarters a trend reaches back: three years."""


@dataclass(frozen=True, slots=True)
class Titik:
    """The published figures of one period, of the whole city."""

    periode: Periode
    angka: Sel


def tren(periode: Periode, banyak: int = BANYAK_TREN) -> list[Titik]:
    """The announced periods of the same kind up to *periode*, oldest first, at most *banyak*; two queries."""
    semua = Periode.objects.filter(
        status=Periode.Status.DIUMUMKAN, jenis=periode.jenis, mulai__lte=periode.mulai
    ).order_by("-mulai")[:banyak]
    titik = {p.pk: Titik(p, Sel()) for p in reversed(semua)}
    jumlah = SnapshotSel.objects.filter(snapshot__periode__in=list(titik), snapshot__digantikan=False)
    sel = jumlah.values_list("snapshot__periode", "jenis_kelamin").annotate(**{f"n_{k}": Sum(k) for k in KOLOM})
    for kode, jk, *angka in sel:
        setattr(titik[kode].angka, jk, Angka(*angka))
    return list(titik.values())


def _angka(sel: Sel, kolom: str) -> dict[str, int]:
    return {
        "total": getattr(sel.total, kolom),
        "laki_laki": getattr(sel.L, kolom),
        "perempuan": getattr(sel.P, kolom),
    }


def _rincian(data: Rekap, jenis: str, di_bawah: str) -> dict[str, int]:
    return {k: n for j, k in sorted(data.rincian) if j == jenis and (n := data.jumlah_rincian(j, k, di_bawah))}


def _isi(data: Rekap, sel: Sel, di_bawah: str) -> dict[str, Any]:
    isi: dict[str, Any] = {"sebelumnya": _angka(sel, "sebelumnya")}
    for jenis, kunci in (("baru", "pemilih_baru"), ("tms", "tms"), ("ubah", "ubah_data")):
        isi[kunci] = {**_angka(sel, jenis), "rincian": _rincian(data, jenis, di_bawah)}
    isi["mutasi_masuk"] = _angka(sel, "masuk")
    isi["mutasi_keluar"] = _angka(sel, "keluar")
    isi["koreksi_jenis_kelamin"] = _angka(sel, "koreksi")
    isi["sekarang"] = _angka(sel, "sekarang")
    return isi


def rekap_json(data: Rekap) -> dict[str, Any]:
    """The recap in the schema of published recaps: ``angka`` for the city, ``wilayah`` down to TPS."""
    periode, beku = data.periode, data.snapshot
    return {
        "versi_skema": VERSI_SKEMA,
        "satker": "KPU Kota Palu",
        "kode_wilayah": "72.71",
        "tingkat": "kota",
        "jenis": f"PDPB {periode.get_jenis_display().lower()}",
        "periode": {
            "label": periode.nama,
            "tahun": periode.tahun,
            "triwulan": periode.urutan if periode.jenis == periode.Jenis.TRIWULAN else None,
            "bulan": periode.akhir.month,
        },
        "tanggal_pleno": periode.tanggal_pleno.isoformat() if periode.tanggal_pleno else None,
        "versi": beku.versi if beku else None,
        "digest": beku.digest if beku else None,
        **({"mutu": mutu} if beku and (mutu := beku.rincian.get("mutu")) else {}),
        "angka": {
            **_isi(data, data.kota, ""),
            **_menurut_jenis(data),
            "jumlah_kecamatan": Kecamatan.objects.count(),
            "jumlah_kelurahan_desa": Kelurahan.objects.pada(periode.akhir).count(),
            "jumlah_tps": len({tps for _, tps in data.sel if tps}),
            "wilayah": _kecamatan(data),
        },
    }


def _menurut_jenis(data: Rekap) -> dict[str, Any]:
    """Regular and special TPS; who has no TPS yet counts as regular."""
    jenis = dict(TPS.objects.values_list("pk", "jenis"))
    sel = data.menurut(lambda kelurahan, tps: jenis.get(tps or 0, TPS.Jenis.REGULER))
    return {satu.value: _angka(sel.get(satu, Sel()), "sekarang") for satu in TPS.Jenis}


def _kecamatan(data: Rekap) -> list[dict[str, Any]]:
    kecamatan, kelurahan = data.kecamatan, _kelurahan(data)
    return [
        {
            "nama": k.nama,
            "kode": k.kode,
            "tingkat": "kecamatan",
            "total": kecamatan.get(k.kode, Sel()).total.sekarang,
            **_isi(data, kecamatan.get(k.kode, Sel()), k.kode),
            "wilayah": [isi for isi in kelurahan if isi["kode"].startswith(k.kode)],
        }
        for k in Kecamatan.objects.all()
    ]


def _kelurahan(data: Rekap) -> list[dict[str, Any]]:
    sel = data.kelurahan
    tps, jenis = {}, {}
    for pk, nomor, jenis_tps in TPS.objects.values_list("pk", "nomor", "jenis"):
        tps[pk], jenis[pk] = nomor, jenis_tps
    return [
        {
            "nama": k.nama,
            "kode": k.kode,
            "tingkat": "kelurahan",
            "total": sel.get(k.kode, Sel()).total.sekarang,
            **_isi(data, sel.get(k.kode, Sel()), k.kode),
            "wilayah": [
                {
                    "nama": f"TPS {tps[nomor]:03d}" if nomor else "Belum ditempatkan",
                    "kode": f"{k.kode}/{tps[nomor]:03d}" if nomor else f"{k.kode}/-",
                    "tingkat": "tps",
                    "jenis": jenis[nomor] if nomor else TPS.Jenis.REGULER.value,
                    "total": isi.total.sekarang,
                    "sekarang": _angka(isi, "sekarang"),
                }
                for (kode, nomor), isi in sorted(data.sel.items(), key=lambda i: (i[0][0], i[0][1] or 0))
                if kode == k.kode
            ],
        }
        for k in data.daftar_kelurahan()
    ]
