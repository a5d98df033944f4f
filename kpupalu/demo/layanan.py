"""The services of one machine: started when missing, waited for, and stopped with the process that started them.

    with Layanan("demo") as layanan:
        layanan.database()
        layanan.antrean()
        layanan.worker(concurrency=2)
        alamat = layanan.web()
        layanan.siap()
        layanan.tunggu()

Worker and web are told to start and then waited for together, by ``siap()``; database and queue are ready when
their calls return.

Whatever was started ends with the ``with`` block, on Ctrl-C, on SIGTERM, and by the kernel's hand when this
process is killed outright. Logs lie in ``var/<nama>/log``.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import http.client
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from kpupalu.demo import basisdata
from kpupalu.demo.lingkungan import (
    AKAR,
    PORT_AWAL,
    GagalMulai,
    lingkungan,
    pastikan_milik_sendiri,
    port_bebas,
    tempat,
)
from kpupalu.demo.proses import Proses, hentikan_sisa

DASAR = ("PostgreSQL", "Redis")
SINYAL = (signal.SIGTERM, signal.SIGHUP)


class SudahBerjalan(GagalMulai):
    """Another living process holds this office."""


class Layanan:
    """Starter and owner of the services of the office *nama*; only one process owns an office at a time."""

    def __init__(self, nama: str) -> None:
        self.di = tempat(nama)
        self.env = lingkungan(nama)
        self._proses: list[Proses] = []
        self._kunci: Any = None
        self._penangan_lama: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Layanan:
        self.kuasai()
        if threading.current_thread() is threading.main_thread():
            for sinyal in SINYAL:
                self._penangan_lama[sinyal] = signal.signal(sinyal, _keluar)
            # A shell that starts this in the background has it ignore Ctrl-C's signal.
            self._penangan_lama[signal.SIGINT] = signal.signal(signal.SIGINT, signal.default_int_handler)
        return self

    def __exit__(
        self, jenis: type[BaseException] | None, galat: BaseException | None, jejak: TracebackType | None
    ) -> None:
        self.berhenti()

    def kuasai(self) -> None:
        """This process owns the office until :meth:`berhenti`; what a crashed owner left behind is gone.

        That means its processes, and in an office of the tests its files too. Raises SudahBerjalan when a living
        process owns the office.
        """
        if self._kunci is not None:
            return
        kunci = (self.di.folder / "kunci").open("a+")
        try:
            fcntl.flock(kunci, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            kunci.seek(0)
            pemilik = kunci.read().strip()
            kunci.close()
            raise SudahBerjalan(
                f"{self.di.nama.capitalize()} sudah berjalan ({pemilik or 'proses lain'}). Hentikan yang itu "
                "dengan Ctrl-C di jendelanya, lalu coba lagi."
            ) from error
        self._kunci = kunci
        self._catat_pemilik(f"proses {os.getpid()}")
        hentikan_sisa(self.di.folder)
        (self.di.folder / "statik").mkdir(exist_ok=True)
        if self.di.sementara and self.di.data.exists():
            shutil.rmtree(self.di.data)

    def database(self) -> None:
        """The database takes connections. The embedded server is started unless ``DATABASE_URL`` names another."""
        if self.env["DATABASE_URL"] != self.di.database_url:
            _periksa_database(self.env["DATABASE_URL"])
            return
        if self._berjalan("PostgreSQL"):
            return
        self.kuasai()
        proses = self._mulai(
            "PostgreSQL",
            basisdata.siapkan_klaster(self.di),
            sinyal_berhenti=signal.SIGINT,
            sinyal_yatim=signal.SIGINT,
            sebagai_pemilik=True,
            siap=lambda: basisdata.siap(self.di),
            cwd=Path("/"),
        )
        proses.tunggu_siap()

    def antrean(self) -> None:
        """The queue takes messages: our own Redis, or a folder where ``redis-server`` is not installed."""
        broker = self.env["CELERY_BROKER_URL"]
        if broker.startswith("filesystem:"):
            folder = Path(self.env["ANTREAN_DIR"])
            (folder / "kendali").mkdir(mode=0o700, parents=True, exist_ok=True)
            return
        if broker != self.di.broker or self._berjalan("Redis"):
            return
        self.kuasai()
        proses = self._mulai(
            "Redis",
            self._perintah_redis(),
            sinyal_berhenti=signal.SIGTERM,
            sinyal_yatim=signal.SIGTERM,
            sebagai_pemilik=True,
            siap=lambda: _redis_siap(self.di.soket_redis),
            cwd=Path("/"),
        )
        proses.tunggu_siap()

    def worker(self, concurrency: int = 2, *, beat: bool = True) -> Proses:
        """A Celery worker is starting, with the clock for scheduled work inside it when *beat*."""
        self.kuasai()
        tanda = self.di.folder / "worker.siap"
        tanda.unlink(missing_ok=True)
        perintah = [sys.executable, "-m", "celery", "-A", "kpupalu", "worker", "-l", "INFO", "-Ofair"]
        perintah += ["-c", str(concurrency), "--without-gossip", "--without-mingle", "-I", "kpupalu.demo.pekerja"]
        if beat:
            perintah += ["--beat", "--schedule", str(self.di.folder / "celerybeat-schedule")]
        return self._mulai(
            "Worker",
            perintah,
            sinyal_berhenti=signal.SIGTERM,
            sinyal_yatim=signal.SIGKILL,
            siap=tanda.exists,
            env={"BERKAS_SIAP": str(tanda)},
        )

    def web(self, port: int | None = None) -> str:
        """The web server is starting; its address is returned. Without *port*: ``PORT``, or the next free one."""
        self.kuasai()
        port = port or port_bebas(int(self.env.get("PORT") or PORT_AWAL))
        alamat = f"http://localhost:{port}"
        perintah = [sys.executable, "-m", "gunicorn", "kpupalu.wsgi", "--bind", f"127.0.0.1:{port}"]
        perintah += ["--preload", "--workers", "2", "--threads", "4", "--graceful-timeout", "5", "--no-control-socket"]
        perintah += ["--access-logfile", str(self.di.log / "akses.log")]
        log = self.di.log / "web.log"
        self._mulai(
            "Web",
            perintah,
            sinyal_berhenti=signal.SIGTERM,
            sinyal_yatim=signal.SIGQUIT,
            siap=lambda: _web_siap(port, log),
            env={"PORT": str(port)},
        )
        self._catat_pemilik(f"{alamat}, proses {os.getpid()}")
        return alamat

    def siap(self) -> None:
        """Everything started answers; raises GagalMulai, naming the log, where something does not."""
        for proses in self._proses:
            proses.tunggu_siap()

    def tunggu(self) -> None:
        """Returns on Ctrl-C; raises GagalMulai as soon as one of the services has ended by itself."""
        sys.stdout.flush()  # whoever reads along in a file wants the address now
        with contextlib.suppress(KeyboardInterrupt):
            while all(proses.hidup() for proses in self._proses):
                time.sleep(0.5)
            mati = next(proses for proses in self._proses if not proses.hidup())
            raise GagalMulai(f"{mati.nama} berhenti sendiri. Baca catatannya: {mati.log}")

    def berhenti(self) -> None:
        """All that this object started has ended, last started first, and the office is free for another owner."""
        self._hentikan_semua()
        if self._kunci is not None:
            self._catat_pemilik("")
            self._kunci.close()
            self._kunci = None
        while self._penangan_lama:
            signal.signal(*self._penangan_lama.popitem())

    def kosongkan(self) -> None:
        """Database, queue and files of the office are gone for good; its secret stays. For a new beginning.

        Raises SudahBerjalan when another process owns the office. A database named by ``DATABASE_URL`` and a
        folder named by ``DATA_DIR`` are somebody else's and stay as they are.
        """
        self.kuasai()
        self._hentikan_semua()
        basisdata.hapus_klaster(self.di)
        for folder in (self.di.redis, self.di.data, self.di.antrean):
            if folder.exists():
                shutil.rmtree(folder)

    def _mulai(
        self,
        nama: str,
        perintah: list[str],
        *,
        sinyal_berhenti: signal.Signals,
        sinyal_yatim: signal.Signals,
        siap: Callable[[], bool],
        sebagai_pemilik: bool = False,
        env: dict[str, str] | None = None,
        cwd: Path = AKAR,
    ) -> Proses:
        proses = Proses(
            nama,
            perintah,
            log=self.di.log / f"{nama.lower()}.log",
            tanda=self.di.folder,
            sinyal_berhenti=sinyal_berhenti,
            sinyal_yatim=sinyal_yatim,
            siap=siap,
            pemilik=self.di.pemilik if sebagai_pemilik else None,
            env={**self.env, **(env or {})},
            cwd=cwd,
        )
        self._proses.append(proses)
        return proses

    def _hentikan_semua(self) -> None:
        """Web and worker end side by side; database and queue serve them until they have."""
        for proses in self._proses:
            if proses.nama not in DASAR:
                proses.minta_berhenti()
        while self._proses:
            self._proses.pop().berhenti()

    def _berjalan(self, nama: str) -> bool:
        return any(proses.nama == nama and proses.hidup() for proses in self._proses)

    def _catat_pemilik(self, isi: str) -> None:
        self._kunci.seek(0)
        self._kunci.truncate()
        self._kunci.write(isi)
        self._kunci.flush()

    def _perintah_redis(self) -> list[str]:
        uid = self.di.pemilik.pw_uid if self.di.pemilik else os.geteuid()
        self.di.dasar.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        for folder in (self.di.dasar, self.di.soket, self.di.redis):
            pastikan_milik_sendiri(folder, uid)
        program = shutil.which("redis-server")
        if program is None:
            raise GagalMulai("redis-server tidak ditemukan. Pasang Redis, atau kosongkan CELERY_BROKER_URL.")
        perintah = [program, "--port", "0", "--unixsocket", str(self.di.soket_redis), "--unixsocketperm", "700"]
        perintah += ["--dir", str(self.di.redis), "--save", "", "--daemonize", "no"]
        return [*perintah, "--appendonly", "no" if self.di.sementara else "yes"]


def pinjam_database(nama: str) -> None:
    """The database of the office *nama* runs for as long as this process: another's, or one started for it."""
    layanan = Layanan(nama)
    try:
        layanan.database()
    except SudahBerjalan:
        _tunggu(lambda: basisdata.siap(layanan.di), 30, f"Basis data {nama} belum siap. Coba lagi sebentar lagi.")
    else:
        atexit.register(layanan.berhenti)


def _keluar(nomor: int, _bingkai: object) -> None:
    raise SystemExit(128 + nomor)


def _tunggu(syarat: Callable[[], bool], batas: float, pesan: str) -> None:
    akhir = time.monotonic() + batas
    while not syarat():
        if time.monotonic() > akhir:
            raise GagalMulai(pesan)
        time.sleep(0.1)


def _periksa_database(url: str) -> None:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.OperationalError as error:
        raise GagalMulai(
            "Basis data yang disebut DATABASE_URL tidak dapat dihubungi. Periksa alamat, nama, dan sandinya."
        ) from error


def _redis_siap(soket: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as koneksi:
        koneksi.settimeout(1)
        try:
            koneksi.connect(str(soket))
            koneksi.sendall(b"PING\r\n")
            return koneksi.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def _web_siap(port: int, log: Path) -> bool:
    koneksi = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        koneksi.request("GET", "/", headers={"Host": "localhost"})
        status = koneksi.getresponse().status
    except OSError:
        return False
    finally:
        koneksi.close()
    if status >= 500:
        raise GagalMulai(f"Halaman pertama gagal dengan galat {status}. Baca catatannya: {log}")
    return True
