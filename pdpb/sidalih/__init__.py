"""SIDALIH side by side: what our rows look like in its upload grid, its files read, and both held together."""

from pdpb.sidalih.banding import Putusan, nilai, nilai_jawaban
from pdpb.sidalih.berkas import BarisMasuk, Isi, baca
from pdpb.sidalih.grid import KOLOM, Sisi, baris_grid, csv_grid, sisi_perubahan, xlsx_grid

__all__ = [
    "KOLOM",
    "BarisMasuk",
    "Isi",
    "Putusan",
    "Sisi",
    "baca",
    "baris_grid",
    "csv_grid",
    "nilai",
    "nilai_jawaban",
    "sisi_perubahan",
    "xlsx_grid",
]
