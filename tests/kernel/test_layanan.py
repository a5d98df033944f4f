"""The services of one machine: started when missing, never twice, and never left behind."""

import os
import signal
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psycopg
import pytest

from kpupalu.demo import basisdata, lingkungan, pasang
from kpupalu.demo.layanan import Layanan, SudahBerjalan
from kpupalu.demo.lingkungan import GagalMulai
from kpupalu.demo.proses import sisa

# Two workers of pytest may each have some of these tests at once.
NAMA = f"uji-layanan{os.environ.get('PYTEST_XDIST_WORKER', '')}"
MILIK_KAMI = tuple(lingkungan.lingkungan(NAMA))


@pytest.fixture
def bersih(monkeypatch):
    """An environment in which nothing of the office is set, as on a bare machine."""
    for kunci in MILIK_KAMI:
        monkeypatch.setenv(kunci, "")  # so that it is put back even where a test sets it past monkeypatch
        monkeypatch.delenv(kunci)


@pytest.fixture
def kantor(bersih):
    """The office of these tests, empty before and after."""
    yield NAMA
    with Layanan(NAMA) as layanan:
        layanan.kosongkan()


def milik(nama):
    di = lingkungan.tempat(nama)
    return sisa(di.folder) + sisa(di.pgdata)


def tunggu(syarat, batas=20):
    akhir = time.monotonic() + batas
    while not syarat():
        assert time.monotonic() < akhir, "waited in vain"
        time.sleep(0.1)


def induk(kode):
    """Another process that owns the office; it prints a line when *kode* has run, then waits."""
    isi = f"""
        import time
        from kpupalu.demo.layanan import Layanan
        with Layanan({NAMA!r}) as layanan:
            {kode}
            print("siap", flush=True)
            time.sleep(120)
    """
    proses = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(isi)], cwd=lingkungan.AKAR, stdout=subprocess.PIPE, text=True
    )
    assert proses.stdout.readline() == "siap\n"
    return proses


# --- The environment ---


def test_the_environment_is_complete_and_the_same_at_each_call(bersih):
    satu, dua = lingkungan.lingkungan(NAMA), lingkungan.lingkungan(NAMA)
    assert satu == dua
    assert satu["MODE_CONTOH"] == "1"
    assert satu["TLS"] == satu["DEBUG"] == "0"
    assert satu["URL_PUBLIK"] == "http://localhost:8000"
    assert satu["DATABASE_URL"].startswith("postgresql://postgres@/kantor?host=/")


def test_the_secret_is_for_the_owners_eyes(bersih):
    folder = lingkungan.tempat(NAMA).folder
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert len(lingkungan.lingkungan(NAMA)["SECRET_KEY"]) >= 50


def test_what_the_environment_says_wins(bersih, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://orang@server/lain")
    monkeypatch.setenv("PORT", "9123")
    hasil = lingkungan.lingkungan(NAMA)
    assert hasil["DATABASE_URL"] == "postgresql://orang@server/lain"
    assert hasil["URL_PUBLIK"] == "http://localhost:9123"


def test_without_redis_the_queue_is_a_folder(bersih, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    hasil = lingkungan.lingkungan(NAMA)
    assert hasil["CELERY_BROKER_URL"] == "filesystem://"
    assert hasil["ANTREAN_DIR"] == str(lingkungan.AKAR / "var" / NAMA / "antrean")


def test_a_deep_checkout_gets_a_short_socket_path(bersih, monkeypatch, tmp_path):
    dalam = tmp_path / ("d" * 60) / ("e" * 60)
    dalam.mkdir(parents=True)
    monkeypatch.setattr(lingkungan, "AKAR", dalam)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    di = lingkungan.tempat("demo")
    assert len(os.fsencode(di.soket / ".s.PGSQL.5432")) <= lingkungan.PANJANG_SOKET
    assert di.pgdata.is_relative_to(dalam)


def test_root_keeps_database_and_queue_where_an_unprivileged_user_can_go(bersih, monkeypatch, tmp_path):
    monkeypatch.setattr(lingkungan, "AKAR", tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    di = lingkungan.tempat("demo")
    assert di.pemilik.pw_name == "nobody"
    assert di.dasar.is_relative_to("/var/lib/kantor-kpu-palu")
    # A checkout laid anew at the same path has another secret, and must not meet the old data.
    (tmp_path / "var" / "demo" / "secret_key").unlink()
    assert lingkungan.tempat("demo").dasar != di.dasar


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path):
    asli = tmp_path / "asli"
    asli.mkdir()
    tautan = tmp_path / "soket"
    tautan.symlink_to(asli)
    with pytest.raises(GagalMulai, match="milik pengguna lain"):
        lingkungan.pastikan_milik_sendiri(tautan, os.geteuid())


def test_the_next_free_port_is_taken():
    import socket

    with socket.socket() as dipakai:
        dipakai.bind(("127.0.0.1", 0))
        dipakai.listen()
        port = dipakai.getsockname()[1]
        assert port < lingkungan.port_bebas(port) < port + 100


# --- manage.py without an environment ---


def manage(*argumen, **env):
    bersih = {k: v for k, v in os.environ.items() if k not in MILIK_KAMI}
    kode = f"import sys, os; from kpupalu.demo.lingkungan import siapkan; siapkan({['manage.py', *argumen]!r});"
    kode += "print(bool(os.environ.get('SECRET_KEY')), os.environ.get('MODE_CONTOH'))"
    kode = f"import kpupalu.demo.lingkungan as l, pathlib; l.AKAR = pathlib.Path({env.pop('akar')!r}); {kode}"
    return subprocess.run(
        [sys.executable, "-c", kode], cwd=lingkungan.AKAR, env=bersih | env, capture_output=True, text=True, check=False
    )


def test_a_command_that_only_calculates_needs_no_environment(tmp_path):
    assert manage("periksa_rekap", "a.json", akar=str(tmp_path)).stdout == "True None\n"
    assert manage("migrate", "--help", akar=str(tmp_path)).stdout == "True None\n"


def test_any_other_command_is_left_to_the_settings(tmp_path):
    assert manage("migrate", akar=str(tmp_path)).stdout == "False None\n"
    assert not (tmp_path / "var").exists()


def test_a_production_environment_is_not_touched(tmp_path):
    assert manage("migrate", akar=str(tmp_path), SECRET_KEY="x").stdout == "True None\n"


def test_a_checkout_with_a_demo_office_uses_its_environment(tmp_path):
    (tmp_path / "var" / "demo").mkdir(parents=True)
    (tmp_path / "var" / "demo" / "secret_key").write_text("rahasia")
    assert manage("check", akar=str(tmp_path)).stdout == "True 1\n"


def test_the_demo_is_refused_in_a_production_environment(tmp_path):
    hasil = manage("demo", akar=str(tmp_path), SECRET_KEY="x", DATABASE_URL="postgresql:///kantor")
    assert hasil.returncode == 2
    assert "MODE_CONTOH=1" in hasil.stderr
    boleh = manage("demo", akar=str(tmp_path), SECRET_KEY="x", DATABASE_URL="postgresql:///kantor", MODE_CONTOH="1")
    assert boleh.stdout == "True 1\n"


def test_the_demos_address_follows_the_port_asked_for(bersih, monkeypatch, tmp_path):
    monkeypatch.setattr(lingkungan, "AKAR", tmp_path)
    for argumen in (["--port", "9321"], ["--sekali", "--port=9321"]):
        for kunci in MILIK_KAMI:
            monkeypatch.delenv(kunci, raising=False)
        lingkungan.siapkan(["manage.py", "demo", *argumen])
        assert os.environ["URL_PUBLIK"] == "http://localhost:9321"


# --- Installing ---


def test_the_installer_needs_nothing_of_this_project():
    kode = "import sys; sys.path.insert(0, 'kpupalu/demo'); import pasang;"
    kode += "print(sorted(m for m in sys.modules if 'kpu' in m))"
    hasil = subprocess.run(
        [sys.executable, "-S", "-c", kode], cwd=lingkungan.AKAR, capture_output=True, text=True, check=False
    )
    assert hasil.stdout == "[]\n", hasil.stderr


def test_an_installation_counts_only_for_its_lock_and_its_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(pasang, "VENV", tmp_path)
    monkeypatch.setattr(pasang, "PYTHON", Path(sys.executable))
    assert not pasang._sudah_terpasang(False)
    (tmp_path / "terpasang-uji").write_text(pasang._sidik())
    assert pasang._sudah_terpasang(True)
    assert pasang._sudah_terpasang(False)
    monkeypatch.setattr(pasang, "AKAR", tmp_path)
    assert not pasang._sudah_terpasang(True)


def test_a_person_without_root_is_told_the_one_command(monkeypatch, capsys):
    monkeypatch.setattr(pasang.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(pasang.shutil, "which", lambda _: "/usr/bin/apt-get")
    with pytest.raises(SystemExit) as berhenti:
        pasang._lengkapi_sistem(["libpango-1.0-0"])
    assert berhenti.value.code == 2
    kata = capsys.readouterr().err
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends libpango-1.0-0" in kata
    assert kata.count("\n") == 1


# --- Real services ---


@pytest.mark.worker
def test_database_and_queue_start_serve_and_stop(kantor):
    with Layanan(kantor) as layanan:
        layanan.database()
        layanan.antrean()
        with psycopg.connect(layanan.env["DATABASE_URL"]) as koneksi:
            jawab = koneksi.execute(
                "SELECT datlocprovider, datlocale, current_setting('listen_addresses'),"
                " pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
            ).fetchone()
            koneksi.execute("CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gist")
        assert jawab == ("b", "C.UTF-8", "", "UTF8")
        assert stat.S_IMODE(layanan.di.soket.stat().st_mode) == 0o700
        assert len(milik(kantor)) > 2
        layanan.database()  # a second call starts nothing
        assert sum(proses.nama == "PostgreSQL" for proses in layanan._proses) == 1
    assert milik(kantor) == []


@pytest.mark.worker
def test_an_office_has_one_owner(kantor):
    pemilik = induk("layanan.database()")
    try:
        with pytest.raises(SudahBerjalan, match=f"proses {pemilik.pid}"):
            Layanan(kantor).kuasai()
    finally:
        pemilik.terminate()
    assert pemilik.wait(30) == 128 + signal.SIGTERM
    assert milik(kantor) == []
    with Layanan(kantor):
        pass


@pytest.mark.worker
@pytest.mark.parametrize(
    ("sinyal", "kode"),
    [
        (signal.SIGINT, "layanan.database(); layanan.antrean()"),
        (signal.SIGHUP, "layanan.database(); layanan.antrean()"),
        (signal.SIGTERM, "layanan.database(); layanan.antrean(); layanan.worker(1); layanan.siap()"),
        (signal.SIGKILL, "layanan.database(); layanan.antrean(); layanan.worker(1); layanan.siap()"),
    ],
)
def test_nothing_outlives_the_owner(kantor, sinyal, kode):
    pemilik = induk(kode)
    assert len(milik(kantor)) > 5
    pemilik.send_signal(sinyal)
    pemilik.wait(30)
    tunggu(lambda: milik(kantor) == [])


@pytest.mark.worker
def test_what_a_crash_left_behind_is_recovered(kantor):
    """A server without an owner, and a pid file that names a stranger's process."""
    with Layanan(kantor) as layanan:
        perintah = basisdata.siapkan_klaster(layanan.di)
        pemilik = layanan.di.pemilik
        yatim = subprocess.Popen(
            perintah, stderr=subprocess.DEVNULL, cwd="/", user=pemilik and pemilik.pw_uid, start_new_session=True
        )
        tunggu(lambda: basisdata.siap(layanan.di))
    with Layanan(kantor) as layanan:
        layanan.database()
        assert yatim.wait(10) is not None
        berkas_pid = layanan.di.pgdata / "postmaster.pid"
        baris = berkas_pid.read_text().splitlines()
    berkas_pid.write_text("\n".join([str(os.getpid()), *baris[1:]]) + "\n")
    with Layanan(kantor) as layanan:
        layanan.database()
        with psycopg.connect(layanan.env["DATABASE_URL"]) as koneksi:
            assert koneksi.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.worker
def test_a_service_that_cannot_start_says_where_to_look(kantor, monkeypatch):
    monkeypatch.setitem(basisdata.SETELAN, "shared_buffers", "bukan-angka")
    with Layanan(kantor) as layanan, pytest.raises(GagalMulai, match=r"PostgreSQL .*: /.*/log/postgresql\.log"):
        layanan.database()


@pytest.mark.worker
def test_a_foreign_database_is_used_and_never_started(kantor, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://orang:x@127.0.0.1:1/lain")
    with Layanan(kantor) as layanan, pytest.raises(GagalMulai, match="DATABASE_URL tidak dapat dihubungi"):
        layanan.database()
    assert milik(kantor) == []
