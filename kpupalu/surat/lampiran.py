"""Scans and photos that come with a letter, a receipt or a notice: judged by content, sealed, given out unchanged."""

from hashlib import sha256
from pathlib import Path

from django.core.files import File
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.utils.text import slugify

from kpupalu.imports.berkas import segel, tempat
from kpupalu.imports.models import BerkasMasuk
from kpupalu.lib import Refused
from kpupalu.naskah.penyedia.basah import UKURAN_TERBESAR, periksa_pindaian

UKURAN_KATA = f"{UKURAN_TERBESAR // (1024 * 1024)} MB"
_JENIS = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
    b"\x89PNG": ("image/png", ".png"),
}


def segel_lampiran(berkas: File, *, oleh, hanya_gambar: bool = False) -> BerkasMasuk:
    """Seal *berkas* and return its entry. Refuses what is no whole PDF, JPEG or PNG up to 20 MB.

    With *hanya_gambar* a PDF is refused too. The kind is read from the content, never from the name.
    """
    if (berkas.size or 0) > UKURAN_TERBESAR:
        raise Refused(f"Berkas lebih besar dari {UKURAN_KATA}. Kecilkan, lalu unggah kembali.")
    berkas.seek(0)
    data = berkas.read()
    jenis = periksa_pindaian(data)
    if hanya_gambar and jenis.akhiran == ".pdf":
        raise Refused("Bukti foto harus berupa gambar JPEG atau PNG. Unggah fotonya, bukan PDF.")
    nama = f"{Path(berkas.name or 'berkas').stem[:150]}{jenis.akhiran}"
    return segel(ContentFile(data, name=nama), oleh=oleh)


def kirim_lampiran(masuk: BerkasMasuk, nama: str) -> HttpResponse:
    """The sealed bytes to read in the browser, named *nama*, kept by no cache; refused when they changed on disk."""
    data = tempat(masuk).read_bytes()
    if sha256(data).hexdigest() != masuk.sha256:
        raise Refused(f"Isi berkas {masuk.nama} di penyimpanan sudah berubah. Pulihkan dari cadangan.")
    jenis, akhiran = next((j for awal, j in _JENIS.items() if data.startswith(awal)), ("application/octet-stream", ""))
    jawab = HttpResponse(data, content_type=jenis)
    cara = "inline" if akhiran else "attachment"
    jawab["Content-Disposition"] = f'{cara}; filename="{slugify(nama.replace("/", "-")) or "berkas"}{akhiran}"'
    jawab["Cache-Control"] = "no-store"
    return jawab
