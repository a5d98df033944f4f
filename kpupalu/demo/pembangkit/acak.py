"""Chance that repeats: the same seed gives the same office on every machine and Python.

Only ``random()`` of the Mersenne Twister is used, whose stream Python promises not to change;
``choice``, ``shuffle``, ``sample`` and ``gauss`` have changed between versions and are not used.
"""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Acak:
    """A stream of chance for one part of the office, independent of the other parts."""

    __slots__ = ("r",)

    def __init__(self, benih: int, bagian: int) -> None:
        """Start the stream of *bagian*; two parts never share numbers, whatever is added to either."""
        self.r = random.Random(benih * 100_003 + bagian).random  # noqa: S311 - invented data, no secret

    def pilih(self, daftar: Sequence[T]) -> T:
        """Return one element of *daftar*, each as likely as the other."""
        return daftar[int(self.r() * len(daftar))]

    def antara(self, rendah: int, tinggi: int) -> int:
        """Return a whole number from *rendah* to *tinggi*, both included."""
        return rendah + int(self.r() * (tinggi - rendah + 1))

    def campur(self, daftar: Sequence[T]) -> list[T]:
        """Return a new list with the elements of *daftar* in another order."""
        hasil = list(daftar)
        for i in range(len(hasil) - 1, 0, -1):
            j = int(self.r() * (i + 1))
            hasil[i], hasil[j] = hasil[j], hasil[i]
        return hasil


def bagi(jumlah: int, bobot: Sequence[int], *, minimal: int = 0) -> list[int]:
    """Split *jumlah* by whole-number weights so that the parts add up to it exactly.

    Largest remainder, ties to the earlier part; every part gets at least *minimal*
    where *jumlah* allows it.
    """
    dasar = minimal if jumlah >= minimal * len(bobot) else 0
    sisa = jumlah - dasar * len(bobot)
    total = sum(bobot)
    bagian = [dasar + sisa * b // total for b in bobot]
    urutan = sorted(range(len(bobot)), key=lambda i: (-(sisa * bobot[i] % total), i))
    for i in urutan[: jumlah - sum(bagian)]:
        bagian[i] += 1
    return bagian


def berbobot(pasangan: Sequence[tuple[T, int]]) -> list[T]:
    """Return a flat list in which each value stands as often as its weight says."""
    return [nilai for nilai, bobot in pasangan for _ in range(bobot)]
