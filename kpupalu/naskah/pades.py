"""PAdES on bytes: empty signature fields before anybody signs, then one revision per signature.

Every signature is B-LT in a single incremental update: certificates, CRLs and the RFC 3161 timestamp are in
the file, and the result begins with the bytes that were given. The first signature certifies the document
and allows nothing after it but filling signature fields (DocMDP level 2), so that other readers, too, object
to a page that was drawn over. Decision 0003 says why.
"""

import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from asn1crypto import cms, keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kpupalu.lib.waktu import WITA
from kpupalu.naskah.pembaca import Pembaca

_MD = "sha256"
# Bytes of a signature besides certificates: two signatures, their attributes, the time-stamp info.
_RUANG_LAIN = 2048
# Policy of the local time-stamping authority; below the arc for examples (2.999), since it certifies nothing.
_OID_KEBIJAKAN_TSA = "2.999.7271.1"


Cap = Callable[[float, float], bytes]


@dataclass(frozen=True, slots=True)
class Kolom:
    """Where one signature field stands: page from 0, corners in points from the bottom left of the page."""

    nama: str
    halaman: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Pembubuh:
    """Everything one local signature needs: the signer's key, the chain, the lists and the clock."""

    kunci: ec.EllipticCurvePrivateKey
    sertifikat: x509.Certificate
    rantai: tuple[x509.Certificate, ...]
    akar: x509.Certificate
    crl: tuple[bytes, ...]
    stempel: "StempelWaktu"


def pasang_kolom(pdf: bytes, kolom: Sequence[Kolom]) -> bytes:
    """*pdf* with one empty signature field per *kolom*, as one incremental update: the printed document.

    Pages, tags, metadata and output intent stay as they are. Each field is named for screen readers by its
    own name and takes its place in the tab order of the structure. With no *kolom* at all the document gets
    an empty form, for providers that make their own fields. Raises ValueError for a page that is not there,
    a name used twice, or a document that already carries a signature.
    """
    penulis = _Penulis.from_reader(Pembaca(pdf))
    if any(True for _ in fields.enumerate_sig_fields(penulis.prev, filled_status=True)):
        raise ValueError("kolom tanda tangan dipasang sebelum tanda tangan pertama")
    if len({k.nama for k in kolom}) != len(kolom):
        raise ValueError("nama kolom tanda tangan harus berbeda-beda")
    jumlah_halaman = int(penulis.root["/Pages"]["/Count"])
    for k in kolom:
        if not 0 <= k.halaman < jumlah_halaman:
            raise ValueError(f"halaman {k.halaman} untuk kolom {k.nama} tidak ada")
        fields.append_signature_field(
            penulis,
            fields.SigFieldSpec(
                k.nama,
                on_page=k.halaman,
                box=(k.x0, k.y0, k.x1, k.y1),  # type: ignore[arg-type]  # annotated int, takes any number
                readable_field_name=f"Kolom tanda tangan {k.nama}",
            ),
        )
        halaman, _ = penulis.find_page_for_modification(k.halaman)
        halaman.get_object()[generic.pdf_name("/Tabs")] = generic.pdf_name("/S")
    if not kolom and "/AcroForm" not in penulis.root:
        formulir = generic.DictionaryObject({generic.pdf_name("/Fields"): generic.ArrayObject()})
        penulis.root[generic.pdf_name("/AcroForm")] = penulis.add_object(formulir)
        penulis.update_root()
    return _tulis(penulis)


def kolom_tanda_tangan(pdf: bytes) -> dict[str, bool]:
    """Names of the signature fields of *pdf* in order, each with True when it is signed."""
    pembaca = Pembaca(pdf)
    return {nama: isi is not None for nama, isi, _ in fields.enumerate_sig_fields(pembaca)}


def _ukuran_kolom(pembaca: Pembaca, kolom: str) -> tuple[float, float] | None:
    """Width and height in points of the empty field *kolom*, None when it is invisible.

    Raises ValueError when there is no such field or it is signed already.
    """
    for nama, isi, rujukan in fields.enumerate_sig_fields(pembaca):
        if nama == kolom and isi is None:
            x0, y0, x1, y1 = (float(angka) for angka in rujukan.get_object()["/Rect"])
            return (abs(x1 - x0), abs(y1 - y0)) if x0 != x1 and y0 != y1 else None
    raise ValueError(f"kolom tanda tangan {kolom} tidak ada atau sudah terisi")


def tandatangani(pdf: bytes, *, kolom: str, pembubuh: Pembubuh, waktu: datetime, cap: Cap | None = None) -> bytes:
    """*pdf* plus one revision that holds a PAdES B-LT signature in the empty field *kolom*.

    The chain is validated at *waktu* first; pyHanko's SigningError leaves nothing half done. *cap* draws, for
    width and height in points, the one-page PDF shown in a visible field. Raises ValueError when there is no
    such field or it is signed already.
    """
    pembaca = Pembaca(pdf)
    ukuran = _ukuran_kolom(pembaca, kolom)
    penulis = _Penulis.from_reader(pembaca)
    pertama = not any(True for _ in fields.enumerate_sig_fields(penulis.prev, filled_status=True))
    meta = signers.PdfSignatureMetadata(
        field_name=kolom,
        md_algorithm=_MD,
        subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=True,
        validation_context=_konteks(pembubuh, waktu),
        dss_settings=DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE),
        certify=pertama,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
    )
    gaya = None
    if cap is not None and ukuran is not None:
        gaya = StaticStampStyle(
            border_width=0,
            background=_HalamanCap(cap(*ukuran)),
            background_opacity=1.0,
            background_layout=SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MID),
        )
    penanda = _PenandaTangan(meta, _kunci(pembubuh), timestamper=pembubuh.stempel, stamp_style=gaya)
    penanda.waktu = waktu
    keluar = io.BytesIO()
    penanda.sign_pdf(penulis, existing_fields_only=True, bytes_reserved=_ruang(pembubuh), output=keluar)
    return keluar.getvalue()


def _ruang(pembubuh: Pembubuh) -> int:
    """Hexadecimal digits set aside for one signature: every certificate twice (signer and timestamp), and the rest.

    The library would sign once for trial and add half; both sides are ours, so their size is known. Too little
    ends the signing with an exception, it never cuts anything off.
    """
    sertifikat = (pembubuh.sertifikat, *pembubuh.rantai, pembubuh.akar)
    return 2 * (2 * sum(len(s.public_bytes(serialization.Encoding.DER)) for s in sertifikat) + _RUANG_LAIN)


def buat_cap(*, nama: str, jabatan: str, waktu: datetime, tanda: str, lebar: float, tinggi: float) -> bytes:
    """A one-page PDF of *lebar* × *tinggi* points: who signed, as what, when (WITA) and the mark *tanda*.

    It is drawn by the printer of the document itself, so its fonts are embedded the same way.
    """
    from weasyprint import HTML

    baris = [
        ("nama", nama),
        ("kecil", jabatan),
        ("kecil", f"Ditandatangani {waktu.astimezone(WITA):%d-%m-%Y %H.%M} WITA"),
        ("tanda", tanda),
    ]
    gaya = _GAYA_CAP % {"lebar": lebar, "tinggi": tinggi, "huruf": max(4.0, min(8.0, tinggi / 7.2))}
    isi = "".join(f'<p class="{kelas}">{escape(teks)}</p>' for kelas, teks in baris if teks)
    html = f'<html lang="id"><head><title>Cap</title><style>{gaya}</style></head><body>{isi}</body></html>'
    return HTML(string=html, url_fetcher=_tanpa_berkas).write_pdf(pdf_variant="pdf/a-3b")


_GAYA_CAP = """
@page { size: %(lebar)spt %(tinggi)spt; margin: 2pt 3pt; overflow: hidden }
body { font: %(huruf)spt/1.2 sans-serif; color: #000; margin: 0 }
body { border-left: 1.5pt solid #7a1020; padding-left: 3pt }
p { margin: 0 }
.nama { font-weight: bold }
.kecil { font-size: 85%% }
.tanda { font-size: 80%% }
"""


def _tanpa_berkas(url: str, *_args, **_kwargs):
    raise ValueError("cap tidak memuat berkas lain")


class StempelWaktu(TimeStamper):
    """An RFC 3161 authority inside the process: its own key, its own certificate, the clock it is given."""

    def __init__(self, sertifikat: x509.Certificate, kunci: ec.EllipticCurvePrivateKey, waktu: datetime) -> None:
        super().__init__()
        self._sertifikat = _asn1(sertifikat)
        self._waktu = waktu.astimezone(UTC).replace(microsecond=0)
        self._cms = signers.SimpleSigner(self._sertifikat, _asn1_kunci(kunci), SimpleCertificateStore())
        self._certs[self._sertifikat.issuer_serial] = self._sertifikat

    async def _ensure_dummy(self) -> None:
        """The library asks for a token on trial to learn our certificate; we know it."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Grant *req*: a signed token over its message imprint at the given instant."""
        isi = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": tsp.ObjectIdentifier(_OID_KEBIJAKAN_TSA),
                "message_imprint": req["message_imprint"],
                "serial_number": int.from_bytes(os.urandom(8), "big"),
                "gen_time": self._waktu,
                "tsa": asn1_x509.GeneralName(name="directory_name", value=self._sertifikat.subject),
                **({"nonce": req["nonce"]} if req["nonce"].native is not None else {}),
            }
        )
        token = await self._cms.async_sign_general_data(
            cms.EncapsulatedContentInfo({"content_type": "tst_info", "content": cms.ParsableOctetString(isi.dump())}),
            digest_algorithm=_MD,
            detached=False,
        )
        return tsp.TimeStampResp(
            {"status": tsp.PKIStatusInfo({"status": tsp.PKIStatus("granted")}), "time_stamp_token": token}
        )


class _PenandaTangan(signers.PdfSigner):
    """Signs at the office's clock instead of reading the system's a second time."""

    waktu: datetime

    def init_signing_session(self, *args, **kwargs):
        sesi = super().init_signing_session(*args, **kwargs)
        sesi.system_time = self.waktu
        return sesi


class _Penulis(IncrementalPdfFileWriter):
    """Adds to a PDF/A-3 file without touching what declares it as one.

    The library would raise the version to 2.0, which PDF/A-3 does not allow, and rewrite the metadata of a
    document that was printed once. Extension dictionaries stand in for the version (ISO 32000-1, 7.12).
    """

    def ensure_output_version(self, version):
        super().ensure_output_version(min(version, (1, 7)))

    def _update_meta(self):
        return


class _HalamanCap(PdfContent):
    """The first page of a PDF held in memory, as the content of a signature field."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        xobjek = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        self.resources.xobject["/Cap"] = xobjek
        x0, y0, x1, y1 = xobjek.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(x1 - x0), height=abs(y1 - y0))
        return b"/Cap Do"


def _tulis(penulis: IncrementalPdfFileWriter) -> bytes:
    keluar = io.BytesIO()
    penulis.write(keluar)
    return keluar.getvalue()


def _konteks(pembubuh: Pembubuh, waktu: datetime) -> ValidationContext:
    """What the signer's and the TSA's chain are checked against before signing; CRLs are required."""
    return ValidationContext(
        trust_roots=[_asn1(pembubuh.akar)],
        other_certs=[_asn1(s) for s in pembubuh.rantai],
        crls=list(pembubuh.crl),
        revocation_mode="require",
        moment=waktu.astimezone(UTC),
    )


def _kunci(pembubuh: Pembubuh) -> signers.SimpleSigner:
    toko = SimpleCertificateStore()
    toko.register_multiple([_asn1(s) for s in (*pembubuh.rantai, pembubuh.akar)])
    return signers.SimpleSigner(_asn1(pembubuh.sertifikat), _asn1_kunci(pembubuh.kunci), toko)


def _asn1(sertifikat: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(sertifikat.public_bytes(serialization.Encoding.DER))


def _asn1_kunci(kunci: ec.EllipticCurvePrivateKey) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(
        kunci.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
