"""How far two names as written on a roll may be one person's name. Pure Python.

A name is folded first: titles and degrees go, abbreviations of the commonest words are written out, and letters that
Indonesian spellings exchange freely (oe/u, dj/j, ch/h, sy/s, z/s, v/f, y/i, doubled letters) become one.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

_DEPAN = "H HJ HI KH DR DRS DRA DRG DRH IR PROF PDT USTADZ USTAD ALM ALMH"
GELAR_DEPAN = frozenset(_DEPAN.split())
"""Words before a name that are no part of it. ``H`` alone is a name's initial when nothing else is left."""

_BELAKANG = (
    "SH SE ST SPD SPDI SAG SOS SSOS SIP SKM SKEP SFARM SKOM SSI SPT SPI SHUT STP SHI SEI SIKOM SPSI SST STR AMD AMK "
    "AMKEB MM MH MSI MPD MT MKES MAP MAG MHUM MKOM MPDI NERS"
)
GELAR_BELAKANG = frozenset(_BELAKANG.split())
_SINGKATAN = {
    kata: lengkap
    for lengkap, daftar in {
        "MUHAMAD": "MOH MOHD MOHAMAD MOHAMMAD MOHAMED MOHAMMED MUH MUHD MUHAMAD MUHAMMAD MUHAMMED MUHAMED MHD MD "
        "MOCH MOCHAMAD MOCHAMMAD",
        "SITI": "ST STI SITTI SITTY SITY SITIE",
        "ABDUL": "ABD ABDL ABDOEL",
        "AHMAD": "AHMAD ACHMAD AKHMAD AHMED ACH",
        "NUR": "NUR NOER NOOR",
        "KRISTIAN": "CHRISTIAN",
        "KRISTIN": "CHRISTIN CHRISTINE KRISTINE",
        "KRISTOFER": "CHRISTOPHER",
        "CANDRA": "CHANDRA TJANDRA",
        "DAENG": "DG",
    }.items()
    for kata in daftar.split()
}
UMUM = frozenset({"MUHAMAD", "SITI", "ABDUL", "AHMAD", "NUR", "NI", "I", "AL", "ANDI"})
"""Words that so many bear that sharing one says nothing; leaving one out is a habit of writing."""

_EJAAN = (
    ("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("NJ", "NY"), ("CH", "H"), ("KH", "H"), ("GH", "G"), ("DZ", "S"),
    ("DH", "D"), ("TH", "T"), ("PH", "F"), ("SY", "S"), ("SH", "S"), ("SJ", "S"), ("TS", "S"), ("CK", "K"),
    ("AE", "AI"), ("IY", "I"), ("UW", "U"), ("V", "F"), ("Z", "S"), ("Q", "K"), ("X", "KS"), ("Y", "I"),
)  # fmt: skip
_LAMA = str.maketrans("FJ", "PI")
"""What clerks exchange beyond spelling: F and P as spoken, J of the spelling before 1972 and Y, which is I here."""

_PISAH = re.compile(r"[^A-Z]+")
_RAPAT = str.maketrans("", "", "'`’‘ʼ-")
_GANDA = re.compile(r"(.)\1+")
_AKSEN = str.maketrans("ÀÁÂÃÄÅÈÉÊËÌÍÎÏÒÓÔÕÖÙÚÛÜÇÑ", "AAAAAAEEEEIIIIOOOOOUUUUCN")


class Nama(IntEnum):
    """How far two names agree; the higher, the more.

    ``SEBAGIAN``: a part agrees that many people share (one given name with two family names, one initial after a word
    that everybody bears, two established names a slip apart); it tells one person only where everything else does.
    """

    BEDA = 0
    SEBAGIAN = 1
    DUA_SALAH = 2
    SINGKAT = 3
    SALAH_KETIK = 4
    SAMA = 5


PANGKAT_LAZIM = 200
"""A word so many times rarer than the one a slip away from it is an error that repeats, not a name."""


@dataclass(frozen=True, slots=True)
class NamaLipat:
    """A folded name: its words in order, the same words sorted, all letters in a row, and those without ``UMUM``."""

    kata: tuple[str, ...]
    kunci: str
    rapat: str
    inti: str


@dataclass(frozen=True, slots=True)
class Cocok:
    """*tingkat* of agreement, the reason as an Indonesian sentence, and how much the names resemble those of twins."""

    tingkat: Nama
    alasan: str
    mirip_kembar: int = 0


@lru_cache(maxsize=200_000)
def lipat_kata(kata: str) -> str:
    """One word in capitals without spelling habits; ``SYAHRUL``, ``SAHRUL`` and ``SYAHROEL`` give the same."""
    if kata in _SINGKATAN:
        return _SINGKATAN[kata]
    for dari, ke in _EJAAN:
        if dari in kata:
            kata = kata.replace(dari, ke)
    kata = _GANDA.sub(r"\1", kata)
    return kata[:-1] if len(kata) > 3 and kata[-1] == "H" else kata


@lru_cache(maxsize=20_000)
def lipat(nama: str) -> NamaLipat:
    """The folded form of *nama*. What follows a comma is a degree; a name of titles only stays as it is."""
    depan = nama.upper().translate(_AKSEN).translate(_RAPAT).partition(",")[0]
    potongan = [p for p in depan.split() if p.replace(".", "") not in GELAR_BELAKANG or "." not in p.strip(".")]
    kata = [k for k in _PISAH.split(" ".join(potongan)) if k]
    bersih = list(kata)
    while len(bersih) > 1 and bersih[0] in GELAR_DEPAN:
        bersih.pop(0)
    while len(bersih) > 1 and bersih[-1] in GELAR_BELAKANG - {"ST"}:
        bersih.pop()
    hasil = [lipat_kata(k) for k in bersih]
    if len(hasil) > 1 and bersih[0] == "M":
        hasil[0] = "MUHAMAD"
    rapat = rapatkan(hasil)
    return NamaLipat(tuple(hasil), " ".join(sorted(hasil)), rapat, "".join(k for k in hasil if k not in UMUM) or rapat)


def rapatkan(kata: Iterable[str]) -> str:
    """The letters of folded words in one row; what their ends double counts once, as inside a word."""
    return _GANDA.sub(r"\1", "".join(kata))


def _lazim() -> frozenset[str]:
    berkas = Path(__file__).parents[1] / "data" / "nama_lazim.csv"
    isi = berkas.read_text(encoding="utf-8").partition("\n")[2].replace("\n", "|")
    return frozenset(lipat_kata(k) for k in isi.split("|") if k)


LAZIM = _lazim()
"""Given names known everywhere, so that a small roll does not take a twin's name for a slip of the finger."""


def banding_nama(a: str, b: str, kata: Mapping[str, int], dikenal: int) -> Cocok:
    """How far *a* and *b* agree. *kata* counts folded words of the roll.

    A word that at least *dikenal* rows bear is a name of its own: HASAN and HUSEN are two people, HASAN and HSAAN one
    slip of the finger. This tells twins and siblings with rhyming names from typing errors.
    """
    return banding_lipatan(lipat(a), lipat(b), a == b, kata, dikenal)


def banding_lipatan(x: NamaLipat, y: NamaLipat, sama: bool, kata: Mapping[str, int], dikenal: int) -> Cocok:
    """As ``banding_nama``, of two folded names; *sama*: whether they are written alike."""
    if x.kata == y.kata:
        return Cocok(Nama.SAMA, "Nama sama" if sama else "Nama sama, hanya beda ejaan atau gelar")
    if x.kunci == y.kunci:
        return Cocok(Nama.SAMA, "Nama sama dengan urutan kata berbeda")
    if x.rapat == y.rapat and (len(x.kata) != len(y.kata) or "".join(x.kata) == "".join(y.kata)):
        return Cocok(Nama.SAMA, "Nama sama, hanya beda spasi")
    if sorted(map(ejaan_lama, x.kata)) == sorted(map(ejaan_lama, y.kata)):
        return Cocok(Nama.SALAH_KETIK, _EJAAN_LAMA)
    return _banding_sisa(*_sisa(x.kata, y.kata), x, y, kata, dikenal)


def ejaan_lama(kata: str) -> str:
    """A folded word as it is heard: FATIMAH and PATIMAH, NURHAYATI and NURHAJATI give the same."""
    return kata.translate(_LAMA)


def _sisa(x: tuple[str, ...], y: tuple[str, ...]) -> tuple[list[str], list[str], list[str]]:
    """The words both have, and what each has beyond them."""
    sisa_x, sisa_y, sama = [], list(y), []
    for k in x:
        if k in sisa_y:
            sisa_y.remove(k)
            sama.append(k)
        else:
            sisa_x.append(k)
    return sama, sisa_x, sisa_y


_LAIN = Cocok(Nama.BEDA, "Nama berbeda")
_EJAAN_LAMA = "Nama sama, hanya beda ejaan F dan P atau J dan Y"


def _banding_sisa(sama, sx, sy, x: NamaLipat, y: NamaLipat, kata, dikenal: int) -> Cocok:
    khas = [k for k in sama if k not in UMUM and len(k) > 2]
    if not sx or not sy:
        lebih = sx or sy
        if khas and (len(lebih) == 1 or len(khas) > 1):
            return Cocok(Nama.SINGKAT, "Nama sama, yang satu ditulis lebih lengkap")
        return _LAIN
    if len(sx) != len(sy) and rapatkan(sx).replace("H", "") == rapatkan(sy).replace("H", ""):
        return Cocok(Nama.SAMA, "Nama sama, hanya beda spasi")
    if len(sx) == len(sy) == 1:
        cocok = _satu_kata(sx[0], sy[0], sama, x, kata, dikenal)
        return cocok if cocok is not _LAIN else _sebagian(sx[0], sy[0], x, y)
    if len(sx) == len(sy) == 2:
        return _dua_kata(sx, sy, sama, kata, dikenal)
    if abs(len(sx) - len(sy)) == 1 and 1 in (len(sx), len(sy)):
        return _satu_lawan_dua(sx, sy, bool(khas), kata, dikenal)
    return _LAIN


def _satu_kata(p: str, q: str, sama, x: NamaLipat, kata, dikenal: int) -> Cocok:
    khas = any(len(k) > 2 and k not in UMUM for k in sama)
    if 1 in (len(p), len(q)):
        return Cocok(Nama.SINGKAT, "Nama sama, satu kata disingkat") if khas and p[0] == q[0] else _LAIN
    jauh = _salah_ketik(p, q, kata, dikenal)
    if not jauh:
        umum, lain = (p, q) if p in UMUM else (q, p)
        if khas and umum in UMUM and umum[0] == lain[0] and kata.get(lain, 0) < dikenal:
            return Cocok(Nama.SALAH_KETIK, "Nama sama kecuali singkatan satu kata")
        return _LAIN
    mirip = _seperti_kembar(p, q) if ejaan_lama(p) != ejaan_lama(q) else 0
    if mirip == 1 and p != next((k for k in x.kata if k not in UMUM), p):
        mirip = 0  # twins are told apart by the given name, not by what follows it
    return Cocok(Nama.SALAH_KETIK, f"Nama sama kecuali {'satu' if jauh == 1 else 'dua'} huruf", mirip)


def _sebagian(p: str, q: str, x: NamaLipat, y: NamaLipat) -> Cocok:
    """The names differ in the words *p* and *q* only, which are two names: what may they still have in common?"""
    if 1 in (len(p), len(q)):
        cocok = p[0] == q[0] and len(x.kata) > 1
        return Cocok(Nama.SEBAGIAN, "Nama sama, satu kata disingkat", 1) if cocok else _LAIN
    if min(len(p), len(q)) >= 4 and OSA.distance(p, q, score_cutoff=1) == 1:
        kalimat = "Nama sama kecuali satu huruf, keduanya nama yang lazim"
        return Cocok(Nama.SEBAGIAN, kalimat, 2 if _seperti_kembar(p, q) else 1)
    depan = x.kata[:-1]
    if depan == y.kata[:-1] and any(k not in UMUM and len(k) > 2 for k in depan):
        return Cocok(Nama.SEBAGIAN, "Nama depan sama, nama belakang berbeda")
    return _LAIN


def _dua_kata(sx, sy, sama, kata, dikenal: int) -> Cocok:
    for p, q in ((sy[0], sy[1]), (sy[1], sy[0])):
        satu, dua = _setara(sx[0], p, kata, dikenal), _setara(sx[1], q, kata, dikenal)
        if satu and dua and (satu, dua) != ("inisial", "inisial"):
            mirip = min(_seperti_kembar(sx[0], p), _seperti_kembar(sx[1], q))
            return Cocok(Nama.DUA_SALAH, "Nama mirip, dua kata ditulis berbeda", mirip)
    if len(sama) > 1 and all(len(a) == 1 or len(b) == 1 for a, b in zip(sx, sy, strict=True)):
        cocok = all(a[0] == b[0] for a, b in zip(sx, sy, strict=True))
        return Cocok(Nama.SINGKAT, "Nama sama, dua kata disingkat") if cocok else _LAIN
    return _LAIN


def _satu_lawan_dua(sx, sy, ada_khas: bool, kata, dikenal: int) -> Cocok:
    """One word against two: written apart with a slip, or one word left out and the other mistyped."""
    pendek, panjang = (sx, sy) if len(sx) == 1 else (sy, sx)
    if all(len(k) > 1 and adalah_nama(k, kata, dikenal) for k in (*sx, *sy)):
        return _LAIN
    if _salah_ketik(pendek[0], "".join(panjang), kata, dikenal):
        return Cocok(Nama.DUA_SALAH, "Nama mirip, beda spasi dan ejaan")
    for n, kata_panjang in enumerate(panjang):
        lebih = panjang[1 - n]
        if _salah_ketik(pendek[0], kata_panjang, kata, dikenal) and (ada_khas or lebih in UMUM):
            kalimat = "Nama mirip, satu kata tidak ditulis dan satu kata beda ejaan"
            return Cocok(Nama.DUA_SALAH, kalimat, _seperti_kembar(pendek[0], kata_panjang))
    return _LAIN


def _setara(p: str, q: str, kata, dikenal: int) -> str:
    if p[0] == q[0] and 1 in (len(p), len(q)):
        return "inisial"
    return "ketik" if _salah_ketik(p, q, kata, dikenal) else ""


def _salah_ketik(p: str, q: str, kata, dikenal: int) -> int:
    """How many slips of the finger lie between *p* and *q*: 1 or 2, else 0; none between two established names."""
    if ejaan_lama(p) == ejaan_lama(q):
        return 1
    pendek = min(len(p), len(q))
    if pendek < 3:
        return 0
    boleh = 2 if pendek >= 6 else 1
    jauh = OSA.distance(p, q, score_cutoff=boleh)
    if not 0 < jauh <= boleh:
        return 0
    batas = max(dikenal, max(kata.get(p, 0), kata.get(q, 0)) // PANGKAT_LAZIM)
    return 0 if adalah_nama(p, kata, batas) and adalah_nama(q, kata, batas) else jauh


def adalah_nama(kata: str, hitungan: Mapping[str, int], dikenal: int) -> bool:
    """Whether the folded *kata* is an established name and not somebody's typing error."""
    return kata in LAZIM or hitungan.get(kata, 0) >= dikenal


def _seperti_kembar(p: str, q: str) -> int:
    """How much the words differ as parents make their children's names differ: 2 very, 1 somewhat, 0 not at all.

    Very: another first letter or last vowel (RINA, DINA; FITRI, FITRA). Somewhat: another letter elsewhere (NABILA,
    NAJILA), one more at either end (FITRI, FITRIA), another ending (DARMAWAN, DARMAWATI). Letters that changed places
    or were lost inside a word are slips of the finger.
    """
    if len(p) == len(q) and sum(a != b for a, b in zip(p, q, strict=True)) == 1:
        di = next(n for n in range(len(p)) if p[n] != q[n])
        return 2 if di == 0 or (di >= len(p) - 2 and {p[di], q[di]} <= set("AEIOU")) else 1
    pendek, panjang = sorted((p, q), key=len)
    if len(panjang) - len(pendek) == 1 and panjang.endswith(pendek):
        return 1
    return int(_beda_akhiran(pendek, panjang))


def _beda_akhiran(pendek: str, panjang: str) -> bool:
    """Whether two words have one stem of at least four letters and endings of their own, of at most four."""
    sama = next((n for n, (a, b) in enumerate(zip(pendek, panjang, strict=False)) if a != b), len(pendek))
    x, y = pendek[sama:], panjang[sama:]
    tergelincir = x and ((len(y) - len(x) == 1 and y.endswith(x)) or sorted(x) == sorted(y))
    return sama >= 4 and len(y) <= 4 and not tergelincir
