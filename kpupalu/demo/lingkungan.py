"""The environment of one machine: where its files lie and which variables it sets before Django loads.

Only the standard library is used here, because this runs before the settings do. ``manage.py`` calls
:func:`siapkan` with its command line; the rule, in order:

1. The command is one of ``PERINTAH_SATU_MESIN`` (``demo``): every variable of ``lingkungan("demo")`` that the
   environment does not set already is set. Refused where ``SECRET_KEY`` and ``DATABASE_URL`` are both set
   without ``MODE_CONTOH``: that is a production office, and invented voters must not get into it.
2. ``SECRET_KEY`` is set: nothing is touched. This is production, or a person who chose each variable.
3. The checkout has a demo office (``var/demo``): its environment is used, and its database is started for as
   long as the command runs unless ``make demo`` is serving already or the command never asks a database.
4. The command only calculates (``HANYA_MENGHITUNG``): it gets a secret key that is thrown away.
5. Otherwise nothing is touched, and the settings say which variable is missing.

A variable that is set in the environment always wins. Without ``DATABASE_URL`` the embedded PostgreSQL is
meant, reached over a socket in a folder that only its owner may enter.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import shutil
import socket
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

AKAR = Path(__file__).resolve().parents[2]
PERINTAH_SATU_MESIN = ("demo",)
HANYA_MENGHITUNG = (
    "verifikasi", "periksa_rekap", "periksa_paket", "tenggat", "help", "version", "--help", "-h", "--version",
)  # fmt: skip
TANPA_BASIS_DATA = ("periksa_rekap", "help", "version", "--help", "-h", "--version", "check", "collectstatic")
NAMA_DATABASE = "kantor"
PORT_AWAL = 8000
# PostgreSQL and Redis refuse socket paths near the kernel's limit of 108 bytes.
PANJANG_SOKET = 100
DASAR_ROOT = Path("/var/lib/kantor-kpu-palu")


class GagalMulai(Exception):
    """A service of this machine cannot be had. The message is shown to the person as it is."""


@dataclass(frozen=True, slots=True)
class Tempat:
    """The folders of one one-machine office.

    ``folder`` is ``var/<nama>`` in the checkout. The database and the queue lie in ``dasar``: the same folder,
    except for root, whose checkout the unprivileged ``pemilik`` of those two services may be unable to enter.
    """

    nama: str
    folder: Path
    dasar: Path
    soket: Path
    pemilik: pwd.struct_passwd | None

    @property
    def pgdata(self) -> Path:
        return self.dasar / "basisdata"

    @property
    def redis(self) -> Path:
        return self.dasar / "redis"

    @property
    def soket_redis(self) -> Path:
        return self.soket / "redis.sock"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def antrean(self) -> Path:
        return self.folder / "antrean"

    @property
    def database_url(self) -> str:
        return f"postgresql://postgres@/{NAMA_DATABASE}?host={quote(str(self.soket), safe='/')}"

    @property
    def broker(self) -> str:
        if shutil.which("redis-server"):
            return f"redis+socket://{quote(str(self.soket_redis), safe='/')}?virtual_host=0"
        return "filesystem://"

    @property
    def sementara(self) -> bool:
        """Whether nobody minds losing this office: the tests' one, which therefore need not wait for the disk."""
        return self.nama.startswith("uji")


def tempat(nama: str) -> Tempat:
    """Where the office *nama* lies; ``var/<nama>`` and its secret exist after the call."""
    folder = AKAR / "var" / nama
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        rahasia = _secret_key(folder)
    except OSError as error:
        raise GagalMulai(
            f"Folder {folder} tidak dapat ditulis ({error.strerror}). Jalankan perintah ini sebagai pemilik "
            "folder itu, atau ubah pemiliknya."
        ) from error
    sidik = hashlib.sha256(str(AKAR).encode()).hexdigest()[:10]
    if os.geteuid() == 0:
        # Tied to the secret too, so that a checkout made anew at the same path never meets the old one's data.
        dasar = DASAR_ROOT / sidik / f"{nama}-{hashlib.sha256(rahasia.encode()).hexdigest()[:8]}"
        return Tempat(nama, folder, dasar, dasar / "soket", pwd.getpwnam("nobody"))
    soket = folder / "soket"
    if len(os.fsencode(soket / ".s.PGSQL.5432")) > PANJANG_SOKET:
        soket = Path(f"/tmp/kantor-{os.geteuid()}-{sidik}-{nama}")  # noqa: S108 (checked by pastikan_milik_sendiri)
    return Tempat(nama, folder, folder, soket, None)


def _secret_key(folder: Path) -> str:
    berkas = folder / "secret_key"
    try:
        isi = berkas.read_text().strip()
    except FileNotFoundError:
        isi = ""
    if isi:
        return isi
    baru = folder / f"secret_key.{os.getpid()}"
    baru.touch(mode=0o600)
    baru.write_text(secrets.token_urlsafe(50))
    try:
        os.link(baru, berkas)  # whoever comes first wins, so two processes never use two keys
    except FileExistsError:
        if not berkas.read_text().strip():
            os.replace(baru, berkas)
            return berkas.read_text().strip()
    baru.unlink()
    return berkas.read_text().strip()


def lingkungan(nama: str) -> dict[str, str]:
    """The complete environment of the office *nama* ("demo" or "uji…"); the same at each call, nothing started.

    A variable that the caller's environment sets is returned as it is set there.
    """
    di = tempat(nama)
    port = os.environ.get("PORT") or str(PORT_AWAL)
    hasil = {
        "SECRET_KEY": _secret_key(di.folder),
        "DATABASE_URL": di.database_url,
        "CELERY_BROKER_URL": di.broker,
        "ANTREAN_DIR": "",
        "DATA_DIR": str(di.data),
        "DEBUG": "0",
        "MODE_CONTOH": "1",
        "TLS": "0",
        "WAJIB_2FA": "0",
        "STATIC_BERMANIFES": "0",
        "STATIC_ROOT": str(di.folder / "statik"),
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "PORT": port,
        "URL_PUBLIK": f"http://localhost:{port}",
    }
    if (os.environ.get("CELERY_BROKER_URL") or di.broker).startswith("filesystem:"):
        hasil["ANTREAN_DIR"] = str(di.antrean)
    return {kunci: os.environ.get(kunci) or nilai for kunci, nilai in hasil.items()}


def pasang_lingkungan(nama: str) -> None:
    """Set what ``lingkungan(nama)`` says and the environment does not say already."""
    os.environ.update(lingkungan(nama))


def port_bebas(mulai: int = PORT_AWAL) -> int:
    """The first port from *mulai* on that nobody listens on."""
    for port in range(mulai, mulai + 100):
        with socket.socket() as percobaan:
            percobaan.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                percobaan.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise GagalMulai(f"Tidak ada port bebas antara {mulai} dan {mulai + 99}. Isi variabel PORT dengan port lain.")


def pastikan_milik_sendiri(folder: Path, uid: int) -> None:
    """*folder* exists, is a real folder of *uid* and closed to all others; refuses one that somebody else laid."""
    folder.mkdir(mode=0o700, exist_ok=True)
    keadaan = folder.lstat()
    if not stat.S_ISDIR(keadaan.st_mode) or keadaan.st_uid not in {uid, os.geteuid()}:
        raise GagalMulai(f"Folder {folder} milik pengguna lain. Hapus folder itu, lalu coba lagi.")
    if keadaan.st_uid != uid:
        os.chown(folder, uid, pwd.getpwuid(uid).pw_gid)
    folder.chmod(0o700)


def siapkan(argv: list[str]) -> None:
    """Set the environment that the ``manage.py`` command *argv* needs, by the rule in the module's docstring."""
    perintah = argv[1] if len(argv) > 1 else "help"
    try:
        _siapkan(perintah, argv[2:])
    except GagalMulai as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from error


def _port_diminta(argv: list[str]) -> str:
    teks = " ".join(argv).replace("--port=", "--port ").split()
    return teks[teks.index("--port") + 1] if "--port" in teks[:-1] else ""


def _siapkan(perintah: str, argv: list[str]) -> None:
    env = os.environ
    bantuan = "--help" in argv or "-h" in argv
    if perintah in PERINTAH_SATU_MESIN:
        if env.get("SECRET_KEY") and env.get("DATABASE_URL") and "MODE_CONTOH" not in env:
            raise GagalMulai(
                "Lingkungan ini memuat SECRET_KEY dan DATABASE_URL tanpa MODE_CONTOH, seperti kantor produksi. "
                "Demo menulis data rekaan ke basis data itu; isi MODE_CONTOH=1 jika memang itu yang Anda kehendaki."
            )
        # Known before the settings load, because the address is printed on documents.
        env["PORT"] = str(_port_diminta(argv) or env.get("PORT") or port_bebas())
        pasang_lingkungan("demo")
    elif env.get("SECRET_KEY"):
        return
    elif (AKAR / "var" / "demo" / "secret_key").exists():
        pasang_lingkungan("demo")
        if perintah not in TANPA_BASIS_DATA and not bantuan:
            from kpupalu.demo.layanan import pinjam_database

            pinjam_database("demo")
    elif perintah in HANYA_MENGHITUNG or bantuan:
        env["SECRET_KEY"] = secrets.token_urlsafe(50)
        env.setdefault("DATABASE_URL", f"postgresql:///{NAMA_DATABASE}")
