"""Nouns of the information desk."""

from ppid.models.daftar_informasi import InformasiPublik, Pemutakhiran, UnduhanHarian
from ppid.models.dikecualikan import InformasiDikecualikan, UjiKonsekuensi
from ppid.models.jawaban import Jawaban, PermintaanUnit
from ppid.models.keberatan import ButirSusulan, DataKeberatan, Keberatan, LampiranKeberatan
from ppid.models.laporan import Anomali, LaporanTahunan
from ppid.models.master import MasaTahapan, Pejabat, Tarif
from ppid.models.penyerahan import BerkasJawaban, Pembayaran, Pemusnahan, Penyerahan, RincianBiaya
from ppid.models.permohonan import Butir, DataPemohon, LampiranPermohonan, Permohonan
from ppid.models.sengketa import PutusanSengketa, Sengketa, Sidang, SuratKuasa
from ppid.models.sosialisasi import ButirEvaluasi, Koordinasi, Materi, Narasumber, PosAnggaran, Sosialisasi

__all__ = [
    "Anomali",
    "BerkasJawaban",
    "Butir",
    "ButirEvaluasi",
    "ButirSusulan",
    "DataKeberatan",
    "DataPemohon",
    "InformasiDikecualikan",
    "InformasiPublik",
    "Jawaban",
    "Keberatan",
    "Koordinasi",
    "LampiranKeberatan",
    "LampiranPermohonan",
    "LaporanTahunan",
    "MasaTahapan",
    "Materi",
    "Narasumber",
    "Pejabat",
    "Pembayaran",
    "Pemusnahan",
    "Pemutakhiran",
    "Penyerahan",
    "PermintaanUnit",
    "Permohonan",
    "PosAnggaran",
    "PutusanSengketa",
    "RincianBiaya",
    "Sengketa",
    "Sidang",
    "Sosialisasi",
    "SuratKuasa",
    "Tarif",
    "UjiKonsekuensi",
    "UnduhanHarian",
]
