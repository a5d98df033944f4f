"""Functions and tables that the import uses beside the models."""

from django.db import migrations

from pdpb.impor import skema


class Migration(migrations.Migration):
    dependencies = [("pdpb", "0001_initial")]
    operations = [migrations.RunSQL(skema.BUAT, skema.HAPUS)]
