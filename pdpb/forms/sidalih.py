"""Forms beside SIDALIH: a file that came from it, what its screen showed, and filters."""

from django import forms

from pdpb.actions.sidalih import MANUAL
from pdpb.forms.pemilih import pilihan_kelurahan
from pdpb.models import BarisSidalih, BerkasSidalih, LembarSidalih

H = BarisSidalih.Hasil


class BerkasForm(forms.Form):
    """A file downloaded from SIDALIH."""

    jenis = forms.ChoiceField(label="Isi berkas", choices=BerkasSidalih.Jenis.choices, widget=forms.RadioSelect)
    berkas = forms.FileField(label="Berkas SIDALIH", help_text="CSV dengan pemisah # seperti dari SIDALIH, atau XLSX.")


class UnggahForm(forms.Form):
    """That a sheet was uploaded, and how it went."""

    catatan = forms.CharField(
        label="Catatan", required=False, max_length=240, help_text="Misalnya: SIDALIH lambat, diulang dua kali."
    )


class SaringLembarForm(forms.Form):
    """Filter of the sheets of one period."""

    periode = forms.CharField(required=False, widget=forms.HiddenInput)
    status = forms.ChoiceField(label="Keadaan", required=False, choices=[("", "Semua"), *LembarSidalih.Status.choices])
    kelurahan = forms.ChoiceField(label="Kelurahan", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = pilihan_kelurahan("Semua kelurahan")


class SaringBarisForm(forms.Form):
    """Filter of the rows; ``batal`` are rows uploaded whose change was taken back here."""

    hasil = forms.ChoiceField(
        label="Hasil",
        required=False,
        choices=[("", "Semua"), *H.choices, ("batal", "Dibatalkan atau diganti sesudah diunggah")],
    )
    kelurahan = forms.ChoiceField(label="Kelurahan", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = pilihan_kelurahan("Semua kelurahan")


class HasilForm(forms.Form):
    """What SIDALIH showed on its screen for the ticked rows, or sending them once more."""

    tindakan = forms.ChoiceField(
        label="Tindakan untuk baris yang dicentang",
        choices=[*((h.value, f"Catat: {h.label}") for h in MANUAL), ("ulang", "Siapkan untuk dikirim ulang")],
    )
    pesan = forms.CharField(
        label="Pesan SIDALIH", required=False, max_length=240, help_text="Wajib bila ditolak: salin pesan di layarnya."
    )
