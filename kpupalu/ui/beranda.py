"""The cards of Beranda: what waits for me, what is late, what changed since yesterday."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from kpupalu.audit.models import Pemakaian
from kpupalu.lib.waktu import hari_ini

MENUNGGU, TERLAMBAT, BERUBAH = "menunggu", "terlambat", "berubah"
JUDUL_BAGIAN = {
    MENUNGGU: "Menunggu Anda",
    TERLAMBAT: "Terlambat",
    BERUBAH: "Berubah sejak kemarin",
}


@dataclass(frozen=True, slots=True)
class Kartu:
    """One number and the list behind it; the list at *tautan* shows exactly *jumlah* rows."""

    judul: str
    jumlah: int
    tautan: str
    kalimat: str = ""
    genting: bool = False
    bagian: str = MENUNGGU


_pembuat: list[Callable] = []


def daftarkan_kartu(fungsi: Callable[..., list[Kartu]]) -> Callable[..., list[Kartu]]:
    """Register ``fungsi(user) -> list[Kartu]``; usable as a decorator. Registering twice changes nothing."""
    if fungsi not in _pembuat:
        _pembuat.append(fungsi)
    return fungsi


@daftarkan_kartu
def _batas_tercapai(user) -> list[Kartu]:
    """The alarm of limits on reading and export, for those who read the history of the office."""
    if not user.has_perm("audit.baca_jejak"):
        return []
    kemarin = hari_ini() - timedelta(days=1)
    jumlah = Pemakaian.objects.filter(dilampaui_pada__date__gte=kemarin).count()
    tautan = f"{reverse('audit_batas')}?sejak={kemarin}"
    return [Kartu("Batas pemakaian tercapai", jumlah, tautan, "Sejak kemarin. Tanyakan untuk apa.", True, BERUBAH)]


def kartu_untuk(user) -> list[dict]:
    """The three sections of Beranda for *user*, urgent cards first; cards that count nothing are left out."""
    semua = [kartu for fungsi in _pembuat for kartu in fungsi(user) if kartu.jumlah]
    semua.sort(key=lambda kartu: not kartu.genting)
    return [
        {"kunci": kunci, "judul": judul, "kartu": [k for k in semua if k.bagian == kunci]}
        for kunci, judul in JUDUL_BAGIAN.items()
    ]
