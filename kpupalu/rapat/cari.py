"""Meetings in the global search."""

from django.db.models import Q

from kpupalu.cari.sumber import Temuan, daftarkan_sumber
from kpupalu.lib.kata import tanggal_panjang
from kpupalu.rapat.models import Rapat


def cari(user, kata: str, batas: int) -> list[Temuan]:
    """Meetings *user* may see by title or place, the latest first."""
    baris = Rapat.objects.for_user(user).filter(Q(judul__icontains=kata) | Q(tempat__icontains=kata))
    return [
        Temuan(r.judul, r.get_absolute_url(), f"{tanggal_panjang(r.tanggal)}, {r.get_status_display().lower()}")
        for r in baris.order_by("-tanggal", "-pk")[:batas]
    ]


daftarkan_sumber("rapat", "Rapat", cari, boleh=lambda user: user.has_perm("rapat.lihat_rapat"), urutan=30)
