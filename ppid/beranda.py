"""What stands in the menu and on Beranda for the information desk; every card's list shows exactly its number."""

from django.urls import reverse

from kpupalu.lib.waktu import hari_ini
from kpupalu.ui.beranda import TERLAMBAT, Kartu, daftarkan_kartu
from kpupalu.ui.menu import daftarkan, daftarkan_publik
from ppid.actions.jawaban import TERBUKA
from ppid.models import PermintaanUnit, Permohonan
from ppid.tenggat_permohonan import terlambat

KELOMPOK = "PPID"


def daftarkan_menu() -> None:
    """Entries of the main menu, each for those who may open it."""
    daftarkan(KELOMPOK, "Permohonan informasi", "ppid:daftar", "ppid.lihat_permohonan", urutan=10)
    daftarkan(KELOMPOK, "Permintaan kepada unit", "ppid:unit_daftar", "ppid.jawab_unit", urutan=20)
    daftarkan_publik("Minta informasi publik", "ppid:ajukan")
    daftarkan_publik("Lihat tiket permohonan", "ppid:tiket")


@daftarkan_kartu
def kartu(user) -> list[Kartu]:
    """What waits at the desk, what is late, what a unit owes."""
    hasil: list[Kartu] = []
    if user.has_perm("ppid.olah_permohonan"):
        antrean = reverse("ppid:daftar")
        terbuka = Permohonan.objects.terbuka().count()
        if terbuka:
            hasil.append(Kartu("Permohonan informasi belum dijawab", terbuka, f"{antrean}?antrean=terbuka",
                               "Periksa kelengkapan, minta unit, putuskan tiap butir."))  # fmt: skip
        if jumlah := len(terlambat(hari_ini())):
            hasil.append(Kartu("Permohonan lewat waktu", jumlah, f"{antrean}?antrean=terlambat",
                               "Pemohon berhak mengajukan keberatan.", True, TERLAMBAT))  # fmt: skip
    if user.has_perm("ppid.jawab_unit"):
        milik = PermintaanUnit.objects.for_user(user).filter(unit__pegawai__user=user, status__in=TERBUKA)
        if jumlah := milik.count():
            hasil.append(Kartu("Permintaan PPID kepada unit Anda", jumlah, reverse("ppid:unit_daftar"),
                               "PPID menunggu dokumen atau penjelasan dari unit."))  # fmt: skip
    return hasil
