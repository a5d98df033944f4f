"""The canonical digest of a frozen roll, computed inside the database. Specification: docs/keputusan/0006-digest.md."""

from django.db import connection

from pdpb.models import Snapshot

VERSI = "kpu-palu-daftar-1"

MEDAN = (
    ("id", "v.id::text"),
    ("kelurahan", "v.kelurahan_id"),
    ("tps", "lpad(t.nomor::text, 3, '0')"),
    ("jenis_tps", "t.jenis"),
    ("dpid", "o.dpid"),
    ("nkk", "i.nkk"),
    ("nik", "i.nik"),
    ("nama", "v.nama"),
    ("tempat_lahir", "v.tempat_lahir"),
    ("tanggal_lahir", "to_char(v.tanggal_lahir, 'YYYY-MM-DD')"),
    ("status_kawin", "v.status_kawin"),
    ("jenis_kelamin", "v.jenis_kelamin"),
    ("alamat", "v.alamat"),
    ("rt", "v.rt"),
    ("rw", "v.rw"),
    ("disabilitas", "v.disabilitas"),
    ("status_ktpel", "v.status_ktpel"),
    ("sumber", "v.sumber"),
)
"""The fields of a leaf, in order, with the expression that yields each as text."""

URUTAN = 'v.kelurahan_id COLLATE "C", coalesce(t.nomor, 0), i.nik COLLATE "C", v.id'
"""The order of the leaves."""

_DARI = """
FROM pdpb_pendaftaran v
JOIN pdpb_pemilih o ON o.id = v.pemilih_id
JOIN pdpb_identitas i ON i.id = v.identitas_id
LEFT JOIN wilayah_tps t ON t.id = v.tps_id
"""
_KANONIK = " || E'\\x1f' || ".join(f"coalesce('=' || {sql}, '-')" for _, sql in MEDAN)
# Normalising is half of the work and changes nothing in pure ASCII, which nearly every row is.
_NFC = "CASE WHEN octet_length(k.teks) = char_length(k.teks) THEN k.teks ELSE normalize(k.teks, NFC) END"
# OFFSET 0 keeps the planner from writing the long expression into each place that reads it.
_TEKS = f"CROSS JOIN LATERAL (SELECT {_KANONIK} AS teks OFFSET 0) k"
_DAUN = f"sha256(s.garam || convert_to({_NFC}, 'UTF8'))"


def tulis_baris(snapshot: Snapshot) -> int:
    """Store every open version of the roll in *snapshot* with a fresh random salt and its leaf; return the count."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pdpb_snapshotbaris (snapshot_id, pendaftaran_id, garam, daun)"
            f" SELECT %s, v.id, s.garam, {_DAUN} {_DARI} {_TEKS}"
            " CROSS JOIN LATERAL (SELECT uuid_send(gen_random_uuid()) AS garam WHERE v.id IS NOT NULL) s"
            " WHERE v.akhir IS NULL",
            [snapshot.pk],
        )
        return cursor.rowcount


def hitung_digest(snapshot: Snapshot) -> str:
    """The digest over the stored leaves of *snapshot*, in hex."""
    kepala = f"{VERSI}\n{snapshot.periode_id}\n{snapshot.versi}\n"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(sha256(convert_to(%s || count(*)::text || E'\\n', 'UTF8')"
            f" || coalesce(string_agg(b.daun, ''::bytea ORDER BY {URUTAN}), ''::bytea)), 'hex')"
            f" {_DARI} JOIN pdpb_snapshotbaris b ON b.pendaftaran_id = v.id AND b.snapshot_id = %s",
            [kepala, snapshot.pk],
        )
        return cursor.fetchone()[0]


def daun_rusak(snapshot: Snapshot) -> int:
    """How many stored leaves no longer follow from their row and salt; anything above zero means tampering."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) {_DARI} JOIN pdpb_snapshotbaris s ON s.pendaftaran_id = v.id {_TEKS}"
            f" WHERE s.snapshot_id = %s AND s.daun <> {_DAUN}",
            [snapshot.pk],
        )
        return cursor.fetchone()[0]
