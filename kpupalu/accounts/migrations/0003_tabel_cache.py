"""Make the table of the database cache, if the settings use one: rate limits and used codes live there."""

from django.core.management import call_command
from django.db import migrations


def buat_tabel(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_draf_isian_kode_pemulihan")]

    operations = [migrations.RunPython(buat_tabel, migrations.RunPython.noop)]
