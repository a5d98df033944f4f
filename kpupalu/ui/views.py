"""Beranda, the guide, the health check, and the pages shown when something is not as it should be."""

import logging
import secrets
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.cache import add_never_cache_headers, get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kpupalu.accounts.akses import masuk, publik
from kpupalu.lib import waktu
from kpupalu.ui import panduan as buku
from kpupalu.ui.beranda import kartu_untuk

logger = logging.getLogger(__name__)
_SETAHUN, _LIMA_MENIT = 365 * 24 * 3600, 300


@masuk
@require_GET
def beranda(request: HttpRequest) -> HttpResponse:
    """What waits for the person, what is late, what changed: a list before any chart."""
    konteks = {"bagian_kartu": kartu_untuk(request.user), "hari_ini": waktu.hari_ini()}
    return render(request, "ui/beranda.html", konteks)


@masuk
@require_POST
def sesi(request: HttpRequest) -> HttpResponse:
    """Keep the session alive; asked for by the button of the warning two minutes before it ends."""
    return HttpResponse(status=204)


@publik
@require_GET
def panduan(request: HttpRequest) -> HttpResponse:
    """The list of guide pages."""
    return render(request, "ui/panduan_daftar.html", {"halaman": buku.daftar_halaman()})


@publik
@require_GET
def panduan_halaman(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide page, from ``docs/panduan/<slug>.md``."""
    halaman = buku.baca(slug)
    if halaman is None:
        raise Http404
    return render(request, "ui/panduan.html", {"halaman": halaman})


@publik
@require_GET
def panduan_gambar(request: HttpRequest, nama: str) -> HttpResponse:
    """One picture of the guide. Under the address with its digest it never changes, so browsers keep it."""
    gambar = buku.gambar(nama)
    if gambar is None:
        raise Http404
    sidik = quote_etag(gambar.sidik)
    jawaban = HttpResponse(gambar.isi, content_type="image/png", headers={"ETag": sidik})
    if request.GET.get("v") == gambar.sidik:
        patch_cache_control(jawaban, public=True, max_age=_SETAHUN, immutable=True)
    else:
        patch_cache_control(jawaban, public=True, max_age=_LIMA_MENIT)
    return get_conditional_response(request, etag=sidik, response=jawaban) or jawaban


@publik
@never_cache
@require_GET
def kesehatan(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and the private folder can be written, else 503. Names no cause in public."""
    sehat = _basis_data_menjawab() and _folder_dapat_ditulis()
    return JsonResponse({"status": "sehat" if sehat else "terganggu"}, status=200 if sehat else 503)


def _basis_data_menjawab() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("Pemeriksaan kesehatan: basis data tidak menjawab")
        return False
    return True


def _folder_dapat_ditulis() -> bool:
    uji = Path(settings.DATA_DIR) / f".kesehatan-{secrets.token_hex(4)}"
    try:
        uji.parent.mkdir(parents=True, exist_ok=True)
        uji.write_bytes(b"1")
        uji.unlink()
    except OSError:
        logger.exception("Pemeriksaan kesehatan: folder data tidak dapat ditulis")
        return False
    return True


# --- Error pages: no request context, so no session, user or database is touched ---


def _halaman_galat(templat: str, status: int, **konteks) -> HttpResponse:
    isi = loader.render_to_string(
        templat, {"nama_satker": settings.NAMA_SATKER, "mode_contoh": settings.MODE_CONTOH, **konteks}
    )
    response = HttpResponse(isi, status=status)
    add_never_cache_headers(response)
    return response


def galat_400(request, exception=None) -> HttpResponse:
    """The request could not be read."""
    return _halaman_galat("400.html", 400)


def galat_404(request, exception=None) -> HttpResponse:
    """Not there, or not for this person: the same page and the same status, so that nobody can tell."""
    return _halaman_galat("404.html", 404)


def galat_csrf(request, reason="") -> HttpResponse:
    """The form was opened too long ago or in another session; nothing was saved."""
    logger.warning("Formulir tanpa tanda keaslian: %s", reason)
    return _halaman_galat("403.html", 403)


def galat_500(request) -> HttpResponse:
    """An error of ours, with a number that also stands in the log beside the traceback."""
    nomor = f"{waktu.sekarang():%y%m%d}-{secrets.token_hex(3).upper()}"
    logger.error("Nomor kejadian %s pada %s %s", nomor, request.method, request.path, exc_info=True)
    return _halaman_galat("500.html", 500, nomor=nomor)


def sedang_dipelihara(request, sampai: str = "") -> HttpResponse:
    """Maintenance; *sampai* is the hour in words, ``14.00 WITA``."""
    response = _halaman_galat("503.html", 503, sampai=sampai)
    response["Retry-After"] = "600"
    return response
