"""The process that reads foreign files: one order on stdin, one answer on stdout, little memory, little time.

Started as ``python -I pekerja.py``; it loads no Django, opens no file and no network. What breaks a reader ends here.
"""

import json
import sys
from pathlib import Path
from typing import Any

MEMORI, DETIK = 1536 * 1024 * 1024, 60
"""Address space and processor time of one order."""


def _batasi() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORI, MEMORI))
    resource.setrlimit(resource.RLIMIT_CPU, (DETIK, DETIK))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def kerjakan(perintah: dict[str, Any], isi: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer and the bytes that belong to it."""
    from ppid.rilis import gambar, pdf, tabel, word

    tipe, coretan = perintah["tipe"], perintah.get("coretan", [])
    foto = tipe in ("jpg", "png")
    if perintah["nama"] == "periksa":
        baca = {"pdf": pdf.periksa, "xlsx": tabel.periksa, "csv": tabel.periksa_csv, "docx": word.periksa}
        return (gambar.periksa if foto else baca[tipe])(isi), b""
    if perintah["nama"] == "cari":
        return {"kotak": pdf.cari_teks(isi, perintah["kata"], perintah["hal"])}, b""
    if perintah["nama"] == "lihat":
        return {}, gambar.lihat(isi, coretan) if foto else pdf.lihat(isi, perintah["hal"], coretan)
    if foto:
        hasil, laporan = gambar.rilis(isi, tipe, coretan)
    elif tipe == "pdf":
        hasil, laporan = pdf.rilis(isi, coretan, sebagai_gambar=perintah["sebagai_gambar"])
    else:
        hasil, laporan = {"xlsx": tabel.rilis, "csv": tabel.rilis_csv, "docx": word.rilis}[tipe](isi, coretan)
    return laporan, hasil


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
