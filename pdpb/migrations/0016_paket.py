"""The register of packages of closed quarters."""


import django.db.models.deletion
import kpupalu.lib.waktu
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pdpb', '0015_saran_dan_sidalih'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PaketPeriode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('urut', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('disusun', 'Disusun'), ('siap', 'Siap diunduh'), ('dihapus', 'Berkas dihapus')], default='disusun', max_length=8)),
                ('diminta_pada', models.DateTimeField(default=kpupalu.lib.waktu.sekarang)),
                ('pekerjaan', models.BigIntegerField(editable=False, null=True)),
                ('berkas', models.CharField(blank=True, editable=False, max_length=80)),
                ('ukuran', models.PositiveBigIntegerField(null=True)),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='sidik berkas')),
                ('sidik_manifes', models.CharField(blank=True, db_index=True, max_length=64, verbose_name='sidik manifes')),
                ('jumlah_berkas', models.PositiveIntegerField(null=True)),
                ('kurang', models.JSONField(default=list, verbose_name='yang tidak ada')),
                ('siap_pada', models.DateTimeField(null=True)),
                ('dihapus_pada', models.DateTimeField(null=True)),
                ('diminta_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('periode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paket', to='pdpb.periode')),
            ],
            options={
                'verbose_name': 'paket periode',
                'verbose_name_plural': 'paket periode',
                'ordering': ['periode', '-urut'],
                'permissions': [('lihat_paket', 'Melihat dan mengunduh paket triwulan'), ('susun_paket', 'Menyusun paket triwulan')],
                'constraints': [models.UniqueConstraint(models.F('periode'), models.F('urut'), name='paket_nomor_unik'), models.UniqueConstraint(models.F('periode'), condition=models.Q(('status', 'disusun')), name='paket_satu_disusun'), models.CheckConstraint(condition=models.Q(('status', 'disusun'), models.Q(('siap_pada__isnull', False), ('ukuran__isnull', False), models.Q(('berkas', ''), _negated=True), models.Q(('sidik_manifes', ''), _negated=True)), _connector='OR'), name='paket_siap_bersidik')],
            },
        ),
    ]
