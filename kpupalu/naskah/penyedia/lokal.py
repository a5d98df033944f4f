"""Signing inside the office with its own trial CA: PAdES B-LT, marked *tidak tersertifikasi*."""

from datetime import datetime
from pathlib import Path

from cryptography import x509
from pyhanko.sign.general import SigningError

from kpupalu.naskah import pades, pki
from kpupalu.naskah.penyedia import Penanda, SandiSalah, TandaTanganDitolak


class Lokal:
    """Opens the signer's key with the passphrase, signs, and forgets both."""

    nama = "lokal"
    label = pki.TANDA_UJI_COBA
    memakai_kolom = True

    def __init__(self, ca: pki.KunciCA) -> None:
        self._ca = ca

    @classmethod
    def dari_setelan(cls) -> "Lokal":
        """The provider over the CA in ``DATA_DIR/pki``, which is made at first use."""
        from django.conf import settings

        return cls(pki.siapkan(folder_ca(), settings.NAMA_SATKER))

    @property
    def ca(self) -> pki.KunciCA:
        """The CA behind it, for issuing and revoking."""
        return self._ca

    def tandatangani(self, pdf: bytes, *, kolom: str, penanda: Penanda, sandi: str, waktu: datetime) -> bytes:
        """*pdf* with the signature of *penanda* in *kolom*, stamped with name, post, time and the trial mark.

        Raises SandiSalah for every cause that keeps the key closed or unusable at *waktu*, and ValueError
        when the field is not there or already signed.
        """
        isi = pki.buka(penanda.pkcs12 or b"", sandi)
        if isi is None:
            raise SandiSalah
        kunci, sertifikat = isi
        if not _berlaku(sertifikat, waktu):
            raise TandaTanganDitolak(
                "Sertifikat Anda tidak berlaku pada hari ini. Hubungi admin untuk memperpanjangnya."
            )

        def cap(lebar: float, tinggi: float) -> bytes:
            isi = {"nama": penanda.nama, "jabatan": penanda.jabatan, "tanda": pki.TANDA_UJI_COBA}
            return pades.buat_cap(**isi, waktu=waktu, lebar=lebar, tinggi=tinggi)

        pembubuh = pades.Pembubuh(
            kunci=kunci,
            sertifikat=sertifikat,
            rantai=(self._ca.penerbit, self._ca.tsa),
            akar=self._ca.akar,
            crl=(pki.crl(self._ca, waktu), self._ca.crl_akar),
            stempel=pades.StempelWaktu(self._ca.tsa, self._ca.kunci_tsa, waktu),
        )
        try:
            return pades.tandatangani(pdf, kolom=kolom, pembubuh=pembubuh, waktu=waktu, cap=cap)
        except SigningError as sebab:
            raise TandaTanganDitolak(
                "Sertifikat Anda tidak dapat dipakai karena dicabut atau bukan terbitan kantor ini. "
                "Hubungi admin; naskah tetap seperti semula."
            ) from sebab

    def cek_penanda(self, penanda: Penanda, waktu: datetime) -> str:
        """A key file is there; whether it opens only the signer can know. "" when nothing is missing."""
        if not penanda.pkcs12:
            return "Sertifikat uji coba belum diterbitkan untuk penanda tangan ini."
        return ""


def folder_ca() -> Path:
    """Where the trial CA of this office lives."""
    from django.conf import settings

    return Path(settings.DATA_DIR) / "pki"


def _berlaku(sertifikat: x509.Certificate, waktu: datetime) -> bool:
    return sertifikat.not_valid_before_utc <= waktu <= sertifikat.not_valid_after_utc
