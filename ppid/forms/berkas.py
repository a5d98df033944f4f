"""Forms of the release gate, of costs, letters and of destroying identities."""

from django import forms

from kpupalu.imports.batas import MB
from kpupalu.kalender.forms import kotak_tanggal
from kpupalu.lib.waktu import hari_ini
from ppid.forms.permohonan import VersiForm
from ppid.models import BerkasJawaban, Permohonan, Tarif
from ppid.models.dikecualikan import HURUF_PASAL_17
from ppid.rilis.kotak_pasir import MAKS_MB, TERIMA

_DITAMPILKAN = 200


def _huruf() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Alasan penghitaman", initial="h",
        choices=[(h, f"Pasal 17 huruf {h}: {kata.lower()}") for h, kata in HURUF_PASAL_17.items()],
    )  # fmt: skip


def _mm(label: str) -> forms.FloatField:
    return forms.FloatField(
        label=label, min_value=0, max_value=2000,
        widget=forms.NumberInput(attrs={"class": "lebar-6", "step": "0.1", "inputmode": "decimal"}),
    )  # fmt: skip


class UnggahBerkasForm(forms.Form):
    """The document to be given for an item."""

    judul = forms.CharField(label="Judul berkas", max_length=160, help_text="Dibaca pemohon. Jangan menyebut orang.")
    berkas = forms.FileField(
        label="Berkas", widget=forms.ClearableFileInput(attrs={"accept": TERIMA}),
        help_text=f"PDF, XLSX, DOCX, CSV, JPG, atau PNG, paling besar {MAKS_MB} MB.",
        error_messages={"required": "Pilih berkas yang akan diberikan.", "empty": "Berkas ini kosong (0 byte)."},
    )  # fmt: skip

    def clean_berkas(self):
        """Not read into memory above the limit."""
        nilai = self.cleaned_data["berkas"]
        if nilai.size > MAKS_MB * MB:
            raise forms.ValidationError(f"Berkas lebih besar dari {MAKS_MB} MB. Bagi menjadi beberapa berkas.")
        return nilai


class KotakForm(VersiForm):
    """One box on a page, in mm from its upper left corner."""

    hal = forms.IntegerField(label="Halaman", min_value=1, widget=forms.NumberInput(attrs={"class": "lebar-6"}))
    x = _mm("Dari kiri (mm)")
    y = _mm("Dari atas (mm)")
    w = _mm("Lebar (mm)")
    h = _mm("Tinggi (mm)")
    huruf = _huruf()


class TeksForm(VersiForm):
    """Words to black out wherever they stand."""

    kata = forms.CharField(
        label="Teks yang dihitamkan", max_length=120, help_text="Huruf besar atau kecil dan spasi tidak dibedakan."
    )
    hal = forms.IntegerField(
        label="Hanya halaman", required=False, min_value=1, widget=forms.NumberInput(attrs={"class": "lebar-6"})
    )
    huruf = _huruf()


class SelForm(VersiForm):
    """A block of cells."""

    lembar = forms.ChoiceField(label="Lembar")
    sel = forms.CharField(
        label="Rentang", max_length=24, help_text="C (satu kolom), C:E, C2:C40, B7, atau 5:9 (baris).",
        widget=forms.TextInput(attrs={"class": "lebar-10"}),
    )  # fmt: skip
    huruf = _huruf()

    def __init__(self, *args, berkas: BerkasJawaban, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lembar"].choices = [(n, n) for n in berkas.bentuk.get("lembar", [])]


class TemuanForm(VersiForm):
    """Every open finding at once."""

    huruf = _huruf()


class NyatakanForm(VersiForm):
    """Which findings may stay, and why."""

    kunci = forms.MultipleChoiceField(
        label="Temuan", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Pilih paling sedikit satu."}
    )
    alasan = forms.CharField(
        label="Mengapa boleh diberikan", min_length=10, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Untuk bagian berupa gambar: nyatakan bahwa Anda sudah membacanya.",
        error_messages={"min_length": "Tuliskan alasan, paling sedikit 10 huruf."},
    )  # fmt: skip

    def __init__(self, *args, terbuka: list[dict], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kunci"].choices = [
            (t["kunci"], f"{t['label']}, {t['tempat']}{': ' if t['samar'] else ''}{t['samar']}")
            for t in terbuka[:_DITAMPILKAN]
        ]


class BiayaForm(VersiForm):
    """Units and, if less than the tariff, the price of each component."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        berlaku = {t.komponen: t for t in Tarif.objects.pada(hari_ini()).order_by("mulai")}
        for kode, nama in Tarif.Komponen.choices:
            tarif = berlaku.get(kode)
            bantuan = f"Tarif Rp{tarif.rupiah} ({tarif.dasar_hukum})." if tarif else "Tidak ada tarif yang berlaku."
            self.fields[f"jumlah_{kode}"] = forms.IntegerField(
                label=f"Jumlah: {nama}", required=False, min_value=0, max_value=10_000, help_text=bantuan,
                widget=forms.NumberInput(attrs={"class": "lebar-6"}),
            )  # fmt: skip
            self.fields[f"harga_{kode}"] = forms.IntegerField(
                label=f"Harga bila di bawah tarif: {nama}", required=False, min_value=0, max_value=10_000_000,
                widget=forms.NumberInput(attrs={"class": "lebar-10"}),
            )  # fmt: skip

    def baris(self) -> list[tuple[str, int, int | None]]:
        """The lines that were filled in."""
        c = self.cleaned_data
        return [(k, c[f"jumlah_{k}"], c[f"harga_{k}"]) for k in Tarif.Komponen.values if c[f"jumlah_{k}"]]


class SuratForm(VersiForm):
    """Date of a letter."""

    tanggal = kotak_tanggal("Tanggal surat")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("tanggal", hari_ini())


class RalatForm(SuratForm):
    """What was written, what should have been."""

    keliru = forms.CharField(
        label="Tertulis", min_length=10, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kutip bagian yang keliru dari surat terakhir yang terkirim.",
    )  # fmt: skip
    benar = forms.CharField(
        label="Seharusnya", min_length=10, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class KirimSuratForm(forms.Form):
    """When and how a letter went out, and what proves it."""

    pada = kotak_tanggal("Tanggal dikirim")
    cara = forms.ChoiceField(label="Cara pengiriman", choices=Permohonan.CaraKirim.choices)
    bukti = forms.CharField(
        label="Bukti pengiriman", max_length=200, help_text="Nomor resi, surel terkirim, atau siapa yang menerima."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("pada", hari_ini())


class AlasanForm(forms.Form):
    """A reason of at least ten letters."""

    catatan = forms.CharField(
        label="Alasan", min_length=10, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": "Tuliskan alasan, paling sedikit 10 huruf."},
    )  # fmt: skip
