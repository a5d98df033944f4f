"""Received files are sealed: written once under their digest, never changed, found again when the bytes return."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db.models import QuerySet

from kpupalu.imports.batas import MAKS_BERKAS_TEKS, MB
from kpupalu.imports.models import BerkasMasuk
from kpupalu.lib import Refused

_POTONG = MB
_FOLDER = "masuk"


def segel(berkas: File, *, oleh) -> BerkasMasuk:
    """A new entry for *berkas*, its bytes on disk under their SHA-256 and flushed before this returns.

    The same bytes are stored once; ``pernah_diterima`` tells the earlier entries. Reads in pieces. Refuses a file
    above the largest accepted size, and a disk that cannot take it, leaving nothing behind.
    """
    nama = Path((berkas.name or "berkas").replace("\\", "/")).name[:200]
    folder = Path(settings.MEDIA_ROOT) / _FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    pegangan, sementara = tempfile.mkstemp(dir=folder, prefix=".terima-")
    try:
        with os.fdopen(pegangan, "wb") as tujuan:
            sidik, ukuran = _salin(berkas, tujuan, nama)
        tempat = folder / sidik[:2] / sidik
        tempat.parent.mkdir(exist_ok=True, mode=0o700)
        os.replace(sementara, tempat)
    except OSError as galat:
        Path(sementara).unlink(missing_ok=True)
        raise Refused("Berkas tidak dapat disimpan karena penyimpanan penuh atau rusak. Hubungi petugas TI.") from galat
    except Refused:
        Path(sementara).unlink(missing_ok=True)
        raise
    return BerkasMasuk.objects.create(
        nama=nama,
        sha256=sidik,
        ukuran=ukuran,
        berkas=str(tempat.relative_to(settings.MEDIA_ROOT)),
        diunggah_oleh=oleh,
    )


def _salin(berkas: File, tujuan, nama: str) -> tuple[str, int]:
    hitung, ukuran = hashlib.sha256(), 0
    berkas.seek(0)
    while potong := berkas.read(_POTONG):
        ukuran += len(potong)
        if ukuran > MAKS_BERKAS_TEKS:
            raise Refused(f"Berkas {nama} lebih besar dari {MAKS_BERKAS_TEKS // MB} MB. Bagi menjadi beberapa berkas.")
        hitung.update(potong)
        tujuan.write(potong)
    tujuan.flush()
    os.fsync(tujuan.fileno())
    return hitung.hexdigest(), ukuran


def pernah_diterima(masuk: BerkasMasuk) -> QuerySet[BerkasMasuk]:
    """Earlier entries with the same bytes, newest first."""
    return BerkasMasuk.objects.filter(sha256=masuk.sha256, pk__lt=masuk.pk)


def tempat(masuk: BerkasMasuk) -> Path:
    """Where the sealed bytes of *masuk* lie; refuses when the disk no longer holds them."""
    path = Path(settings.MEDIA_ROOT) / str(masuk.berkas.name)
    if not path.is_file():
        raise Refused(f"Berkas {masuk.nama} tidak ditemukan di penyimpanan. Pulihkan cadangan atau unggah ulang.")
    return path
