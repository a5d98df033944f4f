"""Which pairs of the whole roll are worth judging. Pure Python over one pass of lines.

Two hundred thousand rows make thirty-seven billion pairs. Rows are grouped by keys that a duplicate shares even when
something in it is mistyped; only pairs within a group are looked at, and only those whose names resemble each other are
judged. No key is a birth date, a name or a place alone, so groups stay small when the roll grows; a group that is large
all the same (a form's default date, a number everybody copied) is divided by the whole name.

Keys are 64-bit hashes in arrays: a collision costs one look at a pair, and a row costs a hundred bytes instead of a
thousand.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from pdpb.ganda.baca import orang, sel
from pdpb.ganda.konteks import BESAR_ASRAMA, Anggota, Konteks
from pdpb.ganda.nama import Cocok, Nama, NamaLipat, banding_lipatan, ejaan_lama, lipat
from pdpb.ganda.temu import SERI_LANGKA, Orang
from pdpb.ganda.unsur import PANGKAT_WILAYAH, lipat_alamat, lipat_tempat, nomor_utuh

BESAR_BLOK = 120
"""A larger group is divided by the whole name."""
MIRIP, MIRIP_BEDA_TANGGAL = 62, 78
"""Likeness of folded names, in hundredths, from which a pair is judged: with one birth date, and with two."""
_ANGKA_DEKAT = frozenset(
    (x, y) for x in range(32) for y in range(32) if OSA.distance(f"{x:02d}", f"{y:02d}", score_cutoff=1) <= 1
)
_TAHUN = range(1890, 2031)
_TAHUN_DEKAT = frozenset(
    (x, y) for x in _TAHUN for y in _TAHUN if abs(x - y) in (1, 10) or OSA.distance(str(x), str(y), score_cutoff=1) <= 1
)
"""Two digits, and two years, that differ by a slip or not at all."""
_VOKAL = str.maketrans("", "", "AEIOU")
_PALSU = 1 << 62


class Kamus(dict):
    """Numbers things in the order they come: a missing key gets the next number."""

    def __missing__(self, kunci):
        self[kunci] = nomor = len(self)
        return nomor


class Gulungan:
    """The whole roll, a line and a dozen keys per row, and what is common on it."""

    def __init__(self, baris: Iterable[str]) -> None:
        """Read every line once."""
        self.baris: list[str] = []
        self.nama, self.lahir = array("i"), array("i")
        self.nik, self.nkk, self.nik_awal, self.rumah = array("q"), array("q"), array("q"), array("q")
        self.angka_nik = array("q")  # the NIK as one number, -1 when it is none
        self.lipatan: list[NamaLipat] = []  # per distinct name
        self.nama_asli: list[str] = []
        self.berinisial: list[bool] = []  # per distinct name: whether it ends in a single letter
        self.rangka: list[tuple[int, ...]] = []  # per distinct name: its words without vowels, numbered
        self.rangka_penuh: list[int] = []
        self.ujung: list[int] = []  # per distinct name: its first and its last letter
        self._nomor_nama: dict[str, int] = {}
        self._rangka, self._penuh = Kamus(), Kamus()
        self.hitung_nama: list[int] = []
        self.hitung_tanggal: Counter[str] = Counter()
        self.hitung_tempat: Counter[str] = Counter()
        self.hitung_wilayah: Counter[str] = Counter()
        for satu in baris:
            self._tambah(satu)
        self.kk = kelompok(self.nkk)

    def __len__(self) -> int:
        return len(self.baris)

    def _tambah(self, baris: str) -> None:
        s = sel(baris)
        nik, nkk, kelurahan = s[3], s[4], s[12]
        n = self._nomor_nama.get(s[5])
        if n is None:
            n = self._nama_baru(s[5])
        self.hitung_nama[n] += 1
        self.baris.append(baris)
        self.nama.append(n)
        self.nik.append(hash(nik) if nomor_utuh(nik) else -1)
        self.nkk.append(hash(nkk) if nomor_utuh(nkk) else -1)
        self.nik_awal.append(hash((nik[:12], self.ujung[n] >> 7)) if len(nik) >= 12 else -1)
        self.angka_nik.append(int(nik) if len(nik) == 16 and nik.isdigit() else -1)
        kata, angka = lipat_alamat(s[9])
        self.rumah.append(hash((kelurahan, kata[:5], angka)) if angka else -1)
        lahir = s[7]
        self.lahir.append(int(lahir[:4] + lahir[5:7] + lahir[8:]) if len(lahir) == 10 else 0)
        self.hitung_tanggal[lahir] += 1
        self.hitung_tempat[s[6]] += 1
        self.hitung_wilayah[nik[:6]] += 1

    def _nama_baru(self, nama: str) -> int:
        lipatan = lipat(nama)
        self._nomor_nama[nama] = nomor = len(self.lipatan)
        self.lipatan.append(lipatan)
        self.nama_asli.append(nama)
        self.berinisial.append(bool(lipatan.kata) and len(lipatan.kata[-1]) == 1)
        rangka = tuple(sorted(_rangka(ejaan_lama(k)) for k in lipatan.kata))
        self.rangka.append(tuple({self._rangka[r] for r in rangka if len(r) > 1}))
        self.rangka_penuh.append(self._penuh["".join(rangka)])
        terdengar = ejaan_lama(lipatan.rapat) or "-"
        self.ujung.append(ord(terdengar[0]) << 7 | ord(terdengar[-1]))
        self.hitung_nama.append(0)
        return nomor

    def orang(self, nomor: int) -> Orang:
        """Row *nomor* in full."""
        return orang(self.baris[nomor])

    def nama_dua(self, x: int, y: int, konteks: Konteks) -> Cocok | None:
        """How far the names of rows *x* and *y* agree; None when they do not and the NIK differ."""
        p, q = self.nama[x], self.nama[y]
        sama = self.nama_asli[p] == self.nama_asli[q]
        cocok = banding_lipatan(self.lipatan[p], self.lipatan[q], sama, konteks.kata, konteks.dikenal)
        return cocok if cocok.tingkat is not Nama.BEDA or self.nik[x] == self.nik[y] else None

    def konteks(self) -> Konteks:
        """How common everything is on this roll."""
        nama: Counter[str] = Counter()
        kata: Counter[str] = Counter()
        for lipatan, banyak in zip(self.lipatan, self.hitung_nama, strict=True):
            nama[lipatan.kunci] += banyak
            for k in lipatan.kata:
                kata[k] += banyak
        tempat: Counter[str] = Counter()
        for asli, banyak in self.hitung_tempat.items():
            tempat[lipat_tempat(asli)] += banyak
        return Konteks(
            jumlah=len(self.baris),
            nama=nama,
            kata=kata,
            tanggal={date.fromisoformat(t): n for t, n in self.hitung_tanggal.items() if t},
            tempat=tempat,
            wilayah=self.hitung_wilayah,
            seri={f"{s:04d}": n for s, n in self.hitung_seri.items()},
            nkk=_BesarKK(self.kk),
            keluarga=self._keluarga,
            lipat=self.lipat,
        )

    @cached_property
    def hitung_seri(self) -> Counter[int]:
        """How many NIK end in each serial."""
        return Counter(n % 10_000 for n in self.angka_nik if n >= 0)

    @cached_property
    def seri_langka(self) -> frozenset[int]:
        """The serials that so few bear that they are a trace of a person; the first of a day are none."""
        batas = len(self) / 2**SERI_LANGKA
        return frozenset(s for s, banyak in self.hitung_seri.items() if banyak <= batas)

    def _keluarga(self, nkk: str) -> list[Anggota]:
        return [
            (int(self.baris[n].partition("\t")[0]), self.nama_asli[self.nama[n]], tanggal(self.lahir[n]))
            for n in self.kk.get(hash(nkk), ())
        ]

    def lipat(self, nama: str) -> NamaLipat:
        """*nama* of a row of the roll, folded when it was read."""
        return self.lipatan[self._nomor_nama[nama]]


class _BesarKK(dict):
    """How many rows bear an NKK, asked of the groups as they are."""

    def __init__(self, kk: dict[int, list[int]]) -> None:
        super().__init__()
        self.kk = kk

    def get(self, nkk, bawaan=None):
        return len(self.kk.get(hash(nkk), ())) or 1


def tanggal(angka: int) -> date | None:
    """The date that *angka*, year, month and day in one number, means; None of 0."""
    return date(angka // 10000, angka // 100 % 100, angka % 100) if angka else None


def _rangka(kata: str) -> str:
    """A word without the vowels after its first letter."""
    return kata[:1] + kata[1:].translate(_VOKAL)


def kelompok(kunci: Iterable[int]) -> dict[int, list[int]]:
    """The rows of every key that more than one row has; -1 is no key."""
    pertama: dict[int, int] = {}
    hasil: dict[int, list[int]] = {}
    for n, k in enumerate(kunci):
        lain = pertama.setdefault(k, n)
        if lain != n:
            if k in hasil:
                hasil[k].append(n)
            else:
                hasil[k] = [lain, n]
    hasil.pop(-1, None)
    return hasil


def calon(g: Gulungan) -> set[int]:
    """The pairs worth judging, each as one number: smaller row × number of rows + larger row."""
    hasil: set[int] = set()
    _pasangkan(g, kelompok(g.nik).values(), hasil, None)
    _pasangkan(g, (k for k in g.kk.values() if len(k) < BESAR_ASRAMA), hasil, _mirip)
    _pasangkan(g, kelompok(g.rumah).values(), hasil, _mirip)
    _pasangkan(g, kelompok(g.nik_awal).values(), hasil, _mirip_nama)
    _pasangkan(g, kelompok(_kunci_ujung(g)).values(), hasil, _mirip_nama)
    _pasangkan(g, _kelompok_rangka(g).values(), hasil, _mirip_nama)
    langka = _nik_langka(g)
    _pasangkan(
        g,
        kelompok(_kunci_seri_tanggal(g)).values(),
        hasil,
        lambda g, x, y: (x in langka or y in langka) and _mirip(g, x, y),
    )
    for kunci in (_kunci_seri_tahun, _kunci_seri_hari):
        _pasangkan(g, kelompok(kunci(g)).values(), hasil, _mirip)
    for pilih in _PENGGALAN:
        _pasangkan(g, kelompok(_kunci_penggalan(g, pilih)).values(), hasil, _meleset)
    _keluarga_ganda(g, hasil)
    return hasil


Saring = Callable[[Gulungan, int, int], bool]


def _mirip(g: Gulungan, x: int, y: int) -> bool:
    """For rows that have a house, a family or a rare number in common: a word in common is enough for one date."""
    if not _tanggal_dekat(g.lahir[x], g.lahir[y]):
        return _mirip_nama(g, x, y, MIRIP_BEDA_TANGGAL)
    return _mirip_nama(g, x, y) or not set(g.lipatan[g.nama[x]].kata).isdisjoint(g.lipatan[g.nama[y]].kata)


def _tanggal_dekat(t: int, u: int) -> bool:
    """Whether two of day, month and year agree, or one date is unknown."""
    if not (t and u):
        return True
    return t // 100 == u // 100 or t % 10000 == u % 10000 or (t // 10000 == u // 10000 and t % 100 == u % 100)


def _meleset(g: Gulungan, x: int, y: int) -> bool:
    """Whether one date may be the other with a slip of the hand; the names are known to be alike."""
    t, u = g.lahir[x], g.lahir[y]
    if t // 100 == u // 100:
        return (t % 100, u % 100) in _ANGKA_DEKAT
    if t % 10000 == u % 10000:
        return (t // 10000, u // 10000) in _TAHUN_DEKAT
    if t // 10000 == u // 10000 and t % 100 == u % 100:
        return (t // 100 % 100, u // 100 % 100) in _ANGKA_DEKAT
    return True


def _mirip_nama(g: Gulungan, x: int, y: int, batas: int = MIRIP) -> bool:
    p, q = g.nama[x], g.nama[y]
    if p == q:
        return True
    a, b = g.lipatan[p], g.lipatan[q]
    if ratio(a.inti, b.inti, score_cutoff=batas) > 0 or a.kunci == b.kunci:
        return True
    return (g.berinisial[p] or g.berinisial[q]) and disingkat(a.kata, b.kata)


def disingkat(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """Whether two names have one first word and the last of one is an initial of the other's."""
    return x[:1] == y[:1] != () and 1 in (len(x[-1]), len(y[-1])) and x[-1][:1] == y[-1][:1]


def nama_mirip(a: NamaLipat, b: NamaLipat) -> bool:
    """Whether two names are alike enough to judge the pair."""
    return ratio(a.inti, b.inti, score_cutoff=MIRIP) > 0 or a.kunci == b.kunci or disingkat(a.kata, b.kata)


def _keluarga_ganda(g: Gulungan, hasil: set[int]) -> None:
    """Add the other members of every two families of which one member each looks like one person."""
    banyak = len(g)
    for x, y in {
        (g.nkk[x], g.nkk[y]): (x, y) for x, y in (divmod(n, banyak) for n in hasil) if _jangkar(g, x, y)
    }.values():
        a, b = g.kk.get(g.nkk[x], ()), g.kk.get(g.nkk[y], ())
        if max(len(a), len(b)) < BESAR_ASRAMA:
            hasil.update(min(m, n) * banyak + max(m, n) for m in a for n in b if _mirip(g, m, n))


def _jangkar(g: Gulungan, x: int, y: int) -> bool:
    """Whether two rows under two NKK have one NIK, one name as written, or like names and one birth date."""
    if g.nkk[x] == g.nkk[y]:
        return False
    p, q = g.nama[x], g.nama[y]
    if p == q or (g.nik[x] == g.nik[y] and g.nik[x] != -1):
        return True
    return g.lahir[x] == g.lahir[y] > 0 and (
        ratio(g.lipatan[p].inti, g.lipatan[q].inti, score_cutoff=MIRIP) > 0 or g.lipatan[p].kunci == g.lipatan[q].kunci
    )


def _pasangkan(g: Gulungan, blok: Iterable[list[int]], hasil: set[int], saring: Saring | None) -> None:
    banyak = len(g)
    for isi in blok:
        for bagian in (isi,) if len(isi) <= BESAR_BLOK else _bagi(g, isi):
            for i, x in enumerate(bagian):
                for y in bagian[i + 1 :]:
                    if saring is None or saring(g, x, y):
                        hasil.add(x * banyak + y)


def _bagi(g: Gulungan, isi: list[int]) -> Iterator[list[int]]:
    """A large group by whole name; of a name that is itself too frequent, each row with the next ones only."""
    per_nama: dict[int, list[int]] = {}
    for n in isi:
        per_nama.setdefault(g.rangka_penuh[g.nama[n]], []).append(n)
    for senama in per_nama.values():
        for awal in range(0, len(senama), BESAR_BLOK):
            yield senama[awal : awal + BESAR_BLOK]


def _kunci_ujung(g: Gulungan) -> Iterator[int]:
    """Birth date, first and last letter of the name."""
    return (t << 14 | g.ujung[n] if t else -1 for t, n in zip(g.lahir, g.nama, strict=True))


def _nik_langka(g: Gulungan) -> set[int]:
    """The rows whose NIK begins with a region that is rare enough to be an error, or ends in a serial that few bear."""
    batas, seri = len(g) // PANGKAT_WILAYAH, g.seri_langka
    wilayah = {int(w) for w, banyak in g.hitung_wilayah.items() if banyak <= batas and w.isdigit()}
    return {n for n, k in enumerate(g.angka_nik) if k >= 0 and (k % 10_000 in seri or k // 10**10 in wilayah)}


def _kunci_seri_tanggal(g: Gulungan) -> Iterator[int]:
    """Birth date and serial of the NIK: the region may be wrong."""
    return (t * 10_000 + n % 10_000 if t and n >= 0 else -1 for t, n in zip(g.lahir, g.angka_nik, strict=True))


def _kunci_seri_tahun(g: Gulungan) -> Iterator[int]:
    """Region, a serial that few bear and the year of birth: day and month may be wrong in the NIK and beside it."""
    return (k * 10_000 + t // 10_000 if k >= 0 else -1 for k, t in _wilayah_seri(g))


def _kunci_seri_hari(g: Gulungan) -> Iterator[int]:
    """Region, a serial that few bear, day and month of birth: the year may be wrong in the NIK and beside it."""
    return (k * 10_000 + t % 10_000 if k >= 0 else -1 for k, t in _wilayah_seri(g))


def _wilayah_seri(g: Gulungan) -> Iterator[tuple[int, int]]:
    """Per row region and serial as one number, -1 where the serial is common or the date unknown, and the date."""
    langka = g.seri_langka
    for n, t in zip(g.angka_nik, g.lahir, strict=True):
        yield (n // 10**10 * 10_000 + n % 10_000 if t and n >= 0 and n % 10_000 in langka else -1), t


def _kelompok_rangka(g: Gulungan) -> dict[int, list[int]]:
    """Birth date and one word of the name without vowels: whatever happened to the other words."""
    pertama: dict[int, int] = {}
    hasil: dict[int, list[int]] = {}
    rangka, kali = g.rangka, len(g._rangka) + 1
    for n, (t, nama) in enumerate(zip(g.lahir, g.nama, strict=True)):
        if not t:
            continue
        for r in rangka[nama]:
            k = t * kali + r
            lain = pertama.setdefault(k, n)
            if lain != n:
                if k in hasil:
                    hasil[k].append(n)
                else:
                    hasil[k] = [lain, n]
    return hasil


def _tahun_bulan(t: int) -> int:
    return t // 100


def _bulan_hari(t: int) -> int:
    return _PALSU // 10**12 + t % 10000


def _tahun_hari(t: int) -> int:
    return 10**8 + t // 10000 * 100 + t % 100


def _tertukar(t: int) -> int:
    bulan, hari = t // 100 % 100, t % 100
    return 2 * 10**8 + (t // 10000 * 10000 + (bulan * 100 + hari if bulan < hari else hari * 100 + bulan))


_PENGGALAN = (_tahun_bulan, _bulan_hari, _tahun_hari, _tertukar)


def _kunci_penggalan(g: Gulungan, pilih: Callable[[int], int]) -> Iterator[int]:
    """The whole name without vowels and a part of the birth date: the rest of the date may be wrong."""
    penuh = g.rangka_penuh
    return (penuh[n] * 10**10 + pilih(t) if t else -1 for t, n in zip(g.lahir, g.nama, strict=True))
