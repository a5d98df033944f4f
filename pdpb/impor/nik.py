"""What is odd about a NIK, in plain words: what is legitimate, what is a slip, and that a NIK is never "corrected".

A NIK is lifelong: it keeps the region of the first registration when a person moves and the old digits when a birth
date is corrected (PP 40/2019 Pasal 30 ayat (2)). No sentence holds a digit of the number beyond the
region that every mask shows.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path

from pdpb.ganda.unsur import tanggal_nik

KODE_KOTA = "7271"


@lru_cache(maxsize=1)
def nama_wilayah() -> dict[str, str]:
    """Four-digit code of every kabupaten and kota → its name."""
    berkas = Path(__file__).parents[1] / "data" / "nik_wilayah.csv"
    baris = berkas.read_text(encoding="utf-8").splitlines()[1:]
    return dict(satu.split(",", 1) for satu in baris)


def jelaskan_nik(nik: str, tanggal_lahir: date | None = None, jenis_kelamin: str = "") -> list[str]:
    """Sentences about *nik*, the gravest first; none when there is nothing to say or no number."""
    if not nik:
        return []
    if not nik.isdigit():
        return ["NIK memuat huruf atau tanda. Salin kembali dari KTP-el sebagai teks."]
    if len(nik) != 16:
        kurang = "kurang" if len(nik) < 16 else "lebih"
        return [f"NIK terdiri atas {len(nik)} angka, {kurang} dari 16. Mungkin ada angka yang salah ketik."]
    hasil = _tanggal(nik, tanggal_lahir, jenis_kelamin)
    kode = nik[:4]
    if kode not in nama_wilayah():
        hasil.append(
            "Kode wilayah NIK ini tidak ada pada daftar sekarang. Itu bisa wajar, misalnya daerahnya sudah dimekarkan."
        )
    elif kode != KODE_KOTA:
        hasil.append(
            f"NIK ini diterbitkan di {nama_wilayah()[kode]}. Itu wajar: orangnya pindah, dan NIK berlaku seumur hidup."
        )
    return hasil


def _tanggal(nik: str, tanggal_lahir: date | None, jenis_kelamin: str) -> list[str]:
    isi = tanggal_nik(nik)
    if isi is None or not _mungkin(*isi):
        return ["Tanggal di dalam NIK ini tidak mungkin ada. Periksa angka ke-7 sampai ke-12 pada KTP-el."]
    hasil = []
    if tanggal_lahir and isi != (tanggal_lahir.day, tanggal_lahir.month, tanggal_lahir.year % 100):
        hasil.append(
            "Tanggal lahir di dalam NIK berbeda dari yang tertulis. Itu wajar bila tanggal lahirnya pernah dibetulkan; "
            "NIK tidak ikut berubah."
        )
    if jenis_kelamin in ("L", "P") and (int(nik[6:8]) > 40) != (jenis_kelamin == "P"):
        hasil.append(
            "Penanda jenis kelamin di dalam NIK berbeda dari yang tertulis. Bandingkan dengan KTP-el; jangan "
            "mengganti NIK."
        )
    return hasil


def _mungkin(hari: int, bulan: int, tahun: int) -> bool:
    """Whether the day exists in one of the two centuries its year may mean."""
    for abad in (1900, 2000):
        try:
            date(abad + tahun, bulan, hari)
        except ValueError:
            continue
        return True
    return False
