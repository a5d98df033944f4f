"""The register of lists by name that were given out; what each frozen version counted."""

import django.db.models.deletion
import kpupalu.lib.waktu
import pdpb.models.ekspor
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pdpb', '0002_skema_impor'),
        ('wilayah', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SnapshotPerubahan',
            fields=[
                ('pk', models.CompositePrimaryKey('snapshot', 'perubahan', blank=True, editable=False, primary_key=True, serialize=False)),
                ('perubahan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.perubahan')),
                ('snapshot', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.snapshot')),
                ('versi_baru', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.pendaftaran')),
                ('versi_lama', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.pendaftaran')),
            ],
            options={
                'verbose_name': 'perubahan snapshot',
                'verbose_name_plural': 'perubahan snapshot',
            },
        ),
        migrations.CreateModel(
            name='EksporDaftar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tahun', models.PositiveSmallIntegerField()),
                ('urut', models.PositiveIntegerField()),
                ('jenis', models.CharField(choices=[('pemilih', 'A-KabKo Daftar Pemilih'), ('perubahan', 'A-Daftar Perubahan Pemilih')], max_length=9)),
                ('bentuk', models.CharField(choices=[('publik', 'XLSX, tujuh kolom tanpa NIK dan nomor KK'), ('pdf', 'PDF, 14 kolom'), ('xlsx', 'XLSX, 14 kolom')], default='publik', max_length=6)),
                ('penerima', models.CharField(max_length=160)),
                ('tujuan', models.CharField(max_length=300)),
                ('nik_penuh', models.BooleanField(default=False, verbose_name='NIK dan nomor KK lengkap')),
                ('dasar_hukum', models.CharField(blank=True, max_length=300)),
                ('status', models.CharField(choices=[('menunggu', 'Menunggu persetujuan'), ('disiapkan', 'Disiapkan'), ('siap', 'Siap diunduh'), ('diunduh', 'Sudah diunduh'), ('ditolak', 'Ditolak'), ('berakhir', 'Berakhir')], max_length=9)),
                ('diminta_pada', models.DateTimeField(default=kpupalu.lib.waktu.sekarang)),
                ('diputus_pada', models.DateTimeField(null=True)),
                ('alasan_tolak', models.CharField(blank=True, max_length=300)),
                ('pekerjaan', models.BigIntegerField(editable=False, null=True)),
                ('kode_unduh', models.CharField(default=pdpb.models.ekspor.kode_unduh_baru, editable=False, max_length=40, unique=True)),
                ('berkas', models.CharField(blank=True, editable=False, max_length=80)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('ukuran', models.PositiveBigIntegerField(null=True)),
                ('jumlah_baris', models.PositiveIntegerField(null=True)),
                ('siap_pada', models.DateTimeField(null=True)),
                ('kedaluwarsa_pada', models.DateTimeField(null=True)),
                ('diunduh_pada', models.DateTimeField(null=True)),
                ('diminta_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('diputus_oleh', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kelurahan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='wilayah.kelurahan')),
                ('periode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='pdpb.periode')),
                ('snapshot', models.ForeignKey(help_text='Kosong berarti angka berjalan.', null=True, on_delete=django.db.models.deletion.PROTECT, to='pdpb.snapshot')),
            ],
            options={
                'verbose_name': 'ekspor daftar',
                'verbose_name_plural': 'ekspor daftar',
                'ordering': ['-pk'],
                'permissions': [('lihat_ekspor', 'Melihat buku ekspor daftar bernama'), ('setujui_ekspor', 'Menyetujui ekspor NIK dan nomor KK lengkap')],
                'constraints': [models.UniqueConstraint(models.F('tahun'), models.F('urut'), name='ekspor_nomor_unik'), models.CheckConstraint(condition=models.Q(('diputus_oleh__isnull', True), models.Q(('diputus_oleh', models.F('diminta_oleh')), _negated=True), _connector='OR'), name='ekspor_dua_orang'), models.CheckConstraint(condition=models.Q(('nik_penuh', False), models.Q(('dasar_hukum', ''), _negated=True), _connector='OR'), name='ekspor_nik_berdasar'), models.CheckConstraint(condition=models.Q(('nik_penuh', False), ('diputus_oleh__isnull', False), ('status__in', ['menunggu', 'berakhir']), _connector='OR'), name='ekspor_nik_disetujui')],
            },
        ),
        # Versions frozen before this table existed: those in force count the changes their period has.
        migrations.RunSQL(
            "INSERT INTO pdpb_snapshotperubahan (snapshot_id, perubahan_id, versi_lama_id, versi_baru_id)"
            " SELECT s.id, p.id, p.versi_lama_id, p.versi_baru_id FROM pdpb_snapshot s"
            " JOIN pdpb_perubahan p ON p.periode_id = s.periode_id AND p.status IN ('disetujui', 'ditetapkan')"
            " WHERE NOT s.digantikan",
            migrations.RunSQL.noop,
        ),
    ]
