"""Makes the environment of one machine: `python3 kpupalu/demo/pasang.py [--uji]`.

Run by whatever Python the machine has, so only the standard library is used and nothing of this project is
imported. After it ended well ``.venv`` holds exactly the locked versions and the system libraries are there;
with ``--uji`` also the programs that the tests drive. When nothing changed since the last time it ends at once.
"""

from __future__ import annotations

import ctypes
import glob
import hashlib
import os
import shutil
import ssl
import subprocess
import sys
import time
from pathlib import Path

AKAR = Path(__file__).resolve().parents[2]
VENV = AKAR / ".venv"
PYTHON = VENV / "bin" / "python"
KUNCI = AKAR / "requirements.lock"
KUNCI_UV = AKAR / "requirements-uv.lock"
VERSI = ((3, 11), (3, 12), (3, 13))

# What is needed, the Debian package that brings it, and how its presence is seen: a shared library, a file
# pattern or a program.
PUSTAKA = (
    ("libpango-1.0.so.0", "libpango-1.0-0"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
)
BERKAS = (
    ("/usr/share/fonts/**/LiberationSans-Regular.ttf", "fonts-liberation"),
    ("/usr/share/zoneinfo/Asia/Makassar", "tzdata"),
)
PROGRAM_UJI = (
    (("chromium", "chromium-browser", "google-chrome"), "chromium"),
    (("redis-server",), "redis-server"),
    (("pdftoppm",), "poppler-utils"),
    (("pdfsig",), "poppler-utils"),
)


def main(argumen: list[str]) -> int:
    """Exit status 0 = everything is in place, 2 = something a person must do first, said in one sentence."""
    uji = "--uji" in argumen
    _pakai_python_yang_cocok()
    if _sudah_terpasang(uji):
        return 0
    mulai = time.monotonic()
    _lengkapi_sistem(_kurang(uji))
    _buat_venv()
    _pasang_paket()
    _cap(uji).write_text(_sidik())
    _kata(f"Selesai dalam {time.monotonic() - mulai:.0f} detik.")
    return 0


def _kata(kalimat: str) -> None:
    print(kalimat, flush=True)  # noqa: T201 (a script that talks to a person)


def _tolak(kalimat: str) -> None:
    sys.stderr.write(kalimat + "\n")
    raise SystemExit(2)


def _pakai_python_yang_cocok() -> None:
    """Go on under a supported Python, another one of this machine if need be."""
    if sys.version_info[:2] in VERSI:
        return
    for mayor, minor in VERSI:
        lain = shutil.which(f"python{mayor}.{minor}")
        if lain and not subprocess.run([lain, "--version"], capture_output=True, check=False).returncode:  # noqa: S603
            os.execv(lain, [lain, *sys.argv])  # noqa: S606
    versi = ".".join(map(str, sys.version_info[:3]))
    _tolak(f"Diperlukan Python 3.11, 3.12, atau 3.13, sedangkan python3 di mesin ini versi {versi}.")


def _sidik() -> str:
    """Changes whenever an installed environment may no longer be what the lock file says."""
    isi = KUNCI.read_bytes() + KUNCI_UV.read_bytes() + str(AKAR).encode()
    return hashlib.sha256(isi).hexdigest()


def _cap(uji: bool) -> Path:
    return VENV / ("terpasang-uji" if uji else "terpasang")


def _sudah_terpasang(uji: bool) -> bool:
    """The stamp of a full installation counts for the smaller one too."""
    calon = [_cap(True)] if uji else [_cap(False), _cap(True)]
    sidik = _sidik()
    return PYTHON.exists() and any(cap.exists() and cap.read_text() == sidik for cap in calon)


def _kurang(uji: bool) -> list[str]:
    """The Debian packages whose content this machine lacks."""
    paket = [nama for pustaka, nama in PUSTAKA if not _ada_pustaka(pustaka)]
    paket += [nama for pola, nama in BERKAS if not glob.glob(pola, recursive=True)]
    if uji:
        paket += [nama for program, nama in PROGRAM_UJI if not any(map(shutil.which, program))]
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        if not PYTHON.exists():
            paket.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return sorted(set(paket))


def _ada_pustaka(nama: str) -> bool:
    try:
        ctypes.CDLL(nama)
    except OSError:
        return False
    return True


def _lengkapi_sistem(paket: list[str]) -> None:
    if not paket:
        return
    perintah = ["apt-get", "install", "-y", "--no-install-recommends", *paket]
    if shutil.which("apt-get") is None:
        _tolak(
            f"Mesin ini belum punya: {', '.join(paket)} (nama paket Debian). Pasang dengan pengelola paket mesin "
            "ini, lalu ulangi."
        )
    if os.geteuid() != 0:
        _tolak(
            f"Mesin ini belum punya {', '.join(paket)}. Jalankan `sudo apt-get update && sudo "
            f"{' '.join(perintah)}`, lalu ulangi perintah tadi."
        )
    _kata(f"Memasang pustaka sistem: {', '.join(paket)} …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for langkah in (["apt-get", "update"], perintah):
        hasil = subprocess.run(  # noqa: S603
            langkah, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if hasil.returncode:
            sys.stderr.write(hasil.stdout[-2000:])
            _tolak(f"Perintah `{' '.join(langkah)}` gagal. Perbaiki penyebab di atas, lalu ulangi.")


def _buat_venv() -> None:
    if _venv_sehat():
        return
    _kata(f"Membuat lingkungan Python {sys.version_info[0]}.{sys.version_info[1]} di .venv …")
    # symlinks: a copied interpreter would miss its libraries where Python lies outside the system folders
    hasil = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "venv", "--clear", "--symlinks", str(VENV)], check=False
    )
    if hasil.returncode:
        _tolak("Lingkungan Python tidak dapat dibuat di .venv. Baca pesan di atas, perbaiki, lalu ulangi.")


def _venv_sehat() -> bool:
    """Whether .venv is of this folder (its scripts name it), of a supported Python, and starts."""
    if not PYTHON.exists():
        return False
    uji = f"import sys; sys.exit(sys.version_info[:2] not in {VERSI!r})"
    if subprocess.run([str(PYTHON), "-c", uji], capture_output=True, check=False).returncode:  # noqa: S603
        return False
    aktivasi = VENV / "bin" / "activate"
    return aktivasi.exists() and str(VENV) in aktivasi.read_text()


def _pasang_paket() -> None:
    """uv does in seconds what takes pip most of a minute; where uv cannot work, pip does it."""
    jumlah = sum(1 for baris in KUNCI.read_text().splitlines() if baris[:1].isalnum())
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--require-hashes"]
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes"]
    if _ada_sertifikat_sistem():  # an office behind its own proxy has put the proxy's certificate there
        uv.append("--system-certs")
    _kata(f"Memasang {jumlah} paket terkunci …")
    if _jalan([*pip, "-r", str(KUNCI_UV)]) and _jalan([*uv, "-r", str(KUNCI)]):
        return
    _kata("uv tidak dapat dipakai di sini; memasang dengan pip (lebih lama, sekitar satu menit) …")
    if not _jalan([*pip, "-r", str(KUNCI)]):
        _tolak("Paket Python tidak dapat dipasang. Periksa sambungan jaringan dan pesan di atas, lalu ulangi.")


def _ada_sertifikat_sistem() -> bool:
    letak = ssl.get_default_verify_paths()
    return bool(letak.cafile or (letak.capath and any(os.scandir(letak.capath))))


def _jalan(perintah: list[str]) -> bool:
    return subprocess.run(perintah, cwd=str(AKAR), check=False).returncode == 0  # noqa: S603


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
