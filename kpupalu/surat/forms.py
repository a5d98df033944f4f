"""Forms of letters: what is typed here is checked here; what the office's rules say stands in the actions."""

from django import forms
from django.core.exceptions import ValidationError

from kpupalu.kalender.forms import kotak_tanggal
from kpupalu.naskah.models import Naskah
from kpupalu.surat.keluar import jenis_surat
from kpupalu.surat.lampiran import UKURAN_KATA
from kpupalu.surat.models import Disposisi, Instansi, Klasifikasi, SuratKeluar, SuratMasuk
from kpupalu.surat.models.masuk import Kanal


def kotak_berkas(label: str, *, gambar: bool = False, **lain) -> forms.FileField:
    """A scan or a photo; what it must be is judged by its content."""
    jenis = "JPEG atau PNG" if gambar else "PDF, JPEG, atau PNG"
    lain.setdefault("help_text", f"{jenis}, paling besar {UKURAN_KATA}. Berkas disimpan tersegel seperti diterima.")
    terima = ".jpg,.jpeg,.png" if gambar else ".pdf,.jpg,.jpeg,.png"
    return forms.FileField(
        label=label,
        widget=forms.ClearableFileInput(attrs={"accept": terima}),
        error_messages={"empty": "Berkas itu kosong. Pilih berkas lain."},
        **lain,
    )


def kotak_alasan(
    label: str = "Alasan", bantuan: str = "Paling sedikit 10 huruf. Tercatat dalam riwayat."
) -> forms.CharField:
    """A reason or a result of at least ten letters."""
    return forms.CharField(
        label=label, min_length=10, max_length=1_000, help_text=bantuan, widget=forms.Textarea(attrs={"rows": 3})
    )


class SaringMasukForm(forms.Form):
    """Filters of the agenda."""

    kata = forms.CharField(label="Kata dalam hal, pengirim, atau nomor", required=False, max_length=80)
    status = forms.ChoiceField(label="Status", required=False)
    antrean = forms.ChoiceField(
        label="Tampilkan", required=False,
        choices=[("", "Semua surat"), ("saya", "Disposisi saya yang terbuka"),
                 ("terlambat", "Disposisi saya yang terlambat"), ("pimpinan", "Menunggu pimpinan"),
                 ("terbuka", "Belum selesai")],
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", "Semua status"), *SuratMasuk.Status.choices]


class SaringKeluarForm(forms.Form):
    """Filters of the outgoing book."""

    kata = forms.CharField(label="Kata dalam hal, tujuan, atau nomor", required=False, max_length=80)
    jenis = forms.ChoiceField(label="Jenis", required=False)
    status = forms.ChoiceField(
        label="Status", required=False,
        choices=[("", "Semua status"), ("konsep", "Konsep"), *Naskah.Status.choices[1:6], ("dibatalkan", "Dibatalkan")],
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["jenis"].choices = [("", "Semua jenis"), *jenis_surat()]


class SuratMasukForm(forms.ModelForm):
    """A letter as it was received."""

    tanggal_terima = kotak_tanggal("Diterima pada")
    tanggal_surat = kotak_tanggal("Tanggal surat")
    batas_jawab = kotak_tanggal("Batas jawab", required=False)
    berkas = kotak_berkas("Berkas surat", required=False)
    field_order = [
        "tanggal_terima", "cara", "nomor_surat", "tanggal_surat", "instansi", "pengirim", "hal", "sifat", "lampiran",
        "batas_jawab", "data_pribadi", "kode_srikandi", "berkas",
    ]  # fmt: skip

    class Meta:
        model = SuratMasuk
        fields = [
            "tanggal_terima", "cara", "nomor_surat", "tanggal_surat", "instansi", "pengirim", "hal", "sifat",
            "lampiran", "batas_jawab", "data_pribadi", "kode_srikandi",
        ]  # fmt: skip
        labels = {"data_pribadi": "Surat ini memuat data pribadi; setiap pembacaan dicatat"}
        help_texts = {
            "pengirim": "Diisi bila pengirim tidak ada dalam daftar instansi.",
            "kode_srikandi": "Nomor pada SRIKANDI bila surat datang lewat sana.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["instansi"].queryset = Instansi.objects.filter(aktif=True)
        self.fields["pengirim"].required = False

    def clean(self) -> None:
        """A sender is chosen or written."""
        super().clean()
        if not self.cleaned_data.get("instansi") and not (self.cleaned_data.get("pengirim") or "").strip():
            self.add_error("pengirim", "Pilih instansi pengirim atau tulis nama pengirim.")


class DisposisiForm(forms.Form):
    """To whom, what, until when."""

    kepada = forms.ModelMultipleChoiceField(
        label="Kepada", queryset=Instansi.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    instruksi = forms.ChoiceField(label="Instruksi", choices=Disposisi.Instruksi.choices, widget=forms.RadioSelect)
    catatan = forms.CharField(label="Catatan", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    batas = kotak_tanggal("Batas waktu", required=False)

    def __init__(self, *args, orang, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kepada"].queryset = orang


class HasilForm(forms.Form):
    """What was done, or why it is given back."""

    hasil = kotak_alasan("Hasil")
    kembalikan = forms.BooleanField(label="Kembalikan kepada pemberi disposisi tanpa dikerjakan", required=False)


class BalasanForm(forms.Form):
    """Which outgoing letter answers this one."""

    balasan = forms.ModelChoiceField(
        label="Surat balasan", queryset=SuratKeluar.objects.none(), empty_label="Pilih surat keluar bernomor"
    )

    def __init__(self, *args, surat, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["balasan"].queryset = surat
        self.fields["balasan"].label_from_instance = lambda s: f"{s.naskah.nomor} – {s.hal}"


class AlasanForm(forms.Form):
    """An act that needs a reason."""

    alasan = kotak_alasan()


class CatatanForm(forms.Form):
    """What came of a letter."""

    catatan = kotak_alasan("Hasil penanganan surat")


class KosongForm(forms.Form):
    """An act that needs nothing but the confirmation."""


def _baris(teks: str) -> list[str]:
    return [b.strip() for b in teks.splitlines() if b.strip()]


class SuratKeluarForm(forms.ModelForm):
    """A letter by tata naskah: addressees from the list or typed, one per line; text with empty lines between."""

    kode_jenis = forms.ChoiceField(label="Jenis surat")
    tanggal = kotak_tanggal("Tanggal surat")
    instansi = forms.ModelMultipleChoiceField(
        label="Kepada, dari daftar instansi", required=False, queryset=Instansi.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Lebih dari tiga tujuan dicetak sebagai daftar pada lampiran.",
    )  # fmt: skip
    kepada_lain = forms.CharField(
        label="Kepada, di luar daftar", required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Satu tujuan per baris.",
    )  # fmt: skip
    isi = forms.CharField(
        label="Isi", max_length=8_000, widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Pisahkan paragraf dengan satu baris kosong.",
    )  # fmt: skip
    rincian = forms.CharField(
        label="Rincian", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Satu per baris, ditulis seperti Hari, tanggal: Selasa, 8 Desember 2026.",
    )  # fmt: skip
    penutup = forms.CharField(
        label="Penutup", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    tembusan = forms.CharField(
        label="Tembusan", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Satu penerima tembusan per baris.",
    )  # fmt: skip
    versi = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = [
        "kode_jenis", "klasifikasi", "tanggal", "sifat", "lampiran", "hal", "instansi", "kepada_lain", "isi",
        "rincian", "penutup", "tembusan", "penanda", "versi",
    ]  # fmt: skip

    class Meta:
        model = SuratKeluar
        fields = [
            "kode_jenis", "klasifikasi", "tanggal", "sifat", "lampiran", "hal", "isi", "penutup", "penanda",
        ]  # fmt: skip
        help_texts = {"lampiran": "Contoh: 1 berkas. Kosongkan bila tidak ada."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kode_jenis"].choices = jenis_surat()
        self.fields["klasifikasi"].queryset = Klasifikasi.objects.all()
        self.fields["instansi"].queryset = Instansi.objects.filter(aktif=True)
        if self.instance.pk:
            tujuan = list(self.instance.tujuan.all())
            self.initial |= {
                "instansi": [t.instansi_id for t in tujuan if t.instansi_id],
                "kepada_lain": "\n".join(t.nama for t in tujuan if not t.instansi_id and not t.tembusan),
                "tembusan": "\n".join(t.nama for t in tujuan if t.tembusan),
                "rincian": "\n".join(f"{a}: {b}" for a, b in self.instance.rincian),
                "versi": self.instance.versi,
            }

    def clean_rincian(self) -> list[list[str]]:
        """Each line as label and value."""
        baris = [b.partition(":") for b in _baris(self.cleaned_data["rincian"])]
        if any(not titik or not nilai.strip() for _, titik, nilai in baris):
            raise ValidationError("Tulis setiap baris sebagai label, titik dua, lalu isinya.")
        return [[label.strip(), nilai.strip()] for label, _, nilai in baris]

    def clean(self) -> None:
        """Somebody must be addressed."""
        isi = super().clean()
        if not isi.get("instansi") and not _baris(isi.get("kepada_lain", "")):
            self.add_error("instansi", "Pilih paling sedikit satu tujuan, atau tulis di bawahnya.")

    def surat(self) -> SuratKeluar:
        """The unsaved letter as filled in."""
        surat = self.save(commit=False)
        surat.rincian = self.cleaned_data["rincian"]
        return surat

    @property
    def tujuan(self) -> dict[str, list]:
        """Addressees and recipients of copies, as the actions take them."""
        isi = self.cleaned_data
        return {"kepada": [*isi["instansi"], *_baris(isi["kepada_lain"])], "tembusan": _baris(isi["tembusan"])}


class SiapkanForm(forms.Form):
    """How the letter is to be signed."""

    cara = forms.ChoiceField(
        label="Cara tanda tangan", choices=Naskah.Cara.choices, initial=Naskah.Cara.ELEKTRONIK, widget=forms.RadioSelect
    )


class KirimForm(forms.Form):
    """To whom the document goes now, how and when."""

    orang = forms.MultipleChoiceField(
        label="Penerima yang dituju surat ini", required=False, widget=forms.CheckboxSelectMultiple
    )
    kepada = forms.ModelMultipleChoiceField(
        label="Penerima", queryset=Instansi.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    kanal = forms.ChoiceField(label="Cara", choices=Kanal.choices, widget=forms.RadioSelect)
    tanggal = kotak_tanggal("Tanggal kirim")

    def __init__(self, *args, instansi, orang=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kepada"].queryset = instansi
        if orang:
            self.fields["orang"].choices = [(nama, nama) for nama in orang]
            self.fields["orang"].initial = list(orang)
            self.fields["kepada"].label, self.fields["kepada"].required = "Instansi", False
        else:
            del self.fields["orang"]

    def clean(self):
        isi = super().clean()
        if "orang" in self.fields and not self.errors and not self.penerima:
            raise forms.ValidationError("Pilih paling sedikit satu penerima.")
        return isi

    @property
    def penerima(self) -> list[Instansi | str]:
        """Everybody ticked: the people whom the letter names, then the partners."""
        return [*self.cleaned_data.get("orang", []), *self.cleaned_data["kepada"]]


class TerimaForm(forms.Form):
    """Who took it."""

    penerima = forms.CharField(label="Nama penerima", max_length=120)
    jabatan = forms.CharField(label="Jabatan penerima", max_length=120, required=False)
    tanggal = kotak_tanggal("Tanggal diterima")
    bukti = kotak_berkas("Pindaian tanda terima", required=False)
