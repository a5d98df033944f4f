"""What the last search over the whole roll learned about it, kept for the searches of a few rows between.

A name is rare or common whoever asks, and counting a quarter of a million rows for one changed row would take
seconds. The table is unlogged and holds nothing that the roll does not: lost or stale, it is counted anew.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from django.db import connection, transaction

from pdpb.ganda.konteks import Anggota, Konteks

BUAT = """
CREATE UNLOGGED TABLE pdpb_statistik_ganda (
    jenis text NOT NULL, kunci text NOT NULL, banyak integer NOT NULL, PRIMARY KEY (jenis, kunci)
);
"""
HAPUS = "DROP TABLE IF EXISTS pdpb_statistik_ganda;"
CARA = "2"
"""Which counts are kept; what an earlier version of the search remembered is counted anew."""
_KECIL = 5_000
_BASI = 0.05
"""By how much of its size the roll may have grown or shrunk before it is counted anew."""


def simpan(konteks: Konteks) -> None:
    """Replace what is remembered by *konteks*."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        cursor.execute("DELETE FROM pdpb_statistik_ganda")
        with cursor.copy("COPY pdpb_statistik_ganda FROM STDIN") as salin:
            for baris in _baris(konteks):
                salin.write_row(baris)


def _baris(konteks: Konteks) -> Iterator[tuple[str, str, int]]:
    yield "jumlah", CARA, konteks.jumlah
    for jenis in ("nama", "kata", "tempat", "wilayah", "seri"):
        for kunci, banyak in getattr(konteks, jenis).items():
            if banyak > 1 or jenis in ("wilayah", "seri"):
                yield jenis, kunci, banyak
    for tanggal, banyak in konteks.tanggal.items():
        yield "tanggal", tanggal.isoformat(), banyak


def masih_baru() -> bool:
    """Whether what is remembered still describes the roll: exactly a small one, about a large one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT banyak FROM pdpb_statistik_ganda WHERE jenis = 'jumlah' AND kunci = %s", [CARA])
        ingat = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM pdpb_pendaftaran WHERE akhir IS NULL LIMIT %s) s", [_KECIL + 1]
        )
        banyak = cursor.fetchone()[0]
        if not ingat or banyak <= _KECIL:
            return bool(ingat) and ingat[0] == banyak
        cursor.execute("SELECT coalesce(sum(jumlah), 0) FROM pdpb_rekapsel")
        return abs(cursor.fetchone()[0] - ingat[0]) <= _BASI * ingat[0]


class _Ingatan(Mapping):
    """Counts of one kind, each asked once."""

    def __init__(self, jenis: str) -> None:
        self.jenis = jenis
        self._tahu: dict[object, int] = {}

    def __getitem__(self, kunci) -> int:
        if kunci not in self._tahu:
            self._tahu[kunci] = self._tanya(kunci)
        if not self._tahu[kunci]:
            raise KeyError(kunci)
        return self._tahu[kunci]

    def _tanya(self, kunci) -> int:
        teks = kunci.isoformat() if isinstance(kunci, date) else kunci
        return _satu("SELECT banyak FROM pdpb_statistik_ganda WHERE jenis = %s AND kunci = %s", [self.jenis, teks])

    def isi(self, banyak: dict[str, int]) -> None:
        """Know *banyak* without asking."""
        self._tahu.update(banyak)

    def __iter__(self):
        return iter(self._tahu)

    def __len__(self) -> int:
        return len(self._tahu)


class _BesarKK(_Ingatan):
    def _tanya(self, kunci) -> int:
        return _satu(
            "SELECT count(*) FROM pdpb_identitas i JOIN pdpb_pendaftaran v ON v.identitas_id = i.id"
            " AND v.akhir IS NULL WHERE i.nkk = %s",
            [kunci],
        )


def _satu(perintah: str, isi: list[str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(perintah, isi)
        baris = cursor.fetchone()
    return baris[0] if baris else 0


def _keluarga(nkk: str) -> list[Anggota]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.pemilih_id, v.nama, v.tanggal_lahir FROM pdpb_identitas i"
            " JOIN pdpb_pendaftaran v ON v.identitas_id = i.id AND v.akhir IS NULL WHERE i.nkk = %s LIMIT 50",
            [nkk],
        )
        return cursor.fetchall()


def konteks_tersimpan(kata: list[str]) -> Konteks:
    """The remembered context; the folded words *kata* are fetched at once, everything else when asked for."""
    hasil = Konteks(
        jumlah=_satu("SELECT banyak FROM pdpb_statistik_ganda WHERE jenis = 'jumlah'", []),
        nama=_Ingatan("nama"),
        kata=(kamus := _Ingatan("kata")),
        tanggal=_Ingatan("tanggal"),
        tempat=_Ingatan("tempat"),
        wilayah=_Ingatan("wilayah"),
        seri=_Ingatan("seri"),
        nkk=_BesarKK("nkk"),
        keluarga=cache(_keluarga),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kunci, banyak FROM pdpb_statistik_ganda WHERE jenis = 'kata' AND kunci = ANY(%s)", [kata]
        )
        kamus.isi(dict.fromkeys(kata, 0) | dict(cursor.fetchall()))
    return hasil
