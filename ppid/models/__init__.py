"""Nouns of the information desk."""

from ppid.models.daftar_informasi import InformasiPublik, Pemutakhiran, UnduhanHarian
from ppid.models.dikecualikan import InformasiDikecualikan, UjiKonsekuensi
from ppid.models.jawaban import Jawaban, PermintaanUnit
from ppid.models.master import MasaTahapan, Pejabat, Tarif
from ppid.models.penyerahan import BerkasJawaban, Pembayaran, Pemusnahan, Penyerahan, RincianBiaya
from ppid.models.permohonan import Butir, DataPemohon, LampiranPermohonan, Permohonan

__all__ = [
    "BerkasJawaban",
    "Butir",
    "DataPemohon",
    "InformasiDikecualikan",
    "InformasiPublik",
    "Jawaban",
    "LampiranPermohonan",
    "MasaTahapan",
    "Pejabat",
    "Pembayaran",
    "Pemusnahan",
    "Pemutakhiran",
    "Penyerahan",
    "PermintaanUnit",
    "Permohonan",
    "RincianBiaya",
    "Tarif",
    "UjiKonsekuensi",
    "UnduhanHarian",
]
