"""Counts of what is limited per person, and when a limit was reached."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_hanya_tambah'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pemakaian',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batas', models.SlugField(db_index=False, max_length=60, verbose_name='batas')),
                ('jendela', models.DateTimeField(verbose_name='sejak')),
                ('jumlah', models.PositiveIntegerField(verbose_name='jumlah')),
                ('dilampaui_pada', models.DateTimeField(null=True, verbose_name='dilampaui pada')),
                ('keterangan', models.CharField(blank=True, max_length=240, verbose_name='batas saat itu')),
                ('pengguna', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pengguna')),
            ],
            options={
                'verbose_name': 'pemakaian terbatas',
                'verbose_name_plural': 'pemakaian terbatas',
                'ordering': ['-dilampaui_pada', '-pk'],
                'default_permissions': (),
                'indexes': [models.Index(models.F('dilampaui_pada'), condition=models.Q(('dilampaui_pada__isnull', False)), name='pemakaian_dilampaui')],
                'constraints': [models.UniqueConstraint(models.F('pengguna'), models.F('batas'), models.F('jendela'), name='pemakaian_unik')],
            },
        ),
    ]
