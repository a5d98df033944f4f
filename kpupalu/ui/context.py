"""What every page knows about the office, the environment and the person reading it."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from kpupalu.accounts.peran import jabatan
from kpupalu.lib import waktu
from kpupalu.pemberitahuan.models import Pemberitahuan
from kpupalu.ui import menu


def halaman(request) -> dict:
    """Variables of ``base.html``. Nothing here asks the database before the page prints it."""
    user = getattr(request, "user", None)
    return {
        "nama_satker": settings.NAMA_SATKER,
        "kode_satker": settings.KODE_SATKER,
        "mode_contoh": settings.MODE_CONTOH,
        "menu": SimpleLazyObject(lambda: menu.susun(user, request.path)),
        "halaman_publik": SimpleLazyObject(menu.halaman_publik),
        "peran_pengguna": SimpleLazyObject(lambda: jabatan(user) if user else ""),
        "belum_dibaca": SimpleLazyObject(lambda: Pemberitahuan.objects.for_user(user).belum_dibaca().count()),
        "sesi_diam_detik": settings.SESI_DIAM_MENIT * 60,
        "saat_ini": waktu.sekarang(),
    }
