"""The comparison of a PPK's recap with ours on paper: every line, what differs, and what was said about it."""

from typing import Any

from kpupalu.lib.waktu import WITA
from kpupalu.naskah.cetak import cetak
from pdpb.cetakan import dicetak, saat, sumber_data
from pdpb.ppk.banding import LABEL, Hasil
from pdpb.rekap import Rekap

# The job that prints one; its number is in the name of the file.
PEKERJAAN_BANDING = "pdpb.cetak_banding_ppk"
MAKS_DALAM = 30
"""What does not add up inside the recap is printed one by one up to here; of more the count stands on paper."""


def cetak_banding(hasil: Hasil, data: Rekap, *, oleh: str) -> bytes:
    """The comparison *hasil* with our figures *data* as tagged PDF on lying A4; *oleh* is who compared, just now.

    It says that it is no minutes, which file it read and which figures of ours. Numbers shaped like a NIK are masked.
    """
    return cetak("pdpb/cetak/banding_ppk.html", isi_banding(hasil, data, oleh=oleh), samarkan=True).pdf


def isi_banding(hasil: Hasil, data: Rekap, *, oleh: str) -> dict[str, Any]:
    """What the print says."""
    satu = hasil.rekap
    return {
        "judul": f"Perbandingan {satu}",
        "kertas": "a4",
        "kaki": f"{dicetak(oleh)}Rekap PPK {satu.kecamatan}, versi {satu.versi} · bukan berita acara",
        "satu": satu,
        "dimuat": f"{satu.dimuat_pada.astimezone(WITA):%d-%m-%Y %H.%M} WITA",
        "oleh": oleh,
        "pada": saat(),
        "sumber": sumber_data(data),
        "ringkasan": [*((label, hasil.banyak(k)) for k, label in LABEL.items()), ("Belum dijelaskan", hasil.belum),
                      ("Tindak lanjut belum ditutup", hasil.tindak_lanjut)],
        "dalam": hasil.dalam[:MAKS_DALAM],
        "dalam_lebih": max(0, len(hasil.dalam) - MAKS_DALAM),
        "baris": hasil.baris,
        "kolom": range(1, 11),
    }  # fmt: skip
