"""Forms of the yearly report, of findings, registers, and the summary for the public."""

from django import forms

from kpupalu.kalender.forms import kotak_tanggal
from kpupalu.lib.waktu import hari_ini
from ppid.actions.publikasi import TERPANJANG
from ppid.anomali.registri import semua_pemeriksaan
from ppid.forms.permohonan import VersiForm
from ppid.models import Anomali, LaporanTahunan


class BukaLaporanForm(forms.Form):
    """Which year is reported."""

    tahun = forms.IntegerField(
        label="Tahun", min_value=2010, max_value=2100,
        widget=forms.NumberInput(attrs={"class": "lebar-6", "inputmode": "numeric"}),
        error_messages={"required": "Isi tahun laporan.", "invalid": "Tahun ditulis dengan empat angka."},
    )  # fmt: skip


class NarasiForm(forms.ModelForm):
    """What the officer writes; a part may wait until the report is frozen."""

    versi = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    class Meta:
        model = LaporanTahunan
        fields = LaporanTahunan.NARASI
        widgets = {n: forms.Textarea(attrs={"rows": 4}) for n in LaporanTahunan.NARASI}

    def isi(self) -> dict[str, str]:
        """The parts as typed."""
        return {n: self.cleaned_data[n] for n in LaporanTahunan.NARASI}


class KirimLaporanForm(VersiForm):
    """When and how the report went to KPU Provinsi."""

    pada = kotak_tanggal("Tanggal dikirim")
    cara = forms.ChoiceField(label="Dikirim lewat", choices=LaporanTahunan.Cara.choices)
    bukti = forms.CharField(
        label="Bukti pengiriman", max_length=200, help_text="Nomor surat pengantar, nomor resi, atau surel terkirim."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("pada", hari_ini())


class SaringAnomaliForm(forms.Form):
    """Which findings are shown."""

    keadaan = forms.ChoiceField(
        label="Keadaan", required=False,
        choices=[("", "Menunggu penanganan"), ("dinilai", "Dinilai, sebabnya masih ada"),
                 ("berakhir", "Sudah berakhir"), ("semua", "Semua")],
    )  # fmt: skip
    tingkat = forms.ChoiceField(
        label="Tingkat", required=False, choices=[("", "Semua tingkat"), *Anomali.Tingkat.choices]
    )
    kode = forms.ChoiceField(label="Pemeriksaan", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        semua = [(p.kode, p.nama) for p in semua_pemeriksaan()]
        self.fields["kode"].choices = [("", "Semua pemeriksaan"), *semua]


class NilaiAnomaliForm(forms.Form):
    """Why a finding is no fault."""

    alasan = forms.CharField(
        label="Alasan", min_length=10, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": "Tuliskan alasan, paling sedikit 10 huruf."},
    )  # fmt: skip


class RegisterForm(forms.Form):
    """Which register, with or without who asks, and for what."""

    tahun = forms.IntegerField(
        label="Tahun", min_value=2010, max_value=2100,
        widget=forms.NumberInput(attrs={"class": "lebar-6", "inputmode": "numeric"}),
    )  # fmt: skip
    identitas = forms.BooleanField(
        label="Sertakan nama, alamat, kontak, pekerjaan, dan tujuan pemohon", required=False,
        help_text="Hanya bila diperlukan. Nomor identitas tidak pernah dimuat.",
    )  # fmt: skip
    tujuan = forms.CharField(
        label="Untuk apa register ini diunduh", min_length=10, max_length=240,
        error_messages={"min_length": "Tuliskan tujuan, paling sedikit 10 huruf."},
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("tahun", hari_ini().year)
        if not user.has_perm("ppid.lihat_pemohon"):
            del self.fields["identitas"]


class RingkasanForm(VersiForm):
    """The summary for the public register."""

    teks = forms.CharField(
        label="Ringkasan untuk umum", required=False, max_length=TERPANJANG, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tulis dengan kata Anda sendiri apa yang diminta. Tanpa nama, nomor, alamat, atau data pribadi lain. "
        "Kosongkan agar tidak tampil pada register umum.",
    )  # fmt: skip
