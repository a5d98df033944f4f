"""Forms of the recap of a PPK: a file, figures typed from paper, and what is said about lines that differ."""

from django import forms

from kpupalu.wilayah.models import Kecamatan, Kelurahan
from pdpb.actions.ppk import KOLOM_KETIK, MIN_ISI
from pdpb.models import PenjelasanPPK

MAKS_ANGKA = 1_000_000


class UnggahForm(forms.Form):
    """The file of one PPK."""

    kecamatan = forms.ModelChoiceField(Kecamatan.objects.all(), label="Kecamatan", empty_label="Pilih kecamatan")
    berkas = forms.FileField(
        label="Berkas rekap PPK",
        help_text="XLSX atau CSV dalam susunan apa pun yang berjudul kolom (Kelurahan, TPS, L, P, Jumlah), atau JSON.",
    )
    asal = forms.CharField(
        label="Surat atau berita acara PPK", required=False, max_length=160, help_text="Nomor dan tanggalnya."
    )


class KetikForm(forms.Form):
    """Figures typed from paper: one row per kelurahan of *kecamatan*; what is left empty is not stated."""

    asal = forms.CharField(
        label="Surat atau berita acara PPK", min_length=MIN_ISI, max_length=160, help_text="Nomor dan tanggalnya."
    )

    def __init__(self, *args, kecamatan: Kecamatan, **kwargs):
        super().__init__(*args, **kwargs)
        self.kelurahan = list(Kelurahan.objects.filter(kecamatan=kecamatan))
        for k in self.kelurahan:
            for nama, judul in KOLOM_KETIK:
                self.fields[f"{nama}-{k.pk}"] = forms.IntegerField(
                    label=f"{judul}, Kelurahan {k}", required=False, min_value=0, max_value=MAKS_ANGKA,
                    widget=forms.TextInput(
                        attrs={"inputmode": "numeric", "size": 7, "autocomplete": "off",
                               "aria-label": f"{judul}, Kelurahan {k}"}
                    ),
                )  # fmt: skip

    @property
    def tabel(self) -> list[tuple[Kelurahan, list]]:
        """Each kelurahan with its inputs, in the order of the columns."""
        return [(k, [self[f"{nama}-{k.pk}"] for nama, _ in KOLOM_KETIK]) for k in self.kelurahan]

    def angka(self) -> dict[str, dict[str, int]]:
        """What was typed, by code of the kelurahan and name of the input."""
        isi = self.cleaned_data
        return {
            k.pk: {nama: n for nama, _ in KOLOM_KETIK if (n := isi.get(f"{nama}-{k.pk}")) is not None}
            for k in self.kelurahan
        }


class JelaskanForm(forms.Form):
    """What is said about the ticked lines."""

    jenis = forms.ChoiceField(
        label="Untuk baris yang dicentang", choices=PenjelasanPPK.Jenis.choices, widget=forms.RadioSelect
    )
    isi = forms.CharField(
        label="Penjelasan atau tindak lanjut",
        min_length=MIN_ISI,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Paling sedikit 10 huruf. Tanpa nama dan NIK pemilih: dibaca juga pada rapat pleno.",
    )


class TarikForm(forms.Form):
    """Why a recap is taken back."""

    alasan = forms.CharField(label="Alasan", min_length=MIN_ISI, max_length=240, help_text="Paling sedikit 10 huruf.")
