"""A roll and an agency's list without numbers whose truth is known: for each row the voter it means, or nobody."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pdpb.ganda.dimaksud import Tertulis
from pdpb.ganda.temu import Orang

_DEPAN = (
    "MUHAMMAD SITI ABDUL AHMAD NUR ANDI RISKI FITRI HASAN HUSEN RAHMAT AISYAH RINA DINA YUSUF IBRAHIM DEWI SRI AGUS "
    "JOKO RATNA MARLINA FERDI SYAHRUL ZAINAB HALIMA JUMRIAH SAHARUDDIN KAMARUDDIN ASRIANI"
)
_BELAKANG = (
    "RAHMAN HIDAYAT PRATAMA LAMATO LAGALIGO TANDI PALALO MANGINDARA YOTOLEMBAH DAENGMASARO SAPUTRA WIJAYA HAKIM "
    "BAKRI LATIF MUSTAFA HAMZAH SALEH AMIR UMAR KASIM MAPPATOBA LASIMPO RUMAMBI PANGEMANAN KALALO"
)
_JALAN = "MAWAR MELATI DIPONEGORO SUDIRMAN KARTINI VETERAN LASOSO SUNGAI SIS ALJUFRI"
DEPAN, BELAKANG, JALAN = _DEPAN.split(), _BELAKANG.split(), _JALAN.split()
KELURAHAN = ("72.71.08.1003", "72.71.03.1003", "72.71.02.1009")


@dataclass(frozen=True)
class Label:
    """One row of the list, and the voter it means; None for somebody who is not on the roll."""

    baris: Tertulis
    pemilih: int | None
    macam: str


def daftar(jumlah: int, benih: int = 7) -> list[Orang]:
    """A roll of *jumlah* people; names are as common as they are rare, some share a name, some a name and a date."""
    acak = random.Random(benih)
    hasil = []
    for n in range(1, jumlah + 1):
        kata = [acak.choice(DEPAN), acak.choice(BELAKANG)]
        if acak.random() < 0.4:
            kata.insert(1, acak.choice(DEPAN))
        lahir = date(1945, 1, 1) + timedelta(days=acak.randrange(62 * 365))
        jk = acak.choice("LP")
        orang = Orang(
            n, n, str(n), f"7271{n:012d}", f"7271{n // 3:012d}", " ".join(kata), "PALU", lahir, jk,
            f"JL. {acak.choice(JALAN)} NO. {acak.randrange(1, 200)}", f"{acak.randrange(1, 9):03d}", "001",
            acak.choice(KELURAHAN), 1, False,
        )  # fmt: skip
        if hasil and acak.random() < 0.02:
            senama = acak.choice(hasil)
            sama_tanggal = acak.random() < 0.3
            orang = replace(orang, nama=senama.nama, tanggal_lahir=senama.tanggal_lahir if sama_tanggal else lahir)
        hasil.append(orang)
    return hasil


def _huruf(nama: str, acak: random.Random) -> str:
    di = acak.randrange(1, len(nama) - 1)
    return nama[:di] + acak.choice("AEIOUNRTS") + nama[di + 1 :]


def _ejaan(nama: str, acak: random.Random) -> str:
    ganti = (("MUHAMMAD", "MOH."), ("SITI", "ST."), ("ABDUL", "ABD."), ("U", "OE"), ("Y", "J"), ("SY", "S"))
    cocok = [g for g in ganti if g[0] in nama]
    return nama.replace(*acak.choice(cocok), 1) if cocok else f"{nama}, S.H."


def _salah_tanggal(tanggal: date, acak: random.Random) -> date:
    if tanggal.day <= 12 and acak.random() < 0.4:
        return date(tanggal.year, tanggal.day, tanggal.month)
    if acak.random() < 0.5:
        return tanggal.replace(year=tanggal.year + acak.choice((-10, -1, 1, 10)), day=min(tanggal.day, 28))
    return tanggal + timedelta(days=acak.choice((1, 10, -1)))


MACAM = ("persis", "ejaan", "huruf", "tanggal", "keduanya", "pindah", "tanpa_kelurahan", "tanpa_tanggal", "asing",
         "asing_senama")  # fmt: skip


def daftar_instansi(roll: list[Orang], jumlah: int, benih: int = 11) -> list[Label]:
    """*jumlah* rows as agencies write them, without NIK; a fifth mean nobody on the roll, half of those a namesake."""
    acak = random.Random(benih)
    hasil = []
    for _ in range(jumlah):
        o, macam = acak.choice(roll), acak.choice(MACAM)
        t = Tertulis(o.nama, o.tanggal_lahir, o.jenis_kelamin, "", o.alamat, o.rt, o.rw, o.kelurahan)
        pemilih: int | None = o.pemilih
        if macam in ("ejaan", "keduanya"):
            t = replace(t, nama=_ejaan(o.nama, acak))
        if macam in ("huruf", "keduanya"):
            t = replace(t, nama=_huruf(t.nama, acak))
        if macam in ("tanggal", "keduanya"):
            t = replace(t, tanggal_lahir=_salah_tanggal(o.tanggal_lahir, acak))
        if macam == "pindah":
            t = replace(t, kelurahan=acak.choice(KELURAHAN), alamat="JL. LAIN NO. 999")
        if macam == "tanpa_kelurahan":
            t = replace(t, kelurahan=None, alamat="", rt="", rw="")
        if macam == "tanpa_tanggal":
            t = replace(t, tanggal_lahir=None)
        if macam.startswith("asing"):
            pemilih = None
            nama = o.nama if macam == "asing_senama" else f"{acak.choice(DEPAN)} {acak.choice(BELAKANG)}"
            lahir = date(1945, 1, 1) + timedelta(days=acak.randrange(62 * 365))
            t = replace(t, nama=nama, tanggal_lahir=lahir, kelurahan=acak.choice(KELURAHAN), alamat="")
        hasil.append(Label(t, pemilih, macam))
    return hasil
