"""The only door to ``pekerja``: an order in, an answer out, and one sentence when the file is not to be read."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from kpupalu.imports.batas import MB, memuat_uji_virus, periksa_awal
from kpupalu.imports.lampiran import jenis_berkas
from kpupalu.lib import Refused

MAKS_MB = 20
TIPE = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
"""Kinds of files that are given out, and what each is served as."""
TERIMA = ".pdf,.xlsx,.docx,.csv,.jpg,.jpeg,.png"
_PEKERJA = Path(__file__).with_name("pekerja.py")
_TUNGGU = 90
_GAGAL = "Berkas ini rusak atau terlalu rumit untuk diperiksa. Cetak ulang menjadi PDF, atau bagi berkasnya."


def tentukan_tipe(nama: str, isi: bytes) -> str:
    """One of ``TIPE`` by the bytes of *isi*.

    Refuses what is empty, too large, of another kind, named otherwise than it is, locked, dangerous, or a workbook
    that unpacks to more than the limits of imports.
    """
    if not isi:
        raise Refused(f"Berkas {nama} kosong (0 byte). Simpan ulang berkasnya, lalu unggah lagi.")
    if len(isi) > MAKS_MB * MB:
        raise Refused(f"Berkas {nama} lebih besar dari {MAKS_MB} MB. Bagi menjadi beberapa berkas.")
    if memuat_uji_virus(isi):
        raise Refused(f"Berkas {nama} memuat tanda program berbahaya. Jangan dibuka; hubungi petugas TI.")
    akhiran = Path(nama).suffix.lower().lstrip(".").replace("jpeg", "jpg")
    tipe = jenis_berkas(isi)
    if tipe is None and akhiran == "docx" and isi.startswith(b"PK"):
        tipe = "docx"
    elif tipe is None and akhiran in ("xlsx", "csv", "docx"):
        with tempfile.NamedTemporaryFile(suffix=f".{akhiran}") as sementara:
            sementara.write(isi)
            sementara.flush()
            tipe = {"xlsx": "xlsx", "teks": "csv"}[periksa_awal(Path(sementara.name), nama)]
    if tipe is None:
        raise Refused(f"Berkas {nama} bukan PDF, XLSX, DOCX, CSV, JPG, atau PNG. Pilih berkas lain.")
    if tipe != akhiran:
        raise Refused(f"Nama berkas {nama} tidak sesuai isinya ({tipe.upper()}). Simpan ulang, lalu unggah lagi.")
    return tipe


def suruh(nama: str, tipe: str, isi: bytes, **lain: Any) -> tuple[dict[str, Any], bytes]:
    """The answer to order *nama* (``periksa|cari|lihat|rilis``) about *isi*, and its bytes.

    Refuses what the reader refuses, and a file on which it breaks, runs out of memory, or does not come to an end.
    """
    perintah = json.dumps({"nama": nama, "tipe": tipe, **lain}).encode() + b"\n"
    try:
        proses = subprocess.run(  # noqa: S603 - our own module, no shell; the file travels on stdin
            [sys.executable, "-I", str(_PEKERJA)], input=perintah + isi, capture_output=True, timeout=_TUNGGU,
            check=True, env={"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
        )  # fmt: skip
        kepala, _, hasil = proses.stdout.partition(b"\n")
        jawab = json.loads(kepala)
    except (subprocess.SubprocessError, ValueError) as galat:
        raise Refused(_GAGAL) from galat
    if "tolak" in jawab:
        raise Refused(jawab["tolak"])
    return jawab, hasil
