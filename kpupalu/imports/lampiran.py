"""Small documents and photos that people send with a form: judged by content, never by name, never unpacked."""

import re
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from kpupalu.imports.batas import memuat_uji_virus

# Limits of storage, named on each form and in docs/panduan.
MAKS_BERKAS, MAKS_MB = 3, 5
TIPE = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
"""What a kind is served as."""
_AWAL_BERKAS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
# What a document of evidence never needs and a reader may run or unpack.
_PDF_AKTIF = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
_HURUF_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Lampiran:
    """One checked file: its bytes and what they are (``pdf``, ``jpg``, ``png``)."""

    isi: bytes
    jenis: str


def jenis_berkas(isi: bytes) -> str | None:
    """``pdf``, ``jpg`` or ``png`` by the first bytes, whatever the name says; None for anything else."""
    return next((jenis for awal, jenis in _AWAL_BERKAS.items() if isi.startswith(awal)), None)


def periksa_lampiran(berkas) -> Lampiran:
    """The bytes of an uploaded file and what they are; ValidationError for anything but a small, plain PDF or photo.

    What counts is the content, never the name or the type that the browser states.
    """
    if berkas.size > MAKS_MB * 1024 * 1024:
        raise ValidationError(f"Berkas {berkas.name} lebih besar dari {MAKS_MB} MB. Kecilkan fotonya, lalu pilih lagi.")
    isi = berkas.read()
    jenis = jenis_berkas(isi)
    if jenis is None:
        raise ValidationError(f"Berkas {berkas.name} bukan foto JPG, PNG, atau PDF. Pilih berkas lain.")
    if memuat_uji_virus(isi):
        raise ValidationError(f"Berkas {berkas.name} memuat tanda program berbahaya. Jangan dibuka; pilih berkas lain.")
    if jenis == "pdf" and _aktif(isi):
        raise ValidationError(f"Berkas {berkas.name} memuat program atau berkas lain. Kirim fotonya saja.")
    return Lampiran(isi, jenis)


def _aktif(isi: bytes) -> bool:
    """Whether a PDF names a program or an embedded file, also with letters written as ``#4A``."""
    rata = _HURUF_HEX.sub(lambda cocok: bytes([int(cocok[1], 16)]), isi)
    return any(tanda in rata for tanda in _PDF_AKTIF)


class _BanyakBerkas(forms.ClearableFileInput):
    allow_multiple_selected = True


class LampiranField(forms.FileField):
    """Up to *maks* files; the cleaned value is a list of ``Lampiran``."""

    def __init__(self, *, label: str = "Foto atau dokumen", maks: int = MAKS_BERKAS, **lain):
        self.maks = maks
        kotak = _BanyakBerkas(attrs={"accept": ".jpg,.jpeg,.png,.pdf,image/jpeg,image/png,application/pdf"})
        lain.setdefault("required", False)
        lain.setdefault(
            "help_text",
            f"Foto (JPG, PNG) atau PDF, paling banyak {maks} berkas, masing-masing paling besar {MAKS_MB} MB.",
        )
        super().__init__(label=label, widget=kotak, **lain)

    def clean(self, data, initial=None) -> list[Lampiran]:
        """Each file checked by its content; all that is wrong is said at once."""
        semua = [satu for satu in (data if isinstance(data, list | tuple) else [data]) if satu]
        if self.required and not semua:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(semua) > self.maks:
            raise ValidationError(f"Anda memilih {len(semua)} berkas. Pilih paling banyak {self.maks}.")
        hasil, galat = [], []
        for satu in semua:
            try:
                hasil.append(periksa_lampiran(super().clean(satu, initial)))
            except ValidationError as salah:
                galat.extend(salah.error_list)
        if galat:
            raise ValidationError(galat)
        return hasil
