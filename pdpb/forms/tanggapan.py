"""Forms of citizens' reports: the public one, the same at the counter, and those of the officer."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from kpupalu.aturan.models import nilai_bulat
from kpupalu.imports.lampiran import LampiranField
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini, usia
from kpupalu.wilayah.models import Kelurahan
from pdpb.forms.pemilih import enam_belas_digit, pilihan_kelurahan
from pdpb.forms.periode import tanggal
from pdpb.langkah_tanggapan import KEKURANGAN
from pdpb.models import Bukti, LampiranTanggapan, Tanggapan

# The kinds in the words of somebody who knows no form of the office.
PERTANYAAN = {
    Tanggapan.Jenis.BELUM_TERDAFTAR: "Belum terdaftar, padahal sudah berhak memilih",
    Tanggapan.Jenis.DATA_KELIRU: "Datanya keliru: nama, tanggal lahir, alamat, atau TPS",
    Tanggapan.Jenis.MENINGGAL: "Sudah meninggal dunia",
    Tanggapan.Jenis.PINDAH: "Sudah pindah rumah",
    Tanggapan.Jenis.MENJADI_TNI_POLRI: "Sudah menjadi anggota TNI atau Polri",
    Tanggapan.Jenis.PENSIUN_TNI_POLRI: "Sudah pensiun atau berhenti dari TNI atau Polri",
    Tanggapan.Jenis.LAIN: "Hal lain tentang data pemilih",
}
_TELEPON = {"inputmode": "tel", "autocomplete": "tel", "class": "lebar-16"}


class IsianTanggapanForm(forms.Form):
    """What everybody is asked: what is wrong, about whom, who says so, and what proves it."""

    kunci = forms.UUIDField(widget=forms.HiddenInput)
    jenis = forms.ChoiceField(
        label="Apa yang ingin Anda sampaikan?", choices=list(PERTANYAAN.items()), widget=forms.RadioSelect,
        error_messages={"required": "Pilih satu hal yang ingin disampaikan."},
    )  # fmt: skip
    hubungan = forms.ChoiceField(
        label="Tentang siapa?", choices=Tanggapan.Hubungan.choices, widget=forms.RadioSelect,
        error_messages={"required": "Pilih tentang siapa tanggapan ini."},
    )  # fmt: skip
    orang_nama = forms.CharField(
        label="Nama orang itu", max_length=120, required=False,
        help_text="Seperti pada KTP-el. Kosongkan bila tanggapan ini tentang diri Anda sendiri.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    orang_tanggal_lahir = tanggal(
        "Tanggal lahir orang itu", required=False, help_text="Bila Anda tahu, contoh: 17-08-1990."
    )
    kelurahan = forms.ChoiceField(label="Kelurahan tempat tinggalnya", error_messages={"required": "Pilih kelurahan."})
    orang_alamat = forms.CharField(
        label="Alamatnya", max_length=160, required=False, help_text="Jalan, RT, dan RW bila Anda tahu.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    nik = forms.CharField(
        label="NIK orang itu", max_length=24, required=False,
        help_text="16 angka. Membantu kami menemukan data yang benar.",
        widget=forms.TextInput(attrs={"class": "lebar-16"}),
    )  # fmt: skip
    uraian = forms.CharField(
        label="Keterangan", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Misalnya: bagian mana yang keliru dan yang benar apa, sejak kapan pindah dan ke mana, atau tanggal "
        "meninggal. Jangan menulis NIK di sini.",
    )  # fmt: skip
    pelapor_nama = forms.CharField(
        label="Nama Anda", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Tuliskan nama Anda."},
    )  # fmt: skip
    pelapor_telepon = forms.RegexField(
        r"^\+?[0-9][0-9 .-]{6,18}$", label="Nomor telepon Anda", required=False, strip=True,
        help_text="Hanya dipakai bila kami perlu bertanya.", widget=forms.TextInput(attrs=_TELEPON),
        error_messages={"invalid": "Nomor telepon ditulis dengan angka, misalnya 081234567890."},
    )  # fmt: skip
    pelapor_surel = forms.EmailField(
        label="Surel Anda", max_length=120, required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": "Alamat surel tidak lengkap, misalnya nama@contoh.id."},
    )  # fmt: skip
    lampiran = LampiranField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = pilihan_kelurahan(berlaku=True)
        self.initial.setdefault("kunci", uuid4())

    def clean_nik(self) -> str:
        nilai = self.cleaned_data["nik"]
        return enam_belas_digit(nilai, "NIK") if nilai else ""

    def clean_pelapor_telepon(self) -> str:
        return "".join(h for h in self.cleaned_data["pelapor_telepon"] if h.isdigit() or h == "+")

    def clean_orang_tanggal_lahir(self):
        lahir = self.cleaned_data["orang_tanggal_lahir"]
        if lahir and lahir > hari_ini():
            raise ValidationError("Tanggal lahir ada di masa depan. Periksa tahunnya.")
        if lahir and usia(lahir, hari_ini()) > nilai_bulat("usia_maksimum", pada=hari_ini()):
            raise ValidationError("Umur menurut tanggal ini tidak wajar. Periksa tahunnya.")
        return lahir

    def clean(self) -> dict:
        """Of oneself the name is not asked twice; some kinds need words."""
        isi = super().clean()
        if not isi.get("orang_nama"):
            if isi.get("hubungan") == Tanggapan.Hubungan.SENDIRI:
                isi["orang_nama"] = isi.get("pelapor_nama", "")
            elif "orang_nama" not in self.errors:
                self.add_error("orang_nama", "Tuliskan nama orang yang Anda maksud.")
        perlu = (Tanggapan.Jenis.DATA_KELIRU, Tanggapan.Jenis.LAIN)
        if isi.get("jenis") in perlu and not isi.get("uraian") and "uraian" not in self.errors:
            self.add_error("uraian", "Tuliskan apa yang keliru dan apa yang benar.")
        return isi

    def isi(self) -> dict:
        """The arguments of ``terima`` that the form knows."""
        c = self.cleaned_data
        data = {nama: c[nama] for nama in c if nama.startswith("pelapor_") or nama in ("orang_alamat", "uraian")}
        data |= {"orang_tanggal_lahir": c["orang_tanggal_lahir"]}
        data["orang_nama"] = " ".join(c["orang_nama"].upper().split())
        return {
            "kunci": c["kunci"],
            "jenis": c["jenis"],
            "hubungan": c["hubungan"],
            "kelurahan": Kelurahan.objects.get(pk=c["kelurahan"]),
            "data": data,
            "nik": c["nik"],
            "lampiran": c["lampiran"],
        }


class TanggapanPublikForm(IsianTanggapanForm):
    """The form without account: consent, and a box that only a program fills in."""

    persetujuan = forms.BooleanField(
        label="Saya setuju KPU Kota Palu memakai data pada formulir ini hanya untuk memeriksa dan menjawab tanggapan "
        "ini. Isinya saya buat dengan sebenarnya.",
        error_messages={"required": "Centang persetujuan ini agar tanggapan dapat kami terima."},
    )
    situs = forms.CharField(required=False, max_length=200)

    def clean_situs(self) -> str:
        if self.cleaned_data["situs"]:
            raise ValidationError("Isian tersembunyi harus kosong. Hapus isinya, lalu kirim lagi.")
        return ""


class CatatTanggapanForm(IsianTanggapanForm):
    """The same at the counter, with the way it came and the day."""

    kanal = forms.ChoiceField(
        label="Diterima lewat", choices=[c for c in Tanggapan.Kanal.choices if c[0] != Tanggapan.Kanal.WEB],
        widget=forms.RadioSelect,
    )  # fmt: skip
    diterima = tanggal("Tanggal diterima")
    identitas_diperiksa = forms.BooleanField(
        label="KTP-el pelapor diperlihatkan dan cocok dengan namanya", required=False
    )
    persetujuan = forms.BooleanField(
        label="Pelapor setuju datanya dipakai untuk memeriksa dan menjawab tanggapan ini",
        error_messages={"required": "Tanyakan persetujuan pelapor, lalu centang."},
    )
    field_order = ["kanal", "diterima", "jenis", "hubungan", "pelapor_nama", "pelapor_telepon", "pelapor_surel"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("diterima", hari_ini())
        for nama, label in (
            ("jenis", "Hal yang disampaikan"), ("hubungan", "Tentang siapa (dilihat dari pelapor)"),
            ("pelapor_nama", "Nama pelapor"), ("pelapor_telepon", "Nomor telepon pelapor"),
            ("pelapor_surel", "Surel pelapor"),
        ):  # fmt: skip
            self.fields[nama].label = label
        self.fields["pelapor_nama"].widget.attrs["autocomplete"] = "off"
        self.fields["pelapor_telepon"].widget.attrs["autocomplete"] = "off"
        self.fields["pelapor_surel"].widget.attrs["autocomplete"] = "off"

    def clean_diterima(self):
        hari = self.cleaned_data["diterima"]
        if hari > hari_ini():
            raise ValidationError("Tanggal diterima ada di masa depan. Periksa tanggal pada suratnya.")
        return hari

    def isi(self) -> dict:
        """As above, with the way, the day and whether the reporter was identified."""
        return super().isi() | {k: self.cleaned_data[k] for k in ("kanal", "diterima", "identitas_diperiksa")}


class TiketForm(forms.Form):
    """The code of a ticket as printed: spaces, hyphens and small letters are forgiven."""

    tiket = forms.CharField(
        label="Kode tiket", max_length=40, help_text="12 huruf dan angka pada tanda terima, contoh: 7KQ2-M9XP-TR4W.",
        widget=forms.TextInput(attrs={"class": "lebar-16", "autocomplete": "off", "autocapitalize": "characters",
                                      "spellcheck": "false"}),
        error_messages={"required": "Ketik kode tiket Anda."},
    )  # fmt: skip

    def clean_tiket(self) -> str:
        """Only letters and digits, upper case."""
        return "".join(h for h in self.cleaned_data["tiket"].upper() if h.isascii() and h.isalnum())


class LengkapiForm(forms.Form):
    """What the office asked for."""

    keterangan = forms.CharField(
        label="Keterangan", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    lampiran = LampiranField()

    def clean(self) -> dict:
        """One of the two."""
        isi = super().clean()
        if not self.errors and not isi["keterangan"].strip() and not isi["lampiran"]:
            self.add_error("lampiran", "Pilih berkas atau tulis keterangan yang diminta.")
        return isi


# --- Officer -----------------------------------------------------------------------------------------------------
class SaringTanggapanForm(forms.Form):
    """Filter of the queue."""

    antrean = forms.ChoiceField(
        label="Antrean", required=False,
        choices=[("", "Semua"), ("menunggu", "Menunggu petugas"), ("terlambat", "Terlambat"),
                 ("pelapor", "Menunggu pelapor"), ("usulan", "Menjadi usulan"), ("selesai", "Selesai")],
    )  # fmt: skip
    jenis = forms.ChoiceField(label="Hal", required=False, choices=[("", "Semua hal"), *Tanggapan.Jenis.choices])
    kanal = forms.ChoiceField(label="Lewat", required=False, choices=[("", "Semua"), *Tanggapan.Kanal.choices])
    kelurahan = forms.ChoiceField(label="Kelurahan", required=False)
    target = tanggal("Target jatuh pada", required=False, help_text="")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = pilihan_kelurahan("Semua kelurahan")


class _BerversiForm(forms.Form):
    versi = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class LengkapForm(_BerversiForm):
    """Nothing but the confirmation."""


class KekuranganForm(_BerversiForm):
    """What is missing, in fixed words, because the public reads them."""

    kekurangan = forms.MultipleChoiceField(
        label="Yang masih kurang", choices=KEKURANGAN.items(), widget=forms.CheckboxSelectMultiple,
        help_text="Kalimat yang dicentang dibaca pelapor pada halaman tiketnya.",
        error_messages={"required": "Centang paling sedikit satu hal."},
    )  # fmt: skip


class JawabForm(_BerversiForm):
    """The letter; the ticket page shows a fixed sentence only."""

    jawaban = forms.CharField(
        label="Isi surat jawaban", min_length=10, max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Dicetak dalam surat jawaban bagi pelapor yang sudah diperiksa identitasnya. Tidak tampil di situs.",
        error_messages={"required": "Tuliskan isi surat jawaban."},
    )  # fmt: skip


class TolakForm(_BerversiForm):
    """The reason from the list, and the note for letter and history."""

    alasan = forms.ChoiceField(
        label="Alasan", choices=Tanggapan.AlasanTolak.choices, widget=forms.RadioSelect,
        error_messages={"required": "Pilih satu alasan."},
    )  # fmt: skip
    catatan = forms.CharField(
        label="Penjelasan untuk surat jawaban", min_length=10, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text="Paling sedikit 10 huruf. Tidak tampil di situs.",
        error_messages={"required": "Tuliskan penjelasannya."},
    )  # fmt: skip


class BukaForm(_BerversiForm):
    """Why an answered report is examined again."""

    catatan = forms.CharField(
        label="Alasan", min_length=10, max_length=240, help_text="Paling sedikit 10 huruf. Tercatat dalam riwayat.",
        error_messages={"required": "Tuliskan alasannya."},
    )  # fmt: skip


class CariCalonForm(_BerversiForm):
    """Other words to look for in the list."""

    kata = forms.CharField(label="Nama atau NIK", min_length=3, max_length=60)
    kelurahan = forms.ChoiceField(label="Kelurahan", required=False)
    target = tanggal("Target jatuh pada", required=False, help_text="")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = pilihan_kelurahan("Semua kelurahan")


class BuktiTanggapanForm(forms.ModelForm):
    """The document that proves a change asked for by a citizen; the scan is one of the files that came."""

    tanggal_dokumen = tanggal("Tanggal dokumen", required=False)
    lampiran = forms.ModelChoiceField(
        LampiranTanggapan.objects.none(), label="Lampiran yang menjadi bukti", required=False,
        empty_label="Tidak ada; dokumen diperlihatkan di kantor",
    )  # fmt: skip
    versi = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    class Meta:
        model = Bukti
        fields = ["jenis_dokumen", "nomor", "penerbit"]

    def __init__(self, *args, tanggapan: Tanggapan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["jenis_dokumen"].help_text = "Misalnya: KTP-el, Kartu Keluarga, akta kematian."
        self.fields["lampiran"].queryset = tanggapan.lampiran.all()
        self.initial |= {"versi": tanggapan.versi, "lampiran": tanggapan.lampiran.first()}

    def susun(self, *, oleh) -> Bukti:
        """The document, not stored yet."""
        bukti = self.save(commit=False)
        # The number of a KTP-el is a NIK, that of a Kartu Keluarga a NKK.
        bukti.nomor = samarkan_teks(bukti.nomor)
        bukti.tanggal = self.cleaned_data["tanggal_dokumen"]
        bukti.dicatat_oleh = oleh
        return bukti
