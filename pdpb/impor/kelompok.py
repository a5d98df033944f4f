"""Checks that look at more than one row of a batch, and which version of the roll each row belongs to."""

from django.db import connection

from pdpb.impor import cek, skema
from pdpb.models import ImporBatch

ELEMEN = (
    "nama",
    "tempat_lahir",
    "tanggal_lahir",
    "jenis_kelamin",
    "status_kawin",
    "alamat",
    "rt",
    "rw",
    "disabilitas",
    "status_ktpel",
    "sumber",
)
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

_MIN_KOLOM_RUSAK = 20


def periksa_kelompok(batch: ImporBatch, *, nkk_wajar: int) -> None:
    """Fill the table of findings that compare rows of a base list with each other."""
    siap, tambahan = skema.siap(batch.pk), skema.tambahan(batch.pk)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE UNLOGGED TABLE {tambahan} (nomor int, cek smallint, nilai text)")
        _kolom_rusak(cursor, siap, tambahan)
        if batch.jenis not in cek.DASAR:
            return
        for pernyataan in _KELOMPOK:
            nomor = {f"n_{kode}": n for kode, n in cek.NOMOR.items()}
            cursor.execute(pernyataan.format(siap=siap, tambahan=tambahan, nkk_wajar=int(nkk_wajar), **nomor))


def _kolom_rusak(cursor, siap: str, tambahan: str) -> None:
    """Find files whose whole NIK or NKK column ends in 0: it went through a number and lost its last digit."""
    cursor.execute(
        f"SELECT berkas, count(*) FILTER (WHERE length(nik) = 16) >= %(min)s"
        f" AND bool_and(right(nik, 1) = '0') FILTER (WHERE length(nik) = 16),"
        f" count(*) FILTER (WHERE length(nkk) = 16) >= %(min)s"
        f" AND bool_and(right(nkk, 1) = '0') FILTER (WHERE length(nkk) = 16) FROM {siap} GROUP BY berkas",
        {"min": _MIN_KOLOM_RUSAK},
    )
    for berkas, *rusak in cursor.fetchall():
        for kode, ya in zip(("nik_presisi_hilang", "nkk_presisi_hilang"), rusak, strict=True):
            if ya:
                cursor.execute(
                    f"INSERT INTO {tambahan} SELECT nomor, %s FROM {siap} WHERE berkas = %s",
                    [cek.NOMOR[kode], berkas],
                )
        if rusak[0]:
            cursor.execute(f"UPDATE {siap} SET tolak = true WHERE berkas = %s", [berkas])


_KELOMPOK = (
    """
    INSERT INTO {tambahan}
    SELECT s.nomor, CASE WHEN s.sama_orang > 1 THEN {n_nik_ganda} ELSE {n_nik_sama_orang_beda} END
    FROM (
        SELECT s.nomor, count(*) OVER (PARTITION BY s.nik, s.nama, s.tanggal_lahir) AS sama_orang
        FROM {siap} s
        WHERE NOT s.tolak AND s.nik IN (
            SELECT nik FROM {siap} WHERE nik_benar AND NOT tolak GROUP BY nik HAVING count(*) > 1
        )
    ) s
    """,
    """
    INSERT INTO {tambahan}
    SELECT s.nomor, {n_dpid_ganda} FROM {siap} s
    WHERE NOT s.tolak AND s.dpid IN (SELECT dpid FROM {siap} WHERE dpid <> '' AND NOT tolak GROUP BY dpid HAVING count(*) > 1)
    """,
    """
    WITH kk AS MATERIALIZED (
        SELECT nkk, count(*) AS jumlah, min(tps) <> max(tps) AS pisah FROM {siap}
        WHERE length(nkk) = 16 AND NOT tolak GROUP BY nkk
        HAVING count(*) > {nkk_wajar} OR min(tps) <> max(tps)
    )
    INSERT INTO {tambahan}
    SELECT s.nomor, a.kode, CASE WHEN a.kode = {n_nkk_terlalu_banyak} THEN kk.jumlah::text END
    FROM {siap} s JOIN kk USING (nkk)
    CROSS JOIN LATERAL (VALUES
        (CASE WHEN kk.jumlah > {nkk_wajar} THEN {n_nkk_terlalu_banyak} END),
        (CASE WHEN kk.pisah THEN {n_nkk_beda_tps} END)
    ) AS a(kode)
    WHERE a.kode IS NOT NULL AND NOT s.tolak
    """,
    """
    WITH senama AS MATERIALIZED (
        SELECT s.nomor, s.nik, s.nkk, s.nama, s.tanggal_lahir, s.tempat_lahir, s.alamat FROM {siap} s
        WHERE NOT s.tolak AND (s.nama, s.tanggal_lahir) IN (
            SELECT nama, tanggal_lahir FROM {siap} WHERE tanggal_lahir IS NOT NULL
            GROUP BY nama, tanggal_lahir HAVING count(*) > 1
        )
    )
    INSERT INTO {tambahan}
    SELECT DISTINCT a.nomor, {n_orang_sama_nik_beda} FROM senama a JOIN senama b
      ON a.nama = b.nama AND a.tanggal_lahir = b.tanggal_lahir AND a.nik <> b.nik
     AND (a.nkk = b.nkk OR a.tempat_lahir = b.tempat_lahir OR a.alamat = b.alamat)
    """,
)


# --- Matching ---

_DAFTAR = """
    SELECT v.id AS versi, v.akhir IS NULL AS aktif, v.dibuka_id IS NOT NULL AS usulan, p.dpid, i.nik, i.nkk,
           v.kelurahan_id, v.tps_id, {elemen}
    FROM pdpb_pendaftaran v
    JOIN pdpb_pemilih p ON p.id = v.pemilih_id
    JOIN pdpb_identitas i ON i.id = v.identitas_id
    WHERE {saringan}
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
        daftar = _DAFTAR.format(elemen=", ".join(f"v.{e}" for e in ELEMEN), saringan=saringan)
        cursor.execute(_PADAN.format(siap=siap, padan=padan, daftar=daftar, beda=beda(pemetaan)))


def beda(pemetaan: dict[int, dict[str, str]], s: str = "s", v: str = "v") -> str:
    """SQL: the names of the elements in which row *s* differs from version *v*, of those its file states."""
    bagian = [f"CASE WHEN {s}.kelurahan <> {v}.kelurahan_id THEN 'kelurahan' END"]
    for elemen, kolom in KOLOM_ELEMEN.items():
        punya = [urut for urut, peta in pemetaan.items() if any(k in peta for k in kolom)]
        if not punya:
            continue
        syarat = (
            f"{s}.tps IS DISTINCT FROM {v}.tps_id" if elemen == "tps" else f"{s}.{elemen} IS DISTINCT FROM {v}.{elemen}"
        )
        if len(punya) < len(pemetaan):
            syarat = f"{s}.berkas = ANY('{{{','.join(map(str, punya))}}}'::smallint[]) AND {syarat}"
        bagian.append(f"CASE WHEN {syarat} THEN '{elemen}' END")
    return f"array_remove(ARRAY[{', '.join(bagian)}]::text[], NULL)"


_PADAN = """
    CREATE UNLOGGED TABLE {padan} AS
    WITH daftar AS MATERIALIZED ({daftar}),
    kembar AS MATERIALIZED (
        SELECT dpid FROM {siap} WHERE dpid <> '' AND NOT tolak GROUP BY dpid HAVING count(*) > 1
        UNION
        SELECT dpid FROM daftar WHERE dpid <> '' GROUP BY dpid HAVING count(*) > 1
    ),
    lewat_dpid AS MATERIALIZED (
        SELECT s.nomor, v.versi FROM {siap} s JOIN daftar v USING (dpid)
        WHERE s.dpid <> '' AND NOT s.tolak AND s.dpid NOT IN (SELECT dpid FROM kembar)
        UNION ALL
        SELECT s.nomor, v.versi FROM (
            SELECT nomor, dpid, row_number() OVER (
                PARTITION BY dpid ORDER BY nik, nama, tanggal_lahir, alamat, nomor) AS ke
            FROM {siap} WHERE dpid IN (SELECT dpid FROM kembar) AND NOT tolak
        ) s JOIN (
            SELECT versi, dpid, row_number() OVER (
                PARTITION BY dpid ORDER BY nik, nama, tanggal_lahir, alamat, versi) AS ke
            FROM daftar WHERE dpid IN (SELECT dpid FROM kembar)
        ) v USING (dpid, ke)
    ),
    sisa_s AS MATERIALIZED (
        SELECT s.nomor, s.nik, s.nama, s.tanggal_lahir, s.dpid, s.alamat FROM {siap} s
        WHERE NOT s.tolak AND s.nik <> '' AND NOT EXISTS (SELECT 1 FROM lewat_dpid d WHERE d.nomor = s.nomor)
    ),
    sisa_v AS MATERIALIZED (
        SELECT v.versi, v.nik, v.nama, v.tanggal_lahir, v.dpid, v.alamat FROM daftar v
        WHERE v.nik IN (SELECT nik FROM sisa_s)
          AND NOT EXISTS (SELECT 1 FROM lewat_dpid d WHERE d.versi = v.versi)
    ),
    lewat_nik AS (
        SELECT s.nomor, v.versi FROM (
            SELECT *, row_number() OVER (PARTITION BY nik, nama, tanggal_lahir ORDER BY alamat, nomor) AS ke FROM sisa_s
        ) s JOIN (
            SELECT *, row_number() OVER (PARTITION BY nik, nama, tanggal_lahir ORDER BY alamat, versi) AS ke FROM sisa_v
        ) v ON s.nik = v.nik AND s.nama = v.nama AND s.tanggal_lahir IS NOT DISTINCT FROM v.tanggal_lahir
           AND s.ke = v.ke AND (s.dpid = '' OR v.dpid = '')
    )
    SELECT s.nomor, v.versi, v.aktif, v.usulan, {beda} AS beda
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
