"""Lists of NIK that another kabupaten/kota reports too (class G5): each row is to be answered, found here or not."""

from django.db import connection

from pdpb.impor import cek, skema
from pdpb.models import ImporBatch


def padankan_lintas(batch: ImporBatch) -> None:
    """Find the open version of each NIK of the list; a NIK not on our roll is a finding and not applied."""
    siap, padan, tambahan = skema.siap(batch.pk), skema.padan(batch.pk), skema.tambahan(batch.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE UNLOGGED TABLE {padan} AS SELECT s.nomor, v.id AS versi, v.pemilih_id AS pemilih,"
            " false AS usulan, true AS aktif, '{}'::text[] AS beda"
            f" FROM {siap} s JOIN pdpb_identitas i ON i.nik = s.nik JOIN pdpb_pendaftaran v ON v.identitas_id = i.id"
            " AND v.akhir IS NULL WHERE s.nik_benar AND NOT s.tolak"
        )
        cursor.execute(
            f"INSERT INTO {tambahan} SELECT s.nomor, {cek.NOMOR['tidak_ada_di_daftar']} FROM {siap} s"
            f" WHERE NOT EXISTS (SELECT 1 FROM {padan} p WHERE p.nomor = s.nomor)"
        )
        cursor.execute(
            f"UPDATE {siap} s SET tolak = true WHERE NOT EXISTS (SELECT 1 FROM {padan} p WHERE p.nomor = s.nomor)"
        )
        cursor.execute(f"DELETE FROM {padan} RETURNING nomor, pemilih")
        baru = cursor.fetchall()
        cursor.execute(f"CREATE UNLOGGED TABLE {skema.usul(batch.pk)} (nomor int, pemilih bigint)")
        cursor.executemany(f"INSERT INTO {skema.usul(batch.pk)} VALUES (%s, %s)", baru)


def terapkan_lintas(batch: ImporBatch) -> None:
    """Open one question for every row of the list; a row whose NIK is not in our list has no voter.

    Of a NIK that stands on two rows of ours the older row is named; the two are a pair to be decided first.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pdpb_jawabanlintas (batch_id, berkas_urut, baris, pemilih_id, status, jawaban, alasan)"
            " SELECT %s, s.berkas, s.baris, min(u.pemilih), 'menunggu', '', ''"
            f" FROM {skema.siap(batch.pk)} s LEFT JOIN {skema.usul(batch.pk)} u ON u.nomor = s.nomor"
            " GROUP BY s.berkas, s.baris ON CONFLICT DO NOTHING",
            [batch.pk],
        )
