"""The process that reads foreign files: one order on stdin, one answer on stdout, little memory, little time.

Started as ``python -I pekerja.py``; it loads no Django, opens no file and no network. What breaks a reader ends here.
"""

import json
import sys
from pathlib import Path
from typing import Any

MEMORI, DETIK = 1536 * 1024 * 1024, 60
"""Address space and processor time of one order."""
FOTO = ("jpg", "png")


def _batasi() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORI, MEMORI))
    resource.setrlimit(resource.RLIMIT_CPU, (DETIK, DETIK))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def kerjakan(perintah: dict[str, Any], isi: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer and the bytes that belong to it; only the reader of the kind of file is loaded."""
    tipe, coretan, nama = perintah["tipe"], perintah.get("coretan", []), perintah["nama"]
    if nama == "periksa":
        return _periksa(tipe, isi), b""
    if nama == "cari":
        from ppid.rilis import pdf

        return {"kotak": pdf.cari_teks(isi, perintah["kata"], perintah["hal"])}, b""
    if nama == "lihat":
        return {}, _lihat(tipe, isi, perintah["hal"], coretan)
    if nama != "rilis":
        raise ValueError(nama)
    hasil, laporan = _rilis(tipe, isi, coretan, perintah.get("sebagai_gambar", True))
    return {"laporan": laporan, "temuan": _periksa(tipe, hasil)["temuan"]}, hasil


def _periksa(tipe: str, isi: bytes) -> dict[str, Any]:
    if tipe in FOTO:
        from ppid.rilis import gambar

        return gambar.periksa(isi)
    if tipe == "pdf":
        from ppid.rilis import pdf

        return pdf.periksa(isi)
    if tipe == "docx":
        from ppid.rilis import word

        return word.periksa(isi)
    from ppid.rilis import tabel

    return tabel.periksa(isi) if tipe == "xlsx" else tabel.periksa_csv(isi)


def _lihat(tipe: str, isi: bytes, hal: int, coretan: list[dict]) -> bytes:
    from ppid.rilis import gambar, pdf

    return gambar.lihat(isi, coretan) if tipe in FOTO else pdf.lihat(isi, hal, coretan)


def _rilis(tipe: str, isi: bytes, coretan: list[dict], sebagai_gambar: bool) -> tuple[bytes, dict[str, Any]]:
    if tipe in FOTO:
        from ppid.rilis import gambar

        return gambar.rilis(isi, tipe, coretan)
    if tipe == "pdf":
        from ppid.rilis import pdf

        return pdf.rilis(isi, coretan, sebagai_gambar=sebagai_gambar)
    if tipe == "docx":
        from ppid.rilis import word

        return word.rilis(isi, coretan)
    from ppid.rilis import tabel

    return tabel.rilis(isi, coretan) if tipe == "xlsx" else tabel.rilis_csv(isi, coretan)


def utama() -> None:
    """Read the order, answer it, end."""
    _batasi()
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from ppid.rilis.temuan import Tolak

    perintah = json.loads(sys.stdin.buffer.readline())
    try:
        jawab, isi = kerjakan(perintah, sys.stdin.buffer.read())
    except Tolak as tolak:
        jawab, isi = {"tolak": str(tolak)}, b""
    except MemoryError:
        jawab, isi = {"tolak": "Berkas ini terlalu besar bila dibuka. Bagi menjadi beberapa berkas."}, b""
    sys.stdout.buffer.write(json.dumps(jawab).encode() + b"\n" + isi)


if __name__ == "__main__":
    utama()
