"""Files that came with a request or an objection, handed to an officer who may see who asks."""

from hashlib import sha256

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from kpupalu.aturan.pembatasan import pakai
from kpupalu.audit.catatan import catat_akses
from kpupalu.imports.lampiran import TIPE
from kpupalu.lib import Refused
from ppid.models import LampiranKeberatan, LampiranPermohonan


def jawab_lampiran(
    request: HttpRequest, milik: Model, baris: LampiranPermohonan | LampiranKeberatan, nama: str
) -> HttpResponse:
    """*baris* of *milik* as the file *nama*, to save and never to run; counted and logged as a reading.

    Refuses above the limit of readings, a file that is gone, and bytes that are not those that came.
    """
    pakai("ppid_baca_pemohon", oleh=request.user)
    try:
        with baris.berkas.open("rb") as berkas:
            isi = berkas.read()
    except FileNotFoundError as galat:
        raise Refused("Lampiran ini tidak ditemukan di penyimpanan. Hubungi admin sekarang juga.") from galat
    if sha256(isi).hexdigest() != baris.sha256:
        raise Refused("Isi lampiran ini tidak lagi sama dengan yang diterima. Hubungi admin sekarang juga.")
    catat_akses("lihat", milik, oleh=request.user, objek_label=f"{baris} dari {milik}")
    jawab = HttpResponse(isi, content_type=TIPE[baris.tipe])
    jawab["Content-Disposition"] = f'attachment; filename="{nama}-{baris.pk}.{baris.tipe}"'
    jawab["Cache-Control"] = "no-store"
    return jawab
