"""A photo without what its camera wrote beside the picture: place, time, device, previews. Pure Python."""

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_SOI, _EOI, _SOS, _APP0, _APP1, _APP2, _APP14, _APP15, _COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
# Of the colour a picture is to be shown in; everything else beside the picture is about who took it, where and when.
_CHUNK_PNG = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"pHYs")
)
_ARAH = 0x0112
_MUTU = 92


class _TidakTerbaca(Exception):
    """The file is not built as its format says."""


def tanpa_data_kamera(data: bytes) -> bytes:
    """The JPEG or PNG *data* with its picture bit for bit and nothing else: the same bytes for the same photo.

    EXIF, XMP, IPTC, comments, texts, embedded previews and whatever follows the picture go; the colour profile and the
    direction in which a JPEG is to be turned stay. A photo that is not built as its format says, and is shown by
    programs all the same, is painted anew. Anything else than JPEG and PNG is returned as it is.
    """
    if not data.startswith((_JPEG, _PNG)):
        return data
    try:
        return b"".join(_jpeg(data) if data.startswith(_JPEG) else _png(data))
    except (_TidakTerbaca, IndexError):
        return _lukis_ulang(data)


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    if arah := _arah(data):
        yield _exif_arah(arah)
    letak = 2
    while True:
        while data[letak] == 0xFF and data[letak + 1] == 0xFF:  # fill bytes
            letak += 1
        if data[letak] != 0xFF:
            raise _TidakTerbaca
        tanda = data[letak + 1]
        if tanda == _EOI:
            yield data[letak : letak + 2]
            return
        akhir = letak + 2 + int.from_bytes(data[letak + 2 : letak + 4])
        if akhir < letak + 4 or akhir > len(data) or tanda in (0x00, _SOI):
            raise _TidakTerbaca
        isi = data[letak + 4 : akhir]
        if tanda == _SOS:
            akhir = _sesudah_gambar(data, akhir)
        if _gambar(tanda, isi):
            yield data[letak:akhir]
        letak = akhir


def _gambar(tanda: int, isi: bytes) -> bool:
    """Whether a segment belongs to the picture: none of a program or a comment, save the colours."""
    if tanda == _APP2:
        return isi.startswith(b"ICC_PROFILE\0")
    if tanda == _APP0:
        return isi.startswith(b"JFIF\0") and len(isi) >= 14 and isi[12:14] == b"\0\0"  # no preview inside
    return tanda == _APP14 or not (_APP0 <= tanda <= _APP15 or tanda == _COM)


def _sesudah_gambar(data: bytes, letak: int) -> int:
    """Where the coded picture that begins at *letak* ends: at the next marker that is no restart and no escape."""
    while True:
        letak = data.find(b"\xff", letak)
        if letak < 0 or letak + 1 >= len(data):
            raise _TidakTerbaca
        if data[letak + 1] != 0x00 and not 0xD0 <= data[letak + 1] <= 0xD7:
            return letak
        letak += 2


def _arah(data: bytes) -> int:
    """How the picture is to be turned, 2 to 8 as EXIF counts; 0 when it stands upright or nobody says."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as gambar:
            arah = gambar.getexif().get(_ARAH, 1)
    except Exception:  # noqa: BLE001 - broken EXIF says nothing, and is about to go
        return 0
    return arah if arah in range(2, 9) else 0


def _exif_arah(arah: int) -> bytes:
    """An EXIF segment that says *arah* and nothing else."""
    isi = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" + bytes([arah]) + b"\0\0\0\0\0\0"
    return bytes([0xFF, _APP1]) + (len(isi) + 2).to_bytes(2) + isi


def _png(data: bytes) -> Iterator[bytes]:
    yield _PNG
    letak = len(_PNG)
    while letak + 12 <= len(data):
        jenis = data[letak + 4 : letak + 8]
        akhir = letak + 12 + int.from_bytes(data[letak : letak + 4])
        if akhir > len(data):
            break
        if jenis in _CHUNK_PNG:
            yield data[letak:akhir]
        if jenis == b"IEND":
            return
        letak = akhir
    raise _TidakTerbaca


def _lukis_ulang(data: bytes) -> bytes:
    keluar = io.BytesIO()
    with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as gambar:
        jenis = gambar.format
        tegak = ImageOps.exif_transpose(gambar)
        polos = Image.frombytes(tegak.mode, tegak.size, tegak.tobytes())
        if tegak.mode == "P":
            polos.putpalette(tegak.getpalette() or [])
        polos.save(keluar, jenis, **({"quality": _MUTU} if jenis == "JPEG" else {}))
    return keluar.getvalue()
