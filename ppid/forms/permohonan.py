"""Forms of a request: the public one, the same at the desk, and the steps of an officer."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from kpupalu.imports.lampiran import LampiranField
from kpupalu.kalender.forms import kotak_tanggal
from kpupalu.lib import waktu
from kpupalu.lib.waktu import hari_ini
from kpupalu.organisasi.models import Subbagian
from ppid.actions.jawaban import DIPUTUS
from ppid.langkah import KEKURANGAN
from ppid.models import (
    Butir,
    DataPemohon,
    InformasiDikecualikan,
    InformasiPublik,
    LampiranPermohonan,
    Permohonan,
    UjiKonsekuensi,
)

L = LampiranPermohonan.Jenis
_BUTIR = 5
_ISIAN_PERMOHONAN = ("jenis_pemohon", "cara_memperoleh", "cara_kirim", "kebutuhan_khusus")
_ISIAN_PEMOHON = (
    "nama", "jenis_identitas", "nomor_identitas", "badan_hukum", "pengesahan", "kuasa_nama", "alamat", "telepon",
    "surel", "pekerjaan", "tujuan",
)  # fmt: skip


def _teks(label: str, panjang: int, *, bantuan: str = "", isi: str = "off", wajib: bool = False, **lain):
    return forms.CharField(
        label=label, max_length=panjang, required=wajib, help_text=bantuan,
        widget=forms.TextInput(attrs={"autocomplete": isi}), **lain,
    )  # fmt: skip


class IsianPermohonanForm(forms.Form):
    """What everybody is asked: what is wanted, for what, by whom, and how it is to be given."""

    kunci = forms.UUIDField(widget=forms.HiddenInput)
    butir_1 = forms.CharField(
        label="Informasi yang Anda minta", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Sebutkan dokumen atau datanya sejelas mungkin. Satu kotak untuk satu hal; tiap hal dijawab sendiri.",
        error_messages={"required": "Tuliskan informasi yang Anda minta."},
    )  # fmt: skip
    tujuan = forms.CharField(
        label="Tujuan penggunaan",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Tuliskan untuk apa informasi ini dipakai."},
    )
    cara_memperoleh = forms.ChoiceField(
        label="Cara memperoleh", choices=Permohonan.CaraMemperoleh.choices, widget=forms.RadioSelect,
        error_messages={"required": "Pilih cara memperoleh informasi."},
    )  # fmt: skip
    cara_kirim = forms.ChoiceField(
        label="Cara pengiriman", choices=Permohonan.CaraKirim.choices, widget=forms.RadioSelect,
        error_messages={"required": "Pilih cara pengiriman."},
    )  # fmt: skip
    jenis_pemohon = forms.ChoiceField(
        label="Anda meminta sebagai", choices=Permohonan.JenisPemohon.choices, widget=forms.RadioSelect,
        error_messages={"required": "Pilih sebagai siapa Anda meminta."},
    )  # fmt: skip
    nama = _teks("Nama", 160, isi="name", wajib=True, error_messages={"required": "Tuliskan nama Anda."})
    jenis_identitas = forms.ChoiceField(
        label="Jenis identitas", required=False, choices=[("", "Pilih"), *DataPemohon.JenisIdentitas.choices]
    )
    nomor_identitas = _teks("Nomor identitas", 40, bantuan="Hanya dibaca petugas yang menangani permohonan ini.")
    badan_hukum = _teks(
        "Nama badan hukum", 160, bantuan="Diisi bila meminta atas nama badan hukum.", isi="organization"
    )
    pengesahan = _teks("Nomor pengesahan badan hukum", 120)
    kuasa_nama = _teks("Nama yang memberi kuasa", 160, bantuan="Diisi bila Anda meminta dengan surat kuasa khusus.")
    alamat = _teks("Alamat", 240, isi="street-address", wajib=True, error_messages={"required": "Tuliskan alamat."})
    telepon = forms.RegexField(
        r"^\+?[0-9][0-9 .-]{6,18}$", label="Nomor telepon", required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "class": "lebar-16"}),
        error_messages={"invalid": "Nomor telepon ditulis dengan angka, misalnya 081234567890."},
    )  # fmt: skip
    surel = forms.EmailField(
        label="Surel", max_length=160, required=False, help_text="Isi telepon atau surel, boleh keduanya.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": "Alamat surel tidak lengkap, misalnya nama@contoh.id."},
    )  # fmt: skip
    pekerjaan = _teks("Pekerjaan", 80)
    kebutuhan_khusus = _teks(
        "Kebutuhan khusus atau pendamping",
        240,
        bantuan="Misalnya dokumen berhuruf besar, dibacakan, juru bahasa isyarat.",
    )
    identitas = LampiranField(label="Salinan identitas", maks=2)
    pendukung = LampiranField(label="Akta, surat kuasa, atau lampiran lain")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for n in range(2, _BUTIR + 1):
            self.fields[f"butir_{n}"] = forms.CharField(
                label=f"Informasi lain ({n})", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
        urut = ["kunci", *(f"butir_{n}" for n in range(1, _BUTIR + 1))]
        self.order_fields(urut)
        self.initial.setdefault("kunci", uuid4())

    def clean_telepon(self) -> str:
        """Digits only, as they are dialled."""
        return "".join(h for h in self.cleaned_data["telepon"] if h.isdigit() or h == "+")

    def clean(self) -> dict:
        """A way to be reached, a name of the body, and sixteen digits where a KTP-el is shown."""
        isi = super().clean()
        if not isi.get("telepon") and not isi.get("surel") and not {"telepon", "surel"} & set(self.errors):
            self.add_error("surel", "Isi nomor telepon atau surel, agar jawaban dapat disampaikan.")
        if isi.get("jenis_pemohon") == Permohonan.JenisPemohon.BADAN_HUKUM and not isi.get("badan_hukum"):
            self.add_error("badan_hukum", "Tuliskan nama badan hukum yang meminta.")
        nomor = "".join(h for h in isi.get("nomor_identitas", "") if h.isalnum())
        if (
            isi.get("jenis_identitas") == DataPemohon.JenisIdentitas.KTP
            and nomor
            and not (len(nomor) == 16 and nomor.isascii() and nomor.isdigit())
        ):
            self.add_error("nomor_identitas", "Nomor KTP-el harus tepat 16 angka.")
        isi["nomor_identitas"] = nomor
        return isi

    def isi(self) -> dict:
        """The arguments of ``daftarkan`` that the form knows."""
        c = self.cleaned_data
        lampiran = [(L.IDENTITAS, x) for x in c["identitas"]] + [(L.LAIN, x) for x in c["pendukung"]]
        return {
            "kunci": c["kunci"],
            "isi": {nama: c[nama] for nama in _ISIAN_PERMOHONAN},
            "data": {nama: c[nama] for nama in _ISIAN_PEMOHON},
            "butir": [c[f"butir_{n}"] for n in range(1, _BUTIR + 1)],
            "lampiran": lampiran,
        }


class PermohonanPublikForm(IsianPermohonanForm):
    """The form without account, with consent. ``sudah_lihat``: what is already there was shown before."""

    sudah_lihat = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    persetujuan = forms.BooleanField(
        label="Saya setuju KPU Kota Palu memakai data pada formulir ini hanya untuk menangani permohonan ini.",
        error_messages={"required": "Centang persetujuan ini agar permohonan dapat kami terima."},
    )

    def isi(self) -> dict:
        """As above, by the way of the site."""
        hasil = super().isi()
        hasil["isi"] |= {"kanal": Permohonan.Kanal.WEB}
        return hasil


class CatatPermohonanForm(IsianPermohonanForm):
    """The same at the desk: how and when it came."""

    kanal = forms.ChoiceField(
        label="Diterima lewat", choices=[c for c in Permohonan.Kanal.choices if c[0] != Permohonan.Kanal.WEB]
    )
    tanggal = kotak_tanggal("Tanggal diterima")
    tanggal_surat = kotak_tanggal("Tanggal surat", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("tanggal", hari_ini())
        self.order_fields(["kunci", "kanal", "tanggal", "tanggal_surat"])

    def clean_tanggal(self):
        """Not after today."""
        nilai = self.cleaned_data["tanggal"]
        if nilai > hari_ini():
            raise ValidationError("Tanggal diterima tidak mungkin sesudah hari ini.")
        return nilai

    def clean(self) -> dict:
        """A letter is not older than its receipt the wrong way round."""
        isi = super().clean()
        surat, terima = isi.get("tanggal_surat"), isi.get("tanggal")
        if surat and terima and surat > terima:
            self.add_error("tanggal_surat", "Tanggal surat tidak mungkin sesudah tanggal diterima.")
        return isi

    def isi(self) -> dict:
        """As above; a request of today is received now, one of an earlier day at noon of that day in WITA."""
        hasil, c = super().isi(), self.cleaned_data
        kini = waktu.sekarang()
        saat = (
            kini
            if c["tanggal"] == hari_ini()
            else kini.astimezone(waktu.WITA).replace(
                year=c["tanggal"].year, month=c["tanggal"].month, day=c["tanggal"].day, hour=12, minute=0, second=0
            )
        )
        hasil["isi"] |= {"kanal": c["kanal"], "diterima_pada": saat, "tanggal_surat": c["tanggal_surat"]}
        return hasil


class TiketForm(forms.Form):
    """The number of a request and the secret code of its receipt."""

    nomor = forms.CharField(label="Nomor pendaftaran", max_length=120)
    kode = forms.CharField(label="Kode tiket", max_length=24, help_text="Dua belas huruf dan angka pada tanda bukti.")

    def clean_kode(self) -> str:
        """Without blanks and strokes, in capitals."""
        return "".join(h for h in self.cleaned_data["kode"].upper() if h.isalnum())


class SaringForm(forms.Form):
    """Which requests the queue shows."""

    antrean = forms.ChoiceField(
        label="Antrean", required=False,
        choices=[("", "Semua"), ("terbuka", "Belum dijawab"), ("terlambat", "Terlambat"),
                 ("hari_ini", "Jatuh tempo hari ini"), ("besok", "Jatuh tempo hari kerja berikutnya"),
                 ("dijawab", "Sudah dijawab"),
                 ("tutup", "Selesai")],
    )  # fmt: skip
    kanal = forms.ChoiceField(label="Kanal", required=False, choices=[("", "Semua kanal"), *Permohonan.Kanal.choices])


class VersiForm(forms.Form):
    """The edition the officer had before them."""

    versi = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class CatatanForm(VersiForm):
    """A reason of at least ten letters."""

    catatan = forms.CharField(
        label="Alasan", min_length=10, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": "Tuliskan alasan, paling sedikit 10 huruf."},
    )  # fmt: skip


class LengkapForm(VersiForm):
    """Which items are about an election whose stage runs."""

    tahapan = forms.MultipleChoiceField(
        label="Butir tentang pemilu atau pemilihan yang sedang berjalan", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Dijawab dalam waktu lebih singkat (Perki 1/2019 Pasal 12).",
    )  # fmt: skip

    def __init__(self, *args, permohonan: Permohonan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tahapan"].choices = [(b.urut, f"{b.urut}. {b.uraian[:80]}") for b in permohonan.butir.all()]

    def clean_tahapan(self) -> list[int]:
        """Numbers of items."""
        return [int(n) for n in self.cleaned_data["tahapan"]]


class KekuranganForm(VersiForm):
    """What is missing, chosen from the fixed list."""

    kekurangan = forms.MultipleChoiceField(
        label="Yang kurang", choices=list(KEKURANGAN.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih paling sedikit satu hal yang kurang."},
    )  # fmt: skip


class LengkapiForm(forms.Form):
    """What the applicant adds."""

    keterangan = forms.CharField(
        label="Keterangan", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    berkas = LampiranField(label="Berkas yang diminta")


class MintaUnitForm(VersiForm):
    """Whom to ask for which items."""

    unit = forms.ModelChoiceField(Subbagian.objects.all(), label="Unit", empty_label="Pilih unit")
    butir = forms.ModelMultipleChoiceField(Butir.objects.none(), label="Butir", widget=forms.CheckboxSelectMultiple)
    pertanyaan = forms.CharField(
        label="Yang diminta", min_length=10, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Unit tidak melihat siapa pemohonnya. Jangan menyebut nama pemohon di sini.",
    )  # fmt: skip

    def __init__(self, *args, permohonan: Permohonan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["butir"].queryset = permohonan.butir.all()
        self.fields["butir"].label_from_instance = lambda b: f"{b.urut}. {b.uraian[:80]}"


class JawabUnitForm(VersiForm):
    """What the unit answers."""

    dikuasai = forms.TypedChoiceField(
        label="Apakah unit menguasai informasi ini?", choices=[("ya", "Ya"), ("tidak", "Tidak")],
        widget=forms.RadioSelect, coerce=lambda x: x == "ya",
    )  # fmt: skip
    jawaban = forms.CharField(
        label="Jawaban",
        min_length=10,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Sebutkan dokumennya, di mana tersimpan, dan bagian mana yang menurut unit tidak dapat dibuka.",
    )


class PutusButirForm(VersiForm):
    """The outcome of one item and what that outcome needs."""

    hasil = forms.ChoiceField(
        label="Hasil",
        choices=[(h.value, h.label) for h in DIPUTUS],
        widget=forms.RadioSelect,
    )  # fmt: skip
    penjelasan = forms.CharField(
        label="Materi yang diberikan, atau penjelasan kepada pemohon", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    bentuk = forms.ChoiceField(
        label="Bentuk yang diberikan",
        required=False,
        choices=[("", "Pilih bentuk"), *Permohonan.CaraMemperoleh.choices],
    )
    informasi = forms.ModelChoiceField(
        InformasiPublik.objects.none(), label="Entri daftar informasi publik", required=False, empty_label="Tidak ada"
    )
    badan_lain = forms.CharField(label="Badan publik yang menguasai", required=False, max_length=200)
    tersedia_pada = kotak_tanggal("Akan tersedia pada", required=False)
    bagian_dihitamkan = forms.CharField(
        label="Bagian yang tidak diberikan dan alasannya", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    dikecualikan = forms.ModelChoiceField(
        InformasiDikecualikan.objects.none(), label="Keputusan yang mengecualikan", required=False,
        empty_label="Tidak ada",
        help_text="Hanya keputusan KPU atau KPU Provinsi yang berlaku hari ini.",
    )  # fmt: skip
    pasal_18_diperiksa = forms.BooleanField(
        label="Pasal 18 sudah diperiksa: putusan pengadilan, persetujuan orangnya, jabatan publik", required=False
    )
    uji = forms.ModelChoiceField(
        UjiKonsekuensi.objects.none(), label="Uji konsekuensi yang berjalan", required=False, empty_label="Tidak ada"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        U = UjiKonsekuensi.Status
        self.fields["dikecualikan"].queryset = InformasiDikecualikan.objects.berlaku(hari_ini())
        self.fields["informasi"].queryset = InformasiPublik.objects.terbit()
        self.fields["uji"].queryset = UjiKonsekuensi.objects.filter(
            status__in=(U.USULAN, U.PERTIMBANGAN, U.KE_PROVINSI)
        )

    def bidang(self) -> dict:
        """The fields of the item, without the choice itself."""
        return {k: v for k, v in self.cleaned_data.items() if k not in ("hasil", "versi")}


class SiapkanForm(VersiForm):
    """Date of the letter."""

    tanggal = kotak_tanggal("Tanggal surat")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("tanggal", hari_ini())


class KirimForm(VersiForm):
    """When and how the letter went out, and what proves it."""

    pada = kotak_tanggal("Tanggal dikirim")
    cara = forms.ChoiceField(label="Cara pengiriman", choices=Permohonan.CaraKirim.choices)
    bukti = forms.CharField(
        label="Bukti pengiriman", max_length=200, help_text="Nomor resi, surel terkirim, atau siapa yang menerima."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("pada", hari_ini())


class BayarForm(VersiForm):
    """When the whole cost was paid."""

    pada = kotak_tanggal("Tanggal dibayar")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("pada", hari_ini())


class SerahkanForm(VersiForm):
    """Who took it, and when."""

    penerima = forms.CharField(label="Diterima oleh", max_length=160)
    pada = kotak_tanggal("Tanggal diserahkan")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("pada", hari_ini())
