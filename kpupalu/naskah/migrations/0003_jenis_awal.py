"""The one kind of document the kernel itself numbers: the note that somebody did not sign."""

from datetime import date

from django.db import migrations

KODE = "catatan-penandatanganan"


def isi(apps, schema_editor):
    apps.get_model("naskah", "JenisNaskah").objects.get_or_create(
        kode=KODE,
        berlaku_mulai=date(2025, 1, 1),
        defaults={
            "nama": "Catatan penandatanganan",
            "klasifikasi": "PL.01.2",
            "pola": "{nomor}/{klasifikasi}-CP/{satker}/{tahun}",
            "buku": KODE,
            "dasar": "Asumsi kantor: belum ada aturan KPU tentang bentuk catatan ini.",
        },
    )


def hapus(apps, schema_editor):
    apps.get_model("naskah", "JenisNaskah").objects.filter(kode=KODE).delete()


class Migration(migrations.Migration):
    dependencies = [("naskah", "0002_naskah_beku")]
    operations = [migrations.RunPython(isi, hapus)]
