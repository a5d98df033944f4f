"""From a template and frozen content to the PDF of a document, without touching network or foreign files."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import segno
from django.conf import settings
from django.template.loader import render_to_string

from kpupalu.lib.samaran import samarkan_teks

if TYPE_CHECKING:
    from kpupalu.naskah.pades import Kolom

# A digest may hold sixteen digits in a row by chance; it is no number of a person.
_SIDIK = re.compile(r"\b([0-9a-f]{64})\b")
_JENIS_LOGO = {".png": "image/png", ".svg": "image/svg+xml"}


class CetakGagal(Exception):
    """The document could not be printed; the message says what the template asked for."""


@dataclass(frozen=True, slots=True)
class Tercetak:
    """A printed PDF and the places of its signature boxes, in the order of their numbers."""

    pdf: bytes
    kolom: "list[Kolom]"


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
    """Print a whole HTML page that is already rendered; see ``cetak``.

    The printer is loaded by the first print of a process: it weighs fifty megabytes, and most processes never print.
    """
    from kpupalu.naskah.pencetak import tata

    return Tercetak(*tata(html))
