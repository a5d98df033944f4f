"""Forms of the roll: find a voter for a stated purpose, propose a change."""

from hashlib import sha256

from django import forms
from django.core.exceptions import ValidationError

from kpupalu.aturan.models import nilai_bulat
from kpupalu.imports.lampiran import jenis_berkas
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.lib.waktu import hari_ini, usia
from kpupalu.wilayah.models import TPS, Kelurahan
from pdpb.forms.periode import tanggal
from pdpb.models import Bukti, Kategori, Pendaftaran, Periode, Perubahan
from pdpb.models.daftar import Disabilitas, JenisKelamin, StatusKawin, StatusKTPel


def pilihan_kelurahan(kosong: str = "Pilih kelurahan", *, kecamatan: bool = False, berlaku: bool = False) -> list:
    """The kelurahan grouped by kecamatan, for a plain select; *kosong* stands for none of them.

    With *kecamatan* each group begins with the kecamatan as a whole, with *berlaku* it holds only what is in force
    today; otherwise those of the past stand there too, with their last day.
    """
    semua = Kelurahan.objects.pada(hari_ini()) if berlaku else Kelurahan.objects.all()
    kolom = ("kode", "nama", "akhir", "kecamatan", "kecamatan__nama")
    kelompok: dict[str, tuple[str, list]] = {}
    for kode, nama, akhir, kode_kec, nama_kec in semua.order_by("kecamatan", "kode").values_list(*kolom):
        if kode_kec not in kelompok:
            seluruh = [(kode_kec, f"Seluruh Kec. {nama_kec}")] if kecamatan else []
            kelompok[kode_kec] = (nama_kec, seluruh)
        kelompok[kode_kec][1].append((kode, f"{nama} (sampai {akhir:%d-%m-%Y})" if akhir else nama))
    return [("", kosong), *kelompok.values()]


def enam_belas_digit(nilai: str, label: str) -> str:
    """*nilai* without blanks and dots if it is 16 digits, else ValidationError with what was wrong."""
    bersih = nilai.replace(" ", "").replace(".", "")
    if len(bersih) != 16 or not bersih.isascii() or not bersih.isdigit():
        raise ValidationError(f"{label} harus tepat 16 angka; yang diisi {len(bersih)} huruf atau angka.")
    return bersih


class CariForm(forms.Form):
    """What to look for, and why: every search is logged with its purpose."""

    kata = forms.CharField(
        label="Nama atau NIK", min_length=3, max_length=60, help_text="Paling sedikit 3 huruf, atau 16 angka NIK."
    )
    kelurahan = forms.ChoiceField(label="Kelurahan", required=False)
    tujuan = forms.CharField(
        label="Tujuan akses", min_length=5, max_length=120, help_text="Misalnya: mencocokkan akta kematian. Dicatat."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = pilihan_kelurahan("Semua kelurahan")


class TujuanForm(forms.Form):
    """Why the digits of a NIK are opened."""

    tujuan = forms.CharField(
        label="Tujuan membuka NIK", min_length=5, max_length=120, help_text="Dicatat bersama nama Anda."
    )


class SaringPemilihForm(forms.Form):
    """Filter of the list: an area and a few elements that identify nobody."""

    kelurahan = forms.ChoiceField(label="Kelurahan", required=False)
    tps = forms.IntegerField(label="Nomor TPS", required=False, min_value=1, max_value=999)
    jenis_kelamin = forms.ChoiceField(
        label="Jenis kelamin", required=False, choices=[("", "Semua"), *JenisKelamin.choices]
    )
    temuan = forms.ChoiceField(
        label="Temuan", required=False, choices=[("", "Semua"), ("terbuka", "Dengan temuan terbuka")]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = pilihan_kelurahan("Semua kelurahan")


class SaringPerubahanForm(forms.Form):
    """Filter of the list of changes; what the numbers of a recap link to."""

    periode = forms.ModelChoiceField(
        Periode.objects.all(), label="Periode", required=False, empty_label="Semua periode"
    )
    antrean = forms.ChoiceField(
        label="Antrean",
        required=False,
        choices=[
            ("", "Semua"),
            ("verifikasi", "Menunggu verifikasi"),
            ("setujui", "Menunggu persetujuan"),
            ("tertunda", "Ditangguhkan atau perlu coktas"),
        ],
    )
    status = forms.ChoiceField(label="Status", required=False)
    jenis = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua jenis"), *Kategori.Jenis.choices])
    kategori = forms.ModelChoiceField(
        Kategori.objects.all(), label="Kategori", required=False, empty_label="Semua kategori"
    )
    wilayah = forms.ChoiceField(label="Kelurahan", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", "Semua status"), *Perubahan.Status.choices]
        self.fields["wilayah"].choices = pilihan_kelurahan("Semua kelurahan", kecamatan=True)


# [0-9] and not \d, which also takes the digits of other scripts.
ANGKA_RT = r"^[0-9]{1,3}$"


class BuktiForm(forms.ModelForm):
    """One document of evidence; all of it may be left out while the change only waits."""

    tanggal_dokumen = tanggal("Tanggal dokumen", required=False)

    class Meta:
        model = Bukti
        fields = ["jenis_dokumen", "nomor", "penerbit", "sumber_informasi", "surat_pengantar", "berkas"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["jenis_dokumen"].required = False
        self.fields["jenis_dokumen"].help_text = "Kosongkan bila bukti belum ada; usulan menunggu sampai dilengkapi."
        self.fields["berkas"].help_text = "PDF, JPG, atau PNG, paling besar 5 MB."
        self.order_fields(["jenis_dokumen", "nomor", "tanggal_dokumen", "penerbit"])

    def clean_berkas(self):
        """Only what it says it is, and small."""
        berkas = self.cleaned_data.get("berkas")
        if not berkas:
            return berkas
        kepala = berkas.read(8)
        berkas.seek(0)
        if jenis_berkas(kepala) is None:
            raise ValidationError("Berkas bukan PDF, JPG, atau PNG. Pindai ulang dokumennya lalu unggah.")
        if berkas.size > 5 * 1024 * 1024:
            raise ValidationError("Berkas lebih besar dari 5 MB. Kecilkan hasil pindaiannya.")
        return berkas

    def clean(self) -> dict:
        """A document with a number or a file but without its kind would be lost without a word."""
        isi = super().clean()
        terisi = [nama for nama, nilai in isi.items() if nilai and nama not in ("jenis_dokumen", "sumber_informasi")]
        if terisi and not isi.get("jenis_dokumen"):
            self.add_error("jenis_dokumen", "Isi jenis dokumen, misalnya KTP-el atau akta kematian.")
        return isi

    def susun(self, *, oleh) -> Bukti | None:
        """The document, not stored yet, or None when nothing was given; its file is named by its digest."""
        if not self.cleaned_data.get("jenis_dokumen"):
            return None
        bukti = self.save(commit=False)
        # The number of a KTP-el is a NIK, that of a Kartu Keluarga a NKK.
        bukti.nomor = samarkan_teks(bukti.nomor)
        bukti.tanggal = self.cleaned_data["tanggal_dokumen"]
        bukti.dicatat_oleh = oleh
        if berkas := self.cleaned_data.get("berkas"):
            isi = berkas.read()
            berkas.seek(0)
            bukti.sha256 = sha256(isi).hexdigest()
            # The name somebody gave a scan may be a NIK, or end in what a browser would run.
            bukti.berkas.name = f"{bukti.sha256}.{jenis_berkas(isi)}"
        return bukti


class RapiForm(forms.Form):
    """A name in capitals with single blanks, RT and RW of three digits, as the list writes them."""

    def clean_nama(self) -> str:
        return " ".join(self.cleaned_data["nama"].upper().split())

    def clean_rt(self) -> str:
        return self.cleaned_data["rt"].zfill(3)

    def clean_rw(self) -> str:
        return self.cleaned_data["rw"].zfill(3)


class ElemenForm(RapiForm):
    """The elements of a row, as printed on Model A."""

    nama = forms.CharField(label="Nama", max_length=120)
    nik = forms.CharField(label="NIK", max_length=24, required=False)
    nkk = forms.CharField(label="Nomor KK", max_length=24, required=False)
    tempat_lahir = forms.CharField(label="Tempat lahir", max_length=60, required=False)
    tanggal_lahir = tanggal("Tanggal lahir")
    jenis_kelamin = forms.ChoiceField(label="Jenis kelamin", choices=JenisKelamin.choices, widget=forms.RadioSelect)
    status_kawin = forms.ChoiceField(label="Status perkawinan", choices=StatusKawin.choices, widget=forms.RadioSelect)
    alamat = forms.CharField(label="Alamat (jalan atau dukuh)", max_length=160, required=False)
    rt = forms.RegexField(ANGKA_RT, label="RT", error_messages={"invalid": "RT ditulis dengan angka, misalnya 002."})
    rw = forms.RegexField(ANGKA_RT, label="RW", error_messages={"invalid": "RW ditulis dengan angka, misalnya 005."})
    disabilitas = forms.ChoiceField(label="Disabilitas", choices=Disabilitas.choices)
    status_ktpel = forms.ChoiceField(label="Status KTP-el", choices=StatusKTPel.choices, widget=forms.RadioSelect)

    def clean_nik(self) -> str:
        nilai = self.cleaned_data["nik"]
        return enam_belas_digit(nilai, "NIK") if nilai else ""

    def clean_nkk(self) -> str:
        nilai = self.cleaned_data["nkk"]
        return enam_belas_digit(nilai, "Nomor KK") if nilai else ""

    def clean_tanggal_lahir(self):
        lahir = self.cleaned_data["tanggal_lahir"]
        if lahir > hari_ini():
            raise ValidationError("Tanggal lahir ada di masa depan.")
        if usia(lahir, hari_ini()) > nilai_bulat("usia_maksimum", pada=hari_ini()):
            raise ValidationError("Umur menurut tanggal ini tidak wajar. Periksa tahunnya.")
        return lahir

    def elemen(self) -> dict:
        """The elements without NIK and NKK, which travel apart."""
        return {k: v for k, v in self.cleaned_data.items() if k not in ("nik", "nkk", "kelurahan", "tps", "kategori")}


class _TujuanTPS(forms.Form):
    kelurahan = forms.ChoiceField(label="Kelurahan")
    tps = forms.IntegerField(
        label="Nomor TPS", required=False, min_value=1, max_value=999, help_text="Kosong bila belum ditentukan."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = pilihan_kelurahan(berlaku=True)

    def clean(self) -> dict:
        """The TPS must belong to the kelurahan."""
        isi = super().clean()
        nomor, kelurahan = isi.get("tps"), isi.get("kelurahan")
        self.kelurahan = Kelurahan.objects.filter(pk=kelurahan).first()
        self.tps = TPS.objects.filter(kelurahan_id=kelurahan, nomor=nomor).first() if nomor else None
        if nomor and not self.tps:
            self.add_error("tps", "TPS dengan nomor ini tidak ada di kelurahan yang dipilih.")
        return isi


class BaruForm(_TujuanTPS, ElemenForm):
    """A new voter: every element, the kelurahan and, if known, the TPS."""

    kategori = forms.ModelChoiceField(
        Kategori.objects.filter(jenis=Kategori.Jenis.BARU, berlaku=True), label="Kategori"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nik"].required = self.fields["nkk"].required = True
        self.order_fields(["kategori", "nik", "nkk", "nama"])


class TmsForm(forms.Form):
    """Why a voter no longer qualifies."""

    kategori = forms.ModelChoiceField(
        Kategori.objects.filter(jenis=Kategori.Jenis.TMS, berlaku=True), label="Sebab TMS"
    )
    dpid_bertahan = forms.CharField(
        label="DPID baris yang tetap ada", required=False, max_length=20, help_text="Wajib bila sebabnya ganda."
    )
    catatan = forms.CharField(label="Catatan", required=False, max_length=240)

    def clean(self) -> dict:
        """A duplicate names the row that stays."""
        isi = super().clean()
        self.bertahan = None
        if isi.get("kategori") and isi["kategori"].pk == "ganda":
            baris = Pendaftaran.objects.aktif().filter(pemilih__dpid=isi.get("dpid_bertahan") or "-").first()
            if baris is None:
                self.add_error("dpid_bertahan", "Isi DPID baris aktif yang tetap ada.")
            else:
                self.bertahan = baris.pemilih
        return isi


class MutasiForm(_TujuanTPS):
    """Where inside the city a voter moves, and the new address."""

    alamat = forms.CharField(label="Alamat baru", max_length=160, required=False)
    rt = forms.RegexField(
        r"^[0-9]{1,3}$",
        label="RT",
        required=False,
        error_messages={"invalid": "RT ditulis dengan angka, misalnya 002."},
    )
    rw = forms.RegexField(
        r"^[0-9]{1,3}$",
        label="RW",
        required=False,
        error_messages={"invalid": "RW ditulis dengan angka, misalnya 005."},
    )
