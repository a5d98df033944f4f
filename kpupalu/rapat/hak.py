"""Who calls meetings, records them, and reads about them."""

from kpupalu.accounts.peran import daftarkan_hak

_PENGELOLA = {"kasubbag_rendatin", "kasubbag", "sekretaris"}
_PENCATAT = _PENGELOLA | {"operator", "verifikator"}

HAK = {
    "rapat.lihat_rapat": _PENCATAT | {"ketua", "anggota", "ppid", "auditor"},
    "rapat.kelola_rapat": _PENGELOLA,
    "rapat.catat_rapat": _PENCATAT,
}
LABEL = {
    "rapat.lihat_rapat": "Melihat rapat dan notulanya",
    "rapat.kelola_rapat": "Menjadwalkan rapat, mengundang, mengesahkan notula",
    "rapat.catat_rapat": "Mencatat kehadiran, masukan, notula, dan tindak lanjut",
}


def daftarkan() -> None:
    """Tell the kernel; called once when the app starts."""
    daftarkan_hak(HAK, LABEL)
    daftarkan_hak({"rapat.view_rapat": {"auditor"}})
