"""Applying a list of changes: its sound rows become proposals with their documents. The roll itself is not touched."""

from django.db import connection

from pdpb.impor import skema
from pdpb.impor.pemeriksaan import Lapor
from pdpb.impor.usul import elemen_ubah
from pdpb.models import BerkasImpor, ImporBatch
from pdpb.models.perubahan import ELEMEN

_ELEMEN_BARU = (
    "jsonb_strip_nulls(jsonb_build_object("
    + ", ".join(
        f"'{e}', s.{e}" if e == "tanggal_lahir" else f"'{e}', nullif(s.{e}, '')" for e in ELEMEN if e != "sumber"
    )
    + "))"
)

_LANGKAH = (
    # Proposals that are new, numbered, with the document each rests on.
    """
    CREATE TEMP TABLE pakai ON COMMIT DROP AS
    SELECT s.nomor, nextval(pg_get_serial_sequence('pdpb_perubahan', 'id')) AS id,
           CASE WHEN u.jenis = 'baru' OR (u.jenis = 'ubah' AND u.beda && '{{nik,nkk}}')
                THEN nextval(pg_get_serial_sequence('pdpb_identitas', 'id')) END AS kartu,
           btrim(coalesce(s.jenis_dokumen, '')) AS jenis_dokumen, btrim(coalesce(s.nomor_dokumen, '')) AS nomor_dokumen,
           pdpb_baca_tanggal(coalesce(s.tanggal_dokumen, ''), 'dmy', current_date) AS tanggal_dokumen,
           btrim(coalesce(s.penerbit, '')) AS penerbit, u.sumber, NULL::bigint AS bukti
    FROM {siap} s JOIN {usul} u USING (nomor) WHERE NOT s.tolak AND NOT u.tetap ORDER BY s.nomor
    """,
    """
    CREATE TEMP TABLE dokumen ON COMMIT DROP AS
    SELECT nextval(pg_get_serial_sequence('pdpb_bukti', 'id')) AS id, d.* FROM (
        SELECT jenis_dokumen, nomor_dokumen, tanggal_dokumen, penerbit, sumber FROM pakai
        WHERE jenis_dokumen <> '' GROUP BY 1, 2, 3, 4, 5 ORDER BY min(nomor)
    ) d
    """,
    """
    INSERT INTO pdpb_bukti (id, jenis_dokumen, nomor, tanggal, penerbit, sumber_informasi, surat_pengantar, berkas,
                            sha256, dicatat_oleh_id, dicatat_pada)
    SELECT id, left(jenis_dokumen, 80), left(nomor_dokumen, 100), tanggal_dokumen, left(penerbit, 120), sumber,
           left(%(pengantar)s, 160), '', '', %(oleh)s, now() FROM dokumen
    """,
    """
    UPDATE pakai p SET bukti = d.id FROM dokumen d
    WHERE (d.jenis_dokumen, d.nomor_dokumen, d.penerbit, d.sumber)
        = (p.jenis_dokumen, p.nomor_dokumen, p.penerbit, p.sumber)
      AND d.tanggal_dokumen IS NOT DISTINCT FROM p.tanggal_dokumen
    """,
    """
    INSERT INTO pdpb_identitas (id, nik, nkk)
    SELECT p.kartu,
           CASE WHEN u.jenis = 'baru' OR 'nik' = ANY(u.beda) THEN s.nik ELSE i.nik END,
           CASE WHEN u.jenis = 'baru' OR 'nkk' = ANY(u.beda) THEN s.nkk ELSE i.nkk END
    FROM pakai p JOIN {siap} s USING (nomor) JOIN {usul} u USING (nomor)
    LEFT JOIN pdpb_pendaftaran v ON v.id = u.versi LEFT JOIN pdpb_identitas i ON i.id = v.identitas_id
    WHERE p.kartu IS NOT NULL
    """,
    """
    INSERT INTO pdpb_perubahan (id, periode_id, jenis, kategori_id, pemilih_id, versi_dasar_id, elemen_baru,
        identitas_baru_id, kelurahan_id, kelurahan_tujuan_id, tps_tujuan_id, bertahan_id, bukti_id, status, pengusul_id,
        catatan, diusulkan_pada, batch_id, baris)
    SELECT p.id, %(periode)s, u.jenis, u.kategori, u.pemilih, u.versi,
        CASE u.jenis WHEN 'baru' THEN {elemen_baru} WHEN 'ubah' THEN {elemen_ubah} ELSE '{{}}'::jsonb END,
        p.kartu, coalesce(v.kelurahan_id, u.tujuan),
        CASE WHEN u.jenis IN ('baru', 'mutasi') THEN u.tujuan END,
        CASE WHEN u.jenis IN ('baru', 'mutasi') THEN u.tujuan_tps END,
        u.bertahan, p.bukti, 'diusulkan', %(oleh)s,
        CASE WHEN s.tanggal_peristiwa <> '' THEN left('Tanggal peristiwa menurut berkas: ' || s.tanggal_peristiwa, 80)
             ELSE '' END, now(), %(batch)s, s.baris
    FROM pakai p JOIN {siap} s USING (nomor) JOIN {usul} u USING (nomor)
    LEFT JOIN pdpb_pendaftaran v ON v.id = u.versi
    """,
    """
    UPDATE pdpb_padananbaris q SET perubahan_id = p.id
    FROM pakai p JOIN {siap} s USING (nomor) JOIN {usul} u USING (nomor)
    WHERE q.batch_id = %(batch)s AND u.lewat IN ('nama', 'pilihan') AND q.perubahan_id IS NULL
      AND q.berkas_urut || ':' || q.baris = coalesce(s.rujukan, s.berkas || ':' || s.baris)
    """,
    """
    INSERT INTO pdpb_riwayatperubahan (perubahan_id, langkah, dari, ke, oleh_id, pada, catatan)
    SELECT id, 'usulkan', '', 'diusulkan', %(oleh)s, now(), %(catatan)s FROM pakai
    """,
    # A supplement row that fails again is no second loss: the row it was to replace goes on waiting.
    """
    INSERT INTO pdpb_barisditolak (batch_id, berkas_urut, baris, dpid, kelurahan_id)
    SELECT %(batch)s, berkas, baris, dpid, kelurahan FROM {siap} s WHERE tolak AND rujukan IS NULL
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO pdpb_barisditolak (batch_id, berkas_urut, baris, dpid, kelurahan_id)
    SELECT %(batch)s, berkas, baris, dpid, kelurahan FROM {siap} s WHERE tolak AND rujukan IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM pdpb_barisditolak d WHERE d.batch_id = %(batch)s AND s.rujukan = d.berkas_urut || ':' || d.baris)
    ON CONFLICT DO NOTHING
    """,
    # By the mark alone: one person may stand in a list with several changes, so a DPID says nothing here.
    """
    UPDATE pdpb_barisditolak d SET diganti_urut = s.berkas, diganti_baris = s.baris FROM {siap} s
    WHERE d.batch_id = %(batch)s AND d.diganti_baris IS NULL AND NOT s.tolak AND s.berkas > d.berkas_urut
      AND s.rujukan = d.berkas_urut || ':' || d.baris
    """,
)


def terapkan_usulan(batch: ImporBatch, berkas: list[BerkasImpor], *, oleh, lapor: Lapor) -> None:
    """Propose every sound row of *batch* as DIUSULKAN in its period; equal documents are recorded once.

    Rows with a fault become ``BarisDitolak`` and go back in the rejects file. Must run under the period lock.
    """
    nama = {
        "siap": skema.siap(batch.pk),
        "usul": skema.usul(batch.pk),
        "elemen_baru": _ELEMEN_BARU,
        "elemen_ubah": elemen_ubah(),
    }
    nilai = {
        "oleh": oleh.pk,
        "periode": batch.periode_id,
        "batch": batch.pk,
        "pengantar": batch.pemetaan.get("bawaan", {}).get("surat_pengantar", ""),
        "catatan": f"Impor {batch.pk}",
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pakai, dokumen")
        for nomor, pernyataan in enumerate(_LANGKAH):
            lapor(10 + nomor * 80 // len(_LANGKAH), 100, "Mencatat usulan")
            cursor.execute(pernyataan.format(**nama), nilai)
