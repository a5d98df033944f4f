"""Forms of data ganda: filter the pairs, decide one, say why something is sent back or undone."""

from django import forms

from kpupalu.lib.samaran import samarkan_teks
from pdpb.forms.pemilih import pilihan_kelurahan
from pdpb.forms.periode import tanggal
from pdpb.models import Bukti, JawabanLintas, PasanganGanda
from pdpb.models.ganda import KelasGanda, TingkatGanda

S = Bukti.Sumber
JENIS_BUKTI = {
    "Konfirmasi Disdukcapil": S.DISDUKCAPIL,
    "KTP-el": S.DISDUKCAPIL,
    "Kartu Keluarga": S.DISDUKCAPIL,
    "Biodata penduduk": S.DISDUKCAPIL,
    "IKD": S.DISDUKCAPIL,
    "Hasil coktas": S.COKTAS,
    "Keterangan kelurahan": S.KELURAHAN,
    "Data lapas atau rutan": S.LAPAS,
    "Perbandingan kedua baris": S.LAIN,
}
"""Kinds of evidence for a decision about two rows, each with where the information comes from."""


class SaringGandaForm(forms.Form):
    """Filter of the pairs; what the counts and the cards link to."""

    tingkat = forms.ChoiceField(label="Tingkat", required=False, choices=[("", "Semua tingkat"), *TingkatGanda.choices])
    kelas = forms.ChoiceField(label="Kelas", required=False, choices=[("", "Semua kelas"), *KelasGanda.choices])
    status = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[("", "Belum selesai"), ("semua", "Semua"), *PasanganGanda.Status.choices],
    )
    kelurahan = forms.ChoiceField(label="Kelurahan", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelurahan"].choices = pilihan_kelurahan("Semua kelurahan", kecamatan=True)


class BuktiPutusanForm(forms.Form):
    """The evidence of a decision: its kind is needed, the rest as far as there is any."""

    jenis_dokumen = forms.ChoiceField(label="Jenis bukti")
    nomor = forms.CharField(label="Nomor dokumen", required=False, max_length=100)
    tanggal_dokumen = tanggal("Tanggal dokumen", required=False)
    alasan = forms.CharField(
        label="Alasan",
        min_length=10,
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Paling sedikit 10 huruf. Tulis apa yang Anda bandingkan, tanpa NIK.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["jenis_dokumen"].choices = [("", "Pilih jenis bukti"), *((j, j) for j in JENIS_BUKTI)]

    def susun(self, *, oleh) -> Bukti:
        """The document, not stored yet; a number that is a NIK or NKK is masked."""
        isi = self.cleaned_data
        return Bukti(
            jenis_dokumen=isi["jenis_dokumen"],
            nomor=samarkan_teks(isi["nomor"]),
            tanggal=isi["tanggal_dokumen"],
            sumber_informasi=JENIS_BUKTI[isi["jenis_dokumen"]],
            dicatat_oleh=oleh,
        )


class PutusanForm(BuktiPutusanForm):
    """A decision about one pair; which button is pressed says what it is."""

    bertahan = forms.TypedChoiceField(
        label="Baris yang bertahan",
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        help_text="Hanya untuk “sama orang”. Baris lainnya diusulkan TMS ganda.",
    )

    def __init__(self, *args, pasangan: PasanganGanda, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bertahan"].choices = [
            (pasangan.a_id, f"Baris A (pemilih {pasangan.a_id})"),
            (pasangan.b_id, f"Baris B (pemilih {pasangan.b_id})"),
        ]
        self.order_fields(["bertahan", "jenis_dokumen", "alasan"])


class AlasanForm(forms.Form):
    """Why a decision is sent back, withdrawn or undone."""

    alasan = forms.CharField(label="Alasan", min_length=10, max_length=240, help_text="Paling sedikit 10 huruf.")


class SaringLintasForm(forms.Form):
    """Filter of the rows of one list of another area."""

    status = forms.ChoiceField(label="Keadaan", required=False, choices=[("", "Semua"), *JawabanLintas.Status.choices])
    padan = forms.ChoiceField(
        label="Padanan",
        required=False,
        choices=[("", "Semua"), ("ada", "Ada dalam daftar kita"), ("tidak", "Tidak ditemukan")],
    )


class JawabanForm(BuktiPutusanForm):
    """The answer to one row; only those that fit whether the voter is in our list."""

    jawaban = forms.ChoiceField(label="Jawaban", widget=forms.RadioSelect)

    def __init__(self, *args, baris: JawabanLintas, **kwargs):
        super().__init__(*args, **kwargs)
        tidak_ada = JawabanLintas.Jawaban.TIDAK_ADA
        self.fields["jawaban"].choices = [
            pilihan
            for pilihan in JawabanLintas.Jawaban.choices
            if (pilihan[0] == tidak_ada) == (baris.pemilih_id is None)
        ]
        self.order_fields(["jawaban", "jenis_dokumen", "alasan"])
