"""What of the information desk stands in the calendar besides its legal terms: hearings to attend, events to come."""

from datetime import date

from kpupalu.kalender.target import Target, daftarkan_target
from ppid.models import Sengketa, Sidang, Sosialisasi


@daftarkan_target
def sidang(user, dari: date, sampai: date) -> list[Target]:
    """Hearings to come of disputes *user* may see; reminded of is who attends for the office."""
    if not user.is_authenticated or not user.has_perm("ppid.lihat_sengketa"):
        return []
    semua = Sidang.objects.filter(tanggal__range=(dari, sampai), hadir=None)
    semua = semua.exclude(sengketa__status__in=Sengketa.TUTUP).select_related("sengketa")
    return [
        Target(
            s.tanggal, f"Sidang {s.get_tingkat_display()} {s.sengketa.nomor}: {s.acara}", s.get_absolute_url(), "PPID",
            hukum=True, umum=f"Sidang sengketa {s.sengketa.nomor}", pengingat=s.wakil_id == user.pk,
        )
        for s in semua
    ]  # fmt: skip


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
