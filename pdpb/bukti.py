"""Commitments, digest tree and proofs of a frozen roll: the arithmetic alone, without database or clock.

Specification: docs/keputusan/0013-pohon-bukti.md. docs/periksa_bukti.py does the same in one page for anybody else.
"""

import base64
import binascii
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256, sha512
from typing import Any

from kpupalu.lib import Refused

VERSI = "kpu-palu-pohon-1"
VERSI_BERKAS = "kpu-palu-bukti-1"
SALINAN = ("nama", "jenis_kelamin", "usia", "alamat", "rt", "rw", "keterangan")
"""Group A: the seven columns of a copy that leaves the office."""
LAINNYA = (
    "id", "kelurahan", "tps", "jenis_tps", "dpid", "nkk", "nik", "tempat_lahir", "tanggal_lahir", "status_kawin",
    "disabilitas", "status_ktpel", "sumber",
)  # fmt: skip
"""Group B: everything else that stands in a row."""
MEDAN = SALINAN + LAINNYA
GARAM, SIDIK = 16, 32
MAKS_BARIS = 2**22
Nilai = str | None

_KOMITMEN = [b"\x00" + bytes([nomor]) for nomor in range(1, len(MEDAN) + 1)]
_KELOMPOK, _DAUN, _SIMPUL, _AKAR, _BENIH, _GARAM = (bytes([n]) for n in range(1, 7))


# --- One row ------------------------------------------------------------------------------------------------------
def isi_medan(nilai: Nilai) -> bytes:
    """*nilai* as it is committed to: ``-`` for none, else ``=`` and the text in NFC."""
    if nilai is None:
        return b"-"
    return f"={nilai if nilai.isascii() else unicodedata.normalize('NFC', nilai)}".encode()


def benih(kelompok: bytes, garam: bytes) -> bytes:
    """The secret that opens group *kelompok* (``b"A"`` or ``b"B"``) of the row with *garam*, and no other group."""
    return sha256(_BENIH + kelompok + garam).digest()


def garam_medan(benih_: bytes, banyak: int) -> list[bytes]:
    """The first *banyak* field salts that follow from the secret of a group."""
    isi = b"".join(sha512(_GARAM + benih_ + bytes([n])).digest() for n in range(-(-banyak // 4)))
    return [isi[n * GARAM : (n + 1) * GARAM] for n in range(banyak)]


def komitmen(nomor: int, garam: bytes, isi: bytes) -> bytes:
    """The commitment to field *nomor* (from 0 in the order of MEDAN)."""
    return sha256(_KOMITMEN[nomor] + garam + isi).digest()


def sidik_kelompok(kelompok: bytes, semua: Iterable[bytes]) -> bytes:
    """The digest of one group from the commitments of its fields."""
    return sha256(_KELOMPOK + kelompok + b"".join(semua)).digest()


def daun(sidik_a: bytes, sidik_b: bytes) -> bytes:
    """The leaf of a row from the digests of its two groups."""
    return sha256(_DAUN + sidik_a + sidik_b).digest()


def komitmen_baris(garam: bytes, isi: Sequence[bytes]) -> tuple[list[bytes], list[bytes]]:
    """``(salts, commitments)`` of all fields of a row, *isi* in the order of MEDAN."""
    n = len(SALINAN)
    semua = garam_medan(benih(b"A", garam), n) + garam_medan(benih(b"B", garam), len(LAINNYA))
    return semua, [komitmen(i, semua[i], isi[i]) for i in range(len(MEDAN))]


def daun_dari_komitmen(semua: Sequence[bytes]) -> bytes:
    """The leaf from the commitments of all fields."""
    n = len(SALINAN)
    return daun(sidik_kelompok(b"A", semua[:n]), sidik_kelompok(b"B", semua[n:]))


def daun_baris(garam: bytes, isi: Sequence[bytes]) -> bytes:
    """The leaf of a row. Written out flat, because a freeze does this for every voter of the city."""
    a, b = sha256(b"\x05A" + garam).digest(), sha256(b"\x05B" + garam).digest()
    ga = sha512(b"\x06" + a + b"\x00").digest() + sha512(b"\x06" + a + b"\x01").digest()
    b = b"\x06" + b
    gb = sha512(b + b"\x00").digest() + sha512(b + b"\x01").digest()
    gb += sha512(b + b"\x02").digest() + sha512(b + b"\x03").digest()
    ka = [sha256(t + ga[g : g + 16] + v).digest() for t, g, v in zip(_TANDA_A, _LETAK, isi[:7], strict=False)]
    kb = [sha256(t + gb[g : g + 16] + v).digest() for t, g, v in zip(_TANDA_B, _LETAK, isi[7:], strict=True)]
    sidik_a, sidik_b = sha256(b"\x01A" + b"".join(ka)).digest(), sha256(b"\x01B" + b"".join(kb)).digest()
    return sha256(b"\x02" + sidik_a + sidik_b).digest()


_TANDA_A, _TANDA_B = _KOMITMEN[: len(SALINAN)], _KOMITMEN[len(SALINAN) :]
_LETAK = range(0, GARAM * len(LAINNYA), GARAM)


# --- The tree -----------------------------------------------------------------------------------------------------
def lebar(jumlah: int) -> list[int]:
    """How many nodes each level of a tree over *jumlah* leaves has, leaves first, one node last."""
    hasil = [jumlah]
    while hasil[-1] > 1:
        hasil.append((hasil[-1] + 1) // 2)
    return hasil


def naikkan(tingkat: bytes) -> bytes:
    """The level above *tingkat*, both as digests one after the other; an odd last node goes up as it is."""
    genap = len(tingkat) // (2 * SIDIK) * 2 * SIDIK
    atas = [sha256(_SIMPUL + tingkat[n : n + 2 * SIDIK]).digest() for n in range(0, genap, 2 * SIDIK)]
    return b"".join(atas) + tingkat[genap:]


def semua_tingkat(tingkat: bytes) -> Iterator[bytes]:
    """*tingkat* and every level above it, up to the one with a single node."""
    yield tingkat
    while len(tingkat) > SIDIK:
        tingkat = naikkan(tingkat)
        yield tingkat


def akar(periode: str, versi: int, jumlah: int, puncak: bytes) -> str:
    """The root in hex: it binds the top node to the period, the version and the number of rows."""
    return sha256(_AKAR + f"{VERSI}\n{periode}\n{versi}\n{jumlah}\n".encode() + puncak).hexdigest()


def letak_jalan(posisi: int, jumlah: int, sampai: int | None = None) -> list[tuple[int, int]]:
    """``(level, place)`` of each sibling on the way from leaf *posisi* up to level *sampai* (the top unless told)."""
    semua = lebar(jumlah)
    hasil = []
    for tingkat in range(len(semua) - 1 if sampai is None else sampai):
        if (posisi ^ 1) < semua[tingkat]:
            hasil.append((tingkat, posisi ^ 1))
        posisi >>= 1
    return hasil


def panjat(sidik: bytes, posisi: int, jumlah: int, jalan: Sequence[bytes], sampai: int | None = None) -> bytes | None:
    """The node at level *sampai* that *sidik* at leaf *posisi* leads to; None unless *jalan* is exactly as long."""
    langkah = letak_jalan(posisi, jumlah, sampai)
    if len(langkah) != len(jalan):
        return None
    for (_, letak), saudara in zip(langkah, jalan, strict=True):
        sidik = sha256(_SIMPUL + (sidik + saudara if letak % 2 else saudara + sidik)).digest()
    return sidik


# --- Files --------------------------------------------------------------------------------------------------------
def tulis_b64(isi: bytes) -> str:
    """*isi* as unpadded base64url, the form of every digest and salt in a file."""
    return base64.urlsafe_b64encode(isi).rstrip(b"=").decode()


def _b64(teks: Any, panjang: int | None = None) -> bytes:
    try:
        isi = base64.b64decode(teks + "=" * (-len(teks) % 4), altchars=b"-_", validate=True)
    except (TypeError, ValueError, binascii.Error) as galat:
        raise _rusak() from galat
    if tulis_b64(isi) != teks or (panjang is not None and len(isi) != panjang):
        raise _rusak()
    return isi


def _rusak() -> Refused:
    return Refused("Berkas ini bukan bukti yang lengkap. Minta berkas aslinya, jangan yang disalin sebagian.")


@dataclass(frozen=True, slots=True)
class Kepala:
    """What a file claims about the frozen roll it comes from."""

    periode: str
    versi: int
    jumlah: int
    akar: str


@dataclass(frozen=True, slots=True)
class HasilBaris:
    """The answer to the proof of one row: *sah* when it leads to the root the file names.

    *terbuka* holds the fields the file shows; the others stay unknown to whoever reads it.
    """

    kepala: Kepala
    sah: bool
    terbuka: dict[str, Nilai]


@dataclass(frozen=True, slots=True)
class HasilSalinan:
    """The answer to a copy: for each row whether it leads to the root, and is not there a second time."""

    kepala: Kepala
    wilayah: str
    baris: list[tuple[Nilai, ...]] = field(repr=False)
    cocok: list[bool] = field(repr=False)

    @property
    def sah(self) -> bool:
        return all(self.cocok)


def baca(isi: bytes | str) -> HasilBaris | HasilSalinan:
    """Judge a file of proof by itself. Refused when it is no such file or a part of it is missing.

    *sah* speaks of the root in the file; whether that root is the signed one is for the caller to compare.
    """
    try:
        data = json.loads(isi)
    except (ValueError, RecursionError) as galat:
        raise Refused("Berkas ini bukan JSON. Pilih berkas bukti yang berakhiran .json.") from galat
    if not isinstance(data, dict) or data.get("bukti") != VERSI_BERKAS or data.get("pohon") != VERSI:
        raise Refused("Berkas ini bukan bukti dari daftar pemilih yang dibekukan. Pilih berkas bukti yang lain.")
    kepala = _kepala(data)
    try:
        return _periksa_baris(kepala, data) if data.get("jenis") == "baris" else _periksa_salinan(kepala, data)
    except (KeyError, TypeError, ValueError, UnicodeEncodeError) as galat:
        raise _rusak() from galat


def _bilangan(nilai: Any, maks: int) -> int:
    if type(nilai) is not int or not 0 <= nilai <= maks:
        raise _rusak()
    return nilai


def _kepala(data: dict[str, Any]) -> Kepala:
    periode, sidik = data.get("periode"), data.get("akar")
    if not isinstance(periode, str) or not isinstance(sidik, str) or len(periode) > 20 or len(sidik) != 2 * SIDIK:
        raise _rusak()
    jumlah = _bilangan(data.get("jumlah"), MAKS_BARIS)
    return Kepala(periode, _bilangan(data.get("versi"), 10_000), jumlah, sidik)


def _teks(nilai: Any) -> Nilai:
    if nilai is not None and not isinstance(nilai, str):
        raise _rusak()
    return nilai


def _periksa_baris(kepala: Kepala, data: dict[str, Any]) -> HasilBaris:
    if len(data["medan"]) != len(MEDAN) or data["jenis"] != "baris":
        raise _rusak()
    terbuka: dict[str, Nilai] = {}
    semua: list[bytes] = []
    for nomor, (nama, satu) in enumerate(zip(MEDAN, data["medan"], strict=True)):
        if isinstance(satu, str):
            semua.append(_b64(satu, SIDIK))
            continue
        nilai, garam = satu
        terbuka[nama] = _teks(nilai)
        semua.append(komitmen(nomor, _b64(garam, GARAM), isi_medan(terbuka[nama])))
    posisi = _bilangan(data["posisi"], kepala.jumlah - 1)
    puncak = panjat(daun_dari_komitmen(semua), posisi, kepala.jumlah, [_b64(s, SIDIK) for s in data["jalan"]])
    sah = puncak is not None and akar(kepala.periode, kepala.versi, kepala.jumlah, puncak) == kepala.akar
    return HasilBaris(kepala, sah, terbuka)


def _periksa_salinan(kepala: Kepala, data: dict[str, Any]) -> HasilSalinan:
    tinggi = lebar(kepala.jumlah)
    tingkat = _bilangan(data["tingkat"], len(tinggi) - 1)
    simpul = _b64(data["simpul"])
    if data["jenis"] != "salinan" or len(simpul) != tinggi[tingkat] * SIDIK or len(data["baris"]) > kepala.jumlah:
        raise _rusak()
    *_, puncak = semua_tingkat(simpul)
    asli = akar(kepala.periode, kepala.versi, kepala.jumlah, puncak) == kepala.akar
    sudah: set[int] = set()
    baris, cocok = [], []
    for *nilai, benih_, sidik_b, posisi, jalan in data["baris"]:
        nilai = tuple(_teks(satu) for satu in nilai)
        if len(nilai) != len(SALINAN):
            raise _rusak()
        posisi = _bilangan(posisi, kepala.jumlah - 1)
        satu_daun = _daun_salinan(nilai, _b64(benih_, SIDIK), _b64(sidik_b, SIDIK))
        isi = _b64(jalan)
        saudara = [isi[n : n + SIDIK] for n in range(0, len(isi), SIDIK)]
        sampai = panjat(satu_daun, posisi, kepala.jumlah, saudara, tingkat)
        letak = (posisi >> tingkat) * SIDIK
        baris.append(nilai)
        cocok.append(asli and posisi not in sudah and sampai == simpul[letak : letak + SIDIK])
        sudah.add(posisi)
    wilayah = data.get("wilayah")
    return HasilSalinan(kepala, wilayah if isinstance(wilayah, str) else "", baris, cocok)


def _daun_salinan(nilai: Sequence[Nilai], benih_: bytes, sidik_b: bytes) -> bytes:
    garam = garam_medan(benih_, len(SALINAN))
    semua = (komitmen(n, garam[n], isi_medan(satu)) for n, satu in enumerate(nilai))
    return daun(sidik_kelompok(b"A", semua), sidik_b)


def tampil_salinan(nilai: Sequence[Nilai]) -> list[str]:
    """The seven columns as a spreadsheet shows them: RT and RW with three digits, nothing for no value."""
    isi = ["" if satu is None else satu for satu in nilai[: len(SALINAN)]]
    return [
        satu.zfill(3) if nama in ("rt", "rw") and satu.isdigit() else satu
        for nama, satu in zip(SALINAN, isi, strict=True)
    ]


def kepala_berkas(jenis: str, kepala: Kepala) -> dict[str, Any]:
    """The first keys of every file."""
    return {
        "bukti": VERSI_BERKAS, "pohon": VERSI, "jenis": jenis, "periode": kepala.periode, "versi": kepala.versi,
        "jumlah": kepala.jumlah, "akar": kepala.akar,
    }  # fmt: skip


def tulis_medan(garam: bytes, nilai: Sequence[Nilai], terbuka: Iterable[str]) -> list[Any]:
    """The fields of one row for a file: value and salt where *terbuka*, elsewhere the commitment alone."""
    boleh = set(terbuka)
    garam_, semua = komitmen_baris(garam, [isi_medan(satu) for satu in nilai])
    return [[nilai[n], tulis_b64(garam_[n])] if nama in boleh else tulis_b64(semua[n]) for n, nama in enumerate(MEDAN)]
