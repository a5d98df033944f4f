"""Nouns of the information desk."""

from ppid.models.daftar_informasi import InformasiPublik, Pemutakhiran, UnduhanHarian
from ppid.models.dikecualikan import InformasiDikecualikan, UjiKonsekuensi
from ppid.models.jawaban import BerkasJawaban, Jawaban, PermintaanUnit
from ppid.models.keberatan import Keberatan, Sengketa, Sidang
from ppid.models.master import MasaTahapan, Pejabat, Tarif
from ppid.models.permohonan import Butir, DataPemohon, LampiranPermohonan, Permohonan
from ppid.models.sosialisasi import Sosialisasi

__all__ = [
    "BerkasJawaban",
    "Butir",
    "DataPemohon",
    "InformasiDikecualikan",
    "InformasiPublik",
    "Jawaban",
    "Keberatan",
    "LampiranPermohonan",
    "MasaTahapan",
    "Pejabat",
    "Pemutakhiran",
    "PermintaanUnit",
    "Permohonan",
    "Sengketa",
    "Sidang",
    "Sosialisasi",
    "Tarif",
    "UjiKonsekuensi",
    "UnduhanHarian",
]
