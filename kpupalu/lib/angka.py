"""Figures as Indonesians write them: dot for thousands, comma for decimals."""

from decimal import ROUND_HALF_UP, Decimal


def ribuan(n: int) -> str:
    """``279084`` → ``279.084``; a negative number gets a real minus sign."""
    return f"{n:,}".replace(",", ".").replace("-", "−")


def persen(bagian: int | Decimal, dari: int | Decimal) -> str:
    """*bagian* of *dari* with one decimal, ``12,5 %``; a dash when there is nothing to divide by."""
    if not dari:
        return "–"
    nilai = (Decimal(bagian) * 100 / Decimal(dari)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{nilai} %".replace(".", ",").replace("-", "−")
