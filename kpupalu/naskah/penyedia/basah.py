"""Ink on paper: nothing is signed in the PDF; a scan of the paper is received, named by its digest, compared."""

import io
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from PIL import Image

from kpupalu.lib import Refused
from kpupalu.naskah.penyedia import Penanda

UKURAN_TERBESAR = 20 * 1024 * 1024
_PIKSEL_TERBANYAK = 60_000_000
_HALAMAN_TERBANYAK = 60
_GAMBAR = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png")}
_AKTIF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")


@dataclass(frozen=True, slots=True)
class Pindaian:
    """A received scan that is what it claims to be."""

    sha256: str
    jenis: str
    akhiran: str
    ukuran: int
    halaman: int


@dataclass(frozen=True, slots=True)
class Perbandingan:
    """What the second person states after laying scan, paper and printed document side by side."""

    sha256_cetak: str
    sha256_pindaian: str
    nomor_sama: bool
    isi_sama: bool
    tanda_tangan_lengkap: bool
    catatan: str = ""

    @property
    def sesuai(self) -> bool:
        """True only when all three statements hold."""
        return self.nomor_sama and self.isi_sama and self.tanda_tangan_lengkap


class Basah:
    """The provider that signs nothing electronically."""

    nama = "basah"
    label = "Tanda tangan basah di atas kertas"
    memakai_kolom = False

    @classmethod
    def dari_setelan(cls) -> "Basah":
        """It needs no settings."""
        return cls()

    def tandatangani(self, pdf: bytes, *, kolom: str, penanda: Penanda, sandi: str, waktu: datetime) -> bytes:
        """Always refuses: a document on paper gets no electronic signature."""
        raise Refused("Naskah ini ditandatangani basah. Cetak, tandatangani di atas kertas, lalu unggah pindaiannya.")

    def cek_penanda(self, penanda: Penanda, waktu: datetime) -> str:
        """Nothing is needed but a pen."""
        return ""


def periksa_pindaian(data: bytes) -> Pindaian:
    """What kind of scan *data* is; refuses everything but a readable PDF, JPEG or PNG within the limits.

    The kind is read from the content, never from the file's name. Pictures are decoded to the end, so that
    a truncated upload is noticed before anybody compares it.
    """
    if not data:
        raise Refused("Berkas pindaian kosong. Pilih berkas hasil pindai lalu unggah kembali.")
    if len(data) > UKURAN_TERBESAR:
        raise Refused("Berkas pindaian lebih besar dari 20 MB. Pindai dengan 200–300 dpi lalu unggah kembali.")
    jenis, akhiran, halaman = _pdf(data) if data.startswith(b"%PDF-") else _gambar(data)
    return Pindaian(sha256(data).hexdigest(), jenis, akhiran, len(data), halaman)


def _pdf(data: bytes) -> tuple[str, str, int]:
    from kpupalu.naskah.pembaca import Pembaca  # large, and whoever checks a letter's attachment reads this module

    try:
        pembaca = Pembaca(data)
        halaman = 0 if pembaca.encrypted else int(pembaca.root["/Pages"]["/Count"])
    except Exception as sebab:
        raise Refused("Berkas PDF pindaian rusak atau terpotong. Pindai ulang lalu unggah kembali.") from sebab
    if not 0 < halaman <= _HALAMAN_TERBANYAK:
        raise Refused("PDF pindaian terkunci, kosong, atau lebih dari 60 halaman. Pindai ulang naskahnya saja.")
    if _AKTIF.search(data):
        raise Refused("PDF pindaian memuat lampiran atau isi aktif. Pindai ulang sebagai gambar halaman saja.")
    return "application/pdf", ".pdf", halaman


def _gambar(data: bytes) -> tuple[str, str, int]:
    try:
        with Image.open(io.BytesIO(data), formats=list(_GAMBAR)) as gambar:
            if gambar.width * gambar.height > _PIKSEL_TERBANYAK:
                raise Refused("Gambar pindaian terlalu besar. Pindai dengan 200–300 dpi lalu unggah kembali.")
            jenis, akhiran = _GAMBAR[gambar.format or ""]
            gambar.load()
    except (OSError, ValueError, SyntaxError, KeyError, Image.DecompressionBombError) as sebab:
        raise Refused("Pindaian harus berupa PDF, JPEG, atau PNG yang utuh. Unggah berkas lain.") from sebab
    return jenis, akhiran, 1
