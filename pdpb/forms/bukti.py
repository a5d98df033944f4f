"""Forms of proofs: what a citizen's proof shows, and a file of proof that anybody has checked."""

from django import forms

from kpupalu.imports.batas import MB
from kpupalu.lib import Refused
from pdpb import bukti
from pdpb.models import PemberianBukti

MAKS_BERKAS = 8 * MB
MAKS_TEMPEL = 16_000
LABEL = {
    "nama": "Nama",
    "jenis_kelamin": "Jenis kelamin",
    "usia": "Usia",
    "alamat": "Alamat",
    "rt": "RT",
    "rw": "RW",
    "keterangan": "Keterangan perubahan",
    "id": "Nomor baris",
    "kelurahan": "Kode kelurahan",
    "tps": "TPS",
    "jenis_tps": "Jenis TPS",
    "dpid": "DPID",
    "nkk": "Nomor KK",
    "nik": "NIK",
    "tempat_lahir": "Tempat lahir",
    "tanggal_lahir": "Tanggal lahir",
    "status_kawin": "Status perkawinan",
    "disabilitas": "Disabilitas",
    "status_ktpel": "Status KTP-el",
    "sumber": "Sumber",
}
LAZIM = ["nama", "jenis_kelamin", "alamat", "rt", "rw", "kelurahan", "tps"]
PILIHAN = [nama for nama in LABEL if nama not in ("id", "jenis_tps", "dpid", "sumber")]


class BeriBuktiForm(forms.Form):
    """The identity check at the desk, and the fields the citizen wants to be able to show."""

    pengenal = forms.ChoiceField(
        label="Dokumen asli yang Anda periksa", choices=PemberianBukti.Pengenal, widget=forms.RadioSelect
    )
    medan = forms.MultipleChoiceField(
        label="Yang ditunjukkan bukti ini",
        choices=[(nama, LABEL[nama]) for nama in PILIHAN],
        initial=LAZIM,
        widget=forms.CheckboxSelectMultiple,
        help_text="Pilih bersama pemilih. Yang tidak dipilih tetap terkunci dan tidak dapat ditebak dari berkasnya.",
        error_messages={"required": "Pilih paling sedikit satu bidang."},
    )
    cocok = forms.BooleanField(
        label="Wajah orang di depan saya cocok dengan dokumennya, dan dokumennya cocok dengan baris ini",
        error_messages={"required": "Centang setelah Anda mencocokkan orang, dokumen, dan baris daftar."},
    )


class PeriksaBuktiForm(forms.Form):
    """A file of proof, or the text of the printed code; ``hasil`` is the answer once the form is valid."""

    berkas = forms.FileField(
        label="Berkas bukti",
        required=False,
        help_text="Berkas .json yang diberikan kantor ini, paling besar 8 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"empty": "Berkas itu kosong. Pilih berkas lain."},
    )
    teks = forms.CharField(
        label="Atau isi kode QR pada lembar bukti",
        required=False,
        max_length=MAKS_TEMPEL,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        help_text="Pindai kode QR dengan telepon, salin teksnya, lalu tempel di sini.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.hasil: bukti.HasilBaris | bukti.HasilSalinan | None = None

    def clean_berkas(self):
        """Refuse a larger file by its stated size, before its content is read."""
        berkas = self.cleaned_data["berkas"]
        if berkas and berkas.size > MAKS_BERKAS:
            raise forms.ValidationError(
                "Berkas lebih besar dari 8 MB. Periksa dengan perintah yang disebut di bawah halaman ini."
            )
        return berkas

    def clean(self) -> dict:
        """One of the two, judged by itself."""
        isi = super().clean()
        if self.errors:
            return isi
        berkas, teks = isi.get("berkas"), (isi.get("teks") or "").strip()
        if bool(berkas) == bool(teks):
            raise forms.ValidationError("Pilih satu berkas bukti, atau tempel isi kode QR.")
        try:
            self.hasil = bukti.baca(berkas.read() if berkas else teks)
        except Refused as galat:
            self.add_error("berkas" if berkas else "teks", str(galat))
        return isi
