"""Forms of a field audit: the protocol, and what was found at a door."""

from django import forms

from kpupalu.wilayah.models import Kecamatan
from pdpb.forms.pemilih import BuktiForm
from pdpb.models import ContohUjiPetik, Snapshot
from pdpb.uji_petik import DITEMUI

ARAH, HASIL = ContohUjiPetik.Arah, ContohUjiPetik.Hasil


class ProtokolForm(forms.Form):
    """What will be drawn, and with which seed; nothing is drawn yet."""

    snapshot = forms.ModelChoiceField(
        Snapshot.objects.filter(digantikan=False).select_related("periode").order_by("-pk"),
        label="Kerangka: data beku",
        help_text="Contoh ditarik dari daftar yang sudah dibekukan, supaya dapat ditarik ulang.",
        empty_label="Pilih data beku",
    )
    kecamatan = forms.ModelChoiceField(
        Kecamatan.objects.all(), label="Wilayah", required=False, empty_label="Seluruh Kota Palu"
    )
    jumlah_orang = forms.IntegerField(
        label="Banyak pemilih yang didatangi",
        min_value=0,
        max_value=100_000,
        help_text="Dari daftar ke orang. 0: tidak.",
    )
    jumlah_rumah = forms.IntegerField(
        label="Banyak rumah yang didatangi", min_value=0, max_value=100_000, help_text="Dari rumah ke daftar. 0: tidak."
    )
    tujuan = forms.CharField(label="Tujuan", min_length=10, max_length=300)
    benih = forms.CharField(
        label="Benih acak",
        required=False,
        max_length=64,
        help_text="Kosongkan agar sistem membuatnya. Bila diundi di depan saksi, ketik hasil undiannya.",
    )
    asal_benih = forms.CharField(
        label="Asal benih", required=False, max_length=160, help_text="Misalnya: dadu di depan Bawaslu, 24-11-2026."
    )


class HasilForm(forms.Form):
    """What was found at one door; the outcomes are those of its direction."""

    hasil = forms.ChoiceField(label="Hasil", widget=forms.RadioSelect)
    berhak = forms.IntegerField(
        label="Penghuni yang berhak memilih",
        required=False,
        min_value=0,
        max_value=500,
        help_text="Berumur 17 tahun atau pernah kawin, bukan TNI atau Polri.",
    )
    terdaftar = forms.IntegerField(label="Di antaranya ada dalam daftar", required=False, min_value=0, max_value=500)
    catatan = forms.CharField(label="Catatan", required=False, max_length=200, help_text="Tanpa NIK.")

    def __init__(self, *args, arah: str, **kwargs):
        super().__init__(*args, **kwargs)
        pilihan = (*DITEMUI[ARAH(arah)], HASIL.TIDAK_DITEMUI)
        self.fields["hasil"].choices = [(h.value, h.label) for h in pilihan]
        if arah == ARAH.ORANG:
            del self.fields["berhak"], self.fields["terdaftar"]


class BatalUjiForm(forms.Form):
    """Why an audit is given up."""

    alasan = forms.CharField(label="Alasan", min_length=10, max_length=300, help_text="Paling sedikit 10 huruf.")


class BuktiUjiForm(BuktiForm):
    """The document seen at the door; that it comes from the audit is known."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nama in ("sumber_informasi", "surat_pengantar"):
            del self.fields[nama]
