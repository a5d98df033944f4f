"""The filter of rows whose person has to be chosen."""

from django import forms

from pdpb.forms.pemilih import pilihan_kelurahan
from pdpb.models import PadananBaris


class SaringPadananForm(forms.Form):
    """Filter of the queue; an officer who takes one kelurahan filters by it."""

    kelurahan = forms.ChoiceField(label="Kelurahan", required=False)
    status = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[("", "Semua"), ("belum", "Belum diputuskan"), *PadananBaris.Status.choices],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = pilihan_kelurahan("Semua kelurahan", kecamatan=True)
