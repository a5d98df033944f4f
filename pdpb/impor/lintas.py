"""Lists of NIK that another kabupaten/kota reports too (class G5): each hit opens a question on our voter."""

from django.db import connection

from pdpb.impor import cek, skema
from pdpb.models import ImporBatch

KODE = "ganda_lintas_daerah"
PESAN = (
    "NIK ini dilaporkan juga terdaftar di kabupaten/kota lain. Yang berlaku adalah alamat KTP-el terakhir; periksa "
    "lewat Disdukcapil."
)


def padankan_lintas(batch: ImporBatch) -> None:
    """Find the open version of each NIK of the list; a NIK not on our roll is a finding and not applied."""
    siap, padan, tambahan = skema.siap(batch.pk), skema.padan(batch.pk), skema.tambahan(batch.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE UNLOGGED TABLE {padan} AS SELECT s.nomor, v.id AS versi, v.pemilih_id AS pemilih,"
            " EXISTS (SELECT 1 FROM pdpb_temuan t WHERE t.pemilih_id = v.pemilih_id AND t.kode = %s"
            " AND t.status = 'terbuka') AS usulan, true AS aktif, '{}'::text[] AS beda"
            f" FROM {siap} s JOIN pdpb_identitas i ON i.nik = s.nik JOIN pdpb_pendaftaran v ON v.identitas_id = i.id"
            " AND v.akhir IS NULL WHERE s.nik_benar AND NOT s.tolak",
            [KODE],
        )
        cursor.execute(
            f"INSERT INTO {tambahan} SELECT s.nomor, {cek.NOMOR['tidak_ada_di_daftar']} FROM {siap} s"
            f" WHERE NOT EXISTS (SELECT 1 FROM {padan} p WHERE p.nomor = s.nomor)"
        )
        cursor.execute(
            f"UPDATE {siap} s SET tolak = true WHERE NOT EXISTS (SELECT 1 FROM {padan} p WHERE p.nomor = s.nomor)"
        )
        cursor.execute(f"DELETE FROM {padan} WHERE NOT usulan RETURNING nomor, pemilih")
        baru = cursor.fetchall()
        cursor.execute(f"CREATE UNLOGGED TABLE {skema.usul(batch.pk)} (nomor int, pemilih bigint)")
        cursor.executemany(f"INSERT INTO {skema.usul(batch.pk)} VALUES (%s, %s)", baru)


def terapkan_lintas(batch: ImporBatch) -> None:
    """Open one question per voter that the list names and that has none open yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pdpb_temuan (pemilih_id, kode, tingkat, pesan, status, batch_id, keputusan)"
            f" SELECT DISTINCT pemilih, %s, 'Peringatan', %s, 'terbuka', %s::bigint, '' FROM {skema.usul(batch.pk)}",
            [KODE, PESAN, batch.pk],
        )
