"""Row counts and digests of every table, so that a restored database can be held against the one that was lost."""

from dataclasses import dataclass

from django.db import connection, transaction
from psycopg import sql

# Unlogged tables are working copies of a running import; a crash or a restore empties them, and it makes them again.
_TABEL = """
SELECT relname::text FROM pg_class
WHERE relkind = 'r' AND relpersistence = 'p' AND relnamespace = current_schema()::regnamespace ORDER BY 1
"""
# How a row is written out must not hang on the session.
_SETELAN = ("timezone = 'UTC'", "datestyle = 'ISO, YMD'", "intervalstyle = 'iso_8601'", "extra_float_digits = 1")
# The sum over rows does not depend on their order, and equal rows do not cancel out as they would with XOR.
_SIDIK = """
SELECT count(*), coalesce(sum(('x' || substr(encode(sha256(convert_to(t::text, 'UTF8')), 'hex'), 1, 16))
    ::bit(64)::bigint::numeric), 0)::text
FROM {} t
"""


@dataclass(frozen=True, slots=True)
class Beda:
    """One table that differs: rows expected and found; equal numbers mean that their contents differ."""

    tabel: str
    baris_semula: int | None
    baris_kini: int | None


def sidik_tabel() -> dict[str, dict[str, int | str]]:
    """``{table: {"baris": rows, "sidik": digest}}`` of all tables that are kept, as of one moment."""
    hasil: dict[str, dict[str, int | str]] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        if not connection.savepoint_ids:  # the isolation is chosen before the first query, by whoever began
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for setelan in _SETELAN:
            cursor.execute(f"SET LOCAL {setelan}")
        cursor.execute(_TABEL)
        for (tabel,) in cursor.fetchall():
            cursor.execute(sql.SQL(_SIDIK).format(sql.Identifier(tabel)))
            baris, sidik = cursor.fetchone()
            hasil[tabel] = {"baris": baris, "sidik": sidik}
    return hasil


def bandingkan(semula: dict[str, dict], kini: dict[str, dict]) -> list[Beda]:
    """The tables in which *kini* is not what *semula* says, by name."""
    return [
        Beda(tabel, semula.get(tabel, {}).get("baris"), kini.get(tabel, {}).get("baris"))
        for tabel in sorted(semula.keys() | kini.keys())
        if semula.get(tabel) != kini.get(tabel)
    ]
