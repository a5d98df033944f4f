"""The office's targets say in which days they are counted: what was *hari* has always meant every day."""

from django.db import migrations

KODE = ["target_jawab_tanggapan", "target_jawab_saran", "target_dokumen_kematian"]


def _ganti(dari, ke):
    def jalankan(apps, schema_editor):
        apps.get_model("aturan", "Aturan").objects.filter(kode__in=KODE, satuan=dari).update(satuan=ke)

    return jalankan


class Migration(migrations.Migration):
    dependencies = [("pdpb", "0017_ppk"), ("aturan", "0001_initial")]
    operations = [migrations.RunPython(_ganti("hari", "hari kalender"), _ganti("hari kalender", "hari"))]
