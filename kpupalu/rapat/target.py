"""What meetings left to do, for the calendar page."""

from datetime import date

from kpupalu.kalender.target import Target, daftarkan_target
from kpupalu.rapat.models import Rapat, TindakLanjut


@daftarkan_target
def tenggat_rapat(user, dari: date, sampai: date) -> list[Target]:
    """Meetings to come and open tasks, for those who may read about them."""
    boleh = Rapat.objects.for_user(user)
    tugas = TindakLanjut.objects.filter(
        rapat__in=boleh.values("pk"), status__in=["belum", "proses"], tenggat__range=(dari, sampai)
    )
    datang = boleh.filter(tanggal__range=(dari, sampai), status__in=[Rapat.Status.DIJADWALKAN, Rapat.Status.DIUNDANG])
    return [
        *(Target(r.tanggal, r.judul, r.get_absolute_url(), "Rapat", umum=r.get_jenis_display()) for r in datang),
        *(
            Target(
                t.tenggat,
                f"Tindak lanjut: {t.uraian}",
                t.rapat.get_absolute_url(),
                "Rapat",
                umum="Tindak lanjut rapat",
                pengingat=t.pic_id == user.pk,
            )
            for t in tugas.select_related("rapat")
            if t.tenggat
        ),
    ]
