"""Forms of an objection: the public one, the same at the desk, the steps of the superior and of the desk."""

from uuid import uuid4

from django import forms

from kpupalu.imports.lampiran import LampiranField
from kpupalu.kalender.forms import kotak_tanggal
from kpupalu.lib.waktu import hari_ini
from ppid.forms.permohonan import VersiForm
from ppid.models import Butir, DataPemohon, Keberatan, LampiranKeberatan, Permohonan
from ppid.models.keberatan import ALASAN

L = LampiranKeberatan.Jenis
_KUASA = ("kuasa_nama", "kuasa_jenis_identitas", "kuasa_nomor_identitas", "kuasa_alamat", "kuasa_kontak")


def _teks(label: str, panjang: int, *, bantuan: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=panjang, required=False, help_text=bantuan,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def _uraian(label: str, panjang: int, *, bantuan: str = "", wajib: bool = True, baris: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=panjang, required=wajib, help_text=bantuan,
        widget=forms.Textarea(attrs={"rows": baris}),
    )  # fmt: skip


class KeberatanForm(forms.Form):
    """What everybody is asked: which grounds, what happened, which items, by proxy or not.

    *alasan* are the letters that the file gives; they are ticked already.
    """

    kunci = forms.UUIDField(widget=forms.HiddenInput)
    alasan = forms.MultipleChoiceField(
        label="Alasan keberatan (UU 14/2008 Pasal 35 ayat (1))",
        choices=[(huruf, f"{huruf}. {kata}") for huruf, kata in ALASAN.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Yang tampak dari berkas sudah dicentang. Anda boleh mengubahnya.",
        error_messages={"required": "Pilih paling sedikit satu alasan."},
    )
    butir = forms.ModelMultipleChoiceField(
        Butir.objects.none(), label="Butir yang dipersoalkan", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih paling sedikit satu butir."},
    )  # fmt: skip
    kasus_posisi = _uraian(
        "Apa yang terjadi",
        4000,
        bantuan="Singkat saja: apa yang diminta, apa jawabannya, dan apa yang Anda harapkan.",
    )
    kuasa_nama = _teks("Nama penerima kuasa", 160, bantuan="Diisi hanya bila keberatan diajukan lewat kuasa.")
    kuasa_jenis_identitas = forms.ChoiceField(
        label="Jenis identitas penerima kuasa", required=False,
        choices=[("", "Pilih"), *DataPemohon.JenisIdentitas.choices],
    )  # fmt: skip
    kuasa_nomor_identitas = _teks("Nomor identitas penerima kuasa", 40)
    kuasa_alamat = _teks("Alamat penerima kuasa", 240)
    kuasa_kontak = _teks("Telepon atau surel penerima kuasa", 160)
    surat_kuasa = LampiranField(label="Surat kuasa khusus bermeterai", maks=2)
    pendukung = LampiranField(label="Lampiran lain")

    def __init__(self, *args, permohonan: Permohonan, alasan: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        butir = permohonan.butir.order_by("urut")
        self.fields["butir"].queryset = butir
        self.fields["butir"].label_from_instance = lambda b: f"{b.urut}. {b.uraian[:80]}"
        self.initial.setdefault("kunci", uuid4())
        self.initial.setdefault("alasan", list(alasan))
        self.initial.setdefault("butir", [b.pk for b in butir])

    def clean(self) -> dict:
        """With a proxy: name, identity and the power of attorney."""
        isi = super().clean()
        if any(isi.get(n) for n in _KUASA) or isi.get("surat_kuasa"):
            for nama, kalimat in (
                ("kuasa_nama", "Tuliskan nama penerima kuasa."),
                ("kuasa_jenis_identitas", "Pilih jenis identitas penerima kuasa."),
                ("kuasa_nomor_identitas", "Tuliskan nomor identitas penerima kuasa."),
                ("surat_kuasa", "Lampirkan surat kuasa khusus bermeterai."),
            ):
                if not isi.get(nama) and nama not in self.errors:
                    self.add_error(nama, kalimat)
        return isi

    def isi(self) -> dict:
        """The arguments of ``ajukan`` that the form knows."""
        c = self.cleaned_data
        kuasa = {nama: c[nama] for nama in _KUASA} if c["kuasa_nama"] else None
        lampiran = [(L.KUASA, x) for x in c["surat_kuasa"]] + [(L.LAIN, x) for x in c["pendukung"]]
        return {
            "kunci": c["kunci"], "alasan": c["alasan"], "kasus_posisi": c["kasus_posisi"], "butir": c["butir"],
            "kuasa": kuasa, "lampiran": lampiran, "kanal": Permohonan.Kanal.WEB,
        }  # fmt: skip


class CatatKeberatanForm(KeberatanForm):
    """The same at the desk: how and when it came."""

    kanal = forms.ChoiceField(
        label="Diterima lewat", choices=[c for c in Permohonan.Kanal.choices if c[0] != Permohonan.Kanal.WEB]
    )
    diterima = kotak_tanggal("Tanggal diterima")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("diterima", hari_ini())
        self.order_fields(["kunci", "kanal", "diterima"])

    def isi(self) -> dict:
        """As above, by the way and on the day that the officer typed."""
        return super().isi() | {n: self.cleaned_data[n] for n in ("kanal", "diterima")}


class SaringKeberatanForm(forms.Form):
    """Which objections the list shows."""

    antrean = forms.ChoiceField(
        label="Antrean", required=False,
        choices=[("", "Semua"), ("putus", "Masih dapat saya putus tepat waktu"), ("lewat", "Lewat waktu"),
                 ("terbuka", "Belum ditanggapi"), ("laksanakan", "Perintah belum dilaksanakan"),
                 ("tutup", "Selesai atau dicabut")],
    )  # fmt: skip


class HasilMusyawarahForm(VersiForm):
    """What came of talking."""

    hasil = _uraian("Hasil musyawarah", 2000)


class PutusKeberatanForm(VersiForm):
    """The decision and every element that the letter must carry."""

    putusan = forms.ChoiceField(
        label="Putusan", choices=Keberatan.Putusan.choices, widget=forms.RadioSelect,
        error_messages={"required": "Pilih putusan."},
    )  # fmt: skip
    pertimbangan = _uraian("Pertimbangan", 6000, baris=6)
    perintah = _uraian(
        "Perintah kepada PPID", 4000, wajib=False,
        bantuan="Apa yang harus dilakukan PPID, atas butir mana. Kosong hanya bila keberatan ditolak.",
    )  # fmt: skip
    karena_lewat = forms.BooleanField(
        label="Ditolak karena diajukan lewat waktu", required=False,
        help_text="Diterima hanya bila hitungan ulang hari ini juga menyatakan lewat waktu.",
    )  # fmt: skip


class SusulanForm(VersiForm):
    """What the PPID now gives of one item."""

    butir = forms.ModelChoiceField(Butir.objects.none(), label="Butir", empty_label="Pilih butir")
    hasil = forms.ChoiceField(
        label="Hasil", widget=forms.RadioSelect,
        choices=[(h.value, h.label) for h in (Butir.Hasil.DIBERIKAN, Butir.Hasil.SEBAGIAN)],
    )  # fmt: skip
    penjelasan = _uraian("Materi yang diberikan", 2000)
    bentuk = forms.ChoiceField(label="Bentuk yang diberikan", choices=Permohonan.CaraMemperoleh.choices)
    bagian_dihitamkan = _uraian("Bagian yang tidak diberikan dan alasannya", 2000, wajib=False, baris=3)

    def __init__(self, *args, keberatan: Keberatan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["butir"].queryset = keberatan.butir.order_by("urut")
        self.fields["butir"].label_from_instance = lambda b: f"{b.urut}. {b.uraian[:80]}"


class LaksanakanForm(VersiForm):
    """When and how the order was carried out, and what proves it."""

    pada = kotak_tanggal("Tanggal dilaksanakan")
    cara = forms.ChoiceField(label="Cara penyampaian", choices=Permohonan.CaraKirim.choices)
    bukti = _uraian("Yang dilaksanakan dan buktinya", 1000, bantuan="Misalnya dokumen yang diserahkan dan resinya.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("pada", hari_ini())


class TutupKeberatanForm(VersiForm):
    """What the applicant says to the answer."""

    tanggapan_pemohon = _uraian(
        "Tanggapan pemohon",
        1000,
        wajib=False,
        baris=3,
        bantuan="Menerima, tidak puas, atau belum menyampaikan.",
    )
