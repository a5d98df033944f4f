"""What the public register says of a request: a summary that an officer writes, never the applicant's own text."""

import re

from django.db import transaction

from kpupalu.audit.catatan import catat
from kpupalu.lib import Refused
from kpupalu.lib.samaran import samarkan_teks
from kpupalu.naskah.dasar import perlu_hak
from ppid.models import Permohonan

TERPENDEK, TERPANJANG = 10, 600
_TELEPON = re.compile(r"(?<!\d)(?:\+?62|0)[\s.-]?8\d(?:[\s.-]?\d){6,11}(?!\d)")
_SUREL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_HURUF = re.compile(r"[^\W_]+")
_ANGKA = re.compile(r"(?<!\d)\d{10,}(?!\d)")


def kebocoran(permohonan: Permohonan, teks: str) -> list[str]:
    """What in *teks* tells of a person: an identity number, a telephone, an address of e-mail, the applicant's name."""
    hasil = []
    if samarkan_teks(teks) != teks or _ANGKA.search(teks):
        hasil.append("nomor identitas")
    if _TELEPON.search(teks):
        hasil.append("nomor telepon")
    if _SUREL.search(teks):
        hasil.append("alamat surel")
    data = permohonan.data
    kata = _kata(teks)
    if any(nama in kata for nama in map(_kata, (data.nama, data.kuasa_nama)) if nama.strip()):
        hasil.append("nama pemohon")
    return list(dict.fromkeys(hasil))


def _kata(teks: str) -> str:
    """The words of *teks* in lower case with one blank around each."""
    return f" {' '.join(_HURUF.findall(teks.casefold()))} "


@transaction.atomic
def tulis_ringkasan(permohonan: Permohonan, *, teks: str, versi: int, oleh) -> Permohonan:
    """Put the request on the public register with the summary *teks*, or take it off with an empty one.

    Refuses a request without answer, a summary too short to say anything, and one that tells of a person.
    """
    perlu_hak(oleh, "ppid.olah_permohonan", "Ringkasan untuk umum ditulis oleh petugas layanan.")
    segar = Permohonan.objects.select_for_update(of=("self",)).select_related("data").get(pk=permohonan.pk)
    if segar.versi != versi:
        raise Refused("Permohonan ini baru saja diubah orang lain. Muat ulang halamannya.")
    if segar.dijawab_pada is None:
        raise Refused("Ringkasan diumumkan setelah permohonan dijawab. Jawab dahulu permohonannya.")
    teks = " ".join(teks.split())
    if teks and len(teks) < TERPENDEK:
        raise Refused(f"Tuliskan ringkasan paling sedikit {TERPENDEK} huruf, atau kosongkan agar tidak diumumkan.")
    if bocor := kebocoran(segar, teks):
        raise Refused(f"Ringkasan memuat {', '.join(bocor)}. Hapus bagian itu, lalu simpan lagi.")
    lama, segar.publikasi = segar.publikasi, teks[:TERPANJANG]
    segar.versi += 1
    segar.save(update_fields=["publikasi", "versi"])
    kata = "Menerbitkan ringkasan untuk umum" if teks else "Menarik ringkasan untuk umum"
    catat("ppid.publikasi", segar, oleh=oleh, kalimat=kata, perubahan={"publikasi": (lama, segar.publikasi)})
    return segar
