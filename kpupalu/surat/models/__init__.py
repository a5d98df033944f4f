"""Nouns of correspondence: partners, classification codes, incoming and outgoing letters, deliveries."""

from kpupalu.surat.models.keluar import SuratKeluar, TujuanSurat
from kpupalu.surat.models.master import Instansi, Klasifikasi
from kpupalu.surat.models.masuk import Disposisi, Sifat, SuratMasuk
from kpupalu.surat.models.pengiriman import Pengiriman

__all__ = [
    "Disposisi",
    "Instansi",
    "Klasifikasi",
    "Pengiriman",
    "Sifat",
    "SuratKeluar",
    "SuratMasuk",
    "TujuanSurat",
]
