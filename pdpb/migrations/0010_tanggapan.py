"""Reports of citizens, their personal data apart, and the files that came with them."""

import django.db.models.deletion
import kpupalu.lib.waktu
import kpupalu.naskah.models.dokumen
from django.conf import settings
from django.db import migrations, models

# A file that came stays as it came.
PASANG = """
CREATE TRIGGER pdpb_lampirantanggapan_hanya_tambah BEFORE UPDATE OR DELETE ON pdpb_lampirantanggapan
    FOR EACH ROW EXECUTE FUNCTION pdpb_tolak_ubah();
"""
LEPAS = "DROP TRIGGER pdpb_lampirantanggapan_hanya_tambah ON pdpb_lampirantanggapan;"


class Migration(migrations.Migration):

    dependencies = [
        ('pdpb', '0009_rapat_dan_pengumuman'),
        ('wilayah', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Tanggapan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kode', models.CharField(default=kpupalu.naskah.models.dokumen.kode_acak, editable=False, max_length=16, unique=True, verbose_name='kode tiket')),
                ('kunci', models.UUIDField(editable=False, unique=True)),
                ('jenis', models.CharField(choices=[('belum_terdaftar', 'Belum terdaftar sebagai pemilih'), ('data_keliru', 'Data pemilih keliru'), ('meninggal', 'Pemilih meninggal'), ('pindah', 'Pemilih pindah'), ('tni_polri', 'Pemilih menjadi anggota TNI atau Polri'), ('purna', 'Sudah pensiun dari TNI atau Polri'), ('lain', 'Lainnya')], max_length=16)),
                ('kanal', models.CharField(choices=[('web', 'Situs web'), ('loket', 'Loket kantor'), ('surat', 'Surat'), ('whatsapp', 'WhatsApp')], default='web', max_length=8)),
                ('hubungan', models.CharField(choices=[('sendiri', 'Diri saya sendiri'), ('keluarga', 'Keluarga saya'), ('tetangga', 'Tetangga atau orang lain')], max_length=8, verbose_name='hubungan pelapor')),
                ('diterima', models.DateField(default=kpupalu.lib.waktu.hari_ini, verbose_name='tanggal diterima')),
                ('dicatat_pada', models.DateTimeField(auto_now_add=True)),
                ('identitas_diperiksa', models.BooleanField(default=False, verbose_name='identitas pelapor sudah diperiksa')),
                ('status', models.CharField(choices=[('diterima', 'Diterima'), ('perlu_dilengkapi', 'Perlu dilengkapi'), ('diperiksa', 'Lengkap, diperiksa'), ('diusulkan', 'Menjadi usulan'), ('dijawab', 'Dijawab'), ('ditolak', 'Ditolak')], default='diterima', max_length=16)),
                ('kekurangan', models.JSONField(blank=True, default=list)),
                ('alasan_tolak', models.CharField(blank=True, choices=[('dokumen_kurang', 'Dokumen tidak cukup atau tidak dilengkapi'), ('bukan_wewenang', 'Bukan wewenang KPU Kota Palu'), ('tidak_terbukti', 'Tidak terbukti setelah diperiksa'), ('tidak_cocok', 'Tidak ada pemilih yang cocok'), ('laporan_sama', 'Sudah ada laporan yang sama'), ('sudah_sesuai', 'Daftar sudah sesuai')], max_length=16)),
                ('jawaban', models.TextField(blank=True, verbose_name='isi surat jawaban')),
                ('selesai_hari', models.DateField(blank=True, null=True, verbose_name='tanggal jawaban')),
                ('versi', models.PositiveIntegerField(default=1)),
                ('dicatat_oleh', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kelurahan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wilayah.kelurahan')),
                ('pemilih', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.pemilih')),
                ('perubahan', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tanggapan', to='pdpb.perubahan')),
            ],
            options={
                'verbose_name': 'tanggapan masyarakat',
                'verbose_name_plural': 'tanggapan masyarakat',
                'permissions': [('lihat_tanggapan', 'Melihat tanggapan masyarakat (kontak disamarkan)'), ('catat_tanggapan', 'Mencatat tanggapan masyarakat di loket'), ('tangani_tanggapan', 'Memeriksa dan menjawab tanggapan masyarakat')],
            'indexes': [models.Index(models.F('diterima'), models.F('id'), name='tanggapan_urut')], 'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'diusulkan'), _negated=True), ('perubahan__isnull', False), _connector='OR'), name='tanggapan_usulan_lengkap'), models.CheckConstraint(condition=models.Q(models.Q(('selesai_hari__isnull', False), ('status__in', ['dijawab', 'ditolak'])), models.Q(models.Q(('status__in', ['dijawab', 'ditolak']), _negated=True), ('selesai_hari__isnull', True)), _connector='OR'), name='tanggapan_selesai_bertanggal'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'ditolak'), _negated=True), models.Q(('alasan_tolak', ''), _negated=True), _connector='OR'), name='tanggapan_tolak_beralasan')], },
        ),
        migrations.CreateModel(
            name='LampiranTanggapan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('berkas', models.FileField(upload_to='tanggapan/%Y/')),
                ('jenis', models.CharField(max_length=3)),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('ukuran', models.PositiveIntegerField()),
                ('diterima_pada', models.DateTimeField(auto_now_add=True)),
                ('tanggapan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lampiran', to='pdpb.tanggapan')),
            ],
            options={
                'verbose_name': 'lampiran tanggapan',
                'verbose_name_plural': 'lampiran tanggapan',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DataTanggapan',
            fields=[
                ('tanggapan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='data', serialize=False, to='pdpb.tanggapan')),
                ('pelapor_nama', models.CharField(max_length=120, verbose_name='nama pelapor')),
                ('pelapor_telepon', models.CharField(blank=True, max_length=20, verbose_name='nomor telepon pelapor')),
                ('pelapor_surel', models.EmailField(blank=True, max_length=120, verbose_name='surel pelapor')),
                ('orang_nama', models.CharField(db_index=True, max_length=120, verbose_name='nama orang yang dilaporkan')),
                ('orang_tanggal_lahir', models.DateField(blank=True, null=True, verbose_name='tanggal lahir')),
                ('orang_alamat', models.CharField(blank=True, max_length=160, verbose_name='alamat')),
                ('uraian', models.TextField(blank=True, verbose_name='uraian')),
                ('identitas', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.identitas')),
            ],
            options={
                'verbose_name': 'data tanggapan',
                'verbose_name_plural': 'data tanggapan',
            },
        ),
        migrations.RunSQL(PASANG, LEPAS),
    ]
