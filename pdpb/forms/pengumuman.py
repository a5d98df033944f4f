"""Forms of the checklist of places where a quarter is announced."""

from django import forms

from kpupalu.kalender.forms import kotak_tanggal
from kpupalu.surat.forms import kotak_berkas
from pdpb.models import Pengumuman


class PasangForm(forms.Form):
    """When it was put up, by whom, and the evidence."""

    tanggal = kotak_tanggal("Dipasang pada")
    nama = forms.CharField(label="Dipasang oleh", max_length=120)
    foto = kotak_berkas("Bukti foto", gambar=True, required=False)
    tautan = forms.URLField(label="Tautan", required=False, max_length=300, assume_scheme="https")
    keterangan = forms.CharField(label="Keterangan", required=False, max_length=200)

    def __init__(self, *args, kanal: str, **kwargs):
        super().__init__(*args, **kwargs)
        if kanal.startswith("papan"):
            del self.fields["tautan"]
            self.fields["foto"].required = True

    @property
    def isi(self) -> dict:
        """As the action takes it."""
        return {nama: nilai for nama, nilai in self.cleaned_data.items() if nilai is not None}


class TurunkanForm(forms.Form):
    """When and by whom it was taken down."""

    tanggal = kotak_tanggal("Diturunkan pada")
    nama = forms.CharField(label="Diturunkan oleh", max_length=120)


class SaringPapanForm(forms.Form):
    """Filters of the checklist."""

    kanal = forms.ChoiceField(label="Kanal", required=False)
    keadaan = forms.ChoiceField(
        label="Keadaan", required=False,
        choices=[("", "Semua"), ("belum", "Belum dipasang"), ("dipasang", "Terpasang"), ("diturunkan", "Diturunkan")],
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kanal"].choices = [("", "Semua kanal"), *Pengumuman.Kanal.choices]
