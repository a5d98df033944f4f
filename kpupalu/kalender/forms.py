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
