"""Apply each kept breakage to a copy of the program, one at a time, and see whether its tests fail.

Exit 0 when at least 19 of 20 are caught, 1 when fewer are, 2 when an entry no longer fits or the unbroken program
fails.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mutasi.kerusakan import SEMUA, Kerusakan

AKAR = Path(__file__).parents[2]
BATAS = 0.95
LAMA_UJI = 600
LULUS, GAGAL = 0, 1


def salin(tujuan: Path) -> None:
    """Copy what git knows of the tree, as it stands now, to *tujuan*; the environment is only pointed at."""
    daftar = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=AKAR, capture_output=True, check=True,
    )  # fmt: skip
    for nama in daftar.stdout.decode().split("\0"):
        if nama and (AKAR / nama).is_file():
            (tujuan / nama).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(AKAR / nama, tujuan / nama)
    (tujuan / ".venv").symlink_to(AKAR / ".venv")


def tidak_cocok(daftar: tuple[Kerusakan, ...]) -> list[str]:
    """Names of entries whose old text does not stand exactly once in its file."""
    return [k.nama for k in daftar if (AKAR / k.berkas).read_text().count(k.lama) != 1]


def uji(pohon: Path, *perintah: str) -> int:
    """The exit code of pytest in *pohon*; its output is kept for the one that asks."""
    lingkungan = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    hasil = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "--reuse-db", "-p", "no:cacheprovider", "--no-header", *perintah],
        cwd=pohon, env=lingkungan, capture_output=True, text=True, timeout=LAMA_UJI, check=False,
    )  # fmt: skip
    if hasil.returncode not in (LULUS, GAGAL):
        sys.stderr.write(hasil.stdout[-4000:] + hasil.stderr[-2000:])
    return hasil.returncode


def rusak(pohon: Path, satu: Kerusakan) -> str:
    """``tertangkap``, ``lolos`` or ``galat`` (the tests did not run) with *satu* applied; then the copy is whole."""
    jalur = pohon / satu.berkas
    asli = jalur.read_text()
    jalur.write_text(asli.replace(satu.lama, satu.baru))
    try:
        return {LULUS: "lolos", GAGAL: "tertangkap"}.get(uji(pohon, *satu.uji), "galat")
    except subprocess.TimeoutExpired:
        # Work that never ends is noticed by whoever waits for it.
        return "tertangkap"
    finally:
        jalur.write_text(asli)


def utuh(pohon: Path, daftar: tuple[Kerusakan, ...]) -> list[str]:
    """Test selections that fail without any breakage: what they catch would mean nothing."""
    pilihan = dict.fromkeys(k.uji for k in daftar)
    return [" ".join(p) for p in pilihan if uji(pohon, *p) != LULUS]


def main() -> int:
    pembaca = argparse.ArgumentParser(prog="python -m tests.mutasi", description=__doc__.splitlines()[0])
    pembaca.add_argument("nama", nargs="*", help="hanya kerusakan yang namanya memuat kata ini")
    pembaca.add_argument("--tanpa-dasar", action="store_true", help="jangan uji program yang utuh lebih dahulu")
    pilihan = pembaca.parse_args()
    daftar = tuple(k for k in SEMUA if not pilihan.nama or any(kata in k.nama for kata in pilihan.nama))
    if kolot := tidak_cocok(daftar):
        sys.stderr.write("Teks lama tidak ada tepat satu kali: " + "; ".join(kolot) + "\n")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    pohon = Path(tempfile.mkdtemp(prefix="mutasi-"))
    try:
        salin(pohon)
        if not pilihan.tanpa_dasar and (sakit := utuh(pohon, daftar)):
            sys.stderr.write("Uji gagal tanpa kerusakan: " + "; ".join(sakit) + "\n")
            return 2
        return hitung(pohon, daftar)
    finally:
        shutil.rmtree(pohon, ignore_errors=True)


def hitung(pohon: Path, daftar: tuple[Kerusakan, ...]) -> int:
    """Try each, print each, and the share at the end."""
    tertangkap = galat = 0
    for nomor, satu in enumerate(daftar, start=1):
        mulai = time.monotonic()
        hasil = rusak(pohon, satu)
        tertangkap += hasil == "tertangkap"
        galat += hasil == "galat"
        sys.stdout.write(f"{nomor:>3}/{len(daftar)}  {hasil:<10}  {time.monotonic() - mulai:5.1f} s  {satu.nama}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{tertangkap} dari {len(daftar)} tertangkap ({tertangkap / len(daftar):.0%}).\n")
    if galat:
        return 2
    return 0 if tertangkap >= BATAS * len(daftar) else 1


if __name__ == "__main__":
    sys.exit(main())
