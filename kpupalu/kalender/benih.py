"""The terms and days off that came with the application, as rows that need no database."""

from pathlib import Path
from typing import TypeVar

from django.db import models

from kpupalu.aturan.benih import baca
from kpupalu.kalender.models import AturanTenggat, HariLibur

DATA = Path(__file__).parent / "data"
M = TypeVar("M", bound=models.Model)


def aturan_bawaan(berkas: Path = DATA / "tenggat.csv") -> list[AturanTenggat]:
    """The terms of a seed file, unsaved."""
    return [_isi(AturanTenggat, baris) for baris in baca(berkas)]


def libur_bawaan() -> list[HariLibur]:
    """The days off of the seed file, unsaved."""
    return [_isi(HariLibur, baris) for baris in baca(DATA / "libur.csv")]


def _isi(model: type[M], baris: dict[str, str]) -> M:
    """One row with the types of its fields; an empty cell of a nullable field is None."""
    bidang = {f.attname: f for f in model._meta.concrete_fields}
    return model(**{n: None if v == "" and bidang[n].null else bidang[n].to_python(v) for n, v in baris.items()})
