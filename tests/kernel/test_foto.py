"""A photo without the camera's data: the picture stays bit for bit, what was beside it goes."""

import io
import random

import pytest
from PIL import Image, PngImagePlugin

from kpupalu.imports.foto import tanpa_data_kamera

RAHASIA = b"RAHASIA-KAMERA"


def gambar(mode: str = "RGB") -> Image.Image:
    acak = random.Random(7)
    return Image.frombytes("RGB", (40, 24), bytes(acak.randrange(256) for _ in range(40 * 24 * 3))).convert(mode)


def exif(arah: int = 6) -> Image.Exif:
    """Where, when, by what and which way: as a phone writes it."""
    isi = Image.Exif()
    isi[0x0112], isi[0x010F], isi[0x9286] = arah, RAHASIA.decode(), RAHASIA
    isi[0x8825] = {1: "S", 2: (0.0, 53.0, 30.12), 3: "E", 4: (119.0, 52.0, 12.5)}
    return isi


def foto_gps(*, arah: int = 6, **lain) -> bytes:
    """A JPEG that says where it was taken, with a comment, a preview of its own and bytes behind its end."""
    keluar = io.BytesIO()
    gambar().save(keluar, "JPEG", exif=exif(arah), comment=RAHASIA, xmp=b"<x>" + RAHASIA, icc_profile=b"warna", **lain)
    return keluar.getvalue() + RAHASIA + b"\xff\xd8\xff\xd9"


def piksel(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as satu:
        return satu.convert("RGBA").tobytes()


@pytest.mark.parametrize("lain", [{}, {"progressive": True}, {"restart_marker_blocks": 1}, {"optimize": True}])
def test_a_jpeg_keeps_its_picture_and_loses_the_place(lain):
    asal = foto_gps(**lain)
    assert Image.open(io.BytesIO(asal)).getexif().get_ifd(0x8825)
    bersih = tanpa_data_kamera(asal)
    assert RAHASIA not in bersih
    assert piksel(bersih) == piksel(asal)
    with Image.open(io.BytesIO(bersih)) as satu:
        assert dict(satu.getexif()) == {0x0112: 6}, "only the way to turn it is left"
        assert satu.getexif().get_ifd(0x8825) == {}
        assert satu.info.get("icc_profile") == b"warna"
    assert tanpa_data_kamera(asal) == bersih == tanpa_data_kamera(bersih)


def test_an_upright_photo_has_no_exif_at_all():
    assert b"Exif" not in tanpa_data_kamera(foto_gps(arah=1))


@pytest.mark.parametrize("mode", ["RGB", "P", "RGBA", "L"])
def test_a_png_keeps_its_picture_and_loses_its_texts(mode):
    teks = PngImagePlugin.PngInfo()
    teks.add_text("Author", RAHASIA.decode())
    teks.add_itxt("XML:com.adobe.xmp", RAHASIA.decode())
    keluar = io.BytesIO()
    gambar(mode).save(keluar, "PNG", pnginfo=teks, exif=exif())
    asal = keluar.getvalue() + RAHASIA
    bersih = tanpa_data_kamera(asal)
    assert RAHASIA in asal
    assert RAHASIA not in bersih
    assert b"eXIf" not in bersih
    assert piksel(bersih) == piksel(asal)
    assert tanpa_data_kamera(bersih) == bersih


def test_a_photo_that_is_oddly_built_is_painted_anew_without_its_data():
    """Bytes that belong to nothing stand between two segments; browsers skip them."""
    asal = foto_gps(arah=3).replace(b"\xff\xdb", b"\0\0\xff\xdb", 1)
    bersih = tanpa_data_kamera(asal)
    assert RAHASIA not in bersih
    with Image.open(io.BytesIO(bersih)) as satu:
        assert (satu.format, satu.size, dict(satu.getexif())) == ("JPEG", (40, 24), {})
    assert tanpa_data_kamera(asal) == bersih


def test_what_is_no_photo_is_left_alone():
    assert tanpa_data_kamera(b"%PDF-1.7 isi") == b"%PDF-1.7 isi"
