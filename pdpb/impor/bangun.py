"""Loading an empty roll: indexes and keys are put aside and built once over all rows at the end.

One index entry at a time costs several times a sorted build, and a foreign key that is validated once compares two
tables instead of looking up each row. Everything happens inside the caller's transaction, so a failure leaves the
definitions as they were; the tables stay locked meanwhile, which nobody notices because the roll is empty.
"""

MIN_BARIS = 20_000
"""Below this many rows the ordinary way is as fast and holds no table."""

_TABEL = ("pdpb_pemilih", "pdpb_identitas", "pdpb_pendaftaran")

# Keys of other tables that point here hold the primary keys; those tables are small while the roll is empty.
_KUNCI_ASING = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype = 'f' AND (conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[]))
    ORDER BY conrelid, conname
"""
_KUNCI_UTAMA = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype = 'p' AND conrelid = ANY(%s::regclass[]) ORDER BY conrelid
"""
_INDEKS = """
    SELECT format('DROP INDEX %%s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
    FROM pg_index i WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisprimary
      AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('u', 'p', 'x'))
    ORDER BY i.indexrelid
"""


_MILIK = "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class WHERE oid = ANY(%s::regclass[])"


def lepas(cursor) -> list[str]:
    """Drop the keys and plain indexes of the roll and return the statements that bring them back, in order.

    Only the owner of the tables may; for any other database role nothing is dropped and the ordinary way is taken.
    """
    tabel = list(_TABEL)
    cursor.execute(_MILIK, [tabel])
    if not cursor.fetchone()[0]:
        return []
    # Work of the same transaction on the tables referred to would still hold them.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    langkah = []
    for kueri, isi in ((_INDEKS, [tabel]), (_KUNCI_ASING, [tabel, tabel]), (_KUNCI_UTAMA, [tabel])):
        cursor.execute(kueri, isi)
        langkah.append(cursor.fetchall())
    indeks, asing, utama = langkah
    for buang, _ in indeks + asing + utama:
        cursor.execute(buang)
    return [pasang_lagi for _, pasang_lagi in utama + indeks + asing]


def pasang(cursor, pernyataan: list[str]) -> None:
    """Run the statements that ``lepas`` returned; raises when a row does not satisfy one of them."""
    for satu in pernyataan:
        cursor.execute(satu)
