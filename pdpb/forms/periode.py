"""Forms of a period: its dates and pleno, remarks, freezing, reopening, minutes."""

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from kpupalu.naskah.dasar import Calon
from kpupalu.naskah.models import Naskah
from pdpb.actions.periode import teks_isian
from pdpb.documents import DASAR_HUKUM
from pdpb.models import Periode

_URUTAN_MAKS = {Periode.Jenis.TRIWULAN: 4, Periode.Jenis.BULANAN: 12, Periode.Jenis.SEMESTER: 2}
_tanda = signing.Signer(salt="pdpb.forms.periode")
_TANGGAL = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"]
_CONTOH = "hh-bb-tttt, contoh: 08-12-2026"


def tanggal(label: str, *, required: bool = True, help_text: str = _CONTOH) -> forms.DateField:
    """One text box for the date of a document."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=_TANGGAL,
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"class": "lebar-10", "inputmode": "numeric"}),
        error_messages={"invalid": "Tanggal tidak dikenal. Tulis seperti 08-12-2026."},
    )


class PeriodeForm(forms.ModelForm):
    """The dates and the pleno of an open period; its legal bases one per line."""

    mulai = tanggal("Tanggal mulai")
    akhir = tanggal("Tanggal akhir")
    tanggal_kunci_sidalih = tanggal("Tanggal kunci SIDALIH", required=False)
    tanggal_pleno = tanggal("Tanggal pleno", required=False)
    tanggal_cut_off_umur = tanggal(
        "Tanggal hitung umur", required=False, help_text="Kosong berarti sama dengan tanggal pleno (asumsi)."
    )
    dasar_hukum = forms.CharField(
        label="Dasar hukum", widget=forms.Textarea(attrs={"rows": 5}), help_text="Satu dasar per baris, tanpa nomor."
    )

    class Meta:
        model = Periode
        fields = [
            "jenis", "tahun", "urutan", "mulai", "akhir", "tanggal_kunci_sidalih", "tanggal_pleno",
            "tanggal_cut_off_umur", "tempat_pleno", "dasar_hukum",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dasar = self.instance.dasar_hukum or DASAR_HUKUM
        self.initial["dasar_hukum"] = "\n".join(dasar)
        if self.instance.pk:
            for nama in ("jenis", "tahun", "urutan"):
                del self.fields[nama]
            self.fields["versi"] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.initial["versi"] = self._versi(self.instance)

    def _versi(self, periode: Periode) -> str:
        return _tanda.sign_object({nama: teks_isian(periode, nama) for nama in self.Meta.fields[3:]})

    def clean_versi(self) -> str:
        """``dilihat`` is what the form showed; a form that does not say it, or lies about it, is not taken."""
        try:
            self.dilihat = _tanda.unsign_object(self.cleaned_data["versi"])
        except signing.BadSignature as galat:
            raise ValidationError("Formulir ini tidak lengkap. Muat ulang halaman, lalu isi lagi.") from galat
        return self.cleaned_data["versi"]

    def perlihatkan(self, periode: Periode) -> None:
        """The person has been told how *periode* stands now; the next sending is compared with that."""
        self.data = self.data.copy()
        self.data["versi"] = self._versi(periode)

    def clean_dasar_hukum(self) -> list[str]:
        """The lines as a list, blanks dropped."""
        return [baris.strip() for baris in self.cleaned_data["dasar_hukum"].splitlines() if baris.strip()]

    def clean(self) -> None:
        """The period ends after it begins, lies in its year, has a number that exists, and is held after it begins."""
        isi = super().clean()
        mulai, akhir, pleno = isi.get("mulai"), isi.get("akhir"), isi.get("tanggal_pleno")
        if mulai and akhir and akhir < mulai:
            self.add_error("akhir", "Tanggal akhir lebih awal daripada tanggal mulai.")
        if mulai and pleno and pleno < mulai:
            self.add_error("tanggal_pleno", "Pleno tidak mungkin sebelum periode mulai.")
        kunci = {nama: isi[nama] for nama in ("jenis", "tahun", "urutan") if nama in isi}
        if len(kunci) == 3 and Periode.objects.filter(**kunci).exists():
            self.add_error("urutan", "Periode ini sudah ada. Periksa tahun dan nomornya.")
        self._periksa_nomor(isi)

    def _periksa_nomor(self, isi: dict) -> None:
        maks = _URUTAN_MAKS.get(isi.get("jenis"))
        if maks and not 1 <= (isi.get("urutan") or 0) <= maks and "urutan" in isi:
            self.add_error("urutan", f"Isi nomor 1 sampai {maks}.")
        tahun, mulai = isi.get("tahun", self.instance.tahun), isi.get("mulai")
        if tahun is not None and mulai and tahun != mulai.year:
            self.add_error("mulai", f"Tanggal mulai tidak terletak pada tahun {tahun}.")


class MasukanForm(forms.Form):
    """One remark made in the pleno and its answer, as the minutes print them."""

    lembaga = forms.CharField(label="Lembaga", max_length=120)
    isi = forms.CharField(label="Masukan", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}))
    jawaban = forms.CharField(label="Jawaban", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}))


class BukaKembaliForm(forms.Form):
    """Why a frozen period must be opened again, and the letter that asks for it."""

    nomor_surat = forms.CharField(
        label="Nomor surat dasar", max_length=120, help_text="Misalnya surat saran perbaikan Bawaslu."
    )
    alasan = forms.CharField(
        label="Alasan", min_length=10, max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Paling sedikit 10 huruf.",
    )  # fmt: skip


class SetujuiBukaForm(forms.Form):
    """Until when a reopened period stays open."""

    sampai = tanggal("Dibuka sampai tanggal")


class BeritaAcaraForm(forms.Form):
    """Who did not attend the pleno, and how the minutes will be signed."""

    cara = forms.ChoiceField(
        label="Cara tanda tangan", choices=Naskah.Cara.choices, initial=Naskah.Cara.ELEKTRONIK, widget=forms.RadioSelect
    )

    def __init__(self, *args, calon: list[Calon], **kwargs):
        super().__init__(*args, **kwargs)
        self.calon = calon
        for c in calon:
            self.fields[f"absen_{c.user.pk}"] = forms.CharField(
                label=f"Alasan tidak hadir: {c.nama} ({c.jabatan})",
                required=False,
                max_length=300,
                help_text="Kosongkan bila hadir dan akan menandatangani.",
            )

    @property
    def tidak_hadir(self) -> dict[int, str]:
        """Account id → reason, of those marked absent."""
        return {c.user.pk: alasan for c in self.calon if (alasan := self.cleaned_data[f"absen_{c.user.pk}"].strip())}

    def clean(self) -> None:
        """Somebody must have attended."""
        super().clean()
        if len(self.tidak_hadir) == len(self.calon):
            raise ValidationError("Paling sedikit satu anggota harus hadir.")
