"""Whom a row of an agency's list means, when it states a name and no number that is found. Pure Python.

Names and dates are compared as the search for duplicates compares them. One person is proposed only where name and
birth date agree in full, nothing on the row speaks against it and nobody else comes near; everybody else is a
candidate among whom a person chooses. Nothing here decides about a voter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pdpb.ganda.nama import Nama, banding_nama, lipat
from pdpb.ganda.temu import Orang
from pdpb.ganda.unsur import (
    MELESET,
    Tanggal,
    alamat_sama,
    banding_tanggal,
    lipat_tempat,
    nik_meleset,
    nomor_utuh,
    rt_sama,
    tempat_mirip,
)

MAKS_CALON = 5
"""More candidates than this nobody compares with care; a name so common goes back to who sent it."""
_SEIMBANG = 2
"""Points within which the sixth candidate is as likely as the first."""
KEBETULAN = 0.01
"""How many namesakes with one birth date chance may bring about where the row states no place."""
_VOKAL = str.maketrans("", "", "AEIOU ")
_BOBOT_NAMA = {Nama.SAMA: 6, Nama.SALAH_KETIK: 4, Nama.SINGKAT: 3, Nama.DUA_SALAH: 2}
_BOBOT_TANGGAL = {
    Tanggal.SAMA: 6,
    Tanggal.TERTUKAR: 4,
    Tanggal.ANGKA: 3,
    Tanggal.TAHUN: 3,
    Tanggal.DARI_NIK: 1,
    Tanggal.KOSONG: 1,
    Tanggal.BEDA: 0,
}


@dataclass(frozen=True, slots=True)
class Tertulis:
    """What a row states about a person; *kelurahan* is its code, None where it states none that can be read."""

    nama: str
    tanggal_lahir: date | None = None
    jenis_kelamin: str = ""
    tempat_lahir: str = ""
    alamat: str = ""
    rt: str = ""
    rw: str = ""
    kelurahan: str | None = None
    nik: str = ""
    nkk: str = ""


@dataclass(slots=True)
class Lazim:
    """How common names and dates are on a roll of *jumlah* rows: folded words, folded names, birth dates."""

    jumlah: int = 0
    kata: Mapping[str, int] = field(default_factory=dict)
    nama: Mapping[str, int] = field(default_factory=dict)
    tanggal: Mapping[date, int] = field(default_factory=dict)
    wilayah: Mapping[str, int] = field(default_factory=dict)

    @property
    def dikenal(self) -> int:
        """From so many rows on, a word is a name and no typing error."""
        return 3 + self.jumlah // 100_000


@dataclass(frozen=True, slots=True)
class Calon:
    """One voter whom a row may mean. *utuh*: name and birth date agree in full; *dekat*: they agree or nearly."""

    orang: Orang
    skor: int
    alasan: tuple[str, ...]
    utuh: bool
    dekat: bool
    bertentangan: bool


@dataclass(frozen=True, slots=True)
class Dugaan:
    """Whom a row may mean, the likeliest first. *pasti*: the first is proposed; *terlalu_umum*: too many to choose."""

    calon: tuple[Calon, ...] = ()
    pasti: bool = False
    terlalu_umum: bool = False


def rangka(nama: str) -> str:
    """The key under which names with a slip in a vowel, in spelling or in the order of words stand together."""
    return lipat(nama).kunci.translate(_VOKAL)


def duga(baris: Tertulis, semua: Sequence[Orang], lazim: Lazim) -> Dugaan:
    """Judge the voters *semua* that have something in common with *baris*."""
    calon = [c for orang in semua if (c := nilai(baris, orang, lazim))]
    calon.sort(key=lambda c: (-c.skor, c.orang.versi))
    if len(calon) > MAKS_CALON and calon[0].skor - calon[MAKS_CALON].skor <= _SEIMBANG:
        return Dugaan(terlalu_umum=True)
    return Dugaan(tuple(calon[:MAKS_CALON]), pasti=_pasti(baris, calon, lazim))


def _pasti(baris: Tertulis, calon: list[Calon], lazim: Lazim) -> bool:
    """Whether the first candidate may be proposed without a choice: agreeing in full, uncontradicted, unrivalled."""
    if not calon or not calon[0].utuh or calon[0].bertentangan or baris.nik:
        return False
    satu = calon[0].orang
    for lain in calon[1:]:
        setempat = baris.kelurahan is None or lain.orang.kelurahan == baris.kelurahan
        if lain.utuh or (lain.dekat and setempat):
            return False
    if baris.kelurahan:
        return satu.kelurahan == baris.kelurahan
    senama = lazim.nama.get(lipat(satu.nama).kunci, 1)
    setanggal = lazim.tanggal.get(satu.tanggal_lahir, 1) if satu.tanggal_lahir else 1
    return senama * setanggal / max(lazim.jumlah, 1) < KEBETULAN or senama == 1


def nilai(baris: Tertulis, orang: Orang, lazim: Lazim) -> Calon | None:
    """*orang* as a candidate for *baris*, or None when too little agrees."""
    nama = banding_nama(baris.nama, orang.nama, lazim.kata, lazim.dikenal)
    tanggal = banding_tanggal(baris.tanggal_lahir, orang.tanggal_lahir)
    sekelurahan = baris.kelurahan is not None and baris.kelurahan == orang.kelurahan
    serumah = sekelurahan and alamat_sama(baris.alamat, orang.alamat)
    if not _layak(nama.tingkat, tanggal, baris.kelurahan is None or sekelurahan, serumah):
        return None
    skor = _BOBOT_NAMA[nama.tingkat] + _BOBOT_TANGGAL[tanggal]
    lain, alasan, bertentangan = _selebihnya(baris, orang, lazim)
    skor += lain + (3 if sekelurahan else 0) + (3 if serumah else 0)
    tempat = "Alamat sama" if serumah else "Kelurahan sama" if sekelurahan else ""
    if baris.kelurahan and not sekelurahan:
        tempat, bertentangan = "Kelurahan berbeda", True
    kalimat = (nama.alasan, tanggal.value, tempat, *alasan)
    return Calon(
        orang,
        skor,
        tuple(k for k in kalimat if k),
        utuh=nama.tingkat is Nama.SAMA and tanggal is Tanggal.SAMA,
        dekat=tanggal is Tanggal.SAMA or (nama.tingkat is Nama.SAMA and tanggal in MELESET),
        bertentangan=bertentangan,
    )


def _layak(nama: Nama, tanggal: Tanggal, setempat: bool, serumah: bool) -> bool:
    """Whether name and date agree so far that a person should look at the two."""
    if nama <= Nama.SEBAGIAN:
        return False
    if tanggal is Tanggal.SAMA:
        return True
    if tanggal in MELESET:
        return nama >= Nama.SALAH_KETIK
    if tanggal is Tanggal.KOSONG:
        return nama >= Nama.SALAH_KETIK and setempat
    return nama is Nama.SAMA and serumah


def _selebihnya(baris: Tertulis, orang: Orang, lazim: Lazim) -> tuple[int, list[str], bool]:
    """(points, sentences, whether something contradicts) of what a row states besides name, date and place."""
    skor, alasan, bertentangan = 0, [], False
    if baris.rt and orang.rt and rt_sama(baris.rt, orang.rt) and rt_sama(baris.rw, orang.rw):
        skor += 1
    x, y = lipat_tempat(baris.tempat_lahir), lipat_tempat(orang.tempat_lahir)
    if x and y:
        sama = x == y or tempat_mirip(x, y)
        skor, bertentangan = skor + (1 if sama else -1), not sama
        alasan.append("Tempat lahir sama" if sama else "Tempat lahir berbeda")
    if baris.jenis_kelamin and baris.jenis_kelamin != orang.jenis_kelamin:
        skor, bertentangan = skor - 4, True
        alasan.append("Jenis kelamin berbeda")
    if baris.nkk == orang.nkk and nomor_utuh(baris.nkk):
        skor += 5
        alasan.append("Nomor KK sama")
    if baris.nik:
        meleset = nik_meleset(baris.nik, orang.nik, lazim.wilayah, lazim.dikenal)
        skor += 4 if meleset else 0
        alasan.append(meleset or "NIK berbeda")
    return skor, alasan, bertentangan
