"""Reads open rows of the roll for the search: the whole roll in one stream, or chosen rows by an SQL condition."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from pdpb.ganda.temu import Orang

KOLOM = """
    v.pemilih_id, v.id, p.dpid, i.nik, i.nkk, v.nama, v.tempat_lahir, v.tanggal_lahir, v.jenis_kelamin, v.alamat,
    v.rt, v.rw, v.kelurahan_id, t.nomor, coalesce(t.jenis = 'loksus', false)"""
SUMBER = """
    pdpb_pendaftaran v JOIN pdpb_identitas i ON i.id = v.identitas_id JOIN pdpb_pemilih p ON p.id = v.pemilih_id
    LEFT JOIN wilayah_tps t ON t.id = v.tps_id"""
_SEKALI = 5_000


def baris_terbuka() -> Iterator[str]:
    """One text line per open row, in the order of ``Orang``, read in one COPY; memory stays flat."""
    perintah = f"COPY (SELECT {KOLOM} FROM {SUMBER} WHERE v.akhir IS NULL) TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(perintah) as salin:
        potongan: list[bytes] = []
        for bagian in salin:
            potongan.append(bytes(bagian))
            if len(potongan) >= _SEKALI:
                utuh, _, sisa = b"".join(potongan).rpartition(b"\n")
                yield from utuh.decode().split("\n")
                potongan = [sisa]
        if isi := b"".join(potongan):
            yield from isi.decode().removesuffix("\n").split("\n")


def sel(baris: str) -> list[str]:
    """The cells of one line of ``baris_terbuka``; what COPY escapes is rare, and undone."""
    hasil = baris.split("\t")
    if "\\" in baris:
        return [_lepas(s) for s in hasil]
    return hasil


def _lepas(isi: str) -> str:
    if isi == "\\N":
        return ""
    return isi.replace("\\t", " ").replace("\\n", " ").replace("\\r", " ").replace("\\\\", "\\")


def orang(baris: str) -> Orang:
    """The row that one line of ``baris_terbuka`` holds."""
    s = sel(baris)
    return Orang(
        pemilih=int(s[0]),
        versi=int(s[1]),
        dpid=s[2],
        nik=s[3],
        nkk=s[4],
        nama=s[5],
        tempat_lahir=s[6],
        tanggal_lahir=date.fromisoformat(s[7]) if s[7] else None,
        jenis_kelamin=s[8],
        alamat=s[9],
        rt=s[10],
        rw=s[11],
        kelurahan=s[12],
        tps=int(s[13]) if s[13] else None,
        loksus=s[14] == "t",
    )


def baca(syarat: str, isi: dict[str, Any]) -> list[Orang]:
    """The open rows that *syarat*, a condition on v and i with the parameters *isi*, selects."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {KOLOM} FROM {SUMBER} WHERE v.akhir IS NULL AND ({syarat})", isi)
        return [Orang(*baris) for baris in cursor]
