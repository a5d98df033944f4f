"""The digest tree of a frozen roll and the register of proofs; both take new rows and nothing else."""

import django.contrib.postgres.fields
import django.db.models.deletion
import kpupalu.lib.waktu
from django.conf import settings
from django.db import migrations, models

TABEL = ("pdpb_pohonsimpul", "pdpb_pemberianbukti")
PASANG = "".join(
    f"CREATE TRIGGER {tabel}_hanya_tambah BEFORE UPDATE OR DELETE ON {tabel}"
    " FOR EACH ROW EXECUTE FUNCTION pdpb_tolak_ubah();\n"
    for tabel in TABEL
)
LEPAS = "".join(f"DROP TRIGGER {tabel}_hanya_tambah ON {tabel};\n" for tabel in TABEL)
# Digests do not compress; trying to costs time in every freeze.
SIMPAN = "ALTER TABLE pdpb_pohonsimpul ALTER COLUMN isi SET STORAGE EXTERNAL"


class Migration(migrations.Migration):

    dependencies = [
        ('pdpb', '0011_mesin_waktu_mutu'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='snapshot',
            name='akar',
            field=models.CharField(blank=True, help_text='Kosong pada periode yang dibekukan sebelum ada pohon.', max_length=64, verbose_name='akar pohon'),
        ),
        migrations.CreateModel(
            name='PemberianBukti',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tahun', models.PositiveSmallIntegerField()),
                ('urut', models.PositiveIntegerField()),
                ('medan', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), help_text='Bidang yang dibuka; bidang lain tetap tertutup.', size=None)),
                ('pengenal', models.CharField(choices=[('ktp', 'KTP-el'), ('ikd', 'Identitas Kependudukan Digital'), ('biodata', 'Biodata penduduk atau surat keterangan perekaman'), ('lain', 'Dokumen lain berfoto dari instansi pemerintah')], max_length=8, verbose_name='dokumen yang diperiksa')),
                ('sha256', models.CharField(max_length=64)),
                ('diberikan_pada', models.DateTimeField(default=kpupalu.lib.waktu.sekarang)),
                ('diberikan_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pendaftaran', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.pendaftaran')),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pdpb.snapshot')),
            ],
            options={
                'verbose_name': 'pemberian bukti',
                'verbose_name_plural': 'pemberian bukti',
                'ordering': ['-pk'],
                'permissions': [('beri_bukti', 'Memberi bukti terdaftar kepada pemilih')],
                'constraints': [models.UniqueConstraint(models.F('tahun'), models.F('urut'), name='bukti_nomor_unik')],
            },
        ),
        migrations.CreateModel(
            name='PohonSimpul',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tingkat', models.PositiveSmallIntegerField()),
                ('isi', models.BinaryField()),
                ('snapshot', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='simpul', to='pdpb.snapshot')),
            ],
            options={
                'verbose_name': 'simpul pohon',
                'verbose_name_plural': 'simpul pohon',
                'ordering': ['snapshot', 'tingkat'],
                'constraints': [models.UniqueConstraint(models.F('snapshot'), models.F('tingkat'), name='pohon_tingkat_unik')],
            },
        ),
        migrations.AlterField(
            model_name='ekspordaftar',
            name='bentuk',
            field=models.CharField(choices=[('publik', 'XLSX, tujuh kolom tanpa NIK dan nomor KK'), ('bukti', 'XLSX, tujuh kolom beserta berkas bukti dari data beku'), ('pdf', 'PDF, 14 kolom'), ('xlsx', 'XLSX, 14 kolom'), ('beda', 'XLSX selisih, tanpa NIK dan nomor KK')], default='publik', max_length=6),
        ),
        migrations.RunSQL(SIMPAN, migrations.RunSQL.noop),
        migrations.RunSQL(PASANG, LEPAS),
    ]
