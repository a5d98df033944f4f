"""What is due about events, for the calendar page; the meetings themselves are announced by their own app."""

from datetime import date

from kpupalu.kalender.target import Target, daftarkan_target
from ppid.models import Sosialisasi


@daftarkan_target
def target_sosialisasi(user, dari: date, sampai: date) -> list[Target]:
    """Proposed dates that wait for coordination, and fixed ones for whoever does not see meetings."""
    boleh = Sosialisasi.objects.for_user(user)
    usulan = boleh.filter(status__in=["rencana", "koordinasi"], tanggal_usulan__range=(dari, sampai))
    tetap = boleh.filter(status__in=Sosialisasi.TERJADWAL, tanggal__range=(dari, sampai))
    if user.has_perm("rapat.lihat_rapat"):
        tetap = tetap.none()
    kelola = user.has_perm("ppid.kelola_sosialisasi")
    return [
        *(
            Target(s.tanggal_usulan, f"Usulan tanggal sosialisasi: {s.judul}", s.get_absolute_url(), "PPID",
                   umum="Usulan tanggal sosialisasi", sementara=True, pengingat=kelola)
            for s in usulan
        ),
        *(
            Target(s.tanggal, s.judul, s.get_absolute_url(), "PPID", umum="Sosialisasi") for s in tetap if s.tanggal
        ),
    ]  # fmt: skip
