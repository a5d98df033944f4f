"""Pytest plugin: the tests' own services and environment, so that `python -m pytest` needs nothing prepared.

Loaded by ``-p kpupalu.demo.uji`` before Django's settings. The controlling process takes the first free office
of ``uji``, ``uji-2`` …, sets its environment (workers of pytest-xdist inherit it), starts the database and the
queue once there is a test to run, and stops them at the end. What the environment already says wins: with
``DATABASE_URL`` set the tests use that server. Each session, and each worker in it, keeps its files in a folder
of its own, gone afterwards.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from kpupalu.demo.layanan import Layanan, SudahBerjalan
from kpupalu.demo.lingkungan import GagalMulai, lingkungan

_TEMPAT = 9


def _ambil_tempat() -> Layanan:
    """The first office of the tests that no other test run holds."""
    for nomor in range(1, _TEMPAT + 1):
        layanan = Layanan("uji" if nomor == 1 else f"uji-{nomor}")
        try:
            layanan.kuasai()
        except SudahBerjalan:
            continue
        return layanan
    raise pytest.UsageError(f"Sudah ada {_TEMPAT} uji yang berjalan bersamaan di folder ini. Tunggu salah satunya.")


def _folder_sesi(induk: Path) -> Path:
    induk.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="sesi-", dir=induk))


_pengendali = "PYTEST_XDIST_WORKER" not in os.environ
_layanan = _ambil_tempat() if _pengendali else None
if _layanan is not None:
    os.environ.update(lingkungan(_layanan.di.nama))
_sesi = _folder_sesi(Path(os.environ["DATA_DIR"]))
os.environ["DATA_DIR"] = str(_sesi)
# Playwright keeps an event loop in the thread of the tests, and Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def _mulai() -> None:
    assert _layanan is not None  # noqa: S101 (only called in the controller)
    try:
        _layanan.database()
        _layanan.antrean()
    except GagalMulai as error:
        raise pytest.UsageError(str(error)) from error


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """With pytest-xdist the controller never sees the tests, so the services start with it."""
    if _pengendali and getattr(session.config.option, "tx", None) and not session.config.option.collectonly:
        _mulai()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """The services are there before the first test, unless no test is to run."""
    if _pengendali and session.items and not session.config.option.collectonly:
        _mulai()


def pytest_unconfigure() -> None:
    """Services and files of the session are gone."""
    shutil.rmtree(_sesi, ignore_errors=True)
    if _layanan is not None:
        _layanan.berhenti()
