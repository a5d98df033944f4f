"""Judges two rows of the roll: one person twice, one NIK for two people, or nothing to ask about.

Two questions are kept apart. *Can* they be one person? Families answer it: twins, father and son of one name, siblings
with rhyming names are close in everything but what tells people apart, so within one household only that counts.
*How likely* is it by chance? Between households the agreements are weighed against how common they are: a rare name
with a birth date says more than MUHAMMAD born in Palu. Nothing here changes a row; people decide every pair.

Levels (the office's conventions §6). **Pasti** is reserved for one NIK with one name and one birth date, where names
may differ in spelling, title or order of words; anything typed wrongly, even one letter, is left to a person. **Kuat**:
one person under two NIK with evidence beyond the name (NKK, house, family, birth place with NIK region), and every
NIK that two different people bear, since one of them must be corrected. **Mungkin**: the review list.
"""

from dataclasses import dataclass, replace

from pdpb.ganda.bobot import BATAS_KUAT, BATAS_MUNGKIN, bobot
from pdpb.ganda.konteks import Konteks
from pdpb.ganda.nama import Cocok, Nama, banding_nama
from pdpb.ganda.temu import Keluarga, Orang, Temu, banding_keluarga, temukan
from pdpb.ganda.unsur import MELESET, Tanggal, alamat_sama, lipat_tempat, nik_menyebut, nomor_utuh

PASTI, KUAT, MUNGKIN = "Pasti", "Kuat", "Mungkin"
TINGKAT = (PASTI, KUAT, MUNGKIN)
BATAS_SERUMAH = 3.0
"""Bits below which one house, or a family that stands twice, is no more than a hint: many live in a boarding house."""
JARAK_GENERASI = 14
"""Years between two births under one name in one house from which they are parent and child."""


@dataclass(frozen=True, slots=True)
class Pasangan:
    """Two voters to ask about: *a* < *b* are ids of ``Pemilih``; *alasan* are sentences without any number."""

    a: int
    b: int
    kelas: str
    tingkat: str
    skor: float
    alasan: tuple[str, ...]

    @property
    def urutan(self) -> tuple:
        """Sorts the best first."""
        return TINGKAT.index(self.tingkat), -self.skor, self.a, self.b


def bandingkan(a: Orang, b: Orang, konteks: Konteks, nama: Cocok | None = None) -> Pasangan | None:
    """The pair *a*, *b* with class, level and reasons, or None when nothing is to be asked. Symmetric in *a*, *b*.

    *nama* is how their names agree, where that is known already.
    """
    if a.pemilih == b.pemilih:
        return None
    if a.pemilih > b.pemilih:
        a, b = b, a
    nama = nama or banding_nama(a.nama, b.nama, konteks.kata, konteks.dikenal)
    if nama.tingkat is Nama.BEDA and a.nik != b.nik:
        return None
    temu = temukan(a, b, nama, konteks)
    if not temu.nik_sama and not temu.serumah and temu.tanggal not in (Tanggal.BEDA, Tanggal.KOSONG):
        keluarga = banding_keluarga(a, b, konteks)
        if keluarga is Keluarga.PADANAN_LAIN:
            return None
        temu = replace(temu, keluarga=keluarga is Keluarga.GANDA)
    if temu.nik_sama:
        tingkat, bit = _nik_sama(temu), bobot(a, b, temu, konteks) + konteks.bit(2)
        kelas = "G1" if _orang_sama(temu) else "G2"
    else:
        tingkat, bit = _nik_beda(a, b, temu, konteks)
        kelas = "G3" if tingkat == KUAT else "G4"
    if not tingkat:
        return None
    if kelas != "G2" and a.loksus != b.loksus:
        kelas = "G6"
    skor = round(1 / (1 + 2 ** (BATAS_MUNGKIN - max(-20.0, min(bit, 40.0)))), 4)
    return Pasangan(a.pemilih, b.pemilih, kelas, tingkat, skor, _alasan(a, b, temu, kelas))


# --- One NIK ------------------------------------------------------------------------------------------------------
def _orang_sama(temu: Temu) -> bool:
    """Whether two rows with one NIK are one person: name and birth date agree up to one kind of slip each.

    Under one roof twins may have been given one NIK, so there the name must not be one that a twin could bear.
    """
    if temu.nama.tingkat is Nama.SAMA:
        return temu.tanggal is not Tanggal.BEDA
    if temu.nama.tingkat is Nama.BEDA or (temu.serumah and temu.nama.mirip_kembar):
        return False
    if temu.nama.tingkat is Nama.SEBAGIAN:
        return temu.tanggal is Tanggal.SAMA and temu.sekelamin
    return temu.tanggal is Tanggal.SAMA or (temu.tanggal in MELESET and temu.nama.tingkat >= Nama.SINGKAT)


def _nik_sama(temu: Temu) -> str:
    """Pasti only when name and birth date are equal too; a NIK of two people is sure to need a decision: Kuat."""
    pasti = temu.nama.tingkat is Nama.SAMA and temu.tanggal is Tanggal.SAMA and temu.sekelamin
    return PASTI if pasti else KUAT


# --- Two NIK ------------------------------------------------------------------------------------------------------
def _nik_beda(a: Orang, b: Orang, temu: Temu, konteks: Konteks) -> tuple[str, float]:
    if temu.nama.tingkat is Nama.BEDA:
        return "", 0.0
    bit = bobot(a, b, temu, konteks)
    if temu.nama.tingkat is Nama.SEBAGIAN:
        return _sebagian(a, b, temu), bit
    if temu.serumah or temu.keluarga:
        tingkat = _serumah(a, b, temu)
        lemah = not temu.satu_kk and bit < BATAS_SERUMAH
        return (MUNGKIN if tingkat and lemah else tingkat), bit
    if bit < BATAS_MUNGKIN:
        return "", bit
    if temu.seasrama and not temu.nik_meleset:
        return MUNGKIN, bit  # who lives in one home with many was registered by one hand
    if temu.berurutan_langka or (temu.berurutan and _bisa_kembar(temu)) or (temu.nik_masing and not temu.nik_dekat):
        return MUNGKIN, bit  # nobody is given two numbers in a row, or one for each of two birth dates
    if temu.tanggal is Tanggal.BEDA or (
        temu.tanggal in MELESET and _selisih_tahun(a, b) >= JARAK_GENERASI and not temu.nik_dekat
    ):
        return MUNGKIN if bit >= BATAS_KUAT else "", bit
    return (KUAT if bit >= BATAS_KUAT else MUNGKIN), bit


def _bisa_kembar(temu: Temu) -> bool:
    """Whether two names may be those of twins: they differ as such names do, or share one word of several."""
    return temu.nama.mirip_kembar > 0 or temu.nama.tingkat in (Nama.SINGKAT, Nama.DUA_SALAH)


def _serumah(a: Orang, b: Orang, temu: Temu) -> str:
    """The level of two rows of one household with two NIK, or nothing: the people of a house resemble each other.

    Nobody gives two children one name, so an equal name is one person unless a generation lies between. A name with a
    slip is one person when the birth dates are equal or no siblings' (a slip in day or month), and the slip is not
    what makes twins' names differ.
    """
    nama, tanggal = temu.nama.tingkat, temu.tanggal
    if nama is Nama.SAMA:
        return _serumah_senama(a, b, temu)
    if not temu.sekelamin:
        return ""
    kembar = temu.nama.mirip_kembar > 0 and not temu.nik_dekat
    if temu.tanggal_setara:
        kembar = kembar or nama in (Nama.SINGKAT, Nama.DUA_SALAH)
        return MUNGKIN if kembar and temu.berurutan else KUAT
    if tanggal in MELESET and (temu.nik_dekat or _selisih_tahun(a, b) < JARAK_GENERASI):
        if _kakak_adik(a, b, temu):
            return "" if kembar and a.nik[:6] == b.nik[:6] else MUNGKIN
        return MUNGKIN if kembar and temu.berurutan else KUAT
    if tanggal is Tanggal.KOSONG and nama >= Nama.SINGKAT:
        return KUAT if temu.nik_dekat else MUNGKIN
    return ""


def _kakak_adik(a: Orang, b: Orang, temu: Temu) -> bool:
    """Whether the two may be siblings of unlike age: names that rhyme or share a word, or a NIK for either date.

    Where the family stands twice and neither has a counterpart but the other, they are not.
    """
    if temu.nik_dekat or temu.keluarga or _selisih_tahun(a, b) == 0:
        return False
    nama = temu.nama.tingkat
    if temu.nama.mirip_kembar > 0 or nama is Nama.DUA_SALAH:
        return True
    return temu.nik_masing and (nama is Nama.SINGKAT or a.nik[:6] == b.nik[:6])


def _sebagian(a: Orang, b: Orang, temu: Temu) -> str:
    """The level where names agree in part: only with one birth date, and one house, one family or a NIK nearly equal.

    Neighbouring serials are twins. A woman may bear her husband's family name; in a man's name the same is odd.
    """
    if not temu.tanggal_setara or not temu.sekelamin or temu.berurutan:
        return ""
    serumah = temu.serumah or temu.keluarga
    if not (serumah or temu.nik_meleset):
        return ""
    if temu.nama.mirip_kembar == 0:
        return KUAT if a.jenis_kelamin == "P" or temu.nik_dekat else MUNGKIN
    beda_wilayah = a.nik[:6] != b.nik[:6] and temu.nama.mirip_kembar == 1
    return KUAT if temu.nik_dekat or beda_wilayah else MUNGKIN


def _serumah_senama(a: Orang, b: Orang, temu: Temu) -> str:
    if temu.tanggal_setara:
        return KUAT
    if temu.tanggal is Tanggal.KOSONG:
        return KUAT if temu.nik_dekat else MUNGKIN
    silang = nik_menyebut(a.nik, b.tanggal_lahir) or nik_menyebut(b.nik, a.tanggal_lahir)
    if _selisih_tahun(a, b) >= JARAK_GENERASI:
        if temu.nik_dekat and temu.tanggal in MELESET and temu.sekelamin:
            return KUAT
        return MUNGKIN if silang or temu.nik_dekat else ""
    if not temu.sekelamin or (temu.tanggal is Tanggal.BEDA and temu.nik_masing and not temu.nik_dekat):
        return ""
    if temu.nik_masing and not temu.nik_dekat and lipat_tempat(a.tempat_lahir) != lipat_tempat(b.tempat_lahir):
        return MUNGKIN  # another birth date, another birth place and a NIK for each
    return KUAT if temu.tanggal in MELESET or silang or temu.nik_dekat else MUNGKIN


def _selisih_tahun(a: Orang, b: Orang) -> int:
    if a.tanggal_lahir is None or b.tanggal_lahir is None:
        return 0
    return abs(a.tanggal_lahir.year - b.tanggal_lahir.year)


# --- Reasons ------------------------------------------------------------------------------------------------------
def _alasan(a: Orang, b: Orang, temu: Temu, kelas: str) -> tuple[str, ...]:
    """Sentences for the person who decides: what agrees, what does not, and what to beware of."""
    hasil = ["NIK sama" if temu.nik_sama else temu.nik_meleset or "NIK berbeda", temu.nama.alasan, temu.tanggal.value]
    if temu.satu_kk:
        hasil.append("Satu KK")
    elif a.nkk == b.nkk and nomor_utuh(a.nkk):
        hasil.append("Nomor KK sama, dipakai banyak orang (panti atau asrama)")
    if temu.satu_rumah or (a.kelurahan == b.kelurahan and alamat_sama(a.alamat, b.alamat)):
        hasil.append("Alamat sama")
    elif a.kelurahan == b.kelurahan:
        hasil.append("Kelurahan sama")
    if temu.seri and not temu.nik_meleset:
        hasil.append("Nomor urut NIK sama" + (", jarang ada" if temu.nik_dekat else ""))
    if temu.keluarga:
        hasil.append("Anggota keluarga lain juga tercatat di kedua KK")
    x, y = lipat_tempat(a.tempat_lahir), lipat_tempat(b.tempat_lahir)
    if x and y:
        hasil.append("Tempat lahir sama" if x == y else "Tempat lahir berbeda")
    if not temu.sekelamin:
        hasil.append("Jenis kelamin berbeda")
    if a.loksus != b.loksus:
        hasil.append("Terdaftar di TPS reguler dan di lokasi khusus")
    if temu.berurutan and not temu.nik_sama:
        hasil.append("Nomor urut NIK berdekatan, periksa kemungkinan kembar")
    if kelas == "G2":
        hasil.append("Satu NIK dipakai dua orang, Disdukcapil yang menentukan")
    return tuple(hasil)
