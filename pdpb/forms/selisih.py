"""The form of the selisih doctor: a recap pasted or uploaded, as JSON or as a table."""

from django import forms

from kpupalu.imports.batas import MB
from kpupalu.lib import Refused
from pdpb import selisih
from pdpb.forms.impor import BerkasField

MAKS_TEMPEL = 2 * MB
MAKS_BANYAK = 12


class BerkasBolehKosong(BerkasField):
    """Several files, or none: the cleaned value is a list."""

    def clean(self, data, initial=None):
        return super().clean(data, initial) if data else []


class RekapForm(forms.Form):
    """What is to be examined; ``dokumen`` holds the recaps with their names once the form is valid."""

    rekap = forms.CharField(
        label="Tempel rekap",
        required=False,
        max_length=MAKS_TEMPEL,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text="Tabel yang disalin dari Excel beserta judul kolomnya (Wilayah, L, P, Jumlah), atau JSON.",
    )
    berkas = BerkasBolehKosong(
        label="Atau unggah berkas JSON",
        required=False,
        help_text="Boleh beberapa triwulan sekaligus; rekap yang berurutan juga saling dicocokkan.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.dokumen: list[tuple[str, selisih.Dokumen]] = []

    def clean_rekap(self):
        teks = self.cleaned_data["rekap"].strip("\r\n\ufeff ")
        if teks:
            self._tambah("Rekap yang ditempel", teks, selisih.baca if teks[0] in "{[" else selisih.baca_tabel)
        return teks

    def clean_berkas(self):
        semua = self.cleaned_data["berkas"]
        if len(semua) > MAKS_BANYAK:
            raise forms.ValidationError(f"Paling banyak {MAKS_BANYAK} berkas sekali periksa.")
        for berkas in semua:
            self._tambah(f"Berkas {berkas.name[:80]}", berkas.read(selisih.MAKS_BERKAS + 1), selisih.baca)
        return semua

    def clean(self):
        isi = super().clean()
        if not self.errors and not self.dokumen:
            self.add_error("rekap", "Tempel rekap di sini atau pilih berkas JSON di bawah.")
        return isi

    def _tambah(self, nama: str, isi: str | bytes, baca) -> None:
        try:
            self.dokumen += [(dok.periode.label or nama, dok) for dok in baca(isi, nama)]
        except Refused as galat:
            raise forms.ValidationError(str(galat)) from galat
