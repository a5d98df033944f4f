"""What of the information desk stands in the calendar besides its legal terms: the hearings to attend."""

from datetime import date

from kpupalu.kalender.target import Target, daftarkan_target
from ppid.models import Sengketa, Sidang


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
