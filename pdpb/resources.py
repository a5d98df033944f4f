"""Tables given out as XLSX: values only, one sheet, codes as text (product conventions §15)."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kpupalu.lib.waktu import sekarang
from kpupalu.wilayah.models import TPS, Kecamatan, Kelurahan
from pdpb.rekap import KOLOM, Angka, Rekap, Sel

_JUDUL = ("Sebelumnya", "Baru", "TMS", "Perbaikan", "Masuk", "Keluar", "Koreksi JK", "Sekarang")


def _angka(sel: Sel) -> list[int]:
    def semua(angka: Angka) -> list[int]:
        return [getattr(angka, kolom) for kolom in KOLOM]

    return [*semua(sel.L), *semua(sel.P), *semua(sel.total)]


def _tambah(lembar, nilai: list) -> None:
    """Append one row; a text that begins like a formula stays a text."""
    lembar.append(nilai)
    for sel in lembar[lembar.max_row]:
        if sel.data_type == "f":
            sel.data_type = "s"


def rekap_xlsx(data: Rekap) -> bytes:
    """The recap of *data* at every level as one sheet; the source, the time and the version stand above it."""
    buku = Workbook()
    lembar = buku.active
    lembar.title = "Rekap"
    versi = f"versi beku {data.snapshot.versi}, sidik {data.snapshot.digest}" if data.snapshot else "angka berjalan"
    _tambah(lembar, [f"Rekapitulasi {data.periode.nama}"])
    _tambah(lembar, [f"Sumber: sistem KPU Kota Palu, {versi}. Per {sekarang():%d-%m-%Y %H.%M} WITA. Tanpa saringan."])
    kepala = ["Tingkat", "Kode", "Nama", *(f"{judul} {jk}" for jk in ("L", "P", "L+P") for judul in _JUDUL)]
    _tambah(lembar, kepala)
    for sel in lembar[3]:
        sel.font = Font(bold=True)
    _tambah(lembar, ["Kota", "72.71", "Kota Palu", *_angka(data.kota)])
    for tingkat, model, sel in (("Kecamatan", Kecamatan, data.kecamatan), ("Kelurahan", Kelurahan, data.kelurahan)):
        for area in model.objects.all():
            _tambah(lembar, [tingkat, area.kode, area.nama, *_angka(sel.get(area.kode, Sel()))])
    tps = {t.pk: t for t in TPS.objects.select_related("kelurahan")}
    for (kelurahan, nomor), sel in sorted(data.sel.items(), key=lambda i: (i[0][0], i[0][1] or 0)):
        nama = str(tps[nomor]) if nomor in tps else "Belum ditempatkan di TPS"
        _tambah(lembar, ["TPS", kelurahan, nama, *_angka(sel)])
    lembar.freeze_panes = "D4"
    for nomor, lebar in enumerate((11, 15, 30), start=1):
        lembar.column_dimensions[get_column_letter(nomor)].width = lebar
    isi = BytesIO()
    buku.save(isi)
    return isi.getvalue()
