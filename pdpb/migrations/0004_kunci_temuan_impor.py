"""Findings of an import no longer look their batch up row by row."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pdpb", "0003_hanya_tambah")]
    operations = [
        migrations.AlterField(
            model_name="temuanimpor",
            name="batch",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="temuan",
                to="pdpb.imporbatch",
            ),
        ),
    ]
