"""Registers as sheets, values only, one sheet each: public information (Perki 1/2021) and objections."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kpupalu.lib.kata import hari
from kpupalu.lib.waktu import sekarang
from ppid.models import InformasiPublik, Keberatan

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


def _tanggal(tanggal) -> str:
    return f"{tanggal:%d-%m-%Y}" if tanggal else ""


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
    return _simpan(buku, _KEPALA)


def _simpan(buku: Workbook, kepala: tuple[tuple[str, int], ...]) -> bytes:
    """The workbook as bytes, its columns as wide as *kepala* says."""
    for nomor, (_, lebar) in enumerate(kepala, start=1):
        buku.active.column_dimensions[get_column_letter(nomor)].width = lebar
    isi = BytesIO()
    buku.save(isi)
    return isi.getvalue()


_KEPALA_KEBERATAN = (
    ("Nomor", 28), ("Tanggal diterima", 14), ("Identitas pemohon", 40), ("Nomor pendaftaran permohonan", 28),
    ("Informasi yang diminta", 50), ("Tujuan penggunaan", 40), ("Alasan keberatan", 40),
    ("Keputusan Atasan PPID", 26), ("Hari dan tanggal tanggapan", 24), ("Nama dan posisi Atasan PPID", 36),
    ("Tanggapan pemohon", 40),
)  # fmt: skip


def keberatan_xlsx(semua: Iterable[Keberatan]) -> bytes:
    """The register of objections in its eleven columns; the identity is name and address, never a number."""
    buku = Workbook()
    lembar = buku.active
    lembar.title = "Register keberatan"
    _tambah(lembar, ["Register keberatan informasi publik KPU Kota Palu"])
    _tambah(lembar, [f"Per {sekarang():%d-%m-%Y %H.%M} WITA. Memuat data pribadi; simpan di tempat terkunci."])
    _tambah(lembar, [judul for judul, _ in _KEPALA_KEBERATAN])
    for sel in lembar[3]:
        sel.font = Font(bold=True)
    for k in semua:
        data = k.permohonan.data
        tanda = k.naskah.penandatangan.first() if k.naskah else None
        lewat = " (diajukan lewat waktu)" if k.terlambat else ""
        _tambah(lembar, [
            k.nomor, _tanggal(k.diterima), f"{data.badan_hukum or data.nama}, {data.alamat}", k.permohonan.nomor,
            "; ".join(b.uraian for b in k.butir.order_by("urut")), data.tujuan,
            "; ".join(f"huruf {huruf}" for huruf in k.alasan) + lewat, k.get_putusan_display(),
            f"{hari(k.ditanggapi_pada)}, {_tanggal(k.ditanggapi_pada)}" if k.ditanggapi_pada else "",
            f"{tanda.nama}, {tanda.jabatan}" if tanda else "", k.tanggapan_pemohon,
        ])  # fmt: skip
    lembar.freeze_panes = "B4"
    return _simpan(buku, _KEPALA_KEBERATAN)
