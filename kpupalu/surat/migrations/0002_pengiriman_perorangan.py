"""A document may also be delivered to a person whom the letter names, not only to a partner."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_initial'),
        ('naskah', '0003_catatan_dan_nomor_ketik'),
        ('surat', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='pengiriman',
            name='nama',
            field=models.CharField(blank=True, max_length=200, verbose_name='penerima yang bukan instansi'),
        ),
        migrations.AlterField(
            model_name='pengiriman',
            name='instansi',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pengiriman', to='surat.instansi'),
        ),
        migrations.AddConstraint(
            model_name='pengiriman',
            constraint=models.UniqueConstraint(condition=models.Q(('dibatalkan', False), models.Q(('nama', ''), _negated=True)), fields=('naskah', 'nama'), name='pengiriman_sekali_per_nama'),
        ),
        migrations.AddConstraint(
            model_name='pengiriman',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('instansi__isnull', False), ('nama', '')), models.Q(('instansi', None), models.Q(('nama', ''), _negated=True)), _connector='OR'), name='pengiriman_satu_tujuan'),
        ),
    ]
