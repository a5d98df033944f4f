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
        "menu": SimpleLazyObject(lambda: menu.cetak(user, request.path)),
        "halaman_publik": SimpleLazyObject(menu.halaman_publik),
        "peran_pengguna": SimpleLazyObject(lambda: jabatan(user) if user else ""),
        "belum_dibaca": SimpleLazyObject(lambda: _belum_dibaca(user)),
        "sesi_diam_detik": settings.SESI_DIAM_MENIT * 60,
        "saat_ini": waktu.sekarang(),
    }


def _belum_dibaca(user) -> int:
    """Notifications not read yet; read together with the person of a session."""
    terbaca = getattr(user, "hitungan", None)
    return terbaca["belum_dibaca"] if terbaca else Pemberitahuan.objects.for_user(user).belum_dibaca().count()
