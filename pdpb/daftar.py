"""Opening and closing versions of the roll. Set-based; callers hold the period and the roll lock.

Every function keeps three things true together: at most one open version per person, ``Perubahan.versi_lama`` and
``versi_baru`` name what a change did, and ``RekapSel`` counts the open versions.
"""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from pdpb.models import Periode

_SIAPKAN = """
CREATE TEMP TABLE terap ON COMMIT DROP AS
SELECT p.id, p.jenis, p.pemilih_id, p.elemen_baru, p.identitas_baru_id, p.kelurahan_tujuan_id, p.tps_tujuan_id,
       NULL::bigint AS lama,
       CASE WHEN p.jenis <> 'tms'
            THEN nextval(pg_get_serial_sequence('pdpb_pendaftaran', 'id')) END AS baru,
       row_number() OVER (
           PARTITION BY coalesce(p.pemilih_id, -p.id)
           ORDER BY array_position(ARRAY['baru', 'ubah', 'mutasi', 'tms'], p.jenis::text), p.id
       ) AS putaran
FROM pdpb_perubahan p WHERE p.id = ANY(%(ids)s)
"""

# Somebody who was struck off and comes back is the same person: the history stays in one place, and a difference of two
# days does not tell of two people. The number alone proves nobody, so the birth date must agree; a row that went as a
# duplicate stays gone. One person is new for one reason once in a period, so a second time is a row of its own.
_ORANG_KEMBALI = """
WITH kembali AS (
    SELECT t.id, min(v.pemilih_id) AS pemilih
    FROM terap t JOIN pdpb_perubahan p ON p.id = t.id
    JOIN pdpb_identitas n ON n.id = t.identitas_baru_id AND n.nik ~ '^[0-9]{16}$'
    JOIN pdpb_identitas i ON i.nik = n.nik
    JOIN pdpb_pendaftaran v ON v.identitas_id = i.id AND v.tanggal_lahir = (t.elemen_baru ->> 'tanggal_lahir')::date
    JOIN pdpb_perubahan c ON c.id = v.ditutup_id AND c.jenis = 'tms' AND c.kategori_id <> 'ganda'
    WHERE t.jenis = 'baru' AND t.pemilih_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM pdpb_pendaftaran w WHERE w.pemilih_id = v.pemilih_id
          AND (w.akhir IS NULL OR (w.id > v.id AND w.ditutup_id IS DISTINCT FROM w.dibuka_id)))
      AND NOT EXISTS (
        SELECT 1 FROM pdpb_perubahan x WHERE x.pemilih_id = v.pemilih_id AND x.periode_id = p.periode_id
          AND x.jenis = p.jenis AND x.kategori_id = p.kategori_id AND x.status <> 'ditolak')
    GROUP BY t.id HAVING count(DISTINCT v.pemilih_id) = 1
)
UPDATE terap t SET pemilih_id = kembali.pemilih FROM kembali WHERE kembali.id = t.id
"""

_ORANG_BARU = """
WITH orang AS (
    SELECT id, nextval(pg_get_serial_sequence('pdpb_pemilih', 'id')) AS pemilih
    FROM terap WHERE jenis = 'baru' AND pemilih_id IS NULL
), masuk AS (
    INSERT INTO pdpb_pemilih (id, dpid) SELECT pemilih, '' FROM orang
)
UPDATE terap t SET pemilih_id = orang.pemilih FROM orang WHERE orang.id = t.id
"""

_CARI_LAMA = """
UPDATE terap t SET lama = v.id FROM pdpb_pendaftaran v
WHERE t.putaran = %(putaran)s AND t.jenis <> 'baru' AND v.pemilih_id = t.pemilih_id AND v.akhir IS NULL
"""

_TUTUP = """
UPDATE pdpb_pendaftaran v SET akhir = greatest(%(pada)s, v.mulai), ditutup_id = t.id
FROM terap t WHERE t.putaran = %(putaran)s AND v.id = t.lama
"""

_BUKA = """
INSERT INTO pdpb_pendaftaran
    (id, pemilih_id, identitas_id, kelurahan_id, tps_id, nama, tempat_lahir, tanggal_lahir, jenis_kelamin,
     status_kawin, alamat, rt, rw, disabilitas, status_ktpel, sumber, mulai, dibuka_id)
SELECT t.baru, t.pemilih_id, coalesce(t.identitas_baru_id, v.identitas_id),
       CASE WHEN t.jenis = 'ubah' THEN v.kelurahan_id ELSE t.kelurahan_tujuan_id END,
       CASE WHEN t.jenis = 'ubah' THEN v.tps_id ELSE t.tps_tujuan_id END,
       coalesce(e.nama, v.nama), coalesce(e.tempat_lahir, v.tempat_lahir, ''),
       coalesce(e.tanggal_lahir, v.tanggal_lahir), coalesce(e.jenis_kelamin, v.jenis_kelamin),
       coalesce(e.status_kawin, v.status_kawin, ''), coalesce(e.alamat, v.alamat, ''),
       coalesce(e.rt, v.rt, ''), coalesce(e.rw, v.rw, ''), coalesce(e.disabilitas, v.disabilitas, '0'),
       coalesce(e.status_ktpel, v.status_ktpel, ''), coalesce(e.sumber, v.sumber, ''),
       greatest(%(pada)s, v.akhir), t.id
FROM terap t
LEFT JOIN pdpb_pendaftaran v ON v.id = t.lama
CROSS JOIN LATERAL jsonb_to_record(t.elemen_baru) AS e(
    nama text, tempat_lahir text, tanggal_lahir date, jenis_kelamin text, status_kawin text, alamat text,
    rt text, rw text, disabilitas text, status_ktpel text, sumber text)
WHERE t.putaran = %(putaran)s AND t.baru IS NOT NULL
"""

_CATAT = """
UPDATE pdpb_perubahan p SET versi_lama_id = t.lama, versi_baru_id = t.baru, pemilih_id = t.pemilih_id
FROM terap t WHERE p.id = t.id
"""

# The row to insert is checked before the conflict is seen, so a cell is made first and counted up or down after.
_SEL = """
WITH delta AS (
    SELECT v.kelurahan_id, v.tps_id, v.jenis_kelamin, sum(d.arah) AS arah
    FROM ({delta}) AS d(versi, arah) JOIN pdpb_pendaftaran v ON v.id = d.versi
    GROUP BY 1, 2, 3 HAVING sum(d.arah) <> 0
)
"""
_BUAT_SEL = """
INSERT INTO pdpb_rekapsel (kelurahan_id, tps_id, jenis_kelamin, jumlah)
SELECT kelurahan_id, tps_id, jenis_kelamin, 0 FROM delta ON CONFLICT DO NOTHING
"""
_HITUNG_SEL = """
UPDATE pdpb_rekapsel r SET jumlah = r.jumlah + d.arah FROM delta d
WHERE r.kelurahan_id = d.kelurahan_id AND r.tps_id IS NOT DISTINCT FROM d.tps_id
  AND r.jenis_kelamin = d.jenis_kelamin
"""


def _perbarui_sel(cursor, delta: str) -> None:
    """Count the versions of *delta* (``SELECT versi, arah``) into or out of the summary."""
    cursor.execute(_SEL.format(delta=delta) + _BUAT_SEL)
    cursor.execute(_SEL.format(delta=delta) + _HITUNG_SEL)


class DaftarBerubah(Exception):
    """A change of the set has lost the open version it needs; the caller's check should have refused it."""


def terapkan_perubahan(ids: Iterable[int], *, pada: date) -> None:
    """Carry out approved changes on the roll as of *pada*.

    A person with several changes in the set gets them in the order baru, ubah, mutasi, tms. Somebody new whose NIK and
    birth date are those of one person who was struck off, not as a duplicate, is that person again. Raises
    DaftarBerubah (and so rolls back) when a change other than baru finds no open version of its person.
    """
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS terap")
        cursor.execute(_SIAPKAN, {"ids": list(ids)})
        cursor.execute(_ORANG_KEMBALI)
        cursor.execute(_ORANG_BARU)
        cursor.execute("SELECT coalesce(max(putaran), 0) FROM terap")
        for putaran in range(1, cursor.fetchone()[0] + 1):
            nilai: dict[str, int | date] = {"putaran": putaran, "pada": pada}
            cursor.execute(_CARI_LAMA, nilai)
            cursor.execute(
                "SELECT count(*) FROM terap WHERE putaran = %(putaran)s AND jenis <> 'baru' AND lama IS NULL",
                nilai,
            )
            if hilang := cursor.fetchone()[0]:
                raise DaftarBerubah(f"{hilang} perubahan tidak menemukan baris aktif")
            cursor.execute(_TUTUP, nilai)
            cursor.execute(_BUKA, nilai)
        cursor.execute(_CATAT)
        _perbarui_sel(
            cursor,
            "SELECT lama, -1 FROM terap WHERE lama IS NOT NULL"
            " UNION ALL SELECT baru, 1 FROM terap WHERE baru IS NOT NULL",
        )


def urungkan_perubahan(ids: Iterable[int]) -> None:
    """Take approved changes back: their new version ends on the day it began, the old one is open again.

    Raises DaftarBerubah when later work rests on one of them (its new version is closed, or the person came back).
    """
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS terap")
        cursor.execute(
            "CREATE TEMP TABLE terap ON COMMIT DROP AS SELECT id, pemilih_id, versi_lama_id AS lama,"
            " versi_baru_id AS baru FROM pdpb_perubahan WHERE id = ANY(%s)",
            [list(ids)],
        )
        cursor.execute(
            "SELECT count(*) FROM terap t WHERE EXISTS (SELECT 1 FROM pdpb_pendaftaran v"
            " WHERE v.pemilih_id = t.pemilih_id AND v.akhir IS NULL AND v.id IS DISTINCT FROM t.baru)"
            " OR (t.baru IS NOT NULL AND NOT EXISTS"
            " (SELECT 1 FROM pdpb_pendaftaran v WHERE v.id = t.baru AND v.akhir IS NULL))"
        )
        if terpakai := cursor.fetchone()[0]:
            raise DaftarBerubah(f"{terpakai} perubahan sudah diikuti perubahan lain")
        cursor.execute(
            "UPDATE pdpb_pendaftaran v SET akhir = v.mulai, ditutup_id = t.id FROM terap t WHERE v.id = t.baru"
        )
        cursor.execute("UPDATE pdpb_pendaftaran v SET akhir = NULL, ditutup_id = NULL FROM terap t WHERE v.id = t.lama")
        _perbarui_sel(
            cursor,
            "SELECT baru, -1 FROM terap WHERE baru IS NOT NULL"
            " UNION ALL SELECT lama, 1 FROM terap WHERE lama IS NOT NULL",
        )
        cursor.execute(
            "UPDATE pdpb_perubahan p SET versi_lama_id = NULL, versi_baru_id = NULL FROM terap t WHERE p.id = t.id"
        )


def hitung_saldo_awal(periode: Periode) -> None:
    """Write the starting figures of *periode*: the frozen result before it, or, for the first, its base list."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pdpb_saldoawalsel WHERE periode_id = %s", [periode.pk])
        if periode.sebelumnya_id:
            cursor.execute(
                "INSERT INTO pdpb_saldoawalsel (periode_id, kelurahan_id, tps_id, jenis_kelamin, jumlah)"
                " SELECT %s, c.kelurahan_id, c.tps_id, c.jenis_kelamin, c.sekarang FROM pdpb_snapshotsel c"
                " JOIN pdpb_snapshot s ON s.id = c.snapshot_id"
                " WHERE s.periode_id = %s AND NOT s.digantikan",
                [periode.pk, periode.sebelumnya_id],
            )
        else:
            cursor.execute(
                "INSERT INTO pdpb_saldoawalsel (periode_id, kelurahan_id, tps_id, jenis_kelamin, jumlah)"
                " SELECT %s, kelurahan_id, tps_id, jenis_kelamin, count(*) FROM pdpb_pendaftaran"
                " WHERE batch_id IS NOT NULL AND ditutup_batch_id IS NULL GROUP BY 2, 3, 4",
                [periode.pk],
            )


def hitung_ulang_sel() -> int:
    """Recount the open versions and return in how many cells ``RekapSel`` was wrong; it is right afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH nyata AS (SELECT kelurahan_id, tps_id, jenis_kelamin, count(*) AS jumlah FROM pdpb_pendaftaran"
            " WHERE akhir IS NULL GROUP BY 1, 2, 3)"
            " SELECT coalesce(r.kelurahan_id, n.kelurahan_id), coalesce(r.tps_id, n.tps_id),"
            " coalesce(r.jenis_kelamin, n.jenis_kelamin), coalesce(n.jumlah, 0)"
            " FROM pdpb_rekapsel r FULL JOIN nyata n ON n.kelurahan_id = r.kelurahan_id"
            " AND n.jenis_kelamin = r.jenis_kelamin AND coalesce(n.tps_id, 0) = coalesce(r.tps_id, 0)"
            " WHERE coalesce(n.jumlah, 0) <> coalesce(r.jumlah, 0)"
        )
        beda = cursor.fetchall()
        cursor.executemany(
            "INSERT INTO pdpb_rekapsel (kelurahan_id, tps_id, jenis_kelamin, jumlah) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (kelurahan_id, tps_id, jenis_kelamin) DO UPDATE SET jumlah = excluded.jumlah",
            beda,
        )
        return len(beda)
