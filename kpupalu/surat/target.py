"""What of correspondence is due, for the calendar page."""

from datetime import date

from django.urls import reverse

from kpupalu.kalender.target import Target, daftarkan_target
from kpupalu.surat.models import Disposisi, SuratMasuk


@daftarkan_target
def tenggat_surat(user, dari: date, sampai: date) -> list[Target]:
    """Open instructions to *user*, and letters they may see that ask for an answer."""
    tugas = Disposisi.objects.filter(
        kepada=user, batas__range=(dari, sampai), status__in=["menunggu", "dikerjakan"]
    ).select_related("surat")
    surat = SuratMasuk.objects.for_user(user).terbuka().filter(batas_jawab__range=(dari, sampai))
    return [
        *(
            Target(d.batas, f"Disposisi {d.surat.nomor_agenda}", d.surat.get_absolute_url(), "Surat")
            for d in tugas
            if d.batas
        ),
        *(
            Target(s.batas_jawab, f"Jawab surat {s.nomor_agenda}", reverse("surat:masuk", args=[s.pk]), "Surat")
            for s in surat
            if s.batas_jawab
        ),
    ]
