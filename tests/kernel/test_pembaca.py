"""The quick parts of the reader say what the library says: the same values, the same refusals, the same position."""

import io

import pytest
from asn1crypto import x509
from hypothesis import example, given
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic, xref

from kpupalu.naskah import pembaca


def jawab(fungsi, data: bytes):
    """What *fungsi* makes of *data*: value, kind and position afterwards, or the kind of refusal."""
    aliran = io.BytesIO(data)
    try:
        nilai = fungsi(aliran)
    except Exception as galat:  # noqa: BLE001 - whatever it is, both must end the same way
        return type(galat)
    return type(nilai), bytes(nilai) if isinstance(nilai, bytes) else str(nilai), aliran.tell()


@example(b"30 31\n3>x")
@example(b"30%31>\n32>x")
@example(b"30")
@example(b"")
@example(b"zz>")
@example(b">")
@example(b"ab" * 20_000 + b">tail")
@given(
    st.binary(max_size=40).map(lambda b: b"<" + b) | st.text("0123456789abcDEF \n%>x").map(lambda t: f"<{t}".encode())
)
def test_hex_strings_read_as_the_library_reads_them(data):
    data = b"<" + data
    assert jawab(pembaca.baca_heksa, data) == jawab(pembaca._lambat_heksa, data)


def aliran_xref(isi: bytes, lebar, indeks, ukuran) -> generic.StreamObject:
    kamus = {"/W": lebar, "/Size": ukuran} | ({"/Index": indeks} if indeks is not None else {})
    return generic.StreamObject({generic.pdf_name(k): _objek(v) for k, v in kamus.items()}, encoded_data=isi)


def _objek(nilai):
    if isinstance(nilai, list):
        return generic.ArrayObject([generic.NumberObject(n) for n in nilai])
    return generic.NumberObject(nilai)


def entri(fungsi, *isi):
    try:
        return list(fungsi(aliran_xref(*isi), True))
    except Exception as galat:  # noqa: BLE001 - as above
        return type(galat)


ANGKA = st.integers(-2, 9)


@example(b"\1\0\5\0" * 3, [1, 2, 1], None, 3)
@example(b"\1\0\5\0" * 3, [1, 2, 1], [2, 1, 7, 2], 9)
@example(b"\2\0\5\1\0\0\0\1\7\0\0\0", [1, 2, 1], None, 3)
@example(b"\1\0\5\0" * 3, [1, 2, 1], [7, 2, 2, 1], 9)
@example(b"\1\0\5\0\0", [1, 2, 1], None, 1)
@example(b"\1\0\5", [1, 2, 1], None, 1)
@example(b"\0\5\0", [0, 2, 1], None, 1)
@example(b"\1\5", [1, 1, 0], None, 1)
@given(st.binary(max_size=60), st.lists(ANGKA, min_size=2, max_size=4), st.none() | st.lists(ANGKA, max_size=4), ANGKA)
def test_cross_references_read_as_the_library_reads_them(isi, lebar, indeks, ukuran):
    assert entri(pembaca.baca_xref, isi, lebar, indeks, ukuran) == entri(
        pembaca._lambat_xref, isi, lebar, indeks, ukuran
    )


def test_every_reader_of_the_process_uses_them():
    assert generic.read_hex_string_from_stream is pembaca.baca_heksa
    assert xref.parse_xref_stream is pembaca.baca_xref


@pytest.mark.parametrize("jumlah", [1, 2_000])
def test_a_whole_table_is_read_in_order(jumlah):
    isi = b"".join(b"\1" + n.to_bytes(3) + b"\0" for n in range(jumlah))
    hasil = entri(pembaca.baca_xref, isi, [1, 3, 1], None, jumlah)
    assert [(e.idnum, e.location) for e in hasil] == [(n, n) for n in range(jumlah)]


@example("Ketua  KPU")
@example("İstanbul\u00ad")
@example("\ue000")
@given(st.text(max_size=30))
def test_names_are_prepared_as_the_library_prepares_them(kata):
    def hasil(fungsi):
        try:
            return fungsi(kata)
        except ValueError as galat:
            return str(galat)

    asli = pembaca._lambat_kata
    assert hasil(pembaca.siapkan_kata) == hasil(lambda teks: asli(x509.NameTypeAndValue(), teks))
