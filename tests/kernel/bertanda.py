"""Builders for signed documents: a printed page, a trial CA, five signers, and ways to spoil the result."""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from weasyprint import HTML

from kpupalu.lib.waktu import WITA
from kpupalu.naskah import pki
from kpupalu.naskah.pades import Kolom, pasang_kolom
from kpupalu.naskah.penyedia import Penanda, bubuhkan
from kpupalu.naskah.penyedia.lokal import Lokal
from kpupalu.naskah.periksa import Kepercayaan, PenandaTerdaftar, Terdaftar

SAAT = datetime(2025, 12, 12, 14, 5, tzinfo=WITA)
NAMA = [
    "Dr. Andi Rekaan, S.H.",
    "Budi Contoh, S.Sos.",
    "Citra Misalnya, M.Si.",
    "Dewi Umpama, S.E.",
    "Eko Seumpama, S.Pd.",
]
SANDI = "frasa sandi uji {}"


@lru_cache
def halaman(judul: str = "Berita Acara Rekapitulasi") -> bytes:
    """A real two-page tagged PDF/A-3b as the printer makes it."""
    baris = "".join(f"<tr><th>Kelurahan {n}</th><td>{n * 7}</td><td>{n * 11}</td></tr>" for n in range(1, 9))
    isi = (
        f'<html lang="id"><head><title>{judul}</title></head><body><h1>{judul}</h1><p>Pada hari ini, Jumat.</p>'
        f'<table>{baris}</table><p style="break-before: page">Penanda tangan</p></body></html>'
    )
    return HTML(string=isi).write_pdf(pdf_variant="pdf/a-3b", pdf_tags=True)


def kolom(n: int = 5) -> list[Kolom]:
    """*n* boxes on the second page."""
    return [Kolom(f"ttd-{i}", 1, 60, 760 - 90 * i, 280, 830 - 90 * i) for i in range(1, n + 1)]


@dataclass
class Kantor:
    """A trial CA with five signers, whose certificates are valid for 30 days from an hour before SAAT."""

    ca: pki.KunciCA
    penanda: list[Penanda] = field(default_factory=list)

    @property
    def kepercayaan(self) -> Kepercayaan:
        """Trust in this CA with its current revocation list."""
        return Kepercayaan(akar=(der(self.ca.akar),), crl=(pki.crl(self.ca, SAAT + timedelta(days=400)),))

    def tandatangani(self, pdf: bytes, urut: int, *, waktu: datetime = SAAT, ke: str = "") -> bytes:
        """The signature of signer *urut* (from 1) through the provider and its check."""
        return bubuhkan(
            Lokal(self.ca),
            pdf,
            kolom=ke or f"ttd-{urut}",
            penanda=self.penanda[urut - 1],
            sandi=SANDI.format(urut),
            waktu=waktu,
            kepercayaan=self.kepercayaan,
        )[0]

    def sertifikat(self, urut: int):
        """The certificate of signer *urut*."""
        return pki.sertifikat_p12(self.penanda[urut - 1].pkcs12, SANDI.format(urut))

    def revisi(self, pdf: bytes, jumlah: int = 5) -> list[bytes]:
        """The print with its fields, then one revision per signature, a minute apart."""
        hasil = [pasang_kolom(pdf, kolom())]
        for urut in range(1, jumlah + 1):
            hasil.append(self.tandatangani(hasil[-1], urut, waktu=SAAT + timedelta(minutes=urut)))
        return hasil


def kantor(nama: str = "KPU Kota Contoh") -> Kantor:
    """A new office with its own CA and signers."""
    hasil = Kantor(pki.buat_ca(nama, mulai=SAAT - timedelta(days=1)))
    for urut, orang in enumerate(NAMA, start=1):
        p12 = pki.terbitkan(
            hasil.ca,
            nama=orang,
            jabatan="Ketua" if urut == 1 else "Anggota",
            sandi=SANDI.format(urut),
            mulai=SAAT - timedelta(hours=1),
            akhir=SAAT + timedelta(days=30),
        )
        sidik = pki.sidik(pki.sertifikat_p12(p12, SANDI.format(urut)))
        hasil.penanda.append(Penanda(orang, "Ketua" if urut == 1 else "Anggota", sidik=sidik, pkcs12=p12))
    return hasil


def terdaftar(asal: Kantor, revisi: list[bytes], **lain) -> Terdaftar:
    """What the register says of *revisi*, complete unless told otherwise."""
    sidik = tuple(sha256(satu).hexdigest() for satu in revisi)
    orang = tuple(PenandaTerdaftar(p.nama, p.jabatan, p.sidik) for p in asal.penanda)
    return Terdaftar(**{"revisi": sidik, "lengkap": sidik[-1], "penanda": orang, "wajib": 5, **lain})


def der(sertifikat) -> bytes:
    """A certificate as DER."""
    return sertifikat.public_bytes(serialization.Encoding.DER)


def sambung(pdf: bytes, ubah) -> bytes:
    """*pdf* with an incremental update in which *ubah(writer)* was let loose."""
    penulis = IncrementalPdfFileWriter(io.BytesIO(pdf))
    ubah(penulis)
    keluar = io.BytesIO()
    penulis.write(keluar)
    return keluar.getvalue()


def timpa_halaman(penulis: IncrementalPdfFileWriter) -> None:
    """Draw another figure over the first page."""
    isi = generic.StreamObject(stream_data=b"1 1 1 rg 60 500 300 200 re f")
    penulis.add_stream_to_page(0, penulis.add_object(isi))
