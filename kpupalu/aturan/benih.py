"""First rows of reference data from an app's own CSV files; what an admin has changed since is left alone."""

import csv
from pathlib import Path

from django.db import models

from kpupalu.aturan.models import Aturan


def baca(berkas: Path) -> list[dict[str, str]]:
    """The rows of a ``;``-separated seed file."""
    with berkas.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter=";"))


def tambah_yang_belum_ada(model: type[models.Model], berkas: Path, *kunci: str) -> int:
    """Create each row of *berkas* whose *kunci* columns are not in the table yet; return how many were created.

    Column names are field attribute names; an empty cell of a nullable field is NULL. Existing rows stay as they are.
    """
    ada = {tuple(map(str, baris)) for baris in model._default_manager.values_list(*kunci)}
    kosong_boleh = {f.attname for f in model._meta.concrete_fields if f.null}
    baru = []
    for baris in baca(berkas):
        if tuple(baris[k] for k in kunci) in ada:
            continue
        isi = {nama: None if nilai == "" and nama in kosong_boleh else nilai for nama, nilai in baris.items()}
        baru.append(model(**isi))
    model._default_manager.bulk_create(baru)
    return len(baru)


def muat_aturan(berkas: Path) -> int:
    """Create the dated legal numbers of *berkas* that are not there yet."""
    return tambah_yang_belum_ada(Aturan, berkas, "kode", "mulai")
