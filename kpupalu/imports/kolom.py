"""Which column of a sender's table is which of ours: recognised by heading, remembered per sender."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping

from kpupalu.imports.models import PemetaanKolom

Pemetaan = dict[str, str]
"""Our column → the heading in the sender's file."""


def kunci_judul(judul: str) -> str:
    """*judul* for comparison: capitals, letters and digits only (``Tgl. Lahir`` → ``TGLLAHIR``)."""
    return re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKD", judul).upper())


def kenali(kepala: list[str], sinonim: Mapping[str, str]) -> Pemetaan:
    """The columns of *kepala* that *sinonim* (``kunci_judul`` → our column) knows, the first heading of each."""
    hasil: Pemetaan = {}
    for judul in kepala:
        kolom = sinonim.get(kunci_judul(judul))
        if kolom and kolom not in hasil:
            hasil[kolom] = judul
    return hasil


def sidik_kepala(kepala: list[str]) -> str:
    """The digest by which a header row is found again."""
    return hashlib.sha256("\x1f".join(kunci_judul(j) for j in kepala).encode()).hexdigest()


def ingatan(pengirim: str, jenis: str, kepala: list[str]) -> Pemetaan | None:
    """What a person chose for this header of this sender before, if every heading is still there."""
    baris = PemetaanKolom.objects.filter(pengirim=pengirim, jenis=jenis, sidik_kepala=sidik_kepala(kepala)).first()
    if baris is None or not set(baris.pemetaan.values()) <= set(kepala):
        return None
    return dict(baris.pemetaan)


def ingat(pengirim: str, jenis: str, kepala: list[str], pemetaan: Pemetaan) -> None:
    """Keep *pemetaan* for the next file of *pengirim* with this header."""
    PemetaanKolom.objects.update_or_create(
        pengirim=pengirim,
        jenis=jenis,
        sidik_kepala=sidik_kepala(kepala),
        defaults={"pemetaan": pemetaan},
    )
