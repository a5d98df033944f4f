"""From a template and frozen content to the PDF of a document, without touching network or foreign files."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from kpupalu.lib.samaran import samarkan_teks
from kpupalu.naskah.pades import Kolom

_ID_KOLOM = re.compile(r"\Attd-\d{1,2}\Z")
_POIN_PER_PIKSEL = 0.75
# A digest may hold sixteen digits in a row by chance; it is no number of a person.
_SIDIK = re.compile(r"\b([0-9a-f]{64})\b")
_PDF = {"pdf_variant": "pdf/a-3b", "pdf_tags": True}
_JENIS_LOGO = {".png": "image/png", ".svg": "image/svg+xml"}


class CetakGagal(Exception):
    """The document could not be printed; the message says what the template asked for."""


@dataclass(frozen=True, slots=True)
class Tercetak:
    """A printed PDF and the places of its signature boxes, in the order of their numbers."""

    pdf: bytes
    kolom: list[Kolom]


class HanyaStatik(URLFetcher):
    """Serves ``statik:<path below static/>`` and ``data:``; everything else ends the print.

    A path is resolved by the static file finders, which refuse to leave their folders. Network, ``file:``,
    and redirects cannot happen because no handler for them is ever reached. What was refused is kept in
    ``ditolak``, because the SVG renderer swallows even fatal errors.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
        self.ditolak: list[str] = []

    def fetch(self, url, headers=None):
        """The content of *url*, or FatalURLFetchingError."""
        try:
            return self._statik(url) if url.startswith("statik:") else self._data(url, headers)
        except FatalURLFetchingError as salah:
            self.ditolak.append(str(salah))
            raise

    def _data(self, url: str, headers) -> URLFetcherResponse:
        if not url.startswith("data:"):
            raise FatalURLFetchingError(f"Alamat {url[:120]!r} tidak boleh dibaca saat mencetak.")
        try:
            return super().fetch(url, headers)
        except Exception as salah:
            raise FatalURLFetchingError("Data sisipan dalam template tidak terbaca.") from salah

    def _statik(self, url: str) -> URLFetcherResponse:
        nama = url.removeprefix("statik:").split("?")[0].split("#")[0]
        try:
            jalur = finders.find(nama)
        except SuspiciousFileOperation as salah:
            raise FatalURLFetchingError(f"Jalur {nama!r} keluar dari folder statik.") from salah
        if not jalur:
            raise FatalURLFetchingError(f"Berkas statik {nama!r} tidak ada.")
        jenis = "text/css" if nama.endswith(".css") else "application/octet-stream"
        return URLFetcherResponse(url, Path(jalur).read_bytes(), {"Content-Type": jenis})


def kode_qr(isi: str, *, koreksi: str = "m") -> str:
    """A QR code of *isi* as a ``data:`` URI of an SVG, quiet zone included; "" when *isi* is too long for one.

    *koreksi* is the level of error correction: ``l`` holds most, ``m`` forgives more.
    """
    try:
        kode = segno.make(isi, error=koreksi, micro=False)
    except segno.DataOverflowError:
        return ""
    return kode.svg_data_uri(scale=4, border=4, dark="#000", light="#fff")


def berkas_logo() -> Path | None:
    """The letterhead logo an admin put at ``DATA_DIR/kop/logo.png`` or ``.svg``, None without one."""
    semua = (Path(settings.DATA_DIR) / "kop" / f"logo{akhiran}" for akhiran in _JENIS_LOGO)
    return next((jalur for jalur in semua if jalur.is_file()), None)


def logo() -> str:
    """The letterhead logo as ``data:`` URI, or ""."""
    jalur = berkas_logo()
    if jalur is None:
        return ""
    return f"data:{_JENIS_LOGO[jalur.suffix]};base64,{base64.b64encode(jalur.read_bytes()).decode()}"


def cetak(template: str, isi: dict, *, konsep: bool = False, samarkan: bool = False) -> Tercetak:
    """Print *isi* through *template* as tagged PDF/A-3b in Indonesian with all fonts embedded.

    *konsep* lays a diagonal KONSEP over every page. *samarkan* masks every number shaped like a NIK, whoever typed
    it. In example mode every page says so. The ``ttd-<n>`` boxes of the template come back as Kolom. Raises CetakGagal
    when the template asks for anything outside ``statik:`` and ``data:``.
    """
    konteks = {
        **isi,
        "konsep": konsep,
        "contoh": settings.MODE_CONTOH,
        "logo": logo(),
        "satker": settings.NAMA_SATKER,
    }
    html = render_to_string(template, konteks)
    return cetak_html(_tersamar(html) if samarkan else html)


def _tersamar(html: str) -> str:
    return "".join(b if n % 2 else samarkan_teks(b) for n, b in enumerate(_SIDIK.split(html)))


def cetak_html(html: str) -> Tercetak:
    """Print a whole HTML page that is already rendered; see ``cetak``."""
    pengambil = HanyaStatik()
    try:
        dokumen = HTML(string=html, url_fetcher=pengambil, base_url="relatif:/").render(**_PDF)
        pdf = dokumen.write_pdf(**_PDF)
    except FatalURLFetchingError as salah:  # a BaseException: no ``except Exception`` would see it
        raise CetakGagal(str(salah)) from salah
    if pengambil.ditolak or pdf is None:
        raise CetakGagal(pengambil.ditolak[0] if pengambil.ditolak else "Pencetak tidak menghasilkan berkas.")
    return Tercetak(pdf, kolom_ttd(dokumen))


def kolom_ttd(dokumen: Document) -> list[Kolom]:
    """Where the boxes with ids ``ttd-<n>`` stand; ``halaman`` counts from 0, points from the bottom left."""
    ketemu: dict[str, Kolom] = {}
    for halaman, lembar in enumerate(dokumen.pages):
        for kotak in lembar._page_box.descendants():
            elemen = kotak.element
            nama = elemen.get("id", "") if elemen is not None and kotak.element_tag == elemen.tag else ""
            if not _ID_KOLOM.match(nama) or nama in ketemu:
                continue
            kiri, atas = kotak.border_box_x(), kotak.border_box_y()
            ketemu[nama] = Kolom(
                nama=nama,
                halaman=halaman,
                x0=round(kiri * _POIN_PER_PIKSEL, 2),
                y0=round((lembar.height - atas - kotak.border_height()) * _POIN_PER_PIKSEL, 2),
                x1=round((kiri + kotak.border_width()) * _POIN_PER_PIKSEL, 2),
                y1=round((lembar.height - atas) * _POIN_PER_PIKSEL, 2),
            )
    return sorted(ketemu.values(), key=lambda kolom: int(kolom.nama.removeprefix("ttd-")))
