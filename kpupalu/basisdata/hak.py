"""The role that web and worker log in with: it may add to history and do nothing else to it.

Triggers refuse the same, but the owner of a table can switch a trigger off. So in production the owner runs the
migrations and nothing else, and this role, which owns no table of the office, runs the rest.
"""

from django.db import connection, transaction
from psycopg import sql

from kpupalu.lib import Refused

# A table is append-only when a trigger without a condition ends in a function named …_tolak_ubah. 8 and 16 are the
# bits of DELETE and UPDATE in pg_trigger.tgtype; a trigger on some columns only leaves the right to the others.
_HANYA_TAMBAH = """
SELECT c.relname::text, bool_or(t.tgtype & 16 <> 0), bool_or(t.tgtype & 8 <> 0)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc f ON f.oid = t.tgfoid
WHERE NOT t.tgisinternal AND t.tgqual IS NULL AND t.tgattr = ''::int2vector
  AND f.proname LIKE '%%\\_tolak\\_ubah' AND c.relnamespace = current_schema()::regnamespace
GROUP BY 1 ORDER BY 1
"""
_MILIK_ORANG_LAIN = """
SELECT relname::text FROM pg_class
WHERE relkind = %s AND relnamespace = current_schema()::regnamespace AND pg_get_userbyid(relowner) <> %s
"""


def tabel_hanya_tambah() -> dict[str, tuple[bool, bool]]:
    """The tables whose rows the database protects: ``{name: (never changed, never deleted)}``, read from triggers."""
    with connection.cursor() as cursor:
        cursor.execute(_HANYA_TAMBAH)
        return {nama: (ubah, hapus) for nama, ubah, hapus in cursor.fetchall()}


@transaction.atomic
def beri_hak(peran: str, *, sandi: str = "") -> dict[str, tuple[bool, bool]]:
    """The role *peran* can log in with *sandi* and holds exactly the rights of the application; returns what is kept
    from it.

    It reads and writes every table, except UPDATE and DELETE where history forbids them; it never truncates. It may
    make tables of its own, which the import does. Without *sandi* an existing password stays. Refuses a role that is
    or can become the owner of history, because nothing could be kept from it. Repeating it changes nothing.
    """
    terlindung = tabel_hanya_tambah()
    nama = sql.Identifier(peran)
    with connection.cursor() as cursor:
        _pastikan_ada(cursor, peran, sandi)
        _pastikan_bukan_pemilik(cursor, peran, list(terlindung))
        cursor.execute("SELECT current_database(), current_schema()")
        basis, skema = (sql.Identifier(bagian) for bagian in cursor.fetchone())
        for perintah in (
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(basis, nama),
            sql.SQL("GRANT USAGE, CREATE ON SCHEMA {} TO {}").format(skema, nama),
            sql.SQL("GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA {} TO {}").format(skema, nama),
        ):
            cursor.execute(perintah)
        # Its own tables of a running import stay as they are.
        cursor.execute(_MILIK_ORANG_LAIN, ["r", peran])
        for (tabel,) in cursor.fetchall():
            _atur(cursor, tabel, nama, *terlindung.get(tabel, (False, False)))
    return terlindung


def _atur(cursor, tabel: str, peran: sql.Identifier, jangan_ubah: bool, jangan_hapus: bool) -> None:
    hak = ["SELECT", "INSERT"] + ["UPDATE"] * (not jangan_ubah) + ["DELETE"] * (not jangan_hapus)
    if not (jangan_ubah or jangan_hapus):
        hak.append("MAINTAIN")  # ANALYZE after a large import
    di = sql.Identifier(tabel)
    cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(di, peran))
    cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(", ".join(hak)), di, peran))


def _pastikan_ada(cursor, peran: str, sandi: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [peran])
    if cursor.fetchone() is None:
        cursor.execute(
            sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE").format(sql.Identifier(peran))
        )
    if sandi:
        # The server gets a verifier, so that the password stands in no log.
        kunci = connection.connection.pgconn.encrypt_password(sandi.encode(), peran.encode(), b"scram-sha-256")
        cursor.execute(
            sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(peran), sql.Literal(kunci.decode()))
        )


def _pastikan_bukan_pemilik(cursor, peran: str, tabel: list[str]) -> None:
    cursor.execute(
        "SELECT bool_or(pg_has_role(%s, relowner, 'MEMBER')) FROM pg_class"
        " WHERE relname = ANY(%s) AND relnamespace = current_schema()::regnamespace",
        [peran, tabel],
    )
    if cursor.fetchone()[0]:
        raise Refused(
            f"Peran basis data {peran} memiliki tabel riwayat atau dapat menjadi pemiliknya, jadi haknya tidak dapat "
            "dibatasi. Pakai peran lain untuk aplikasi."
        )
