"""Checks that look at more than one row of a batch, and which version of the roll each row belongs to."""

from django.db import connection

from pdpb.impor import cek, skema
from pdpb.models import ImporBatch
from pdpb.models.perubahan import ELEMEN

KOLOM_ELEMEN = {
    "nik": ("nik",),
    "nkk": ("nkk",),
    "nama": ("nama",),
    "tempat_lahir": ("tempat_lahir", "ttl"),
    "tanggal_lahir": ("tanggal_lahir", "ttl"),
    "jenis_kelamin": ("kelamin",),
    "status_kawin": ("sts_kawin",),
    "alamat": ("alamat",),
    "rt": ("rt", "rt_rw"),
    "rw": ("rw", "rt_rw"),
    "disabilitas": ("disabilitas",),
    "status_ktpel": ("ektp",),
    "sumber": ("sumber",),
    "tps": ("tps",),
}
"""Element of a voter row → the columns of a file that state it."""

_KARTU = {"nik", "nkk"}
_MIN_KOLOM_RUSAK = 20


def periksa_kelompok(batch: ImporBatch, *, nkk_wajar: int) -> None:
    """Make the table of findings that compare rows with each other (for base lists; others begin with none)."""
    siap, tambahan = skema.siap(batch.pk), skema.tambahan(batch.pk)
    nomor = {f"n_{kode}": n for kode, n in cek.NOMOR.items()}
    with connection.cursor() as cursor:
        diganti = _digantikan(cursor, batch, siap)
        rusak = _kolom_rusak(cursor, siap)
        bagian = _KELOMPOK if batch.jenis in cek.DASAR else ()
        if bagian:
            _cari_kembar(cursor, siap, nkk_wajar)
        isi = " UNION ALL ".join(
            f"({b.format(siap=siap, nkk_wajar=int(nkk_wajar), **nomor)})" for b in (*bagian, *rusak, *diganti)
        )
        kosong = "SELECT 0::int AS nomor, 0::smallint AS cek, NULL::text AS nilai WHERE false"
        cursor.execute(f"CREATE UNLOGGED TABLE {tambahan} AS {kosong} {f'UNION ALL {isi}' if isi else ''}")
        cursor.execute(f"ANALYZE {tambahan}")
        cursor.execute("DROP TABLE IF EXISTS kembar")


def _cari_kembar(cursor, siap: str, nkk_wajar: int) -> None:
    # Each of the four counts is one pass that cannot be split; a worker of its own for each takes half the time of
    # one after the other, and the planner sees that only when a split scan is no choice.
    cursor.execute("SET LOCAL min_parallel_table_scan_size = '1TB'")
    cursor.execute(f"CREATE TEMP TABLE kembar ON COMMIT DROP AS {_KEMBAR.format(siap=siap, nkk_wajar=int(nkk_wajar))}")
    cursor.execute("SET LOCAL min_parallel_table_scan_size TO DEFAULT")
    cursor.execute("ANALYZE kembar")


def _digantikan(cursor, batch: ImporBatch, siap: str) -> list[str]:
    """Put aside the rows that a later file of the same upload mends; returned is the selection of the findings.

    Otherwise a faulty row would still be compared with the row that replaces it, and be called its double.
    """
    if not any("rujukan" in b.ringkasan["pemetaan"] for b in batch.berkas.all()):
        return []
    cursor.execute(
        f"UPDATE {siap} s SET tolak = true, cek = '{{}}' WHERE EXISTS (SELECT 1 FROM {siap} r"
        " WHERE r.rujukan = s.berkas || ':' || s.baris AND r.berkas > s.berkas) RETURNING nomor"
    )
    nomor = [n for (n,) in cursor.fetchall()]
    if not nomor:
        return []
    larik = f"ARRAY[{', '.join(map(str, nomor))}]::int[]"
    return [f"SELECT unnest({larik}), {cek.NOMOR['digantikan_susulan']}::smallint, NULL"]


def _kolom_rusak(cursor, siap: str) -> list[str]:
    """Find files whose whole NIK or NKK column ends in 0: it went through a number and lost its last digit.

    Rows of such a NIK column are marked as not to be applied; returned is the selection of the findings.
    """
    cursor.execute(
        "SELECT berkas, count(*) FILTER (WHERE length(nik) = 16) >= %(min)s"
        " AND bool_and(right(nik, 1) = '0') FILTER (WHERE length(nik) = 16),"
        " count(*) FILTER (WHERE length(nkk) = 16) >= %(min)s"
        f" AND bool_and(right(nkk, 1) = '0') FILTER (WHERE length(nkk) = 16) FROM {siap} GROUP BY berkas",
        {"min": _MIN_KOLOM_RUSAK},
    )
    hasil = []
    for berkas, *rusak in cursor.fetchall():
        for kode, ya in zip(("nik_presisi_hilang", "nkk_presisi_hilang"), rusak, strict=True):
            if ya:
                hasil.append(
                    f"SELECT nomor, {cek.NOMOR[kode]}::smallint, NULL FROM {siap} WHERE berkas = {int(berkas)}"
                )
        if rusak[0]:
            cursor.execute(f"UPDATE {siap} SET tolak = true WHERE berkas = %s", [berkas])
    return hasil


# Values that stand on more than one row. Few rows share one, so whoever asks about a row joins this small table.
_KEMBAR = """
    SELECT 'nik' AS jenis, nik AS isi, NULL::date AS tanggal, count(*) AS jumlah, false AS pisah
    FROM {siap} WHERE nik_benar AND NOT tolak GROUP BY nik HAVING count(*) > 1
    UNION ALL
    SELECT 'dpid', dpid, NULL, count(*), false FROM {siap} WHERE dpid <> '' AND NOT tolak
    GROUP BY dpid HAVING count(*) > 1
    UNION ALL
    SELECT 'nkk', nkk, NULL, count(*), min(tps) <> max(tps) FROM {siap} WHERE length(nkk) = 16 AND NOT tolak
    GROUP BY nkk HAVING count(*) > {nkk_wajar} OR min(tps) <> max(tps)
    UNION ALL
    SELECT 'nama', nama, tanggal_lahir, count(*), false FROM {siap} WHERE tanggal_lahir IS NOT NULL AND NOT tolak
    GROUP BY nama, tanggal_lahir HAVING count(*) > 1
"""
_KELOMPOK = (
    """
    SELECT s.nomor,
           (CASE WHEN s.sama_orang > 1 THEN {n_nik_ganda} ELSE {n_nik_sama_orang_beda} END)::smallint, NULL
    FROM (
        SELECT s.nomor, count(*) OVER (PARTITION BY s.nik, s.nama, s.tanggal_lahir) AS sama_orang
        FROM {siap} s JOIN kembar k ON k.jenis = 'nik' AND k.isi = s.nik WHERE NOT s.tolak
    ) s
    """,
    """
    SELECT s.nomor, {n_dpid_ganda}::smallint, NULL
    FROM {siap} s JOIN kembar k ON k.jenis = 'dpid' AND k.isi = s.dpid WHERE NOT s.tolak
    """,
    """
    SELECT s.nomor, a.kode::smallint, CASE WHEN a.kode = {n_nkk_terlalu_banyak} THEN k.jumlah::text END
    FROM {siap} s JOIN kembar k ON k.jenis = 'nkk' AND k.isi = s.nkk
    CROSS JOIN LATERAL (VALUES
        (CASE WHEN k.jumlah > {nkk_wajar} THEN {n_nkk_terlalu_banyak} END),
        (CASE WHEN k.pisah THEN {n_nkk_beda_tps} END)
    ) AS a(kode)
    WHERE a.kode IS NOT NULL AND NOT s.tolak
    """,
    """
    WITH senama AS MATERIALIZED (
        SELECT s.nomor, s.nik, s.nkk, s.nama, s.tanggal_lahir, s.tempat_lahir, s.alamat
        FROM {siap} s JOIN kembar k ON k.jenis = 'nama' AND k.isi = s.nama AND k.tanggal = s.tanggal_lahir
        WHERE NOT s.tolak
    )
    SELECT DISTINCT a.nomor, {n_orang_sama_nik_beda}::smallint, NULL FROM senama a JOIN senama b
      ON a.nama = b.nama AND a.tanggal_lahir = b.tanggal_lahir AND a.nik <> b.nik
     AND (a.nkk = b.nkk OR a.tempat_lahir = b.tempat_lahir OR a.alamat = b.alamat)
    """,
)


SIDIK = (_KEMBAR, _KELOMPOK)
"""What the comparisons of rows are, for a print of the rules."""


# --- Matching ---

_DAFTAR = """
    SELECT v.id AS versi, v.akhir IS NULL AS aktif, v.dibuka_id IS NOT NULL AS usulan, p.dpid, i.nik, i.nkk,
           v.kelurahan_id, v.tps_id, {elemen}
    FROM pdpb_pendaftaran v
    JOIN pdpb_pemilih p ON p.id = v.pemilih_id
    JOIN pdpb_identitas i ON i.id = v.identitas_id
    WHERE {saringan} AND NOT EXISTS (SELECT 1 FROM {padan} x WHERE x.versi = v.id)
"""
_AKTIF_ATAU_TMS = """(v.akhir IS NULL OR (v.ditutup_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM pdpb_pendaftaran w WHERE w.pemilih_id = v.pemilih_id AND w.id > v.id
          AND w.ditutup_batch_id IS DISTINCT FROM w.batch_id)))"""


def padankan(batch: ImporBatch, pemetaan: dict[int, dict[str, str]]) -> None:
    """Find for each row of a base list its version of the roll, and which elements differ.

    By DPID; a row or a voter without one by NIK, name and birth date together. Several rows with one key are
    paired in the order of their contents, so the same file always finds the same pairs. A voter struck off by a
    change is found too (``aktif`` false): a base list does not bring the person back.
    """
    siap, padan = skema.siap(batch.pk), skema.padan(batch.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pdpb_pendaftaran)")
        if not cursor.fetchone()[0]:
            cursor.execute(
                f"CREATE UNLOGGED TABLE {padan} (nomor int, versi bigint, aktif boolean, usulan boolean, beda text[])"
            )
            return
        saringan = _AKTIF_ATAU_TMS
        if batch.jenis == ImporBatch.Jenis.LOKSUS:
            saringan += " AND v.tps_id IN (SELECT id FROM wilayah_tps WHERE jenis = 'loksus')"
        nama = {"siap": siap, "padan": padan, "saringan": saringan, "beda": beda(pemetaan)}
        nama["beda_cepat"] = beda(pemetaan, kartu="i")
        nama["tambahan"], nama["n_dpid_ganda"] = skema.tambahan(batch.pk), str(cek.NOMOR["dpid_ganda"])
        nama["elemen"] = ", ".join(f"v.{e}" for e in ELEMEN)
        cursor.execute(_CEPAT.format(**nama))
        cursor.execute(f"ANALYZE {padan}")
        cursor.execute(f"SELECT (SELECT count(*) FROM {siap} WHERE NOT tolak) > (SELECT count(*) FROM {padan})")
        if cursor.fetchone()[0]:
            nama["daftar"] = _DAFTAR.format(**nama)
            cursor.execute(_SISA.format(**nama))
            cursor.execute(f"ANALYZE {padan}")


def beda(pemetaan: dict[int, dict[str, str]], *, kartu: str = "v") -> str:
    """SQL: the names of the elements in which row *s* differs from version *v*, of those its file states.

    *kartu* is where NIK and NKK of the version stand.
    """
    s, v = "s", "v"
    bagian = [f"CASE WHEN {s}.kelurahan <> {v}.kelurahan_id THEN 'kelurahan' END"]
    for elemen, kolom in KOLOM_ELEMEN.items():
        punya = [urut for urut, peta in pemetaan.items() if any(k in peta for k in kolom)]
        if not punya:
            continue
        kini = f"{v}.tps_id" if elemen == "tps" else f"{kartu if elemen in _KARTU else v}.{elemen}"
        syarat = f"{s}.{elemen} IS DISTINCT FROM {kini}"
        if len(punya) < len(pemetaan):
            syarat = f"{s}.berkas = ANY('{{{','.join(map(str, punya))}}}'::smallint[]) AND {syarat}"
        bagian.append(f"CASE WHEN {syarat} THEN '{elemen}' END")
    return f"array_remove(ARRAY[{', '.join(bagian)}]::text[], NULL)"


# Nearly every row of a base list: its DPID stands once in the batch and on one open version.
_CEPAT = """
    CREATE UNLOGGED TABLE {padan} AS
    SELECT s.nomor, v.id AS versi, true AS aktif, v.dibuka_id IS NOT NULL AS usulan, {beda_cepat} AS beda
    FROM {siap} s
    JOIN pdpb_pemilih p ON p.dpid = s.dpid AND p.dpid <> ''
    JOIN pdpb_pendaftaran v ON v.pemilih_id = p.id AND v.akhir IS NULL
    JOIN pdpb_identitas i ON i.id = v.identitas_id
    WHERE NOT s.tolak AND {saringan}
      AND NOT EXISTS (SELECT 1 FROM {tambahan} t WHERE t.nomor = s.nomor AND t.cek = {n_dpid_ganda})
      AND s.dpid NOT IN (
        SELECT dpid FROM pdpb_pemilih WHERE dpid <> '' GROUP BY dpid HAVING count(*) > 1)
"""
_SISA = """
    INSERT INTO {padan}
    WITH daftar AS MATERIALIZED ({daftar}),
    sisa AS MATERIALIZED (
        SELECT s.nomor, s.dpid, s.nik, s.nama, s.tanggal_lahir, s.alamat FROM {siap} s
        WHERE NOT s.tolak AND NOT EXISTS (SELECT 1 FROM {padan} x WHERE x.nomor = s.nomor)
    ),
    lewat_dpid AS MATERIALIZED (
        SELECT s.nomor, v.versi FROM (
            SELECT nomor, dpid, row_number() OVER (
                PARTITION BY dpid ORDER BY nik, nama, tanggal_lahir, alamat, nomor) AS ke
            FROM sisa WHERE dpid <> ''
        ) s JOIN (
            SELECT versi, dpid, row_number() OVER (
                PARTITION BY dpid ORDER BY nik, nama, tanggal_lahir, alamat, versi) AS ke
            FROM daftar WHERE dpid <> ''
        ) v USING (dpid, ke)
    ),
    lewat_nik AS (
        SELECT s.nomor, v.versi FROM (
            SELECT *, row_number() OVER (PARTITION BY nik, nama, tanggal_lahir ORDER BY alamat, nomor) AS ke
            FROM sisa WHERE nik <> '' AND NOT EXISTS (SELECT 1 FROM lewat_dpid d WHERE d.nomor = sisa.nomor)
        ) s JOIN (
            SELECT *, row_number() OVER (PARTITION BY nik, nama, tanggal_lahir ORDER BY alamat, versi) AS ke
            FROM daftar WHERE NOT EXISTS (SELECT 1 FROM lewat_dpid d WHERE d.versi = daftar.versi)
        ) v ON s.nik = v.nik AND s.nama = v.nama AND s.tanggal_lahir IS NOT DISTINCT FROM v.tanggal_lahir
           AND s.ke = v.ke AND (s.dpid = '' OR v.dpid = '')
    )
    SELECT s.nomor, v.versi, v.aktif, v.usulan, {beda}
    FROM (SELECT * FROM lewat_dpid UNION ALL SELECT * FROM lewat_nik) p
    JOIN {siap} s USING (nomor) JOIN daftar v USING (versi)
"""


def periksa_terhadap_daftar(batch: ImporBatch) -> None:
    """Add what the roll says about the rows: NIK in use by another row, struck off or corrected meanwhile."""
    siap, padan, tambahan = (f(batch.pk) for f in (skema.siap, skema.padan, skema.tambahan))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {tambahan} SELECT nomor, {cek.NOMOR['sudah_tms']} FROM {padan} WHERE NOT aktif")
        cursor.execute(
            f"INSERT INTO {tambahan} SELECT nomor, {cek.NOMOR['sudah_diubah_usulan']} FROM {padan}"
            " WHERE aktif AND usulan AND beda <> '{}'"
        )
        cursor.execute(
            f"INSERT INTO {tambahan} SELECT DISTINCT s.nomor, {cek.NOMOR['nik_sudah_aktif']}"
            f" FROM {siap} s JOIN pdpb_identitas i ON i.nik = s.nik"
            " JOIN pdpb_pendaftaran v ON v.identitas_id = i.id AND v.akhir IS NULL"
            f" WHERE s.nik_benar AND NOT s.tolak AND NOT EXISTS (SELECT 1 FROM {padan} p WHERE p.nomor = s.nomor)"
            f" AND NOT EXISTS (SELECT 1 FROM {padan} p WHERE p.versi = v.id)"
        )
