"""Forms of an import: what is uploaded, which column is which, what is accepted, why it is undone."""

from django import forms

from kpupalu.imports import baca
from kpupalu.imports.batas import MAKS_SEL
from pdpb.impor.kolom import JUDUL, LABEL
from pdpb.impor.penerapan import MIN_ALASAN
from pdpb.impor.perbaikan import Isian, IsianBaris, pribadi, rapi, samar
from pdpb.models import ImporBatch, Kategori, KodeKamus, Periode


class BanyakBerkas(forms.ClearableFileInput):
    allow_multiple_selected = True


class BerkasField(forms.FileField):
    """One or several files; the cleaned value is a list."""

    widget = BanyakBerkas

    def clean(self, data, initial=None):
        semua = data if isinstance(data, list | tuple) else [data]
        if not semua:
            raise forms.ValidationError("Belum ada berkas yang dipilih. Pilih paling sedikit satu berkas.")
        return [super(BerkasField, self).clean(satu, initial) for satu in semua if satu or len(semua) == 1]


def _pilihan_kategori() -> list:
    kelompok: dict[str, list] = {}
    for k in Kategori.objects.filter(berlaku=True):
        kelompok.setdefault(k.get_jenis_display(), []).append((k.slug, k.nama))
    return [("", "Menurut kolom pada berkas"), *kelompok.items()]


class UnggahForm(forms.Form):
    """Step 1: the files of one sender and what they are."""

    jenis = forms.ChoiceField(label="Jenis daftar", choices=ImporBatch.Jenis.choices, widget=forms.RadioSelect)
    periode = forms.ModelChoiceField(Periode.objects.none(), label="Periode", empty_label=None)
    kamus = forms.TypedChoiceField(
        label="Kamus kode keterangan",
        coerce=int,
        help_text="Arti kode berubah dari tahun ke tahun; 5 pernah berarti tidak dikenal, kini WNA.",
    )
    pengirim = forms.CharField(
        label="Pengirim", max_length=120, help_text="Misalnya: Disdukcapil. Susunan kolomnya akan diingat."
    )
    kategori = forms.ChoiceField(
        label="Kategori semua baris",
        required=False,
        help_text="Hanya untuk daftar perubahan yang tidak punya kolom kategori, misalnya daftar kematian.",
    )
    jenis_dokumen = forms.CharField(
        label="Dokumen bukti semua baris",
        max_length=80,
        required=False,
        help_text="Hanya bila berkas tidak punya kolom jenis dokumen, misalnya: Akta kematian.",
    )
    surat_pengantar = forms.CharField(label="Nomor surat pengantar", max_length=160, required=False)
    berkas = BerkasField(label="Berkas", help_text="Boleh lebih dari satu; semuanya diperiksa dan diterapkan bersama.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["periode"].queryset = Periode.objects.filter(status=Periode.Status.TERBUKA)
        tahun = sorted(set(KodeKamus.objects.values_list("kamus", flat=True)), reverse=True)
        self.fields["kamus"].choices = [(t, str(t)) for t in tahun]
        self.fields["kategori"].choices = _pilihan_kategori()

    def bawaan(self) -> dict[str, str]:
        """What is stated once for all rows."""
        isi = {n: self.cleaned_data[n].strip() for n in ("kategori", "jenis_dokumen", "surat_pengantar")}
        return {nama: nilai for nama, nilai in isi.items() if nilai}


class BawaanForm(forms.Form):
    """What is stated once for all rows of a list of changes; begins with what was guessed or chosen."""

    kategori = forms.ChoiceField(
        label="Kategori semua baris",
        required=False,
        help_text="Dipakai untuk baris yang tidak menyebut kategorinya sendiri.",
    )
    jenis_dokumen = forms.CharField(label="Dokumen bukti semua baris", max_length=80, required=False)
    surat_pengantar = forms.CharField(label="Nomor surat pengantar", max_length=160, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kategori"].choices = _pilihan_kategori()

    def bawaan(self) -> dict[str, str]:
        """What was stated."""
        return {nama: nilai.strip() for nama, nilai in self.cleaned_data.items() if nilai.strip()}


class KolomForm(forms.Form):
    """Step 2, one header layout: how it is written and which of its columns is which of ours."""

    pemisah = forms.ChoiceField(label="Pemisah kolom", required=False)
    sandi = forms.ChoiceField(label="Sandi huruf", required=False)
    urutan_tanggal = forms.ChoiceField(
        label="Urutan tanggal",
        choices=[("dmy", "hari-bulan-tahun"), ("mdy", "bulan-hari-tahun")],
        help_text="Tanggal tahun-bulan-hari dan nama bulan dikenali sendiri.",
    )

    def __init__(self, *args, ringkasan: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.kepala = [j for j in ringkasan["kepala"] if j]
        if ringkasan["format"] == "csv":
            self.fields["pemisah"].choices = list(baca.PEMISAH.items())
            self.fields["sandi"].choices = list(baca.SANDI.items())
            self.fields["pemisah"].initial, self.fields["sandi"].initial = ringkasan["pemisah"], ringkasan["sandi"]
        else:
            del self.fields["pemisah"], self.fields["sandi"]
        self.fields["urutan_tanggal"].initial = ringkasan.get("urutan_tanggal", "dmy")
        milik = {judul: kolom for kolom, judul in ringkasan["pemetaan"].items()}
        pilihan = [("", "Abaikan"), *((k, LABEL[k]) for k in JUDUL)]
        for nomor, judul in enumerate(self.kepala):
            self.fields[f"kolom_{nomor}"] = forms.ChoiceField(
                label=judul, choices=pilihan, required=False, initial=milik.get(judul, "")
            )

    def kolom(self):
        """The bound fields of the columns, in the order of the file."""
        return [self[f"kolom_{n}"] for n in range(len(self.kepala))]

    def pemetaan(self) -> dict[str, str]:
        """Our column → heading, as chosen."""
        return {
            self.cleaned_data[f"kolom_{n}"]: judul
            for n, judul in enumerate(self.kepala)
            if self.cleaned_data.get(f"kolom_{n}")
        }

    def clean(self):
        isi = super().clean()
        dipilih = [isi.get(f"kolom_{n}") for n in range(len(self.kepala)) if isi.get(f"kolom_{n}")]
        for kembar in sorted({k for k in dipilih if dipilih.count(k) > 1}):
            self.add_error(None, f"Isian {LABEL[kembar]} dipilih untuk dua kolom. Pilih satu saja.")
        return isi


class TerapkanForm(forms.Form):
    """Step 5: who accepts the warnings, and why figures move that much."""

    terima_peringatan = forms.BooleanField(label="Saya telah membaca peringatannya dan menerimanya", required=True)
    alasan = forms.CharField(
        label="Alasan perubahan jumlah", widget=forms.Textarea(attrs={"rows": 3}), min_length=MIN_ALASAN, max_length=240
    )

    def __init__(self, *args, ada_peringatan: bool, wajib_alasan: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not ada_peringatan:
            del self.fields["terima_peringatan"]
        if not wajib_alasan:
            del self.fields["alasan"]


class PerbaikiForm(forms.Form):
    """Cells of rows left out, one box per column on offer; what a person may not see is no box at all."""

    def __init__(self, *args, baris: list[IsianBaris], boleh_nik: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.baris = baris
        for satu in baris:
            for kolom in satu.kolom if boleh_nik or not satu.perlu_nik else ():
                if boleh_nik or not pribadi(kolom, satu.sel.get(kolom, "")):
                    self.fields[self._nama(satu, kolom)] = _sel(satu, kolom)
        self.fields["alasan"] = forms.CharField(
            label="Dasar perbaikan",
            widget=forms.Textarea(attrs={"rows": 2}),
            min_length=MIN_ALASAN,
            max_length=240,
            help_text="Misalnya: KTP-el yang diperlihatkan, atau surat kelurahan nomor berapa. Berlaku untuk semua "
            "baris yang Anda simpan bersama.",
        )

    @staticmethod
    def _nama(baris: IsianBaris, kolom: str) -> str:
        urut, nomor = baris.rusak.kini
        return f"s-{urut}-{nomor}-{kolom}"

    def kelompok(self):
        """Each row with its bound boxes and, for what may not be seen, (label, masked value)."""
        for satu in self.baris:
            nama = [(k, self._nama(satu, k)) for k in satu.kolom]
            kotak = [self[n] for _, n in nama if n in self.fields]
            tertutup = [(LABEL[k], samar(k, satu.sel.get(k, ""))) for k, n in nama if n not in self.fields]
            yield satu, kotak, tertutup

    def isian(self) -> list[Isian]:
        """What was typed, row by row, without boxes left as they were."""
        hasil = []
        for satu in self.baris:
            ada = {k: self.cleaned_data[n] for k in satu.kolom if (n := self._nama(satu, k)) in self.fields}
            nilai = {k: v for k, v in ada.items() if rapi(v) != rapi(satu.sel.get(k, "")) or k in satu.ketik_ulang}
            if any(rapi(v) for k, v in nilai.items() if k in satu.ketik_ulang) or nilai.keys() - satu.ketik_ulang:
                hasil.append(Isian(satu.rusak, nilai))
        return hasil


def _sel(baris: IsianBaris, kolom: str) -> forms.CharField:
    isi = baris.sel.get(kolom)
    tertulis = "Kolom ini tidak ada pada berkas." if isi is None else f"Tertulis: {rapi(isi) or '(kosong)'}"
    if kolom in baris.ketik_ulang:
        tertulis += ". Ketik ulang seluruhnya; bila dibiarkan kosong, angka yang rusak ini tidak dipakai."
    return forms.CharField(
        label=LABEL[kolom],
        required=False,
        max_length=MAKS_SEL,
        initial="" if kolom in baris.ketik_ulang else rapi(isi or ""),
        help_text=tertulis,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AlasanForm(forms.Form):
    """Why an import is undone."""

    alasan = forms.CharField(
        label="Alasan", widget=forms.Textarea(attrs={"rows": 3}), min_length=MIN_ALASAN, max_length=240
    )


class JelaskanForm(forms.Form):
    """Why some rows of a base list stay out (koreksi saldo awal)."""

    jumlah = forms.IntegerField(
        label="Jumlah baris", min_value=1, widget=forms.NumberInput(attrs={"class": "lebar-10"})
    )
    penjelasan = forms.CharField(
        label="Penjelasan", widget=forms.Textarea(attrs={"rows": 3}), min_length=MIN_ALASAN, max_length=300
    )


class SusulanForm(forms.Form):
    """Mended rows, as files."""

    berkas = BerkasField(
        label="Berkas susulan", help_text="Unduh baris bermasalah, perbaiki isinya, lalu unggah kembali di sini."
    )
