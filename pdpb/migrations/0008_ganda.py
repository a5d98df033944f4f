"""Pairs of rows that may be one person, their decisions, and the answers to lists of other areas.

Open findings about such pairs are closed: each pair is decided in one place from here on.
"""

import django.db.models.deletion
import kpupalu.lib.waktu
from django.conf import settings
from django.db import migrations, models

# One place decides a NIK that stands twice: the pair. What stood open among the findings goes there.
TUTUP_TEMUAN = """
UPDATE pdpb_temuan SET status = 'selesai', keputusan = 'Diputuskan lewat Data ganda.', diputus_pada = now()
WHERE status = 'terbuka' AND kode IN ('nik_ganda', 'nik_sama_orang_beda', 'nik_sudah_aktif', 'orang_sama_nik_beda')
"""
PASANG = (
    "CREATE TRIGGER pdpb_riwayatganda_hanya_tambah BEFORE UPDATE OR DELETE ON pdpb_riwayatganda"
    " FOR EACH ROW EXECUTE FUNCTION pdpb_tolak_ubah();"
)
LEPAS = "DROP TRIGGER pdpb_riwayatganda_hanya_tambah ON pdpb_riwayatganda;"


class Migration(migrations.Migration):

    dependencies = [
        ('pdpb', '0007_statistik_ganda'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PasanganGanda',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kelas', models.CharField(choices=[('G1', 'G1 – NIK, nama, dan tanggal lahir sama'), ('G2', 'G2 – NIK sama, orangnya tampak berbeda'), ('G3', 'G3 – orangnya tampak sama, NIK berbeda'), ('G4', 'G4 – mirip'), ('G6', 'G6 – TPS reguler dan lokasi khusus')], max_length=2)),
                ('tingkat', models.PositiveSmallIntegerField(choices=[(1, 'Pasti'), (2, 'Kuat'), (3, 'Mungkin')])),
                ('alasan', models.JSONField(default=list, help_text='Kalimat yang menjelaskan mengapa keduanya dibandingkan.')),
                ('status', models.CharField(choices=[('menunggu', 'Menunggu putusan'), ('diusulkan', 'Menunggu konfirmasi'), ('dikonfirmasi', 'Dikonfirmasi'), ('selesai', 'Selesai'), ('ditutup', 'Tidak berlaku lagi')], default='menunggu', max_length=12)),
                ('putusan', models.CharField(blank=True, choices=[('sama', 'Sama orang'), ('beda', 'Orang berbeda'), ('lapangan', 'Perlu cek lapangan'), ('dukcapil', 'Menunggu Disdukcapil')], max_length=8)),
                ('alasan_putusan', models.CharField(blank=True, max_length=240, verbose_name='alasan putusan')),
                ('diusulkan_pada', models.DateTimeField(blank=True, null=True)),
                ('dikonfirmasi_pada', models.DateTimeField(blank=True, null=True)),
                ('ditutup_karena', models.CharField(blank=True, max_length=240)),
                ('ditemukan_pada', models.DateTimeField(default=kpupalu.lib.waktu.sekarang)),
                ('a', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.pemilih')),
                ('b', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.pemilih')),
                ('bertahan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.pemilih')),
                ('bukti', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.bukti')),
                ('pengonfirmasi', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pengusul', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('periode', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.periode')),
                ('perubahan', models.ForeignKey(blank=True, help_text='Usulan TMS yang lahir dari putusan “sama orang”.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.perubahan')),
                ('versi_a', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.pendaftaran')),
                ('versi_b', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.pendaftaran')),
            ],
            options={
                'verbose_name': 'pasangan ganda',
                'verbose_name_plural': 'pasangan ganda',
                'permissions': [('cari_ganda', 'Mencari data ganda di seluruh daftar'), ('putuskan_ganda', 'Mengusulkan putusan data ganda'), ('konfirmasi_ganda', 'Mengonfirmasi putusan data ganda orang lain')],
            'indexes': [models.Index(models.F('status'), models.F('tingkat'), models.F('id'), name='ganda_antrean')], 'constraints': [models.UniqueConstraint(models.F('a'), models.F('b'), name='ganda_satu_pasangan'), models.CheckConstraint(condition=models.Q(('a__lt', models.F('b'))), name='ganda_urut'), models.CheckConstraint(condition=models.Q(('pengonfirmasi__isnull', True), models.Q(('pengonfirmasi', models.F('pengusul')), _negated=True), _connector='OR'), name='ganda_dua_orang'), models.CheckConstraint(condition=models.Q(('status__in', ['menunggu', 'ditutup']), models.Q(('bukti__isnull', False), ('pengusul__isnull', False), ('periode__isnull', False), models.Q(('putusan', ''), _negated=True)), _connector='OR'), name='ganda_diputus_lengkap'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['dikonfirmasi', 'selesai']), _negated=True), ('pengonfirmasi__isnull', False), _connector='OR'), name='ganda_dikonfirmasi_lengkap'), models.CheckConstraint(condition=models.Q(models.Q(('bertahan__isnull', True), models.Q(('putusan', 'sama'), _negated=True)), models.Q(('putusan', 'sama'), models.Q(('bertahan', models.F('a')), ('bertahan', models.F('b')), _connector='OR')), _connector='OR'), name='ganda_bertahan_satu_dari_dua')], },
        ),
        migrations.CreateModel(
            name='RiwayatGanda',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('langkah', models.CharField(max_length=20)),
                ('dari', models.CharField(blank=True, choices=[('menunggu', 'Menunggu putusan'), ('diusulkan', 'Menunggu konfirmasi'), ('dikonfirmasi', 'Dikonfirmasi'), ('selesai', 'Selesai'), ('ditutup', 'Tidak berlaku lagi')], max_length=12)),
                ('ke', models.CharField(choices=[('menunggu', 'Menunggu putusan'), ('diusulkan', 'Menunggu konfirmasi'), ('dikonfirmasi', 'Dikonfirmasi'), ('selesai', 'Selesai'), ('ditutup', 'Tidak berlaku lagi')], max_length=12)),
                ('putusan', models.CharField(blank=True, choices=[('sama', 'Sama orang'), ('beda', 'Orang berbeda'), ('lapangan', 'Perlu cek lapangan'), ('dukcapil', 'Menunggu Disdukcapil')], max_length=8)),
                ('alasan', models.CharField(blank=True, max_length=240)),
                ('pada', models.DateTimeField(default=kpupalu.lib.waktu.sekarang)),
                ('bertahan', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.pemilih')),
                ('bukti', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.bukti')),
                ('oleh', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pasangan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='pdpb.pasanganganda')),
                ('versi_a', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.pendaftaran')),
                ('versi_b', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.pendaftaran')),
            ],
            options={
                'verbose_name': 'riwayat pasangan ganda',
                'verbose_name_plural': 'riwayat pasangan ganda',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='JawabanLintas',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('berkas_urut', models.PositiveSmallIntegerField()),
                ('baris', models.PositiveIntegerField()),
                ('status', models.CharField(choices=[('menunggu', 'Menunggu jawaban'), ('diusulkan', 'Menunggu konfirmasi'), ('selesai', 'Terjawab')], default='menunggu', max_length=9)),
                ('jawaban', models.CharField(blank=True, choices=[('tetap', 'Tetap di Kota Palu'), ('pindah', 'Dikeluarkan di sini: pindah domisili'), ('ganda', 'Dikeluarkan di sini: ganda'), ('tidak_ada', 'Tidak ditemukan di Kota Palu')], max_length=9)),
                ('alasan', models.CharField(blank=True, max_length=240)),
                ('diusulkan_pada', models.DateTimeField(null=True)),
                ('dikonfirmasi_pada', models.DateTimeField(null=True)),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='jawaban_lintas', to='pdpb.imporbatch')),
                ('bukti', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.bukti')),
                ('pemilih', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.pemilih')),
                ('pengonfirmasi', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pengusul', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('perubahan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.perubahan')),
            ],
            options={
                'verbose_name': 'jawaban lintas daerah',
                'verbose_name_plural': 'jawaban lintas daerah',
                'ordering': ['batch', 'berkas_urut', 'baris'],
                'constraints': [models.UniqueConstraint(models.F('batch'), models.F('berkas_urut'), models.F('baris'), name='lintas_baris_unik'), models.CheckConstraint(condition=models.Q(('pengonfirmasi__isnull', True), models.Q(('pengonfirmasi', models.F('pengusul')), _negated=True), _connector='OR'), name='lintas_dua_orang'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'selesai'), _negated=True), models.Q(('pengonfirmasi__isnull', False), models.Q(('jawaban', ''), _negated=True)), _connector='OR'), name='lintas_terjawab_lengkap'), models.CheckConstraint(condition=models.Q(('jawaban', ''), models.Q(('jawaban', 'tidak_ada'), ('pemilih__isnull', True)), models.Q(('pemilih__isnull', False), models.Q(('jawaban', 'tidak_ada'), _negated=True)), _connector='OR'), name='lintas_sesuai_padanan')],
            },
        ),
        migrations.RunSQL(PASANG, LEPAS),
        migrations.RunSQL(TUTUP_TEMUAN, migrations.RunSQL.noop),
    ]
