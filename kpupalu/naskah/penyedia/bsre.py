"""Certified signatures through the office's gateway of Balai Sertifikasi Elektronik (Esign Client Service).

The gateway keeps the signers' keys; the office sends the document, the signer's NIK and passphrase, and gets
the document back. What it publishes is followed for version 2 (JSON) and version 1 (multipart). Nothing is
sent twice: after a time-out nobody knows whether a signature was made, and the document stays as it was.
"""

import base64
import binascii
import http.client as http_client
import json
import secrets
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlsplit

from kpupalu.lib import Refused
from kpupalu.naskah.bacaan import UKURAN_TERBESAR
from kpupalu.naskah.pembaca import Pembaca
from kpupalu.naskah.penyedia import Penanda, PenyediaTerganggu, SandiSalah, TandaTanganDitolak

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_KODE_SANDI_SALAH = {"2031"}
_KODE_TIDAK_TERDAFTAR = {"2011", "2021"}
_STATUS_AKTIF = "ISSUE"
_JAWABAN_TERBESAR = UKURAN_TERBESAR * 2
_POTONGAN = 64 * 1024


@dataclass(frozen=True, slots=True)
class _Jawaban:
    """One HTTP answer, read to the end within its limits."""

    status: int
    isi: bytes = field(repr=False)

    @property
    def json(self) -> dict:
        """The body as an object, {} when it is none."""
        try:
            isi = json.loads(self.isi)
        except ValueError:
            return {}
        return isi if isinstance(isi, dict) else {}

    @property
    def kode(self) -> str:
        """The gateway's own code, "" when it gave none."""
        return str(self.json.get("status_code") or "")


class _TanpaAlih(urllib.request.HTTPRedirectHandler):
    """A redirect would carry NIK and passphrase to an address nobody checked."""

    def redirect_request(self, *_args, **_kwargs):
        return None


class Bsre:
    """The gateway at one address with the office's own account."""

    nama = "bsre"
    label = "Tanda tangan elektronik tersertifikasi BSrE"
    # The gateway knows no field names: it makes an invisible field of its own for every signature.
    memakai_kolom = False

    def __init__(self, alamat: str, pengguna: str, sandi: str, *, versi: str = "2", batas_detik: float = 30) -> None:
        """Refuses an address without TLS, unless it is this machine, and versions other than "1" and "2"."""
        bagian = urlsplit(alamat)
        aman = bagian.scheme == "https" or (bagian.scheme == "http" and bagian.hostname in _LOOPBACK)
        if not aman or not bagian.hostname or bagian.username:
            raise Refused("Alamat gerbang BSrE harus dimulai dengan https://. Minta admin membetulkannya.")
        if versi not in {"1", "2"}:
            raise Refused("Versi gerbang BSrE harus 1 atau 2. Minta admin membetulkannya.")
        self._alamat = alamat.rstrip("/")
        self._kartu = "Basic " + base64.b64encode(f"{pengguna}:{sandi}".encode()).decode()
        self._versi = versi
        self._batas = batas_detik
        tls = ssl.create_default_context()
        tls.minimum_version = ssl.TLSVersion.TLSv1_2
        self._pembuka = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=tls), _TanpaAlih
        )

    @classmethod
    def dari_setelan(cls) -> "Bsre":
        """The gateway the settings name; refuses when they name none."""
        from django.conf import settings

        if not settings.BSRE_URL:
            raise Refused("Gerbang BSrE belum disiapkan. Minta admin mengisi alamat dan akunnya.")
        return cls(
            settings.BSRE_URL,
            settings.BSRE_PENGGUNA,
            settings.BSRE_SANDI,
            versi=settings.BSRE_VERSI,
        )

    def tandatangani(self, pdf: bytes, *, kolom: str, penanda: Penanda, sandi: str, waktu: datetime) -> bytes:
        """What the gateway returns for *pdf*: an invisible signature of *penanda*, not yet checked by us.

        Refuses a print without an (empty) form. Raises SandiSalah when the gateway says so,
        TandaTanganDitolak for every other refusal and for an answer without a PDF, PenyediaTerganggu when
        it cannot be reached, is busy or is too slow.
        """
        if not penanda.nik:
            raise Refused("NIK penanda tangan belum dicatat untuk BSrE. Minta admin melengkapinya.")
        if "/AcroForm" not in Pembaca(pdf).root:
            # Without a form to begin with, what the gateway adds could not be compared with what was there.
            raise Refused("Naskah ini dicetak untuk cara tanda tangan lain. Tarik naskah ini, lalu siapkan kembali.")
        if self._versi == "2":
            badan = {
                "nik": penanda.nik,
                "passphrase": sandi,
                "signatureProperties": [{"tampilan": "INVISIBLE"}],
                "file": [base64.b64encode(pdf).decode()],
            }
            jawaban = self._kirim("/api/v2/sign/pdf", json.dumps(badan).encode(), "application/json")
        else:
            isian = {"nik": penanda.nik, "passphrase": sandi, "tampilan": "invisible"}
            jawaban = self._kirim("/api/sign/pdf", *_multipart(isian, pdf))
        _periksa_penolakan(jawaban)
        return self._pdf(jawaban)

    def cek_penanda(self, penanda: Penanda, waktu: datetime) -> str:
        """ "" when the gateway holds a certificate in force for *penanda*, else one sentence that says what is
        missing. Raises PenyediaTerganggu when it cannot be asked.
        """
        if not penanda.nik:
            return "NIK penanda tangan belum dicatat untuk BSrE."
        if self._versi == "2":
            badan = json.dumps({"nik": penanda.nik}).encode()
            jawaban = self._kirim("/api/v2/user/check/status", badan, "application/json")
        else:
            jawaban = self._kirim(f"/api/user/status/{quote(penanda.nik, safe='')}")
        _periksa_gerbang(jawaban)
        if str(jawaban.json.get("status", "")).upper() == _STATUS_AKTIF:
            return ""
        return "Sertifikat penanda tangan pada BSrE belum terbit, kedaluwarsa, atau dicabut."

    def _pdf(self, jawaban: _Jawaban) -> bytes:
        """The signed file in *jawaban*; refuses everything that is no PDF."""
        isi = jawaban.isi
        if self._versi == "2":
            berkas = jawaban.json.get("file")
            satu = berkas[0] if isinstance(berkas, list) and len(berkas) == 1 else ""
            try:
                isi = base64.b64decode(satu, validate=True)
            except (binascii.Error, ValueError, TypeError):
                isi = b""
        if not isi.startswith(b"%PDF-"):
            raise TandaTanganDitolak(
                "Layanan BSrE menjawab tanpa naskah bertanda tangan; naskah tetap seperti semula. Hubungi admin."
            )
        return isi

    def _kirim(self, jalur: str, badan: bytes | None = None, jenis: str = "") -> _Jawaban:
        """POST *badan* (or GET without one) and read the answer within the limits of time and size."""
        kepala = {"Authorization": self._kartu, "Accept": "application/json, application/pdf"}
        if jenis:
            kepala["Content-Type"] = jenis
        permintaan = urllib.request.Request(self._alamat + jalur, data=badan, headers=kepala)  # noqa: S310
        tenggat = time.monotonic() + self._batas
        try:
            try:
                jawaban = self._pembuka.open(permintaan, timeout=self._batas)
            except urllib.error.HTTPError as galat:
                jawaban = galat
            with jawaban:
                return _Jawaban(jawaban.status or 0, _baca(jawaban, tenggat))
        except (OSError, ValueError, http_client.HTTPException) as sebab:
            raise PenyediaTerganggu from sebab


def _baca(jawaban, tenggat: float) -> bytes:
    """The body, or an error when it drips past *tenggat* or grows past the limit."""
    bagian, ukuran = [], 0
    while potong := jawaban.read1(_POTONGAN):
        bagian.append(potong)
        ukuran += len(potong)
        if time.monotonic() > tenggat or ukuran > _JAWABAN_TERBESAR:
            raise TimeoutError("the gateway's answer is too slow or too large")
    return b"".join(bagian)


def _periksa_gerbang(jawaban: _Jawaban) -> None:
    """Refuse what says that the gateway itself, or the office's account there, does not work."""
    if jawaban.status in {401, 403}:
        raise PenyediaTerganggu(
            "Akun kantor ditolak oleh layanan tanda tangan; naskah tetap seperti semula. Hubungi admin."
        )
    if jawaban.status >= 500 or jawaban.status in {408, 429}:
        raise PenyediaTerganggu


def _periksa_penolakan(jawaban: _Jawaban) -> None:
    """Raise what a non-success of a signing call means for the person."""
    if jawaban.kode in _KODE_SANDI_SALAH:
        raise SandiSalah
    if jawaban.kode in _KODE_TIDAK_TERDAFTAR:
        raise TandaTanganDitolak(
            "Penanda tangan belum terdaftar atau belum bersertifikat pada BSrE; naskah tetap seperti semula. "
            "Minta admin memeriksa NIK yang dicatat."
        )
    _periksa_gerbang(jawaban)
    if jawaban.status != 200:
        kode = f" (kode {jawaban.kode})" if jawaban.kode.isdigit() else ""
        raise TandaTanganDitolak(
            f"Layanan BSrE menolak permintaan ini{kode}; naskah tetap seperti semula. Hubungi admin."
        )


def _multipart(isian: dict[str, str], pdf: bytes) -> tuple[bytes, str]:
    """Fields and file as multipart/form-data: body and content type."""
    batas = secrets.token_hex(16)
    bagian = [
        f'--{batas}\r\nContent-Disposition: form-data; name="{nama}"\r\n\r\n{nilai}\r\n'.encode()
        for nama, nilai in isian.items()
    ]
    kepala = (
        f'--{batas}\r\nContent-Disposition: form-data; name="file"; filename="naskah.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    bagian += [kepala.encode(), pdf, f"\r\n--{batas}--\r\n".encode()]
    return b"".join(bagian), f"multipart/form-data; boundary={batas}"
