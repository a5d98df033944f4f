"""The calendar's own source: every running term that its reader may see."""

from datetime import date

from django.urls import reverse

from kpupalu.kalender.models import TenggatBerjalan
from kpupalu.kalender.target import Target, daftarkan_target


@daftarkan_target
def tenggat_berjalan(user, dari: date, sampai: date) -> list[Target]:
    """Running terms; reminders of them go to whom they concern, not to everybody who may see them."""
    semua = TenggatBerjalan.objects.for_user(user).filter(status="berjalan", tanggal__range=(dari, sampai))
    return [
        Target(
            t.tanggal, t.judul, t.tautan, t.sumber, hukum=True, umum=t.judul,
            rinci=reverse("kalender:tenggat", args=[t.pk]), sementara=t.sementara,
        )
        for t in semua
    ]  # fmt: skip
