"""Cards of Beranda for letters and meetings: the apps below may not import this layer, so their cards stand here."""

from django.urls import reverse

from kpupalu.lib.waktu import hari_ini
from kpupalu.rapat.models import TindakLanjut
from kpupalu.surat.models import Disposisi, SuratMasuk
from kpupalu.ui.beranda import TERLAMBAT, Kartu, daftarkan_kartu


@daftarkan_kartu
def kartu(user) -> list[Kartu]:
    """Instructions that wait for *user*, those that are late, and letters before the leadership."""
    if not user.has_perm("surat.baca_surat"):
        return []
    daftar = reverse("surat:masuk_daftar")
    milik = Disposisi.objects.filter(kepada=user, status__in=[Disposisi.Status.MENUNGGU, Disposisi.Status.DIKERJAKAN])
    hasil = [Kartu("Disposisi untuk Anda", milik.count(), f"{daftar}?antrean=saya", "Surat menunggu tindakan Anda.")]
    lewat = milik.filter(batas__lt=hari_ini()).count()
    hasil.append(
        Kartu("Disposisi terlambat", lewat, f"{daftar}?antrean=terlambat", "Lewat batas waktu.", True, TERLAMBAT)
    )
    if user.has_perm("surat.disposisi_surat"):
        pimpinan = SuratMasuk.objects.for_user(user).filter(status=SuratMasuk.Status.DI_PIMPINAN).count()
        hasil.append(Kartu("Surat menunggu disposisi", pimpinan, f"{daftar}?antrean=pimpinan", "Surat di meja Anda."))
    return hasil


@daftarkan_kartu
def kartu_rapat(user) -> list[Kartu]:
    """Meetings that left *user* something to do, and those where it is late."""
    if not user.has_perm("rapat.lihat_rapat"):
        return []
    daftar = reverse("rapat:daftar")
    milik = TindakLanjut.objects.filter(pic=user, status__in=["belum", "proses"])
    rapat = milik.values("rapat").distinct()
    lewat = rapat.filter(tenggat__lt=hari_ini()).count()
    return [
        Kartu("Rapat dengan tindak lanjut Anda", rapat.count(), f"{daftar}?tugas=saya", "Menunggu hasil dari Anda."),
        Kartu("Tindak lanjut terlambat", lewat, f"{daftar}?tugas=terlambat", "Lewat batas waktu.", True, TERLAMBAT),
    ]
