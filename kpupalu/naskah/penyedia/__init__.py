"""Who puts the signature: one interface, three providers, and one rule – believe no answer unchecked.

``lokal`` signs with the office's trial CA, ``bsre`` asks the gateway of Balai Sertifikasi Elektronik,
``basah`` is ink on paper and signs no PDF. ``bubuhkan`` is the only way from a document to a signed document.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Protocol

from kpupalu.lib import Refused

if TYPE_CHECKING:
    from kpupalu.naskah.bacaan import Kepercayaan, TandaTangan

# A timestamp further from the office's clock than this is not the signature that was just asked for.
SELISIH_WAKTU = timedelta(minutes=10)
SANDI_SALAH = "Frasa sandi tidak cocok atau sertifikat tidak dapat dipakai. Periksa lalu coba lagi."


class TandaTanganDitolak(Refused):
    """A signature came back that the office does not accept; the document stays as it was."""


class PenyediaTerganggu(Refused):
    """The signing service did not answer as agreed; the document stays as it was."""

    def __init__(self, pesan: str = "") -> None:
        super().__init__(
            pesan
            or "Layanan tanda tangan sedang tidak dapat dihubungi; naskah tetap seperti semula. "
            "Coba lagi beberapa saat lagi."
        )


class SandiSalah(Refused):
    """The passphrase opens nothing; one sentence whatever the cause."""

    def __init__(self) -> None:
        super().__init__(SANDI_SALAH)


@dataclass(frozen=True, slots=True)
class Penanda:
    """The person who signs: name and post of the day, and what the provider needs to know them by.

    ``sidik`` is the SHA-256 fingerprint of the registered certificate, where the office has it; ``pkcs12``
    is for ``lokal``, ``nik`` for ``bsre``. Neither of the two is ever shown by ``repr``.
    """

    nama: str
    jabatan: str
    sidik: str | None = None
    pkcs12: bytes | None = field(default=None, repr=False)
    nik: str | None = field(default=None, repr=False)


class Penyedia(Protocol):
    """A signing service. ``memakai_kolom`` is false when it makes its own signature field."""

    nama: str
    label: str
    memakai_kolom: bool

    @classmethod
    def dari_setelan(cls) -> "Penyedia":
        """The provider as the settings describe it; refuses when it is not set up."""
        ...

    def tandatangani(self, pdf: bytes, *, kolom: str, penanda: Penanda, sandi: str, waktu: datetime) -> bytes:
        """*pdf* with one more signature; raises SandiSalah, TandaTanganDitolak or PenyediaTerganggu."""
        ...

    def cek_penanda(self, penanda: Penanda, waktu: datetime) -> str:
        """ "" when *penanda* could sign at *waktu*, else one sentence that says what is missing."""
        ...


def bubuhkan(
    penyedia: "str | Penyedia",
    pdf: bytes,
    *,
    kolom: str,
    penanda: Penanda,
    sandi: str,
    waktu: datetime,
    kepercayaan: "Kepercayaan | None" = None,
) -> "tuple[bytes, TandaTangan]":
    """Ask *penyedia* for the signature of *penanda*; return the new file and what it says, once checked.

    The result begins with the bytes of *pdf* and differs by exactly one valid signature: in *kolom* (where
    the provider uses prepared fields), by the expected person, under a root the office trusts, not revoked,
    time-stamped within ten minutes of *waktu*. Anything else is TandaTanganDitolak.
    """
    # The library that reads signatures is large; most processes that know the providers never sign.
    from kpupalu.naskah.bacaan import TidakTerbaca
    from kpupalu.naskah.penyedia.jawaban import baca_tambahan
    from kpupalu.naskah.periksa import kepercayaan_kantor

    layanan = ambil(penyedia) if isinstance(penyedia, str) else penyedia
    hasil = layanan.tandatangani(pdf, kolom=kolom, penanda=penanda, sandi=sandi, waktu=waktu)
    try:
        tanda = baca_tambahan(pdf, hasil, kepercayaan or kepercayaan_kantor(), waktu + SELISIH_WAKTU)
    except TidakTerbaca as sebab:
        raise TandaTanganDitolak(_tolak(str(sebab))) from sebab
    if salah := _yang_salah(layanan, tanda, kolom, penanda, waktu):
        raise TandaTanganDitolak(_tolak(salah))
    return hasil, tanda


def _yang_salah(penyedia: Penyedia, tanda: "TandaTangan", kolom: str, penanda: Penanda, waktu: datetime) -> str:
    """Why *tanda* is not the signature that was asked for, or ""."""
    if penyedia.memakai_kolom and tanda.kolom != kolom:
        return "tanda tangan berada di kolom lain"
    if tanda.dicabut:
        return "sertifikat penanda tangan sudah dicabut"
    if not tanda.dipercaya:
        return "sertifikat penanda tangan tidak dipercaya"
    if penanda.sidik and tanda.sidik != penanda.sidik:
        return "sertifikat bukan milik penanda tangan yang terdaftar"
    if not penanda.sidik and _kata_nama(penanda.nama) != _kata_nama(tanda.nama):
        return "nama pada sertifikat berbeda dari nama penanda tangan"
    if not tanda.berstempel:
        return "tanda tangan tidak memuat stempel waktu yang dipercaya"
    if abs(datetime.fromisoformat(tanda.waktu) - waktu) > SELISIH_WAKTU:
        return "waktu tanda tangan berbeda jauh dari jam kantor"
    return ""


def _kata_nama(nama: str) -> str:
    """The name without titles and case: what stands before the first comma, after leading dotted words."""
    kata = [k for k in nama.split(",")[0].casefold().split() if not k.endswith(".")]
    return " ".join(kata)


def _tolak(sebab: str) -> str:
    return f"Hasil tanda tangan ditolak karena {sebab}; naskah tetap seperti semula. Hubungi admin."


@cache
def _kelas() -> dict[str, type[Penyedia]]:
    from kpupalu.naskah.penyedia.basah import Basah
    from kpupalu.naskah.penyedia.bsre import Bsre
    from kpupalu.naskah.penyedia.lokal import Lokal

    return {kelas.nama: kelas for kelas in (Lokal, Bsre, Basah)}


def ambil(nama: str) -> Penyedia:
    """The provider called *nama*, set up from the settings; refuses one that is not set up."""
    kelas = _kelas().get(nama)
    if kelas is None:
        raise Refused(f"Penyedia tanda tangan “{nama}” tidak dikenal. Pilih penyedia lain.")
    return kelas.dari_setelan()


def pilihan() -> list[tuple[str, str]]:
    """Name and label of every provider, for a form."""
    return [(nama, kelas.label) for nama, kelas in _kelas().items()]
