"""Forms of the document pages. The passphrase is read from the request, used once, and kept nowhere."""

from django import forms

from kpupalu.lib.waktu import hari_ini
from kpupalu.naskah.bacaan import UKURAN_TERBESAR
from kpupalu.naskah.models import JenisNaskah, Naskah, Penandatangan
from kpupalu.naskah.pki import PANJANG_SANDI_TERKECIL


def _sandi(**lain) -> forms.CharField:
    # autocomplete "off": browsers and managers must not offer to remember what proves a person's own will.
    kotak = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "class": "lebar-30"})
    return forms.CharField(widget=kotak, strip=False, max_length=200, **lain)


class TandaTanganForm(forms.Form):
    """The last step before a signature: what was read (*jenis* in words), that it was read, and the passphrase."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    sudah_dibaca = forms.BooleanField()
    sandi = _sandi(
        label="Frasa sandi tanda tangan",
        help_text="Bukan kata sandi untuk masuk. Frasa sandi tidak disimpan di mana pun.",
        error_messages={"required": "Ketik frasa sandi tanda tangan Anda."},
    )

    def __init__(self, *args, jenis: str = "Berita acara", **kwargs):
        super().__init__(*args, **kwargs)
        naskah = "berita acara" if "berita acara" in jenis.lower() else jenis[:1].lower() + jenis[1:]
        self.fields["sudah_dibaca"].label = f"Saya telah membaca {naskah} ini"
        self.fields["sudah_dibaca"].error_messages["required"] = (
            f"Centang pernyataan ini setelah Anda membaca {naskah}."
        )


class TandaTanganNikForm(TandaTanganForm):
    """As above, for a provider that knows people by their NIK; it is passed on and not stored."""

    nik = forms.RegexField(
        r"\A\d{16}\Z",
        label="NIK",
        help_text="16 angka. NIK diteruskan ke penyedia tanda tangan dan tidak disimpan.",
        widget=forms.TextInput(attrs={"class": "lebar-16"}),
        error_messages={"required": "Ketik NIK Anda.", "invalid": "NIK terdiri atas 16 angka."},
    )
    field_order = ["digest", "sudah_dibaca", "nik", "sandi"]


class AlasanForm(forms.Form):
    """An act that needs a reason."""

    alasan = forms.CharField(
        label="Alasan",
        min_length=10,
        max_length=1000,
        help_text="Paling sedikit 10 huruf. Alasan tercatat dalam riwayat.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Tuliskan alasannya.",
            "min_length": "Alasan terlalu pendek. Tuliskan paling sedikit 10 huruf.",
        },
    )


class NomorKetikForm(AlasanForm):
    """A number somebody chose for a document that waits for one."""

    urut = forms.IntegerField(
        label="Nomor urut",
        min_value=1,
        max_value=999_999,
        help_text="Hanya angka urutnya; bagian lain mengikuti pola jenis naskah.",
        widget=forms.TextInput(attrs={"class": "lebar-10", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Ketik nomor urutnya.", "invalid": "Nomor urut terdiri atas angka saja."},
    )
    field_order = ["jenis", "urut", "tanggal", "perihal", "alasan"]


class NomorBebasForm(NomorKetikForm):
    """A number for a document that was made outside this system."""

    jenis: "forms.ModelChoiceField[JenisNaskah]" = forms.ModelChoiceField(
        label="Jenis naskah", queryset=JenisNaskah.objects.none(), empty_label="Pilih jenis naskah"
    )
    tanggal = forms.DateField(
        label="Tanggal naskah",
        help_text="Contoh: 11-12-2026. Tahunnya menentukan buku agenda.",
        widget=forms.DateInput(attrs={"class": "lebar-10", "autocomplete": "off"}),
    )
    perihal = forms.CharField(label="Perihal", min_length=5, max_length=300, help_text="Seperti tertulis pada naskah.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        jenis = self.fields["jenis"]
        if isinstance(jenis, forms.ModelChoiceField):
            jenis.queryset = JenisNaskah.objects.berlaku(hari_ini())

    def clean(self):
        """The kind must have been in force on the day of the document."""
        isi = super().clean() or {}
        jenis, tanggal = isi.get("jenis"), isi.get("tanggal")
        if jenis and tanggal and not JenisNaskah.objects.filter(pk=jenis.pk).berlaku(tanggal).exists():
            self.add_error("tanggal", f"Jenis naskah ini baru berlaku sejak {jenis.berlaku_mulai:%d-%m-%Y}.")
        return isi


class UlangiForm(AlasanForm):
    """How the new version is to be signed, and why there is one."""

    cara = forms.ChoiceField(
        label="Cara menandatangani versi baru", choices=Naskah.Cara.choices, widget=forms.RadioSelect
    )
    field_order = ["cara", "alasan"]


class KosongForm(forms.Form):
    """An act that needs nothing but the confirmation."""


class HalanganForm(AlasanForm):
    """Which signer can no longer sign, and why."""

    penanda: "forms.ModelChoiceField[Penandatangan]" = forms.ModelChoiceField(
        label="Penanda tangan yang berhalangan",
        queryset=Penandatangan.objects.none(),
        empty_label="Pilih satu orang",
    )
    field_order = ["penanda", "alasan"]

    def __init__(self, *args, orang, **kwargs):
        super().__init__(*args, **kwargs)
        penanda = self.fields["penanda"]
        if isinstance(penanda, forms.ModelChoiceField):
            penanda.queryset = orang


class BerkasPdfForm(forms.Form):
    """One PDF within the size limit."""

    berkas = forms.FileField(
        label="Berkas PDF",
        help_text="Berkas PDF, paling besar 25 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": "Pilih berkas PDF lebih dahulu.", "empty": "Berkas itu kosong. Pilih berkas lain."},
    )

    def clean_berkas(self):
        """Refuse a larger file by its stated size, before its content is read."""
        berkas = self.cleaned_data["berkas"]
        if berkas.size > UKURAN_TERBESAR:
            raise forms.ValidationError("Berkas lebih besar dari 25 MB.")
        return berkas


class PindaianForm(forms.Form):
    """The scan of the signed paper; what it must be is judged by its content."""

    berkas = forms.FileField(
        label="Berkas pindaian",
        help_text="PDF, JPEG, atau PNG, paling besar 20 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": "Pilih berkas pindaian lebih dahulu.", "empty": "Berkas itu kosong."},
    )


class BandingForm(forms.Form):
    """What the second person states; a box left empty means it does not hold."""

    nomor_sama = forms.BooleanField(label="Nomor pada kertas, pindaian, dan cetakan sama", required=False)
    isi_sama = forms.BooleanField(label="Isi semua halaman sama", required=False)
    tanda_tangan_lengkap = forms.BooleanField(label="Tanda tangan di atas kertas lengkap", required=False)
    catatan = forms.CharField(
        label="Catatan",
        required=False,
        max_length=1000,
        help_text="Wajib diisi, paling sedikit 10 huruf, bila ada yang tidak sesuai.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SertifikatForm(forms.Form):
    """The passphrase of a new key, typed twice."""

    sandi = _sandi(
        label="Frasa sandi baru",
        min_length=PANJANG_SANDI_TERKECIL,
        help_text=f"Paling sedikit {PANJANG_SANDI_TERKECIL} karakter. Kantor tidak dapat memulihkannya bila lupa.",
        error_messages={
            "required": "Ketik frasa sandi.",
            "min_length": f"Frasa sandi paling sedikit {PANJANG_SANDI_TERKECIL} karakter.",
        },
    )
    sandi_ulang = _sandi(
        label="Ketik frasa sandi sekali lagi", error_messages={"required": "Ketik frasa sandi sekali lagi."}
    )

    def clean(self):
        """The two must be the same."""
        isi = super().clean() or {}
        if isi.get("sandi") and isi.get("sandi_ulang") and isi["sandi"] != isi["sandi_ulang"]:
            self.add_error("sandi_ulang", "Kedua frasa sandi tidak sama. Ketik ulang.")
        return isi


class KodeForm(forms.Form):
    """The verification code as printed: spaces, hyphens and small letters are forgiven."""

    kode = forms.CharField(
        label="Kode verifikasi",
        max_length=40,
        help_text="12 huruf dan angka di bagian bawah setiap halaman naskah, contoh: 7KQ2M9XPTR4W.",
        widget=forms.TextInput(
            attrs={"class": "lebar-16", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Ketik kode verifikasi."},
    )

    def clean_kode(self) -> str:
        """Only letters and digits, upper case."""
        kode = "".join(huruf for huruf in self.cleaned_data["kode"].upper() if huruf.isascii() and huruf.isalnum())
        if len(kode) != 12:
            raise forms.ValidationError("Kode verifikasi terdiri atas 12 huruf dan angka. Periksa kembali.")
        return kode
