"""The manifest of a package: which files, how long, which digest, what each is. Pure Python, no database.

``MANIFEST.json`` describes every file for programs and people; ``MANIFEST.txt`` lists every file, MANIFEST.json
included, as ``sha256sum`` does, so that ``sha256sum -c MANIFEST.txt`` checks an unpacked package. The SHA-256 of
MANIFEST.txt is the digest of the package: it fixes every byte of every file.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

FORMAT = "kpu-palu-paket-1"
MANIFES, DAFTAR = "MANIFEST.json", "MANIFEST.txt"
_BARIS = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")
_JALUR = re.compile(r"(?!.*(?:\A|/)\.{1,2}(?:/|\Z))[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")


class TidakTerbaca(Exception):
    """A manifest is not one; the message says in Indonesian what is wrong."""


@dataclass(frozen=True, slots=True)
class Bagian:
    """One file of a package: its path, what it is, and where its bytes come from when they are needed.

    *sumber* names the row it was made from, ``naskah.naskah/12``; *tanggal* is ISO 8601, "" where it has none.
    *sha256_asli* is the digest of the sealed file where the package holds it without its camera's data.
    """

    jalur: str
    jenis: str
    uraian: str
    isi: Callable[[], Iterable[bytes]] = field(repr=False, compare=False)
    nomor: str = ""
    tanggal: str = ""
    sumber: str = ""
    versi: int | None = None
    berlaku: bool | None = None
    ditandatangani: bool = False
    sha256_asli: str = ""


@dataclass(frozen=True, slots=True)
class Kurang:
    """Something a quarter may have and this one does not; with *wajib* no package is made without it."""

    kode: str
    uraian: str
    wajib: bool = False


@dataclass(frozen=True, slots=True)
class Entri:
    """One line of a manifest: a file with its length and digest."""

    jalur: str
    bita: int
    sha256: str
    keterangan: dict[str, Any] = field(default_factory=dict)


def jalur_aman(jalur: str) -> bool:
    """Whether *jalur* is a relative path of plain ASCII names that leads nowhere but below its folder."""
    return len(jalur) <= 200 and _JALUR.fullmatch(jalur) is not None


def entri(bagian: Bagian, bita: int, sidik: str) -> Entri:
    """The line of *bagian*, written as *bita* bytes with the digest *sidik*."""
    lain = ("jenis", "uraian", "nomor", "tanggal", "sumber", "versi", "berlaku", "ditandatangani",
            "sha256_asli")  # fmt: skip
    isi = {nama: getattr(bagian, nama) for nama in lain}
    return Entri(bagian.jalur, bita, sidik, {nama: nilai for nama, nilai in isi.items() if nilai not in (None, "")})


def tulis_manifes(kepala: dict[str, Any], berkas: list[Entri], kurang: list[Kurang]) -> bytes:
    """MANIFEST.json of a package: *kepala*, its files in the order of their paths, and what it lacks."""
    isi = {
        "format": FORMAT,
        **kepala,
        "berkas": [
            {"jalur": e.jalur, "bita": e.bita, "sha256": e.sha256, **e.keterangan}
            for e in sorted(berkas, key=lambda e: e.jalur)
        ],
        "tidak_ada": [{"kode": k.kode, "uraian": k.uraian} for k in kurang],
    }
    return (json.dumps(isi, ensure_ascii=False, indent=1) + "\n").encode()


def tulis_daftar(berkas: list[Entri], manifes: bytes) -> bytes:
    """MANIFEST.txt in the form of ``sha256sum`` over *berkas* and the bytes of MANIFEST.json."""
    semua = {e.jalur: e.sha256 for e in berkas} | {MANIFES: sha256(manifes).hexdigest()}
    return "".join(f"{semua[jalur]}  {jalur}\n" for jalur in sorted(semua)).encode()


def baca_daftar(isi: bytes) -> dict[str, str]:
    """Path → digest of a MANIFEST.txt; raises TidakTerbaca for anything else, and for a path named twice."""
    hasil: dict[str, str] = {}
    try:
        baris = isi.decode("ascii").splitlines()
    except UnicodeDecodeError as galat:
        raise TidakTerbaca(f"{DAFTAR} memuat huruf yang bukan ASCII.") from galat
    for nomor, satu in enumerate(baris, start=1):
        cocok = _BARIS.fullmatch(satu)
        if cocok is None or cocok[2] in hasil:
            raise TidakTerbaca(f"{DAFTAR} baris {nomor} bukan baris daftar sidik, atau namanya berulang.")
        hasil[cocok[2]] = cocok[1]
    return hasil


def baca_manifes(isi: bytes) -> tuple[dict[str, Any], dict[str, Entri]]:
    """The whole MANIFEST.json and its files by path; raises TidakTerbaca for what is no manifest of this format."""
    try:
        data = json.loads(isi)
    except (ValueError, RecursionError) as galat:
        raise TidakTerbaca(f"{MANIFES} bukan JSON yang utuh.") from galat
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("berkas"), list):
        raise TidakTerbaca(f"{MANIFES} bukan manifes {FORMAT}.")
    hasil: dict[str, Entri] = {}
    for satu in data["berkas"]:
        if not isinstance(satu, dict):
            raise TidakTerbaca(f"{MANIFES} memuat berkas yang tidak dapat dibaca.")
        jalur, bita, sidik = satu.get("jalur"), satu.get("bita"), satu.get("sha256")
        if not isinstance(jalur, str) or type(bita) is not int or not isinstance(sidik, str) or jalur in hasil:
            raise TidakTerbaca(f"{MANIFES} memuat berkas yang tidak dapat dibaca, atau namanya berulang.")
        hasil[jalur] = Entri(jalur, bita, sidik, satu)
    return data, hasil
