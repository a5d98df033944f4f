"""Official documents in the global search."""

from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse

from kpupalu.cari.sumber import Temuan, daftarkan_sumber
from kpupalu.naskah.models import Naskah


def cari(user, kata: str, batas: int) -> list[Temuan]:
    """Documents *user* may read by number or title, the exact number first, then the newest."""
    tepat = Case(When(nomor__iexact=kata, then=Value(0)), default=Value(1), output_field=IntegerField())
    baris = Naskah.objects.for_user(user).filter(Q(nomor__icontains=kata) | Q(judul__icontains=kata))
    return [
        Temuan(
            f"{n.nomor or 'Tanpa nomor'} – {n.judul}", reverse("naskah:detail", args=[n.pk]), n.get_status_display(),
            tepat=n.nomor.casefold() == kata.casefold(),
        )
        for n in baris.order_by(tepat, "-pk")[:batas]
    ]  # fmt: skip


daftarkan_sumber("naskah", "Naskah dinas dan berita acara", cari, boleh=lambda user: user.is_authenticated, urutan=20)
