"""Cells corrected on the page: rows that are only ever added."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PASANG = """
CREATE TRIGGER pdpb_perbaikanbaris_hanya_tambah BEFORE UPDATE OR DELETE ON pdpb_perbaikanbaris
    FOR EACH ROW EXECUTE FUNCTION pdpb_tolak_ubah();
"""
LEPAS = "DROP TRIGGER pdpb_perbaikanbaris_hanya_tambah ON pdpb_perbaikanbaris;"


class Migration(migrations.Migration):
    dependencies = [
        ("pdpb", "0004_kunci_temuan_impor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="PerbaikanBaris",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("berkas_urut", models.PositiveSmallIntegerField()),
                ("baris", models.PositiveIntegerField()),
                ("dari_urut", models.PositiveSmallIntegerField()),
                ("dari_baris", models.PositiveIntegerField()),
                ("kolom", models.SlugField(max_length=20)),
                ("lama", models.TextField(blank=True, verbose_name="tertulis")),
                ("baru", models.TextField(blank=True, verbose_name="menjadi")),
                ("alasan", models.CharField(max_length=240)),
                ("susulan_urut", models.PositiveSmallIntegerField()),
                ("susulan_baris", models.PositiveIntegerField()),
                ("pada", models.DateTimeField(auto_now_add=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="perbaikan", to="pdpb.imporbatch"
                    ),
                ),
                (
                    "oleh",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "perbaikan baris",
                "verbose_name_plural": "perbaikan baris",
                "ordering": ["batch", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("batch"),
                        models.F("dari_urut"),
                        models.F("dari_baris"),
                        models.F("kolom"),
                        name="perbaikan_baris_unik",
                    )
                ],
            },
        ),
        migrations.RunSQL(PASANG, LEPAS),
    ]
