"""How much the agreements of two rows tell, in bits, beyond what chance brings about on a roll. Pure Python."""

from pdpb.ganda.konteks import Konteks
from pdpb.ganda.nama import Nama
from pdpb.ganda.temu import Orang, Temu, satu_jalan
from pdpb.ganda.unsur import Tanggal, lipat_tempat, nik_menyebut, rt_sama, tempat_mirip

BATAS_KUAT, BATAS_MUNGKIN = 9.5, 6.0
"""Bits by which the agreements of two rows exceed what chance brings about between any two rows of the roll.

At nine and a half bits chance alone would bring about one such pair among seven hundred people. Measured in
docs/keputusan/0010.
"""
BEBAS = 1.0
"""Bits that the less telling of birth place and NIK region adds to the other."""
_NAMA_BIT = {
    Nama.SAMA: 0.0,
    Nama.SALAH_KETIK: -0.5,
    Nama.SINGKAT: -4.5,
    Nama.DUA_SALAH: -4.5,
    Nama.SEBAGIAN: -12.0,
    Nama.BEDA: -15.0,
}
_TANGGAL_BIT = {Tanggal.SAMA: 0.0, Tanggal.TERTUKAR: -5.0, Tanggal.ANGKA: -10.0, Tanggal.TAHUN: -7.0}


def bobot(a: Orang, b: Orang, temu: Temu, konteks: Konteks) -> float:
    """Bits in favour of one person, less the bits that chance alone collects among so many rows."""
    bit = -konteks.bit(1) + _bit_nama(a, b, temu, konteks) + _bit_tanggal(a, b, temu, konteks)
    bit += _bit_asal(_bit_tempat(a, b, konteks), _bit_wilayah(a, b, temu, konteks)) + _bit_nik(temu)
    bit += 0.0 if temu.sekelamin else -7.0
    if a.kelurahan == b.kelurahan and not temu.seasrama:
        bit += 2.0 + (1.0 if rt_sama(a.rt, b.rt) and rt_sama(a.rw, b.rw) and a.rt and b.rt else 0.0)
    if temu.satu_kk:
        return bit + 10.0
    if temu.satu_rumah or temu.keluarga:
        return bit + 8.0
    return bit + (3.0 if satu_jalan(a, b) else 0.0)


def _bit_nama(a: Orang, b: Orang, temu: Temu, konteks: Konteks) -> float:
    x, y = konteks.lipat(a.nama).kunci, konteks.lipat(b.nama).kunci
    return konteks.bit(max(konteks.nama.get(x, 1), konteks.nama.get(y, 1))) + _NAMA_BIT[temu.nama.tingkat]


def _bit_tanggal(a: Orang, b: Orang, temu: Temu, konteks: Konteks) -> float:
    """An agreeing date by how many share it. Where one date is mistyped, its NIK may still tell the true one."""
    if temu.tanggal is Tanggal.KOSONG:
        return 0.0
    dasar = konteks.bit(max(konteks.tanggal.get(t, 1) for t in (a.tanggal_lahir, b.tanggal_lahir) if t))
    if temu.tanggal_setara:
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


def _bit_wilayah(a: Orang, b: Orang, temu: Temu, konteks: Konteks) -> float:
    """The region of first registration."""
    if temu.nik_sama or temu.nik_meleset or (a.nik[:6] == b.nik[:6] and len(a.nik) > 6):
        return min(konteks.bit(konteks.wilayah.get(max(a.nik, b.nik)[:6], 1)), 6.0)
    return -2.0


def _bit_asal(tempat: float, wilayah: float) -> float:
    """Birth place and region agree or not together, for most were registered where they were born."""
    if tempat > 0 and wilayah > 0:
        return max(tempat, wilayah) + min(tempat, wilayah, BEBAS)
    return tempat + wilayah


def _bit_nik(temu: Temu) -> float:
    """A NIK one slip away tells much, and so does a serial that few bear: a stranger's would hardly be just so."""
    return max(6.0 if temu.nik_meleset else 0.0, temu.seri)
