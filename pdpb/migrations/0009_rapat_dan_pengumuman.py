"""Remarks move from the period to its pleno, the one place where a meeting is recorded; places of announcement."""

from datetime import time

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kpupalu.lib.waktu

LABEL = "pdpb.periode"


def ke_rapat(apps, schema_editor):
    """Each period with remarks gets its pleno, with the commissioners of that day and the remarks in their order."""
    Periode, Snapshot = apps.get_model("pdpb", "Periode"), apps.get_model("pdpb", "Snapshot")
    Rapat, Masukan = apps.get_model("rapat", "Rapat"), apps.get_model("rapat", "Masukan")
    User = apps.get_model("accounts", "User")
    for periode in Periode.objects.exclude(masukan=[]):
        snapshot = Snapshot.objects.filter(periode=periode).order_by("pk").first()
        oleh = snapshot.dibekukan_oleh_id if snapshot else User.objects.order_by("pk").values_list("pk", flat=True)[0]
        tanggal = periode.tanggal_pleno or periode.akhir
        anggota = _anggota(apps, tanggal)
        rapat = Rapat.objects.filter(subjek_label=LABEL, subjek_id=periode.kode, jenis="pleno").exclude(
            status="dibatalkan"
        ).first() or _pleno(apps, periode, tanggal, anggota, oleh)
        for m in periode.masukan:
            isi = {"lembaga": m.get("lembaga", "")[:160], "isi": m.get("isi", ""), "jawaban": m.get("jawaban", "")}
            if not rapat.masukan.filter(dicabut=False, **isi).exists():
                Masukan.objects.create(rapat=rapat, **isi)


def _pleno(apps, periode, tanggal, anggota, oleh):
    rapat = apps.get_model("rapat", "Rapat").objects.create(
        jenis="pleno",
        judul=f"Rapat pleno terbuka rekapitulasi pemutakhiran data pemilih berkelanjutan {periode.kode}",
        tanggal=tanggal,
        mulai=time(9, 0),
        tempat=periode.tempat_pleno or "Kantor KPU Kota Palu",
        acara="Rekapitulasi pemutakhiran data pemilih berkelanjutan",
        pimpinan_id=anggota[0].pegawai_id if anggota else None,
        subjek_label=LABEL,
        subjek_id=periode.kode,
        status="berlangsung",
        dibuat_oleh_id=oleh,
    )
    for urut, masa in enumerate(anggota, start=1):
        apps.get_model("rapat", "KehadiranAnggota").objects.create(
            rapat=rapat, pegawai_id=masa.pegawai_id, urut=urut, jabatan=masa.jabatan.capitalize()
        )
    return rapat


def _anggota(apps, tanggal):
    baris = apps.get_model("organisasi", "MasaJabatan").objects.filter(
        models.Q(akhir=None) | models.Q(akhir__gte=tanggal), mulai__lte=tanggal, jabatan__in=["ketua", "anggota"]
    )
    return sorted(baris, key=lambda m: (m.jabatan != "ketua", m.urutan, m.pk))


def ke_periode(apps, schema_editor):
    """The remarks of each living pleno stand in its period again; the meeting stays as it is."""
    Rapat = apps.get_model("rapat", "Rapat")
    for rapat in Rapat.objects.filter(subjek_label=LABEL, jenis="pleno").exclude(status="dibatalkan"):
        masukan = [
            {"lembaga": m.lembaga, "isi": m.isi, "jawaban": m.jawaban}
            for m in rapat.masukan.filter(dicabut=False).order_by("pk")
        ]
        apps.get_model("pdpb", "Periode").objects.filter(pk=rapat.subjek_id).update(masukan=masukan)


class Migration(migrations.Migration):
    dependencies = [
        ("pdpb", "0008_ganda"),
        ("rapat", "0001_initial"),
        ("imports", "0001_initial"),
        ("wilayah", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(ke_rapat, ke_periode),
        migrations.RemoveField(model_name="periode", name="masukan"),
        migrations.CreateModel(
            name='Pengumuman',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kanal', models.CharField(choices=[('laman', 'Laman KPU Kota Palu'), ('papan_kpu', 'Papan pengumuman KPU'), ('papan_kecamatan', 'Papan pengumuman kecamatan'), ('papan_kelurahan', 'Papan pengumuman kelurahan'), ('media_sosial', 'Media sosial'), ('lain', 'Media lain')], max_length=16, verbose_name='kanal')),
                ('tautan', models.URLField(blank=True, max_length=300, verbose_name='tautan')),
                ('keterangan', models.CharField(blank=True, max_length=200, verbose_name='keterangan')),
                ('dipasang_pada', models.DateField(verbose_name='dipasang pada')),
                ('dipasang_oleh', models.CharField(max_length=120, verbose_name='dipasang oleh')),
                ('diturunkan_pada', models.DateField(blank=True, null=True, verbose_name='diturunkan pada')),
                ('diturunkan_oleh', models.CharField(blank=True, max_length=120, verbose_name='diturunkan oleh')),
                ('dicatat_pada', models.DateTimeField(default=kpupalu.lib.waktu.sekarang, verbose_name='dicatat pada')),
                ('dicatat_oleh', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('foto', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='imports.berkasmasuk', verbose_name='bukti foto')),
                ('kecamatan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='wilayah.kecamatan')),
                ('kelurahan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='wilayah.kelurahan')),
                ('periode', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pengumuman', to='pdpb.periode')),
            ],
            options={
                'verbose_name': 'tempat pengumuman',
                'verbose_name_plural': 'tempat pengumuman',
                'ordering': ['kanal', 'kecamatan', 'kelurahan'],
                'permissions': [('catat_pengumuman', 'Mencatat tempat pengumuman dan buktinya')],
                'constraints': [models.UniqueConstraint(models.F('periode'), models.F('kanal'), models.F('kecamatan'), models.F('kelurahan'), name='pengumuman_satu_per_tempat', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('diturunkan_pada', None), ('diturunkan_pada__gte', models.F('dipasang_pada')), _connector='OR'), name='pengumuman_turun_sesudah_pasang'), models.CheckConstraint(condition=models.Q(models.Q(('kanal', 'papan_kecamatan'), ('kecamatan__isnull', False), ('kelurahan', None)), models.Q(('kanal', 'papan_kelurahan'), ('kecamatan', None), ('kelurahan__isnull', False)), models.Q(models.Q(('kanal__in', ['papan_kecamatan', 'papan_kelurahan']), _negated=True), ('kecamatan', None), ('kelurahan', None)), _connector='OR'), name='pengumuman_tempat_sesuai_kanal'), models.CheckConstraint(condition=models.Q(('foto__isnull', False), models.Q(('tautan', ''), _negated=True), _connector='OR'), name='pengumuman_berbukti')],
            },
        ),
    ]
