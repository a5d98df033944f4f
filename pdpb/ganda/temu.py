"""What two rows of the roll have in common, element by element, and what their families say. Pure Python."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from pdpb.ganda.konteks import Anggota, Konteks
from pdpb.ganda.nama import Cocok, Nama, banding_lipatan
from pdpb.ganda.unsur import (
    Tanggal,
    alamat_sama,
    banding_tanggal,
    beralamat_rumah,
    nik_meleset,
    nik_menyebut,
    nomor_utuh,
    rt_sama,
    seri_berurutan,
    seri_sama,
)

SERI_LANGKA = 6.0
"""Bits from which a shared serial is a trace of one person: the first serials of a day, which all bear, tell less."""


@dataclass(frozen=True, slots=True)
class Orang:
    """One open row of the roll as the search reads it. *kelurahan* is its code, *loksus* whether its TPS is special."""

    pemilih: int
    versi: int
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
    tps: int | None
    loksus: bool


@dataclass(frozen=True, slots=True)
class Temu:
    """What two rows have in common, looked at once.

    *nik_masing*: each NIK carries its own row's birth date, and the dates differ. *seri*: what it tells, in bits, that
    both NIK end in one serial. *berurutan*: their serials are neighbours as those of twins are; among the first serials
    of a day, which all bear, everybody's are, unlike *berurutan_langka*. *keluarga*: another member of each family is
    one person too.
    """

    nama: Cocok
    tanggal: Tanggal
    nik_sama: bool
    nik_meleset: str
    nik_masing: bool
    seri: float
    berurutan: bool
    berurutan_langka: bool
    seasrama: bool
    satu_kk: bool
    satu_rumah: bool
    sekelamin: bool
    keluarga: bool = False

    @property
    def serumah(self) -> bool:
        """One family card or one house: where twins, parents and siblings live."""
        return self.satu_kk or self.satu_rumah

    @property
    def tanggal_setara(self) -> bool:
        """Whether both rows state one birth date, or the NIK of the one without a date does."""
        return self.tanggal in (Tanggal.SAMA, Tanggal.DARI_NIK)

    @property
    def nik_dekat(self) -> bool:
        """Whether the NIK differ by a slip, or in the birth date or region only and share a serial that few bear."""
        return bool(self.nik_meleset) or self.seri >= SERI_LANGKA


def temukan(a: Orang, b: Orang, nama: Cocok, konteks: Konteks) -> Temu:
    """Compare every element of *a* and *b* except those only rarity makes interesting.

    Two NIK that each carry their own row's birth date are no slip of one another, however close the dates.
    """
    benar = nik_menyebut(a.nik, a.tanggal_lahir) and nik_menyebut(b.nik, b.tanggal_lahir)
    masing = benar and a.tanggal_lahir != b.tanggal_lahir
    return Temu(
        nama=nama,
        tanggal=_tanggal(a, b),
        nik_sama=a.nik == b.nik and nomor_utuh(a.nik),
        nik_meleset="" if masing else nik_meleset(a.nik, b.nik, konteks.wilayah, konteks.dikenal),
        nik_masing=masing,
        seri=min(_bit_seri(a.nik, konteks), 10.0) if seri_sama(a.nik, b.nik) else 0.0,
        berurutan=(berurutan := seri_berurutan(a.nik, b.nik)),
        berurutan_langka=berurutan and min(_bit_seri(a.nik, konteks), _bit_seri(b.nik, konteks)) >= SERI_LANGKA,
        seasrama=a.nkk == b.nkk and konteks.asrama(a.nkk),
        satu_kk=a.nkk == b.nkk and nomor_utuh(a.nkk) and not konteks.asrama(a.nkk),
        satu_rumah=(
            beralamat_rumah(a.alamat) and satu_jalan(a, b) and not (konteks.asrama(a.nkk) or konteks.asrama(b.nkk))
        ),
        sekelamin=a.jenis_kelamin == b.jenis_kelamin,
    )


def _bit_seri(nik: str, konteks: Konteks) -> float:
    """How few bear the serial of *nik*; one that the roll has not counted tells nothing."""
    banyak = konteks.seri.get(nik[12:], 0)
    return konteks.bit(banyak) if banyak else 0.0


def _tanggal(a: Orang, b: Orang) -> Tanggal:
    hasil = banding_tanggal(a.tanggal_lahir, b.tanggal_lahir)
    if hasil is Tanggal.KOSONG and (nik_menyebut(a.nik, b.tanggal_lahir) or nik_menyebut(b.nik, a.tanggal_lahir)):
        return Tanggal.DARI_NIK
    return hasil


def satu_jalan(a: Orang, b: Orang) -> bool:
    """Whether the addresses are equal within one RT, with a house number or without."""
    return a.kelurahan == b.kelurahan and rt_sama(a.rt, b.rt) and alamat_sama(a.alamat, b.alamat)


# --- Families that stand twice ------------------------------------------------------------------------------------
class Keluarga(Enum):
    """What the families of two rows with two NKK say about them."""

    LAIN = "strangers as far as is seen"
    GANDA = "another member of each is one person too"
    PADANAN_LAIN = "the one row agrees in full with another member of the other's family"


def banding_keluarga(a: Orang, b: Orang, konteks: Konteks) -> Keluarga:
    """How the families under the two NKK relate; nothing is said of one NKK, of none, or of a dormitory's."""
    if a.nkk == b.nkk or not (nomor_utuh(a.nkk) and nomor_utuh(b.nkk)):
        return Keluarga.LAIN
    if konteks.asrama(a.nkk) or konteks.asrama(b.nkk):
        return Keluarga.LAIN
    kerabat_a = [m for m in konteks.keluarga(a.nkk) if m[0] not in (a.pemilih, b.pemilih)]
    kerabat_b = [m for m in konteks.keluarga(b.nkk) if m[0] not in (a.pemilih, b.pemilih)]
    if _berpadanan(a, b, kerabat_b, konteks) or _berpadanan(b, a, kerabat_a, konteks):
        return Keluarga.PADANAN_LAIN
    ganda = any(_anggota_sama(x, y, konteks) for x in kerabat_a for y in kerabat_b)
    return Keluarga.GANDA if ganda else Keluarga.LAIN


def _berpadanan(a: Orang, b: Orang, kerabat_b: list[Anggota], konteks: Konteks) -> bool:
    """Whether *a* agrees in full with a relative of *b*, and with *b* itself not."""
    kunci = konteks.lipat(a.nama).kunci
    if a.tanggal_lahir is None or (a.tanggal_lahir == b.tanggal_lahir and kunci == konteks.lipat(b.nama).kunci):
        return False
    return any(m[2] == a.tanggal_lahir and konteks.lipat(m[1]).kunci == kunci for m in kerabat_b)


def _anggota_sama(x: Anggota, y: Anggota, konteks: Konteks) -> bool:
    tanggal = banding_tanggal(x[2], y[2])
    if tanggal in (Tanggal.BEDA, Tanggal.KOSONG):
        return False
    lipatan = konteks.lipat(x[1]), konteks.lipat(y[1])
    nama = banding_lipatan(*lipatan, x[1] == y[1], konteks.kata, konteks.dikenal).tingkat
    return nama is Nama.SAMA or (nama >= Nama.SINGKAT and tanggal is Tanggal.SAMA)
