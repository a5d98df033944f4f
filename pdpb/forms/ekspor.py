"""Forms of printing: the paper of a recap, and a list by name that is given out."""

from django import forms

from kpupalu.wilayah.models import Kecamatan, Kelurahan
from pdpb.models import EksporDaftar, Periode


class CetakRekapForm(forms.Form):
    """The paper; the area and the version come from the page the person was on."""

    kertas = forms.ChoiceField(
        label="Ukuran kertas", choices=[("a4", "A4 mendatar"), ("f4", "F4 mendatar (215 × 330 mm)")], initial="a4"
    )


KOTA = "kota"


def pilihan_wilayah() -> list:
    """The city, each kecamatan, and each kelurahan under its kecamatan."""
    isi: dict[Kecamatan, list[tuple[str, str]]] = {}
    for satu in Kelurahan.objects.select_related("kecamatan").order_by("kode"):
        isi.setdefault(satu.kecamatan, []).append((satu.pk, satu.nama))
    return [
        ("", "Pilih wilayah"),
        ("Kota", [(KOTA, "Seluruh Kota Palu")]),
        ("Kecamatan", [(k.pk, f"Kecamatan {k.nama}, seluruhnya") for k in isi]),
        *((f"Kelurahan di {k.nama}", kelurahan) for k, kelurahan in isi.items()),
    ]


class EksporForm(forms.ModelForm):
    """What is given out, to whom, for what; the fewest fields unless another form is chosen."""

    periode = forms.ModelChoiceField(label="Periode", queryset=Periode.objects.all())
    wilayah = forms.ChoiceField(
        label="Wilayah",
        choices=pilihan_wilayah,
        help_text="Pilih wilayah sekecil keperluannya. Daftar sekecamatan atau sekota menjadi satu arsip ZIP.",
    )

    class Meta:
        model = EksporDaftar
        fields = ["periode", "jenis", "bentuk", "penerima", "tujuan", "nik_penuh", "dasar_hukum"]
        labels = {"jenis": "Daftar", "bentuk": "Bentuk berkas", "nik_penuh": "Tampilkan NIK dan nomor KK lengkap"}
        help_texts = {
            "bentuk": "Untuk salinan ke luar kantor pilih tujuh kolom; dengan berkas bukti, penerima dapat memeriksa "
            "bahwa barisnya berasal dari daftar yang ditandatangani. Pada bentuk 14 kolom enam angka terakhir NIK "
            "dan nomor KK ditutup.",
            "penerima": "Nama lembaga atau jabatan. Tercetak pada setiap halaman berkas.",
            "tujuan": "Untuk apa daftar ini dipakai. Tercatat dalam buku ekspor.",
            "nik_penuh": "Memerlukan dasar hukum dan persetujuan Ketua atau Sekretaris.",
            "dasar_hukum": "Wajib bila NIK lengkap diminta, misalnya nomor surat permintaan dan pasalnya.",
        }

    field_order = ["periode", "wilayah"]

    def __init__(self, *args, **kwargs):
        """The difference of two days is asked for on the page of the time machine, where its days are."""
        super().__init__(*args, **kwargs)
        for nama in ("jenis", "bentuk"):
            luar = (EksporDaftar.Jenis.SELISIH, EksporDaftar.Bentuk.SELISIH)
            self.fields[nama].choices = [p for p in self.fields[nama].choices if p[0] not in luar]

    def clean_wilayah(self) -> Kelurahan | Kecamatan | None:
        """The area itself; None is the whole city."""
        kode = self.cleaned_data["wilayah"]
        return Kelurahan.objects.filter(pk=kode).first() or Kecamatan.objects.filter(pk=kode).first()

    def clean(self) -> dict:
        """The whole NIK names its basis; outside copies are the voter list without NIK."""
        isi = super().clean()
        publik = EksporDaftar(bentuk=isi.get("bentuk", "")).tujuh_kolom
        if isi.get("nik_penuh") and publik:
            self.add_error("nik_penuh", "Bentuk tujuh kolom tidak memuat NIK. Hapus centang ini atau pilih 14 kolom.")
        if isi.get("nik_penuh") and not isi.get("dasar_hukum", "").strip():
            self.add_error("dasar_hukum", "Isi dasar hukum karena NIK dan nomor KK lengkap diminta.")
        if publik and isi.get("jenis") == EksporDaftar.Jenis.PERUBAHAN:
            self.add_error("bentuk", "Daftar perubahan memuat sebab TMS. Pilih bentuk 14 kolom.")
        if isi.get("jenis") == EksporDaftar.Jenis.ADPB2:
            if isi.get("bentuk") != EksporDaftar.Bentuk.XLSX:
                self.add_error("bentuk", "A-DPB2 hanya ada sebagai XLSX 14 kolom.")
            if isi.get("wilayah"):
                self.add_error("wilayah", "A-DPB2 dibuat untuk seluruh kota. Pilih Seluruh Kota Palu.")
        if isi.get("tujuan") and len(isi["tujuan"].strip()) < 10:
            self.add_error("tujuan", "Tuliskan tujuan paling sedikit 10 huruf.")
        return isi


class PutuskanEksporForm(forms.Form):
    """The decision of the second person."""

    putusan = forms.ChoiceField(
        label="Putusan", choices=[("setuju", "Setujui"), ("tolak", "Tolak")], widget=forms.RadioSelect
    )
    alasan = forms.CharField(
        label="Alasan", max_length=300, required=False, help_text="Wajib bila ditolak, paling sedikit 10 huruf."
    )

    def clean(self) -> dict:
        """A rejection says why."""
        isi = super().clean()
        if isi.get("putusan") == "tolak" and len(isi.get("alasan", "").strip()) < 10:
            self.add_error("alasan", "Isi alasan penolakan, paling sedikit 10 huruf.")
        return isi
