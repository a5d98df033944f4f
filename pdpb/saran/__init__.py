"""Bawaslu's letters: reading their lists, suggesting which voter a name is, and what a reply sheet says."""

from pdpb.saran.bacaan import BarisBuruk, Butir, baca, buka
from pdpb.saran.cetakan import KOLOM, baris_jawaban, cetak_jawaban
from pdpb.saran.lembar import isi_lembar
from pdpb.saran.padan import Calon, calon, pasti

__all__ = [
    "KOLOM",
    "BarisBuruk",
    "Butir",
    "Calon",
    "baca",
    "baris_jawaban",
    "buka",
    "calon",
    "cetak_jawaban",
    "isi_lembar",
    "pasti",
]
