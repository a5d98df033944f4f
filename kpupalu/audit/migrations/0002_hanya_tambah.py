"""The tables of history take new rows and nothing else.

Statement triggers also stop an UPDATE that would match no row, and TRUNCATE. The owner of the tables could still
disable a trigger: that is what the chain and the checkpoints outside the database are for.
"""

from django.db import migrations

TABEL = ("audit_jejak", "audit_logakses", "audit_matarantai", "audit_segeljejak")

FUNGSI = """
CREATE FUNCTION audit_tolak_ubah() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Tabel % hanya dapat ditambah.', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
"""

PASANG = "".join(
    f"""
CREATE TRIGGER {tabel}_tolak_ubah BEFORE UPDATE OR DELETE ON {tabel}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_tolak_ubah();
CREATE TRIGGER {tabel}_tolak_kosongkan BEFORE TRUNCATE ON {tabel}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_tolak_ubah();
"""
    for tabel in TABEL
)

LEPAS = "".join(
    f"DROP TRIGGER {tabel}_tolak_kosongkan ON {tabel}; DROP TRIGGER {tabel}_tolak_ubah ON {tabel};"
    for tabel in TABEL
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNGSI + PASANG, LEPAS + "DROP FUNCTION audit_tolak_ubah();"),
    ]
