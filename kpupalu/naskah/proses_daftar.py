"""The process that sets long lists: reads frames on stdin, answers each with a PDF on stdout, touches nothing else.

Started by ``kpupalu.naskah.cetak_daftar`` with an empty environment. Every list is set in a fork of its own, so that
the memory of one list is that of all, and a list that kills its process fails alone. Before the content is read the
fork gives up the right to open any file or socket: what the template may read is what the first frame brought.
"""

from __future__ import annotations

import collections.abc  # noqa: F401 - the compiler imports these when it is too late to open a file
import datetime  # noqa: F401
import json
import os
import pathlib  # noqa: F401
import resource
import struct
import sys
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import typst

PANJANG = struct.Struct(">Q")
BERHASIL, GAGAL = b"P", b"G"
STANDAR = ["a-3a", "ua-1"]
DETIK_CPU = 300
"""A list that needs longer than this is broken, not long: ten thousand rows take some ten seconds."""


def baca(masuk: BinaryIO) -> bytes | None:
    """The next frame, None when the other side has gone."""
    kepala = masuk.read(PANJANG.size)
    if len(kepala) < PANJANG.size:
        return None
    isi = masuk.read(PANJANG.unpack(kepala)[0])
    return isi if len(isi) == PANJANG.unpack(kepala)[0] else None


def tulis(keluar: BinaryIO, isi: bytes) -> None:
    """Send one frame."""
    keluar.write(PANJANG.pack(len(isi)))
    keluar.write(isi)
    keluar.flush()


def main() -> int:
    """Serve until stdin ends. The first frame is JSON: the fonts, the texts of the template, the instant."""
    # Not above: whoever starts this process imports the module for its frames, and need not carry the compiler.
    import typst

    masuk, keluar = sys.stdin.buffer, sys.stdout.buffer
    awal = baca(masuk)
    if awal is None:
        return 0
    atur = json.loads(awal)
    huruf = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[atur["huruf"]])
    if not huruf.fonts():
        raise SystemExit("huruf tidak terbaca")  # without one the compiler would leave every word out in silence
    while (isi := baca(masuk)) is not None:
        tulis(keluar, _di_cabang(atur, huruf, isi))
    return 0


def _di_cabang(atur: dict, huruf: typst.Fonts, isi: bytes) -> bytes:
    """What a fork made of *isi*: a mark and the PDF, or a mark and why there is none."""
    dari, ke = os.pipe()
    anak = os.fork()
    if anak == 0:
        os.close(dari)
        _susun_lalu_keluar(ke, atur, huruf, isi)
    os.close(ke)
    with open(dari, "rb") as pipa:
        hasil = pipa.read()
    _, status = os.waitpid(anak, 0)
    if status != 0:
        return GAGAL + f"proses penyusun berhenti dengan status {status}".encode()
    return hasil


def _susun_lalu_keluar(ke: int, atur: dict, huruf: typst.Fonts, isi: bytes) -> None:
    status = 1
    try:
        hasil = _susun(atur, huruf, isi)
        sisa = memoryview(hasil)
        while sisa:
            sisa = sisa[os.write(ke, sisa) :]
        status = 0
    finally:
        os._exit(status)


def _susun(atur: dict, huruf: typst.Fonts, isi: bytes) -> bytes:
    try:
        _muat_huruf(atur, huruf)
        resource.setrlimit(resource.RLIMIT_CPU, (DETIK_CPU, DETIK_CPU))
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
        berkas = {nama: teks.encode() for nama, teks in atur["berkas"].items()} | {"isi.json": isi}
        pdf = _penyusun(berkas, huruf, atur).compile(
            format="pdf",
            pdf_standards=STANDAR,  # type: ignore[arg-type]
            timestamp=atur["pada"],
            pdf_tags=True,
        )
    except BaseException as galat:  # noqa: BLE001 - a panic of the compiler is no Exception
        return GAGAL + f"{galat}".encode()
    return BERHASIL + pdf if isinstance(pdf, bytes) else GAGAL


def _muat_huruf(atur: dict, huruf: typst.Fonts) -> None:
    """Read the font files while files may be read: the compiler opens each at its first use and keeps it."""
    contoh = "".join(
        f'#text(font: "{h.family}", weight: {h.weight}, style: "{h.style}", fallback: false)[a]\n'
        for h in huruf.fonts()
    )
    _penyusun({"main": contoh.encode()}, huruf, atur).compile(format="pdf")


def _penyusun(berkas: dict[str, bytes], huruf: typst.Fonts, atur: dict) -> typst.Compiler:
    import typst

    return typst.Compiler(
        berkas,  # type: ignore[type-var]
        root=atur["akar"],
        font_paths=huruf,
        ignore_system_fonts=True,
        package_path=atur["akar"],
        package_cache_path=atur["akar"],
    )


if __name__ == "__main__":
    sys.exit(main())
