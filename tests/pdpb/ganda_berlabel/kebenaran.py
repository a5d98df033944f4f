"""Rows, truth pairs, and the rule by which a pair counts as decidable."""

from datetime import date
from typing import NamedTuple

from .nama import khas


class Baris(NamedTuple):
    """One row of the voter list, as a file brings it."""

    dpid: str
    nik: str
    nkk: str
    nama: str
    tempat_lahir: str
    tanggal_lahir: date | None
    jenis_kelamin: str
    alamat: str
    rt: str
    rw: str
    kelurahan: str
    kelurahan_tertulis: str
    tps: int
    loksus: bool


class Pasangan(NamedTuple):
    """What is known of two rows. ``kelas`` of two different persons is the class a hasty matcher would put them in."""

    dpid_a: str
    dpid_b: str
    kelas: str
    is_same_person: bool
    jebakan: str
    dapat_diputuskan: bool
    sebab: str


class Jejak(NamedTuple):
    """What was done to a copy: names of the damages, and what tied it to the original all the same.

    ``nama``: ``sama`` (equal, or another way to write it), ``susunan`` (word missing, moved, shortened, married
    name), ``luka`` (a letter wrong), ``parah`` (both). ``serumah``: the address is the same house, however written.
    ``keluarga``: at least one more member of the household stands double at the same two addresses.
    """

    nama: str = "sama"
    serumah: bool = False
    keluarga: bool = False
    ramai: bool = False
    sebab: tuple[str, ...] = ()


def hubungan_nik(a: str, b: str) -> str:
    """``sama``; ``jejak`` (one digit, two neighbours swapped, or only the date part differs); ``lain``."""
    if a == b:
        return "sama"
    beda = [i for i in range(16) if a[i] != b[i]]
    tukar = len(beda) == 2 and beda[1] == beda[0] + 1 and a[beda[0]] == b[beda[1]] and a[beda[1]] == b[beda[0]]
    seri = a[:6] == b[:6] and a[12:] == b[12:]
    return "jejak" if len(beda) == 1 or tukar or seri else "lain"


def hubungan_tanggal(a: Baris, b: Baris) -> str:
    """``sama``; ``nik`` (both NIK carry one birth date, which one of the rows also states); ``sebagian``;
    ``hilang``.
    """
    if a.tanggal_lahir and a.tanggal_lahir == b.tanggal_lahir:
        return "sama"
    di_nik = a.nik[6:12]
    tertulis = {angka_lahir(x.tanggal_lahir, x.jenis_kelamin) for x in (a, b) if x.tanggal_lahir}
    if di_nik == b.nik[6:12] and (di_nik in tertulis):
        return "nik"
    return "sebagian" if a.tanggal_lahir and b.tanggal_lahir else "hilang"


def angka_lahir(lahir: date, jk: str) -> str:
    """Six digits of a NIK for this birth date; a woman's day is raised by 40."""
    return f"{lahir.day + (40 if jk == 'P' else 0):02d}{lahir:%m%y}"


def seperti_kembar(a: Baris, b: Baris) -> bool:
    """Neighbouring serials of one birth date on one family card: what twins have."""
    return a.nkk == b.nkk and a.nik[:12] == b.nik[:12] and 0 < abs(int(a.nik[12:]) - int(b.nik[12:])) <= 2


def dapat_diputuskan(a: Baris, b: Baris, j: Jejak) -> bool:
    """Whether a careful clerk with only these two rows and their families would call them one person."""
    nik, tanggal = hubungan_nik(a.nik, b.nik), hubungan_tanggal(a, b)
    rumah = (a.nkk == b.nkk or j.serumah or j.keluarga) and not j.ramai
    yakin_tanggal = tanggal in ("sama", "nik")
    istimewa = khas(a.nama) and khas(b.nama)
    if nik == "sama":
        return True
    if seperti_kembar(a, b) and j.nama != "sama":
        return False
    if nik == "jejak" and a.nik[:12] == b.nik[:12]:
        return istimewa or rumah
    if nik == "jejak":
        return istimewa or rumah or (j.nama == "sama" and tanggal != "hilang") or yakin_tanggal
    if rumah:
        if yakin_tanggal:
            return True
        return tanggal == "sebagian" and (j.nama == "sama" or (j.keluarga and j.nama != "parah"))
    return j.nama == "sama" and yakin_tanggal and istimewa and a.tempat_lahir == b.tempat_lahir


def kelas_orang_sama(a: Baris, b: Baris, j: Jejak) -> str:
    """The class of two rows of one person, read literally; other writings of one name count as equal names."""
    setara = j.nama == "sama" and a.tanggal_lahir is not None and a.tanggal_lahir == b.tanggal_lahir
    if a.loksus != b.loksus:
        return "G6"
    if a.nik == b.nik:
        return "G1" if setara else "G2"
    return "G3" if setara and (a.nkk == b.nkk or j.serumah or a.tempat_lahir == b.tempat_lahir) else "G4"
