"""What a search for duplicates needs: an index on the birth dates of open versions, and a table of counts."""

from django.db import migrations, models

from pdpb.ganda import statistik


class Migration(migrations.Migration):
    dependencies = [("pdpb", "0006_ekspor_wilayah")]
    operations = [
        migrations.RunSQL(statistik.BUAT, statistik.HAPUS),
        migrations.AddIndex(
            model_name="pendaftaran",
            index=models.Index(
                models.F("tanggal_lahir"),
                condition=models.Q(("akhir__isnull", True)),
                name="aktif_per_tanggal_lahir",
            ),
        ),
    ]
