"""Every URL declares who may open it: anybody, whoever is logged in, or whoever has a right.

A page whose right is missing is answered as if it did not exist: ``no right`` and ``not there`` look the same
from outside. A page without a rule does not pass the tests.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIK, MASUK, HAK, STAF = "publik", "masuk", "hak", "staf"


@dataclass(frozen=True, slots=True)
class Aturan:
    """Who may open a page. *perm*: any one of these permissions is enough (only for ``hak``)."""

    jenis: str
    perm: tuple[str, ...] = ()

    def boleh(self, user) -> bool:
        if self.jenis == PUBLIK:
            return True
        if not user.is_authenticated:
            return False
        return self.jenis == MASUK or any(user.has_perm(perm) for perm in self.perm)


# Pages of packages, which cannot carry a decorator. Whatever a package adds later has no rule until listed here.
ATURAN_PAKET: dict[str, Aturan] = {
    "account_login": Aturan(PUBLIK),
    "account_logout": Aturan(PUBLIK),
    "mfa_authenticate": Aturan(PUBLIK),
    "account_reauthenticate": Aturan(MASUK),
    "mfa_index": Aturan(MASUK),
    "mfa_reauthenticate": Aturan(MASUK),
    "mfa_activate_totp": Aturan(MASUK),
    "mfa_deactivate_totp": Aturan(MASUK),
    "usersessions_list": Aturan(MASUK),
}
# The admin site checks staff and model permissions itself, page by page.
NAMESPACE_STAF = "admin"


def _jaga(view: Callable, aturan: Aturan) -> Callable:
    @wraps(view)
    def terjaga(request, *args: Any, **kwargs: Any):
        if not aturan.boleh(request.user):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
            raise Http404
        return view(request, *args, **kwargs)

    terjaga.aturan_akses = aturan  # type: ignore[attr-defined]
    return terjaga


def publik(view: Callable) -> Callable:
    """Anybody may open *view*, also without logging in."""
    return _jaga(view, Aturan(PUBLIK))


def masuk(view: Callable) -> Callable:
    """Whoever is logged in may open *view*; others are asked to log in and come back."""
    return _jaga(view, Aturan(MASUK))


def hak(*perm: str) -> Callable[[Callable], Callable]:
    """Whoever has any of *perm* may open the view; 404 for others who are logged in."""
    if not perm:
        raise ValueError("@hak memerlukan sedikitnya satu hak.")
    return lambda view: _jaga(view, Aturan(HAK, perm))


def latar(view: Callable) -> Callable:
    """A page that the browser asks for by itself (progress): being asked for does not keep a session alive."""

    @wraps(view)
    def terbungkus(request, *args: Any, **kwargs: Any):
        return view(request, *args, **kwargs)

    terbungkus.latar = True  # type: ignore[attr-defined]
    return terbungkus


class HakMixin:
    """A class-based view that needs ``perm`` (one permission or a tuple of which any is enough)."""

    perm: str | tuple[str, ...] = ()

    @classmethod
    def as_view(cls, **initkwargs):
        perm = initkwargs.get("perm", cls.perm)
        view = super().as_view(**initkwargs)  # type: ignore[misc]
        return hak(*((perm,) if isinstance(perm, str) else perm))(view)


class MasukMixin:
    """A class-based view for whoever is logged in."""

    @classmethod
    def as_view(cls, **initkwargs):
        return masuk(super().as_view(**initkwargs))  # type: ignore[misc]


class PublikMixin:
    """A class-based view for anybody."""

    @classmethod
    def as_view(cls, **initkwargs):
        return publik(super().as_view(**initkwargs))  # type: ignore[misc]


def aturan_untuk(view: Callable, nama: str, namespaces: list[str]) -> Aturan | None:
    """The rule of a resolved page, or None when nobody declared one."""
    if namespaces and namespaces[0] == NAMESPACE_STAF:
        return Aturan(STAF)
    return getattr(view, "aturan_akses", None) or (None if namespaces else ATURAN_PAKET.get(nama))


def semua_url(
    resolver: URLResolver | None = None, awalan: str = "", namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, Callable, Aturan | None]]:
    """Every page of the site: ``(path pattern, name, view, rule or None)``."""
    for butir in (resolver or get_resolver()).url_patterns:
        jalur = awalan + str(butir.pattern)
        if isinstance(butir, URLPattern):
            nama = butir.name or ""
            yield jalur, nama, butir.callback, aturan_untuk(butir.callback, nama, list(namespaces))
        else:
            ruang = (*namespaces, butir.namespace) if butir.namespace else namespaces
            yield from semua_url(butir, jalur, ruang)
