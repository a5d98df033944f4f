"""Headers and cookies of every page."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as office
from django.urls import reverse

from kpupalu.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def sari(db) -> User:
    return User.objects.create_user("sari", nama_lengkap="Sari", is_staff=True, is_superuser=True)


def halaman(client, sari):
    """One page of each kind: public, personal, not there, admin."""
    client.force_login(sari)
    for jalur in (
        reverse("account_login"),
        reverse("usersessions_list"),
        "/tidak-ada-di-sini/",
        reverse("admin:index"),
        reverse("admin:accounts_user_changelist"),
    ):
        yield jalur, client.get(jalur)


def test_kepala_http(client, sari, settings):
    settings.WAJIB_2FA = False
    for jalur, jawaban in halaman(client, sari):
        csp = jawaban["Content-Security-Policy"]
        assert "unsafe-" not in csp, jalur
        assert "frame-ancestors 'none'" in csp, jalur
        assert "default-src 'none'" in csp, jalur
        assert "http" not in csp, jalur
        assert jawaban["X-Content-Type-Options"] == "nosniff", jalur
        assert jawaban["Referrer-Policy"] == "same-origin", jalur
        assert jawaban["X-Frame-Options"] == "DENY", jalur
        assert jawaban["Cache-Control"] == "no-store", jalur


def test_hsts_is_sent_for_a_year_over_tls(client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    from django.middleware.security import SecurityMiddleware
    from django.test import RequestFactory

    jawaban = SecurityMiddleware(lambda request: client.get(reverse("account_login")))(
        RequestFactory().get("/masuk/", secure=True)
    )
    assert "max-age=31536000" in jawaban["Strict-Transport-Security"]


def test_pages_carry_no_inline_script_or_style(client, sari, settings):
    settings.WAJIB_2FA = False
    for jalur, jawaban in halaman(client, sari):
        if jalur.startswith("/kendali/"):
            continue
        teks = jawaban.content.decode()
        assert " style=" not in teks, jalur
        assert "<style" not in teks, jalur
        assert "onclick=" not in teks, jalur


def test_kuki(client, sari):
    """What a production office sends: read from its own settings, in a process of its own."""
    kode = (
        "import json; from kpupalu import settings as s; print(json.dumps({n: getattr(s, n) for n in dir(s) "
        "if 'COOKIE' in n or n.startswith('SECURE_HSTS') or n == 'SECURE_SSL_REDIRECT'}))"
    )
    lingkungan = {k: v for k, v in os.environ.items() if k not in {"TLS", "DEBUG", "MODE_CONTOH", "WAJIB_2FA"}}
    hasil = subprocess.run(
        [sys.executable, "-c", kode],
        env=lingkungan | {"SECRET_KEY": "x" * 50},
        cwd=office.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    kuki = json.loads(hasil.stdout)
    assert kuki["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert kuki["CSRF_COOKIE_NAME"].startswith("__Host-")
    for nama in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert kuki[f"{nama}_SECURE"]
        assert kuki[f"{nama}_HTTPONLY"]
        assert kuki[f"{nama}_SAMESITE"] in {"Lax", "Strict"}
    assert kuki["SECURE_HSTS_SECONDS"] == 31_536_000
    assert kuki["SECURE_SSL_REDIRECT"]


def test_only_the_two_cookies_are_set_and_both_are_closed_to_scripts(client, sari, settings):
    settings.WAJIB_2FA = False
    sari.set_password("kuda-lumping-sore-9")
    sari.save()
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": "sari", "password": "kuda-lumping-sore-9"})
    assert set(client.cookies) == {office.SESSION_COOKIE_NAME, office.CSRF_COOKIE_NAME}
    for kuki in client.cookies.values():
        assert kuki["httponly"]
        assert kuki["samesite"] in {"Lax", "Strict"}
        assert kuki["path"] == "/"
        assert not kuki["domain"]
    assert client.cookies[office.SESSION_COOKIE_NAME]["max-age"] == "", "the session ends with the browser"
