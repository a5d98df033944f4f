"""The main menu: groups by job, filled by each app's ``ready()``, shown only as far as the person may go."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

# Product conventions §2: by job, not by table; an entry outside these groups is a programming error.
KELOMPOK = (
    "Beranda",
    "Surat",
    "Data Pemilih",
    "Logistik",
    "Pengadaan",
    "Hukum",
    "PPID",
    "Sosialisasi & Hubungan Lembaga",
    "Keuangan & BMN",
    "SDM",
    "Administrasi",
)

Izin = str | tuple[str, ...] | Callable[[Any], bool] | None


@dataclass(frozen=True, slots=True)
class Butir:
    """One registered entry of the menu; *perm* is a permission, several of which any is enough, a test of the
    user, or None (anybody). *bagian* is the heading it stands under in a long group, or nothing."""

    kelompok: str
    label: str
    url_name: str
    perm: Izin
    urutan: int
    args: tuple
    bagian: str = ""

    def boleh(self, user) -> bool:
        if self.perm is None:
            return True
        if callable(self.perm):
            return self.perm(user)
        perms = (self.perm,) if isinstance(self.perm, str) else self.perm
        return any(user.has_perm(perm) for perm in perms)


_butir: dict[tuple[str, str], Butir] = {}


def daftarkan(
    kelompok: str,
    label: str,
    url_name: str,
    perm: Izin = None,
    urutan: int = 100,
    args: tuple = (),
    bagian: str = "",
) -> None:
    """Put an entry into the menu; registering the same group and label again replaces it.

    Entries of one *bagian* stand together under its name; ``urutan`` must keep them side by side.

    Raises ValueError for a group that is not one of these.
    """
    if kelompok not in KELOMPOK:
        raise ValueError(f"Kelompok menu tidak dikenal: {kelompok!r}")
    _butir[kelompok, label] = Butir(kelompok, label, url_name, perm, urutan, tuple(args), bagian)


def semua_butir() -> list[Butir]:
    """Every registered entry, in the order of the groups."""
    return sorted(_butir.values(), key=lambda b: (KELOMPOK.index(b.kelompok), b.urutan, b.label))


def alamat(butir: Butir) -> str | None:
    """The address of *butir*, or None when it leads nowhere (the system check ui.W001 reports that)."""
    try:
        return reverse(butir.url_name, args=butir.args)
    except NoReverseMatch:
        return None


def susun(user, path: str) -> list[dict]:
    """The menu of *user* standing at *path*: groups in order, each with its entries; empty for strangers.

    Shape: ``[{"label", "butir": [{"label", "url", "kini", "bagian"}], "kini", "terbuka"}]``. At most one entry is
    *kini*: the one whose address is the longest beginning of *path*.
    """
    terbuka = _terbuka(user)
    return _kelompokkan(terbuka, _kini(terbuka, path))


def cetak(user, path: str) -> str:
    """The same menu as HTML, as ``components/menu.html`` prints it; empty for strangers.

    It is printed once for all who see the same entries from the same place: a page shows it twice.
    """
    terbuka = _terbuka(user)
    kini = _kini(terbuka, path)
    return _cetak(terbuka, kini, kini == path) if terbuka else ""


def _terbuka(user) -> tuple[tuple[Butir, str], ...]:
    """The entries *user* may open, each with its address; none for strangers."""
    if not getattr(user, "is_authenticated", False):
        return ()
    ruang = get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
    return tuple((b, url) for b in semua_butir() if b.boleh(user) and (url := _alamat(b, *ruang)))


def _kini(terbuka: tuple[tuple[Butir, str], ...], path: str) -> str | None:
    cocok = [url for _, url in terbuka if path == url or (url != "/" and path.startswith(url))]
    return max(cocok, key=len, default=None)


@lru_cache(maxsize=256)
def _cetak(terbuka: tuple[tuple[Butir, str], ...], kini: str | None, tepat: bool) -> str:
    return render_to_string("components/menu.html", {"menu": _kelompokkan(terbuka, kini), "tepat": tepat})


@lru_cache(maxsize=512)
def _alamat(butir: Butir, urlconf: str, awalan: str) -> str | None:
    """``alamat`` under one URL configuration, which does not change while a process lives."""
    return alamat(butir)


def _kelompokkan(terbuka: tuple[tuple[Butir, str], ...], kini: str | None) -> list[dict]:
    kelompok: dict[str, dict] = {}
    for butir, url in terbuka:
        grup = kelompok.setdefault(butir.kelompok, {"label": butir.kelompok, "butir": [], "kini": False})
        grup["butir"].append({"label": butir.label, "url": url, "kini": url == kini, "bagian": butir.bagian})
        grup["kini"] = grup["kini"] or url == kini
    for grup in kelompok.values():
        grup["tunggal"] = len(grup["butir"]) == 1 and grup["butir"][0]["label"] == grup["label"]
        grup["terbuka"] = grup["kini"] or len(kelompok) <= 4
    return list(kelompok.values())


_publik: dict[str, str] = {}


def daftarkan_publik(label: str, url_name: str) -> None:
    """Name a page that people without an account look for; it stands in the foot of every public page."""
    _publik[label] = url_name


def halaman_publik() -> list[tuple[str, str]]:
    """``(label, address)`` of the public pages, as they were registered."""
    return [(label, reverse(url_name)) for label, url_name in _publik.items()]
