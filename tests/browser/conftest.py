"""A web server on real data for each module of browser tests, and people who sit in front of a browser.

Tests here do not ask pytest-django for a database: what a browser sees must be committed, and building an office
anew for each page would cost minutes. So each module fills the emptied database once and empties it at its end.
"""

from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from kpupalu.accounts.models import User

# Milliseconds; a page that needs them all has failed. Two cores also carry the server, the database and a worker.
SABAR = 30_000
expect.set_options(timeout=SABAR)
LAYAR = {"kantor": {"width": 1366, "height": 768}, "ponsel": {"width": 360, "height": 780}}


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """The database, open for a whole module and committed to; emptied to the reference tables at its end.

    It stands in the place of pytest-django's fixture, by whose name the plugin knows that a database is needed.
    """
    with django_db_blocker.unblock():
        if User.objects.exists():
            kosongkan()
        yield
        kosongkan()


def kosongkan() -> None:
    """Nothing but the reference tables is left; a run that was cut short may have left more."""
    call_command("flush", interactive=False, verbosity=0)
    call_command("isi_awal", stdout=StringIO(), stderr=StringIO())


@pytest.fixture(scope="module")
def peladen(db):
    """The address of the office's pages, served by this process."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture
def orang(browser, browser_context_args, peladen):
    """``orang(user)`` is a page in a browser of its own, with *user* or nobody at work, at a size of ``LAYAR``."""
    konteks = []

    def buka(user=None, layar: str = "kantor", **lain):
        isi = browser_context_args | {"viewport": LAYAR[layar], "base_url": peladen}
        isi |= {"has_touch": True, "is_mobile": True} if layar == "ponsel" else {}
        satu = browser.new_context(**(isi | lain))
        satu.set_default_timeout(SABAR)
        konteks.append(satu)
        if user is not None:
            satu.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sesi(user), "url": peladen}])
        return satu.new_page()

    yield buka
    for satu in konteks:
        satu.close()


def sesi(user) -> str:
    """The key of a fresh session in which *user* is logged in."""
    simpanan = SessionStore()
    simpanan[SESSION_KEY] = str(user.pk)
    simpanan[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    simpanan[HASH_SESSION_KEY] = user.get_session_auth_hash()
    simpanan.create()
    return simpanan.session_key
