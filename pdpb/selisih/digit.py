"""How a figure was mistyped: what the digits of the written and of the right figure tell."""

from dataclasses import dataclass

from kpupalu.lib.angka import ribuan

SEDIKIT = 9
"""A difference up to this many persons is a matter of persons or of the last digit, not of a slip of the pen."""
TANPA_POLA = 10
"""The weight of a figure that only differs. A zero is one too: any sum that is short can be mended by some zero."""
_TEMPAT = ("satuan", "puluhan", "ratusan", "ribuan", "puluh ribuan", "ratus ribuan", "jutaan")
_RIBU = 3


@dataclass(frozen=True, slots=True)
class Pola:
    """A way in which a figure was mistyped, and how convincing it is by itself (more is more)."""

    kelas: str
    kalimat: str
    bobot: int


def pola(tertulis: int, benar: int) -> Pola | None:
    """The pattern that turns *benar* into *tertulis*, or None when the two only differ."""
    a, b = str(abs(tertulis)), str(abs(benar))
    if tertulis == benar or tertulis < 0 or benar < 0:
        return None
    if len(a) == len(b):
        beda = [i for i in range(len(a)) if a[i] != b[i]]
        if len(beda) == 2 and (a[beda[0]], a[beda[1]]) == (b[beda[1]], b[beda[0]]):
            letak = "bersebelahan " if beda[1] - beda[0] == 1 else ""
            return Pola("digit_tertukar", f"dua digit {letak}tertukar tempat", 60 if letak else 50)
        if len(beda) == 1:
            return _satu_digit(len(a) - 1 - beda[0], abs(tertulis - benar))
    if tertulis == 0:
        return Pola("nol", "tertulis nol atau kosong", TANPA_POLA)
    if abs(tertulis - benar) <= SEDIKIT:
        return Pola("sedikit", _sedikit(tertulis - benar), 40)
    if len(a) + 1 == len(b) and any(b[:i] + b[i + 1 :] == a for i in range(len(b))):
        return Pola("digit_hilang", "satu digit hilang", 52)
    if len(a) == len(b) + 1 and any(a[:i] + a[i + 1 :] == b for i in range(len(a))):
        return Pola("digit_lebih", "satu digit terketik lebih", 52)
    if abs(tertulis - benar) in {10**n for n in range(_RIBU, 8)}:
        return Pola("ribuan", f"keliru tepat {ribuan(abs(tertulis - benar))}", 48)
    return None


def _satu_digit(tempat: int, besar: int) -> Pola:
    if tempat == 0:
        return Pola("sedikit", f"berselisih {besar}", 40)
    sebut = _TEMPAT[min(tempat, len(_TEMPAT) - 1)]
    if tempat >= _RIBU:
        return Pola("ribuan", f"digit {sebut} salah ketik", 48)
    return Pola("satu_digit", f"satu digit, yaitu {sebut}, salah ketik", 45)


def _sedikit(lebih: int) -> str:
    return f"{'kelebihan' if lebih > 0 else 'kekurangan'} {abs(lebih)}"


def kalimat_pola(nama: str, tertulis: int, benar: int) -> tuple[str, str, int]:
    """``(class, sentence, weight)`` for the figure *nama* that should be *benar*."""
    satu = pola(tertulis, benar)
    angka = f"tertulis {ribuan(tertulis)}, seharusnya {ribuan(benar)}"
    nama = nama[:1].upper() + nama[1:]
    if satu is None:
        return "satu_angka", f"{nama} kemungkinan keliru: {angka}.", TANPA_POLA
    if satu.kelas == "sedikit":
        return "sedikit", f"{nama} kemungkinan {_sedikit(tertulis - benar)}: {angka}.", satu.bobot
    if satu.kelas == "nol":
        return "nol", f"{nama} tertulis nol atau kosong, kemungkinan seharusnya {ribuan(benar)}.", satu.bobot
    return satu.kelas, f"{nama} kemungkinan {satu.kalimat}: {angka}.", satu.bobot
