"""The note of a signer who did not sign becomes a document of its own; it is shown to the public, not given out."""

from django.db import migrations, models

CATATAN = "catatan-penandatanganan"
TEMPLATE = "naskah/catatan_penandatanganan.html"


def cetak_catatan(apps, schema_editor):
    """The kind that only drew numbers so far gets its template; one that an admin gave a template keeps it."""
    jenis = apps.get_model("naskah", "JenisNaskah").objects.filter(kode=CATATAN)
    jenis.filter(template="").update(template=TEMPLATE)
    jenis.update(unduh_publik=False)


def hanya_nomor(apps, schema_editor):
    """Back to a kind that only draws numbers."""
    apps.get_model("naskah", "JenisNaskah").objects.filter(kode=CATATAN, template=TEMPLATE).update(template="")


class Migration(migrations.Migration):
    dependencies = [("naskah", "0002_naskah_beku")]
    operations = [
        migrations.AlterModelOptions(
            name="bukuagenda",
            options={
                "ordering": ["kode", "-tahun"],
                "permissions": [("ketik_nomor", "Mengetik sendiri nomor naskah")],
                "verbose_name": "buku agenda",
                "verbose_name_plural": "buku agenda",
            },
        ),
        migrations.AddField(
            model_name="jenisnaskah",
            name="unduh_publik",
            field=models.BooleanField(
                default=True,
                help_text="Bila tidak, halaman verifikasi hanya menyebut dan membandingkan berkas, tanpa memberikannya.",
                verbose_name="dapat diunduh publik",
            ),
        ),
        migrations.RunPython(cetak_catatan, hanya_nomor),
    ]
