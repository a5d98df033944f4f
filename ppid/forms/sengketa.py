"""Forms of a dispute: its registration, its steps, hearings, powers of attorney, rulings."""

from uuid import uuid4

from django import forms

from kpupalu.accounts.models import User
from kpupalu.accounts.peran import pemegang_hak
from kpupalu.kalender.forms import kotak_tanggal
from kpupalu.lib.waktu import hari_ini
from ppid.forms.permohonan import VersiForm
from ppid.models import PutusanSengketa, Sengketa, SuratKuasa
from ppid.models.sengketa import Tingkat


def _uraian(label: str, *, baris: int = 4, panjang: int = 4000) -> forms.CharField:
    return forms.CharField(label=label, max_length=panjang, widget=forms.Textarea(attrs={"rows": baris}))


class DaftarSengketaForm(forms.Form):
    """What the notice of the Komisi Informasi says."""

    kunci = forms.UUIDField(widget=forms.HiddenInput)
    nomor_ki = forms.CharField(label="Nomor register Komisi Informasi", max_length=120, required=False)
    diajukan_pada = kotak_tanggal("Diajukan pemohon pada")
    diterima = kotak_tanggal("Pemberitahuan diterima pada")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("kunci", uuid4())
        self.initial.setdefault("diterima", hari_ini())


class SaringSengketaForm(forms.Form):
    """Which disputes the list shows."""

    antrean = forms.ChoiceField(
        label="Antrean", required=False,
        choices=[("", "Semua"), ("terbuka", "Masih berjalan"), ("wakil", "Sidang tanpa wakil")],
    )  # fmt: skip


class PadaForm(VersiForm):
    """On which day."""

    pada = kotak_tanggal("Tanggal")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("pada", hari_ini())


class HasilMediasiForm(VersiForm):
    """What came of mediation."""

    hasil = forms.ChoiceField(label="Hasil", choices=Sengketa.Mediasi.choices, widget=forms.RadioSelect)
    catatan = _uraian("Isi kesepakatan, atau sebab gagalnya")


class PutusanForm(VersiForm):
    """The ruling as it stands on paper."""

    nomor = forms.CharField(label="Nomor putusan", max_length=120)
    tanggal = kotak_tanggal("Tanggal putusan")
    diterima = kotak_tanggal("Diterima kantor pada")
    hasil = forms.ChoiceField(label="Hasil", choices=PutusanSengketa.Hasil.choices, widget=forms.RadioSelect)
    amar = _uraian("Amar putusan", baris=6)


class NaikForm(PadaForm):
    """The case number of the next forum and the day it was filed."""

    nomor = forms.CharField(label="Nomor perkara", max_length=120)


class TetapForm(PadaForm):
    """Since when it is final, and in how many working days it is to be carried out."""

    hari_pelaksanaan = forms.IntegerField(
        label="Waktu pelaksanaan menurut amar (hari kerja)", required=False, min_value=1, max_value=365,
        help_text="Kosongkan bila putusan tidak memerintahkan apa pun.",
        widget=forms.NumberInput(attrs={"class": "lebar-6"}),
    )  # fmt: skip


class LaksanakanPutusanForm(PadaForm):
    """What was done and what proves it."""

    bukti = _uraian("Yang dilaksanakan dan buktinya")


class KuasaForm(VersiForm):
    """A special power of attorney."""

    tingkat = forms.ChoiceField(label="Forum", choices=Tingkat.choices)
    nomor = forms.CharField(label="Nomor surat kuasa khusus", max_length=120)
    tanggal = kotak_tanggal("Tanggal surat kuasa")
    penerima = forms.ModelChoiceField(User.objects.none(), label="Penerima kuasa", empty_label="Pilih orang")
    sampai = kotak_tanggal("Berlaku sampai", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        orang = [u.pk for u in pemegang_hak("ppid.lihat_sengketa")]
        self.fields["penerima"].queryset = User.objects.filter(pk__in=orang).order_by("nama_lengkap")


class SidangForm(VersiForm):
    """A hearing by its summons."""

    tingkat = forms.ChoiceField(label="Forum", choices=Tingkat.choices)
    panggilan = forms.CharField(label="Nomor surat panggilan", max_length=120)
    acara = forms.CharField(label="Acara", max_length=160, help_text="Misalnya pemeriksaan awal, mediasi, pembuktian.")
    tanggal = kotak_tanggal("Tanggal sidang")
    pukul = forms.TimeField(
        label="Pukul (WITA)", required=False, input_formats=["%H.%M", "%H:%M"], help_text="Contoh: 09.30",
        widget=forms.TimeInput(format="%H.%M", attrs={"class": "lebar-6"}),
    )  # fmt: skip
    tempat = forms.CharField(label="Tempat", max_length=160)


class WakilForm(VersiForm):
    """Who attends, by which power of attorney."""

    kuasa = forms.ModelChoiceField(SuratKuasa.objects.none(), label="Surat kuasa", empty_label="Pilih surat kuasa")

    def __init__(self, *args, sidang, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kuasa"].queryset = SuratKuasa.objects.filter(
            sengketa=sidang.sengketa_id, tingkat=sidang.tingkat
        ).select_related("penerima")
        self.fields["kuasa"].label_from_instance = lambda k: f"{k.nomor}: {k.penerima}"


class HasilSidangForm(VersiForm):
    """Whether the office was there, and what came of it."""

    hadir = forms.TypedChoiceField(
        label="Apakah kantor hadir?", choices=[("ya", "Ya"), ("tidak", "Tidak")], widget=forms.RadioSelect,
        coerce=lambda x: x == "ya",
    )  # fmt: skip
    hasil = _uraian("Hasil sidang")
