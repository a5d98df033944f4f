"""Forms of Bawaslu's letters: the letter, its list, one name, who it is, and the answer."""

from django import forms
from django.core.exceptions import ValidationError

from kpupalu.imports.batas import MB
from kpupalu.imports.lampiran import jenis_berkas
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.wilayah.models import Kelurahan
from pdpb.actions.jawaban_saran import MIN_ALASAN
from pdpb.forms.impor import KolomForm
from pdpb.forms.pemilih import BuktiForm, enam_belas_digit, pilihan_kelurahan
from pdpb.forms.periode import tanggal as isian_tanggal
from pdpb.models import ButirSaran, Kategori, Pendaftaran

MAKS_SURAT = 20 * MB
TIDAK_ADA = "tidak"


def _pilihan_dugaan(kosong: str) -> list:
    kelompok: dict[str, list] = {}
    for k in Kategori.objects.filter(berlaku=True):
        kelompok.setdefault(k.get_jenis_display(), []).append((k.slug, k.nama))
    return [("", kosong), *kelompok.items()]


class SuratForm(forms.Form):
    """A letter and, if it came with one, its list of names."""

    nomor = forms.CharField(label="Nomor surat", max_length=100)
    tanggal = isian_tanggal("Tanggal surat")
    diterima = isian_tanggal("Tanggal diterima")
    perihal = forms.CharField(label="Perihal", max_length=200)
    berkas = forms.FileField(label="Pindaian surat", help_text="PDF, JPG, atau PNG, paling besar 20 MB. Disegel.")
    daftar = forms.FileField(
        label="Daftar nama dari Bawaslu", required=False, help_text="XLSX atau CSV, susunan apa pun. Boleh menyusul."
    )

    def clean_nomor(self) -> str:
        return " ".join(samarkan_teks(self.cleaned_data["nomor"]).split())

    def clean_perihal(self) -> str:
        return " ".join(samarkan_teks(self.cleaned_data["perihal"]).split())

    def clean_berkas(self):
        """Only what it says it is, and of a size that a letter has."""
        berkas = self.cleaned_data["berkas"]
        kepala = berkas.read(8)
        berkas.seek(0)
        if jenis_berkas(kepala) is None:
            raise ValidationError("Berkas bukan PDF, JPG, atau PNG. Pindai suratnya lalu unggah.")
        if berkas.size > MAKS_SURAT:
            raise ValidationError("Berkas lebih besar dari 20 MB. Kecilkan hasil pindaiannya.")
        return berkas


class DaftarForm(forms.Form):
    """One more list of a letter."""

    daftar = forms.FileField(label="Daftar nama dari Bawaslu", help_text="XLSX atau CSV, susunan apa pun.")


class KolomSaranForm(KolomForm):
    """Which column of Bawaslu's list is which of ours, and the claim where the list states none."""

    dugaan = forms.ChoiceField(
        label="Saran untuk semua nama", required=False, help_text="Hanya bila daftar tidak punya kolom saran."
    )

    def __init__(self, *args, ringkasan: dict, **kwargs):
        super().__init__(*args, ringkasan={**ringkasan, "pemisah": "", "sandi": ""}, **kwargs)
        for nama in ("pemisah", "sandi"):
            self.fields.pop(nama, None)
        self.fields["dugaan"].choices = _pilihan_dugaan("Menurut kolom pada berkas")


class NamaForm(forms.Form):
    """One name that the letter tells of, written by hand."""

    nama = forms.CharField(label="Nama", max_length=120, required=False)
    nik = forms.CharField(label="NIK", max_length=24, required=False)
    tanggal_lahir = isian_tanggal("Tanggal lahir", required=False)
    kelurahan = forms.ChoiceField(label="Kelurahan", required=False)
    alamat = forms.CharField(label="Alamat", max_length=160, required=False)
    dugaan = forms.ChoiceField(label="Saran Bawaslu")
    klaim = forms.CharField(
        label="Saran menurut kata-kata surat",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = pilihan_kelurahan("Tidak disebut")
        self.fields["dugaan"].choices = _pilihan_dugaan("Pilih saran")

    def clean_nik(self) -> str:
        nilai = self.cleaned_data["nik"]
        return enam_belas_digit(nilai, "NIK") if nilai else ""

    def clean_nama(self) -> str:
        return " ".join(self.cleaned_data["nama"].upper().split())

    def clean(self) -> dict:
        """Somebody must be recognisable; the claim in words is the category when none is written."""
        isi = super().clean()
        if not isi.get("nama") and not isi.get("nik") and not self.errors:
            self.add_error("nama", "Isi nama atau NIK orang yang disebut surat.")
        if isi.get("dugaan") and not isi.get("klaim"):
            isi["klaim"] = Kategori.objects.get(pk=isi["dugaan"]).nama
        return isi

    def isi(self) -> dict:
        """What ``tambah_nama`` takes."""
        kelurahan = Kelurahan.objects.filter(pk=self.cleaned_data["kelurahan"] or "-").first()
        return {**self.cleaned_data, "kelurahan": kelurahan.pk if kelurahan else None}


class CocokForm(forms.Form):
    """Which voter a name is: one of the suggestions, somebody found by DPID, or nobody."""

    pilihan = forms.ChoiceField(label="Nama ini adalah", widget=forms.RadioSelect, required=False)
    dpid = forms.CharField(
        label="Atau DPID pemilih lain", required=False, max_length=20, help_text="Temukan lewat Cari pemilih."
    )

    def __init__(self, *args, calon, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pilihan"].choices = [
            *((str(c.versi.pemilih_id), sebut(c)) for c in calon),
            (TIDAK_ADA, "Tidak ada dalam daftar pemilih"),
        ]

    def clean(self) -> dict:
        """Exactly one of the two ways; ``pemilih`` is the person, or None for nobody."""
        isi = super().clean()
        dpid, pilihan = isi.get("dpid", ""), isi.get("pilihan", "")
        if bool(dpid) == bool(pilihan) and not self.errors:
            raise ValidationError("Pilih satu orang dari daftar, atau isi DPID pemilih lain.")
        if dpid:
            versi = Pendaftaran.objects.filter(pemilih__dpid=dpid).select_related("pemilih").order_by("-pk").first()
            if versi is None:
                self.add_error("dpid", "DPID ini tidak ada. Periksa pada halaman pemilih.")
            else:
                isi["pemilih"] = versi.pemilih
        return isi


def sebut(c) -> str:
    """One suggestion in a line: name, birth date, place, where it stands, and why it is suggested."""
    v = c.versi
    lahir = f"{v.tanggal_lahir:%d-%m-%Y}" if v.tanggal_lahir else "tanpa tanggal lahir"
    tempat = f"Kel. {v.kelurahan}{f', TPS {v.tps.nomor:03d}' if v.tps else ''}"
    keadaan = "" if c.aktif else " – sudah tidak ada dalam daftar"
    return f"{v.nama}, {lahir}, {tempat}, DPID {v.pemilih.dpid or '–'}{keadaan} ({c.alasan})"


class JawabForm(forms.Form):
    """The answer to one name."""

    jawaban = forms.ChoiceField(label="Jawaban", choices=ButirSaran.Jawaban.choices, widget=forms.RadioSelect)
    perubahan = forms.ChoiceField(
        label="Perubahan yang menindaklanjuti", required=False, help_text="Hanya untuk jawaban “Ditindaklanjuti”."
    )
    alasan = forms.CharField(
        label="Alasan atau yang masih kurang",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Wajib untuk jawaban “belum” dan “tidak”, paling sedikit {MIN_ALASAN} huruf. Dibaca Bawaslu.",
    )

    def __init__(self, *args, perubahan, **kwargs):
        super().__init__(*args, **kwargs)
        self.calon = {str(p.pk): p for p in perubahan}
        kata = "Pilih perubahan" if perubahan else "Belum ada perubahan untuk orang ini"
        self.fields["perubahan"].choices = [
            ("", kata),
            *(
                (k, f"{p}, {p.kategori.nama}, {p.periode.nama}: {p.get_status_display()}")
                for k, p in self.calon.items()
            ),
        ]

    def clean(self) -> dict:
        """The change as an object, None when none was chosen."""
        isi = super().clean()
        isi["perubahan"] = self.calon.get(isi.get("perubahan", ""))
        return isi


class BuktiSaranForm(BuktiForm):
    """The document that came with Bawaslu's letter; where it came from is known."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nama in ("sumber_informasi", "surat_pengantar"):
            del self.fields[nama]
        self.fields[
            "jenis_dokumen"
        ].help_text = (
            "Dokumen yang dilampirkan Bawaslu, misalnya Akta kematian. Kosongkan bila belum ada; usulan menunggu."
        )


class PutusanForm(forms.Form):
    """What the second person says to the answers."""

    putusan = forms.ChoiceField(
        label="Putusan",
        choices=[("setuju", "Konfirmasi lembar jawaban"), ("kembali", "Kembalikan untuk diperbaiki")],
        widget=forms.RadioSelect,
    )
    alasan = forms.CharField(
        label="Alasan bila dikembalikan", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class SaringSuratForm(forms.Form):
    """Filter of the letters."""

    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[
            ("", "Semua"),
            ("terbuka", "Belum dijawab"),
            ("lewat", "Lewat target"),
            ("diajukan", "Menunggu konfirmasi"),
        ],
    )


class SaringNamaForm(forms.Form):
    """Filter of the names of one letter."""

    jawaban = forms.ChoiceField(
        label="Jawaban",
        required=False,
        choices=[("", "Semua"), ("kosong", "Belum dijawab"), *ButirSaran.Jawaban.choices],
    )
    cocok = forms.ChoiceField(
        label="Pencocokan",
        required=False,
        choices=[
            ("", "Semua"),
            ("belum", "Belum dicocokkan"),
            ("ya", "Sudah dicocokkan"),
            ("tidak", "Tidak terdaftar"),
        ],
    )
