"""The yearly report on paper and as a sheet, from sections as they were frozen."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from kpupalu.lib.kata import tanggal_panjang
from kpupalu.lib.waktu import WITA, sekarang
from kpupalu.surat.documents import paragraf
from kpupalu.ui.grafik import Grafik, batang
from ppid.models import LaporanTahunan

LEBAR, KIRI, BARIS = 640, 230, 22
"""The drawing on paper: units across, where bars begin, units down for one bar."""
_BATAS_SEL = 32_000


def _data(bagian: dict[str, Any]) -> list[tuple[dict[str, Any], int]]:
    """The counts of a section that are drawn: those that are not nothing, unless they stand in the order of time."""
    semua = [(a, len(a["baris"])) for a in bagian["angka"] if a["hitungan"]]
    return semua if not bagian["urutkan"] else sorted((s for s in semua if s[1]), key=lambda s: -s[1])


def grafik_layar(bagian: dict[str, Any], alamat) -> Grafik | None:
    """The bars of one section for a page, each leading to its rows (``alamat(kode)``); None when nothing is drawn."""
    data = _data(bagian) if bagian["grafik"] else []
    if not any(n for _, n in data):
        return None
    return batang(
        bagian["judul"], [(a["label"], n, alamat(a["kode"])) for a, n in data], satuan="permohonan"
        if bagian["slug"] != "butir" else "butir", urutkan=False,
    )  # fmt: skip


def grafik_cetak(bagian: dict[str, Any]) -> dict[str, Any] | None:
    """The geometry of the same bars for paper, as plain JSON."""
    data = _data(bagian) if bagian["grafik"] else []
    terbesar = max((n for _, n in data), default=0)
    if not terbesar:
        return None
    ruang = LEBAR - KIRI - 60
    batang_ = [
        {"label": a["label"], "nilai": n, "y": urut * BARIS + 3, "teks": urut * BARIS + 15,
         "lebar": round(n / terbesar * ruang, 1), "ujung": round(KIRI + n / terbesar * ruang + 6, 1)}
        for urut, (a, n) in enumerate(data)
    ]  # fmt: skip
    return {"judul": bagian["judul"], "batang": batang_, "tinggi": len(data) * BARIS + 6, "lebar": LEBAR, "kiri": KIRI}


def isi_laporan(laporan: LaporanTahunan) -> dict[str, Any]:
    """All that the printed report of a frozen *laporan* shows: narrative, figures, charts, register numbers."""
    bagian = [
        {
            "judul": b["judul"],
            "angka": [{"label": a["label"], "nilai": a["nilai"]} for a in b["angka"]],
            "grafik": grafik_cetak(b),
        }
        for b in laporan.beku
    ]
    rujukan = [
        {"label": a["label"], "nilai": a["nilai"], "nomor": ", ".join(r[0] for r in a["baris"])}
        for b in laporan.beku for a in b["angka"] if a["baris"]
    ]  # fmt: skip
    dibekukan = laporan.dibekukan_pada.astimezone(WITA).date() if laporan.dibekukan_pada else None
    return {
        "judul": f"Laporan layanan informasi publik tahun {laporan.tahun}",
        "klasifikasi": "HM.03",
        "tahun": laporan.tahun,
        "lembaga": "Komisi Pemilihan Umum Kota Palu",
        "narasi": [{"judul": judul.capitalize(), "paragraf": paragraf(teks)} for judul, teks in laporan.narasi],
        "bagian": bagian,
        "rujukan": rujukan,
        "dibekukan": tanggal_panjang(dibekukan) if dibekukan else "",
    }  # fmt: skip


def laporan_xlsx(laporan: LaporanTahunan, bagian: list[dict[str, Any]]) -> bytes:
    """One row per figure: section, figure, value, how many rows stand behind it, their register numbers."""
    buku = Workbook()
    lembar = buku.active
    lembar.title = f"Laporan {laporan.tahun}"
    keadaan = "Angka dibekukan" if laporan.beku else "Angka sementara"
    lembar.append([f"Laporan layanan informasi KPU Kota Palu tahun {laporan.tahun}"])
    lembar.append([f"{keadaan}. Dibuat {sekarang().astimezone(WITA):%d-%m-%Y %H.%M} WITA."])
    lembar.append(["Bagian", "Angka", "Nilai", "Jumlah baris", "Nomor register di baliknya"])
    for sel in lembar[3]:
        sel.font = Font(bold=True)
    for b in bagian:
        for a in b["angka"]:
            nomor = ", ".join(r[0] for r in a["baris"])[:_BATAS_SEL]
            nilai = len(a["baris"]) if a["hitungan"] else a["nilai"]
            lembar.append([b["judul"], a["label"], nilai, len(a["baris"]), nomor])
    for kolom, lebar in zip("ABCDE", (34, 60, 22, 14, 80), strict=True):
        lembar.column_dimensions[kolom].width = lebar
    lembar.freeze_panes = "A4"
    isi = BytesIO()
    buku.save(isi)
    return isi.getvalue()
