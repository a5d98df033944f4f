"""Files of documents on disk: written once, named by their SHA-256, checked at every reading."""

import os
import re
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from kpupalu.lib import Refused

_NAMA = re.compile(r"\A[0-9A-Z]{1,16}/[a-z0-9]{1,8}-([0-9a-f]{64})\.(?:pdf|jpg|png)\Z")


class BerkasRusak(Exception):
    """A stored file is missing or no longer has the digest it was stored under."""


def akar() -> Path:
    """The private folder that holds all files of documents."""
    return Path(settings.DATA_DIR) / "naskah"


def simpan(folder: str, awalan: str, data: bytes, akhiran: str = ".pdf") -> str:
    """Store *data* durably and return its name, ``<folder>/<awalan>-<sha256>.pdf`` (or .jpg, .png).

    After the call the bytes are on the disk under their final name, or nothing is: they are written to a
    temporary file, synced, and renamed. Storing the same bytes again changes nothing. A full disk is Refused.
    """
    nama = f"{folder}/{awalan}-{sha256(data).hexdigest()}{akhiran}"
    if not _NAMA.match(nama):
        raise ValueError(f"nama berkas tidak wajar: {nama}")
    tujuan = akar() / nama
    sementara = tujuan.with_name(f".{token_hex(8)}.tmp")
    try:
        tujuan.parent.mkdir(parents=True, exist_ok=True)
        with open(sementara, "xb") as berkas:
            berkas.write(data)
            berkas.flush()
            os.fsync(berkas.fileno())
        os.replace(sementara, tujuan)
        _sync_folder(tujuan.parent)
    except OSError as salah:
        sementara.unlink(missing_ok=True)
        raise Refused(
            "Berkas tidak dapat disimpan karena ruang simpan penuh atau tidak dapat ditulisi. "
            "Hubungi admin, lalu ulangi."
        ) from salah
    return nama


def baca(nama: str) -> bytes:
    """The bytes stored under *nama*; raises BerkasRusak when they are not the ones its name promises."""
    cocok = _NAMA.match(nama)
    if not cocok:
        raise BerkasRusak(f"nama berkas tidak wajar: {nama!r}")
    try:
        data = (akar() / nama).read_bytes()
    except OSError as salah:
        raise BerkasRusak(f"berkas {nama} tidak terbaca") from salah
    if sha256(data).hexdigest() != cocok[1]:
        raise BerkasRusak(f"isi berkas {nama} tidak lagi sama dengan sidiknya")
    return data


def cari(folder: str, awalan: str) -> str | None:
    """Name of a whole stored file of *folder* that starts with *awalan*, or None.

    This is how a print that was killed between writing the file and writing its row is found again.
    """
    for jalur in sorted((akar() / folder).glob(f"{awalan}-*.pdf")):
        nama = f"{folder}/{jalur.name}"
        try:
            baca(nama)
        except BerkasRusak:
            continue
        return nama
    return None


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut."""
    pegangan = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(pegangan)
    finally:
        os.close(pegangan)
