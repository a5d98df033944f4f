"""The gate every page of a person passes: a living session, a password of one's own, the second factor."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kpupalu.accounts import draf

KUNCI_MASUK, KUNCI_AKTIF, KUNCI_DUA_LANGKAH = "masuk_pada", "aktif_pada", "dua_langkah"
# A page view is written to the session at most this often; so idleness is measured this exactly.
JEDA_TULIS = 20
SELALU_BOLEH = {"account_logout", "account_reauthenticate", "mfa_reauthenticate", "sesi"}
GANTI_SANDI = {"account_change_password"}
PASANG_DUA_LANGKAH = {"mfa_activate_totp", "mfa_index"}


class AccessMiddleware:
    """Ends sessions that were idle or lasted too long, and lets nobody past a password lent by an admin or (with
    ``WAJIB_2FA``) a session that knows only a password. Pages of a session are never stored by a browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies.get(settings.SESSION_COOKIE_NAME):
            response["Cache-Control"] = "no-store"
        return response

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated:
            return None
        return sesi_berakhir(request, latar=getattr(view, "latar", False)) or langkah_wajib(request)


def sesi_berakhir(request, *, latar: bool = False) -> HttpResponse | None:
    """End a session that was idle or lasted too long and send the person to the login page; else note activity.

    A form sent too late is kept as a draft of that person (``draf``), and the login leads back to it.
    """
    kini, sesi = time.time(), request.session
    aktif = sesi.get(KUNCI_AKTIF, kini)
    if kini - sesi.get(KUNCI_MASUK, kini) >= settings.SESSION_COOKIE_AGE:
        jam = settings.SESSION_COOKIE_AGE // 3600
        return _akhiri(request, f"Sesi Anda berakhir karena sudah berjalan {jam} jam.")
    if kini - aktif >= settings.SESI_DIAM_MENIT * 60:
        return _akhiri(
            request, f"Sesi Anda berakhir karena tidak ada kegiatan selama {settings.SESI_DIAM_MENIT} menit."
        )
    if KUNCI_MASUK not in sesi:
        sesi[KUNCI_MASUK] = sesi[KUNCI_AKTIF] = kini
    elif not latar and kini - aktif >= JEDA_TULIS:
        sesi[KUNCI_AKTIF] = kini
    return None


def _akhiri(request, kalimat: str) -> HttpResponse:
    tersimpan = draf.simpan(request)
    logout(request)
    if tersimpan:
        kembali = reverse("draf_isian", args=[tersimpan.pk])
        messages.warning(request, f"{kalimat} Isian Anda disimpan sebagai draf.")
    else:
        kembali = request.get_full_path() if request.method == "GET" else "/"
        messages.warning(request, kalimat)
    return _alihkan(request, redirect_to_login(kembali).url)


def langkah_wajib(request) -> HttpResponse | None:
    """Send the person to what must be done first: an own password, then the second factor."""
    nama = request.resolver_match.url_name
    if nama in SELALU_BOLEH:
        return None
    if request.user.harus_ganti_sandi:
        return None if nama in GANTI_SANDI else _alihkan(request, reverse("account_change_password"))
    if not settings.WAJIB_2FA or nama in PASANG_DUA_LANGKAH or request.session.get(KUNCI_DUA_LANGKAH):
        return None
    totp = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).first()
    if totp is None:
        return _alihkan(request, reverse("mfa_activate_totp"))
    bukti = any(r.get("method") == "mfa" for r in get_authentication_records(request, request.user))
    if bukti or totp.created_at.timestamp() >= request.session[KUNCI_MASUK]:
        request.session[KUNCI_DUA_LANGKAH] = True
        return None
    return _alihkan(request, f"{reverse('mfa_reauthenticate')}?next={reverse(settings.LOGIN_REDIRECT_URL)}")


def _alihkan(request, url: str) -> HttpResponse:
    """A redirect that htmx follows with the whole page instead of swapping it into a corner."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=200, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
