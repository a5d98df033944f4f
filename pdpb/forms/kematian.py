"""Forms of the waiting room of suspected deaths."""

from django import forms

from kpupalu.lib.waktu import hari_ini
from pdpb.forms.pemilih import BuktiForm, pilihan_kelurahan
from pdpb.forms.periode import tanggal
from pdpb.kematian import ASAL, KATEGORI, jenis_dokumen
from pdpb.models import Bukti, Dugaan, TindakLanjut


class SaringKematianForm(forms.Form):
    """Filter of the queue: an area, a source, and who waits too long."""

    kelurahan = forms.ChoiceField(label="Kelurahan", required=False)
    asal = forms.ChoiceField(label="Asal dugaan", required=False, choices=[("", "Semua asal"), *ASAL.items()])
    lewat = forms.ChoiceField(label="Lama menunggu", required=False, choices=[("", "Semua"), ("1", "Lewat target")])
    target = tanggal("Target jatuh pada", required=False, help_text="")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = pilihan_kelurahan("Semua kelurahan")


class LaporForm(forms.Form):
    """A report without a document."""

    sumber = forms.ChoiceField(label="Sumber laporan", choices=Dugaan.Sumber.choices)
    tanggal = tanggal("Tanggal laporan")
    keterangan = forms.CharField(
        label="Keterangan", max_length=240, required=False, help_text="Misalnya: kata tetangga, meninggal bulan lalu."
    )


class TindakLanjutForm(forms.Form):
    """One attempt to get the document; *kunci* lets a form sent twice count once."""

    tanggal = tanggal("Tanggal")
    kepada = forms.ChoiceField(label="Ditanyakan kepada", choices=TindakLanjut.Kepada.choices)
    hasil = forms.CharField(label="Hasil", min_length=5, max_length=300)
    kunci = forms.UUIDField(widget=forms.HiddenInput)


class DokumenForm(BuktiForm):
    """The document that proves a death; only kinds that do are offered."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["jenis_dokumen"] = forms.ChoiceField(
            label="Jenis dokumen", choices=[("", "Pilih dokumen"), *((d, d) for d in jenis_dokumen(KATEGORI))]
        )
        self.fields["sumber_informasi"].initial = Bukti.Sumber.KELURAHAN
        self.order_fields(["jenis_dokumen", "nomor", "tanggal_dokumen", "penerbit"])


class HidupForm(forms.Form):
    """Why somebody is taken to be alive."""

    alasan = forms.CharField(
        label="Alasan", min_length=10, max_length=200, help_text="Misalnya: ditemui petugas di rumahnya 20-11-2026."
    )


class SuratForm(forms.Form):
    """The day of the letter; the people are ticked in the table beside it."""

    tanggal = tanggal("Tanggal surat")
    kunci = forms.UUIDField(widget=forms.HiddenInput)

    def clean_tanggal(self):
        """A letter is not dated in the past years by a slip; today or later within the year is fine."""
        hari = self.cleaned_data["tanggal"]
        if hari.year != hari_ini().year:
            raise forms.ValidationError("Tanggal surat harus dalam tahun ini, supaya nomor agendanya benar.")
        return hari


class DaftarDugaanForm(forms.Form):
    """A list of C-Pemberitahuan that came back, or of a posko."""

    sumber = forms.ChoiceField(label="Asal daftar", choices=Dugaan.Sumber.choices)
    tanggal = tanggal("Tanggal daftar")
    berkas = forms.FileField(
        label="Berkas",
        help_text="CSV atau XLSX berkolom NIK atau DPID, dan ALASAN (meninggal, tidak dikenal, pindah, tidak padan). "
        "Kolom CATATAN boleh ada. Alasan lain dilewati dan dihitung.",
    )
