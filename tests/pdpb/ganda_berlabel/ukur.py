"""Precision, recall and list sizes of a matcher's result, held against the truth of ``pembuat``. Pure functions.

A result is a row ``(dpid_a, dpid_b, kelas, tingkat)``: ``kelas`` G1…G6, ``tingkat`` Pasti, Kuat or Mungkin; each
unordered pair once.

What a result claims: with ``kelas`` G2, that two rows bear one NIK and somebody must get another; with any other,
that the two rows are one person. The verdict on a claim (``putusan``):

* ``benar``: one person, decidable, whatever class was named; or G2 for a pair of the truth's class G2.
* ``netral``: one person, but no human could have known. Counts neither for nor against.
* ``salah``: everything else: two persons (listed or not) called one, and G2 where the truth has no such pair.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .kebenaran import Pasangan

TINGKAT = ("Pasti", "Kuat", "Mungkin")
KELAS = ("G1", "G2", "G3", "G4", "G5", "G6")
Hasil = tuple[str, str, str, str]
Kunci = tuple[str, str]


class Ukuran(NamedTuple):
    """``precision`` = benar / (benar + salah), ``recall`` = ditemukan / dicari; None where there is no divisor."""

    benar: int
    salah: int
    netral: int
    ditemukan: int
    dicari: int

    @property
    def precision(self) -> float | None:
        return self.benar / (self.benar + self.salah) if self.benar + self.salah else None

    @property
    def recall(self) -> float | None:
        return self.ditemukan / self.dicari if self.dicari else None

    @property
    def f1(self) -> float | None:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p and r else None


def kunci(a: str, b: str) -> Kunci:
    """The pair in one order; refuses a row paired with itself."""
    if a == b:
        raise ValueError(f"Row {a} is paired with itself.")
    return (a, b) if a < b else (b, a)


def indeks(pasangan: Iterable[Pasangan]) -> dict[Kunci, Pasangan]:
    """The truth by pair; refuses a pair listed twice."""
    isi: dict[Kunci, Pasangan] = {}
    for p in pasangan:
        if (k := kunci(p.dpid_a, p.dpid_b)) in isi:
            raise ValueError(f"The truth lists {k} twice.")
        isi[k] = p
    return isi


def baca(hasil: Iterable[Hasil]) -> dict[Kunci, tuple[str, str]]:
    """(kelas, tingkat) by pair; refuses a pair reported twice and words that are no class or level."""
    isi: dict[Kunci, tuple[str, str]] = {}
    for a, b, kelas, tingkat in hasil:
        if kelas not in KELAS or tingkat not in TINGKAT:
            raise ValueError(f"Unknown class or level: {kelas}, {tingkat}.")
        if (k := kunci(a, b)) in isi:
            raise ValueError(f"Pair {k} is reported twice.")
        isi[k] = (kelas, tingkat)
    return isi


def putusan(p: Pasangan | None, kelas: str) -> str:
    """``benar``, ``netral`` or ``salah`` for one reported pair; None as truth means a pair nobody listed."""
    if p is None:
        return "salah"
    if kelas == "G2" and p.kelas == "G2":
        return "benar"
    if not p.is_same_person:
        return "salah"
    return "benar" if p.dapat_diputuskan else "netral"


def _dicari(p: Pasangan) -> bool:
    """What a matcher must find: one person and decidable. Two persons with one NIK are looked for in class G2 alone."""
    return p.is_same_person and p.dapat_diputuskan


def _ukuran(
    benar: Mapping[Kunci, Pasangan], dilaporkan: Mapping[Kunci, str], dicari: list[Kunci], kena: set[Kunci]
) -> Ukuran:
    n = Counter(putusan(benar.get(k), kelas) for k, kelas in dilaporkan.items())
    return Ukuran(n["benar"], n["salah"], n["netral"], sum(k in kena for k in dicari), len(dicari))


def menurut_tingkat(pasangan: Iterable[Pasangan], hasil: Iterable[Hasil]) -> dict[str, Ukuran]:
    """``Pasti``, ``Pasti+Kuat`` and ``semua``: each holds the levels above it too.

    Recall is over all decidable pairs of one person, of every class; a pair counts as found in whatever class it was
    reported.
    """
    benar, isi = indeks(pasangan), baca(hasil)
    dicari = [k for k, p in benar.items() if _dicari(p)]
    jawab = {}
    for n, sebutan in enumerate(("Pasti", "Pasti+Kuat", "semua"), start=1):
        lapor = {k: kelas for k, (kelas, tingkat) in isi.items() if tingkat in TINGKAT[:n]}
        jawab[sebutan] = _ukuran(benar, lapor, dicari, set(lapor))
    return jawab


def menurut_kelas(
    pasangan: Iterable[Pasangan], hasil: Iterable[Hasil], tingkat: tuple[str, ...] = ("Pasti", "Kuat")
) -> dict[str, Ukuran]:
    """Per class, of results at these levels.

    Precision: of what was reported in the class. Recall: of the truth's decidable pairs of the class, reported in
    any class; of two persons with one NIK (class G2) only a report as G2 is a find, and undecidable ones are sought
    too, for one NIK is there to see.
    """
    benar, isi = indeks(pasangan), baca(hasil)
    lapor = {k: kelas for k, (kelas, t) in isi.items() if t in tingkat}
    jawab = {}
    for g in ("G1", "G2", "G3", "G4", "G6"):
        dicari = [k for k, p in benar.items() if p.kelas == g and (_dicari(p) or g == "G2")]
        kena = {k for k, kelas in lapor.items() if k in benar and (benar[k].is_same_person or kelas == "G2")}
        jawab[g] = _ukuran(benar, {k: kelas for k, kelas in lapor.items() if kelas == g}, dicari, kena)
    return jawab


class Jebakan(NamedTuple):
    """Of ``jumlah`` pairs planted under one name: reported at Pasti or Kuat, at Mungkin only, not at all.

    For a pair of one person to be reported is right; for two persons it is an accusation, save as G2 where the truth
    says G2 (``sebagai_g2`` counts those).
    """

    satu_orang: bool
    dapat_diputuskan: bool
    jumlah: int
    pasti_kuat: int
    mungkin: int
    tidak: int
    sebagai_g2: int


def menurut_jebakan(pasangan: Iterable[Pasangan], hasil: Iterable[Hasil]) -> dict[tuple[str, bool], Jebakan]:
    """By (trap, decidable): how many were reported, at which level."""
    isi = baca(hasil)
    jawab: dict[tuple[str, bool], Jebakan] = {}
    for k, p in indeks(pasangan).items():
        kelas, tingkat = isi.get(k, ("", ""))
        nama = (p.jebakan, p.dapat_diputuskan)
        lama = jawab.get(nama, Jebakan(p.is_same_person, p.dapat_diputuskan, 0, 0, 0, 0, 0))
        jawab[nama] = lama._replace(
            jumlah=lama.jumlah + 1,
            pasti_kuat=lama.pasti_kuat + (tingkat in TINGKAT[:2]),
            mungkin=lama.mungkin + (tingkat == "Mungkin"),
            tidak=lama.tidak + (not tingkat),
            sebagai_g2=lama.sebagai_g2 + (kelas == "G2" and p.kelas == "G2"),
        )
    return jawab


def pasti_keliru(pasangan: Iterable[Pasangan], hasil: Iterable[Hasil]) -> list[Kunci]:
    """Pairs reported Pasti that are ``salah``; must be empty. Undecidable pairs of one person are not among them."""
    benar = indeks(pasangan)
    return sorted(
        k for k, (kelas, t) in baca(hasil).items() if t == "Pasti" and putusan(benar.get(k), kelas) == "salah"
    )


def pasti_beda_orang(pasangan: Iterable[Pasangan], hasil: Iterable[Hasil]) -> list[Kunci]:
    """The stricter list: every pair reported Pasti whose rows are two persons, G2 included."""
    benar = indeks(pasangan)
    return sorted(
        k for k, (_, t) in baca(hasil).items() if t == "Pasti" and not ((p := benar.get(k)) and p.is_same_person)
    )


def daftar_tinjau_per_seribu(hasil: Iterable[Hasil], jumlah_pemilih: int) -> float:
    """Pairs at Mungkin per 1.000 rows of the list: what officers must read without the machine being sure."""
    return 1000 * sum(t == "Mungkin" for _, t in baca(hasil).values()) / jumlah_pemilih


def tabel_kelas(pasangan: Iterable[Pasangan], hasil: Iterable[Hasil]) -> Counter[tuple[str, str]]:
    """How many pairs of one person of the truth's class were reported in which class ("–" = not reported)."""
    isi = baca(hasil)
    return Counter((p.kelas, isi.get(k, ("–", ""))[0]) for k, p in indeks(pasangan).items() if p.is_same_person)
