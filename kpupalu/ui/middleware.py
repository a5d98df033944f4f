"""Turns a refusal of the office's rules into a page or a message, so that no view needs to catch it."""

import logging
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from kpupalu.lib import Refused

logger = logging.getLogger(__name__)


class RefusedMiddleware:
    """A ``Refused`` raised in a view reaches the person as the sentence it carries.

    A plain POST goes back to the page it came from with the sentence on top; an htmx request gets it as
    text with status 409 for the alert region; anything else gets a page with status 409.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        kalimat = str(exception)
        if getattr(request, "htmx", False):
            # 409 is not swapped; the script shows the text in the alert region.
            return HttpResponse(
                kalimat, status=409, content_type="text/plain; charset=utf-8", headers={"X-Kalimat": "1"}
            )
        asal = self._asal(request)
        if request.method == "POST" and asal:
            messages.error(request, kalimat)
            return HttpResponseRedirect(asal)
        return render(request, "ui/ditolak.html", {"kalimat": kalimat, "asal": asal}, status=409)

    @staticmethod
    def _asal(request: HttpRequest) -> str:
        """Path of the page the request came from; empty when it is another site, unknown or this very URL.

        A page that answers GET with the same refusal would send the person round in a circle; it is not
        excluded for POST, where the same URL is usually the form itself.
        """
        rujukan = request.headers.get("referer", "")
        if not rujukan or not url_has_allowed_host_and_scheme(rujukan, {request.get_host()}):
            return ""
        bagian = urlsplit(rujukan)
        alamat = bagian.path + (f"?{bagian.query}" if bagian.query else "")
        return "" if request.method != "POST" and alamat == request.get_full_path() else alamat
