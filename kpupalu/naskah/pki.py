"""The local development CA: root, issuing CA, time-stamping authority and CRL, all P-256.

It exists so that the whole way from passphrase to verified signature runs on one machine. It identifies
nobody: every certificate says *TTE uji coba – tidak tersertifikasi*, and only the office's own list of roots
makes anyone trust it. Certified signatures come from another provider (``kpupalu.naskah.penyedia.bsre``).
"""

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kpupalu.lib import Refused
from kpupalu.lib.waktu import sekarang

TANDA_UJI_COBA = "TTE uji coba – tidak tersertifikasi"
UMUR_CA = timedelta(days=25 * 366)
UMUR_CRL = timedelta(days=7)
# Work factor of the file that a passphrase opens: about 15 ms, so that guessing it off-line is slow.
PUTARAN_SANDI = 60_000
PANJANG_SANDI_TERKECIL = 8
_PANJANG_NAMA = 64  # X.520 upper bound of CN and title

Kunci = ec.EllipticCurvePrivateKey


@dataclass(slots=True)
class KunciCA:
    """Certificates and private keys of the local CA, and what it has revoked."""

    nama: str
    akar: x509.Certificate
    penerbit: x509.Certificate
    tsa: x509.Certificate
    kunci_akar: Kunci = field(repr=False)
    kunci_penerbit: Kunci = field(repr=False)
    kunci_tsa: Kunci = field(repr=False)
    crl_akar: bytes = field(repr=False)
    dicabut: dict[int, datetime] = field(default_factory=dict)


def buat_ca(nama: str, *, mulai: datetime | None = None) -> KunciCA:
    """Make root, issuing CA and time-stamping authority, valid for 25 years from an hour before *mulai*.

    *nama* is the organisation named in every certificate; *mulai* is now unless given.
    """
    mulai = _utc(mulai or sekarang()) - timedelta(hours=1)
    akhir = mulai + UMUR_CA
    kunci_akar, kunci_penerbit, kunci_tsa = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    subjek_akar = _subjek("Akar uji coba", nama)
    akar = _sertifikat(subjek_akar, kunci_akar.public_key(), subjek_akar, kunci_akar, mulai, akhir, ca=1)
    penerbit = _sertifikat(
        _subjek("Penerbit uji coba", nama),
        kunci_penerbit.public_key(),
        akar.subject,
        kunci_akar,
        mulai,
        akhir,
        ca=0,
    )
    tsa = _sertifikat(
        _subjek("Stempel waktu uji coba", nama),
        kunci_tsa.public_key(),
        akar.subject,
        kunci_akar,
        mulai,
        akhir,
        kegunaan=ExtendedKeyUsageOID.TIME_STAMPING,
    )
    # The root signs once: nothing it issued is ever revoked one by one, a bad CA is replaced as a whole.
    crl_akar = _crl(akar, kunci_akar, {}, mulai, UMUR_CA)
    return KunciCA(nama, akar, penerbit, tsa, kunci_akar, kunci_penerbit, kunci_tsa, crl_akar)


def terbitkan(ca: KunciCA, *, nama: str, jabatan: str, sandi: str, mulai: datetime, akhir: datetime) -> bytes:
    """Issue a signing certificate for *nama* and return it, its key and its chain as PKCS#12 under *sandi*.

    The passphrase is kept nowhere else. Refuses a short passphrase and a span outside the life of the CA.
    """
    if len(sandi) < PANJANG_SANDI_TERKECIL:
        raise Refused(f"Frasa sandi paling sedikit {PANJANG_SANDI_TERKECIL} karakter. Pilih frasa yang lebih panjang.")
    mulai, akhir = _utc(mulai), _utc(akhir)
    if not ca.penerbit.not_valid_before_utc <= mulai < akhir <= ca.penerbit.not_valid_after_utc:
        raise Refused("Masa berlaku sertifikat berada di luar masa berlaku penerbitnya. Periksa tanggalnya.")
    kunci = ec.generate_private_key(ec.SECP256R1())
    subjek = _subjek(nama, ca.nama, jabatan)
    sertifikat = _sertifikat(subjek, kunci.public_key(), ca.penerbit.subject, ca.kunci_penerbit, mulai, akhir)
    pelindung = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(PUTARAN_SANDI)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(sandi.encode())
    )
    return pkcs12.serialize_key_and_certificates(nama.encode(), kunci, sertifikat, [ca.penerbit, ca.akar], pelindung)


def buka(p12: bytes, sandi: str) -> tuple[Kunci, x509.Certificate] | None:
    """Key and certificate of *p12*, or None whatever the cause: wrong passphrase, damaged or empty file."""
    try:
        kunci, sertifikat, _rantai = pkcs12.load_key_and_certificates(p12, sandi.encode())
    except (ValueError, TypeError):
        return None
    if not isinstance(kunci, ec.EllipticCurvePrivateKey) or sertifikat is None:
        return None
    return kunci, sertifikat


def sertifikat_p12(p12: bytes, sandi: str) -> x509.Certificate | None:
    """The signer's certificate inside *p12*, to be registered at issue; None if *sandi* does not open it."""
    isi = buka(p12, sandi)
    return isi[1] if isi else None


def sidik(sertifikat: x509.Certificate) -> str:
    """SHA-256 fingerprint of a certificate, lower-case hex."""
    return sertifikat.fingerprint(hashes.SHA256()).hex()


def cabut(ca: KunciCA, nomor_seri: int, waktu: datetime) -> None:
    """Mark a serial number as revoked from *waktu*; an earlier revocation stands. Save the CA afterwards."""
    waktu = _utc(waktu)
    ca.dicabut[nomor_seri] = min(waktu, ca.dicabut.get(nomor_seri, waktu))


def crl(ca: KunciCA, waktu: datetime | None = None) -> bytes:
    """The issuing CA's revocation list (DER) as it stands at *waktu*, good for a week."""
    return _crl(ca.penerbit, ca.kunci_penerbit, ca.dicabut, _utc(waktu or sekarang()), UMUR_CRL)


# --- On disk --------------------------------------------------------------------------------------------


def simpan(ca: KunciCA, folder: Path, sandi: bytes | None = None) -> None:
    """Write the CA to *folder*: certificates and CRLs open, keys encrypted; files 0600, folder 0700.

    Keys are encrypted with *sandi*, or with a key derived from ``SECRET_KEY``. Each file is replaced whole.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sandi = sandi or _sandi_kantor()
    for nama, kunci in _kunci(ca).items():
        _tulis(
            folder / f"kunci-{nama}.pem",
            kunci.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.BestAvailableEncryption(sandi),
            ),
        )
    for nama in ("akar", "penerbit", "tsa"):
        _tulis(folder / f"{nama}.pem", getattr(ca, nama).public_bytes(serialization.Encoding.PEM))
    _tulis(folder / "akar.crl", ca.crl_akar)
    _tulis(folder / "penerbit.crl", crl(ca))
    catatan = {
        "nama": ca.nama,
        "dicabut": {str(seri): waktu.isoformat() for seri, waktu in ca.dicabut.items()},
    }
    # Last: a folder without it is unfinished and is not loaded.
    _tulis(folder / "ca.json", json.dumps(catatan, ensure_ascii=False, indent=1).encode())


def muat(folder: Path, sandi: bytes | None = None) -> KunciCA:
    """Load a CA written by :func:`simpan`; refuses when there is none or its keys cannot be opened."""
    sandi = sandi or _sandi_kantor()
    try:
        catatan = json.loads((folder / "ca.json").read_text())
        return KunciCA(
            nama=catatan["nama"],
            akar=_baca_sertifikat(folder / "akar.pem"),
            penerbit=_baca_sertifikat(folder / "penerbit.pem"),
            tsa=_baca_sertifikat(folder / "tsa.pem"),
            kunci_akar=_baca_kunci(folder / "kunci-akar.pem", sandi),
            kunci_penerbit=_baca_kunci(folder / "kunci-penerbit.pem", sandi),
            kunci_tsa=_baca_kunci(folder / "kunci-tsa.pem", sandi),
            crl_akar=(folder / "akar.crl").read_bytes(),
            dicabut={int(seri): datetime.fromisoformat(w) for seri, w in catatan["dicabut"].items()},
        )
    except (OSError, ValueError, TypeError, KeyError) as sebab:
        raise Refused(
            "Penerbit sertifikat uji coba tidak dapat dibuka. Hubungi admin untuk memeriksa folder kunci."
        ) from sebab


def siapkan(folder: Path, nama: str, sandi: bytes | None = None) -> KunciCA:
    """Load the CA in *folder*, making it first if there is none; two processes make it only once."""
    with kunci_folder(folder):
        if not (folder / "ca.json").exists():
            simpan(buat_ca(nama), folder, sandi)
        return muat(folder, sandi)


@contextmanager
def kunci_folder(folder: Path) -> Iterator[None]:
    """Hold the folder's lock file, so that load–revoke–save is not interleaved with another process."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ".kunci").open("w") as berkas:
        fcntl.flock(berkas, fcntl.LOCK_EX)
        yield


def _sandi_kantor() -> bytes:
    from django.conf import settings

    return hmac.digest(settings.SECRET_KEY.encode(), b"pki uji coba v1", hashlib.sha256).hex().encode()


def _kunci(ca: KunciCA) -> dict[str, Kunci]:
    return {"akar": ca.kunci_akar, "penerbit": ca.kunci_penerbit, "tsa": ca.kunci_tsa}


def _baca_sertifikat(berkas: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(berkas.read_bytes())


def _baca_kunci(berkas: Path, sandi: bytes) -> Kunci:
    kunci = serialization.load_pem_private_key(berkas.read_bytes(), sandi)
    if not isinstance(kunci, ec.EllipticCurvePrivateKey):
        raise ValueError("kunci CA bukan P-256")
    return kunci


def _tulis(berkas: Path, isi: bytes) -> None:
    sementara = berkas.with_name(f".{berkas.name}.{os.getpid()}")
    fd = os.open(sementara, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(fd, "wb") as tujuan:
        tujuan.write(isi)
        tujuan.flush()
        os.fsync(tujuan.fileno())
    sementara.replace(berkas)


# --- Building blocks ------------------------------------------------------------------------------------


def _utc(waktu: datetime) -> datetime:
    return waktu.astimezone(UTC).replace(microsecond=0)


def _subjek(nama: str, organisasi: str, jabatan: str = "") -> x509.Name:
    bagian = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisasi[:_PANJANG_NAMA]),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TANDA_UJI_COBA),
        x509.NameAttribute(NameOID.COMMON_NAME, nama[:_PANJANG_NAMA]),
    ]
    if jabatan:
        bagian.append(x509.NameAttribute(NameOID.TITLE, jabatan[:_PANJANG_NAMA]))
    return x509.Name(bagian)


def _sertifikat(
    subjek: x509.Name,
    kunci_publik: ec.EllipticCurvePublicKey,
    penerbit: x509.Name,
    kunci_penerbit: Kunci,
    mulai: datetime,
    akhir: datetime,
    *,
    ca: int | None = None,
    kegunaan: x509.ObjectIdentifier | None = None,
) -> x509.Certificate:
    """One certificate: a CA with path length *ca*, or an end certificate with the extended use *kegunaan*."""
    is_ca = ca is not None
    pembangun = (
        x509.CertificateBuilder()
        .subject_name(subjek)
        .issuer_name(penerbit)
        .public_key(kunci_publik)
        .serial_number(x509.random_serial_number())
        .not_valid_before(mulai)
        .not_valid_after(akhir)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=ca), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(kunci_publik), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(kunci_penerbit.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_ca,
                content_commitment=not is_ca and kegunaan is None,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=is_ca,
                crl_sign=is_ca,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if kegunaan is not None:
        pembangun = pembangun.add_extension(x509.ExtendedKeyUsage([kegunaan]), critical=True)
    return pembangun.sign(kunci_penerbit, hashes.SHA256())


def _crl(
    penerbit: x509.Certificate, kunci: Kunci, dicabut: dict[int, datetime], waktu: datetime, umur: timedelta
) -> bytes:
    pembangun = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(penerbit.subject)
        .last_update(waktu)
        .next_update(waktu + umur)
        .add_extension(x509.CRLNumber(int(waktu.timestamp())), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(kunci.public_key()), critical=False)
    )
    for seri, kapan in sorted(dicabut.items()):
        # A list issued "as of" an earlier instant does not know what came later.
        if kapan <= waktu:
            pembangun = pembangun.add_revoked_certificate(
                x509.RevokedCertificateBuilder().serial_number(seri).revocation_date(kapan).build()
            )
    return pembangun.sign(kunci, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
