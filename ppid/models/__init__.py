"""Nouns of the information desk."""

from ppid.models.daftar_informasi import InformasiPublik, Pemutakhiran, UnduhanHarian
from ppid.models.dikecualikan import InformasiDikecualikan, UjiKonsekuensi
from ppid.models.jawaban import Jawaban, PermintaanUnit
from ppid.models.laporan import Anomali, LaporanTahunan
from ppid.models.master import MasaTahapan, Pejabat
from ppid.models.permohonan import Butir, DataPemohon, LampiranPermohonan, Permohonan

__all__ = [
    "Anomali",
    "Butir",
    "DataPemohon",
    "InformasiDikecualikan",
    "InformasiPublik",
    "Jawaban",
    "LampiranPermohonan",
    "LaporanTahunan",
    "MasaTahapan",
    "Pejabat",
    "Pemutakhiran",
    "PermintaanUnit",
    "Permohonan",
    "UjiKonsekuensi",
    "UnduhanHarian",
]
