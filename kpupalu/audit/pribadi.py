"""Which fields of history are personal, and who may read them: kinds of objects declare it in ``ready()``."""

from typing import Any

_BIDANG: dict[str, tuple[frozenset[str], str]] = {}
SAMARAN = "•••"


def daftarkan_bidang_pribadi(jenis: str, bidang: set[str], *, perm: str) -> None:
    """*bidang* of *jenis* (``"pdpb.perubahan"``) are shown in history only to readers with *perm*."""
    _BIDANG[jenis] = (frozenset(bidang), perm)


def samarkan(jenis: str, bidang: str, nilai: Any, user) -> Any:
    """*nilai* as *user* may read it: itself, or dots where it is personal and they have no right to it."""
    pribadi, perm = _BIDANG.get(jenis, (frozenset(), ""))
    if bidang in pribadi and nilai not in (None, "") and not user.has_perm(perm):
        return SAMARAN
    return nilai
