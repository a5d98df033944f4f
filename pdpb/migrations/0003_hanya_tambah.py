"""The steps of changes and the rows of frozen versions take new rows and nothing else, whoever asks."""

from django.db import migrations

TABEL = ("pdpb_riwayatperubahan", "pdpb_snapshotbaris")

FUNGSI = """
CREATE FUNCTION pdpb_tolak_ubah() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Tabel % hanya dapat ditambah.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
PASANG = "".join(
    f"CREATE TRIGGER {tabel}_hanya_tambah BEFORE UPDATE OR DELETE ON {tabel}"
    " FOR EACH ROW EXECUTE FUNCTION pdpb_tolak_ubah();\n"
    for tabel in TABEL
)
LEPAS = "".join(f"DROP TRIGGER {tabel}_hanya_tambah ON {tabel};\n" for tabel in TABEL)


class Migration(migrations.Migration):
    dependencies = [("pdpb", "0002_skema_impor")]
    operations = [migrations.RunSQL(FUNGSI + PASANG, LEPAS + "DROP FUNCTION pdpb_tolak_ubah();")]
