"""What every test of the office stands on. The services come from the plugin kpupalu.demo.uji."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as percobaan

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
APPEND_ONLY = ("audit_jejak", "audit_logakses", "audit_matarantai", "audit_segeljejak")
MARKERS_BY_FOLDER = {"browser": pytest.mark.browser, "worker": pytest.mark.worker}
HERE = Path(__file__).parent

# A slow machine is not a wrong answer, and the same tree must give the same verdict twice.
percobaan.register_profile(
    "kantor", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
percobaan.load_profile("kantor")


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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The reference tables are filled; and TRUNCATE of history, which ends a transactional test, is allowed.

    Tests of history switch that refusal on again.
    """
    with django_db_blocker.unblock():
        call_command("isi_awal", stderr=StringIO())
        with connection.cursor() as cursor:
            for table in APPEND_ONLY:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_tolak_kosongkan")


@pytest.fixture(autouse=True)
def _reference_after_flush(request):
    """A transactional test begins on emptied tables; give it the reference data again."""
    marker = request.node.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames:
        request.getfixturevalue("transactional_db")
        call_command("isi_awal", stderr=StringIO())


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
        "args": CHROMIUM_ARGS,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """The office's common screen, its language and its time."""
    return browser_context_args | {
        "viewport": {"width": 1366, "height": 768},
        "locale": "id-ID",
        "timezone_id": "Asia/Makassar",
    }
