"""The invented city: houses in the real kelurahan, and numbers of identity that nobody alive bears."""

import csv
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

from .kebenaran import angka_lahir
from .kerusakan_data import nik_sah
from .nama import Undian

DATA = Path(__file__).parents[3] / "kpupalu" / "wilayah" / "data"


def _nama(teks: str) -> list[str]:
    return teks.split(",")


JALAN = _nama(
    "DIPONEGORO,SISINGAMANGARAJA,EMMY SAELAN,BASUKI RAHMAT,WOLTER MONGINSIDI,TOWUA,ANOA,TAMBUN,KELOR,"
    "CEMARA,BAYAM,TOMAT,GARUDA,MERPATI,CUMI-CUMI,BANDENG,KIJANG,RUSA,KIMAJA,TANJUNG TADA,TANJUNG API,"
    "UNDATA,PALOLA,LASOSO,KEDONDONG,MANGGA,NENAS,DURIAN,ASAM,JATI,BERINGIN,MAHONI,SUNGAI LARIANG,"
    "SUNGAI SADANG,DANAU POSO,DANAU LINDU,GUNUNG GAWALISE,GUNUNG NOKILALAKI,TEMBANG,VETERAN,PRAMUKA,"
    "SUPRAPTO,TELUK TOLO,TELUK TOMINI,PADANJAKAYA,MALAYA,TINOMBALA,KANCIL,PIPIT,NURI"
)
LUAR = {
    "720301": "DONGGALA",
    "721001": "SIGI",
    "720801": "PARIGI",
    "720201": "POSO",
    "720404": "TOLITOLI",
    "737101": "MAKASSAR",
    "730801": "WATAMPONE",
    "717102": "MANADO",
    "357801": "SURABAYA",
    "330202": "BANYUMAS",
}
LAMA = ("727101", "727102", "727103", "727104")
PEKAN = date(2026, 9, 30)
"""The day on which the list stands; the youngest was seventeen."""


class Rumah(NamedTuple):
    nkk: str
    alamat: str
    rt: str
    rw: str
    kelurahan: str
    tps: int
    loksus: bool = False


class Kota:
    """Kelurahan with their streets and polling stations, the more voters the likelier drawn."""

    def __init__(self, jumlah: int):
        kelurahan = self._baca("wilayah.csv")
        kecamatan = {
            b["kode_kecamatan"]: b for b in self._baca("tps-kecamatan.csv") if b["kode_kecamatan"].count(".") == 2
        }
        self.nama = {b["kode_kemendagri"]: b["nama"].upper() for b in kelurahan if b["tingkat"] == "kelurahan"}
        self.tps, self.kode = {}, []
        for kode in self.nama:
            k = kecamatan[kode[:8]]
            self.tps[kode] = max(1, int(k["jumlah_tps"]) // int(k["jumlah_kelurahan"]))
            self.kode += [kode] * round(int(k["jumlah_pemilih"]) / int(k["jumlah_kelurahan"]) / 500)
        self.ejaan: dict[str, list[str]] = {}
        for b in self._baca("ejaan.csv", ";"):
            self.ejaan.setdefault(b["kelurahan"], []).append(b["nama"].upper())
        # As many house numbers as leave most houses to one family, however large the city.
        self.nomor_rumah = max(120, jumlah // 800)

    @staticmethod
    def _baca(berkas: str, pemisah: str = ",") -> list[dict[str, str]]:
        with (DATA / berkas).open(encoding="utf-8-sig", newline="") as isi:
            return list(csv.DictReader(isi, delimiter=pemisah))

    def letak(self, acak: Random, kelurahan: str = "") -> tuple[str, str, str, str, int]:
        """(address, RT, RW, kelurahan, TPS) of some house, in *kelurahan* where given."""
        kode = kelurahan or acak.choice(self.kode)
        awal = int(kode[-4:]) * 7 + int(kode[6:8]) * 3
        jalan = JALAN[(awal + acak.randrange(14)) % len(JALAN)]
        lorong = f" LRG. {acak.randint(1, 6)}" if acak.random() < 0.15 else ""
        nomor = "" if acak.random() < 0.15 else f" NO. {acak.randint(1, self.nomor_rumah)}"
        rw = acak.randint(1, 9)
        rt = acak.randint(1, 5)
        return f"JL. {jalan}{lorong}{nomor}", f"{rt:03d}", f"{rw:03d}", kode, 1 + (rw * 5 + rt) % self.tps[kode]


class Nomor:
    """Hands out NIK and NKK with serials 9001–9999; a number is given once, unless somebody repeats it on purpose.

    A bucket (region and date) counts up from its own first serial, so that two registrations in a row are neighbours.
    """

    def __init__(self):
        self.banyak: dict[int, int] = {}
        self.khusus: set[str] = set()

    @staticmethod
    def _awal(bak: int) -> int:
        return (bak * 2654435761 >> 9) % 999

    def _berikut(self, bak: str) -> str:
        kunci = int(bak)
        while True:
            ke = self.banyak.get(kunci, 0)
            if ke >= 999:
                return ""
            self.banyak[kunci] = ke + 1
            nomor = f"{bak}{9001 + (self._awal(kunci) + ke) % 999}"
            if nomor not in self.khusus:
                return nomor

    def nik(self, lahir: date, jk: str, wilayah: str) -> str:
        """A NIK nobody has; a full bucket goes on in the next sub-district's."""
        for geser in range(90):
            bak = f"{wilayah[:4]}{(int(wilayah[4:]) + geser - 1) % 99 + 1:02d}{angka_lahir(lahir, jk)}"
            if nomor := self._berikut(bak):
                return nomor
        raise ValueError("More births on one day than a city can have.")

    def nkk(self, acak: Random, wilayah: str) -> str:
        while True:
            terbit = f"{acak.randint(1, 28):02d}{acak.randint(1, 12):02d}{acak.randint(7, 26):02d}"
            if nomor := self._berikut(wilayah + terbit):
                return nomor

    def bebas(self, nik: str) -> bool:
        """Whether a changed NIK is valid, serial from 9001, and belongs to nobody so far."""
        if not nik_sah(nik) or nik[12:] < "9001" or nik in self.khusus:
            return False
        bak = int(nik[:12])
        return (int(nik[12:]) - 9001 - self._awal(bak)) % 999 >= self.banyak.get(bak, 0)

    def pesan(self, nik: str) -> str:
        """Take a free number out of those still to be given."""
        self.khusus.add(nik)
        return nik


USIA = Undian(range(17, 90), 30)


def lahir_acak(acak: Random, usia_min: int, usia_maks: int) -> date:
    """A birth date for an age between the two; old people's is often 1 January or 1 July, because nobody knew it."""
    hari = acak.randint(usia_min * 365 + usia_min // 4 + 1, usia_maks * 365 + usia_maks // 4 + 360)
    lahir = date.fromordinal(PEKAN.toordinal() - hari)
    if acak.random() < (0.06 if lahir.year < 1970 else 0.006):
        return lahir.replace(month=acak.choice((1, 1, 7)), day=1)
    return lahir


class NomorUrut(Nomor):
    """As a registry really counts: every bucket from one, here 9001, so that most people share the first serials."""

    @staticmethod
    def _awal(bak: int) -> int:
        return 0
