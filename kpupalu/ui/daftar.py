"""Pages of a long list by key: no OFFSET, no exact count, the same cost at any depth."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Field, Func, IntegerField, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.http import HttpRequest

UKURAN = (25, 50, 100)
# Short and without the row's key: the address of a page must not tell a name (product conventions §2).
_tanda = signing.Signer(salt="kpupalu.ui.daftar", sep=".")


@dataclass(frozen=True, slots=True)
class Halaman:
    """Rows of one page and the tokens of its neighbours; a token is empty when there is no such page."""

    baris: list
    setelah: str
    sebelum: str
    ukuran: int

    @property
    def ada_lanjutan(self) -> bool:
        return bool(self.setelah)

    @property
    def ada_sebelumnya(self) -> bool:
        return bool(self.sebelum)

    def __iter__(self) -> Iterator:
        return iter(self.baris)

    def __len__(self) -> int:
        return len(self.baris)


def ambil_halaman(
    queryset: QuerySet,
    urutan: Sequence[str] = ("id",),
    setelah: str = "",
    sebelum: str = "",
    ukuran: int = 50,
) -> Halaman:
    """The page of *queryset* that follows the row of token *setelah*, or goes before that of *sebelum*.

    *urutan* names fields that are never NULL, ``-`` in front for descending; the last one must be unique. A
    token that is not ours, or whose row is gone, gives the first page. Raises ValueError for a nullable field.
    """
    _periksa_urutan(queryset, urutan)
    mundur = bool(sebelum)
    kunci = _kunci_baris(queryset, urutan, sebelum or setelah) if sebelum or setelah else None
    if kunci is None:
        mundur = False
    arah = [_balik(nama) if mundur else nama for nama in urutan]
    rows = queryset.order_by(*arah)
    if kunci is not None:
        rows = rows.filter(_sesudah(queryset, arah, kunci))
    ambil = list(rows[: ukuran + 1])
    lebih, ambil = len(ambil) > ukuran, ambil[:ukuran]
    if mundur and not lebih:
        # The beginning was reached: show a full first page, not its torn-off head.
        return ambil_halaman(queryset, urutan, ukuran=ukuran)
    if mundur:
        ambil.reverse()
    lanjut, dulu = (True, lebih) if mundur else (lebih, kunci is not None)
    return Halaman(
        baris=ambil,
        setelah=_tanda.sign(_pk(ambil[-1])) if ambil and lanjut else "",
        sebelum=_tanda.sign(_pk(ambil[0])) if ambil and dulu else "",
        ukuran=ukuran,
    )


def ambil_halaman_dari(request: HttpRequest, queryset: QuerySet, urutan: Sequence[str] = ("id",)) -> Halaman:
    """``ambil_halaman`` with ``?setelah=``, ``?sebelum=`` and ``?ukuran=`` (25, 50 or 100) of the request."""
    ukuran = request.GET.get("ukuran", "")
    return ambil_halaman(
        queryset,
        urutan,
        setelah=request.GET.get("setelah", ""),
        sebelum=request.GET.get("sebelum", ""),
        ukuran=int(ukuran) if ukuran in map(str, UKURAN) else 50,
    )


def ambil_potongan_dari(request: HttpRequest, semua: Sequence[Any], kunci: Callable[[Any], int]) -> Halaman:
    """The same for rows that are in memory already in their order, found again by the whole number *kunci* of each."""
    ukuran_diminta = request.GET.get("ukuran", "")
    ukuran = int(ukuran_diminta) if ukuran_diminta in map(str, UKURAN) else 50
    letak = {kunci(satu): n for n, satu in enumerate(semua)}

    def di(nama: str) -> int | None:
        try:
            return letak.get(int(_tanda.unsign(request.GET.get(nama, ""))))
        except (signing.BadSignature, ValueError):
            return None

    mulai = 0
    if (dulu := di("sebelum")) is not None:
        mulai = max(dulu - ukuran, 0)
    elif (lanjut := di("setelah")) is not None:
        mulai = lanjut + 1
    baris = list(semua[mulai : mulai + ukuran])
    return Halaman(
        baris=baris,
        setelah=_tanda.sign(str(kunci(baris[-1]))) if baris and mulai + ukuran < len(semua) else "",
        sebelum=_tanda.sign(str(kunci(baris[0]))) if baris and mulai else "",
        ukuran=ukuran,
    )


def sekitar_jumlah(queryset: QuerySet) -> int:
    """About how many rows: the planner's estimate, which reads no row. For words like "sekitar 279.000"."""
    rencana = json.loads(queryset.order_by().explain(format="json"))
    return int(rencana[0]["Plan"]["Plan Rows"])


def _pk(baris: Any) -> Any:
    """The key of a row, also of one that is a dict of ``values()``, which then holds ``id``."""
    return baris["id"] if isinstance(baris, dict) else baris.pk


def _balik(nama: str) -> str:
    return nama[1:] if nama.startswith("-") else f"-{nama}"


def _polos(nama: str) -> str:
    return nama.removeprefix("-")


def _bidang(queryset: QuerySet, nama: str) -> Field | None:
    """The model field behind *nama*, through relations; None for an annotation."""
    if nama in queryset.query.annotations:
        return None
    model, bidang = queryset.model, None
    for bagian in nama.split("__"):
        bidang = model._meta.pk if bagian == "pk" else model._meta.get_field(bagian)
        model = bidang.related_model or model
    return bidang


def _periksa_urutan(queryset: QuerySet, urutan: Sequence[str]) -> None:
    for nama in urutan:
        try:
            bidang = _bidang(queryset, _polos(nama))
        except FieldDoesNotExist as salah:
            raise ValueError(f"Urutan {nama!r} bukan bidang {queryset.model.__name__}.") from salah
        if bidang is not None and bidang.null:
            raise ValueError(f"Urutan {nama!r} dapat NULL; halaman menurut kunci akan melewatkan baris.")


def _kunci_baris(queryset: QuerySet, urutan: Sequence[str], token: str) -> tuple | None:
    """The sort key of the row behind *token*, or None.

    A row that has meanwhile left the filter still marks the place: only its position is used, nothing of
    it is shown, and the signature proves that this office showed it before.
    """
    try:
        pk = _tanda.unsign(token)
    except signing.BadSignature:
        return None
    nama = [_polos(n) for n in urutan]
    kunci = queryset.order_by().filter(pk=pk).values_list(*nama).first()
    if kunci is None and not any(n in queryset.query.annotations for n in nama):
        kunci = queryset.model._base_manager.filter(pk=pk).values_list(*nama).first()
    return kunci


class _Baris(Func):
    """A row value: PostgreSQL compares it in one step and walks a composite index from there."""

    function = "ROW"
    output_field = IntegerField()


def _sesudah(queryset: QuerySet, arah: Sequence[str], kunci: tuple) -> Any:
    """The condition "comes after *kunci* in the order *arah*"."""
    nama = [_polos(n) for n in arah]
    turun = [n.startswith("-") for n in arah]
    if len(set(turun)) == 1:
        nilai = [Value(k, output_field=_bidang(queryset, n)) for n, k in zip(nama, kunci, strict=True)]
        banding = LessThan if turun[0] else GreaterThan
        return banding(_Baris(*map(F, nama)), _Baris(*nilai))
    syarat, sama = Q(), dict[str, Any]()
    for n, k, menurun in zip(nama, kunci, turun, strict=True):
        syarat |= Q(**sama, **{f"{n}__{'lt' if menurun else 'gt'}": k})
        sama[n] = k
    # The bound on the first field lets an index cut off everything before the place.
    return Q(**{f"{nama[0]}__{'lte' if turun[0] else 'gte'}": kunci[0]}) & syarat
