"""A strict, bounded reader of PDF files, quick enough for documents with large tables.

It reads what the library reads and refuses what the library refuses. Imports nothing of the project.
"""

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils import generic, misc, xref
from pyhanko.pdf_utils.decode_limits import (
    DecodeLimits,
    DecodePurpose,
    DocumentDecodeBudget,
    StreamDecodeLimits,
)
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

MiB = 1024 * 1024
_SPASI = b"\0\t\n\f\r "
_BUKAN_HEKSA = re.compile(rb"[^0-9a-fA-F]")
_lambat_heksa = generic.read_hex_string_from_stream
_lambat_xref = xref.parse_xref_stream
_lambat_kata = x509.NameTypeAndValue._ldap_string_prep
_BATAS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * MiB),
    document_budget=DocumentDecodeBudget(base_allowance=128 * MiB, max_ratio=20),
)


def baca_heksa(stream: io.BytesIO) -> Any:
    """The hexadecimal string at the position of *stream*, which afterwards stands behind its ``>``.

    The library looks at one byte at a time, which for the contents of a signature takes longer than checking it.
    Whatever is not digits and blanks is left to the library to refuse.
    """
    awal = stream.tell()
    isi, akhir = bytearray(), -1
    while akhir < 0 and (potong := stream.read(16 * 1024)):
        akhir = potong.find(b">")
        isi += potong if akhir < 0 else potong[: akhir + 1]
    digit = bytes(isi[1:-1]).translate(None, _SPASI)
    if akhir < 0 or _BUKAN_HEKSA.search(digit):
        stream.seek(awal)
        return _lambat_heksa(stream)
    stream.seek(awal + len(isi))
    return generic.pdf_string(bytes.fromhex((digit + b"0" * (len(digit) % 2)).decode("ascii")))


def baca_xref(xref_stream: generic.StreamObject, strict: bool = True) -> Iterator[xref.XRefEntry]:
    """The entries of a cross-reference stream with whole rows; anything unusual is left to the library."""
    try:
        lebar = [int(n) for n in xref_stream["/W"]]
        bagian = list(misc.pair_iter(xref_stream.get("/Index", [0, xref_stream.get("/Size")])))
        jumlah = sum(int(n) for _, n in bagian)
    except (KeyError, TypeError, ValueError):
        return _lambat_xref(xref_stream, strict)
    batas = [0, *(n for mulai, banyak in bagian for n in (mulai, mulai + banyak))]
    if len(lebar) != 3 or not lebar[0] or not all(0 <= n <= 7 for n in lebar) or batas != sorted(batas):
        return _lambat_xref(xref_stream, strict)
    data = xref_stream.read_data(DecodePurpose.XREF_STREAM, expected_size=jumlah * (sum(lebar) + 1))
    if len(data) != jumlah * sum(lebar):
        return _lambat_xref(xref_stream, strict)
    return _baris_xref(data, bagian, lebar)


def _baris_xref(data: bytes, bagian: list[tuple[int, int]], lebar: list[int]) -> Iterator[xref.XRefEntry]:
    satu, dua, baris = accumulate(lebar)
    angka, letak = int.from_bytes, 0
    for mulai, jumlah in bagian:
        for nomor in range(mulai, mulai + jumlah):
            jenis = angka(data[letak : letak + satu])
            a, b = angka(data[letak + satu : letak + dua]), angka(data[letak + dua : letak + baris])
            letak += baris
            if jenis == 1:
                yield xref.XRefEntry(xref.XRefType.STANDARD, a, nomor, b)
            elif jenis == 2:
                yield xref.XRefEntry(xref.XRefType.IN_OBJ_STREAM, xref.ObjStreamRef(a, b), nomor)
            elif jenis == 0:
                yield xref.XRefEntry(xref.XRefType.FREE, None, nomor, b)


@lru_cache(maxsize=512)
def siapkan_kata(kata: str) -> str:
    """*kata* of a name in a certificate, prepared for comparison as RFC 4518 says; ValueError as the library's.

    The same few names stand in every certificate, list and stamp of a file and are compared again for each.
    """
    return _lambat_kata(x509.NameTypeAndValue(), kata)


# The library has no place to choose these; every reader of the process gets the quicker ones.
generic.read_hex_string_from_stream = baca_heksa
xref.parse_xref_stream = baca_xref
x509.NameTypeAndValue._ldap_string_prep = staticmethod(siapkan_kata)


class _Revisi(HistoricalResolver):
    """One revision, whose map of who uses what leaves out the structure tree.

    The map says in how many places an object that was replaced later had been used, so that every place is
    vouched for. No rule lets an object of the structure tree be replaced, and it only names pages and fields,
    whose own rules look at them anyway; walking it costs more than all the rest of a document with tables.
    """

    _sedang_dipetakan = False

    def get_object(self, ref, as_metadata_stream: bool = False):
        objek = super().get_object(ref, as_metadata_stream)
        if self._sedang_dipetakan and ref == self.root_ref:
            return generic.DictionaryObject({k: v for k, v in objek.items() if k != "/StructTreeRoot"})
        return objek

    def _load_reverse_xref_cache(self):
        self._sedang_dipetakan = True
        try:
            super()._load_reverse_xref_cache()
        finally:
            self._sedang_dipetakan = False


class Pembaca(PdfFileReader):
    """A bounded, strict reader that indexes each object stream once.

    The library reads the whole index again for every object in it; the structure tree of a table with a few
    hundred rows then takes minutes instead of milliseconds.
    """

    def get_historical_resolver(self, revision: int) -> HistoricalResolver:
        """The view on one revision, made once."""
        if revision not in self._historical_resolver_cache:
            self._historical_resolver_cache[revision] = _Revisi(self, revision)
        return self._historical_resolver_cache[revision]

    def __init__(self, pdf: bytes) -> None:
        super().__init__(io.BytesIO(pdf), decode_limits=_BATAS)
        self._aliran: dict[int, tuple[generic.StreamObject, io.BytesIO, list[int]]] = {}

    def _get_object_from_stream(self, idnum, stmnum, idx):
        aliran = generic.Reference(stmnum, 0, self).get_object()
        if stmnum not in self._aliran or self._aliran[stmnum][0] is not aliran:
            if not isinstance(aliran, generic.StreamObject) or aliran["/Type"] != "/ObjStm":
                raise PdfStrictReadError("not an object stream")
            data = aliran.read_data(DecodePurpose.OBJECT_STREAM)
            indeks = [int(angka) for angka in data[: int(aliran["/First"])].split()]
            self._aliran[stmnum] = (aliran, io.BytesIO(data), indeks)
        _, isi, indeks = self._aliran[stmnum]
        if not 0 <= idx < int(aliran["/N"]) or indeks[2 * idx] != idnum:
            raise PdfStrictReadError("object is not where the cross-reference says")
        isi.seek(int(aliran["/First"]) + indeks[2 * idx + 1])
        objek = generic.read_object(isi, generic.Reference(idnum, 0, self))
        if isinstance(objek, generic.StreamObject | generic.IndirectObject):
            raise PdfStrictReadError("forbidden type of object in an object stream")
        return objek
