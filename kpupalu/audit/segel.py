"""The chain over history: sealing what has come to rest, checkpoints outside the database, and the check.

Canonical form of a jejak (version ``jejak-1``): the JSON array of ``"jejak-1"`` and the columns of ``KOLOM`` in
that order, UTF-8, keys sorted, no spaces, instants as UTC with six decimals. The digest of a link is SHA-256 over
the 32 bytes of the link before it (zeros for the first) followed by that JSON.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from kpupalu.audit.models import Jejak, MataRantai, SegelJejak
from kpupalu.lib.waktu import hari_ini, sekarang

VERSI = "jejak-1"
KOLOM = (
    "id",
    "waktu",
    "pelaku_id",
    "pelaku_nama",
    "jabatan",
    "tindakan",
    "kalimat",
    "objek_jenis",
    "objek_id",
    "objek_label",
    "perubahan",
    "jumlah",
    "alasan",
    "asal",
    "txid",
)
AWAL = bytes(32)
SATU_KALI = 10_000
_KUNCI_SEGEL = 7271_0001

# At rest: its transaction is older than every one still open, so nothing can still slip in before it. A txid at
# or above the next one to be given comes from another server (a restored dump) and is at rest as well.
_SUDAH_DIAM = """
SELECT j.id FROM audit_jejak j, pg_current_snapshot() s
WHERE j.txid >= %s
  AND (j.txid < pg_snapshot_xmin(s)::text::bigint OR j.txid >= pg_snapshot_xmax(s)::text::bigint)
  AND NOT EXISTS (SELECT FROM audit_matarantai m WHERE m.jejak_id = j.id)
ORDER BY j.txid, j.id LIMIT %s
"""


def bentuk_baku(nilai: tuple) -> bytes:
    """The canonical bytes of one jejak, given its columns in the order of ``KOLOM``."""

    def baku(isi):
        return isi.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if isinstance(isi, datetime) else isi

    isi = [VERSI, *(baku(satu) for satu in nilai)]
    return json.dumps(isi, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sidik_mata(sebelum: bytes, nilai: tuple) -> bytes:
    """The digest of the link that follows *sebelum*."""
    return sha256(sebelum + bentuk_baku(nilai)).digest()


@transaction.atomic
def segel() -> int:
    """Link every jejak that has come to rest, at most 10.000 in one call; returns how many. Safe in parallel."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KUNCI_SEGEL])
        cursor.execute(
            "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint FROM pg_current_snapshot() s"
        )
        xmin, xmax = cursor.fetchone()
        akhir = SegelJejak.objects.order_by("-pk").first()
        # A limit ahead of the server's counter was written by another server: look through everything once.
        batas = akhir.batas_txid if akhir and akhir.batas_txid < xmax else 0
        cursor.execute(_SUDAH_DIAM, [batas, SATU_KALI])
        ids = [baris[0] for baris in cursor.fetchall()]
    if not ids:
        return 0
    urutan, sidik = (akhir.urutan_akhir, bytes(akhir.sidik)) if akhir else (0, AWAL)
    isi = {nilai[0]: nilai for nilai in Jejak.objects.filter(pk__in=ids).order_by().values_list(*KOLOM)}
    mata = []
    for pk in ids:
        urutan, sidik = urutan + 1, sidik_mata(sidik, isi[pk])
        mata.append(MataRantai(urutan=urutan, jejak_id=pk, sidik=sidik))
    MataRantai.objects.bulk_create(mata, batch_size=2_000)
    tuntas = len(ids) < SATU_KALI
    SegelJejak.objects.create(
        jumlah=len(ids), urutan_akhir=urutan, sidik=sidik, batas_txid=min(xmin, xmax) if tuntas else batas
    )
    return len(ids)


def segel_semua() -> int:
    """Call ``segel`` until nothing at rest is left; returns how many were linked."""
    jumlah = 0
    while banyak := segel():
        jumlah += banyak
    return jumlah


# --- Checkpoints outside the database ---


def folder_titik_periksa() -> Path:
    return Path(settings.DATA_DIR) / "titik-periksa"


def tulis_titik_periksa() -> str:
    """Append today's checkpoint line to ``titik-periksa/<tahun>.txt`` and return it; empty before any seal.

    ``2026-11-24T18:00:00+08:00 segel=12 urutan=3456 sidik=<hex>``. Copy the folder to another machine, and print
    the line in the next minutes: whoever changes the database cannot change those.
    """
    akhir = SegelJejak.objects.order_by("-pk").first()
    if akhir is None:
        return ""
    baris = (
        f"{sekarang().isoformat(timespec='seconds')} segel={akhir.pk} urutan={akhir.urutan_akhir} "
        f"sidik={bytes(akhir.sidik).hex()}"
    )
    folder = folder_titik_periksa()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{hari_ini().year}.txt").open("a", encoding="ascii") as berkas:
        berkas.write(baris + "\n")
    return baris


@dataclass(frozen=True, slots=True)
class TitikPeriksa:
    asal: str
    urutan: int
    sidik: bytes


def baca_titik_periksa() -> Iterator[TitikPeriksa]:
    """Every checkpoint line, oldest file first; raises ValueError naming a line that cannot be read."""
    for berkas in sorted(folder_titik_periksa().glob("*.txt")):
        for nomor, baris in enumerate(berkas.read_text("ascii").splitlines(), start=1):
            asal = f"{berkas.name} baris {nomor}"
            try:
                bagian = dict(kata.split("=", 1) for kata in baris.split()[1:])
                yield TitikPeriksa(asal, int(bagian["urutan"]), bytes.fromhex(bagian["sidik"]))
            except (KeyError, ValueError) as galat:
                raise ValueError(f"Titik periksa {asal} tidak dapat dibaca.") from galat
