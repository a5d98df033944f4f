"""The list of public information as a sheet: the columns of Perki 1/2021, values only, one sheet."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kpupalu.lib.waktu import sekarang
from ppid.models import InformasiPublik

_KEPALA = (
    ("No.", 6), ("Judul", 40), ("Ringkasan isi informasi", 60), ("Pejabat/unit yang menguasai", 30),
    ("Penanggung jawab pembuatan atau penerbitan", 30), ("Waktu pembuatan", 14), ("Tempat pembuatan", 16),
    ("Bentuk informasi yang tersedia", 24), ("Jangka waktu penyimpanan (retensi)", 24), ("Kategori", 14),
    ("Mutakhir per", 14), ("Tautan", 40), ("Keputusan penetapan", 30), ("Keadaan", 20),
)  # fmt: skip


def _tambah(lembar, nilai: list) -> None:
    """Append one row; a text that begins like a formula stays a text."""
    lembar.append(nilai)
    for sel in lembar[lembar.max_row]:
        if sel.data_type == "f":
            sel.data_type = "s"


def _tanggal(hari) -> str:
    return f"{hari:%d-%m-%Y}" if hari else ""


def dip_xlsx(entri: Iterable[InformasiPublik], *, saringan: str) -> bytes:
    """One row per entry below the header; the source, the time and what was filtered stand above it."""
    buku = Workbook()
    lembar = buku.active
    lembar.title = "DIP"
    _tambah(lembar, ["Daftar informasi publik KPU Kota Palu"])
    _tambah(lembar, [f"Per {sekarang():%d-%m-%Y %H.%M} WITA. {saringan}"])
    _tambah(lembar, [judul for judul, _ in _KEPALA])
    for sel in lembar[3]:
        sel.font = Font(bold=True)
    for urut, e in enumerate(entri, start=1):
        _tambah(lembar, [
            urut, e.judul, e.ringkasan, e.unit.nama, e.penanggung_jawab, _tanggal(e.dibuat_pada), e.dibuat_di, e.bentuk,
            e.retensi, e.get_kategori_display(), _tanggal(e.dimutakhirkan_pada), e.tautan, e.sk,
            "Perlu dimutakhirkan" if e.terlambat else e.get_status_display(),
        ])  # fmt: skip
    lembar.freeze_panes = "C4"
    for nomor, (_, lebar) in enumerate(_KEPALA, start=1):
        lembar.column_dimensions[get_column_letter(nomor)].width = lebar
    isi = BytesIO()
    buku.save(isi)
    return isi.getvalue()
