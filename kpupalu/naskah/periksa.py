"""Verification: one result word for a file, from what it says itself and what the office has on record.

The words are those the public page explains. The order of the questions is fixed: can it be read, is it
unchanged, is the signer trusted and not revoked, is it ours, is it complete, is it the newest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from kpupalu.lib.angka import ribuan
from kpupalu.lib.waktu import WITA, sekarang
from kpupalu.naskah.bacaan import (
    UKURAN_TERBESAR,
    Bacaan,
    Kepercayaan,
    TandaTangan,
    TidakTerbaca,
    baca,
    potongan,
)
from kpupalu.naskah.penjaga import baca_terjaga
from kpupalu.naskah.pki import TANDA_UJI_COBA

__all__ = [
    "UKURAN_TERBESAR",
    "Hasil",
    "HasilKata",
    "Kepercayaan",
    "PenandaHasil",
    "PenandaTerdaftar",
    "Terdaftar",
    "kepercayaan_dari_berkas",
    "kepercayaan_kantor",
    "periksa",
    "potongan",
]


class HasilKata(StrEnum):
    """The result words of the verification page, exactly as shown."""

    SAH = "Sah"
    SAH_BASAH = "Sah, tanda tangan basah"
    SAH_LAMA = "Sah, versi lama"
    BERUBAH = "Isi berubah setelah ditandatangani"
    BUKAN = "Bukan naskah yang terdaftar"
    TIDAK_DIPERCAYA = "Sertifikat tidak dipercaya"
    DICABUT = "Sertifikat dicabut"
    BELUM = "Belum lengkap"
    TIDAK_DAPAT = "Tidak dapat diperiksa"


K = HasilKata


@dataclass(frozen=True, slots=True)
class PenandaTerdaftar:
    """One expected signature on record; ``sidik`` is the SHA-256 of the certificate, "" where not known."""

    nama: str
    jabatan: str
    sidik: str = ""


@dataclass(frozen=True, slots=True)
class Terdaftar:
    """What the office has on record about one document.

    ``revisi`` holds the SHA-256 of every stored revision from the print on, ``lengkap`` that of the complete
    file (for ``basah``: of the registered scan), "" while incomplete. ``diganti`` names the newer version.
    """

    revisi: tuple[str, ...]
    lengkap: str = ""
    penanda: tuple[PenandaTerdaftar, ...] = ()
    cara: str = "elektronik"
    wajib: int = 0
    tidak_menandatangani: tuple[str, ...] = ()
    diganti: str = ""
    judul: str = ""


@dataclass(frozen=True, slots=True)
class PenandaHasil:
    """One signer as the file shows it; ``waktu`` is ISO 8601 with the offset of WITA, "" when not stated."""

    nama: str
    jabatan: str
    waktu: str
    penerbit: str
    sah: bool


@dataclass(frozen=True, slots=True)
class Hasil:
    """The answer: result word, one sentence that explains it, the signers, and remarks."""

    hasil: HasilKata
    kalimat: str
    sha256: str
    penanda: tuple[PenandaHasil, ...] = ()
    revisi: int = 0
    catatan: tuple[str, ...] = field(default=())


def periksa(
    pdf: bytes,
    *,
    terdaftar: Terdaftar | None,
    kepercayaan: Kepercayaan,
    waktu: datetime | None = None,
    daftar_ditanya: bool = True,
    terjaga: bool = True,
) -> Hasil:
    """Judge *pdf* at *waktu* (now); never raises for the content of the file.

    *terdaftar* None means that the register was asked and does not know the file, or, with *daftar_ditanya*
    False, that it could not be asked: then the signatures alone decide and a remark says so. *terjaga* reads
    the file in a child process with a ceiling on time and memory; only files the office made itself may be
    read without.
    """
    sidik = sha256(pdf).hexdigest()
    if terdaftar and terdaftar.cara == "basah" and sidik == terdaftar.lengkap:
        return _basah(terdaftar, sidik)
    dikenal = terdaftar is not None and not set(terdaftar.revisi).isdisjoint(potongan(pdf))
    try:
        isi = (baca_terjaga if terjaga else baca)(pdf, kepercayaan, waktu or sekarang())
    except TidakTerbaca as sebab:
        # Only more bytes than the registered ones can hide a change; a registered file itself is merely unread.
        if terdaftar and dikenal and sidik not in terdaftar.revisi:
            return Hasil(K.BERUBAH, _KALIMAT_SAMBUNGAN, sidik, catatan=(_sebab(sebab),))
        return Hasil(K.TIDAK_DAPAT, _KALIMAT[K.TIDAK_DAPAT], sidik, catatan=(_sebab(sebab),))
    kata, kalimat = _putuskan(isi, pdf, terdaftar, daftar_ditanya=daftar_ditanya)
    return Hasil(
        kata,
        kalimat,
        sidik,
        penanda=tuple(_penanda(t) for t in isi.tanda),
        revisi=isi.revisi,
        catatan=tuple(_catatan(isi, terdaftar, daftar_ditanya=daftar_ditanya)),
    )


# --- The decision ---------------------------------------------------------------------------------------

_KALIMAT = {
    K.SAH: "Semua tanda tangan utuh, sertifikatnya dipercaya, dan isi berkas tidak berubah.",
    K.SAH_LAMA: "Berkas ini asli, tetapi bukan lagi versi yang berlaku.",
    K.BERUBAH: "Berkas ini pernah ditandatangani, tetapi isinya berubah sesudah itu; jangan dipakai.",
    K.BUKAN: "Berkas ini tidak tercatat sebagai naskah kantor ini; bandingkan dengan naskah aslinya.",
    K.TIDAK_DIPERCAYA: "Ada tanda tangan dengan sertifikat yang penerbitnya tidak dikenal kantor ini.",
    K.DICABUT: "Ada tanda tangan dengan sertifikat yang sudah dicabut ketika dipakai.",
    K.BELUM: "Isi berkas ini utuh, tetapi belum semua tanda tangan dibubuhkan.",
    K.TIDAK_DAPAT: "Berkas ini tidak dapat dibaca sebagai naskah PDF yang utuh; unggah berkas aslinya.",
}
_KALIMAT_SAMBUNGAN = (
    "Berkas ini berawal dari naskah yang terdaftar, tetapi ada yang ditambahkan sesudahnya; jangan dipakai."
)


def _putuskan(isi: Bacaan, pdf: bytes, terdaftar: Terdaftar | None, *, daftar_ditanya: bool) -> tuple[HasilKata, str]:
    bagian = potongan(pdf)
    if not isi.tanda and not isi.kolom_hilang:
        return _tanpa_tanda(isi, bagian, terdaftar, daftar_ditanya=daftar_ditanya)
    if isi.berekor or isi.kolom_hilang or any(t.perubahan or not t.utuh for t in isi.tanda):
        return K.BERUBAH, _KALIMAT[K.BERUBAH]
    if any(t.dicabut for t in isi.tanda):
        return K.DICABUT, _KALIMAT[K.DICABUT]
    if not all(t.dipercaya for t in isi.tanda):
        return K.TIDAK_DIPERCAYA, _KALIMAT[K.TIDAK_DIPERCAYA]
    if terdaftar is not None:
        return _menurut_daftar(isi, bagian, terdaftar)
    if daftar_ditanya:
        return K.BUKAN, _KALIMAT[K.BUKAN]
    if isi.kolom_kosong:
        terisi, semua = len(isi.tanda), len(isi.tanda) + len(isi.kolom_kosong)
        return K.BELUM, f"{_KALIMAT[K.BELUM]} Terisi {terisi} dari {semua} kolom tanda tangan."
    return K.SAH, f"{_KALIMAT[K.SAH]} {len(isi.tanda)} tanda tangan."


def _tanpa_tanda(
    isi: Bacaan, bagian: Sequence[str], terdaftar: Terdaftar | None, *, daftar_ditanya: bool
) -> tuple[HasilKata, str]:
    """A readable file without any signature in it."""
    if terdaftar is not None and bagian[-1] in terdaftar.revisi:
        if terdaftar.cara == "basah":
            return K.BELUM, "Ini cetakan naskah sebelum ditandatangani basah; pindaiannya yang terdaftar."
        return K.BELUM, "Ini naskah yang terdaftar, tetapi belum ada tanda tangan di dalamnya."
    if terdaftar is not None and set(terdaftar.revisi) & set(bagian):
        return K.BERUBAH, _KALIMAT_SAMBUNGAN
    if terdaftar is not None or daftar_ditanya:
        return K.BUKAN, _KALIMAT[K.BUKAN]
    if isi.kolom_kosong:
        return K.BELUM, "Berkas ini memuat kolom tanda tangan, tetapi belum ada yang menandatangani."
    return K.TIDAK_DAPAT, "Berkas ini tidak memuat tanda tangan elektronik, sehingga tidak ada yang diperiksa."


def _menurut_daftar(isi: Bacaan, bagian: Sequence[str], terdaftar: Terdaftar) -> tuple[HasilKata, str]:
    """Whole and trusted signatures: is it the file on record, complete, and the newest version?"""
    if not set(terdaftar.revisi) & set(bagian):
        return K.BUKAN, _KALIMAT[K.BUKAN]
    utuh = bagian[-1] == terdaftar.lengkap
    bertambah_bukti = terdaftar.lengkap in bagian and isi.tanda[-1].hanya_bukti
    sidik = {p.sidik for p in terdaftar.penanda if p.sidik}
    if sidik and not {t.sidik for t in isi.tanda} <= sidik:
        return K.BERUBAH, f"{_KALIMAT_SAMBUNGAN} Ada tanda tangan yang tidak terdaftar."
    if not utuh and not bertambah_bukti:
        if bagian[-1] in terdaftar.revisi:
            return K.BELUM, f"{_KALIMAT[K.BELUM]} {_hitung(isi, terdaftar)}"
        return K.BERUBAH, _KALIMAT_SAMBUNGAN
    if terdaftar.diganti:
        return K.SAH_LAMA, f"{_KALIMAT[K.SAH_LAMA]} Pengganti: {terdaftar.diganti}."
    return K.SAH, f"{_KALIMAT[K.SAH]} {_hitung(isi, terdaftar)}"


def _hitung(isi: Bacaan, terdaftar: Terdaftar) -> str:
    """``4 dari 5; 1 tidak menandatangani.``"""
    semua = max(len(terdaftar.penanda), terdaftar.wajib, len(isi.tanda))
    tidak = len(terdaftar.tidak_menandatangani)
    return f"{len(isi.tanda)} dari {semua}{f'; {tidak} tidak menandatangani' if tidak else ''}."


def _basah(terdaftar: Terdaftar, sidik: str) -> Hasil:
    """The registered scan itself: its digest is the whole proof."""
    catatan = ["Keaslian pindaian ini dinyatakan kantor; berkasnya sendiri tidak memuat tanda tangan elektronik."]
    penanda = tuple(PenandaHasil(p.nama, p.jabatan, "", "", True) for p in terdaftar.penanda)
    if terdaftar.diganti:
        kalimat = f"{_KALIMAT[K.SAH_LAMA]} Pengganti: {terdaftar.diganti}."
        return Hasil(K.SAH_LAMA, kalimat, sidik, penanda, 0, tuple(catatan))
    kalimat = "Berkas ini sama dengan pindaian naskah bertanda tangan basah yang didaftarkan kantor."
    return Hasil(K.SAH_BASAH, kalimat, sidik, penanda, 0, tuple(catatan))


def _penanda(tanda: TandaTangan) -> PenandaHasil:
    sah = tanda.utuh and not tanda.perubahan and tanda.dipercaya and not tanda.dicabut
    return PenandaHasil(tanda.nama or tanda.kolom, tanda.jabatan, _wita(tanda.waktu), tanda.penerbit, sah)


def _catatan(isi: Bacaan, terdaftar: Terdaftar | None, *, daftar_ditanya: bool) -> list[str]:
    """Remarks that do not change the result word but that a careful reader wants to know."""
    hasil = []
    if terdaftar is None and not daftar_ditanya:
        hasil.append("Daftar naskah kantor tidak dapat ditanya; hanya tanda tangan di dalam berkas yang diperiksa.")
    if any(TANDA_UJI_COBA in t.subjek for t in isi.tanda):
        hasil.append(f"{TANDA_UJI_COBA}.")
    for t in isi.tanda:
        nama = t.nama or t.kolom
        if t.perubahan:
            hasil.append(f"{nama}: {t.perubahan}.")
        if t.dicabut_kemudian:
            kapan = datetime.fromisoformat(t.dicabut_kemudian).astimezone(WITA)
            hasil.append(f"{nama}: sertifikat dicabut {kapan:%d-%m-%Y %H.%M} WITA, sesudah tanda tangan ini.")
        if t.utuh and t.dipercaya and not t.berstempel:
            hasil.append(f"{nama}: waktunya menurut penanda tangan sendiri, tanpa stempel waktu yang dipercaya.")
        if t.utuh and t.dipercaya and not t.pencabutan_diketahui:
            hasil.append(f"{nama}: status pencabutan sertifikat tidak dapat dipastikan.")
    if isi.berekor:
        hasil.append("Ada bita tambahan di belakang akhir naskah.")
    if isi.kolom_hilang:
        hasil.append(f"Tanda tangan pada kolom {', '.join(isi.kolom_hilang)} dihapus sesudah dibubuhkan.")
    if terdaftar:
        hasil.extend(f"Tidak menandatangani: {nama}." for nama in terdaftar.tidak_menandatangani)
    return hasil


def _wita(iso: str) -> str:
    return datetime.fromisoformat(iso).astimezone(WITA).isoformat(timespec="seconds") if iso else ""


def _sebab(sebab: TidakTerbaca) -> str:
    batas = f"{ribuan(UKURAN_TERBESAR // (1024 * 1024))} MB"
    return f"Sebab: {sebab} (batas {batas})." if "besar" in str(sebab) else f"Sebab: {sebab}."


# --- Whom the office trusts -----------------------------------------------------------------------------


def kepercayaan_kantor() -> Kepercayaan:
    """The roots in ``DATA_DIR/pki``: the trial CA where there is one, and what an admin put into ``akar/``.

    Intermediate certificates are read from ``perantara/`` and current revocation lists from ``crl/``.
    """
    from django.conf import settings

    folder = Path(settings.DATA_DIR) / "pki"
    akar = [*folder.glob("akar.pem"), *sorted(folder.glob("akar/*"))]
    perantara = [*folder.glob("penerbit.pem"), *sorted(folder.glob("perantara/*"))]
    return Kepercayaan(
        akar=tuple(der for berkas in akar for der in _sertifikat(berkas)),
        perantara=tuple(der for berkas in perantara for der in _sertifikat(berkas)),
        crl=tuple(_crl(b) for b in [*sorted(folder.glob("*.crl")), *sorted(folder.glob("crl/*.crl"))]),
    )


def kepercayaan_dari_berkas(*berkas: Path) -> Kepercayaan:
    """Trust exactly the certificates in *berkas* (PEM or DER); raises ValueError when one holds none."""
    return Kepercayaan(akar=tuple(der for satu in berkas for der in _sertifikat(satu)))


def _sertifikat(berkas: Path) -> list[bytes]:
    isi = berkas.read_bytes()
    pem = b"-----BEGIN" in isi
    sertifikat = x509.load_pem_x509_certificates(isi) if pem else [x509.load_der_x509_certificate(isi)]
    return [satu.public_bytes(serialization.Encoding.DER) for satu in sertifikat]


def _crl(berkas: Path) -> bytes:
    isi = berkas.read_bytes()
    daftar = x509.load_pem_x509_crl(isi) if b"-----BEGIN" in isi else x509.load_der_x509_crl(isi)
    return daftar.public_bytes(serialization.Encoding.DER)
