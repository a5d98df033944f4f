"""Import of base lists and lists of changes: received, recognised, checked, previewed, applied, undone."""

from pdpb.impor.dampak import dampak
from pdpb.impor.laporan import berkas_ditolak, laporan_csv
from pdpb.impor.pembatalan import batalkan, halangan_batal, jelaskan, tambah_susulan
from pdpb.impor.pemeriksaan import belum_dijelaskan, periksa
from pdpb.impor.penerapan import terapkan
from pdpb.impor.penerimaan import pakai_pemetaan, unggah

__all__ = [
    "batalkan",
    "belum_dijelaskan",
    "berkas_ditolak",
    "dampak",
    "halangan_batal",
    "jelaskan",
    "laporan_csv",
    "pakai_pemetaan",
    "periksa",
    "tambah_susulan",
    "terapkan",
    "unggah",
]
