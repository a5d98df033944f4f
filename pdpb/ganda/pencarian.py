"""Finds the pairs of voters to ask about: on the whole roll, or for the rows that changed."""

from collections.abc import Callable

from pdpb.ganda.baca import baris_terbuka
from pdpb.ganda.bandingan import Pasangan, bandingkan
from pdpb.ganda.blok import Gulungan, calon

Lapor = Callable[[int, int, str], None]


def diam(selesai: int, total: int, langkah: str) -> None:
    """Report progress to nobody."""


def cari_semua(lapor: Lapor = diam) -> list[Pasangan]:
    """Every pair of the open roll to ask about, best first, each unordered pair once."""
    lapor(0, 3, "Membaca daftar")
    gulungan = Gulungan(baris_terbuka())
    lapor(1, 3, "Mencari pasangan yang mirip")
    pasangan = calon(gulungan)
    lapor(2, 3, "Membandingkan pasangan")
    konteks, banyak, hasil = gulungan.konteks(), len(gulungan), []
    for nomor in pasangan:
        x, y = divmod(nomor, banyak)
        if satu := bandingkan(gulungan.orang(x), gulungan.orang(y), konteks):
            hasil.append(satu)
    hasil.sort(key=lambda p: p.urutan)
    lapor(3, 3, "Selesai")
    return hasil
