"""Forms of the time machine: which area, which day, compared with which day; and giving the difference out."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from kpupalu.lib.waktu import hari_ini
from kpupalu.wilayah.models import TPS
from pdpb.forms.pemilih import pilihan_kelurahan
from pdpb.forms.periode import tanggal
from pdpb.mesin_waktu import Area


class WaktuForm(forms.Form):
    """An area and a day; with *sejak* also what changed since the end of that day. ``area`` once it is valid."""

    wilayah = forms.ChoiceField(label="Wilayah", required=False)
    tps = forms.IntegerField(label="Nomor TPS", required=False, min_value=1, max_value=999, help_text="Satu kelurahan.")
    sejak = tanggal("Bandingkan sejak", required=False, help_text="hh-bb-tttt")
    pada = tanggal("Keadaan pada akhir hari", required=False, help_text="hh-bb-tttt; kosong: hari ini")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wilayah"].choices = pilihan_kelurahan("Seluruh Kota Palu", kecamatan=True)
        self.area = Area()

    def clean_pada(self) -> date:
        """The day asked for, today if none; the future is not known."""
        pada = self.cleaned_data["pada"] or hari_ini()
        if pada > hari_ini():
            raise ValidationError("Tanggal ini belum tiba. Isi hari ini atau hari sebelumnya.")
        return pada

    def clean(self) -> dict:
        """The TPS belongs to a kelurahan, and time runs forward."""
        isi = super().clean() or {}
        kode, nomor = isi.get("wilayah", ""), isi.get("tps")
        tps = None
        if nomor:
            tps = TPS.objects.filter(kelurahan=kode, nomor=nomor).values_list("pk", flat=True).first()
            if tps is None:
                self.add_error("tps", "TPS itu tidak ada di wilayah ini. Pilih kelurahannya, lalu isi nomor TPS-nya.")
        if isi.get("sejak") and isi.get("pada") and isi["sejak"] >= isi["pada"]:
            self.add_error("sejak", "Tanggal pembanding harus sebelum tanggal keadaan.")
        self.area = Area(kode, tps)
        return isi


class EksporSelisihForm(forms.Form):
    """To whom a difference by name is given, and for what."""

    penerima = forms.CharField(
        label="Penerima", max_length=160, help_text="Nama lembaga atau jabatan. Tercantum di dalam berkas."
    )
    tujuan = forms.CharField(
        label="Tujuan", min_length=10, max_length=300, help_text="Untuk apa dipakai. Tercatat dalam buku ekspor."
    )
