"""What happens to a row between the family card and the list. Every function returns a changed value, or None where
it cannot.
"""

import re
from datetime import date
from random import Random

from .nama import MUHAMMAD

TETANGGA = {
    "A": "S",
    "B": "VN",
    "C": "VX",
    "D": "SF",
    "E": "RW",
    "F": "DG",
    "G": "FH",
    "H": "GJ",
    "I": "UO",
    "J": "HK",
    "K": "JL",
    "L": "K",
    "M": "N",
    "N": "MB",
    "O": "IP",
    "P": "O",
    "R": "ET",
    "S": "AD",
    "T": "RY",
    "U": "IY",
    "W": "EQ",
    "Y": "TU",
    "Z": "X",
}
GELAR_DEPAN = {"L": ("H. ", "H ", "DRS. ", "DR. ", "IR. "), "P": ("HJ. ", "HJ ", "DRA. ", "DR. ", "IR. ")}
GELAR_BELAKANG = (", S.PD", " SE", ", S.H.", ", S.SOS", " SPD.I", ", A.MD", ", M.SI")
LAMA = (("U", "OE"), ("J", "DJ"), ("C", "TJ"), ("SY", "SJ"), ("Y", "J"), ("KH", "CH"), ("F", "P"))


def _letak(acak: Random, nama: str, mulai: int = 1) -> int | None:
    """A letter inside a word of at least four letters, not its first."""
    bisa = [m.start() + i for m in re.finditer(r"[A-Z]{4,}", nama) for i in range(mulai, len(m.group()))]
    return acak.choice(bisa) if bisa else None


def salah_ketik(acak: Random, nama: str) -> str | None:
    i = _letak(acak, nama)
    return nama[:i] + acak.choice(TETANGGA.get(nama[i], "X")) + nama[i + 1 :] if i else None


def huruf_tertukar(acak: Random, nama: str) -> str | None:
    i = _letak(acak, nama, 2)
    return nama[: i - 1] + nama[i] + nama[i - 1] + nama[i + 1 :] if i and nama[i] != nama[i - 1] else None


def huruf_hilang(acak: Random, nama: str) -> str | None:
    i = _letak(acak, nama)
    return nama[:i] + nama[i + 1 :] if i else None


def huruf_ganda(acak: Random, nama: str) -> str | None:
    i = _letak(acak, nama)
    return nama[:i] + nama[i] + nama[i:] if i else None


def tulisan_muhammad(acak: Random, nama: str) -> str | None:
    depan, _, sisa = nama.partition(" ")
    if depan not in MUHAMMAD or not sisa:
        return None
    return f"{acak.choice([m for m in MUHAMMAD if m != depan])} {sisa}"


def gelar(acak: Random, nama: str, jk: str) -> str:
    return acak.choice(GELAR_DEPAN[jk]) + nama if acak.random() < 0.6 else nama + acak.choice(GELAR_BELAKANG)


def apostrof(acak: Random, nama: str) -> str | None:
    return nama.replace("'", acak.choice(("", " ", "`", "’"))) if "'" in nama else None


def ejaan_lama(acak: Random, nama: str) -> str | None:
    bisa = [(baru, lama) for baru, lama in LAMA if baru in nama and lama not in nama]
    if not bisa:
        return None
    baru, lama = acak.choice(bisa)
    return nama.replace(baru, lama, 1)


def urutan_kata(acak: Random, nama: str) -> str | None:
    kata = nama.split()
    return " ".join([*kata[1:], kata[0]]) if len(kata) > 1 else None


def kata_tengah_hilang(acak: Random, nama: str) -> str | None:
    kata = nama.split()
    return " ".join([kata[0], *kata[2:]]) if len(kata) > 2 else None


def inisial(acak: Random, nama: str) -> str | None:
    kata = nama.split()
    if len(kata) < 2:
        return None
    i = acak.randrange(1, len(kata)) if len(kata) > 2 else 1
    kata[i] = kata[i][0] + acak.choice(("", "."))
    return " ".join(kata)


def spasi_berubah(acak: Random, nama: str) -> str | None:
    return nama.replace(" ", "", 1) if nama.count(" ") > 1 else None


LUKA = {
    "salah_ketik": salah_ketik,
    "huruf_tertukar": huruf_tertukar,
    "huruf_hilang": huruf_hilang,
    "huruf_ganda": huruf_ganda,
}
TULISAN = {"muhammad": tulisan_muhammad, "apostrof": apostrof, "ejaan_lama": ejaan_lama, "spasi": spasi_berubah}
SUSUNAN = {"urutan_kata": urutan_kata, "kata_tengah_hilang": kata_tengah_hilang, "inisial": inisial}


def rusak_nama(acak: Random, nama: str, jk: str, kelompok: str) -> tuple[str, str, str]:
    """(damaged name, label for ``Jejak.nama``, name of the damage). Where a group cannot, a letter or a title is
    taken.
    """
    if kelompok == "sama":
        pilihan = [(n, f(acak, nama)) for n, f in TULISAN.items()]
        pilihan = [(n, h) for n, h in pilihan if h] if acak.random() < 0.8 else []
        cara, hasil = acak.choice(pilihan) if pilihan else ("gelar", gelar(acak, nama, jk))
        return hasil, "sama", cara
    pilihan = [(n, f(acak, nama)) for n, f in (SUSUNAN if kelompok == "susunan" else LUKA).items()]
    pilihan = [(n, h) for n, h in pilihan if h and h != nama]
    if not pilihan:
        return gelar(acak, nama, jk), "sama", "gelar"
    cara, hasil = acak.choice(pilihan)
    return hasil, kelompok, cara


def hari_bulan_tertukar(acak: Random, lahir: date) -> date | None:
    return lahir.replace(day=lahir.month, month=lahir.day) if lahir.day <= 12 and lahir.day != lahir.month else None


def satu_angka(acak: Random, lahir: date) -> date | None:
    """One digit of day, month or year struck wrong; None where that makes no date of a voter."""
    teks = f"{lahir:%d%m%Y}"
    i = acak.choice((0, 1, 2, 3, 6, 7))
    teks = teks[:i] + acak.choice([a for a in "0123456789" if a != teks[i]]) + teks[i + 1 :]
    try:
        hasil = date(int(teks[4:]), int(teks[2:4]), int(teks[:2]))
    except ValueError:
        return None
    return hasil if 1926 <= hasil.year <= 2008 else None


def _geser_tahun(lahir: date, tahun: int) -> date | None:
    if not 1926 <= lahir.year + tahun <= 2008 or (lahir.month, lahir.day) == (2, 29):
        return None
    return lahir.replace(year=lahir.year + tahun)


def tahun_meleset_satu(acak: Random, lahir: date) -> date | None:
    return _geser_tahun(lahir, acak.choice((-1, 1)))


def tahun_meleset_sepuluh(acak: Random, lahir: date) -> date | None:
    return _geser_tahun(lahir, acak.choice((-10, 10)))


TANGGAL = {
    "hari_bulan_tertukar": hari_bulan_tertukar,
    "satu_angka_tanggal": satu_angka,
    "tahun_meleset_1": tahun_meleset_satu,
    "tahun_meleset_10": tahun_meleset_sepuluh,
}


def rusak_tanggal(acak: Random, lahir: date) -> tuple[date | None, str]:
    """A wrong birth date and the name of the slip; in one of fifteen the date is lost."""
    if acak.random() < 1 / 15:
        return None, "tanggal_hilang"
    while True:
        cara = acak.choice(tuple(TANGGAL))
        if hasil := TANGGAL[cara](acak, lahir):
            return hasil, cara


def nik_sah(nik: str) -> bool:
    """Sixteen digits whose day is 01–31 or 41–71, whose date can exist in either century, and whose serial is not
    0000.
    """
    if not re.fullmatch(r"[0-9]{16}", nik) or nik[12:] == "0000":
        return False
    hari, bulan, tahun = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    hari -= 40 if hari > 40 else 0
    for abad in (1900, 2000):
        try:
            date(abad + tahun, bulan, hari)
        except ValueError:
            continue
        return True
    return False


def nik_satu_angka(acak: Random, nik: str) -> str:
    i = acak.choice((4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15))
    return nik[:i] + acak.choice([a for a in "0123456789" if a != nik[i]]) + nik[i + 1 :]


def nik_dua_tertukar(acak: Random, nik: str) -> str:
    i = acak.choice((4, 6, 7, 8, 9, 10, 13, 14))
    return nik[:i] + nik[i + 1] + nik[i] + nik[i + 2 :]


def alamat_ditulis_lain(acak: Random, alamat: str) -> str:
    """The same house in other words: JL. or JALAN, with or without NO."""
    hasil = alamat
    if acak.random() < 0.6:
        hasil = hasil.replace("JL. ", acak.choice(("JALAN ", "JLN. ", "JL ")))
    if acak.random() < 0.6:
        hasil = hasil.replace(" NO. ", acak.choice((" NO ", " NOMOR ", " NO.", " ")))
    return hasil
