"""A labelled population of voters with planted duplicates and planted look-alikes, to judge any matcher by.

Use: ``buat(20_000)`` for a whole population, ``alirkan(2_200_000)`` for blocks of 20.000 persons, one after the
other, each complete in itself. Equal arguments give equal rows on every machine. Work and memory grow with the
number of persons only.

The truth, and where it ends
----------------------------
* A pair is *one person* (``is_same_person``) because the second row was made from the first. Nothing else is: every
  two rows not listed are two persons, however alike, and to call them one is a mistake.
* Listed pairs of two persons are look-alikes made on purpose: twins, father and son, rhyming siblings, cousins, chance
  namesakes, inmates of one house, and two persons with one NIK. Others come about by chance, as in any town, unlisted.
* ``kelas`` of one person: G6 if exactly one row stands at a special location; else G1 if NIK, birth date and name
  are equal (another way to write the name, a title, MUH. for MUHAMMAD count as equal); G2 if only the NIK is; G3 if
  name and birth date are equal and NKK, house or birth place too; else G4. ``kelas`` of two persons with one NIK is
  G2; of other look-alikes, the class a hasty matcher would put them in.
* ``dapat_diputuskan`` tells whether the two rows and their families hold enough for a careful clerk to reach the
  truth. The rule is ``kebenaran.dapat_diputuskan``: one NIK decides; a NIK off by one slip decides with one more
  agreement (off in the serial only: with house, card or a rare name, for strangers of one birth date have that too);
  one house or one card decides with the birth date, or with the name where the date is off by one slip; a family that
  stands double makes up for a wrong date; without any of these only a rare name with equal birth date and birth place
  decides.
* What is left no human could decide from the data: pairs of one person left so are excluded from recall and from
  precision; strangers left so (one name, date and birth place) are still two persons, and to call them one is a
  mistake.
* Twins of one sex have neighbouring serials, and no parents give both one name. So on one card neighbouring serials
  with one name are one person, and with a name off by a letter are undecidable.

Frequencies
-----------
Second rows: two per hundred persons, shared out over ``salinan.SKENARIO``. Inside a group of damages each is equally
likely. Every second row may further have RT and RW without zeros (30 %), the address in other words (35 %), another
spelling of the kelurahan (50 %, where ``ejaan.csv`` has one), the birth place missing or with KOTA (5 %).
Look-alikes arise with the families: per 20.000 persons some 70 pairs of twins, 65 fathers and sons, 55 pairs of
cousins, 50 of strangers, hundreds of rhyming siblings; per 5.000 persons one panti (one card), one asrama (one
address) and one lapas, of 34 to 50 people each. Two persons with one NIK: 20 per 20.000. Chance namesakes are more
frequent than nature makes them, on purpose. Unknown birthdays (1 January, 1 July): 6 in 100 born before 1970. No
birth date: 2 in 1.000. NIK issued in another regency: one in six. Birth date corrected after the NIK: 5 in 1.000.
All names are put together; serials start at 9001.
"""

from collections.abc import Iterator, Mapping
from random import Random
from typing import NamedTuple

from .kebenaran import Baris, Pasangan
from .keluarga import Warga
from .kota import Kota, Nomor, NomorUrut
from .salinan import NIK_SATU_UNTUK_DUA, Penyalin

BENIH = 7271
BLOK = 20_000
SALINAN_PER_SERIBU = 20
PER_ASRAMA = 5_000


class Takaran(NamedTuple):
    """In what proportions a city is made.

    *bagian*: hundredths of the second rows per scenario, None for those of ``SKENARIO``. *sepupu*, *senama*: of a
    thousand households, how many are two cousins' or two strangers' of one name. *nomor*: how serials are given.
    """

    bagian: Mapping[str, int] | None = None
    sepupu: int = 6
    senama: int = 6
    nomor: type[Nomor] = Nomor


BAKU = Takaran()
KERAS = Takaran(
    {
        "identik_di_rumah": 2,
        "identik_pindah": 2,
        "tulisan_lain_nik_sama": 4,
        "nik_sama_nama_luka": 2,
        "nik_sama_tanggal_salah": 2,
        "nik_sama_nama_tanggal_salah": 1,
        "nik_keliru_di_rumah": 4,
        "nik_keliru_pindah": 6,
        "nik_keliru_nama_luka": 6,
        "nik_keliru_nama_susunan": 6,
        "nik_keliru_tanggal_salah": 4,
        "nik_keliru_tiga_rusak": 4,
        "nik_baru_di_rumah": 4,
        "nik_baru_nama_luka": 5,
        "nik_baru_nama_susunan": 6,
        "nik_baru_tanggal_salah": 5,
        "nik_baru_kk_pecah": 3,
        "nik_baru_pindah": 4,
        "nama_kawin": 4,
        "nama_kawin_nik_baru": 2,
        "terberat_seri_tetap": 4,
        "terberat_parah": 2,
        "terberat_tanpa_petunjuk": 1,
        "loksus_dan_rumah": 3,
        "loksus_dan_rumah_rusak": 3,
        "loksus_nik_baru": 1,
        "tiga_baris": 2,
        "terberat_keluarga": 4,
        "keluarga_pindah_utuh": 4,
    },
    sepupu=12,
    senama=3,
    nomor=NomorUrut,
)
"""A harder city: half as many easy second rows, twice the cousins, and serials that count from one as real ones do."""


class Populasi(NamedTuple):
    """Rows in the order of a list, and what is known of pairs among them."""

    baris: list[Baris]
    pasangan: list[Pasangan]


def alirkan(jumlah: int = BLOK, benih: int = BENIH, takaran: Takaran = BAKU) -> Iterator[Populasi]:
    """Blocks of at most 20.000 persons that add up to *jumlah* persons; refuses fewer than 500.

    DPID, NIK and NKK are unique over all blocks save where repeated on purpose; listed pairs never cross blocks.
    """
    if jumlah < 500:
        raise ValueError("A population has at least 500 persons.")
    kota, nomor, terakhir = Kota(jumlah), takaran.nomor(), 0
    for ke in range(-(-jumlah // BLOK)):
        blok = _blok(Random(f"{benih}/{ke}"), kota, nomor, min(BLOK, jumlah - ke * BLOK), terakhir, takaran)
        terakhir += len(blok.baris)
        yield blok


def buat(jumlah: int = BLOK, benih: int = BENIH, takaran: Takaran = BAKU) -> Populasi:
    """The whole population in memory: *jumlah* persons, some two in a hundred of them with a second row."""
    baris, pasangan = [], []
    for blok in alirkan(jumlah, benih, takaran):
        baris += blok.baris
        pasangan += blok.pasangan
    return Populasi(baris, pasangan)


def _blok(acak: Random, kota: Kota, nomor: Nomor, jumlah: int, terakhir: int, takaran: Takaran) -> Populasi:
    warga = Warga(acak, kota, nomor)
    _isi(warga, jumlah, takaran)
    penyalin = Penyalin(warga)
    penyalin.satu_nik_dua_orang({j: max(1, round(n * jumlah / BLOK)) for j, n in NIK_SATU_UNTUK_DUA.items()})
    penyalin.jalankan(max(20, jumlah * SALINAN_PER_SERIBU // 1000), takaran.bagian)
    return _bernomor(warga, terakhir)


def _isi(warga: Warga, jumlah: int, takaran: Takaran) -> None:
    """Households until the block holds *jumlah* persons, not one more."""
    batas = 0
    while len(warga.baris) < jumlah:
        if len(warga.baris) >= batas and jumlah - len(warga.baris) > 300:
            for jenis in ("panti", "asrama", "lapas"):
                warga.asrama(jenis)
            batas += PER_ASRAMA
        sisa = jumlah - len(warga.baris)
        pilih = warga.acak.random()
        if sisa < 14:
            warga.sendiri(warga.rumah())
        elif pilih < takaran.sepupu / 1000:
            warga.sepupu_senama()
        elif pilih < (takaran.sepupu + takaran.senama) / 1000:
            warga.senama_kebetulan()
        else:
            warga.keluarga()


def _bernomor(warga: Warga, terakhir: int) -> Populasi:
    """Shuffle, so that neither order nor DPID tells a second row, and number the rows on from *terakhir*."""
    urutan = list(range(len(warga.baris)))
    warga.acak.shuffle(urutan)
    dpid = [""] * len(urutan)
    for ke, i in enumerate(urutan, start=terakhir + 1):
        dpid[i] = f"{ke + 90_000_000}"
    baris = [warga.baris[i]._replace(dpid=dpid[i]) for i in urutan]
    pasangan = []
    for a, b, *lain in warga.pasangan:
        kecil, besar = sorted((dpid[a], dpid[b]))
        pasangan.append(Pasangan(kecil, besar, *lain))
    return Populasi(baris, pasangan)
