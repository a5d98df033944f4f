"""The places of Palu from the files in ``data/``; rows that exist are left alone."""

import csv
from pathlib import Path

from kpupalu.wilayah.models import AliasKelurahan, Kecamatan, Kelurahan


def muat_wilayah(wilayah: Path, ejaan: Path) -> int:
    """Create missing kecamatan, kelurahan and alias spellings; return how many rows were created."""
    jumlah = 0
    with wilayah.open(encoding="utf-8", newline="") as f:
        for baris in csv.DictReader(f):
            kode = baris["kode_kemendagri"]
            if baris["tingkat"] == "kecamatan":
                _, baru = Kecamatan.objects.get_or_create(
                    kode=kode, defaults={"nama": baris["nama"], "awalan_nik": baris["awalan_nik"]}
                )
            elif baris["tingkat"] == "kelurahan":
                _, baru = Kelurahan.objects.get_or_create(
                    kode=kode, defaults={"nama": baris["nama"], "kecamatan_id": baris["kode_induk"]}
                )
            else:
                continue
            jumlah += baru
    with ejaan.open(encoding="utf-8", newline="") as f:
        for baris in csv.DictReader(f, delimiter=";"):
            _, baru = AliasKelurahan.objects.get_or_create(
                nama=baris["nama"], defaults={"kelurahan_id": baris["kelurahan"]}
            )
            jumlah += baru
    return jumlah
