"""Forms of a meeting; the attendance form holds one row per participant."""

from django import forms
from django.contrib.auth import get_user_model

from kpupalu.kalender.forms import kotak_tanggal
from kpupalu.naskah.models import Naskah
from kpupalu.organisasi.models import MasaJabatan, Pegawai
from kpupalu.rapat.actions import Hadir
from kpupalu.rapat.models import KehadiranAnggota, Masukan, Notulen, Peserta, Rapat, TindakLanjut
from kpupalu.surat.forms import kotak_alasan
from kpupalu.surat.models import Instansi


def kotak_pukul(label: str, **lain) -> forms.TimeField:
    """An hour as the office writes it, ``09.00``."""
    return forms.TimeField(
        label=label, input_formats=["%H.%M", "%H:%M", "%H:%M:%S"], help_text="WITA, contoh: 09.00",
        widget=forms.TimeInput(format="%H.%M", attrs={"class": "lebar-6", "inputmode": "decimal"}),
        error_messages={"invalid": "Jam tidak dikenal. Tulis seperti 09.00."}, **lain,
    )  # fmt: skip


def pengguna_rapat():
    """Active people who may read about meetings, and so may be given something to do."""
    return get_user_model().objects.filter(
        is_active=True,
        groups__permissions__codename="lihat_rapat",
        groups__permissions__content_type__app_label="rapat",
    ).exclude(groups__name="auditor").distinct()  # fmt: skip


class RapatForm(forms.ModelForm):
    """What, when, where, who chairs."""

    tanggal = kotak_tanggal("Tanggal rapat")
    mulai = kotak_pukul("Pukul mulai")
    selesai = kotak_pukul("Pukul selesai", required=False)
    versi = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Rapat
        fields = ["jenis", "judul", "tanggal", "mulai", "selesai", "tempat", "acara", "pimpinan", "notulis"]
        widgets = {"acara": forms.Textarea(attrs={"rows": 4}), "judul": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, tetap=(), **kwargs):
        super().__init__(*args, **kwargs)
        menjabat = MasaJabatan.objects.filter(akhir=None).values("pegawai")
        for nama in ("pimpinan", "notulis"):
            self.fields[nama].queryset = Pegawai.objects.filter(pk__in=menjabat)
        self.fields["pimpinan"].required = True
        # A sosialisasi is called by its work area, which knows whether its date was agreed on.
        semua = [("", "Pilih jenis"), *Rapat.Jenis.choices]
        self.fields["jenis"].choices = [(n, k) for n, k in semua if n != Rapat.Jenis.SOSIALISASI]  # type: ignore[attr-defined]
        for nama in (*tetap, *(["jenis"] if self.instance.pk else [])):
            del self.fields[nama]
        if self.instance.pk:
            self.initial["versi"] = self.instance.versi

    def clean(self) -> None:
        """A meeting ends after it begins."""
        isi = super().clean()
        if isi.get("mulai") and isi.get("selesai") and isi["selesai"] <= isi["mulai"]:
            self.add_error("selesai", "Pukul selesai harus sesudah pukul mulai.")


class SaringForm(forms.Form):
    """Filters of the list of meetings."""

    jenis = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua jenis"), *Rapat.Jenis.choices])
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Semua status"), *Rapat.Status.choices])
    tugas = forms.ChoiceField(
        label="Tampilkan", required=False,
        choices=[("", "Semua rapat"), ("saya", "Dengan tindak lanjut saya yang terbuka"),
                 ("terlambat", "Dengan tindak lanjut saya yang terlambat")],
    )  # fmt: skip


class PesertaForm(forms.Form):
    """Which partners are invited."""

    instansi = forms.ModelMultipleChoiceField(
        label="Instansi yang diundang", queryset=Instansi.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text="Daftar instansi diatur admin. Yang lazim diundang sudah tercentang.",
    )  # fmt: skip

    def __init__(self, *args, rapat: Rapat, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["instansi"].queryset = Instansi.objects.filter(aktif=True)
        self.initial["instansi"] = list(rapat.peserta.values_list("instansi", flat=True))


class UndanganForm(forms.Form):
    """The day of the invitation."""

    tanggal = kotak_tanggal("Tanggal surat undangan")


class BarisHadirForm(forms.Form):
    """Attendance of one participant or commissioner, in a row of the table."""

    status = forms.ChoiceField()
    nama = forms.CharField(max_length=120, required=False)
    jabatan = forms.CharField(max_length=120, required=False)
    alasan = forms.CharField(max_length=300, required=False)
    versi = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data, *, baris: Peserta | KehadiranAnggota):
        self.baris = baris
        awalan = "p" if isinstance(baris, Peserta) else "a"
        awal = {m: getattr(baris, m, "") for m in ("status", "nama", "jabatan", "alasan", "versi")}
        super().__init__(data, prefix=f"{awalan}{baris.pk}", initial=awal)
        self.fields["status"].choices = baris.Status.choices
        if awalan == "a":
            del self.fields["nama"], self.fields["jabatan"]
        for nama, label in (("status", "Kehadiran"), ("nama", "Nama"), ("jabatan", "Jabatan"), ("alasan", "Alasan")):
            if nama in self.fields:
                self.fields[nama].label = f"{label} {baris}"
                self.fields[nama].widget.attrs["aria-label"] = f"{label} {baris}"

    def hadir(self) -> Hadir:
        """As the action takes it."""
        isi = self.cleaned_data
        return Hadir(
            self.baris.pk, isi["status"], isi["versi"], isi.get("nama", ""), isi.get("jabatan", ""), isi["alasan"]
        )


class MasukanForm(forms.Form):
    """One remark made in the meeting and its answer, as the minutes print them."""

    instansi = forms.ModelChoiceField(
        label="Instansi", required=False, queryset=Instansi.objects.none(), empty_label="Tidak ada dalam daftar"
    )
    lembaga = forms.CharField(
        label="Lembaga", required=False, max_length=160, help_text="Diisi bila tidak ada dalam daftar instansi."
    )
    isi = forms.CharField(label="Masukan", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}))
    jawaban = forms.CharField(label="Jawaban", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, rapat: Rapat, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["instansi"].queryset = Instansi.objects.filter(pk__in=rapat.peserta.values("instansi"))

    def clean(self) -> None:
        """Somebody said it."""
        isi = super().clean()
        if not isi.get("instansi") and not (isi.get("lembaga") or "").strip():
            self.add_error("lembaga", "Pilih instansi, atau tulis nama lembaganya.")


class UbahMasukanForm(forms.ModelForm):
    """A correction of a remark or its answer."""

    versi = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Masukan
        fields = ["isi", "jawaban"]
        widgets = {nama: forms.Textarea(attrs={"rows": 3}) for nama in ("isi", "jawaban")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["versi"] = self.instance.versi


class TindakLanjutForm(forms.ModelForm):
    """Who does what until when."""

    tenggat = kotak_tanggal("Batas waktu", required=False)

    class Meta:
        model = TindakLanjut
        fields = ["uraian", "pic", "tenggat", "masukan"]

    def __init__(self, *args, rapat: Rapat, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pic"].queryset = pengguna_rapat()
        self.fields["masukan"].queryset = rapat.masukan.filter(dicabut=False)
        self.fields["masukan"].label = "Menindaklanjuti masukan"


class HasilForm(forms.ModelForm):
    """How far a task is."""

    class Meta:
        model = TindakLanjut
        fields = ["status", "hasil"]
        help_texts = {"hasil": "Wajib, paling sedikit 10 huruf, bila selesai atau tidak dilanjutkan."}
        widgets = {"hasil": forms.Textarea(attrs={"rows": 3})}


class NotulenForm(forms.ModelForm):
    """The notula as it is written."""

    versi = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Notulen
        fields = ["jalannya", "paparan", "data_diserahkan", "kesepakatan"]
        widgets = {
            "jalannya": forms.Textarea(attrs={"rows": 8}),
            "paparan": forms.Textarea(attrs={"rows": 4}),
            "data_diserahkan": forms.Textarea(attrs={"rows": 3}),
            "kesepakatan": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "jalannya": "Pisahkan paragraf dengan satu baris kosong. Masukan dan kehadiran tercetak sendiri.",
            "data_diserahkan": "Satu per baris: instansi, jenis data, jumlah baris, nomor tanda terima.",
            "kesepakatan": "Satu per baris.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["versi"] = self.instance.versi if self.instance.pk else 0


class SahkanForm(forms.Form):
    """How the notula is to be signed."""

    cara = forms.ChoiceField(
        label="Cara tanda tangan", choices=Naskah.Cara.choices, initial=Naskah.Cara.ELEKTRONIK, widget=forms.RadioSelect
    )


class HentikanForm(forms.Form):
    """Postpone or call off, and why."""

    ke = forms.ChoiceField(
        label="Tindakan", choices=[("ditunda", "Tunda"), ("dibatalkan", "Batalkan")], widget=forms.RadioSelect
    )
    alasan = kotak_alasan()


class AlasanForm(forms.Form):
    """An act that needs a reason."""

    alasan = kotak_alasan()


class KosongForm(forms.Form):
    """An act that needs nothing but the confirmation."""
