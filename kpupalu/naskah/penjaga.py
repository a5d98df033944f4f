"""A child process that reads strangers' files: a ceiling on time and memory, no environment, no files.

The parent calls ``baca_terjaga``. The child is this file run as a script: it loads ``bacaan``, and the ``pembaca``
it stands on, from beside it, without the project around them, takes one request on stdin and answers with JSON.
"""

import base64
import importlib.util
import json
import resource
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpupalu.naskah.bacaan import Bacaan, Kepercayaan

if __name__ == "__main__":
    for _nama in ("pembaca", "bacaan"):
        _letak = importlib.util.spec_from_file_location(
            f"kpupalu.naskah.{_nama}", Path(__file__).with_name(f"{_nama}.py")
        )
        if _letak is None or _letak.loader is None:
            raise SystemExit(f"{_nama}.py is missing")
        bacaan = importlib.util.module_from_spec(_letak)
        sys.modules[_letak.name] = bacaan
        _letak.loader.exec_module(bacaan)
else:
    from kpupalu.naskah import bacaan

_DETIK_TUNGGU = 45
_DETIK_CPU = 30
_MEMORI_TAMBAHAN = 400 * 1024 * 1024
_BAGIAN = ("akar", "perantara", "crl")


def baca_terjaga(pdf: bytes, kepercayaan: "Kepercayaan", waktu: datetime) -> "Bacaan":
    """``bacaan.baca`` in a child process; raises TidakTerbaca also when the child is too slow or too big."""
    if len(pdf) > bacaan.UKURAN_TERBESAR:
        raise bacaan.TidakTerbaca("terlalu besar")
    if not pdf.startswith(b"%PDF-"):
        raise bacaan.TidakTerbaca("bukan PDF")
    kepala = {
        "waktu": waktu.isoformat(),
        **{nama: [base64.b64encode(der).decode() for der in getattr(kepercayaan, nama)] for nama in _BAGIAN},
    }
    try:
        anak = subprocess.run(  # noqa: S603 - our own interpreter on this file, the input only on stdin
            [sys.executable, "-I", __file__],
            input=json.dumps(kepala).encode() + b"\n" + pdf,
            capture_output=True,
            timeout=_DETIK_TUNGGU,
            env={},
        )
    except subprocess.TimeoutExpired as sebab:
        raise bacaan.TidakTerbaca("pemeriksaan melewati batas waktu") from sebab
    if anak.returncode != 0:
        raise bacaan.TidakTerbaca("pemeriksaan melewati batas waktu atau memori")
    return _buka(anak.stdout)


def _buka(jawaban: bytes) -> "Bacaan":
    try:
        isi = json.loads(jawaban)
        if "tidak_terbaca" in isi:
            raise bacaan.TidakTerbaca(isi["tidak_terbaca"])
        tanda = tuple(bacaan.TandaTangan(**satu) for satu in isi.pop("tanda"))
        kosong, hilang = tuple(isi.pop("kolom_kosong")), tuple(isi.pop("kolom_hilang"))
        return bacaan.Bacaan(tanda=tanda, kolom_kosong=kosong, kolom_hilang=hilang, **isi)
    except (ValueError, KeyError, TypeError) as sebab:
        raise bacaan.TidakTerbaca("pemeriksa tidak memberi jawaban") from sebab


def _anak() -> None:
    """Answer one request from stdin."""
    terpakai = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (terpakai + _MEMORI_TAMBAHAN,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (_DETIK_CPU,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    kepala, _, pdf = sys.stdin.buffer.read().partition(b"\n")
    isi = json.loads(kepala)
    percaya = bacaan.Kepercayaan(**{n: tuple(base64.b64decode(der) for der in isi[n]) for n in _BAGIAN})
    try:
        jawaban = asdict(bacaan.baca(pdf, percaya, datetime.fromisoformat(isi["waktu"])))
    except bacaan.TidakTerbaca as sebab:
        jawaban = {"tidak_terbaca": str(sebab)}
    json.dump(jawaban, sys.stdout)


if __name__ == "__main__":
    _anak()
