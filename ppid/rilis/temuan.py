"""One finding of the release check."""

from collections import Counter
from typing import Any

from ppid.rilis.pola import PRIBADI

LABEL = {
    "nik": "NIK atau nomor KK",
    "telepon": "Nomor telepon",
    "surel": "Alamat surel",
    "tak_terbaca": "Bagian berupa gambar, tidak dapat diperiksa mesin",
    "teks_tersembunyi": "Teks yang tidak terlihat (tertutup kotak, berwarna latar, atau di luar halaman)",
    "komentar": "Komentar atau anotasi",
    "perubahan_terlacak": "Perubahan terlacak",
    "lembar_tersembunyi": "Lembar tersembunyi",
    "kolom_tersembunyi": "Kolom tersembunyi",
    "baris_tersembunyi": "Baris tersembunyi",
    "pivot": "Tabel pivot beserta data asalnya",
    "gambar_lembar": "Gambar atau grafik di lembar",
    "metadata": "Sifat dokumen (pembuat, judul, dan lain-lain)",
    "lampiran": "Berkas atau program yang tertanam",
    "lapisan": "Lapisan yang dapat disembunyikan",
    "exif": "Keterangan kamera",
    "gps": "Lokasi pemotretan",
}
"""What each kind of finding is called."""

DINYATAKAN = (*PRIBADI, "tak_terbaca")
"""Kinds that stand in what is given out and may stay when the PPID says why; every other kind is always removed."""


MAKS_TEMUAN = 20_000
"""Findings of one file. A limit of storage, no legal number."""


class Tolak(Exception):
    """The file cannot be examined or released; the message is for the officer."""


class Daftar:
    """Collects findings; each gets a key made of its kind, its place and how many of them stand there."""

    def __init__(self) -> None:
        self.isi: list[dict[str, Any]] = []
        self._ke: Counter[tuple[str, str]] = Counter()

    def tambah(self, jenis: str, tempat: str, samar: str = "", **letak: Any) -> None:
        """Add one; *samar* is the masked value, *letak* where it is (``hal`` and ``kotak`` in mm, or ``sel``)."""
        if len(self.isi) >= MAKS_TEMUAN:
            raise Tolak(f"Berkas ini memuat lebih dari {MAKS_TEMUAN} temuan. Bagi menjadi beberapa berkas.")
        self._ke[jenis, tempat] += 1
        kunci = f"{jenis}|{tempat}|{self._ke[jenis, tempat]}"
        self.isi.append({"kunci": kunci, "jenis": jenis, "tempat": tempat, "samar": samar[:80], **letak})
