"""The reply sheet as it leaves the office: on paper and as a table. It holds no number of a person."""

from typing import Any

from kpupalu.naskah.cetak import cetak
from pdpb.cetakan import dicetak
from pdpb.models import LembarJawaban
from pdpb.saran.lembar import jumlah_jawaban

# The job that prints a sheet; its number is in the name of the file.
PEKERJAAN_JAWABAN = "pdpb.cetak_jawaban_saran"
KOLOM = ("No", "Baris pada daftar Bawaslu", "Nama", "Kelurahan", "Saran Bawaslu", "Jawaban", "Uraian")


def cetak_jawaban(lembar: LembarJawaban, *, oleh: str, nomor_surat: str = "", samarkan: bool = False) -> bytes:
    """The sheet *lembar* as tagged PDF on lying A4, its rows as they were confirmed.

    *nomor_surat* is the number of the letter that carries it, once it has one. *samarkan* masks every number shaped
    like a NIK that somebody wrote into an answer.
    """
    isi = _isi(lembar, oleh) | {"nomor_surat": nomor_surat or lembar.nomor_surat}
    return cetak("pdpb/cetak/jawaban_saran.html", isi, samarkan=samarkan).pdf


def _isi(lembar: LembarJawaban, oleh: str) -> dict[str, Any]:
    surat = lembar.surat
    return {
        "judul": f"Lembar jawaban saran perbaikan {surat.nomor}",
        "kertas": "a4",
        "kaki": f"{dicetak(oleh)}penerima: Bawaslu Kota Palu · data pribadi, tidak untuk disebarkan",
        "surat": surat,
        "lembar": lembar,
        "jumlah": jumlah_jawaban(lembar.isi),
        "kolom": KOLOM,
    }


def baris_jawaban(lembar: LembarJawaban) -> list[list[Any]]:
    """The rows of *lembar* under ``KOLOM``."""
    kunci = ("urut", "baris", "nama", "kelurahan", "klaim", "label", "uraian")
    return [[b[k] if b[k] is not None else "" for k in kunci] for b in lembar.isi]
