"""Days as ordinals, with their spellings made once: a quarter of a million rows ask for them."""

from datetime import date

AWAL = date(1905, 1, 1).toordinal()
_AKHIR = date(2041, 1, 1).toordinal()
_HARI = [date.fromordinal(n) for n in range(AWAL, _AKHIR)]

#: ``dd|mm|yyyy`` as SIDALIH writes it; index = ordinal − AWAL
SIDALIH = [f"{h.day:02}|{h.month:02}|{h.year}" for h in _HARI]
#: ``ddmmyy`` as it stands in the NIK of a man and in every NKK
DIGIT_L = [f"{h.day:02}{h.month:02}{h.year % 100:02}" for h in _HARI]
#: the same for the NIK of a woman: 40 added to the day
DIGIT_P = [f"{h.day + 40}{h.month:02}{h.year % 100:02}" for h in _HARI]


def ulang_tahun(acuan: date, umur: int) -> int:
    """Return the ordinal of the last birth date that is *umur* years old on *acuan*."""
    try:
        return acuan.replace(year=acuan.year - umur).toordinal()
    except ValueError:  # acuan is 29 February
        return date(acuan.year - umur, 2, 28).toordinal()


def umur(lahir: int, acuan: date) -> int:
    """Return the age in calendar years on *acuan* of a person born on the ordinal *lahir*."""
    h = date.fromordinal(lahir)
    return acuan.year - h.year - ((acuan.month, acuan.day) < (h.month, h.day))


def strip(lahir: int) -> str:
    """Return ``dd-mm-yyyy``."""
    return SIDALIH[lahir - AWAL].replace("|", "-")
