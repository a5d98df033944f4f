"""A PostgreSQL cluster of its own, run with the flags and scripts that docker-compose.yml gives the office's one."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import yaml

from kpupalu.demo import basisdata
from kpupalu.demo.lingkungan import port_bebas, tempat

AKAR = Path(__file__).resolve().parents[2]
OPERASI = AKAR / "docs" / "operasi"
LAYANAN = yaml.safe_load((AKAR / "docker-compose.yml").read_text())["services"]["basisdata"]


class Klaster:
    """Data, backups and scripts below *folder*, all owned by the unprivileged *pemilik* where this runs as root."""

    def __init__(self, folder: Path, program: Path, pemilik) -> None:
        self.folder, self.pgdata, self.cadangan, self.soket = (folder, *(folder / n for n in ("data", "cadangan", "s")))
        self._siapa = {"user": pemilik.pw_uid, "group": pemilik.pw_gid, "extra_groups": []} if pemilik else {}
        self.server = None
        self.env = {
            "PATH": f"{program}:/usr/bin:/bin",
            "OPERASI": str(folder / "operasi"),
            "CADANGAN": str(self.cadangan),
            "PGDATA": str(self.pgdata),
            "PGHOST": str(self.soket),
            "PGPORT": str(port_bebas(25_432)),
            "PGUSER": "kantor",
            "LC_ALL": "C",
        }

    def jalankan(self, *perintah: str, **lain: str) -> subprocess.CompletedProcess:
        """A program or script as the owner of the data, with the environment of the container."""
        return subprocess.run(
            perintah, env=self.env | lain, cwd="/", capture_output=True, text=True, check=False, **self._siapa
        )

    def skrip(self, nama: str, *argumen: str, **lain: str) -> subprocess.CompletedProcess:
        return self.jalankan("sh", str(self.folder / "operasi" / nama), *argumen, **lain)

    def buat(self) -> None:
        pilihan = ["-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        pilihan += ["--auth-local=trust", "--auth-host=scram-sha-256"]
        done = self.jalankan("initdb", "-D", str(self.pgdata), "-U", "kantor", *pilihan)
        assert done.returncode == 0, done.stderr

    def nyalakan(self) -> None:
        """The server runs with the command of docker-compose.yml, which names ``postgres`` and its settings."""
        perintah = [bagian.replace("$$", "$") for bagian in LAYANAN["command"]]
        log = (self.folder / "server.log").open("ab")
        self.server = subprocess.Popen(
            [*perintah, "-D", str(self.pgdata), "-k", str(self.soket), "-p", self.env["PGPORT"],
             "-c", "listen_addresses=127.0.0.1"],
            env=self.env, cwd="/", stdout=log, stderr=log, **self._siapa,
        )  # fmt: skip
        batas = time.monotonic() + 60
        while self.jalankan("pg_isready", "-q").returncode:
            assert self.server.poll() is None, (self.folder / "server.log").read_text()[-2000:]
            assert time.monotonic() < batas, "server tidak siap"
            time.sleep(0.05)

    def bunuh(self) -> None:
        """The server is gone at once, as in a power cut."""
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGQUIT)
            self.server.wait(30)

    def psql(self, perintah: str, *, sebagai: str = "") -> subprocess.CompletedProcess:
        """One statement, as the owner or over the network as ``name:password``."""
        alamat = f"postgresql://{sebagai}@127.0.0.1:{self.env['PGPORT']}/kantor" if sebagai else "kantor"
        return self.jalankan("psql", "-d", alamat, "-XAtqc", perintah)

    def sql(self, perintah: str) -> str:
        """What the owner reads."""
        done = self.psql(perintah)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def manage(self, *argumen: str, sebagai: str = "", **lain: str) -> subprocess.CompletedProcess:
        """A command of the office on this database: as its owner, or over the network as ``name:password``."""
        port = self.env["PGPORT"]
        url = f"postgresql://kantor@/kantor?host={self.soket}&port={port}"
        if sebagai:
            url = f"postgresql://{sebagai}@127.0.0.1:{port}/kantor"
        env = os.environ | {"DATABASE_URL": url, "SECRET_KEY": "x" * 60} | lain
        return subprocess.run(
            [sys.executable, "manage.py", *argumen], cwd=AKAR, env=env, capture_output=True, text=True, check=False
        )


@contextmanager
def klaster_baru():
    """A folder that the owner of the database can reach, gone afterwards with everything in it."""
    di = tempat("uji")
    program = basisdata.program(di)
    induk = di.dasar.parent if di.pemilik else None
    folder = Path(tempfile.mkdtemp(prefix="pulih-", dir=induk))
    try:
        klaster = Klaster(folder, program, di.pemilik)
        shutil.copytree(OPERASI, folder / "operasi")
        for satu in (klaster.cadangan / "wal", klaster.cadangan / "dasar", klaster.soket):
            satu.mkdir(parents=True)
        if di.pemilik:
            for jalur in (folder, *folder.rglob("*")):
                os.chown(jalur, di.pemilik.pw_uid, di.pemilik.pw_gid)
        yield klaster
    finally:
        klaster.bunuh()
        shutil.rmtree(folder)
