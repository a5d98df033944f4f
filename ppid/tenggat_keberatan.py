"""Which terms run for an objection and a dispute, and what follows when the calendar moves one of them."""

from datetime import date
from typing import Any

from django.db.models import Model

from kpupalu.accounts.peran import pemegang_hak
from kpupalu.kalender.actions import Perubahan, Tentang, hentikan
from kpupalu.kalender.models import TenggatBerjalan
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.pemberitahuan.actions import beri_tahu
from ppid.models import Keberatan, Sengketa, Sidang
from ppid.tenggat import KODE, REGULER, TAHAPAN

TANGGAPAN = {False: KODE[REGULER]["tanggapan"], True: KODE[TAHAPAN]["tanggapan"]}
AJUKAN = {False: KODE[REGULER]["ajukan_keberatan"], True: KODE[TAHAPAN]["ajukan_keberatan"]}
GUGATAN = {False: KODE[REGULER]["gugatan"], True: KODE[TAHAPAN]["gugatan"]}
LAKSANA = {False: "PPID-LAKSANA", True: "PPID-LAKSANA-T"}
KI_MULAI, KI_SELESAI, KASASI, SIDANG, PUTUSAN = "KI-6", "KI-7", "KI-9", "PPID-SIDANG", "PPID-PUTUSAN"
PUTUS, SENGKETA = "ppid.putus_keberatan", "ppid.urus_sengketa"


def tentang(objek: Keberatan | Sengketa | Sidang, kata: str, *, hak_urus: str) -> Tentang:
    """What calendar and notifications say: the register number, never who objects."""
    induk: Any = objek.sengketa if isinstance(objek, Sidang) else objek
    hak = "ppid.lihat_keberatan" if isinstance(induk, Keberatan) else "ppid.lihat_sengketa"
    return Tentang(
        judul=f"{kata} {induk.nomor}", tautan=induk.get_absolute_url(), sumber="PPID", hak_lihat=hak, hak_urus=hak_urus
    )


def semua(objek: Model):
    """Every term of *objek*, the oldest first."""
    return TenggatBerjalan.objects.subjek(objek).select_related("aturan")


def tutup(objek: Model, *kode: str, oleh, pada: date | None = None, batal: bool = False) -> None:
    """Close the open terms of the rules *kode* (all of them when none is named)."""
    terbuka = semua(objek).terbuka()
    for satu in terbuka.filter(aturan__kode__in=kode) if kode else terbuka:
        hentikan(satu, oleh=oleh, pada=pada, batal=batal)


def tanggapan_terbuka(keberatan: Keberatan) -> TenggatBerjalan | None:
    """The open term of the superior's answer."""
    return semua(keberatan).terbuka().filter(aturan__kode__in=TANGGAPAN.values()).first()


def kabari(objek: Keberatan | Sengketa, kata: str, *, hak: str) -> None:
    """Tell whoever holds *hak* of the event *kata* of *objek* at its present edition."""
    beri_tahu(
        pemegang_hak(hak), jenis="menunggu", kunci=f"{objek._meta.model_name}-{objek.pk}-{objek.versi}-{hak}",
        judul=f"{kata}: {objek.nomor}", tautan=objek.get_absolute_url(),
    )  # fmt: skip


def catat_batas_berubah(perubahan: Perubahan) -> None:
    """The objection follows its moved term, and its public page tells the old and the new day and why."""
    if perubahan.tenggat.aturan.kode not in TANGGAPAN.values():
        return
    k = Keberatan.objects.select_for_update().get(pk=perubahan.tenggat.subjek_id)
    kabar = {
        "lama": tanggal_panjang(perubahan.lama),
        "baru": tanggal_panjang(perubahan.baru),
        "alasan": perubahan.alasan,
    }
    k.batas, k.kabar_tenggat = perubahan.baru, [*k.kabar_tenggat, kabar]
    k.save(update_fields=["batas", "kabar_tenggat"])
