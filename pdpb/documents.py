"""What the minutes of a period say, frozen as plain JSON from the snapshot."""

from typing import Any

from kpupalu.lib.kata import hari, romawi, tanggal_panjang, terbilang
from kpupalu.wilayah.models import TPS, Kecamatan, Kelurahan
from pdpb.banding import perbedaan
from pdpb.models import Kategori, KelompokUsia, Snapshot
from pdpb.models.daftar import Disabilitas
from pdpb.pleno import masukan_pleno
from pdpb.rekap import KOLOM, Angka, Rekap, Sel, rekap_beku

DASAR_HUKUM = (
    "Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum, Pasal 14 huruf l, Pasal 17 huruf l, dan Pasal 20 huruf l",
    "Peraturan Komisi Pemilihan Umum Nomor 1 Tahun 2025 tentang Pemutakhiran Data Pemilih Berkelanjutan",
)
"""What a new period starts from; each period keeps its own editable list."""


def berita_acara(snapshot: Snapshot) -> dict[str, Any]:
    """All that the minutes of *snapshot* print, in plain JSON, added up once more; words are generated here."""
    isi = _berita_acara(snapshot, rekap_beku(snapshot), perbedaan(snapshot))
    periksa_isi(isi)
    return isi


def gambaran(rekap: Rekap) -> dict[str, Any]:
    """What the minutes would print if the period of *rekap* were frozen now; ages and disability are counted then."""
    if rekap.snapshot:
        return berita_acara(rekap.snapshot)
    semu = Snapshot(
        periode=rekap.periode,
        versi=0,
        rincian={"disabilitas": [], "usia": []},
        tanggal_acuan=rekap.periode.cut_off_umur,
    )
    isi = _berita_acara(semu, rekap, None)
    periksa_isi(isi)
    return isi


def _berita_acara(snapshot: Snapshot, rekap: Rekap, beda: dict[str, Any] | None) -> dict[str, Any]:
    periode = snapshot.periode
    pleno = periode.tanggal_pleno or snapshot.tanggal_acuan
    kota, kecamatan = rekap.kota, _kecamatan(rekap)
    return {
        "judul": f"Rekapitulasi Pemutakhiran Data Pemilih Berkelanjutan Tingkat Kota Palu {periode.nama}",
        "triwulan": romawi(periode.urutan),
        "periode": periode.nama,
        "pembuka": {
            "hari": hari(pleno),
            "tanggal": terbilang(pleno.day),
            "bulan": tanggal_panjang(pleno).split()[1],
            "tahun": terbilang(pleno.year),
            "tempat": periode.tempat_pleno or "Kantor KPU Kota Palu",
        },
        "tanggal_pleno": tanggal_panjang(pleno),
        "dasar_hukum": list(periode.dasar_hukum or DASAR_HUKUM),
        "masukan": masukan_pleno(periode),
        "jumlah_kecamatan": Kecamatan.objects.count(),
        "jumlah_kelurahan": sum(k["jumlah_kelurahan"] for k in kecamatan),
        "jumlah_tps": len({tps for _, tps in rekap.sel if tps}),
        "kota": _sel(kota),
        "terbilang": {
            "laki_laki": terbilang(kota.L.sekarang),
            "perempuan": terbilang(kota.P.sekarang),
            "total": terbilang(kota.total.sekarang),
        },
        "kecamatan": kecamatan,
        "kelurahan": _kelurahan(rekap),
        "jenis_tps": _jenis_tps(rekap),
        "baris_berubah": _baris_berubah(kota.total),
        "silang": [
            {"nomor": 3, "judul": "Rincian pemilih TMS menurut sebab", "isi": _silang(rekap, Kategori.Jenis.TMS)},
            {"nomor": 4, "judul": "Rincian pemilih baru menurut kategori", "isi": _silang(rekap, Kategori.Jenis.BARU)},
        ],
        "disabilitas": _hitung(snapshot.rincian["disabilitas"], dict(Disabilitas.choices[1:])),
        "usia": _usia(snapshot),
        "perbedaan": beda,
        "digest_data": snapshot.digest,
        "versi_digest": snapshot.versi_digest,
        "akar": snapshot.akar,
        "versi_data": snapshot.versi,
        "tanggal_acuan": tanggal_panjang(snapshot.tanggal_acuan),
    }


class IsiTidakCocok(Exception):
    """The content of the minutes contradicts itself; printing it would publish a wrong figure."""


def periksa_isi(isi: dict[str, Any]) -> None:
    """Add up what will be printed, cell by cell, or raise IsiTidakCocok (R2, R3, R4, R7, R8, R11).

    This reads only the frozen JSON, so a mistake made while it was put together cannot reach the paper.
    """
    for daftar in ("kecamatan", "kelurahan"):
        for jk in ("L", "P", "LP"):
            for kolom in KOLOM:
                _sama(sum(b[jk][kolom] for b in isi[daftar]), isi["kota"][jk][kolom], f"R3 {daftar} {kolom} {jk}")
    for jk, lengkap in (("LP", ("L", "P")),):
        for kolom in KOLOM:
            _sama(sum(isi["kota"][x][kolom] for x in lengkap), isi["kota"][jk][kolom], f"R2 {kolom}")
    for silang, kolom in zip(isi["silang"], ("tms", "baru"), strict=True):
        for jk in ("L", "P"):
            jumlah = sum(sel[jk] for sel in silang["isi"]["jumlah"])
            _sama(jumlah, isi["kota"][jk][kolom], f"R4 {kolom} {jk}")
            _sama(
                sum(s[jk] for b in silang["isi"]["baris"] for s in b["sel"]), jumlah, f"R4 {kolom} {jk} per kecamatan"
            )
    _sama(sum(k["baris_berubah"] for k in isi["kecamatan"]), isi["baris_berubah"], "R7")
    _sama(sum(j["LP"]["sekarang"] for j in isi["jenis_tps"]), isi["kota"]["LP"]["sekarang"], "R8")
    for kunci, jk in (("laki_laki", "L"), ("perempuan", "P"), ("total", "LP")):
        if isi["terbilang"][kunci] != terbilang(isi["kota"][jk]["sekarang"]):
            raise IsiTidakCocok(f"R11 {kunci}")


def _sama(dihitung: int, tercetak: int, apa: str) -> None:
    if dihitung != tercetak:
        raise IsiTidakCocok(f"{apa}: {dihitung} bukan {tercetak}")


def _angka(angka: Angka) -> dict[str, int]:
    return {kolom: getattr(angka, kolom) for kolom in KOLOM}


def _sel(sel: Sel) -> dict[str, dict[str, int]]:
    return {"L": _angka(sel.L), "P": _angka(sel.P), "LP": _angka(sel.total)}


def _baris_berubah(angka: Angka) -> int:
    """The column *Total* of A-Rekap Perubahan: rows changed, not voters (R7)."""
    return angka.baru + angka.tms + angka.ubah


def _kecamatan(rekap: Rekap) -> list[dict[str, Any]]:
    sel = rekap.kecamatan
    kelurahan = Kelurahan.objects.pada(rekap.periode.akhir).values_list("kode", flat=True)
    return [
        {
            "kode": k.kode,
            "nama": k.nama,
            "jumlah_kelurahan": sum(1 for kode in kelurahan if kode.startswith(k.kode)),
            "jumlah_tps": len({tps for kode, tps in rekap.sel if tps and kode.startswith(k.kode)}),
            "baris_berubah": _baris_berubah(sel.get(k.kode, Sel()).total),
            **_sel(sel.get(k.kode, Sel())),
        }
        for k in Kecamatan.objects.all()
    ]


def _kelurahan(rekap: Rekap) -> list[dict[str, Any]]:
    sel = rekap.kelurahan
    return [
        {"kode": k.kode, "nama": k.nama, "kecamatan": k.kecamatan.nama, **_sel(sel.get(k.kode, Sel()))}
        for k in rekap.daftar_kelurahan()
    ]


def _jenis_tps(rekap: Rekap) -> list[dict[str, Any]]:
    jenis = dict(TPS.objects.values_list("pk", "jenis"))
    sel = rekap.menurut(lambda kelurahan, tps: jenis.get(tps or 0, TPS.Jenis.REGULER))
    return [{"nama": label, **_sel(sel.get(nilai, Sel()))} for nilai, label in TPS.Jenis.choices]


def _silang(rekap: Rekap, jenis: str) -> dict[str, Any]:
    """Reasons of one kind as columns × kecamatan as rows, each cell L and P; reasons out of use only if they occur."""
    kategori = [k for k in Kategori.objects.filter(jenis=jenis) if k.berlaku or rekap.jumlah_rincian(jenis, k.slug)]
    baris = [
        {
            "nama": kecamatan.nama,
            "sel": [
                {jk: rekap.jumlah_rincian(jenis, k.slug, kecamatan.kode, jk) for jk in ("L", "P")} for k in kategori
            ],
        }
        for kecamatan in Kecamatan.objects.all()
    ]
    jumlah = [{jk: rekap.jumlah_rincian(jenis, k.slug, "", jk) for jk in ("L", "P")} for k in kategori]
    return {"kategori": [k.nama for k in kategori], "baris": baris, "jumlah": jumlah}


def _hitung(baris: list[list], label: dict[str, str]) -> list[dict[str, Any]]:
    """Counts of ``[kelurahan, jk, kode, n]`` summed over the city, one entry per label."""
    return [
        {"nama": nama, **{jk: sum(n for _, kelamin, k, n in baris if k == kode and kelamin == jk) for jk in ("L", "P")}}
        for kode, nama in label.items()
    ]


def _usia(snapshot: Snapshot) -> list[dict[str, Any]]:
    nama = [k.nama for k in KelompokUsia.objects.order_by("lahir_sampai")]
    terpakai = {kode for _, _, kode, _ in snapshot.rincian["usia"]}
    lain = sorted(terpakai - set(nama))
    return _hitung(snapshot.rincian["usia"], {n: n for n in [*nama, *lain] if n in terpakai})
