"""The office whose pages are pictured: the demo's, built once in ``var/gambar``.

Import this after Django is set up for the office ``gambar``.
"""

import shutil
from collections.abc import Callable

from django.core.management import call_command

from kpupalu.demo import kantor, lapor, layanan_informasi, tugas
from kpupalu.demo.lingkungan import tempat
from kpupalu.demo.pembangkit import buat
from kpupalu.lib.pungut import jarangkan_pemungut
from pdpb.models import Periode

NAMA = "gambar"
# Nobody logs in with them: the camera brings a session, and the signatures of this office prove nothing.
SANDI, FRASA = "sandi-kantor-gambar", "frasa-kantor-gambar"
Cerita = Callable[[str], None]


def siapkan_tabel() -> None:
    """The tables of the office and the rows that the code has for them are there."""
    jarangkan_pemungut()
    call_command("migrate", verbosity=0)
    call_command("isi_awal", verbosity=0)


def bangun(cerita: Cerita) -> None:
    """The demo office stands, its main job is done and the next quarter is open; an office that stands is left."""
    if Periode.objects.filter(status=Periode.Status.DIUMUMKAN).exists():
        return
    kiriman = tempat(NAMA).folder / "kiriman"
    shutil.rmtree(kiriman, ignore_errors=True)
    buat(kiriman, masa=tugas.SELESAI, lanjutan=tugas.BERJALAN)
    kantor.buat_kantor(sandi=SANDI)
    kantor.buat_kunci_tanda_tangan(sandi=FRASA)
    tugas.kerjakan(kiriman, sandi_tanda_tangan=FRASA, cerita=cerita)
    tugas.buka_berikutnya()
    lapor.isi_tanggapan()
    layanan_informasi.isi_permohonan(frasa=FRASA)
