"""The printer itself: HTML to PDF/A by WeasyPrint, without network. Loaded by the first print of a process only."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from kpupalu.naskah.cetak import CetakGagal
from kpupalu.naskah.pades import Kolom

_ID_KOLOM = re.compile(r"\Attd-\d{1,2}\Z")
_POIN_PER_PIKSEL = 0.75
_PDF = {"pdf_variant": "pdf/a-3b", "pdf_tags": True}


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


def tata(html: str) -> tuple[bytes, list[Kolom]]:
    """The PDF of a whole HTML page and its signature boxes; CetakGagal as ``kpupalu.naskah.cetak.cetak`` tells."""
    pengambil = HanyaStatik()
    try:
        dokumen = HTML(string=html, url_fetcher=pengambil, base_url="relatif:/").render(**_PDF)
        pdf = dokumen.write_pdf(**_PDF)
    except FatalURLFetchingError as salah:  # a BaseException: no ``except Exception`` would see it
        raise CetakGagal(str(salah)) from salah
    if pengambil.ditolak or pdf is None:
        raise CetakGagal(pengambil.ditolak[0] if pengambil.ditolak else "Pencetak tidak menghasilkan berkas.")
    return pdf, kolom_ttd(dokumen)


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
