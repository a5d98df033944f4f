"""Invented names as they are borne in Palu, and the words that make two of them look alike.

Family words are put together from syllables, given words are drawn with falling weights, so that a few names are
very common and most are rare. No name is taken from a list of persons.
"""

from bisect import bisect
from itertools import accumulate, product
from random import Random


def _kata(teks: str) -> list[str]:
    return teks.split()


PRIA_ISLAM = _kata(
    "MUHAMMAD AHMAD ABDUL RAHMAT RIZKI ARIF AKBAR HIDAYAT IRFAN FADLI RUSLAN SYAHRIL HAMZAH IDRIS YUSUF "
    "IBRAHIM ISMAIL UMAR ALI HASAN FAISAL TAUFIK RIDWAN ZAINAL BURHAN JAMALUDDIN SYAMSUDDIN BAHARUDDIN "
    "NASRUDDIN KAMARUDDIN SAHRUL IQBAL FAJAR MA'RUF SYAFI'I RIFA'I MUCHLIS DJAFAR USMAN SALEH MANSUR "
    "HARUN ANWAR LUKMAN MUSTAFA JUNAEDI SUAIB RUSDI ADNAN FARHAN"
)
PUTRI_ISLAM = _kata(
    "SITI NUR FATIMAH AISYAH NURHAYATI RAHMAWATI FITRI SRI NURUL HASNAH KHADIJAH MARYAM AMINAH HALIMAH "
    "SALMAH ZAHRA RAHMA NUR'AINI NI'MAH MUTMAINNAH JUMRIAH ROSMINI HAJRAH SAODAH MARWAH SURIANI DARMAWATI "
    "ASTUTI HERLINA MASITA NADIA PUTRI ANNISA FADILAH WAHYUNI RAMLAH SUHARTI ROSDIANA JUMIATI HADIJAH "
    "NURLAILA RUKAYAH SAFITRI MELATI INDRIANI YULIANA"
)
PRIA_NASRANI = _kata(
    "YOHANES MARTHEN FRANS DANIEL STEVEN JEMMY ALFRED FERDY NOLDY RONNY CHRISTIAN MARKUS YAKOBUS DAVID "
    "HENDRIK SAMUEL PETRUS ALEX BENNY RICKY JULIUS ELIAS ARNOLD FRENGKI GERALD JANTJE"
)
PUTRI_NASRANI = _kata(
    "MARIA MARTHA FEBRY YULIA SELVIE JENNY MERRY AGUSTINA GRACE OLVIE STELLA DEBORA ESTER LIDYA RUTH "
    "NOVITA VERONIKA YOHANA MAGDALENA ELISABETH FRANSISKA DJEANE TRULY MEYKE SYANE REGINA"
)
PRIA_JAWA = _kata(
    "AGUS BUDI EKO DWI TRI JOKO BAMBANG SLAMET SUPRIYANTO SUGENG HERU WAHYU HARI SUTRISNO SUROSO PARYONO "
    "WALUYO SUMARNO KASMIN SAIMIN PONIMIN TUKIMAN SUDARSO WINARTO PURNOMO SETIAWAN"
)
PUTRI_JAWA = _kata(
    "SRI DWI TRI ENDANG WAHYU PUJI RINI SULASTRI SUMARNI KASIYEM PAINEM TUMINAH SUPARTI LESTARI WULANDARI "
    "HANDAYANI SETYOWATI PURWANTI MARYATI SUTINI RATNA DEWI UTAMI NINGSIH KUSTINAH MURNIATI"
)
PRIA_BUGIS = _kata("ANDI BASO BECCE MAPPA AMBO LATIF DAENG PATTA ANDI TAJUDDIN SULTAN MALIK SUDIRMAN")
PUTRI_BUGIS = _kata("ANDI TENRI BUNGA BESSE INDO DALLE ANDI HASNI MULIATI ROSTINA NURSIAH")
TIONGHOA_DEPAN = _kata("LIEM TAN ONG KWEE THE GO TJIA OEI LAUW NJOO")
TIONGHOA_TENGAH = _kata("KIAN SIOK MEI HOK TJIN LAN GIOK BENG HWA KIE")
ARAB_MARGA = _kata("ALHAMDANI ALMAHRI BASAGILI BAALWAN ASSAGGI ALJUFRAN BINSAKRAN ALKATHIM")
MUHAMMAD = ("MUH.", "MOH.", "M.", "MOHAMMAD", "MUHAMAD", "MOCHAMAD", "MOHAMAD", "MUHAMMAD")
UMUM = frozenset(
    (
        *PRIA_ISLAM[:16],
        *PUTRI_ISLAM[:16],
        *PRIA_JAWA[:8],
        *PUTRI_JAWA[:6],
        *MUHAMMAD,
        "JR",
        "JUNIOR",
        "BIN",
        "ANDI",
        "MARIA",
        "YOHANES",
        "DEWI",
        "PUTRI",
    )
)
"""Words so frequent that two of them in a row tell nothing about who bears them."""
KEMBAR = {
    "L": "HASAN HUSEN,RAHMAT RAHMAN,RIZKI RIZAL,FAHRI FAHMI,ANDRI ANDRA,RIFKI RIFKA,DONI DONA,IRWAN ERWIN,ARDI ARDA",
    "P": "FATMA FATMI,DEWI DEVI,FITRI FITRA,NINA NINI,RISKA RISKI,SALWA SALMA,HANI HANA,LINDA LENDA,YULI YULA",
}


class Undian:
    """Words drawn with weight 1/(rank + ``landai``): the first are common, the tail is long."""

    def __init__(self, kata, landai: float = 4.0):
        self.kata = tuple(kata)
        self.batas = list(accumulate(1 / (urut + landai) for urut in range(len(self.kata))))

    def ambil(self, acak: Random) -> str:
        return self.kata[bisect(self.batas, acak.random() * self.batas[-1])]


def _kata_keluarga(awal: str, tengah: str, akhir: str, langkah: int) -> list[str]:
    gabungan = ["".join(b) for b in product(awal.split(), tengah.split(), akhir.split())]
    return [gabungan[i * langkah % len(gabungan)] for i in range(len(gabungan))]


KAILI = Undian(
    _kata_keluarga("LA TO PA MA DO RA YO LEMBA NTO DAE", "LI NDO MPA SI RO LU", "NTI LOSI BULA MAGA SANI NJA RANU", 11),
    40,
)
BUGIS = Undian(
    _kata_keluarga("MAPPA PALA SOMPA TENRI PADA MASSE", "NGU LE RI WA SO", "ENG TTA WARU RANG LLA GAU", 7), 30
)
MINAHASA = Undian(_kata_keluarga("RUMO WOWI KALE PANGE LUMA TUMBE", "NDO RU LI KA", "NGAN WOR SANG TUAK MBOT", 7), 30)
JAWA = Undian(_kata_keluarga("SU PAR WAR HAR KAR", "TI NO YA DI MA", "YONO MIN WATI JO TONO GIYO", 7), 30)
TIONGHOA = Undian(_kata_keluarga("TAN HAL WI GUN LIM SUT", "DI A JA TO", "ONO WAN SAPUTRA KUSUMA", 5), 20)
DEPAN = {
    "L": {
        "islam": Undian(PRIA_ISLAM),
        "nasrani": Undian(PRIA_NASRANI),
        "jawa": Undian(PRIA_JAWA),
        "bugis": Undian(PRIA_BUGIS),
    },
    "P": {
        "islam": Undian(PUTRI_ISLAM),
        "nasrani": Undian(PUTRI_NASRANI),
        "jawa": Undian(PUTRI_JAWA),
        "bugis": Undian(PUTRI_BUGIS),
    },
}
SUKU = Undian(["kaili", "bugis", "umum", "jawa", "minahasa", "makassar", "arab", "tionghoa"], 1.5)


def marga(acak: Random, suku: str) -> str:
    """The word a family hands down, or "" where the people has none."""
    if suku == "minahasa":
        return MINAHASA.ambil(acak)
    if suku == "arab":
        return acak.choice(ARAB_MARGA)
    if suku == "tionghoa":
        return TIONGHOA.ambil(acak)
    if suku == "kaili" and acak.random() < 0.6:
        return KAILI.ambil(acak)
    return ""


def _kata_kedua(acak: Random, suku: str, jk: str) -> str:
    if suku == "kaili":
        return KAILI.ambil(acak)
    if suku in ("bugis", "makassar"):
        return BUGIS.ambil(acak)
    if suku == "jawa":
        return JAWA.ambil(acak)
    return DEPAN[jk]["islam"].ambil(acak)


def nama_baru(acak: Random, suku: str, jk: str, keluarga: str, lahir: int) -> str:
    """A full name in capitals of one to four words for somebody of this people, born in the year *lahir*."""
    depan = DEPAN[jk]
    if suku == "tionghoa" and acak.random() < 0.4:
        return f"{acak.choice(TIONGHOA_DEPAN)} {acak.choice(TIONGHOA_TENGAH)} {acak.choice(TIONGHOA_TENGAH)}"
    jenis = {"minahasa": "nasrani", "tionghoa": "nasrani", "jawa": "jawa"}.get(suku, "islam")
    if suku in ("bugis", "makassar") and acak.random() < 0.4:
        jenis = "bugis"
    if suku == "kaili" and acak.random() < 0.15:
        jenis = "nasrani"
    pertama = depan[jenis].ambil(acak)
    if not keluarga and acak.random() < (0.2 if lahir < 1965 else 0.04):
        return pertama if pertama not in ("ABDUL", "NUR") else depan["islam"].kata[15]
    kata = [pertama]
    if acak.random() < 0.55 or pertama == "ABDUL":
        kata.append(depan["islam" if jenis == "bugis" else jenis].ambil(acak))
    if suku != "umum" or not keluarga:
        kata.append(keluarga or _kata_kedua(acak, suku, jk))
    rapi = [k for i, k in enumerate(kata) if i == 0 or k != kata[i - 1]]
    if rapi[0] == "MUHAMMAD" and acak.random() < 0.35:
        rapi[0] = acak.choice(MUHAMMAD)
    return " ".join(rapi) if len(rapi) > 1 else f"{rapi[0]} {KAILI.ambil(acak)}"


def nama_umum(acak: Random, jk: str) -> str:
    """One of the few hundred names a town has many of: MUHAMMAD RIZKI, SITI AMINAH."""
    kata = PRIA_ISLAM[1:16] if jk == "L" else PUTRI_ISLAM[2:16]
    return f"{'MUHAMMAD' if jk == 'L' else 'SITI'} {acak.choice(kata)}"


def khas(nama: str) -> bool:
    """Whether at least two words of the name are rare, so that the whole name points to one person."""
    return sum(len(kata) > 2 and "." not in kata and kata not in UMUM for kata in nama.split()) >= 2


def berima(acak: Random, nama: str) -> str:
    """A sister's or brother's name: the first word ends differently, the rest is the same."""
    kata = nama.split()
    pokok = kata[0].rstrip("AIUEO") if len(kata[0]) > 3 else kata[0]
    akhiran = [a for a in ("A", "I", "U", "IANA", "INA", "WAN", "ANI") if pokok + a != kata[0]]
    return " ".join([pokok + acak.choice(akhiran), *kata[1:]])


def nama_kembar(acak: Random, jk_a: str, jk_b: str, sisa: str) -> tuple[str, str]:
    """Two first words that twins get, before one common second part."""
    a, b = acak.choice(KEMBAR[jk_a].split(",")).split()
    if jk_a != jk_b:
        b = a + ("WATI" if jk_b == "P" else "WAN")
    return f"{a} {sisa}".strip(), f"{b} {sisa}".strip()
