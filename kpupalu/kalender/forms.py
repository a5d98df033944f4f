"""Questions one may ask the calendar."""

from django import forms

TANGGAL = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"]
HARI_TERBANYAK = 365


def kotak_tanggal(label: str, *, contoh: str = "08-12-2026", **lain) -> forms.DateField:
    """One text box for the date of a document, ``hh-bb-tttt``; separators ``-``, ``/`` and ``.`` are taken."""
    lain.setdefault("help_text", f"hh-bb-tttt, contoh: {contoh}")
    return forms.DateField(
        label=label,
        input_formats=TANGGAL,
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"class": "lebar-10", "inputmode": "numeric"}),
        error_messages={"invalid": f"Tanggal tidak dikenal. Tulis seperti {contoh}."},
        **lain,
    )


class HitungForm(forms.Form):
    """From which day, how many working days."""

    mulai = kotak_tanggal("Tanggal kejadian", help_text="Hari ini tidak dihitung. hh-bb-tttt, contoh: 08-12-2026")
    jumlah = forms.IntegerField(
        label="Jumlah hari kerja",
        min_value=0,
        max_value=HARI_TERBANYAK,
        help_text=f"0 sampai {HARI_TERBANYAK}.",
        widget=forms.NumberInput(attrs={"class": "lebar-6"}),
    )


class SaringForm(forms.Form):
    """Which of the due dates of a month are shown."""

    sumber = forms.ChoiceField(label="Bidang", required=False)
    sifat = forms.ChoiceField(
        label="Sifat",
        required=False,
        choices=[("", "Semua sifat"), ("hukum", "Tenggat menurut peraturan"), ("kantor", "Target kantor")],
    )

    def __init__(self, *args, sumber: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sumber"].choices = [("", "Semua bidang"), *((s, s) for s in sumber)]  # type: ignore[attr-defined]


class AturanForm(forms.Form):
    """Which rules are listed."""

    forum = forms.ChoiceField(label="Forum", required=False)
    kepastian = forms.ChoiceField(
        label="Kepastian",
        required=False,
        choices=[("", "Semua"), ("dibaca", "Dibaca dari peraturan"), ("asumsi", "Belum dikonfirmasi")],
    )
    kata = forms.CharField(label="Kata dalam langkah, perkara, atau dasar", required=False, max_length=80)

    def __init__(self, *args, forum: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].choices = [("", "Semua forum"), *((f, f) for f in forum)]  # type: ignore[attr-defined]


class PastiForm(forms.Form):
    """The decree that settles the days off of a year."""

    dasar = forms.CharField(
        label="Keputusan",
        max_length=240,
        help_text="Contoh: SKB 3 Menteri Nomor 1497, 2, dan 5 Tahun 2025",
    )
    ditetapkan = kotak_tanggal("Tanggal ditetapkan")
