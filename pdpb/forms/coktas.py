"""Forms of coktas: planning a round, and what the petugas fills in at the door."""

from hashlib import sha256

from django import forms
from django.core.exceptions import ValidationError

from kpupalu.imports.lampiran import jenis_berkas
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.wilayah.models import TPS, Kelurahan
from pdpb.actions.coktas import KATEGORI, Kunjungan, petugas_tersedia
from pdpb.coktas import ALASAN
from pdpb.forms.pemilih import ANGKA_RT, RapiForm, pilihan_kelurahan
from pdpb.forms.periode import tanggal
from pdpb.kematian import jenis_dokumen
from pdpb.models import BarisCoktas, Pendaftaran

H = BarisCoktas.Hasil
UKURAN_FOTO = 8 * 1024 * 1024
_FOTO = ("jpg", "png", "pdf")


class SaringCalonForm(forms.Form):
    """Filter of the candidates of one kelurahan."""

    alasan = forms.ChoiceField(
        label="Alasan", required=False, choices=[("", "Semua alasan"), *((k, a.label) for k, a in ALASAN.items())]
    )


class KegiatanForm(forms.Form):
    """When, by whom and for what; the rows are ticked in the table beside it."""

    keperluan = forms.CharField(
        label="Keperluan", max_length=160, min_length=5, help_text="Tercetak dalam surat tugas, misalnya: memastikan "
        "pemilih berumur di atas 100 tahun."
    )  # fmt: skip
    mulai = tanggal("Tanggal mulai")
    akhir = tanggal("Tanggal akhir")
    petugas = forms.MultipleChoiceField(
        label="Petugas", widget=forms.CheckboxSelectMultiple, help_text="Satu RT dikunjungi satu orang; RT dibagi rata."
    )
    kunci = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.orang = {str(u.pk): u for u in petugas_tersedia()}
        self.fields["petugas"].choices = [(pk, str(u)) for pk, u in self.orang.items()]

    def clean(self) -> dict:
        """The days in their order; the petugas as accounts."""
        isi = super().clean()
        if isi.get("mulai") and isi.get("akhir") and isi["akhir"] < isi["mulai"]:
            self.add_error("akhir", "Tanggal akhir tidak boleh sebelum tanggal mulai.")
        self.petugas = [self.orang[pk] for pk in isi.get("petugas", [])]
        return isi


class AlihkanForm(forms.Form):
    """Who visits the ticked rows from now on."""

    petugas = forms.ChoiceField(label="Alihkan baris terpilih kepada")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.orang = {str(u.pk): u for u in petugas_tersedia()}
        self.fields["petugas"].choices = [("", "Pilih petugas"), *((pk, str(u)) for pk, u in self.orang.items())]


class AkhiriForm(forms.Form):
    """Why an activity ends as it does."""

    alasan = forms.CharField(label="Alasan atau catatan", required=False, max_length=240)


class TarikForm(forms.Form):
    """Why a result is taken back."""

    alasan = forms.CharField(label="Alasan", min_length=10, max_length=200, help_text="Paling sedikit 10 huruf.")


class HasilForm(RapiForm):
    """What was found at one door. Only what the chosen result needs is asked."""

    informan = forms.CharField(label="Pemberi keterangan", max_length=120, help_text="Nama dan hubungannya.")
    hadir = forms.CharField(
        label="Yang hadir", required=False, max_length=160, help_text="Misalnya: Ketua RT 002, staf Bawaslu."
    )
    catatan = forms.CharField(label="Catatan", required=False, max_length=200)
    foto = forms.FileField(label="Foto", required=False, help_text="Foto atau PDF, paling besar 8 MB.")
    kunci = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, hasil: str, versi: Pendaftaran, **kwargs):
        super().__init__(*args, **kwargs)
        self.hasil, self.versi, self.sha256 = H(hasil), versi, ""
        self.fields["foto"].widget.attrs |= {"accept": "image/jpeg,image/png,application/pdf"}
        if self.hasil == H.PINDAH:
            self._tambah_tujuan()
        elif self.hasil == H.GANDA:
            self.fields["dpid"] = forms.CharField(
                label="DPID baris yang tetap ada", required=False, max_length=20,
                help_text="Kosongkan bila belum diketahui; kantor melengkapinya.",
            )  # fmt: skip
        elif self.hasil == H.UBAH_ELEMEN:
            self._tambah_elemen()
        elif self.hasil == H.TIDAK_DITEMUKAN:
            self.fields["catatan"].required = True
            self.fields["catatan"].help_text = "Siapa yang ditanya, dan apa jawabannya."
        if self.hasil in KATEGORI:
            self._tambah_dokumen()
        awal = [n for n in self.fields if n not in ("informan", "hadir", "catatan", "foto", "kunci")]
        self.order_fields([*awal, "foto", "informan", "hadir", "catatan"])

    def _tambah_tujuan(self) -> None:
        self.fields["kelurahan"] = forms.ChoiceField(
            label="Pindah ke", required=False, choices=pilihan_kelurahan("Ke luar Kota Palu", berlaku=True)
        )
        self.fields["tps"] = forms.IntegerField(
            label="Nomor TPS tujuan",
            required=False,
            min_value=1,
            max_value=999,
            help_text="Bila di dalam kota dan tahu.",
        )

    def _tambah_elemen(self) -> None:
        angka = {"invalid": "Tulis dengan angka, misalnya 002."}
        self.fields |= {
            "nama": forms.CharField(label="Nama", max_length=120, initial=self.versi.nama),
            "tempat_lahir": forms.CharField(
                label="Tempat lahir", max_length=60, required=False, initial=self.versi.tempat_lahir
            ),
            "tanggal_lahir": tanggal("Tanggal lahir"),
            "alamat": forms.CharField(label="Alamat", max_length=160, required=False, initial=self.versi.alamat),
            "rt": forms.RegexField(ANGKA_RT, label="RT", initial=self.versi.rt, error_messages=angka),
            "rw": forms.RegexField(ANGKA_RT, label="RW", initial=self.versi.rw, error_messages=angka),
        }
        self.fields["tanggal_lahir"].initial = self.versi.tanggal_lahir

    def _tambah_dokumen(self) -> None:
        kosong = "Tidak ada dokumen; usulan menunggu bukti"
        dokumen = jenis_dokumen(KATEGORI[self.hasil])
        self.fields["jenis_dokumen"] = forms.ChoiceField(
            label="Dokumen yang diperlihatkan", required=False, choices=[("", kosong), *((d, d) for d in dokumen)],
            help_text="Foto dokumennya di bawah.",
        )  # fmt: skip
        self.fields["nomor_dokumen"] = forms.CharField(label="Nomor dokumen", required=False, max_length=100)

    def clean_foto(self):
        """A photograph or a PDF by its first bytes, named by its digest: a name may be a NIK."""
        foto = self.cleaned_data.get("foto")
        if not foto:
            return None
        if foto.size > UKURAN_FOTO:
            raise ValidationError(
                "Foto lebih besar dari 8 MB. Kecilkan dahulu, atau ambil lagi dengan mutu lebih rendah."
            )
        isi = foto.read()
        foto.seek(0)
        jenis = jenis_berkas(isi)
        if jenis not in _FOTO:
            raise ValidationError("Berkas bukan foto JPG atau PNG, dan bukan PDF. Ambil foto lagi, lalu unggah.")
        self.sha256 = sha256(isi).hexdigest()
        foto.name = f"{self.sha256}.{jenis}"
        return foto

    def clean(self) -> dict:
        """A document is proven by its photograph; a correction corrects something; the TPS belongs to its kelurahan."""
        isi = super().clean()
        self.kelurahan = Kelurahan.objects.filter(pk=isi.get("kelurahan") or "-").first()
        self.tps = (
            TPS.objects.filter(kelurahan=self.kelurahan, nomor=isi.get("tps")).first() if isi.get("tps") else None
        )
        if isi.get("tps") and not self.tps:
            self.add_error("tps", "TPS dengan nomor ini tidak ada di kelurahan yang dipilih.")
        if isi.get("jenis_dokumen") and not isi.get("foto") and "foto" not in self.errors:
            self.add_error("foto", "Foto dokumen yang diperlihatkan, atau pilih “Tidak ada dokumen”.")
        if self.hasil == H.UBAH_ELEMEN and not self.errors and not self._berubah(isi):
            self.add_error(
                None, "Tidak ada yang berbeda dari data sekarang. Ubah paling sedikit satu isian, atau pilih Sesuai."
            )
        if self.hasil == H.GANDA and isi.get("dpid"):
            self.bertahan = Pendaftaran.objects.aktif().filter(pemilih__dpid=isi["dpid"]).first()
            if self.bertahan is None or self.bertahan.pemilih_id == self.versi.pemilih_id:
                self.add_error("dpid", "DPID ini bukan baris lain yang ada dalam daftar. Periksa, atau kosongkan.")
        return isi

    def _berubah(self, isi: dict) -> dict:
        nama = ("nama", "tempat_lahir", "tanggal_lahir", "alamat", "rt", "rw")
        return {n: isi[n] for n in nama if n in isi and isi[n] != getattr(self.versi, n)}

    def kunjungan(self) -> Kunjungan:
        """What was found, for ``isi_hasil``."""
        isi = self.cleaned_data
        bertahan = getattr(self, "bertahan", None)
        return Kunjungan(
            hasil=self.hasil,
            informan=isi["informan"],
            hadir=isi["hadir"],
            catatan=isi["catatan"],
            foto=isi["foto"],
            sha256=self.sha256,
            jenis_dokumen=isi.get("jenis_dokumen", ""),
            nomor_dokumen=samarkan_teks(isi.get("nomor_dokumen", "")),
            elemen=self._berubah(isi) if self.hasil == H.UBAH_ELEMEN else {},
            bertahan=bertahan.pemilih if bertahan else None,
            kelurahan_tujuan=self.kelurahan,
            tps_tujuan=self.tps,
        )
