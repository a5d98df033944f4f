"""Forms of the lists: public information, excepted information, consequence tests."""

from django import forms
from django.core.exceptions import ValidationError

from kpupalu.imports.lampiran import LampiranField
from kpupalu.kalender.forms import kotak_tanggal
from kpupalu.lib.waktu import hari_ini
from kpupalu.organisasi.models import Subbagian
from ppid.actions.informasi import unit_sendiri
from ppid.forms.permohonan import CatatanForm, VersiForm
from ppid.models import InformasiDikecualikan, InformasiPublik, UjiKonsekuensi
from ppid.models.dikecualikan import HURUF_PASAL_17

_HURUF = [(h, f"{h}. {kata}") for h, kata in HURUF_PASAL_17.items()]
U = UjiKonsekuensi.Status


def _panjang(label: str, *, baris: int = 3, wajib: bool = True, bantuan: str = "", maks: int = 2000):
    return forms.CharField(
        label=label, max_length=maks, required=wajib, help_text=bantuan, widget=forms.Textarea(attrs={"rows": baris})
    )


def _satu_berkas(bantuan: str) -> LampiranField:
    return LampiranField(label="Berkas", maks=1, help_text=bantuan)


class CariForm(forms.Form):
    """Words to look for; the address holds nothing else."""

    q = forms.CharField(
        label="Kata yang dicari", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"}),
        help_text="Judul atau ringkasan, misalnya: anggaran.",
    )  # fmt: skip

    def clean_q(self) -> str:
        """The words. Refuses long numbers: a search stands in addresses and logs, where no NIK may be."""
        kata = " ".join(self.cleaned_data["q"].split())
        if any(sum(h.isdigit() for h in satu) >= 8 for satu in [*kata.split(), kata.replace(" ", "")]):
            raise ValidationError("Cari dengan kata, bukan dengan nomor seperti NIK atau telepon.")
        return kata


class SaringDipForm(CariForm):
    """Which entries the officers' list shows."""

    kategori = forms.ChoiceField(
        label="Kategori", required=False, choices=[("", "Semua"), *InformasiPublik.Kategori.choices]
    )
    keadaan = forms.ChoiceField(
        label="Keadaan", required=False,
        choices=[("", "Semua"), ("perlu", "Perlu dimutakhirkan"), ("menunggu", "Pembaruan menunggu putusan"),
                 *InformasiPublik.Status.choices],
    )  # fmt: skip
    unit = forms.ModelChoiceField(Subbagian.objects.all(), label="Unit", required=False, empty_label="Semua unit")


class InformasiForm(forms.ModelForm):
    """One entry of the list as its unit proposes it."""

    dibuat_pada = kotak_tanggal("Waktu pembuatan")
    dimutakhirkan_pada = kotak_tanggal("Isi mutakhir per")
    tautan = forms.URLField(label="Tautan", required=False, max_length=300, assume_scheme="https")
    berkas_baru = _satu_berkas(
        "PDF, JPG, atau PNG, paling besar 5 MB. Boleh kosong bila ada tautan atau hanya tersedia di kantor."
    )
    versi = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = InformasiPublik
        fields = [
            "kategori", "judul", "ringkasan", "unit", "penanggung_jawab", "dibuat_pada", "dibuat_di", "bentuk",
            "retensi", "frekuensi_bulan", "dimutakhirkan_pada", "tautan",
        ]  # fmt: skip
        widgets = {"ringkasan": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = unit_sendiri(user)  # type: ignore[attr-defined]
        self.fields["frekuensi_bulan"].widget.attrs["class"] = "lebar-6"
        self.fields["frekuensi_bulan"].help_text = "Wajib untuk informasi berkala, misalnya 12 untuk setahun sekali."
        self.fields["retensi"].help_text = "Menurut jadwal retensi arsip, misalnya: 5 tahun."
        self.fields["bentuk"].help_text = "Misalnya: cetak dan salinan berkas."

    def clean(self) -> dict:
        """A periodic entry says how often it is renewed."""
        isi = super().clean() or self.cleaned_data
        if isi.get("kategori") == InformasiPublik.Kategori.BERKALA and not isi.get("frekuensi_bulan"):
            self.add_error("frekuensi_bulan", "Tuliskan setiap berapa bulan informasi berkala ini diperbarui.")
        return isi

    def isi(self) -> dict:
        """The fields of the entry."""
        return {k: self.cleaned_data[k] for k in self.Meta.fields}

    def berkas(self):
        """The checked file, or None."""
        return next(iter(self.cleaned_data["berkas_baru"]), None)


class TetapkanForm(VersiForm):
    """The decision that puts the entry on the list."""

    sk = forms.CharField(label="Nomor keputusan penetapan DIP", max_length=160)
    pada = kotak_tanggal("Tanggal keputusan")


class PembaruanForm(VersiForm):
    """What is new, and as of when."""

    uraian = forms.CharField(
        label="Apa yang diperbarui", min_length=5, max_length=300,
        help_text="Bila isinya tetap, tulis misalnya: diperiksa, tidak ada perubahan.",
    )  # fmt: skip
    isi_per = kotak_tanggal("Isi mutakhir per")
    berkas = _satu_berkas("PDF, JPG, atau PNG, paling besar 5 MB. Kosongkan bila berkasnya tetap.")
    tautan = forms.URLField(
        label="Tautan baru", required=False, max_length=300, assume_scheme="https",
        help_text="Isi bila pembaruannya berupa tautan. Berkas dan tautan lama lalu digantikan.",
    )  # fmt: skip

    def clean_berkas(self):
        """The file itself, or None."""
        return next(iter(self.cleaned_data["berkas"]), None)


class PutusPembaruanForm(VersiForm):
    """Publish or decline a refresh."""

    putusan = forms.ChoiceField(
        label="Putusan", choices=[("terbitkan", "Terbitkan"), ("tolak", "Tolak")], widget=forms.RadioSelect
    )
    catatan = _panjang("Catatan", wajib=False, bantuan="Wajib bila ditolak, paling sedikit 10 huruf.", maks=300)

    def clean(self) -> dict:
        """The choice as the act takes it."""
        isi = super().clean() or self.cleaned_data
        if "putusan" in isi:
            isi["terbitkan"] = isi.pop("putusan") == "terbitkan"
        return isi


class DikForm(forms.ModelForm):
    """One exception, as the decision of KPU or KPU Provinsi says it."""

    pasal_17 = forms.ChoiceField(label="Huruf Pasal 17 UU 14/2008", choices=[("", "Pilih huruf"), *_HURUF])
    tanggal_keputusan = kotak_tanggal("Tanggal keputusan")
    mulai = kotak_tanggal("Berlaku sejak")
    berakhir = kotak_tanggal(
        "Berlaku sampai", required=False, help_text="Wajib untuk huruf a sampai f. hh-bb-tttt, contoh: 08-12-2026"
    )

    class Meta:
        model = InformasiDikecualikan
        fields = [
            "informasi", "pasal_17", "dasar_hukum", "konsekuensi_dibuka", "konsekuensi_ditutup", "penetap", "keputusan",
            "tanggal_keputusan", "mulai", "berakhir",
        ]  # fmt: skip
        widgets = {n: forms.Textarea(attrs={"rows": 3}) for n in ("konsekuensi_dibuka", "konsekuensi_ditutup")}


class CabutForm(VersiForm):
    """The decision that revokes an exception."""

    pencabutan = forms.CharField(
        label="Keputusan yang mencabut",
        max_length=160,
        help_text="Nomor dan tanggal, seperti tertulis di keputusannya.",
    )
    dicabut_pada = kotak_tanggal("Dicabut sejak")


class UjiForm(forms.ModelForm):
    """What is to be tested, and the balance of harm and public interest as the office sees it."""

    pasal_17 = forms.ChoiceField(label="Huruf Pasal 17 UU 14/2008", choices=[("", "Pilih huruf"), *_HURUF])

    class Meta:
        model = UjiKonsekuensi
        fields = [
            "informasi", "unit", "pasal_17", "dasar_hukum", "sifat", "bahaya", "kepentingan_publik", "pertimbangan",
            "jangka_waktu",
        ]  # fmt: skip
        widgets = {
            n: forms.Textarea(attrs={"rows": 3}) for n in ("sifat", "bahaya", "kepentingan_publik", "pertimbangan")
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        semua = user.has_perm("ppid.catat_dik")
        unit = Subbagian.objects.all() if semua else unit_sendiri(user)
        self.fields["unit"].queryset = unit  # type: ignore[attr-defined]


class PendapatForm(VersiForm):
    """What the *tim pertimbangan* thinks."""

    pendapat = _panjang("Pendapat tim pertimbangan", baris=5, maks=4000)


class KirimProvinsiForm(VersiForm):
    """The letter to KPU Provinsi."""

    surat_nomor = forms.CharField(label="Nomor surat kepada KPU Provinsi", max_length=120)
    dikirim_pada = kotak_tanggal("Tanggal dikirim")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("dikirim_pada", hari_ini())


class JawabanUjiForm(VersiForm):
    """What was answered from above."""

    hasil = forms.ChoiceField(
        label="Menurut jawaban KPU atau KPU Provinsi", widget=forms.RadioSelect,
        choices=[(U.DIKECUALIKAN.value, "Informasi dikecualikan"), (U.TERBUKA.value, "Informasi terbuka")],
    )  # fmt: skip
    jawaban_nomor = forms.CharField(label="Nomor jawaban", max_length=120)
    jawaban_pada = kotak_tanggal("Tanggal jawaban")
    dik = forms.ModelChoiceField(
        InformasiDikecualikan.objects.all(), label="Keputusan pada daftar informasi dikecualikan", required=False,
        empty_label="Tidak ada", help_text="Wajib bila dikecualikan. Catat dahulu keputusannya pada daftar itu.",
    )  # fmt: skip


__all__ = [
    "CabutForm", "CariForm", "CatatanForm", "DikForm", "InformasiForm", "JawabanUjiForm", "KirimProvinsiForm",
    "PembaruanForm", "PendapatForm", "PutusPembaruanForm", "SaringDipForm", "TetapkanForm", "UjiForm", "VersiForm",
]  # fmt: skip
