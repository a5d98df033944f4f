"""Bawaslu's letters: reading their lists, suggesting which voter a name is, and what a reply sheet says."""

from pdpb.saran.bacaan import BarisBuruk, Butir, baca, buka
from pdpb.saran.lembar import isi_lembar
from pdpb.saran.padan import Calon, calon, pasti

__all__ = ["BarisBuruk", "Butir", "Calon", "baca", "buka", "calon", "isi_lembar", "pasti"]
