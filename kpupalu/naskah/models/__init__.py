"""Nouns of the official documents: kind, agenda book, document, revision, signer, certificate, scan.

What must never change is refused by the database itself (migration ``0002_naskah_beku``): a revision and an
agenda entry are never rewritten or deleted, and a document that has its nomor keeps nomor, tanggal and isi.
"""

from kpupalu.naskah.models.agenda import BukuAgenda, EntriAgenda, JenisNaskah
from kpupalu.naskah.models.dokumen import Naskah, Penandatangan, Revisi, kode_acak
from kpupalu.naskah.models.penunjang import (
    CatatanPenandatanganan,
    PemakaianPublik,
    PercobaanSandi,
    ScanBasah,
    SertifikatPenanda,
)

__all__ = [
    "BukuAgenda",
    "CatatanPenandatanganan",
    "EntriAgenda",
    "JenisNaskah",
    "Naskah",
    "PemakaianPublik",
    "Penandatangan",
    "PercobaanSandi",
    "Revisi",
    "ScanBasah",
    "SertifikatPenanda",
    "kode_acak",
]
