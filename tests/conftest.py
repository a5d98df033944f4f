"""What every test of the office stands on. The services come from the plugin kpupalu.demo.uji."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "/usr/bin/chromium")
MARKERS_BY_FOLDER = {"browser": pytest.mark.browser}
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        folder = Path(item.path).relative_to(HERE).parts[0]
        if folder in MARKERS_BY_FOLDER:
            item.add_marker(MARKERS_BY_FOLDER[folder])


@pytest.fixture(scope="session", autouse=True)
def _fast_passwords():
    """Passwords of tests protect nothing; hashing them safely would cost most of the time."""
    before = settings.PASSWORD_HASHERS
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield
    settings.PASSWORD_HASHERS = before


@pytest.fixture(autouse=True)
def _indonesian():
    """Each test begins in the office's language, whatever the one before it activated."""
    with translation.override("id"):
        yield


@pytest.fixture
def data_dir(settings, tmp_path):
    """A folder for private files that this test alone has."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "berkas"
    return tmp_path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium, which talks to nobody but the test's own server."""
    return browser_type_launch_args | {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """The office's common screen, its language and its time."""
    return browser_context_args | {
        "viewport": {"width": 1366, "height": 768},
        "locale": "id-ID",
        "timezone_id": "Asia/Makassar",
    }
