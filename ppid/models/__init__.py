"""Nouns of the information desk."""

from ppid.models.daftar_informasi import InformasiPublik, Pemutakhiran, UnduhanHarian
from ppid.models.dikecualikan import InformasiDikecualikan, UjiKonsekuensi
from ppid.models.jawaban import Jawaban, PermintaanUnit
from ppid.models.master import MasaTahapan, Pejabat
from ppid.models.permohonan import Butir, DataPemohon, LampiranPermohonan, Permohonan
from ppid.models.sosialisasi import ButirEvaluasi, Koordinasi, Materi, Narasumber, PosAnggaran, Sosialisasi

__all__ = [
    "Butir",
    "ButirEvaluasi",
    "DataPemohon",
    "InformasiDikecualikan",
    "InformasiPublik",
    "Jawaban",
    "Koordinasi",
    "LampiranPermohonan",
    "MasaTahapan",
    "Materi",
    "Narasumber",
    "Pejabat",
    "Pemutakhiran",
    "PermintaanUnit",
    "Permohonan",
    "PosAnggaran",
    "Sosialisasi",
    "UjiKonsekuensi",
    "UnduhanHarian",
]
