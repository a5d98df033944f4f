"""What a PDF itself says about its signatures: whole or changed, by whom, when, under which root.

Nothing here knows the register; ``kpupalu.naskah.periksa`` judges. The file is read in strict mode with
bounded decoding; ``kpupalu.naskah.penjaga`` does it for strangers' files in a child process, for which this
module imports nothing of the project but ``pembaca``, which imports nothing of it at all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import parser
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel, StandardDiffPolicy
from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule
from pyhanko.sign.diff_analysis.rules.file_structure_rules import (
    CatalogModificationRule,
    ObjectStreamRule,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.rules.form_field_rules import (
    DSSCompareRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
)
from pyhanko.sign.diff_analysis.rules.metadata_rules import DocInfoRule, MetadataUpdateRule
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext

from kpupalu.naskah.pembaca import MiB, Pembaca

UKURAN_TERBESAR = 25 * MiB
_TANDA_TERBANYAK = 40
_REVISI_TERBANYAK = 200
_AKHIR = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")
AKHIR_REVISI = re.compile(rb"startxref\s+(\d+)\s+%%EOF(?:\r\n|\r|\n)?\Z")
_STRUKTUR = [
    CatalogModificationRule(),
    XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
    DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
]
_METADATA = [
    DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
    MetadataUpdateRule().as_qualified(ModificationLevel.LTA_UPDATES),
]
ATURAN_FORMULIR = FormUpdatingRule(
    field_rules=[SigFieldCreationRule(), SigFieldModificationRule()],
    ignored_acroform_keys=frozenset({"/Fields", "/DR", "/DA", "/Q"}),
)
# Stricter than the library's own policy: after a signature only signatures and evidence for them may be
# added. Form fields other than signatures, annotations and page content may not change at all.
KEBIJAKAN = StandardDiffPolicy([*_STRUKTUR, *_METADATA], ATURAN_FORMULIR)
# After the last signature: nothing but certificates, CRLs and archive timestamps, not even metadata.
_HANYA_BUKTI = StandardDiffPolicy(_STRUKTUR, ATURAN_FORMULIR, ignore_orphaned_objects=False)
_PEMAKAIAN_KUNCI = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})


class TidakTerbaca(Exception):
    """The file cannot be read as a PDF with signatures; the message is the cause in one word or two."""


@dataclass(frozen=True, slots=True)
class Kepercayaan:
    """Whom the reader trusts: root and intermediate certificates and current CRLs, all as DER."""

    akar: tuple[bytes, ...]
    perantara: tuple[bytes, ...] = ()
    crl: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class TandaTangan:
    """One signature as the file shows it.

    ``perubahan`` is empty when nothing forbidden followed it; ``hanya_bukti`` says that at most certificates,
    CRLs and archive timestamps did. ``dicabut`` counts at the instant of signing, ``dicabut_kemudian`` is a
    later revocation, and ``pencabutan_diketahui`` says whether the lists needed for that were at hand.
    """

    kolom: str
    nama: str = ""
    jabatan: str = ""
    penerbit: str = ""
    sidik: str = ""
    subjek: str = ""
    waktu: str = ""
    berstempel: bool = False
    utuh: bool = False
    perubahan: str = ""
    dipercaya: bool = False
    dicabut: bool = False
    dicabut_kemudian: str = ""
    pencabutan_diketahui: bool = False
    hanya_bukti: bool = False


@dataclass(frozen=True, slots=True)
class Bacaan:
    """All signatures in signing order, and the signature fields that are still or again empty.

    ``berekor`` says that bytes follow the end of the newest revision, which no signature can cover.
    """

    tanda: tuple[TandaTangan, ...] = ()
    kolom_kosong: tuple[str, ...] = ()
    kolom_hilang: tuple[str, ...] = ()
    revisi: int = 0
    berekor: bool = False


@dataclass(slots=True)
class _Bukti:
    """Certificates, CRLs and OCSP responses carried by the file itself."""

    sertifikat: list = field(default_factory=list)
    crl: list = field(default_factory=list)
    ocsp: list = field(default_factory=list)


def potongan(pdf: bytes) -> tuple[str, ...]:
    """SHA-256 of every beginning of *pdf* that ends at an end-of-file mark, and of the whole, in order.

    An incremental update never touches what stood before it, so a registered revision inside a longer file
    shows up here however the rest was made. The mark may be followed by one line end or none.
    """
    batas: set[int] = {len(pdf)}
    for ketemu in list(_AKHIR.finditer(pdf))[:_REVISI_TERBANYAK]:
        batas |= {ketemu.start() + 5, ketemu.end()}
    hasil, hitung, awal = [], sha256(), 0
    for akhir in sorted(batas):
        hitung.update(memoryview(pdf)[awal:akhir])
        hasil.append(hitung.copy().hexdigest())
        awal = akhir
    return tuple(hasil)


def baca(pdf: bytes, kepercayaan: Kepercayaan, waktu: datetime) -> Bacaan:
    """Read every signature of *pdf*, judged at the instant *waktu*; raises TidakTerbaca and nothing else."""
    if len(pdf) > UKURAN_TERBESAR:
        raise TidakTerbaca("terlalu besar")
    if not pdf.startswith(b"%PDF-"):
        raise TidakTerbaca("bukan PDF")
    try:
        return _baca(pdf, kepercayaan, waktu)
    except TidakTerbaca:
        raise
    except Exception as sebab:
        raise TidakTerbaca("susunan berkas rusak") from sebab


def _baca(pdf: bytes, kepercayaan: Kepercayaan, waktu: datetime) -> Bacaan:
    pembaca = Pembaca(pdf)
    if pembaca.encrypted:
        raise TidakTerbaca("terkunci kata sandi")
    if pembaca.total_revisions > _REVISI_TERBANYAK:
        raise TidakTerbaca("terlalu banyak revisi")
    kolom = {nama: isi is not None for nama, isi, _ in fields.enumerate_sig_fields(pembaca)}
    tersemat = {t.field_name: t for t in pembaca.embedded_signatures}
    if len(tersemat) > _TANDA_TERBANYAK:
        raise TidakTerbaca("terlalu banyak tanda tangan")
    bukti = bukti_berkas(pembaca)
    biasa = [t for t in tersemat.values() if t.sig_object_type != "/DocTimeStamp"]
    return Bacaan(
        tanda=tuple(nilai_tanda(t, bukti, kepercayaan, waktu) for t in biasa),
        # Plain strings: a PDF string object holds on to the whole document it was read from.
        kolom_kosong=tuple(str(nama) for nama, terisi in kolom.items() if not terisi),
        kolom_hilang=tuple(sorted(map(str, _pernah_terisi(pembaca) - tersemat.keys()))),
        revisi=pembaca.total_revisions,
        berekor=not _berakhir(pdf, pembaca),
    )


def _berakhir(pdf: bytes, pembaca: PdfFileReader) -> bool:
    """Whether the file ends where its newest revision ends."""
    akhir = AKHIR_REVISI.search(pdf, max(len(pdf) - 64, 0))
    return akhir is not None and int(akhir[1]) == pembaca.last_startxref


def _pernah_terisi(pembaca: PdfFileReader) -> set[str]:
    """Fields that held a signature in any revision, so that one taken away is missed."""
    nama: set[str] = set()
    for revisi in range(pembaca.total_revisions):
        lama = pembaca.get_historical_resolver(revisi)
        nama |= {n for n, _isi, _ in fields.enumerate_sig_fields(lama, filled_status=True)}
    return nama


def bukti_berkas(pembaca: PdfFileReader) -> _Bukti:
    """What the document security store of the newest revision holds; empty when there is none."""
    if "/DSS" not in pembaca.root:
        return _Bukti()
    dss = DocumentSecurityStore.read_dss(pembaca)
    konteks = dss.as_validation_context({"trust_roots": []})
    return _Bukti(list(dss.load_certs()), list(konteks.crls), list(konteks.ocsps))


def nilai_tanda(
    tersemat: EmbeddedPdfSignature, bukti: _Bukti, kepercayaan: Kepercayaan, waktu: datetime
) -> TandaTangan:
    """One signature judged at *waktu*; a signature that cannot be judged has its cause in ``perubahan``."""
    try:
        tersemat.compute_integrity_info(KEBIJAKAN)
        perubahan, hanya_bukti = _perubahan(tersemat)
        status, pasti = _nilai(tersemat, bukti, kepercayaan, waktu)
    except Exception:  # noqa: BLE001 - one broken signature must not hide the others
        return TandaTangan(kolom=str(tersemat.field_name), perubahan="tanda tangannya tidak terbaca")
    stempel = status.timestamp_validity
    if stempel is not None and not (stempel.valid and stempel.intact):
        perubahan = perubahan or "stempel waktunya rusak"
    berstempel = stempel is not None and _stempel_baik(stempel)
    kapan = stempel.timestamp if stempel is not None and berstempel else status.signer_reported_dt
    sertifikat = tersemat.signer_cert
    cabut = _dicabut(status, [*bukti.crl, *_crl(kepercayaan)])
    dicabut_saat_itu = status.revoked or (cabut is not None and (not berstempel or kapan is None or cabut <= kapan))
    subjek = sertifikat.subject.native
    return TandaTangan(
        kolom=str(tersemat.field_name),
        nama=_teks(subjek.get("common_name")),
        jabatan=_teks(subjek.get("title")),
        penerbit=_teks(sertifikat.issuer.native.get("common_name") or sertifikat.issuer.human_friendly),
        sidik=sha256(sertifikat.dump()).hexdigest(),
        subjek=sertifikat.subject.human_friendly,
        waktu=kapan.isoformat() if kapan else "",
        berstempel=berstempel,
        utuh=status.intact and status.valid,
        perubahan=perubahan,
        dipercaya=status.trusted,
        dicabut=dicabut_saat_itu,
        dicabut_kemudian="" if cabut is None or dicabut_saat_itu else cabut.isoformat(),
        pencabutan_diketahui=pasti,
        hanya_bukti=hanya_bukti,
    )


def _perubahan(tersemat: EmbeddedPdfSignature) -> tuple[str, bool]:
    """Why what follows this signature is not allowed ("" if it is), and whether it is only evidence."""
    ringkas = tersemat.summarise_integrity_info()
    cakupan, hasil = ringkas["coverage"], ringkas["diff_result"]
    if cakupan is None or cakupan < SignatureCoverageLevel.ENTIRE_REVISION:
        return "tanda tangan tidak mencakup seluruh revisinya", False
    if not isinstance(hasil, DiffResult) or hasil.modification_level > ModificationLevel.FORM_FILLING:
        return "ada perubahan selain tanda tangan sesudahnya", False
    if not ringkas["docmdp_ok"]:
        return "perubahan melampaui izin naskah", False
    if tersemat.pkcs7_content[parser.peek(tersemat.pkcs7_content) :].strip(b"\0"):
        return "ada isi tersembunyi di belakang tanda tangan", False
    bukti = tersemat.evaluate_modifications(_HANYA_BUKTI)
    return "", isinstance(bukti, DiffResult) and bukti.modification_level <= ModificationLevel.LTA_UPDATES


def _nilai(
    tersemat: EmbeddedPdfSignature, bukti: _Bukti, kepercayaan: Kepercayaan, waktu: datetime
) -> tuple[PdfSignatureStatus, bool]:
    """The best status the evidence allows, and whether revocation was really known for the whole chain.

    The signer's chain is judged at the time-stamped instant, the time-stamping authority's at *waktu* or,
    once its certificate has expired, at its own instant. Without a trusted timestamp the signer's chain
    must be good at *waktu*.
    """
    cap = _waktu_stempel(tersemat)
    percobaan = [(cap, waktu), (cap, cap)] if cap else []
    for pasti in (True, False):
        for saat, saat_stempel in [*percobaan, (waktu, waktu)]:
            status = validate_pdf_signature(
                tersemat,
                _konteks(bukti, kepercayaan, saat, wajib=pasti),
                _konteks(bukti, kepercayaan, saat_stempel, wajib=pasti),
                diff_policy=KEBIJAKAN,
                skip_diff=True,
                key_usage_settings=_PEMAKAIAN_KUNCI,
            )
            stempel = status.timestamp_validity
            bercap = stempel is not None and _stempel_baik(stempel)
            if status.revoked or (status.trusted and (bercap or saat == waktu)):
                return status, pasti
    return status, False


def _stempel_baik(stempel: TimestampSignatureStatus) -> bool:
    return stempel.valid and stempel.intact and stempel.trusted


def _waktu_stempel(tersemat: EmbeddedPdfSignature) -> datetime | None:
    for token in extract_tst_data_iter(tersemat.signer_info, signed=False):
        return token["encap_content_info"]["content"].parsed["gen_time"].native
    return None


def _konteks(bukti: _Bukti, kepercayaan: Kepercayaan, saat: datetime, *, wajib: bool) -> ValidationContext:
    """Evidence of the file and of the office together; never the network, never the machine's own roots."""
    return ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(der) for der in kepercayaan.akar],
        other_certs=[*bukti.sertifikat, *(asn1_x509.Certificate.load(der) for der in kepercayaan.perantara)],
        crls=[*bukti.crl, *_crl(kepercayaan)],
        ocsps=bukti.ocsp,
        moment=saat,
        revocation_mode="require" if wajib else "soft-fail",
        retroactive_revinfo=True,
    )


def _crl(kepercayaan: Kepercayaan) -> list[asn1_crl.CertificateList]:
    return [asn1_crl.CertificateList.load(der) for der in kepercayaan.crl]


def _dicabut(status: PdfSignatureStatus, daftar: Iterable[asn1_crl.CertificateList]) -> datetime | None:
    """The earliest instant at which a certificate of the signer's chain was revoked by its own issuer.

    Every list is looked at: a later one knows what the one in the file could not know yet.
    """
    if status.validation_path is None:
        return None
    rantai = list(status.validation_path.iter_certs(include_root=True))
    waktu = []
    for penerbit, sertifikat in pairwise(rantai):
        kunci: Any = x509.load_der_x509_certificate(penerbit.dump()).public_key()
        for satu in daftar:
            if satu.issuer != penerbit.subject:
                continue
            dibaca = x509.load_der_x509_crl(satu.dump())
            entri = dibaca.get_revoked_certificate_by_serial_number(sertifikat.serial_number)
            if entri is not None and dibaca.is_signature_valid(kunci):
                waktu.append(entri.revocation_date_utc)
    return min(waktu, default=None)


def _teks(nilai: object) -> str:
    """A name attribute as one line; repeated attributes come as a list."""
    bagian = nilai if isinstance(nilai, list) else [nilai]
    return ", ".join(" ".join(str(b).split()) for b in bagian if b)
