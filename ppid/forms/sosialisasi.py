"""Forms of an event: plan, coordination, date, day, evaluation, budget, materials."""

from decimal import Decimal

from django import forms

from kpupalu.imports.lampiran import LampiranField
from kpupalu.kalender.forms import kotak_tanggal
from kpupalu.lib.waktu import hari_ini
from kpupalu.organisasi.models import MasaJabatan, Pegawai
from kpupalu.rapat.forms import kotak_pukul
from kpupalu.surat.models import Instansi
from ppid.forms.permohonan import CatatanForm, VersiForm
from ppid.models import ButirEvaluasi, Koordinasi, Narasumber, PosAnggaran, Sosialisasi

K = Koordinasi


def _kepada() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Instansi.objects.none(), label="Kepada", empty_label="Pilih tujuan",
        help_text="PPID KPU RI berada pada KPU Republik Indonesia.",
    )  # fmt: skip


class SaringSosialisasiForm(forms.Form):
    """Which events the list shows."""

    antrean = forms.ChoiceField(
        label="Tampilkan", required=False,
        choices=[("", "Semua"), ("koordinasi", "Belum dikoordinasikan"), ("setujui", "Menunggu persetujuan tanggal"),
                 ("catat", "Tanggalnya sudah tiba"), ("spj", "Menunggu SPJ"), ("janggal", "Tanggal dan surat janggal")],
    )  # fmt: skip
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Semua status"), *Sosialisasi.Status.choices]
    )


class RencanaForm(forms.ModelForm):
    """The plan; its date is only a proposal."""

    tanggal_usulan = kotak_tanggal("Tanggal yang diusulkan")
    versi = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Sosialisasi
        fields = ["judul", "dasar", "tujuan", "sasaran", "tanggal_usulan", "tempat"]
        widgets = {"tujuan": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sasaran"].help_text = "Misalnya: pegawai sekretariat, badan publik, dan organisasi masyarakat."
        if self.instance.pk:
            self.initial["versi"] = self.instance.versi

    def isi(self) -> dict:
        """The fields of the plan."""
        return {k: self.cleaned_data[k] for k in self.Meta.fields}


class KoordinasiForm(VersiForm):
    """The letter that asks: drafted here, or one that was sent already."""

    kepada = _kepada()
    surat_tanggal = kotak_tanggal("Tanggal surat koordinasi")
    surat_nomor = forms.CharField(
        label="Nomor surat yang sudah dikirim", max_length=120, required=False,
        help_text="Kosongkan agar konsep suratnya disusun di sini. Isi bila surat dibuat di luar sistem ini.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        penyelenggara = Instansi.objects.filter(aktif=True, jenis=Instansi.Jenis.PENYELENGGARA)
        self.fields["kepada"].queryset = penyelenggara  # type: ignore[attr-defined]
        self.initial.setdefault("surat_tanggal", hari_ini())


class JawabanKoordinasiForm(VersiForm):
    """What was answered, how, and for which day."""

    hasil = forms.ChoiceField(label="Hasil", choices=K.Hasil.choices, widget=forms.RadioSelect)
    melalui = forms.ChoiceField(label="Dijawab melalui", choices=[("", "Pilih"), *K.Melalui.choices])
    jawaban_nomor = forms.CharField(
        label="Nomor surat jawaban", max_length=120, required=False, help_text="Wajib bila dijawab dengan surat."
    )
    jawaban_tanggal = kotak_tanggal("Tanggal jawaban")
    tanggal_disepakati = kotak_tanggal(
        "Tanggal yang disepakati", required=False, help_text="Boleh berbeda dari yang diusulkan. hh-bb-tttt"
    )
    catatan = forms.CharField(label="Catatan", max_length=500, required=False)

    def clean(self) -> dict:
        """The fields of the answer under ``isi``, as the act takes them."""
        data = super().clean() or self.cleaned_data
        if data.get("hasil") == K.Hasil.DISETUJUI and "tanggal_disepakati" in data and not data["tanggal_disepakati"]:
            self.add_error("tanggal_disepakati", "Tuliskan tanggal yang disepakati.")
        return {"versi": data.get("versi"), "isi": {k: v for k, v in data.items() if k != "versi"}}


class TempatForm(VersiForm):
    """Where and when on the agreed day."""

    mulai = kotak_pukul("Pukul mulai")
    selesai = kotak_pukul("Pukul selesai", required=False)
    tempat = forms.CharField(label="Tempat", max_length=160)

    def clean(self) -> dict:
        """An event ends after it begins."""
        isi = super().clean() or self.cleaned_data
        if isi.get("mulai") and isi.get("selesai") and isi["selesai"] <= isi["mulai"]:
            self.add_error("selesai", "Pukul selesai harus sesudah pukul mulai.")
        return isi


class SetujuiForm(TempatForm):
    """The approval of the agreed date, with who chairs."""

    pimpinan = forms.ModelChoiceField(Pegawai.objects.none(), label="Pimpinan acara", empty_label="Pilih pimpinan")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        menjabat = MasaJabatan.objects.filter(akhir=None).values("pegawai")
        self.fields["pimpinan"].queryset = Pegawai.objects.filter(pk__in=menjabat)  # type: ignore[attr-defined]


class UndangForm(VersiForm):
    """Who is invited, and the day of the letter."""

    instansi = forms.ModelMultipleChoiceField(
        Instansi.objects.filter(aktif=True), label="Instansi yang diundang", widget=forms.CheckboxSelectMultiple,
        help_text="Daftar instansi diatur admin.", error_messages={"required": "Pilih paling sedikit satu instansi."},
    )  # fmt: skip
    tanggal = kotak_tanggal("Tanggal undangan")


class UlangForm(CatatanForm):
    """A new proposal and why."""

    tanggal_usulan = kotak_tanggal("Tanggal baru yang diusulkan")
    field_order = ["tanggal_usulan", "catatan"]


class LaksanakanForm(VersiForm):
    """How many came."""

    hadir_laki = forms.IntegerField(
        label="Peserta laki-laki", min_value=0, max_value=10_000, widget=forms.NumberInput(attrs={"class": "lebar-6"})
    )
    hadir_perempuan = forms.IntegerField(
        label="Peserta perempuan", min_value=0, max_value=10_000, widget=forms.NumberInput(attrs={"class": "lebar-6"})
    )


class LaporanForm(VersiForm):
    """The day of the report."""

    tanggal = kotak_tanggal("Tanggal laporan")


class SpjForm(VersiForm):
    """The accounts as the bendahara filed them."""

    spj_nomor = forms.CharField(label="Nomor SPJ", max_length=120)
    spj_tanggal = kotak_tanggal("Tanggal SPJ")


def _rupiah(label: str, **lain) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=Decimal(0), max_digits=14, decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "lebar-10"}), help_text="Rupiah tanpa titik, contoh: 1250000.", **lain,
    )  # fmt: skip


class NarasumberForm(forms.ModelForm):
    """One speaker."""

    class Meta:
        model = Narasumber
        fields = ["asal", "lembaga", "nama", "topik", "kesediaan", "izin_materi"]


class PosAnggaranForm(forms.ModelForm):
    """One planned line of the budget."""

    rencana = _rupiah("Rencana")

    class Meta:
        model = PosAnggaran
        fields = ["uraian", "akun", "rencana"]


class RealisasiForm(forms.ModelForm):
    """What was spent on a line."""

    realisasi = _rupiah("Realisasi")

    class Meta:
        model = PosAnggaran
        fields = ["realisasi", "bukti", "penjelasan"]

    def _post_clean(self) -> None:
        """The act judges the row; the form only what was typed."""


class PertanyaanForm(forms.ModelForm):
    """One question of the sheet."""

    class Meta:
        model = ButirEvaluasi
        fields = ["pertanyaan"]


class SuratNarasumberForm(forms.Form):
    """The day of the letter to a speaker's institution."""

    tanggal = kotak_tanggal("Tanggal surat")


class MateriForm(forms.Form):
    """One file shown at the event."""

    judul = forms.CharField(label="Judul materi", max_length=200)
    narasumber = forms.ModelChoiceField(
        Narasumber.objects.none(), label="Narasumber", required=False, empty_label="Materi kantor sendiri"
    )
    berkas = LampiranField(label="Berkas", maks=1, required=True, help_text="PDF, JPG, atau PNG, paling besar 5 MB.")

    def __init__(self, *args, sosialisasi: Sosialisasi, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["narasumber"].queryset = sosialisasi.narasumber.all()  # type: ignore[attr-defined]

    def clean_berkas(self):
        """The file itself."""
        return next(iter(self.cleaned_data["berkas"]))


class EvaluasiForm(VersiForm):
    """One row of four numbers per question, and what follows from them."""

    ringkasan = forms.CharField(
        label="Ringkasan evaluasi", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Apa yang baik, apa yang kurang. Jangan menyebut nama orang.",
    )  # fmt: skip
    saran = forms.CharField(
        label="Saran tindak lanjut", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, butir: list[ButirEvaluasi], **kwargs):
        super().__init__(*args, **kwargs)
        self.butir = butir
        for b in butir:
            for nama in ButirEvaluasi.JAWABAN:
                label = f"{ButirEvaluasi._meta.get_field(nama).verbose_name}, nomor {b.urut}"
                kotak = forms.NumberInput(attrs={"class": "lebar-6", "aria-label": label})
                self.fields[f"b{b.pk}_{nama}"] = forms.IntegerField(
                    label=label, min_value=0, max_value=10_000, initial=getattr(b, nama), widget=kotak
                )

    def baris(self) -> list[tuple[ButirEvaluasi, list]]:
        """Each question with its four boxes."""
        return [(b, [self[f"b{b.pk}_{nama}"] for nama in ButirEvaluasi.JAWABAN]) for b in self.butir]

    def angka(self) -> dict[int, dict[str, int]]:
        """The numbers by the key of their question."""
        return {b.pk: {n: self.cleaned_data[f"b{b.pk}_{n}"] for n in ButirEvaluasi.JAWABAN} for b in self.butir}
