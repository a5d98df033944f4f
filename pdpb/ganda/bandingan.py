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

from dataclasses import dataclass
from datetime import date

from pdpb.ganda.konteks import Anggota, Konteks
from pdpb.ganda.nama import Cocok, Nama, banding_nama, lipat
from pdpb.ganda.unsur import (
    MELESET,
    Tanggal,
    alamat_sama,
    banding_tanggal,
    beralamat_rumah,
    lipat_tempat,
    nik_meleset,
    nik_menyebut,
    nomor_utuh,
    rt_sama,
    seri_berurutan,
    tempat_mirip,
)

PASTI, KUAT, MUNGKIN = "Pasti", "Kuat", "Mungkin"
TINGKAT = (PASTI, KUAT, MUNGKIN)
BATAS_KUAT, BATAS_MUNGKIN = 9.5, 6.0
"""Bits by which the agreements of two rows exceed what chance brings about between any two rows of the roll.

At nine and a half bits chance alone would bring about one such pair among seven hundred people. Measured in
docs/keputusan/0010.
"""
JARAK_GENERASI = 14
"""Years between two births under one name in one house from which they are parent and child."""


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


@dataclass(frozen=True, slots=True)
class Temu:
    """What two rows have in common, looked at once."""

    nama: Cocok
    tanggal: Tanggal
    nik_sama: bool
    nik_meleset: str
    berurutan: bool
    satu_kk: bool
    satu_rumah: bool
    sekelamin: bool

    @property
    def serumah(self) -> bool:
        """One family card or one house: where twins, parents and siblings live."""
        return self.satu_kk or self.satu_rumah


def temukan(a: Orang, b: Orang, nama: Cocok, konteks: Konteks) -> Temu:
    """Compare every element of *a* and *b* except those only rarity makes interesting.

    Two NIK that each carry their own row's birth date are no slip of one another, however close the dates.
    """
    nik_benar = nik_menyebut(a.nik, a.tanggal_lahir) and nik_menyebut(b.nik, b.tanggal_lahir)
    nik_benar = nik_benar and a.tanggal_lahir != b.tanggal_lahir
    return Temu(
        nama=nama,
        tanggal=banding_tanggal(a.tanggal_lahir, b.tanggal_lahir),
        nik_sama=a.nik == b.nik and nomor_utuh(a.nik),
        nik_meleset="" if nik_benar else nik_meleset(a.nik, b.nik, konteks.wilayah, konteks.dikenal),
        berurutan=seri_berurutan(a.nik, b.nik),
        satu_kk=a.nkk == b.nkk and nomor_utuh(a.nkk) and not konteks.asrama(a.nkk),
        satu_rumah=(
            a.kelurahan == b.kelurahan
            and beralamat_rumah(a.alamat)
            and rt_sama(a.rt, b.rt)
            and alamat_sama(a.alamat, b.alamat)
            and not (konteks.asrama(a.nkk) or konteks.asrama(b.nkk))
        ),
        sekelamin=a.jenis_kelamin == b.jenis_kelamin,
    )


def bandingkan(a: Orang, b: Orang, konteks: Konteks) -> Pasangan | None:
    """The pair *a*, *b* with class, level and reasons, or None when nothing is to be asked. Symmetric in *a*, *b*."""
    if a.pemilih == b.pemilih:
        return None
    if a.pemilih > b.pemilih:
        a, b = b, a
    nama = banding_nama(a.nama, b.nama, konteks.kata, konteks.dikenal)
    if nama.tingkat is Nama.BEDA and a.nik != b.nik:
        return None
    temu = temukan(a, b, nama, konteks)
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
    if temu.serumah:
        return _serumah(a, b, temu), bit
    if bit < BATAS_MUNGKIN:
        return "", bit
    if temu.berurutan and temu.nama.mirip_kembar == 2:
        return MUNGKIN, bit  # twins who left home keep their neighbouring numbers
    if temu.tanggal is Tanggal.BEDA or (temu.tanggal in MELESET and _selisih_tahun(a, b) >= JARAK_GENERASI):
        return MUNGKIN if bit >= BATAS_KUAT else "", bit
    return (KUAT if bit >= BATAS_KUAT else MUNGKIN), bit


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
    kembar = temu.nama.mirip_kembar > 0 and not temu.nik_meleset
    if tanggal is Tanggal.SAMA:
        return MUNGKIN if kembar and temu.berurutan else KUAT
    if tanggal in MELESET and _selisih_tahun(a, b) < JARAK_GENERASI:
        kakak_adik = _selisih_tahun(a, b) > 0 and (kembar or nama is Nama.DUA_SALAH)
        return MUNGKIN if kakak_adik or (kembar and temu.berurutan) else KUAT
    if tanggal is Tanggal.KOSONG and nama >= Nama.SINGKAT:
        return MUNGKIN
    return ""


def _serumah_senama(a: Orang, b: Orang, temu: Temu) -> str:
    if temu.tanggal is Tanggal.SAMA:
        return KUAT
    if temu.tanggal is Tanggal.KOSONG:
        return KUAT if temu.nik_meleset else MUNGKIN
    silang = nik_menyebut(a.nik, b.tanggal_lahir) or nik_menyebut(b.nik, a.tanggal_lahir)
    if _selisih_tahun(a, b) >= JARAK_GENERASI:
        return MUNGKIN if silang or temu.nik_meleset else ""
    if not temu.sekelamin:
        return ""
    return KUAT if temu.tanggal in MELESET or silang or temu.nik_meleset else MUNGKIN


def _selisih_tahun(a: Orang, b: Orang) -> int:
    if a.tanggal_lahir is None or b.tanggal_lahir is None:
        return 0
    return abs(a.tanggal_lahir.year - b.tanggal_lahir.year)


# --- Weight of evidence -------------------------------------------------------------------------------------------
_NAMA_BIT = {Nama.SAMA: 0.0, Nama.SALAH_KETIK: -0.5, Nama.SINGKAT: -4.5, Nama.DUA_SALAH: -4.5, Nama.BEDA: -15.0}
_TANGGAL_BIT = {Tanggal.SAMA: 0.0, Tanggal.TERTUKAR: -5.0, Tanggal.ANGKA: -10.0, Tanggal.TAHUN: -7.0}


def bobot(a: Orang, b: Orang, temu: Temu, konteks: Konteks) -> float:
    """Bits in favour of one person, less the bits that chance alone collects among so many rows."""
    bit = -konteks.bit(1) + _bit_nama(a, b, temu, konteks) + _bit_tanggal(a, b, temu, konteks)
    bit += _bit_tempat(a, b, konteks) + _bit_nik(a, b, temu, konteks)
    bit += 0.0 if temu.sekelamin else -7.0
    if a.kelurahan == b.kelurahan:
        bit += 2.0 + (1.0 if rt_sama(a.rt, b.rt) and rt_sama(a.rw, b.rw) and a.rt and b.rt else 0.0)
    if temu.satu_kk:
        bit += 10.0
    elif temu.satu_rumah or (BATAS_MUNGKIN - 8.0 <= bit < BATAS_KUAT and _keluarga_sama(a, b, konteks)):
        bit += 8.0
    return bit


def _bit_nama(a: Orang, b: Orang, temu: Temu, konteks: Konteks) -> float:
    x, y = lipat(a.nama).kunci, lipat(b.nama).kunci
    return konteks.bit(max(konteks.nama.get(x, 1), konteks.nama.get(y, 1))) + _NAMA_BIT[temu.nama.tingkat]


def _bit_tanggal(a: Orang, b: Orang, temu: Temu, konteks: Konteks) -> float:
    """An agreeing date by how many share it. Where one date is mistyped, its NIK may still tell the true one."""
    if temu.tanggal is Tanggal.KOSONG:
        return 0.0
    dasar = konteks.bit(max(konteks.tanggal.get(t, 1) for t in (a.tanggal_lahir, b.tanggal_lahir) if t))
    if temu.tanggal is Tanggal.SAMA:
        return dasar
    silang = nik_menyebut(a.nik, b.tanggal_lahir) != nik_menyebut(b.nik, a.tanggal_lahir)
    if temu.tanggal is Tanggal.BEDA:
        return dasar - 4.0 if silang else -8.0
    return dasar - 1.0 if silang else dasar + _TANGGAL_BIT[temu.tanggal]


def _bit_tempat(a: Orang, b: Orang, konteks: Konteks) -> float:
    x, y = lipat_tempat(a.tempat_lahir), lipat_tempat(b.tempat_lahir)
    if not x or not y:
        return 0.0
    if x == y:
        return min(konteks.bit(konteks.tempat.get(x, 1)), 8.0)
    return (
        min(konteks.bit(max(konteks.tempat.get(x, 1), konteks.tempat.get(y, 1))), 6.0) if tempat_mirip(x, y) else -4.0
    )


def _bit_nik(a: Orang, b: Orang, temu: Temu, konteks: Konteks) -> float:
    """The region of first registration. A NIK one slip away tells much: a stranger's would hardly be faulty just so."""
    if temu.nik_sama:
        return konteks.bit(konteks.wilayah.get(a.nik[:6], 1))
    if temu.nik_meleset:
        return min(konteks.bit(konteks.wilayah.get(max(a.nik, b.nik)[:6], 1)), 6.0) + 6.0
    if a.nik[:6] == b.nik[:6] and len(a.nik) > 6:
        return min(konteks.bit(konteks.wilayah.get(a.nik[:6], 1)), 6.0)
    return -2.0


def _keluarga_sama(a: Orang, b: Orang, konteks: Konteks) -> bool:
    """Whether another member of each NKK is one person too: then a family was written down twice."""
    if a.nkk == b.nkk or konteks.asrama(a.nkk) or konteks.asrama(b.nkk):
        return False
    kerabat_b = [m for m in konteks.keluarga(b.nkk) if m[0] not in (a.pemilih, b.pemilih)]
    return any(
        _anggota_sama(x, y, konteks)
        for x in konteks.keluarga(a.nkk)
        if x[0] not in (a.pemilih, b.pemilih)
        for y in kerabat_b
    )


def _anggota_sama(x: Anggota, y: Anggota, konteks: Konteks) -> bool:
    tanggal = banding_tanggal(x[2], y[2])
    if tanggal in (Tanggal.BEDA, Tanggal.KOSONG):
        return False
    nama = banding_nama(x[1], y[1], konteks.kata, konteks.dikenal).tingkat
    return nama is Nama.SAMA or (nama >= Nama.SINGKAT and tanggal is Tanggal.SAMA)


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
