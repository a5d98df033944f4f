"""What each row of a list of changes proposes, about whom, and what speaks against it. Set-based, at check time.

The result stands in one staging table per batch (``skema.usul``): kind and category, the open version meant, the
elements in which the row differs from it, the destination, and whether the same change was proposed before.
"""

from django.db import connection

from pdpb.impor import cek, skema
from pdpb.impor.elemen import gabungkan_elemen, terapkan_elemen
from pdpb.impor.kelompok import KOLOM_ELEMEN
from pdpb.impor.normal import petik
from pdpb.impor.padanan import padankan
from pdpb.impor.pengenal import buat
from pdpb.models import ImporBatch
from pdpb.models.perubahan import ELEMEN


def siapkan_usul(batch: ImporBatch, pemetaan: dict[int, dict[str, str]]) -> None:
    """Fill the staging table of proposals of *batch* and the findings about them. Must run in a transaction."""
    with connection.cursor() as cursor:
        nama = {
            "siap": skema.siap(batch.pk),
            "usul": skema.usul(batch.pk),
            "padan": skema.padan(batch.pk),
            "tambahan": skema.tambahan(batch.pk),
            "periode": petik(batch.periode_id),
            "beda": _beda(pemetaan),
            "elemen_ubah": elemen_ubah(),
            "galat": _larik(n for n, c in enumerate(cek.DAFTAR) if c.tingkat == "Galat"),
        } | {f"n_{kode}": nomor for kode, nomor in cek.NOMOR.items()}
        buat(cursor, batch, nama)
        # Temporary tables live until the transaction ends, and one transaction may check twice.
        cursor.execute("DROP TABLE IF EXISTS calon, pasangan, lama, sebelumnya")
        for pernyataan in _CARI:
            cursor.execute(pernyataan.format(**nama))
        padankan(cursor, batch, nama)
        terapkan_elemen(cursor, batch, nama)
        for pernyataan in _PADANKAN:
            cursor.execute(pernyataan.format(**nama))
        gabungkan_elemen(cursor, nama)
        for pernyataan in (*_SUDAH_ADA, *_PERIKSA):
            cursor.execute(pernyataan.format(**nama))
        _saring_cek(cursor, nama)
        cursor.execute(_TOLAK.format(**nama))
        cursor.execute(_PADAN_AKHIR.format(**nama))


def _larik(nomor) -> str:
    return "'{" + ",".join(map(str, nomor)) + "}'::smallint[]"


def _beda(pemetaan: dict[int, dict[str, str]]) -> str:
    """SQL: elements in which row *s* differs from version *v*, of those stated (an empty cell states nothing)."""
    bagian = []
    for elemen, kolom in KOLOM_ELEMEN.items():
        punya = [urut for urut, peta in pemetaan.items() if "elemen" in peta or any(k in peta for k in kolom)]
        if not punya or elemen in {"tps", "sumber"}:
            continue
        kini = f"i.{elemen}" if elemen in {"nik", "nkk"} else f"v.{elemen}"
        syarat = f"s.{elemen} IS DISTINCT FROM {kini} AND s.berkas = ANY({_larik(punya)})"
        if elemen == "jenis_kelamin":
            syarat += " AND s.t_jk IS NULL AND s.jenis_kelamin <> ''"
        elif elemen != "tanggal_lahir":
            syarat += f" AND s.{elemen} <> ''"
        else:
            syarat += " AND s.tanggal_lahir IS NOT NULL"
        bagian.append(f"CASE WHEN {syarat} THEN '{elemen}' END")
    return f"array_remove(ARRAY[{', '.join(bagian) or 'NULL'}]::text[], NULL)"


def elemen_ubah(s: str = "s", beda: str = "u.beda") -> str:
    """SQL: what ``Perubahan.elemen_baru`` of a correction holds, the differing elements of row *s*."""
    bagian = ", ".join(f"'{e}', CASE WHEN '{e}' = ANY({beda}) THEN {s}.{e} END" for e in ELEMEN if e != "sumber")
    return f"jsonb_strip_nulls(jsonb_build_object({bagian}))"


# --- Who is meant ---

_CARI = (
    # By DPID; one DPID on two persons is settled by the NIK, or stays open.
    """
    CREATE TEMP TABLE calon ON COMMIT DROP AS
    SELECT u.nomor, v.id AS versi, v.pemilih_id AS pemilih, 'dpid' AS lewat,
           count(*) OVER (PARTITION BY u.nomor) AS banyak, i.nik = s.nik AS sama_nik
    FROM {usul} u JOIN {siap} s USING (nomor) JOIN pdpb_pemilih o ON o.dpid = s.dpid
    JOIN pdpb_pendaftaran v ON v.pemilih_id = o.id AND v.akhir IS NULL
    JOIN pdpb_identitas i ON i.id = v.identitas_id
    WHERE u.jenis <> 'baru' AND s.dpid <> ''
    """,
    """
    INSERT INTO calon
    SELECT u.nomor, v.id, v.pemilih_id, 'nik', count(*) OVER (PARTITION BY u.nomor), true
    FROM {usul} u JOIN {siap} s USING (nomor) JOIN pdpb_identitas i ON i.nik = s.nik
    JOIN pdpb_pendaftaran v ON v.identitas_id = i.id AND v.akhir IS NULL
    WHERE u.jenis <> 'baru' AND s.nik_benar AND (s.dpid = '' OR v.nama = s.nama)
      AND NOT EXISTS (SELECT 1 FROM calon c WHERE c.nomor = u.nomor)
    """,
    "ANALYZE calon",
    # Counted in one pass: a count per row makes the planner think of few rows, and then hold each with every other.
    """
    UPDATE {usul} u SET versi = c.versi, pemilih = c.pemilih, lewat = c.lewat
    FROM (SELECT *, count(*) FILTER (WHERE sama_nik) OVER (PARTITION BY nomor) AS banyak_nik FROM calon) c
    WHERE c.nomor = u.nomor AND (c.banyak = 1 OR c.sama_nik AND c.banyak_nik = 1)
    """,
    """
    INSERT INTO {tambahan} SELECT DISTINCT c.nomor, {n_cocok_lebih_dari_satu} FROM calon c
    JOIN {usul} u USING (nomor) WHERE u.versi IS NULL
    """,
)
_PADANKAN = (
    """
    UPDATE {usul} u SET beda = {beda} FROM {siap} s, pdpb_pendaftaran v, pdpb_identitas i
    WHERE s.nomor = u.nomor AND v.id = u.versi AND i.id = v.identitas_id
    """,
    # SIDALIH writes a wrong TPS as code 8 at the old place and BARU at the right one: one move.
    """
    CREATE TEMP TABLE pasangan ON COMMIT DROP AS
    SELECT lama.nomor, min(baru.nomor) AS baru FROM {usul} lama JOIN {siap} sl ON sl.nomor = lama.nomor
    JOIN {siap} sb ON sb.nik = sl.nik AND sb.nik_benar JOIN {usul} baru ON baru.nomor = sb.nomor AND baru.jenis = 'baru'
    WHERE lama.jenis = 'mutasi' AND coalesce(sl.kelurahan_tujuan, '') = '' AND coalesce(sl.tps_tujuan, '') = ''
      AND sb.kelurahan IS NOT NULL AND sb.tps IS NOT NULL
    GROUP BY lama.nomor
    """,
    """
    UPDATE {usul} u SET tujuan = s.kelurahan, tujuan_tps = s.tps
    FROM pasangan p JOIN {siap} s ON s.nomor = p.baru WHERE p.nomor = u.nomor
    """,
    "UPDATE {usul} u SET tetap = true, jenis = 'gabung' FROM pasangan p WHERE p.baru = u.nomor",
    "INSERT INTO {tambahan} SELECT baru, {n_digabung_mutasi} FROM pasangan",
    """
    INSERT INTO {tambahan} SELECT u.nomor, {n_tidak_padan} FROM {usul} u JOIN {siap} s USING (nomor)
    WHERE u.jenis = 'mutasi' AND u.kategori = 'salah_tps' AND coalesce(s.kelurahan_tujuan, '') = ''
      AND coalesce(s.tps_tujuan, '') = '' AND NOT EXISTS (SELECT 1 FROM pasangan p WHERE p.nomor = u.nomor)
    """,
    # A destination without kelurahan is another TPS of the kelurahan where the person is.
    """
    UPDATE {usul} u SET tujuan = v.kelurahan_id, tujuan_tps = (
        SELECT t.id FROM wilayah_tps t WHERE t.kelurahan_id = v.kelurahan_id
        AND t.nomor = substring(upper(s.tps_tujuan) from '^(?:TPS)?[ .:]*0*([0-9]{{1,4}})$')::int)
    FROM {siap} s, pdpb_pendaftaran v
    WHERE s.nomor = u.nomor AND v.id = u.versi AND u.jenis = 'mutasi' AND u.tujuan IS NULL
      AND s.tps_tujuan <> '' AND coalesce(s.kelurahan_tujuan, '') = ''
    """,
    """
    UPDATE {usul} u SET bertahan = v.pemilih_id FROM {siap} s, pdpb_pemilih o, pdpb_pendaftaran v
    WHERE s.nomor = u.nomor AND u.kategori = 'ganda' AND s.dpid_bertahan <> '' AND o.dpid = s.dpid_bertahan
      AND v.pemilih_id = o.id AND v.akhir IS NULL AND v.pemilih_id IS DISTINCT FROM u.pemilih
    """,
)

# --- The same change proposed before in this period: the same row again is no news, another one is refused ---

_SUDAH_ADA = (
    """
    CREATE TEMP TABLE lama ON COMMIT DROP AS
    SELECT p.id, p.jenis, p.kategori_id, p.pemilih_id, p.elemen_baru, p.kelurahan_tujuan_id, p.tps_tujuan_id,
           p.versi_dasar_id, o.dpid, CASE WHEN p.jenis = 'baru' THEN ib.nik ELSE il.nik END AS nik
    FROM pdpb_perubahan p
    LEFT JOIN pdpb_identitas ib ON ib.id = p.identitas_baru_id
    LEFT JOIN pdpb_pendaftaran vd ON vd.id = p.versi_dasar_id
    LEFT JOIN pdpb_identitas il ON il.id = vd.identitas_id
    LEFT JOIN pdpb_pemilih o ON o.id = p.pemilih_id
    WHERE p.periode_id = {periode} AND p.status <> 'ditolak'
    """,
    "ANALYZE lama",
    # One join per way of being the same: with OR between them every row would be held with every proposal.
    """
    CREATE TEMP TABLE sebelumnya ON COMMIT DROP AS
    SELECT x.nomor, l.id, CASE u.jenis
        WHEN 'ubah' THEN (
            SELECT {elemen_ubah} FROM (SELECT {beda} AS beda FROM pdpb_pendaftaran v
            JOIN pdpb_identitas i ON i.id = v.identitas_id WHERE v.id = l.versi_dasar_id) u) = l.elemen_baru
        WHEN 'mutasi' THEN (u.tujuan, u.tujuan_tps) IS NOT DISTINCT FROM (l.kelurahan_tujuan_id, l.tps_tujuan_id)
        ELSE u.kategori = l.kategori_id END AS sama
    FROM (
        SELECT u.nomor, l.id FROM {usul} u JOIN lama l ON l.jenis = u.jenis AND l.pemilih_id = u.pemilih
        UNION
        SELECT u.nomor, l.id FROM {usul} u JOIN {siap} s USING (nomor) JOIN lama l ON l.jenis = u.jenis
         AND l.dpid = s.dpid WHERE s.dpid <> ''
        UNION
        SELECT u.nomor, l.id FROM {usul} u JOIN {siap} s USING (nomor) JOIN lama l ON l.jenis = u.jenis
         AND l.nik = s.nik WHERE s.nik_benar AND (s.dpid = '' OR l.dpid = '' OR l.dpid = s.dpid)
    ) x JOIN {usul} u USING (nomor) JOIN {siap} s USING (nomor) JOIN lama l USING (id)
    """,
    "UPDATE {usul} u SET tetap = true FROM sebelumnya b WHERE b.nomor = u.nomor AND b.sama",
    """
    INSERT INTO {tambahan} SELECT DISTINCT b.nomor, {n_sudah_diusulkan} FROM sebelumnya b JOIN {usul} u USING (nomor)
    WHERE NOT u.tetap
    """,
)

# --- What speaks against a proposal ---

_BERLAKU = "NOT u.tetap AND u.kategori IS NOT NULL"
_PERIKSA = (
    "INSERT INTO {tambahan} SELECT u.nomor, {n_baru_ber_dpid} FROM {usul} u JOIN {siap} s USING (nomor)"
    " WHERE u.jenis = 'baru' AND s.dpid <> '' AND NOT u.tetap",
    "INSERT INTO {tambahan} SELECT DISTINCT u.nomor, {n_baru_sudah_aktif} FROM {usul} u JOIN {siap} s USING (nomor)"
    " JOIN pdpb_identitas i ON i.nik = s.nik JOIN pdpb_pendaftaran v ON v.identitas_id = i.id AND v.akhir IS NULL"
    " WHERE u.jenis = 'baru' AND s.nik_benar AND NOT u.tetap",
    "INSERT INTO {tambahan} SELECT u.nomor, {n_nik_kosong} FROM {usul} u JOIN {siap} s USING (nomor)"
    " WHERE u.jenis = 'baru' AND s.nik = '' AND s.t_nik IS NULL AND NOT u.tetap",
    "INSERT INTO {tambahan} SELECT u.nomor, {n_nkk_wajib} FROM {usul} u JOIN {siap} s USING (nomor)"
    " WHERE u.jenis = 'baru' AND s.nkk = '' AND s.t_nkk IS NULL AND NOT u.tetap",
    "INSERT INTO {tambahan} SELECT u.nomor, {n_kelamin_tidak_dikenal}, '' FROM {usul} u JOIN {siap} s USING (nomor)"
    " WHERE u.jenis = 'baru' AND s.jenis_kelamin = '' AND s.t_jk IS NULL AND NOT u.tetap",
    # A row without a readable kelurahan is told so by the row check already.
    "INSERT INTO {tambahan} SELECT u.nomor, {n_tidak_ada_di_daftar} FROM {usul} u"
    " WHERE u.jenis <> 'baru' AND u.versi IS NULL AND NOT u.tetap AND u.kategori IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM {tambahan} t WHERE t.nomor = u.nomor"
    "  AND t.cek IN ({n_cocok_lebih_dari_satu}, {n_pilih_orang}, {n_bukan_calon}))",
    "INSERT INTO {tambahan} SELECT u.nomor, {n_dicocokkan_lewat_nama} FROM {usul} u"
    " WHERE u.lewat = 'nama' AND NOT u.tetap",
    "INSERT INTO {tambahan} SELECT u.nomor, {n_dipilih_petugas} FROM {usul} u"
    " WHERE u.lewat = 'pilihan' AND NOT u.tetap",
    "INSERT INTO {tambahan} SELECT u.nomor, {n_data_beda_dari_daftar}, replace(array_to_string(ARRAY("
    "  SELECT e FROM unnest(u.beda) e WHERE e IN ('nik', 'nama', 'tanggal_lahir', 'jenis_kelamin')), ', '), '_', ' ')"
    " FROM {usul} u WHERE u.jenis IN ('tms', 'mutasi') AND NOT u.tetap"
    " AND u.beda && ARRAY['nik', 'nama', 'tanggal_lahir', 'jenis_kelamin']",
    "INSERT INTO {tambahan} SELECT u.nomor, {n_tps_beda} FROM {usul} u JOIN {siap} s USING (nomor)"
    " JOIN pdpb_pendaftaran v ON v.id = u.versi WHERE NOT u.tetap AND (s.kelurahan <> v.kelurahan_id"
    " OR (s.tps IS NOT NULL AND s.tps IS DISTINCT FROM v.tps_id))",
    "INSERT INTO {tambahan} SELECT u.nomor, {n_kelurahan_tidak_terbaca}, left(s.t_kelurahan, 60) FROM {usul} u"
    " JOIN {siap} s USING (nomor) WHERE u.versi IS NOT NULL AND s.kelurahan IS NULL AND s.t_kelurahan <> ''"
    " AND NOT u.tetap",
    "INSERT INTO {tambahan} SELECT u.nomor, {n_tidak_ada_beda} FROM {usul} u"
    " WHERE u.jenis = 'ubah' AND u.versi IS NOT NULL AND u.beda = '{{}}' AND NOT u.tetap"
    # What cannot be read differs from nothing; its own finding says so.
    " AND NOT EXISTS (SELECT 1 FROM {siap} s WHERE s.nomor = u.nomor AND s.elemen IS NOT NULL AND s.cek && {galat})"
    " AND NOT EXISTS (SELECT 1 FROM {tambahan} t WHERE t.nomor = u.nomor"
    "  AND t.cek IN ({n_elemen_tidak_dikenal}, {n_seharusnya_kosong}))",
    "INSERT INTO {tambahan} SELECT u.nomor, CASE WHEN u.tujuan IS NULL THEN {n_tujuan_tidak_dikenal}"
    " ELSE {n_tps_tujuan_tidak_dikenal} END,"
    " left(CASE WHEN u.tujuan IS NULL THEN s.kelurahan_tujuan ELSE s.tps_tujuan END, 60)"
    " FROM {usul} u JOIN {siap} s USING (nomor) WHERE u.jenis = 'mutasi' AND NOT u.tetap AND u.versi IS NOT NULL"
    " AND u.tujuan_tps IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM {tambahan} t WHERE t.nomor = u.nomor AND t.cek = {n_tidak_padan})",
    "INSERT INTO {tambahan} SELECT u.nomor, {n_tujuan_sama} FROM {usul} u JOIN pdpb_pendaftaran v ON v.id = u.versi"
    " WHERE u.jenis = 'mutasi' AND NOT u.tetap AND u.tujuan = v.kelurahan_id AND u.tujuan_tps = v.tps_id",
    "INSERT INTO {tambahan} SELECT u.nomor, {n_bertahan_tidak_sah} FROM {usul} u"
    " WHERE u.kategori = 'ganda' AND u.bertahan IS NULL AND NOT u.tetap",
    "INSERT INTO {tambahan} SELECT u.nomor, {n_bukti_kosong} FROM {usul} u JOIN {siap} s USING (nomor)"
    " WHERE coalesce(s.jenis_dokumen, '') = '' AND " + _BERLAKU,
    "INSERT INTO {tambahan} SELECT u.nomor, {n_bukti_tidak_lazim}, left(s.jenis_dokumen, 40) FROM {usul} u"
    " JOIN {siap} s USING (nomor) JOIN pdpb_kategori k ON k.slug = u.kategori WHERE s.jenis_dokumen <> ''"
    " AND k.bukti_diterima <> '' AND NOT EXISTS (SELECT 1 FROM regexp_split_to_table(k.bukti_diterima, '[|\\n]') d"
    "  WHERE btrim(d) <> '' AND (lower(s.jenis_dokumen) LIKE lower(btrim(d)) || '%%'"
    "  OR lower(btrim(d)) LIKE lower(s.jenis_dokumen) || '%%')) AND " + _BERLAKU,
    "INSERT INTO {tambahan} SELECT u.nomor, {n_tanggal_dokumen_tidak_dikenal}, "
    "left(s.tanggal_dokumen, 30) FROM {usul} u"
    " JOIN {siap} s USING (nomor) WHERE s.tanggal_dokumen <> '' AND coalesce("
    " pdpb_baca_tanggal(s.tanggal_dokumen, 'dmy', current_date), date 'infinity') > current_date AND " + _BERLAKU,
    "INSERT INTO {tambahan} SELECT u.nomor, {n_tanggal_peristiwa_tidak_dikenal}, left(s.tanggal_peristiwa, 30)"
    " FROM {usul} u JOIN {siap} s USING (nomor) WHERE s.tanggal_peristiwa <> '' AND coalesce("
    " pdpb_baca_tanggal(s.tanggal_peristiwa, 'dmy', current_date), date 'infinity') > current_date AND " + _BERLAKU,
    # Twice in one upload: the first row counts.
    "INSERT INTO {tambahan} SELECT x.nomor, {n_kembar_dalam_berkas}, 'baris ' || p.baris || CASE "
    "WHEN p.berkas <> s.berkas"
    "  THEN ' berkas ke-' || p.berkas ELSE '' END FROM ("
    "  SELECT u.nomor, min(u.nomor) OVER (PARTITION BY u.jenis,"
    "   coalesce('p' || u.pemilih, 'n' || nullif(s.nik, ''), 'x' || u.nomor)) AS pertama"
    "  FROM {usul} u JOIN {siap} s USING (nomor) WHERE " + _BERLAKU + ") x"
    " JOIN {siap} p ON p.nomor = x.pertama JOIN {siap} s ON s.nomor = x.nomor WHERE x.nomor <> x.pertama",
)

_TOLAK = """
    UPDATE {siap} s SET tolak = true FROM {usul} u
    WHERE u.nomor = s.nomor AND NOT u.tetap AND (s.cek && {galat} OR u.kategori IS NULL OR EXISTS (
        SELECT 1 FROM {tambahan} t WHERE t.nomor = s.nomor AND (t.cek = ANY({galat}) OR t.cek = {n_tidak_padan})))
"""
_PADAN_AKHIR = """
    CREATE UNLOGGED TABLE {padan} AS
    SELECT u.nomor, u.versi, false AS aktif, true AS usulan, '{{}}'::text[] AS beda FROM {usul} u WHERE u.tetap
"""


def _saring_cek(cursor, nama: dict) -> None:
    """Drop row findings about words in which a row agrees with the roll: they speak of the roll, not of the change."""
    elemen = {kolom: e for e, daftar in KOLOM_ELEMEN.items() for kolom in daftar}
    peta = ", ".join(
        f"({n}::smallint, {petik(elemen.get(c.kolom, ''))})" for n, c in enumerate(cek.DAFTAR) if n not in cek.SELALU
    )
    cursor.execute(
        f"UPDATE {nama['siap']} s SET cek = ARRAY(SELECT c FROM unnest(s.cek) c WHERE c = ANY({_larik(cek.SELALU)})"
        f" OR EXISTS (SELECT 1 FROM (VALUES {peta}) m(n, e) WHERE m.n = c AND m.e = ANY(u.beda)))"
        f" FROM {nama['usul']} u WHERE u.nomor = s.nomor AND u.versi IS NOT NULL AND u.jenis <> "
        f"'baru' AND s.cek <> '{{}}' AND s.elemen IS NULL"
    )
    # Unmatched removals and moves are told that nobody was found; their other words cannot be judged.
    cursor.execute(
        f"UPDATE {nama['siap']} s SET cek = ARRAY(SELECT c FROM unnest(s.cek) c WHERE c = ANY({_larik(cek.SELALU)})"
        f" OR c IN ({cek.NOMOR['nik_bukan_16_digit']}, {cek.NOMOR['nik_tanggal_mustahil']},"
        f" {cek.NOMOR['kelurahan_tidak_dikenal']}))"
        f" FROM {nama['usul']} u WHERE u.nomor = s.nomor AND u.versi IS NULL AND u.jenis <> 'baru' "
        f"AND s.cek <> '{{}}'"
    )
